import { UsageError } from '../problem.ts';

/** One share of a list of work: number `index` of `count`, counted from 1. */
export interface Shard {
  index: number;
  count: number;
}

/** Where engines that run one job many times say which of them this is, and from which number they count. */
const ENGINES: { index: string; first: (env: Record<string, string | undefined>) => number }[] = [
  { index: 'JOB_COMPLETION_INDEX', first: () => 0 },
  { index: 'AWS_BATCH_JOB_ARRAY_INDEX', first: () => 0 },
  // Slurm counts from whatever the submission says; --array=1-4 and --array=0-3 are the same four shares.
  { index: 'SLURM_ARRAY_TASK_ID', first: (env) => Number(env.SLURM_ARRAY_TASK_MIN ?? 0) },
];

/**
 * Reads `--shard`: `2/4` names the share, and `4` alone takes its number from the engine that runs the job (Kubernetes, AWS Batch, Slurm).
 * @throws UsageError
 */
export function readShard(written: string, env: Record<string, string | undefined>): Shard {
  const [, first, second] = /^(?:(\d{1,6})\/)?(\d{1,6})$/.exec(written) ?? [];
  const count = Number(second);
  if (!second || count === 0)
    throw new UsageError(`--shard ${written} is not a share`, 'Write 2/4 for the second of four, or 4 in an array job.');
  if (first !== undefined) return within(Number(first), count, `--shard ${written}`);
  const engine = ENGINES.find(({ index }) => env[index] !== undefined && env[index] !== '');
  if (!engine)
    throw new UsageError(
      `--shard ${written} does not say which share this is, and no engine does`,
      `Write 1/${count}, or run it where one of ${ENGINES.map(({ index }) => index).join(', ')} is set.`,
    );
  const number = Number(env[engine.index]) - engine.first(env) + 1;
  return within(number, count, `${engine.index}=${env[engine.index]} with --shard ${written}`);
}

function within(index: number, count: number, said: string): Shard {
  if (Number.isInteger(index) && index >= 1 && index <= count) return { index, count };
  throw new UsageError(`${said}: there is no share ${index} of ${count}`, `Shares count from 1 to ${count}.`);
}

/** The items of one share. All shares together hold each item once, whatever the order in which they were given. */
export function share(items: readonly string[], { index, count }: Shard): string[] {
  return [...new Set(items)].sort(byCode).filter((_, position) => position % count === index - 1);
}

function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
