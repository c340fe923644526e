import type { Command } from 'commander';
import type { Io } from './context.ts';
import { importStatements } from './import-statements.ts';

/** What can be imported, each a command of its own below `demarc import`. */
const IMPORTS = [importStatements];

/** `demarc import`: what was written elsewhere, into the description. */
export function importCommand(program: Command, io: Io, done: (code: number) => void): void {
  const command = program.command('import').description('take into the description what was written elsewhere');
  for (const add of IMPORTS) add(command, io, done);
}
