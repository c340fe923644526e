/**
 * Builds `dist/`: the bundled program with the code that V8 makes of it, the compiled catalogue, templates and fonts. Everything that a run
 * needs lies beside the program, and nothing is fetched.
 */
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
/**
 * What is seldom or never needed. pdfkit is more than half of all, so it is a file of its own; other modules that run late cost little
 * where they are. Commander loads child processes, which takes some milliseconds, for commands that are programs of their own; we have none.
 */
const seldom: Plugin = {
  name: 'seldom',
  setup(build) {
    build.onResolve({ filter: /\/pdfkit\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './pdfkit.js', external: true } : undefined,
    );
    build.onResolve({ filter: /^node:child_process$/ }, ({ path }) => ({ path, namespace: 'never' }));
    build.onLoad({ filter: /.*/, namespace: 'never' }, () => ({ contents: '' }));
  },
};

const inputs: string[] = [];
/** Bundles files of the source into one file each. CommonJS: Node loads it faster, and code that V8 made of it can be kept. */
async function bundle(entryPoints: Record<string, string>): Promise<void> {
  const { metafile } = await build({
    metafile: true,
    absWorkingDir: root,
    entryPoints,
    outdir: 'dist',
    bundle: true,
    plugins: [seldom],
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    supported: { 'dynamic-import': false },
    minifySyntax: true,
    legalComments: 'none',
    define: { 'import.meta.url': 'demarcUrl' },
    banner: { js: "const demarcUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'warning',
  });
  inputs.push(...Object.keys(metafile.inputs));
}
await bundle({ demarc: 'src/start/demarc.ts', 'fleet-worker': 'src/start/fleet-worker.ts' });
await bundle({ program: 'src/start/program.ts', pdfkit: 'src/write/pdf/pdfkit.ts' });
const program = join(dist, 'program.js');
// What esbuild leaves as it is stands in regular expressions, where an escape means the same.
writeFileSync(
  program,
  readFileSync(program, 'utf8').replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
);
writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
chmodSync(join(dist, 'demarc.js'), 0o755);
writeFileSync(join(dist, 'THIRD-PARTY.txt'), thirdPartyNotices(inputs));
for (const folder of ['templates', 'fonts']) cpSync(join(root, folder), join(dist, folder), { recursive: true });
await import('./compile-catalogue.ts');
await import('./compile-forms.ts');
await import('./compile-templates.ts');
await import('./compile-kerning.ts');
await import('./compile-code.ts');

/** The licenses of the packages that are bundled, as they ask for. */
function thirdPartyNotices(inputs: string[]): string {
  const packages = [
    ...new Set(inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? [])),
  ].sort();
  return packages
    .map((path) => {
      const { name, version, license } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
      const file = readdirSync(join(root, path)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
      return `${name} ${version} (${license})\n\n${file ? readFileSync(join(root, path, file), 'utf8').trim() : 'Its package carries no license file.'}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}
