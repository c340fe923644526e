import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Provider, Service } from '../src/model/catalogue.ts';
import { staleServices } from '../tools/stale-services.ts';
import { catalogue, ROOT } from './support.ts';

const source = { title: 'A page', url: 'https://example.org/' };

function stale(kind: Provider['kind'], service: Partial<Service>, asOf: string): string[] {
  const base = catalogue().providers[0] as Provider;
  const provider: Provider = { ...base, id: 'p', kind, services: [{ ...(base.services[0] as Service), id: 's', ...service }] };
  return staleServices({ providers: [provider] }, asOf).map((found) => `${found.service} ${found.reason}`);
}

test('a service is stale without a source, without a check, and a year after its check', () => {
  expect(stale('cloud', { source, checked: '2026-11' }, '2026-11-22')).toEqual([]);
  expect(stale('cloud', { source: undefined, checked: '2026-11' }, '2026-11-22')).toEqual(['p/s no source']);
  expect(stale('saas', { source, checked: undefined }, '2026-11-22')).toEqual(['p/s never checked']);
  expect(stale('saas', { source: undefined, checked: '2024-01' }, '2026-11-22')).toEqual(['p/s no source, checked 2024-01']);
});

test('a month counts to its end, a day to itself', () => {
  expect(stale('cloud', { source, checked: '2025-11' }, '2026-11-30')).toEqual([]);
  expect(stale('cloud', { source, checked: '2025-11' }, '2026-12-01')).toEqual(['p/s checked 2025-11']);
  expect(stale('cloud', { source, checked: '2025-11-22' }, '2026-11-22')).toEqual([]);
  expect(stale('cloud', { source, checked: '2025-11-21' }, '2026-11-22')).toEqual(['p/s checked 2025-11-21']);
});

test('what an organization runs itself needs no source and no check', () => {
  expect(stale('self', { source: undefined, checked: undefined }, '2026-11-22')).toEqual([]);
});

test('the script needs a day, exits 1 where something is stale, and 0 where nothing is', () => {
  const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, ['--import', 'tsx', join(ROOT, 'tools', 'stale-services.ts'), ...args], {
      cwd: ROOT,
      encoding: 'utf8',
    });
  expect(run().status).toBe(2);
  expect(run('--as-of', '2026-02-30').stderr).toMatch(/^Usage/);
  const later = run('--as-of', '2030-01-01');
  expect(later.status).toBe(1);
  expect(later.stdout).toMatch(/^aws\/s3 {2}checked 2026-11$/m);
  expect(run('--as-of', '2026-11-22')).toMatchObject({ status: 0, stdout: '' });
});
