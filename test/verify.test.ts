import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PackFile, readPack } from '../src/disk.ts';
import { ATTESTATION, DOCUMENT, MANIFEST, type Manifest, manifestText, readManifest, recordOf, sha256 } from '../src/pack.ts';
import { certificates, publicKey } from '../src/sign/keys.ts';
import { readSignatures } from '../src/sign/pdf-signature.ts';
import { examine, type Trust } from '../src/verify/examine.ts';
import { holdSame } from '../src/verify/unpacked.ts';
import { demarc, writeAttestingKey, writeInputs, writeSigner } from './small-pack.ts';
import { ROOT } from './support.ts';

const hasOpenssl = spawnSync('openssl', ['version']).error === undefined;
// Certificates begin when they are made, in a moment.
const now = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}Z`;
let folder = '';
const at = (path: string): string => join(folder, path);
const pem = (path: string): { path: string; text: string } => ({ path, text: readFileSync(at(path), 'utf8') });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'demarc-verify-'));
  writeInputs(folder);
  const look = ['--templates', at('words'), '--logo', at('logo.png')];
  expect(await demarc(['pack', at('system/system.yaml'), '-o', at('pack'), ...look])).toMatchObject({ code: 0, err: '' });
  for (const audience of ['internal', 'customer', 'public'])
    await demarc(['pack', at('system/system.yaml'), '-o', at(audience), '--audience', audience, ...look]);
  writeAttestingKey(folder, 'ed');
  const pdf: string[] = [];
  if (hasOpenssl) {
    writeSigner(folder, 'rsa', 'rsa:2048');
    writeSigner(folder, 'ec', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256');
    pdf.push('--pdf-key', at('rsa.pem'), '--pdf-cert', at('rsa.crt'));
    cpSync(at('pack'), at('pdf-signed'), { recursive: true });
    for (const key of ['rsa', 'ec'])
      await demarc(['sign', at('pdf-signed'), '--pdf-key', at(`${key}.pem`), '--pdf-cert', at(`${key}.crt`)], { now });
  }
  cpSync(at('pack'), at('signed'), { recursive: true });
  expect((await demarc(['sign', at('signed'), '--key', at('ed.pem'), ...pdf], { now })).code).toBe(0);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A fresh copy of a pack. */
function copyOf(name: string): string {
  rmSync(at('copy'), { recursive: true, force: true });
  cpSync(at(name), at('copy'), { recursive: true });
  return at('copy');
}

/** The files that an examination finds wrong. */
function wrongIn(files: PackFile[], trust: Trust): string[] {
  const { checks } = examine(files, trust);
  return [...new Set(checks.flatMap(({ state, file }) => (state === 'bad' ? [file ?? '(none)'] : [])))];
}

function flipped(files: PackFile[], position: number, place: number, bit: number): { files: PackFile[]; path: string } {
  const chosen = files[position % files.length] as PackFile;
  const bytes = Buffer.from(chosen.bytes);
  const where = Math.floor(place * bytes.length);
  bytes[where] = (bytes[where] as number) ^ (1 << bit);
  return { files: files.map((file) => (file === chosen ? { ...file, bytes } : file)), path: chosen.path };
}

describe('one flipped bit', () => {
  const anywhere = [fc.nat(100), fc.double({ min: 0, max: 0.999999999, noNaN: true }), fc.integer({ min: 0, max: 7 })] as const;

  test('anywhere in an attested pack is found, and its file is named and no other', () => {
    const files = readPack(at('signed'));
    const trust: Trust = { keys: [{ path: 'ed.pub.pem', key: publicKey(pem('ed.pub.pem')) }], authorities: [] };
    expect(wrongIn(files, trust)).toEqual([]);
    fc.assert(
      fc.property(...anywhere, (position, place, bit) => {
        const changed = flipped(files, position, place, bit);
        expect(wrongIn(changed.files, trust)).toEqual([changed.path]);
      }),
      { numRuns: 400 },
    );
  });

  test('and so is a stretch that was cut out or slipped in', () => {
    const files = readPack(at('signed'));
    const trust: Trust = { keys: [{ path: 'ed.pub.pem', key: publicKey(pem('ed.pub.pem')) }], authorities: [] };
    const [position, place] = anywhere;
    fc.assert(
      fc.property(position, place, fc.nat(40), fc.uint8Array({ maxLength: 40 }), (which, where, cut, slipped) => {
        const file = files[which % files.length] as PackFile;
        const start = Math.floor(where * file.bytes.length);
        const bytes = Buffer.concat([file.bytes.subarray(0, start), slipped, file.bytes.subarray(start + cut)]);
        fc.pre(!bytes.equals(file.bytes));
        const changed = files.map((other) => (other === file ? { ...file, bytes } : other));
        expect(wrongIn(changed, trust)).toEqual([file.path]);
        // Those without a key must at least not stumble.
        expect(() => examine(changed, { keys: [], authorities: [] })).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });

  test('is blamed on the right file even by those who have no key', () => {
    const files = readPack(at('signed'));
    fc.assert(
      fc.property(...anywhere, (position, place, bit) => {
        const changed = flipped(files, position, place, bit);
        const wrong = wrongIn(changed.files, { keys: [], authorities: [] });
        // Without the key, a signature that was changed looks like any other.
        if (changed.path !== ATTESTATION) expect(wrong).toEqual([changed.path]);
        else expect([[], [ATTESTATION]]).toContainEqual(wrong);
      }),
      { numRuns: 200 },
    );
  });

  test.skipIf(!hasOpenssl)(
    'in the signatures of a PDF is found without an attestation (skipped without openssl)',
    () => {
      const files = readPack(at('pdf-signed'));
      const trust: Trust = { keys: [], authorities: ['rsa.crt', 'ec.crt'].flatMap((path) => certificates(pem(path))) };
      expect(wrongIn(files, trust)).toEqual([]);
      const pdf = files.find(({ path }) => path === DOCUMENT) as PackFile;
      const start = readManifest(files.find(({ path }) => path === MANIFEST)?.bytes ?? Buffer.alloc(0))?.files.find(
        ({ path }) => path === DOCUMENT,
      )?.bytes as number;
      for (let where = start; where < pdf.bytes.length; where++) {
        const bytes = Buffer.from(pdf.bytes);
        bytes[where] = (bytes[where] as number) ^ (1 << (where % 8));
        expect(() => readSignatures(bytes, start), `byte ${where - start}`).toThrow();
        if (where % 64 > 0) continue;
        const changed = files.map((file) => (file === pdf ? { ...pdf, bytes } : file));
        expect(wrongIn(changed, trust)).toEqual([DOCUMENT]);
      }
    },
    120_000,
  );
});

describe('a pack that was tampered with', () => {
  const verify = (pack: string, ...args: string[]) => demarc(['verify', pack, '--key', at('ed.pub.pem'), ...args]);

  test.each<[string, (pack: string) => void, RegExp]>([
    ['a file is missing', (pack) => rmSync(join(pack, 'matrix.json')), /WRONG +matrix\.json is missing/],
    [
      'an input is missing',
      (pack) => rmSync(join(pack, 'inputs/description/system.yaml')),
      /WRONG +inputs\/description\/system\.yaml is missing/,
    ],
    [
      'a file was added',
      (pack) => writeFileSync(join(pack, 'inputs/.notes'), ''),
      /WRONG +inputs\/\.notes is not part of the pack/,
    ],
    [
      'a file was renamed',
      (pack) => renameSync(join(pack, 'matrix.json'), join(pack, 'Matrix.json')),
      /WRONG +Matrix\.json is not part of the pack\n[\s\S]*WRONG +matrix\.json is missing/,
    ],
    [
      'the manifest is missing',
      (pack) => rmSync(join(pack, MANIFEST)),
      /WRONG +manifest\.json is missing; without it the folder is no pack/,
    ],
    [
      'the attestation is missing',
      (pack) => rmSync(join(pack, ATTESTATION)),
      /WRONG +attestation\.dsse\.json is missing; the pack is not attested/,
    ],
    [
      'the manifest names what is no day',
      (pack) => {
        const path = join(pack, MANIFEST);
        writeFileSync(path, readFileSync(path, 'utf8').replace('"2026-09-30"', '"2026-13-30"'));
      },
      /WRONG +manifest\.json was changed/,
    ],
    ['the manifest is something else', (pack) => writeFileSync(join(pack, MANIFEST), '[]'), /WRONG +manifest\.json was changed/],
    [
      'the attestation is something else',
      (pack) => writeFileSync(join(pack, ATTESTATION), 'null'),
      /WRONG +attestation\.dsse\.json was changed/,
    ],
    [
      'something was appended to the PDF',
      (pack) => writeFileSync(join(pack, DOCUMENT), Buffer.concat([readFileSync(join(pack, DOCUMENT)), Buffer.from('% more\n')])),
      /WRONG +attestation\.pdf was changed since the pack was attested/,
    ],
  ])('%s: it is said, and nothing else is', async (_, tamper, message) => {
    const pack = copyOf('signed');
    tamper(pack);
    const { code, out } = await verify(pack);
    expect(out).toMatch(message);
    expect(out).not.toContain('computed anew from the inputs');
    expect(code).toBe(1);
  });

  test('with its hashes made good again is found by the attestation, or by computing it anew', async () => {
    const forge = (pack: string): void => {
      const manifest = readManifest(readFileSync(join(pack, MANIFEST))) as Manifest;
      const path = join(pack, 'matrix.json');
      writeFileSync(path, readFileSync(path, 'utf8').replace('"implemented"', '"planned"'));
      const record = recordOf({ path: 'matrix.json', bytes: readFileSync(path) });
      const files = manifest.files.map((file) => (file.path === record.path ? record : file));
      writeFileSync(join(pack, MANIFEST), manifestText({ ...manifest, files }));
    };
    const attested = copyOf('signed');
    forge(attested);
    expect((await verify(attested)).out).toMatch(/matrix\.json was changed since the pack was attested/);
    const unsigned = copyOf('pack');
    forge(unsigned);
    const { code, out } = await demarc(['verify', unsigned]);
    expect(out).toMatch(/WRONG +matrix\.json is not what follows from the inputs: line \d+ differs/);
    expect(code).toBe(1);
  });

  test('whose manifest names other options or inputs is found by computing it anew', async () => {
    for (const change of [
      (manifest: Manifest): Manifest => ({ ...manifest, organization: 'Somebody else' }),
      (manifest: Manifest): Manifest => ({ ...manifest, asOf: '2026-09-29' }),
      (manifest: Manifest): Manifest => ({ ...manifest, catalogue: { ...manifest.catalogue, version: '0123456789ab' } }),
      (manifest: Manifest): Manifest => ({ ...manifest, options: { ...manifest.options, paper: 'letter' } }),
      (manifest: Manifest): Manifest => ({ ...manifest, inputs: manifest.inputs.filter(({ role }) => role !== 'logo') }),
      (manifest: Manifest): Manifest => ({ ...manifest, inputs: manifest.inputs.filter(({ role }) => role !== 'catalogue') }),
    ]) {
      const pack = copyOf('pack');
      const manifest = readManifest(readFileSync(join(pack, MANIFEST))) as Manifest;
      writeFileSync(join(pack, MANIFEST), manifestText(change(manifest)));
      const { code, out } = await demarc(['verify', pack]);
      expect([code, out.includes('WRONG')]).toEqual([1, true]);
    }
  });

  test('holds a link: that is refused, since what it leads to is not in the pack', async () => {
    const pack = copyOf('pack');
    symlinkSync('/etc/hostname', join(pack, 'link'));
    expect(await demarc(['verify', pack])).toMatchObject({ code: 2, err: expect.stringContaining('is a link or a device') });
  });
});

describe('computing a pack anew', () => {
  test.each(['pack', 'internal', 'signed'])('from what it carries gives the same bytes: %s', async (name) => {
    const { code, out } = await demarc(['verify', at(name)]);
    expect(out).toContain('computed anew from the inputs: the same, byte for byte');
    expect(code).toBe(0);
  });

  test('carries every kind of input, wherever it lay', () => {
    const manifest = readManifest(readFileSync(join(at('pack'), MANIFEST))) as Manifest;
    expect(manifest.inputs.map(({ role, path, file }) => [role, path, file])).toEqual([
      ['description', 'system.yaml', 'inputs/description/system.yaml'],
      ['description', '../common/people.yaml', 'inputs/description/above/common/people.yaml'],
      ['catalogue', 'frameworks/mini.yaml', 'inputs/catalogue/frameworks/mini.yaml'],
      ['template', 'attestation.md.hbs', 'inputs/template/attestation.md.hbs'],
      ['logo', 'logo.png', 'inputs/logo/logo.png'],
    ]);
    // A byte order mark is part of the file, and of its hash.
    for (const [file, original] of [
      ['inputs/description/above/common/people.yaml', 'common/people.yaml'],
      ['inputs/logo/logo.png', 'logo.png'],
    ] as const)
      expect(readFileSync(join(at('pack'), file)).equals(readFileSync(at(original)))).toBe(true);
  });

  test('names the files that the description names, and does not need them', async () => {
    const manifest = readManifest(readFileSync(join(at('pack'), MANIFEST))) as Manifest;
    const sum = sha256(readFileSync(at('papers/report.txt')));
    expect(manifest.attachments).toEqual([{ path: '../papers/report.txt', bytes: 15, sha256: sum }, { path: 'nowhere.txt' }]);
    writeFileSync(at('papers/report.txt'), 'It was changed since.\n');
    expect((await demarc(['verify', at('pack')])).out).toContain('the same, byte for byte');
    const inputs = ['--inputs', at('system/system.yaml'), '--templates', at('words'), '--logo', at('logo.png')];
    expect((await demarc(['verify', at('pack'), ...inputs])).out).toMatch(
      /WRONG +matrix\.json is not what follows from the inputs: line/,
    );
    writeFileSync(at('papers/report.txt'), 'All went well.\n');
    expect((await demarc(['verify', at('pack'), ...inputs])).code).toBe(0);
  });

  test.each(['customer', 'public'])('needs the description where the pack does not carry it: %s', async (name) => {
    expect(readdirSync(at(name)).sort()).toEqual([DOCUMENT, MANIFEST, 'matrix.json', 'responsibility-matrix.xlsx']);
    const alone = await demarc(['verify', at(name)]);
    expect(alone.out).toMatch(/open +not computed anew: a pack for this audience does not carry its inputs/);
    expect(alone.code).toBe(0);
    expect((await demarc(['verify', at(name), '--strict'])).code).toBe(1);
    const look = ['--templates', at('words'), '--logo', at('logo.png')];
    const inputs = ['--inputs', at('system/system.yaml')];
    const whole = await demarc(['verify', at(name), ...inputs, ...look]);
    expect(whole.out).toContain('computed anew from the inputs: the same, byte for byte');
    expect((await demarc(['verify', at(name), ...inputs])).out).toMatch(/WRONG +attestation\.pdf is not what follows/);
    expect((await demarc(['verify', at(name), ...look])).code).toBe(2);
  });

  test('is not tried with another version, and that is said', async () => {
    const pack = copyOf('pack');
    const manifest = readManifest(readFileSync(join(pack, MANIFEST))) as Manifest;
    writeFileSync(join(pack, MANIFEST), manifestText({ ...manifest, tool: { ...manifest.tool, version: '0.0.9' } }));
    const other = await demarc(['verify', pack]);
    expect(other.out).toMatch(/open +not computed anew: it was made by demarc 0\.0\.9, and this is/);
    expect(other.code).toBe(0);
    writeFileSync(
      join(pack, MANIFEST),
      manifestText({ ...manifest, catalogue: { ...manifest.catalogue, builtIn: '0123456789ab' } }),
    );
    const catalogue = await demarc(['verify', pack]);
    expect(catalogue.out).toMatch(/open +not computed anew: it rests on the catalogue 0123456789ab, and here is/);
    expect(catalogue.code).toBe(0);
  });

  test('tells files that another zlib has compressed from files with other content', async () => {
    // Stands for another version of Node.js. The stream that deflates workbooks cannot be exchanged like this; see the next test.
    writeFileSync(
      at('other-zlib.mjs'),
      `import zlib from 'node:zlib';
