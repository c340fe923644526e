import type { Outcome, WorkerIo } from './fleet.ts';
import { run } from './run.ts';

/** A worker thread of a fleet: runs each command line it is given and says what it printed. The catalogue stays loaded between them. */
export async function serve(): Promise<void> {
  // Not loaded by the main thread, whose program this is part of.
  const { parentPort, workerData } = await import('node:worker_threads');
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
}
