import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packNames, readJobs } from '../src/cli/fleet.ts';
import { readShard, share } from '../src/cli/shard.ts';
import { ROOT } from './support.ts';

describe('a share of the work', () => {
  test.each([
    ['2/4', {}, { index: 2, count: 4 }],
    ['4', { JOB_COMPLETION_INDEX: '0' }, { index: 1, count: 4 }],
    ['4', { AWS_BATCH_JOB_ARRAY_INDEX: '3' }, { index: 4, count: 4 }],
    ['4', { SLURM_ARRAY_TASK_ID: '4', SLURM_ARRAY_TASK_MIN: '1' }, { index: 4, count: 4 }],
    ['4', { SLURM_ARRAY_TASK_ID: '3', SLURM_ARRAY_TASK_MIN: '0' }, { index: 4, count: 4 }],
    ['1/4', { JOB_COMPLETION_INDEX: '2' }, { index: 1, count: 4 }],
  ])('%s with %j', (written, env, expected) => {
    expect(readShard(written, env)).toEqual(expected);
  });

  test.each([
    ['0/4', {}],
    ['5/4', {}],
    ['4', {}],
    ['1/0', {}],
    ['a/b', {}],
    ['', {}],
    ['4', { JOB_COMPLETION_INDEX: '4' }],
    ['4', { JOB_COMPLETION_INDEX: 'x' }],
  ])('%s with %j is wrong usage', (written, env) => {
    expect(() => readShard(written, env)).toThrow(/share/);
  });

  test('all shares hold each item once, whatever the order in which the items come', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        (items, count, turn) => {
          const turned = [...items.slice(turn % (items.length + 1)), ...items.slice(0, turn % (items.length + 1))];
          const shares = Array.from({ length: count }, (_, i) => share(items, { index: i + 1, count }));
          expect(shares.flat().sort()).toEqual([...items].sort());
          expect(Array.from({ length: count }, (_, i) => share(turned, { index: i + 1, count }))).toEqual(shares);
          const sizes = shares.map((part) => part.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

test('packs are called after the file, or after its folder where the file is system.yaml', () => {
  expect([...packNames(['a/clinic.yaml', 'samples/payments/system.yaml', 'b/x.y.yml']).values()]).toEqual([
    'clinic',
    'payments',
    'x.y',
  ]);
  expect(() => packNames(['a/shop.yaml', 'shop/system.yaml'])).toThrow(/both be called shop/);
});

test('threads are no more than there is work', () => {
  expect(readJobs('8', 3)).toBe(3);
  expect(readJobs(undefined, 1)).toBe(1);
  expect(() => readJobs('0', 3)).toThrow(/not a number of threads/);
});

describe('several systems at once', () => {
  const DEMARC = join(ROOT, 'dist', 'demarc.js');
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'demarc-fleet-'));
    cpSync(join(ROOT, 'samples'), join(folder, 'systems'), { recursive: true });
    writeFileSync(join(folder, 'broken.yaml'), 'demarc: 1\nservices: [{id: x}]\n');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const demarc = (args: string[], env = {}) =>
    spawnSync(process.execPath, [DEMARC, ...args], { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env } });
  const SYSTEMS = ['manufacturer', 'clinic'].map((name) => `systems/${name}/system.yaml`);
  const bytesOf = (below: string): Map<string, string> =>
    new Map(
      readdirSync(join(folder, below), { recursive: true, encoding: 'utf8' })
        .filter((name) => statSync(join(folder, below, name)).isFile())
        .map((name) => [name, readFileSync(join(folder, below, name)).toString('base64')]),
    );

  test('threads, shares and one run after the other give the same files; a broken system stops none of the others', () => {
    const together = demarc(['pack', ...SYSTEMS, 'broken.yaml', '-o', 'together', '--jobs', '2']);
    expect(together.status).toBe(1);
    expect(together.stderr).toContain('broken.yaml:2:');
    expect(together.stdout).toContain('broken.yaml: no pack was written');
    expect(together.stdout.indexOf('Fernhill')).toBeGreaterThan(-1);
    expect(together.stdout.indexOf('Tessenbrook')).toBeGreaterThan(together.stdout.indexOf('Fernhill'));
    for (const index of [0, 1]) {
      expect(demarc(['pack', ...SYSTEMS, '-o', 'shares', '--shard', '2'], { JOB_COMPLETION_INDEX: String(index) }).status).toBe(
        0,
      );
    }
    for (const name of ['clinic', 'manufacturer']) {
      expect(demarc(['pack', `systems/${name}/system.yaml`, '-o', `single/${name}`]).status).toBe(0);
    }
    const expected = bytesOf('single');
    expect(expected.size).toBeGreaterThan(6);
    expect(bytesOf('together')).toEqual(expected);
    expect(bytesOf('shares')).toEqual(expected);
  }, 120_000);
});
