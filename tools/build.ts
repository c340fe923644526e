/**
 * Builds `dist/`: one bundled program, the compiled catalogue, templates, fonts and the JSON Schema for editors. Everything that a run
 * needs lies beside the program, and nothing is fetched.
 */
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const { metafile } = await build({
  metafile: true,
  absWorkingDir: root,
  entryPoints: {
    demarc: 'src/cli/main.ts',
    'fleet-worker': 'src/cli/fleet-worker.ts',
  },
  outdir: 'dist',
  bundle: true,
  // Layout engines are loaded when they are needed; splitting keeps them out of the commands that only print.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  legalComments: 'none',
  // Some dependencies are CommonJS and call require() for Node's own modules.
  banner: { js: "import { createRequire as demarcRequire } from 'node:module'; const require = demarcRequire(import.meta.url);" },
  logLevel: 'warning',
});
chmodSync(join(dist, 'demarc.js'), 0o755);
writeFileSync(join(dist, 'THIRD-PARTY.txt'), thirdPartyNotices(Object.keys(metafile.inputs)));
for (const folder of ['templates', 'fonts']) cpSync(join(root, folder), join(dist, folder), { recursive: true });
await import('./compile-catalogue.ts');
await import('./compile-forms.ts');
await import('./compile-templates.ts');
await import('./compile-kerning.ts');

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
