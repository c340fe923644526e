/**
 * How long a full pack of the largest sample takes and how much memory, split by stage, against the floor: starting Node and deflating
 * the same bytes. Ratios within one run mean something; milliseconds depend on the machine. Run it with `npm run bench`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { build } from 'esbuild';
import { unzipSync } from 'fflate';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SAMPLE = 'samples/payments/system.yaml';
const ROUNDS = 7;
const folder = mkdtempSync(join(tmpdir(), 'demarc-bench-'));
const output = join(folder, 'pack');

/** Runs Node once; gives the wall time in milliseconds and the peak memory in MB. */
function node(...args: string[]): { ms: number; mb: number; out: string } {
  const meter = join(folder, 'meter.mjs');
  const start = performance.now();
  const result = spawnSync(process.execPath, ['--import', meter, ...args], { cwd: ROOT, encoding: 'utf8' });
  const ms = performance.now() - start;
  if (result.status !== 0) throw new Error(result.stderr);
  return { ms, mb: Number(/peak (\d+)/.exec(result.stderr)?.[1]) / 1024, out: result.stdout };
}

/** The streams of the pack before they were deflated. */
function plainBytes(): Buffer {
  const pdf = readFileSync(join(output, 'attestation.pdf'));
  const parts: Uint8Array[] = [readFileSync(join(output, 'matrix.json'))];
  for (let at = pdf.indexOf('stream\n'); at !== -1; at = pdf.indexOf('stream\n', at + 7)) {
    try {
      parts.push(inflateSync(pdf.subarray(at + 7), { finishFlush: 2 }));
    } catch {
      // The end of a stream, or one that is not deflated.
    }
  }
  parts.push(...Object.values(unzipSync(readFileSync(join(output, 'responsibility-matrix.xlsx')))));
  return Buffer.concat(parts);
}

const median = (numbers: number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

try {
  writeFileSync(
    join(folder, 'meter.mjs'),
    "process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'));",
  );
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['bench/stages.ts'],
    outfile: 'dist/bench-stages.mjs',
    bundle: true,
    format: 'esm',
    platform: 'node',
    banner: {
      js: "import { createRequire as demarcRequire } from 'node:module'; const require = demarcRequire(import.meta.url);",
    },
  });
  const demarc = ['dist/demarc.js', 'pack', SAMPLE, '-o', output];
  node(...demarc);
  const raw = join(folder, 'raw');
  writeFileSync(raw, plainBytes());
  const deflate = join(folder, 'deflate.mjs');
  writeFileSync(
    deflate,
    `import { readFileSync } from 'node:fs';\nimport { deflateSync } from 'node:zlib';\ndeflateSync(readFileSync(${JSON.stringify(raw)}));`,
  );
  const empty = join(folder, 'empty.mjs');
  writeFileSync(empty, '');

  // One of each in turn, so that what else the machine does falls on all alike.
  const times = { start: [] as number[], floor: [] as number[], pack: [] as number[] };
  const stages = new Map<string, number[]>();
  let memory = 0;
  for (let round = 0; round < ROUNDS; round++) {
    times.start.push(node(empty).ms);
    times.floor.push(node(deflate).ms);
    const run = node(...demarc);
    times.pack.push(run.ms);
    memory = Math.max(memory, run.mb);
    for (const [, name = '', ms] of node('dist/bench-stages.mjs', SAMPLE).out.matchAll(/^(\w+) ([\d.]+)$/gm))
      stages.set(name, [...(stages.get(name) ?? []), Number(ms)]);
  }
  const floor = median(times.floor);
  const line = (name: string, ms: number, more = ''): void =>
    console.log(`${name.padEnd(34)}${ms.toFixed(0).padStart(7)} ms${more}`);
  console.log(
    `${SAMPLE}, Node ${process.versions.node}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, median of ${ROUNDS}\n`,
  );
  line('start of Node', median(times.start));
  line('floor: start + deflate same bytes', floor, `   ${(statSync(raw).size / 2 ** 20).toFixed(1)} MB`);
  line(
    'demarc pack',
    median(times.pack),
    `   ${(median(times.pack) / floor).toFixed(1)} × floor, ${(median(times.pack) / median(times.start)).toFixed(1)} × start, peak ${memory.toFixed(0)} MB`,
  );
  console.log('');
  for (const [name, list] of stages) line(`  ${name}`, median(list));
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(join(ROOT, 'dist', 'bench-stages.mjs'), { force: true });
}
