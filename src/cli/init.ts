import type { Command } from 'commander';
import { writeNewFile } from '../disk.ts';
import { GOOD, type Io } from './context.ts';
import { loadStarter } from './resources.ts';

/** `demarc init`: a commented description to start from. Never replaces a file. */
export function initCommand(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('init')
    .description('write a commented system description to start from')
    .argument('[file]', 'where to write it', 'system.yaml')
    .action((file: string) => {
      writeNewFile(file, loadStarter());
      io.out(`${file} is written. Describe your services in it, then run: demarc check ${file}\n`);
      done(GOOD);
    });
}
