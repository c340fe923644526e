import { execFileSync, spawnSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ATTESTATION, DOCUMENT, type Manifest } from '../src/pack.ts';
import { demarc, openssl, writeAttestingKey, writeChain, writeInputs, writeSigner } from './small-pack.ts';
import { checkStructure } from './write-pdf-structure.ts';

// Signatures are made by demarc and judged by others: OpenSSL, poppler, qpdf.

const has = (tool: string): boolean => spawnSync('which', [tool]).status === 0;
const tools = ['openssl', 'pdfsig', 'qpdf'].every(has);
// Certificates begin when they are made, in a moment.
const now = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}Z`;
let folder = '';
const at = (path: string): string => join(folder, path);
const bytes = (path: string): Buffer => readFileSync(at(path));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'demarc-sign-'));
  writeInputs(folder);
  const packed = await demarc(['pack', at('system/system.yaml'), '-o', at('pack')]);
  expect(packed).toMatchObject({ code: 0, err: '' });
  writeAttestingKey(folder, 'ed');
  writeAttestingKey(folder, 'other');
  if (!tools) return;
  writeSigner(folder, 'rsa', 'rsa:2048');
  writeSigner(folder, 'p256', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256');
  writeSigner(folder, 'p384', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384');
  writeChain(folder);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A fresh copy of the unsigned pack. */
function copyOf(name: string): string {
  rmSync(at(name), { recursive: true, force: true });
  cpSync(at('pack'), at(name), { recursive: true });
  return at(name);
}

/** The signatures of a PDF as others take them out: the bytes between `<` and `>`, and all bytes but these. */
function cutOut(pdf: Buffer): { signature: Buffer; content: Buffer }[] {
  return [...pdf.toString('latin1').matchAll(/\/ByteRange\[(\d+) +(\d+) +(\d+) +(\d+) *\]/g)].map((match) => {
    const [, from = 0, length = 0, next = 0, rest = 0] = match.map(Number);
    const padded = Buffer.from(pdf.toString('latin1', from + length + 1, next - 1), 'hex');
    return {
      signature: padded.subarray(0, 4 + padded.readUInt16BE(2)),
      content: Buffer.concat([pdf.subarray(from, from + length), pdf.subarray(next, next + rest)]),
    };
  });
}

/** What OpenSSL says of a signature and its content as CAdES. */
function cades({ signature, content }: { signature: Buffer; content: Buffer }, authority: string): string {
  writeFileSync(at('cut.der'), signature);
  writeFileSync(at('cut.bin'), content);
  const words = ['-verify', '-cades', '-binary', '-inform', 'DER', '-in', 'cut.der', '-content', 'cut.bin'];
  const { stderr } = spawnSync('openssl', ['cms', ...words, '-CAfile', authority, '-out', 'cut.out'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return stderr;
}

describe.skipIf(!tools)('a signature in the PDF (skipped without openssl, poppler and qpdf)', () => {
  test.each([
    ['RSA', 'rsa.pem', 'rsa.crt', 'rsa.crt'],
    ['ECDSA P-256', 'p256.pem', 'p256.crt', 'p256.crt'],
    ['ECDSA P-384', 'p384.pem', 'p384.crt', 'p384.crt'],
    ['a chain of certificates', 'leaf.pem', 'chain.crt', 'root.crt'],
  ])('with %s is accepted by OpenSSL, poppler, qpdf and demarc', async (_, key, certificate, authority) => {
    const pack = copyOf('signed');
    const result = await demarc(['sign', pack, '--pdf-key', at(key), '--pdf-cert', at(certificate)], { now });
    expect(result).toMatchObject({ code: 0, err: '' });
    const pdf = join(pack, DOCUMENT);
    const before = bytes(`pack/${DOCUMENT}`);
    expect(readFileSync(pdf).subarray(0, before.length).equals(before)).toBe(true);

    const said = execFileSync('pdfsig', ['-nocert', pdf], { encoding: 'utf8' });
    expect(said).toContain('Signature Validation: Signature is Valid.');
    expect(said).toContain('Signature Type: ETSI.CAdES.detached');
    expect(said).toContain('Total document signed');
    const [cut] = cutOut(readFileSync(pdf));
    expect(cut && cades(cut, authority)).toMatch(/CAdES Verification successful/);
    execFileSync('qpdf', ['--check', pdf], { stdio: 'pipe' });
    expect(checkStructure(pdf)).toEqual([]);
    expect(execFileSync('pdfdetach', ['-list', pdf], { encoding: 'utf8' })).toContain('matrix.json');

    const verified = await demarc(['verify', pack, '--ca', at(authority)]);
    expect(verified.out).toContain('nothing is wrong');
    expect(verified.code).toBe(0);
  });

  test('is judged by a check that can fail: what is no CAdES, other content, another authority', () => {
    const [cut] = cutOut(bytes(`signed/${DOCUMENT}`));
    if (!cut) throw new Error('no signature');
    expect(cades({ ...cut, content: Buffer.concat([cut.content, Buffer.from(' ')]) }, 'root.crt')).not.toMatch(/successful/);
    expect(cades(cut, 'rsa.crt')).not.toMatch(/successful/);
    writeFileSync(at('plain.bin'), 'content');
    const plain = ['-sign', '-binary', '-in', 'plain.bin', '-signer', 'rsa.crt', '-inkey', 'rsa.pem', '-outform', 'DER'];
    openssl(folder, 'cms', ...plain, '-out', 'plain.der');
    expect(cades({ signature: bytes('plain.der'), content: bytes('plain.bin') }, 'rsa.crt')).not.toMatch(/successful/);
  });

  test('has no signing time of its own, and names its certificates by hash', () => {
    const [cut] = cutOut(bytes(`signed/${DOCUMENT}`));
    writeFileSync(at('cut.der'), cut?.signature ?? '');
    const printed = openssl(folder, 'cms', '-cmsout', '-print', '-inform', 'DER', '-in', 'cut.der');
    expect(printed).not.toContain('signingTime');
    expect(printed).toContain('id-smime-aa-signingCertificateV2');
    expect(bytes(`signed/${DOCUMENT}`).toString('latin1')).toContain(`/M(D:${now.replace(/[-:TZ]/g, '')}Z)`);
  });

  test('with RSA is the same bytes each time', async () => {
    const texts = [];
    for (const name of ['one', 'two']) {
      await demarc(['sign', copyOf(name), '--pdf-key', at('rsa.pem'), '--pdf-cert', at('rsa.crt'), '--key', at('ed.pem')], {
        now,
      });
      texts.push(Buffer.concat([bytes(`${name}/${DOCUMENT}`), bytes(`${name}/${ATTESTATION}`)]));
    }
    expect(texts[0]?.equals(texts[1] as Buffer)).toBe(true);
  });

  test('can be followed by that of a second signatory; both hold', async () => {
    const pack = copyOf('both');
    for (const name of ['rsa', 'p384']) {
      const result = await demarc(['sign', pack, '--pdf-key', at(`${name}.pem`), '--pdf-cert', at(`${name}.crt`)], { now });
      expect(result.code).toBe(0);
    }
    const said = execFileSync('pdfsig', ['-nocert', join(pack, DOCUMENT)], { encoding: 'utf8' });
    expect(said.match(/Signature is Valid/g)).toHaveLength(2);
    const cuts = cutOut(bytes(`both/${DOCUMENT}`));
    expect(cuts.map((cut, i) => cades(cut, ['rsa.crt', 'p384.crt'][i] ?? ''))).toEqual(
      Array(2).fill(expect.stringMatching(/CAdES Verification successful/)),
    );
    execFileSync('qpdf', ['--check', join(pack, DOCUMENT)], { stdio: 'pipe' });
    expect(checkStructure(join(pack, DOCUMENT))).toEqual([]);
    expect((await demarc(['verify', pack, '--ca', at('rsa.crt'), '--ca', at('p384.crt')])).out).toContain('nothing is wrong');
  });

  test('is worth what its certificate is worth, and verify says what it does not judge', async () => {
    const pack = copyOf('trust');
    await demarc(['sign', pack, '--pdf-key', at('leaf.pem'), '--pdf-cert', at('chain.crt')], { now });
    const alone = await demarc(['verify', pack]);
    expect(alone.out).toMatch(/open +attestation\.pdf: whether that certificate deserves trust was not judged/);
    expect(alone.code).toBe(0);
    expect((await demarc(['verify', pack, '--strict'])).code).toBe(1);
    const other = await demarc(['verify', pack, '--ca', at('rsa.crt')]);
    expect(other.out).toMatch(
      /WRONG +attestation\.pdf is signed, but the certificate of .* was not issued by, one of those you trust/,
    );
    expect(other.code).toBe(1);
    expect((await demarc(['verify', pack, '--ca', at('root.crt')])).out).toMatch(
      /leads to CN=Root.*; whether it was revoked was not asked/,
    );
  });
});

describe('an attestation', () => {
  test('is an in-toto statement over every file, in a DSSE envelope that others can check', async () => {
    const pack = copyOf('attested');
    expect(await demarc(['sign', pack, '--key', at('ed.pem')])).toMatchObject({ code: 0, err: '' });
    const envelope = JSON.parse(bytes(`attested/${ATTESTATION}`).toString());
    const payload = Buffer.from(envelope.payload, 'base64');
    expect(envelope.payloadType).toBe('application/vnd.in-toto+json');
    const head = `DSSEv1 28 application/vnd.in-toto+json ${payload.length} `;
    const key = createPublicKey(readFileSync(at('ed.pub.pem')));
    const signature = Buffer.from(envelope.signatures[0].sig, 'base64');
    expect(verify(null, Buffer.concat([Buffer.from(head), payload]), key, signature)).toBe(true);

    const statement = JSON.parse(payload.toString());
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicate: { tool: { name: 'demarc' }, asOf: '2026-09-30', options: { audience: 'assessor' }, system: 'Small system' },
    });
    const manifest = JSON.parse(bytes('attested/manifest.json').toString()) as Manifest;
    expect(statement.predicate.catalogue).toEqual(manifest.catalogue);
    expect(statement.subject.map(({ name }: { name: string }) => name)).toEqual(
      [...manifest.files.map(({ path }) => path), 'manifest.json'].sort(),
    );
    for (const { name, digest } of statement.subject) {
      expect(execFileSync('sha256sum', [join(pack, name)], { encoding: 'utf8' }).slice(0, 64)).toBe(digest.sha256);
    }
  });

  test('holds for those who have the key, and for nobody else', async () => {
    const pack = at('attested');
    expect(await demarc(['verify', pack, '--key', at('ed.pub.pem'), '--strict'])).toMatchObject({ code: 0 });
    const other = await demarc(['verify', pack, '--key', at('other.pub.pem')]);
    expect(other.out).toMatch(/WRONG +attestation\.dsse\.json was not signed with .*other\.pub\.pem/);
    expect(other.code).toBe(1);
    expect((await demarc(['verify', pack])).out).toMatch(
      /open +attestation\.dsse\.json: carries 1 signature that was not checked/,
    );
  });

  test('can be signed by several, over the same files', async () => {
    const pack = at('attested');
    await demarc(['sign', pack, '--key', at('other.pem')]);
    const twice = await demarc(['sign', pack, '--key', at('ed.pem')]);
    expect(twice.err).toBe('');
    expect(JSON.parse(bytes(`attested/${ATTESTATION}`).toString()).signatures).toHaveLength(2);
    const result = await demarc(['verify', pack, '--key', at('ed.pub.pem'), '--key', at('other.pub.pem'), '--strict']);
    expect(result.code).toBe(0);
  });

  test.skipIf(!tools)('is not left behind when the PDF is signed after it (skipped without openssl)', async () => {
    const pack = at('attested');
    const pdf = ['--pdf-key', at('rsa.pem'), '--pdf-cert', at('rsa.crt')];
    expect(await demarc(['sign', pack, ...pdf], { now })).toMatchObject({ code: 2, err: expect.stringContaining('is attested') });
    const both = await demarc(['sign', pack, ...pdf, '--key', at('ed.pem')], { now });
    expect(both).toMatchObject({ code: 0, err: expect.stringContaining('1 attestation by other keys had to go') });
    expect((await demarc(['verify', pack, '--key', at('ed.pub.pem'), '--ca', at('rsa.crt'), '--strict'])).code).toBe(0);
  });

  test('is of no effect on what counts as an unchanged pack', async () => {
    const pack = copyOf('replaced');
    await demarc(['sign', pack, '--key', at('ed.pem')]);
    if (tools)
      await demarc(['sign', pack, '--key', at('ed.pem'), '--pdf-key', at('rsa.pem'), '--pdf-cert', at('rsa.crt')], { now });
    expect((await demarc(['pack', at('system/system.yaml'), '-o', pack])).code).toBe(0);
    expect(bytes(`replaced/${DOCUMENT}`).equals(bytes(`pack/${DOCUMENT}`))).toBe(true);
    // What a viewer appends to a PDF when somebody has written into it is not a signature.
    writeFileSync(join(pack, DOCUMENT), Buffer.concat([bytes(`pack/${DOCUMENT}`), Buffer.from('1 0 obj\n(note)\nendobj\n')]));
    const refused = await demarc(['pack', at('system/system.yaml'), '-o', pack]);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('attestation.pdf was changed') });
  });
});

describe('keys', () => {
  test('can be encrypted; the passphrase comes from a file or the environment', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(
      at('locked.pem'),
      privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' }),
    );
    writeFileSync(at('passphrase'), 'open sesame\n');
    const sign = (...args: string[]): string[] => ['sign', copyOf('locked'), '--key', at('locked.pem'), ...args];
    expect((await demarc(sign('--passphrase-file', at('passphrase')))).code).toBe(0);
    expect((await demarc(sign(), { env: { DEMARC_PASSPHRASE: 'open sesame' } })).code).toBe(0);
    expect(await demarc(sign())).toMatchObject({ code: 2, err: expect.stringContaining('is encrypted') });
    expect(await demarc(sign(), { env: { DEMARC_PASSPHRASE: 'wrong' } })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^demarc: the passphrase does not open the key/),
    });
  });

  test.skipIf(!tools).each<[string, string[], RegExp]>([
    ['nothing', [], /nothing to sign with/],
    ['a key without its certificate', ['--pdf-key', 'rsa.pem'], /go together/],
    ['a certificate without its key', ['--pdf-cert', 'rsa.crt'], /go together/],
    ['a file that is not there', ['--key', 'nowhere.pem'], /cannot read .*nowhere\.pem: there is no such file/],
    ['a public key', ['--key', 'ed.pub.pem'], /holds no private key in PEM/],
    ['an RSA key to attest with', ['--key', 'rsa.pem'], /of the kind rsa, and a pack is attested with Ed25519/],
    ['an Ed25519 key for the PDF', ['--pdf-key', 'ed.pem', '--pdf-cert', 'rsa.crt'], /RSA key, or an ECDSA key/],
    ['another key', ['--pdf-key', 'p256.pem', '--pdf-cert', 'rsa.crt'], /no certificate in .* belongs to the key/],
    ['a key for a certificate', ['--pdf-key', 'rsa.pem', '--pdf-cert', 'rsa.pem'], /holds no certificate in PEM/],
    ['a short key', ['--pdf-key', 'short.pem', '--pdf-cert', 'short.crt'], /has 1024 bits/],
    [
      'a time before the certificate',
      ['--pdf-key', 'rsa.pem', '--pdf-cert', 'rsa.crt', '--at', '2001-01-01'],
      /is valid from .* not at 2001/,
    ],
    ['what is no time', ['--key', 'ed.pem', '--at', 'noon'], /--at noon is not a moment/],
  ])('%s: is wrong usage, and nothing is written', async (_, args, message) => {
    writeSigner(folder, 'short', 'rsa:1024');
    const pack = copyOf('wrong');
    const result = await demarc(['sign', pack, ...args.map((word) => (/\.(pem|crt)$/.test(word) ? at(word) : word))], { now });
    expect(result.err).toMatch(message);
    expect(result).toMatchObject({ code: 2, out: '' });
    expect(bytes(`wrong/${DOCUMENT}`).equals(bytes(`pack/${DOCUMENT}`))).toBe(true);
  });

  test('do not sign a pack that was changed, nor what is no pack', async () => {
    const pack = copyOf('changed');
    writeFileSync(join(pack, 'matrix.json'), '{}');
    const result = await demarc(['sign', pack, '--key', at('ed.pem')]);
    expect(result).toMatchObject({ code: 1, err: expect.stringMatching(/WRONG +matrix\.json was changed.*\n.*was not signed/) });
    mkdirSync(at('empty'), { recursive: true });
    expect(await demarc(['sign', at('empty'), '--key', at('ed.pem')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('manifest.json is missing'),
    });
    expect(await demarc(['sign', at('nowhere'), '--key', at('ed.pem')])).toMatchObject({ code: 2 });
  });
});
