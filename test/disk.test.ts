import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PackFile, readText, replaceTexts, writePack } from '../src/disk.ts';
import { makePack } from '../src/pack.ts';
import { map, ROOT, systemOf, use } from './support.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'demarc-disk-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const matrix = map(systemOf([use({ id: 'db', service: 'aws/rds' })]));
const packOf = (text: string): PackFile[] =>
  makePack(
    [
      { path: 'a.txt', bytes: Buffer.from(text) },
      { path: 'b/c.txt', bytes: Buffer.from(text.repeat(2)) },
    ],
    [],
    matrix,
    { audience: 'internal', paper: 'a4' },
    'c',
  );
const leftOvers = (): string[] => readdirSync(folder).filter((name) => name.startsWith('.'));

describe('a pack', () => {
  test('is written whole and replaced whole', () => {
    const out = join(folder, 'deep/out');
    writePack(out, packOf('one'));
    writePack(out, packOf('two'));
    expect(readFileSync(join(out, 'a.txt'), 'utf8')).toBe('two');
    expect(readdirSync(join(folder, 'deep'))).toEqual(['out']);
  });
  test('never replaces a folder that holds anything else', () => {
    const out = join(folder, 'out');
    mkdirSync(out);
    writeFileSync(join(out, 'precious.txt'), 'x');
    expect(() => writePack(out, packOf('one'))).toThrow(/holds no pack/);
    expect(readdirSync(out)).toEqual(['precious.txt']);
  });
  test('never loses a file that somebody put beside it', () => {
    const out = join(folder, 'out');
    writePack(out, packOf('one'));
    writeFileSync(join(out, 'notes.txt'), 'x');
    expect(() => writePack(out, packOf('two'))).toThrow(/notes\.txt/);
    expect(readFileSync(join(out, 'a.txt'), 'utf8')).toBe('one');
  });
  test('is not replaced when somebody worked in it, unless forced', () => {
    const out = join(folder, 'out');
    writePack(out, packOf('one'));
    writeFileSync(join(out, 'a.txt'), 'filled in by hand');
    expect(() => writePack(out, packOf('two'))).toThrow(/a\.txt was changed/);
    expect(readFileSync(join(out, 'a.txt'), 'utf8')).toBe('filled in by hand');
    writePack(out, packOf('two'), { force: true });
    expect(readFileSync(join(out, 'a.txt'), 'utf8')).toBe('two');
  });
  test('never loses a folder that somebody made in it, though it is empty', () => {
    const out = join(folder, 'out');
    writePack(out, packOf('one'));
    mkdirSync(join(out, 'b/notes'));
    expect(() => writePack(out, packOf('two'))).toThrow(/holds a folder that is not part of the pack: b\/notes\//);
    expect(() => writePack(out, packOf('two'), { force: true })).toThrow(/b\/notes\//);
    mkdirSync(join(folder, 'other/plans'), { recursive: true });
    expect(() => writePack(join(folder, 'other'), packOf('two'))).toThrow(/holds no pack \(found plans\/\)/);
    expect(readdirSync(join(out, 'b')).sort()).toEqual(['c.txt', 'notes']);
  });
  test.each(['', '{"format":', '{"format": "another", "files": []}'])(
    'whose manifest is damaged is replaced by force alone: %j',
    (manifest) => {
      const out = join(folder, 'out');
      writePack(out, packOf('one'));
      writeFileSync(join(out, 'manifest.json'), manifest);
      expect(() => writePack(out, packOf('two'))).toThrow(/manifest\.json is damaged/);
      writeFileSync(join(out, 'notes.txt'), 'x');
      expect(() => writePack(out, packOf('two'), { force: true })).toThrow(/not part of the pack: notes\.txt/);
      rmSync(join(out, 'notes.txt'));
      writePack(out, packOf('two'), { force: true });
      expect(readFileSync(join(out, 'a.txt'), 'utf8')).toBe('two');
    },
  );
  test('is not written where a file stands', () => {
    writeFileSync(join(folder, 'out'), 'x');
    expect(() => writePack(join(folder, 'out'), packOf('one'))).toThrow(/is a file/);
    expect(() => writePack(join(folder, 'out', 'deeper'), packOf('one'))).toThrow(/cannot write the pack/);
  });
  test('that a killed run had moved aside comes back, and half-written ones go', () => {
    const out = join(folder, 'out');
    writePack(out, packOf('one'));
    const dead = 4_194_304 + 17; // beyond the largest process id
    execFileSync('mv', [out, join(folder, `.out.old-${dead}`)]);
    mkdirSync(join(folder, `.out.new-${dead}`));
    writeFileSync(join(folder, `.out.new-${dead}`, 'a.txt'), 'half');
    writePack(out, packOf('two'));
    expect(readFileSync(join(out, 'a.txt'), 'utf8')).toBe('two');
    expect(leftOvers()).toEqual([]);
  });
  test('survives a run killed at any moment: the old one or the new one, never a mix', async () => {
    const out = join(folder, 'out');
    const script = join(folder, 'writer.ts');
    writeFileSync(
      script,
      `import { writePack } from ${JSON.stringify(join(ROOT, 'src/disk.ts'))};
import { createHash } from 'node:crypto';
const sha = (bytes) => createHash('sha256').update(bytes).digest('hex');
for (let i = 0; ; i++) {
  const files = Array.from({ length: 12 }, (_, n) => ({ path: n + '.txt', bytes: Buffer.from(String(i)) }));
  const manifest = { format: 'demarc-manifest', files: files.map((file) => ({ path: file.path, sha256: sha(file.bytes) })) };
  writePack(${JSON.stringify(out)}, [...files, { path: 'manifest.json', bytes: Buffer.from(JSON.stringify(manifest)) }]);
  if (i === 0) console.log('started');
}`,
    );
    for (let round = 0; round < 12; round++) {
      const child = spawn(process.execPath, ['--import', 'tsx', script], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, 5 + round * 7));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
      const whole = existsSync(out)
        ? out
        : join(folder, readdirSync(folder).find((name) => name.startsWith('.out.old-')) ?? 'missing');
      const texts = new Set(Array.from({ length: 12 }, (_, n) => readFileSync(join(whole, `${n}.txt`), 'utf8')));
      expect(texts.size).toBe(1);
    }
  }, 120_000);
  test('leaves the old one alone when the disk is full, and nothing behind', () => {
    const out = join(folder, 'out');
    writePack(out, packOf('one'));
    const script = join(folder, 'writer.ts');
    writeFileSync(
      script,
      `import { writePack } from ${JSON.stringify(join(ROOT, 'src/disk.ts'))};
try { writePack(${JSON.stringify(out)}, [{ path: 'a.txt', bytes: Buffer.alloc(4 * 1024 * 1024) }, { path: 'manifest.json', bytes: Buffer.from('{}') }]); console.log('written'); } catch (error) { console.log(error.message); }`,
    );
    // A limit on file size stands in for a full disk: the write fails half-way in the same manner.
    const said = execFileSync(
      'bash',
      ['-c', `trap '' XFSZ; ulimit -f 1024; exec "$0" --import tsx "$1"`, process.execPath, script],
      { cwd: ROOT, encoding: 'utf8' },
    );
    expect(said).toMatch(/cannot write the pack to .*: the file would be larger than is allowed/);
    expect(readFileSync(join(out, 'a.txt'), 'utf8')).toBe('one');
    expect(leftOvers()).toEqual([]);
  }, 60_000);
});

describe('replacing texts', () => {
  test('keeps links and rights, and leaves everything alone when one file has changed meanwhile', () => {
    const [one, two, link] = ['one.yaml', 'two.yaml', 'link.yaml'].map((name) => join(folder, name)) as [string, string, string];
    writeFileSync(one, 'a: 1\n');
    writeFileSync(two, '\ufeffb: 1\n');
    chmodSync(one, 0o600);
    symlinkSync(one, link);
    replaceTexts([
      { path: link, before: 'a: 1\n', after: 'a: 2\n' },
      { path: two, before: '\ufeffb: 1\n', after: '\ufeffb: 2\n' },
    ]);
    expect([readFileSync(one, 'utf8'), readFileSync(two, 'utf8')]).toEqual(['a: 2\n', '\ufeffb: 2\n']);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(statSync(one).mode & 0o777).toBe(0o600);
    expect(() =>
      replaceTexts([
        { path: one, before: 'a: 2\n', after: 'a: 3\n' },
        { path: two, before: 'b: 1\n', after: 'b: 3\n' },
      ]),
    ).toThrow(/two\.yaml was changed while demarc was working/);
    expect(readFileSync(one, 'utf8')).toBe('a: 2\n');
    expect(readdirSync(folder).sort()).toEqual(['link.yaml', 'one.yaml', 'two.yaml']);
  });
});

describe('reading', () => {
  const cause = (path: string): string => {
    try {
      return readText(path);
    } catch (error) {
      return (error as Error).message.replace(folder, '');
    }
  };
  test('says why a file cannot be read', () => {
    mkdirSync(join(folder, 'dir'));
    writeFileSync(join(folder, 'latin1.yaml'), Buffer.from([0x61, 0xe9, 0x0a]));
    symlinkSync(join(folder, 'loop'), join(folder, 'loop'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(cause(join(folder, 'none.yaml'))).toBe('cannot read /none.yaml: there is no such file');
    expect(cause(join(folder, 'dir'))).toBe('cannot read /dir: it is a folder, not a file');
    expect(cause(join(folder, 'latin1.yaml'))).toBe('cannot read /latin1.yaml: it is not UTF-8 text');
    expect(cause(join(folder, 'loop'))).toBe('cannot read /loop: its links lead in a circle');
    expect(cause(join(folder, 'pipe'))).toBe('cannot read /pipe: it is not a file');
    expect(cause(join(folder, 'x'.repeat(300)))).toMatch(/the name is too long/);
  });
  test.skipIf(process.getuid?.() === 0)('says when rights are missing (skipped for root, who may read everything)', () => {
    writeFileSync(join(folder, 'secret.yaml'), 'x');
    chmodSync(join(folder, 'secret.yaml'), 0);
    expect(cause(join(folder, 'secret.yaml'))).toMatch(/may not be opened/);
  });
});