import { syncBuiltinESMExports } from 'node:module';
const { deflateSync } = zlib;
zlib.deflateSync = (data, options) => deflateSync(data, { ...options, level: 2 });
syncBuiltinESMExports();
`,
    );
    const look = ['--templates', at('words'), '--logo', at('logo.png')];
    const pack = ['pack', at('system/system.yaml'), '-o', at('repacked'), ...look];
    execFileSync(process.execPath, ['--import', at('other-zlib.mjs'), join(ROOT, 'dist/demarc.js'), ...pack], { stdio: 'pipe' });
    expect(sha256(readFileSync(join(at('repacked'), DOCUMENT)))).not.toBe(sha256(readFileSync(join(at('pack'), DOCUMENT))));
    const { code, out } = await demarc(['verify', at('repacked')]);
    expect(out).toMatch(
      /good +computed anew from the inputs: the same content; attestation\.pdf was compressed by another version of Node\.js/,
    );
    expect(code).toBe(0);
  });

  test('finds what hides in the compression of a workbook', () => {
    const path = 'responsibility-matrix.xlsx';
    const book = readFileSync(join(at('pack'), path));
    // The first part, stored anew with another byte at its end that inflating passes over.
    const start = 30 + book.readUInt16LE(26);
    const packed = book.readUInt32LE(18);
    const again = deflateRawSync(inflateRawSync(book.subarray(start, start + packed)), { level: 9 });
    const withPart = (part: Buffer): Buffer => {
      const moved = part.length - packed;
      const out = Buffer.concat([book.subarray(0, start), part, book.subarray(start + packed)]);
      out.writeUInt32LE(part.length, 18);
      const end = out.length - 22;
      const directory = out.readUInt32LE(end + 16) + moved;
      out.writeUInt32LE(directory, end + 16);
      for (let entry = directory; entry < end; entry += 46 + out.readUInt16LE(entry + 28)) {
        if (entry === directory) out.writeUInt32LE(part.length, entry + 20);
        else out.writeUInt32LE(out.readUInt32LE(entry + 42) + moved, entry + 42);
      }
      return out;
    };
    expect(holdSame(path, book, withPart(again))).toBe(true);
    expect(holdSame(path, book, withPart(Buffer.concat([again, Buffer.from([0])])))).toBe(false);
    expect(holdSame(path, book, Buffer.concat([book, Buffer.from([0])]))).toBe(false);
    const other = Buffer.from(
      inflateRawSync(book.subarray(start, start + packed))
        .toString()
        .replace('xml', 'XML'),
    );
    expect(holdSame(path, book, withPart(deflateRawSync(other)))).toBe(false);
  });
});

test('the result can be read by scripts', async () => {
  mkdirSync(at('no-pack'), { recursive: true });
  const none = JSON.parse((await demarc(['verify', at('no-pack'), '--json'])).out);
  expect(none).toMatchObject({ result: 'bad', checks: [{ state: 'bad', file: MANIFEST }] });
  const good = JSON.parse((await demarc(['verify', at('signed'), '--key', at('ed.pub.pem'), '--json'])).out);
  expect(good.result).toBe('good');
  expect(good.checks.every(({ state }: { state: string }) => state !== 'bad')).toBe(true);
});
