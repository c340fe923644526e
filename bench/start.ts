/**
 * What a whole run costs against starting Node with nothing to do: `npx tsx bench/start.ts [program]`. The described system gives a PDF
 * of over 40 pages and a workbook of some 2,000 rows, the size of an ordinary pack. Ratios within one run mean something; milliseconds
 * depend on the machine. Each pack goes into a new folder: to replace an earlier one takes some milliseconds more.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { loadCatalogue } from '../src/cli/resources.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ROUNDS = 9;
const TARGET = 8;
const SERVICES = 32;
const FRAMEWORK = 'soc2';
const JUDGED = 22;
const program = resolve(process.argv[2] ?? join(ROOT, 'dist', 'demarc.js'));
const folder = mkdtempSync(join(tmpdir(), 'demarc-start-'));

/** A system of which a third of the requirements are judged. */
function description(): string {
  const catalogue = loadCatalogue();
  const provider = [...catalogue.providers].sort((a, b) => b.services.length - a.services.length)[0];
  const framework = catalogue.frameworks.find(({ id }) => id === FRAMEWORK);
  if (!provider || !framework) throw new Error(`the catalogue has no provider or no ${FRAMEWORK}`);
  const services = provider.services.slice(0, SERVICES).map(({ id }, i) => ({
    id: `s${i}`,
    service: `${provider.id}/${id}`,
    purpose: `Does its part number ${i} of the work.`,
    data: ['personal'],
    regions: ['eu-west-1'],
    owner: `Team ${i % 7}`,
  }));
  const exclusions = framework.requirements.slice(JUDGED).map(({ id }) => ({
    requirement: `${FRAMEWORK}:${id}`,
    reason: 'It is not asked for.',
    'approved-by': 'Head of IT',
  }));
  return JSON.stringify({
    demarc: 1,
    organization: { name: 'Bench & Sons' },
    system: { name: 'Benchmark', description: 'Is measured.' },
    'as-of': '2026-09-30',
    frameworks: [FRAMEWORK],
    services,
    exclusions,
  });
}

/** Runs Node once; the wall time in milliseconds. */
function node(...args: string[]): number {
  const start = performance.now();
  const result = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const ms = performance.now() - start;
  if (result.status !== 0) throw new Error(result.stderr);
  return ms;
}

function pagesOf(pdf: Buffer): string {
  return /\/Type\/Pages\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1] ?? '?';
}

function rowsOf(workbook: Uint8Array): number {
  const sheets = Object.entries(unzipSync(workbook)).filter(([path]) => path.startsWith('xl/worksheets/'));
  return sheets.reduce((sum, [, xml]) => sum + Buffer.from(xml).toString('latin1').split('<row ').length - 1, 0);
}

const median = (numbers: number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

try {
  const system = join(folder, 'system.yaml');
  const output = join(folder, 'pack');
  writeFileSync(system, description());
  const pack = [program, 'pack', system, '-o', output];
  node(...pack);
  const pages = pagesOf(readFileSync(join(output, 'attestation.pdf')));
  const rows = rowsOf(readFileSync(join(output, 'responsibility-matrix.xlsx')));
  console.log(`${pages} pages, ${rows} rows, Node ${process.versions.node}, median of ${ROUNDS} interleaved rounds\n`);

  const times = { bare: [] as number[], version: [] as number[], pack: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    times.bare.push(node('-e', '0'));
    times.version.push(node(program, '--version'));
    rmSync(output, { recursive: true });
    times.pack.push(node(...pack));
  }
  const bare = median(times.bare);
  const line = (name: string, list: number[]): void =>
    console.log(
      `${name.padEnd(18)}${median(list).toFixed(0).padStart(6)} ms${(median(list) / bare).toFixed(1).padStart(7)} × bare`,
    );
  line('node -e 0', times.bare);
  line('demarc --version', times.version);
  line('demarc pack', times.pack);
  const ratio = median(times.pack) / bare;
  console.log(`\n${ratio <= TARGET ? 'within' : 'over'} the target of ${TARGET} × bare`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
