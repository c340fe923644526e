import { posix } from 'node:path';
import type { Command } from 'commander';
import type { Io } from './context.ts';
import { packNames, readJobs, runFleet } from './fleet.ts';
import { readShard, share } from './shard.ts';

/** The options of `demarc pack` that are about several systems at once; all others are handed on to each of them. */
interface FleetOptions {
  output: string;
  jobs?: string;
  shard?: string;
  json?: boolean;
}

/** Makes packs of several systems, each in a folder of its own, by worker threads. @throws UsageError */
export async function packFleet(files: string[], options: FleetOptions, command: Command, io: Io): Promise<number> {
  const named = packNames([...new Set(files)]);
  const mine = share(files, options.shard === undefined ? { index: 1, count: 1 } : readShard(options.shard, io.env));
  const shared = command.options
    .filter((option) => !['output', 'jobs', 'shard'].includes(option.attributeName()))
    .flatMap((option) => {
      const value =
        command.getOptionValueSource(option.attributeName()) === 'cli'
          ? command.getOptionValue(option.attributeName())
          : undefined;
      return value === undefined ? [] : value === true ? [String(option.long)] : [String(option.long), String(value)];
    });
  const lines = mine.map((file) => ['pack', '-o', posix.join(options.output, named.get(file) ?? ''), ...shared, '--', file]);
  const results: string[] = [];
  const code = await runFleet(lines, readJobs(options.jobs, mine.length), io, (outcome, index) => {
    if (outcome.err) io.err(outcome.err);
    if (options.json) results.push(outcome.out.trim() || JSON.stringify({ system: mine[index], failed: true }));
    else io.out(outcome.out === '' ? `${mine[index]}: no pack was written\n\n` : `${outcome.out}\n`);
  });
  if (options.json) io.out(`[\n${results.join(',\n')}\n]\n`);
  return code;
}
