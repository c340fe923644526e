import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeFile, programFile, sealed } from '../src/start/load.ts';
import { ROOT } from './support.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demarc-start-'));
  cpSync(join(ROOT, 'dist'), folder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `demarc list frameworks` prints, and whether V8 took the code that is kept. */
function run(): { status: number | null; stdout: string; stderr: string; taken: boolean } {
  const probe = join(folder, 'probe.cjs');
  writeFileSync(
    probe,
    `const vm = require('node:vm');
const { Script } = vm;
vm.Script = class extends Script {
  constructor(text, options) {
    super(text, options);
    process.on('exit', () => console.error('taken', this.cachedDataRejected === false));
  }
};`,
  );
  const result = spawnSync(process.execPath, ['-r', probe, join(folder, 'demarc.js'), 'list', 'frameworks'], {
    encoding: 'utf8',
  });
  return { ...result, taken: result.stderr === 'taken true\n' };
}

describe('the code that the build keeps', () => {
  const whole = readFileSync(codeFile(join(ROOT, 'dist')));
  const text = readFileSync(programFile(join(ROOT, 'dist')));
  const good = spawnSync(process.execPath, [join(ROOT, 'dist', 'demarc.js'), 'list', 'frameworks'], { encoding: 'utf8' });
  beforeEach(() => {
    writeFileSync(codeFile(folder), whole);
    writeFileSync(programFile(folder), text);
  });

  test('is taken by V8', () => {
    expect(good.stdout).toContain('pci-dss');
    expect(run()).toMatchObject({ status: 0, stdout: good.stdout, taken: true });
  });

  test('names no folder of the machine that built it', () => {
    expect(whole.includes(ROOT)).toBe(false);
    expect(text.includes(ROOT)).toBe(false);
  });

  test.each<[string, () => void]>([
    ['is missing', () => rmSync(codeFile(folder))],
    ['is empty', () => truncateSync(codeFile(folder), 0)],
    ['is cut off', () => truncateSync(codeFile(folder), whole.length - 1000)],
    [
      'is damaged',
      () => writeFileSync(codeFile(folder), Buffer.from(whole).fill(~(whole[1_000_000] ?? 0), 1_000_000, 1_000_001)),
    ],
    ['is of another V8', () => writeFileSync(codeFile(folder), sealed(Buffer.alloc(whole.length - 4, 7), text))],
    [
      'is of another text of the same length',
      () => {
        const other = text.toString('latin1').replace('Draws the line', 'Finds the line');
        expect(other).not.toBe(text.toString('latin1'));
        writeFileSync(programFile(folder), other);
      },
    ],
  ])('where it %s is not taken, and demarc runs without it', (_, spoil) => {
    spoil();
    expect(run()).toMatchObject({ status: 0, stdout: good.stdout, taken: false });
  });
});
