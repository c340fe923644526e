#!/usr/bin/env node
import { run } from './run.ts';

// A reader that has seen enough (`demarc list services | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  interactive: process.stderr.isTTY === true,
  width: Math.min(process.stdout.columns ?? 100, 120),
  env: process.env,
  today: new Date().toISOString().slice(0, 10),
});
