import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../src/pack.ts';
import { ROOT } from './support.ts';

// Reviews run by schedulers: killed, on a full disk, two at a time. The build is run as it is installed, with a file system that fails.

const DESCRIPTION = `organization: {name: Test Inc.}
system: {name: Shop, description: Sells things., owner: Owner}
frameworks: [gdpr]
roles: {gdpr: controller}
services:
  - {id: db, service: aws/rds, purpose: Database., data: [personal]}
`;
/** Counts what is written, and kills the process or fails at one of these calls. */
const TRAP = `import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const [how, at] = (process.env.TRAP ?? '').split(':');
let count = 0;
for (const name of ['openSync', 'writeSync', 'fsyncSync', 'renameSync', 'mkdirSync', 'rmSync']) {
  const real = fs[name];
  fs[name] = (...args) => {
    // Results go to standard output; that is another matter.
    if ((name === 'openSync' && !/w/.test(String(args[1]))) || (name === 'writeSync' && args[0] < 3)) return real(...args);
    count += 1;
    if (count === Number(at)) {
      if (how === 'kill') process.kill(process.pid, 'SIGKILL');
      if (how === 'full') throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    }
    return real(...args);
  };
}
syncBuiltinESMExports();
process.on('exit', () => { if (how === 'count') fs.writeFileSync(at, String(count)); });
`;

let folder = '';
/** How many calls a review makes that replaces a pack and records it. */
let calls = 0;
const at = (...names: string[]): string => join(folder, ...names);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demarc-unattended-'));
  writeFileSync(at('system.yaml'), DESCRIPTION);
  writeFileSync(at('trap.mjs'), TRAP);
  expect(review('start', '2026-03-31').status).toBe(0);
  expect(review('start', '2026-06-30').status).toBe(0);
  cpSync(at('start'), at('counted'), { recursive: true });
  expect(review('counted', '2026-06-30', `count:${at('count')}`).status).toBe(0);
  calls = Number(readFileSync(at('count'), 'utf8'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const command = (packs: string, day: string): string[] => [
  '--import',
  at('trap.mjs'),
  join(ROOT, 'dist/demarc.js'),
  'review',
  at('system.yaml'),
  '-o',
  at(packs),
  '--as-of',
  day,
];
function review(packs: string, day: string, trap = ''): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, command(packs, day), { encoding: 'utf8', env: { ...process.env, TRAP: trap } });
}

/** The packs of a folder by name, each held against its manifest; a pack that a dead run moved aside counts by its own name. */
function packsIn(packs: string): string[] {
  const names = readdirSync(at(packs)).filter((name) => name !== 'history.json' && !/\.new-\d+$/.test(name));
  return [
    ...new Set(
      names.map((name) => {
        const manifest = JSON.parse(readFileSync(at(packs, name, 'manifest.json'), 'utf8')) as Manifest;
        for (const { path, sha256 } of manifest.files)
          expect(
            createHash('sha256')
              .update(readFileSync(at(packs, name, path)))
              .digest('hex'),
            `${name}/${path}`,
          ).toBe(sha256);
        return name.replace(/^\.(.*)\.old-\d+$/, '$1');
      }),
    ),
  ].sort();
}

const recorded = (packs: string): { folder: string; manifest: string }[] =>
  (JSON.parse(readFileSync(at(packs, 'history.json'), 'utf8')) as { packs: { folder: string; manifest: string }[] }).packs;

/** Calls around the exchange of folders and the record, where it matters most, and one of those before. */
const moments = (): number[] => [Math.ceil(calls / 2), ...[8, 7, 6, 5, 2, 0].map((before) => calls - before)];

describe('a review', () => {
  test('that is killed at any moment leaves every pack whole, and the next one puts all in order', () => {
    expect(calls).toBeGreaterThan(20);
    for (const moment of moments()) {
      const packs = `killed-${moment}`;
      cpSync(at('start'), at(packs), { recursive: true });
      expect(review(packs, '2026-06-30', `kill:${moment}`).status).toBeNull();
      expect(packsIn(packs), packs).toEqual(['2026-Q1', '2026-Q2']);
      expect(recorded(packs).map((entry) => entry.folder)).toEqual(['2026-Q1', '2026-Q2']);
      // The pack before is found, wherever the dead run has left it.
      const next = review(packs, '2026-09-30');
      expect(next.stdout, packs).toContain('Since 2026-Q2, as of 2026-06-30');
      expect(next.stderr, packs).toBe('');
      const left = readdirSync(at(packs)).filter((name) => name.startsWith('.'));
      if (left.length > 0) expect(review(packs, '2026-06-30').status).toBe(0);
      expect(readdirSync(at(packs)).sort(), left.join()).toEqual(['2026-Q1', '2026-Q2', '2026-Q3', 'history.json']);
    }
  }, 300_000);

  test('on a full disk says so and leaves every pack whole; without the record it is good', () => {
    for (const moment of moments().slice(0, -1)) {
      const packs = `full-${moment}`;
      cpSync(at('start'), at(packs), { recursive: true });
      const { status, stderr, stdout } = review(packs, '2026-06-30', `full:${moment}`);
      expect([0, 2], packs).toContain(status);
      if (status === 2) expect(stderr, packs).toMatch(/cannot write the pack to .*2026-Q2: the disk is full/);
      else expect(stdout).toContain('Review 2026-Q2');
      expect(packsIn(packs), packs).toEqual(['2026-Q1', '2026-Q2']);
      if (/history\.json/.test(stderr)) expect(stderr).toMatch(/^note: cannot write .*; the next review records this pack/);
      expect(readdirSync(at(packs)).filter((name) => name.startsWith('.new-'))).toEqual([]);
    }
  }, 300_000);

  test('beside another one in the same folder leaves whole packs and a true record', async () => {
    for (let round = 0; round < 2; round++) {
      const packs = `both-${round}`;
      cpSync(at('start'), at(packs), { recursive: true });
      // The same pack twice, and another period at the same time.
      const ends = await Promise.all(
        ['2026-06-30', '2026-06-30', '2026-09-30'].map(
          (day) =>
            new Promise<{ code: number | null; err: string }>((resolve) => {
              const child = spawn(process.execPath, command(packs, day), { stdio: ['ignore', 'ignore', 'pipe'] });
              let err = '';
              child.stderr.on('data', (data) => {
                err += data;
              });
              child.once('close', (code) => resolve({ code, err }));
            }),
        ),
      );
      for (const { code, err } of ends) expect([0, 2], err).toContain(code);
      expect(ends.filter(({ code }) => code === 0).length).toBeGreaterThan(0);
      expect(packsIn(packs)).toEqual(['2026-Q1', '2026-Q2', '2026-Q3']);
      expect(review(packs, '2026-09-30').status).toBe(0);
      expect(recorded(packs).map((entry) => entry.folder)).toEqual(['2026-Q1', '2026-Q2', '2026-Q3']);
    }
  }, 120_000);
});
