import { parentPort, workerData } from 'node:worker_threads';
import type { Outcome, WorkerIo } from './fleet.ts';
import { run } from './run.ts';

/** A worker thread of a fleet: runs each command line it is given and says what it printed. The catalogue stays loaded between them. */

parentPort?.on('message', async (line: string[]) => {
  let out = '';
  let err = '';
  const code = await run(line, {
    ...(workerData as WorkerIo),
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  parentPort?.postMessage({ code, out, err } satisfies Outcome);
});
