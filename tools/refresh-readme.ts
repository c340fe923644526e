/** Puts the sample's real output and the catalogue's real counts into README.md. Run it after `npm run demo`. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCatalogue } from '../src/cli/resources.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const path = join(root, 'README.md');
const output = execFileSync(process.execPath, ['dist/demarc.js', 'pack', 'samples/clinic/system.yaml', '-o', 'out/clinic'], {
  cwd: root,
  encoding: 'utf8',
});
const { controls, frameworks, providers } = loadCatalogue();
const services = (id: string): number => providers.find((provider) => provider.id === id)?.services.length ?? 0;
const sum = (counts: number[]): number => counts.reduce((a, b) => a + b, 0);
const knows = [
  `- **${sum(frameworks.map((framework) => framework.requirements.length)).toLocaleString('en-US')} requirements** of ${frameworks.length} frameworks: ${frameworks
    .map((framework) => `${framework.title} ${framework.requirements.length}`)
    .join(', ')}.`,
  `- **${controls.length} controls** between them, each with what the provider and what the customer does, evidence for both, and NIST SP 800-53 and CSF ids.`,
  `- **${sum(providers.map((provider) => provider.services.length))} services** of ${providers.length} providers (AWS ${services('aws')}, Azure ${services('azure')}, Google Cloud ${services('gcp')}), each with its model, facts, options and the page of the provider that says so.`,
].join('\n');
const readme = readFileSync(path, 'utf8')
  .replace(/(prints:\n\n```text\n)[\s\S]*?```/, (_, head: string) => `${head}${output}\`\`\``)
  .replace(
    /(## What it knows\n\n)[\s\S]*?(\n\nThe catalogue is YAML)/,
    (_, head: string, tail: string) => `${head}${knows}${tail}`,
  );
writeFileSync(path, readme);
