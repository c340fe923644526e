/**
 * Many packs at once: `npx tsx bench/fleet.ts`. Packs per second with one thread and with two, beside what the machine itself gains from
 * two processes that only compute; memory; and how the time of one pack grows with its services. Ratios within one run mean something.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCatalogue } from '../src/cli/resources.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PROGRAM = join(ROOT, 'dist', 'demarc.js');
const SYSTEMS = 16;
const ROUNDS = 3;
const folder = mkdtempSync(join(tmpdir(), 'demarc-fleet-'));
const catalogue = loadCatalogue();
const known = catalogue.providers.flatMap((provider) => provider.services.map((service) => `${provider.id}/${service.id}`));

/** A system with so many services, each of the catalogue's in turn. */
function describe(name: string, services: number): string {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(
    path,
    JSON.stringify({
      demarc: 1,
      organization: { name: 'Bench & Sons' },
      system: { name, description: 'Is measured.', owner: 'Operations' },
      'as-of': '2026-09-30',
      frameworks: ['soc2', 'gdpr'],
      roles: { gdpr: 'controller' },
      services: Array.from({ length: services }, (_, i) => ({
        id: `s${i}`,
        service: known[i % known.length],
        purpose: `Does its part of the work, number ${i}.`,
        data: ['personal'],
      })),
    }),
  );
  return path;
}

/** Runs a program; seconds of wall time, and the most memory it held in megabytes. */
function timed(args: string[]): { seconds: number; megabytes: number } {
  const start = performance.now();
  const watched = join(folder, 'watched.mjs');
  writeFileSync(
    watched,
    `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'));\nprocess.argv.splice(1, 1);\nawait import(${JSON.stringify(PROGRAM)});\n`,
  );
  const run = spawnSync(process.execPath, [watched, PROGRAM, ...args], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return { seconds: (performance.now() - start) / 1000, megabytes: Number(/peak (\d+)/.exec(run.stderr)?.[1]) / 1024 };
}

/** What two processes that only compute gain over one after the other: no more can be asked of two threads. */
async function ceiling(): Promise<number> {
  const burn = (): Promise<void> =>
    new Promise((resolve) => {
      spawn(process.execPath, ['-e', 'let x = 0; for (let i = 0; i < 6e8; i++) x = (x + i) | 0;']).on('exit', () => resolve());
    });
  const start = performance.now();
  await burn();
  await burn();
  const middle = performance.now();
  await Promise.all([burn(), burn()]);
  return (middle - start) / (performance.now() - middle);
}

const median = (numbers: number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

try {
  const systems = Array.from({ length: SYSTEMS }, (_, i) => describe(`system-${i}`, 20));
  const runs = new Map<number, ReturnType<typeof timed>[]>([1, 2].map((jobs) => [jobs, []]));
  const ceilings: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [jobs, list] of runs) list.push(timed(['pack', ...systems, '-o', join(folder, 'out'), '--jobs', String(jobs)]));
    ceilings.push(await ceiling());
  }
  console.log(`${SYSTEMS} systems of 20 services, Node ${process.versions.node}, median of ${ROUNDS} interleaved rounds\n`);
  const seconds = (jobs: number): number => median(runs.get(jobs)?.map((run) => run.seconds) ?? []);
  for (const [jobs, list] of runs) {
    const peak = Math.max(...list.map((run) => run.megabytes));
    console.log(
      `${jobs} ${jobs === 1 ? 'thread ' : 'threads'}  ${(SYSTEMS / seconds(jobs)).toFixed(2)} packs/s, peak ${peak.toFixed(0)} MB`,
    );
  }
  console.log(
    `gain of the second thread ${(seconds(1) / seconds(2)).toFixed(2)} ×, of two processes that only compute ${median(ceilings).toFixed(2)} ×\n`,
  );
  let before: number | undefined;
  for (const services of [10, 100, 1000]) {
    const path = describe(`growth-${services}`, services);
    const list = Array.from({ length: ROUNDS }, () => timed(['pack', path, '-o', join(folder, `growth-${services}`)]));
    const now = median(list.map((run) => run.seconds));
    const growth = before === undefined ? '' : `, ${(now / before).toFixed(1)} × the one before`;
    console.log(
      `${String(services).padStart(5)} services  ${now.toFixed(2)} s, peak ${Math.max(...list.map((run) => run.megabytes)).toFixed(0)} MB${growth}`,
    );
    before = now;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
