import { Command, CommanderError } from 'commander';
import { formatProblem, Problems, UsageError } from '../problem.ts';
import { counted } from '../sentence.ts';
import { FINDINGS, GOOD, type Io, USAGE } from './context.ts';
import { VERSION } from './resources.ts';

/** Adds a command to the command line; `done` receives its exit code. */
type Adding = (program: Command, io: Io, done: (code: number) => void) => void;

/** Every command, in the order of the help page. Each is loaded when it runs: reading all of them takes longer than many of them do. */
const COMMANDS: Record<string, () => Promise<Adding>> = {
  init: async () => (await import('./init.ts')).initCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  pack: async () => (await import('./pack.ts')).packCommand,
  review: async () => (await import('./review.ts')).reviewCommand,
  compare: async () => (await import('./compare.ts')).compareCommand,
  index: async () => (await import('./index-packs.ts')).indexCommand,
  import: async () => (await import('./import.ts')).importCommand,
  sign: async () => (await import('./sign.ts')).signCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
  crosswalk: async () => (await import('./crosswalk.ts')).crosswalkCommand,
  fill: async () => (await import('./fill.ts')).fillCommand,
  list: async () => (await import('./list.ts')).listCommand,
};

/** The command line with all its commands, or with the one that is asked for; `done` receives the exit code of the one that runs. */
export async function commandLine(io: Io, done: (code: number) => void, asked?: string): Promise<Command> {
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
  const wanted =
    asked === '--version' || asked === '-V'
      ? []
      : asked !== undefined && Object.hasOwn(COMMANDS, asked)
        ? [asked]
        : Object.keys(COMMANDS);
  for (const name of wanted) (await COMMANDS[name]?.())?.(program, io, done);
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
  try {
    const program = await commandLine(io, done, args[0]);
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
