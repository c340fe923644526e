/**
 * The same table set by demarc and by other tools, each run in a process of its own, in turn, so that what else the machine does falls
 * on all alike: `npx tsx bench/pdf-compare.ts [rows]`. The other tools are installed into a temporary folder and are no dependencies;
 * what cannot be installed is skipped. Seconds are those of the whole process; ratios within one run mean something.
 */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { rowsOf } from './pdf-compare/rows.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const HERE = join(ROOT, 'bench', 'pdf-compare');
const ROUNDS = 3;
const count = Number(process.argv[2] ?? 5000);
const folder = mkdtempSync(join(tmpdir(), 'demarc-compare-'));
const fonts = join(folder, 'fonts');
const rows = join(folder, 'rows.json');

/** A tool that sets the table: how it is run once it is ready. */
interface Tool {
  name: string;
  command: string;
  script: string;
  env?: Record<string, string>;
  runs: { seconds: number; mb: number }[];
  pages: number;
  kb: number;
  tags: string;
}

const tools: Tool[] = [];
const outputOf = (tool: Tool): string => join(folder, `${tool.name}.pdf`);

function run(command: string, args: string[], env: Record<string, string> = {}): SpawnSyncReturns<string> {
  return spawnSync(command, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 30, env: { ...process.env, ...env } });
}

/** Takes a tool among those measured, or says why not. */
function add(name: string, prepare: () => Pick<Tool, 'command' | 'script' | 'env'> | string): void {
  const ready = prepare();
  if (typeof ready === 'string') console.log(`${name} is skipped: ${ready}`);
  else tools.push({ name, ...ready, runs: [], pages: 0, kb: 0, tags: '?' });
}

/** A package and a script that uses it, side by side, so that the script finds it. */
function fromNpm(name: string, script: string): { command: string; script: string } | string {
  const home = join(folder, script);
  mkdirSync(home);
  const result = run('npm', ['i', '--prefix', home, '--no-audit', '--no-fund', name]);
  if (result.status !== 0) return `npm could not install ${name}`;
  cpSync(join(HERE, script), join(home, script));
  return { command: process.execPath, script: join(home, script) };
}

/** Debian's packages are for Debian's Python, whatever else is on the path. */
const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

/** ReportLab with what it needs, taken out of its Debian packages; nothing of the system is changed. */
function reportlab(): Pick<Tool, 'command' | 'script' | 'env'> | string {
  const archives = join(folder, 'deb');
  const root = join(folder, 'root');
  mkdirSync(join(archives, 'partial'), { recursive: true });
  const script = join(HERE, 'reportlab.py');
  if (run(PYTHON, ['-c', 'import reportlab']).status === 0) return { command: PYTHON, script };
  const options = ['-y', '--no-install-recommends', '-o', `Dir::Cache::archives=${archives}`, '--download-only'];
  if (run('apt-get', [...options, 'install', 'python3-reportlab']).status !== 0)
    return 'apt-get could not fetch python3-reportlab (try `apt-get update`)';
  for (const file of readdirSync(archives)) if (file.endsWith('.deb')) run('dpkg', ['-x', join(archives, file), root]);
  const libraries = readdirSync(join(root, 'usr', 'lib')).map((entry) => join(root, 'usr', 'lib', entry));
  const env = { PYTHONPATH: join(root, 'usr/lib/python3/dist-packages'), LD_LIBRARY_PATH: libraries.join(':') };
  if (run(PYTHON, ['-c', 'import reportlab.platypus'], env).status !== 0) return 'its Debian packages do not run here';
  return { command: PYTHON, script, env };
}

async function demarc(): Promise<Pick<Tool, 'command' | 'script'>> {
  const outfile = join(folder, 'demarc', 'demarc.js');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['bench/pdf-compare/demarc.ts'],
    outdir: join(folder, 'demarc'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    banner: {
      js: "import { createRequire as demarcRequire } from 'node:module'; const require = demarcRequire(import.meta.url);",
    },
  });
  return { command: process.execPath, script: outfile };
}

function once(tool: Tool): string | undefined {
  const start = performance.now();
  const result = run(tool.command, [tool.script, rows, outputOf(tool), fonts], tool.env);
  const seconds = (performance.now() - start) / 1000;
  if (result.status !== 0) return (result.stderr ?? '').trim().split('\n').at(-1) ?? 'it failed';
  tool.runs.push({ seconds, mb: Number(/peak (\d+)/.exec(result.stderr)?.[1]) / 1024 });
  return undefined;
}

/** Pages and tags as poppler sees them: tags are real where there is an element for each row. */
function inspect(tool: Tool): void {
  tool.kb = statSync(outputOf(tool)).size / 1024;
  tool.pages = Number(/^Pages:\s+(\d+)/m.exec(run('pdfinfo', [outputOf(tool)]).stdout ?? '')?.[1]);
  const structure = run('pdfinfo', ['-struct', outputOf(tool)]).stdout ?? '';
  const found = structure.match(/^\s*TR\b/gm)?.length ?? 0;
  tool.tags = found >= count ? 'yes' : /^Tagged:\s+yes/m.test(run('pdfinfo', [outputOf(tool)]).stdout ?? '') ? 'empty' : 'no';
}

const median = (numbers: number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

try {
  symlinkSync(join(ROOT, 'fonts'), fonts);
  writeFileSync(rows, JSON.stringify(rowsOf(count)));
  const own = await demarc();
  add('demarc', () => own);
  add('Typst', () => fromNpm('@myriaddreamin/typst-ts-node-compiler', 'typst.mjs'));
  add('pdfmake', () => fromNpm('pdfmake', 'pdfmake.mjs'));
  add('ReportLab', reportlab);
  for (let round = 0; round < ROUNDS; round++) {
    for (const tool of [...tools]) {
      const fault = once(tool);
      if (fault === undefined) continue;
      console.log(`${tool.name} is skipped: ${fault}`);
      tools.splice(tools.indexOf(tool), 1);
    }
  }
  for (const tool of tools) inspect(tool);
  const base = median((tools[0] as Tool).runs.map((one) => one.seconds));
  console.log(`\n${count} rows × 6 columns, Node ${process.versions.node}, median of ${ROUNDS} interleaved rounds\n`);
  console.log('| | s | × demarc | pages | pages/s | peak MB | KB | tags |\n|---|---|---|---|---|---|---|---|');
  for (const tool of tools) {
    const seconds = median(tool.runs.map((one) => one.seconds));
    const peak = Math.max(...tool.runs.map((one) => one.mb));
    const cells = [seconds.toFixed(2), (seconds / base).toFixed(1), tool.pages, Math.round(tool.pages / seconds)];
    console.log(`| ${[tool.name, ...cells, peak.toFixed(0), tool.kb.toFixed(0), tool.tags].join(' | ')} |`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
