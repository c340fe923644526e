import { availableParallelism } from 'node:os';
import { posix } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { UsageError } from '../problem.ts';
import { FINDINGS, GOOD, type Io } from './context.ts';
import { resource } from './resources.ts';

/** What one command line printed and how it ended. */
export interface Outcome {
  code: number;
  out: string;
  err: string;
}

/** The folder of each description's pack below the common one: the name of its file, or of its folder where the file is `system.yaml`. */
export function packNames(files: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const file of files) {
    const base = posix.basename(file).replace(/\.ya?ml$/i, '');
    const folder = posix.basename(posix.dirname(posix.resolve('/', file)));
    const name = base === 'system' && folder !== '' ? folder : base;
    const other = [...names].find(([, taken]) => taken === name)?.[0];
    if (other !== undefined)
      throw new UsageError(
        `the packs of ${other} and ${file} would both be called ${name}`,
        'Rename one of the files or folders.',
      );
    names.set(file, name);
  }
  return names;
}

/** How many threads to use where nobody says: one for each core, and no more than there is work. */
export function readJobs(written: string | undefined, work: number): number {
  if (written === undefined) return Math.max(1, Math.min(availableParallelism(), work));
  const jobs = Number(written);
  if (!/^\d{1,3}$/.test(written) || jobs === 0)
    throw new UsageError(`--jobs ${written} is not a number of threads`, 'Write a whole number from 1 to 999.');
  return Math.min(jobs, work);
}

/**
 * Runs command lines on worker threads, each of which loads the catalogue once. Outcomes are handed over in the order of the lines, as
 * soon as all before them are there. A thread that dies takes its own line down and no other.
 */
export async function runFleet(
  lines: readonly string[][],
  jobs: number,
  io: Io,
  ready: (outcome: Outcome, index: number) => void,
): Promise<number> {
  const outcomes = new Array<Outcome | undefined>(lines.length);
  let next = 0;
  let told = 0;
  const keep = (index: number, outcome: Outcome): void => {
    outcomes[index] = outcome;
    for (let one = outcomes[told]; one !== undefined; one = outcomes[told]) ready(one, told++);
  };
  const about: WorkerIo = { interactive: false, width: io.width, env: io.env, today: io.today, now: io.now };
  // Not loaded for a single system, which needs no threads.
  const threads = await import('node:worker_threads');
  // A thread takes the next line when it has done one, so that a large system holds nobody up.
  const work = async (): Promise<void> => {
    while (next < lines.length) {
      const worker = new threads.Worker(resource('fleet-worker.js'), { workerData: about });
      try {
        await feed(worker, () => (next < lines.length ? next++ : undefined), lines, keep);
      } finally {
        await worker.terminate();
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return outcomes.some((outcome) => outcome?.code !== GOOD)
    ? Math.max(...outcomes.map((outcome) => outcome?.code ?? FINDINGS))
    : GOOD;
}

/** What a worker knows of the world: everything of the main thread but its streams. */
export type WorkerIo = Omit<Io, 'out' | 'err'>;

/** Gives one worker line after line, until there are none or it dies. */
function feed(
  worker: Worker,
  take: () => number | undefined,
  lines: readonly string[][],
  keep: (index: number, outcome: Outcome) => void,
): Promise<void> {
  return new Promise((resolve) => {
    let at = take();
    const give = (): void => {
      if (at === undefined) resolve();
      else worker.postMessage(lines[at]);
    };
    worker.on('message', (outcome: Outcome) => {
      if (at !== undefined) keep(at, outcome);
      at = take();
      give();
    });
    const died = (error: unknown): void => {
      if (at !== undefined)
        keep(at, {
          code: FINDINGS,
          out: '',
          err: `demarc: ${error instanceof Error ? (error.stack ?? error.message) : error}\n`,
        });
      resolve();
    };
    worker.on('error', died);
    give();
  });
}
