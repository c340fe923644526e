import type { Command } from 'commander';
import { UsageError } from '../problem.ts';
import type { Io } from './context.ts';
import { inspectQuestionnaire } from './fill-inspect.ts';

/** `demarc fill`: what a questionnaire asks, and where. */
export function fillCommand(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('fill')
    .description("find a questionnaire's questions, and where their answers go")
    .argument('<questionnaire.xlsx>', 'the workbook of whoever asks')
    .option('--inspect', 'show what is made of each sheet, and why')
    .option('--mapping <file>', 'how the questionnaire asks, as written by --inspect and changed by you')
    .option('-o, --output <file>', 'where the mapping is written; - for standard output')
    .option('--json', 'print as JSON')
    .action((file: string, options: { inspect?: boolean; mapping?: string; output?: string; json?: boolean }) => {
      if (!options.inspect) throw new UsageError('only --inspect is there so far');
      done(inspectQuestionnaire(file, options, io));
    });
}
