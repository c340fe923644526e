import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogue, ROOT } from './support.ts';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

test('README shows what the sample really prints', () => {
  const folder = mkdtempSync(join(tmpdir(), 'demarc-readme-'));
  try {
    const out = execFileSync(
      process.execPath,
      ['dist/demarc.js', 'pack', 'samples/clinic/system.yaml', '-o', join(folder, 'clinic')],
      { cwd: ROOT, encoding: 'utf8' },
    );
    const shown = /prints:\n\n```text\n([\s\S]*?)```/.exec(README)?.[1];
    // Sizes depend on the deflate of the Node version.
    const plain = (text: string | undefined): string | undefined => text?.replace(/\S+ [KM]B/g, '…');
    expect(plain(shown)).toBe(plain(out.replaceAll(`${folder}/`, 'out/')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('README counts what the catalogue really knows', () => {
  const { controls, frameworks, providers } = catalogue();
  const services = (id: string): number => providers.find((provider) => provider.id === id)?.services.length ?? 0;
  const all = providers.reduce((sum, provider) => sum + provider.services.length, 0);
  const requirements = frameworks.reduce((sum, framework) => sum + framework.requirements.length, 0);
  expect(README).toContain(`**${requirements.toLocaleString('en-US')} requirements** of ${frameworks.length} frameworks`);
  expect(README).toContain(`**${controls.length} controls**`);
  expect(README).toContain(
    `**${all} services** of ${providers.length} providers (AWS ${services('aws')}, Azure ${services('azure')}, Google Cloud ${services('gcp')})`,
  );
});

test('README has two set-up commands that exist', () => {
  const scripts = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts;
  const commands = [...README.matchAll(/```sh\n(npm ci && npm [^\n]+)\n```/g)].map((match) => match[1]);
  expect(commands).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
  expect(scripts).toMatchObject({ demo: expect.any(String), test: expect.any(String) });
});
