import { Command, CommanderError } from 'commander';
import { formatProblem, Problems, UsageError } from '../problem.ts';
import { counted } from '../sentence.ts';
import { checkCommand } from './check.ts';
import { compareCommand } from './compare.ts';
import { FINDINGS, GOOD, type Io, USAGE } from './context.ts';
import { crosswalkCommand } from './crosswalk.ts';
import { explainCommand } from './explain.ts';
import { fillCommand } from './fill.ts';
import { importCommand } from './import.ts';
import { indexCommand } from './index-packs.ts';
import { initCommand } from './init.ts';
import { listCommand } from './list.ts';
import { packCommand } from './pack.ts';
import { VERSION } from './resources.ts';
import { reviewCommand } from './review.ts';
import { signCommand } from './sign.ts';
import { verifyCommand } from './verify.ts';

/** Every command, in the order of the help page. */
const COMMANDS = [
  initCommand,
  checkCommand,
  packCommand,
  reviewCommand,
  compareCommand,
  indexCommand,
  importCommand,
  signCommand,
  verifyCommand,
  explainCommand,
  crosswalkCommand,
  fillCommand,
  listCommand,
];

/** The command line with all its commands; `done` receives the exit code of the one that runs. */
export function commandLine(io: Io, done: (code: number) => void): Command {
  const program = new Command('demarc')
    .description(
      'Draws the line between what cloud providers do and what you must do, and prints the papers an assessor asks for.',
    )
    .version(VERSION)
    .showHelpAfterError('(add --help for what can be written here)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      getOutHelpWidth: () => io.width,
      getErrHelpWidth: () => io.width,
    })
    .addHelpText('after', '\nExit codes: 0 good, 1 findings or problems in the input, 2 wrong usage.');
  for (const add of COMMANDS) add(program, io, done);
  const settle = (command: Command): void => {
    for (const below of command.commands) settle(below.exitOverride().copyInheritedSettings(command));
  };
  settle(program);
  return program;
}

/**
 * Runs one command line and gives its exit code: 0 good, 1 findings or problems in the input, 2 wrong usage. Known errors become a
 * line or two on standard error; an unknown one is a defect of ours and is thrown with its stack.
 */
export async function run(args: string[], io: Io): Promise<number> {
  let code = GOOD;
  const done = (result: number): void => {
    code = result;
  };
  const program = commandLine(io, done);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? GOOD : USAGE;
    if (error instanceof UsageError) {
      io.err(`demarc: ${error.message}\n${error.hint ? `${error.hint}\n` : ''}`);
      return USAGE;
    }
    if (error instanceof Problems) {
      for (const problem of error.problems) io.err(`${formatProblem(problem)}\n`);
      io.err(`${counted(error.problems.length, 'problem')}\n`);
      return FINDINGS;
    }
    throw error;
  }
}
