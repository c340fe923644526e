import { run } from './run.ts';

/** Runs the command line of this process. */
export async function main(): Promise<void> {
  // A reader that has seen enough (`demarc list services | head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(`demarc: cannot write to standard output: ${error.message}\n`);
    process.exit(2);
  });
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  process.exitCode = await run(process.argv.slice(2), {
    out: (text) => process.stdout.write(printable(text)),
    err: (text) => process.stderr.write(printable(text)),
    interactive: process.stderr.isTTY === true,
    width: Math.min(process.stdout.columns ?? 100, 120),
    env: process.env,
    today: now.slice(0, 10),
    now,
  });
}

/** Text without control characters: what users write into a description must not steer the terminal of those who read it. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd');
}
