/** A small pack on disk with everything that can be among its inputs, and commands that run on it, for tests of signing and verifying. */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Io } from '../src/cli/context.ts';
import { run } from '../src/cli/run.ts';

const DESCRIPTION = `demarc: 1
include: [../common/people.yaml]
catalogue: ../own
organization: {name: Test Organization, short: Test}
system: {name: Small system, description: For tests., owner: Owner}
as-of: "2026-09-30"
frameworks: [mini, nist-csf]
services:
  - {id: db, service: aws/rds, purpose: Keeps records., data: [personal], regions: [eu-west-1]}
statements:
  - {control: backup, status: implemented, narrative: Nightly., evidence: [{title: Report, file: ../papers/report.txt}, {title: Plan, file: nowhere.txt}]}
`;
const FRAMEWORK = `framework:
  id: mini
  title: Mini
  name: Mini
  version: "1"
  published: "2026"
  publisher: Nobody
  source: {title: x, url: "https://example.org/"}
  text: own-words
  notice: None.
  words: {requirement: r, requirements: rs, provider: p, provider-short: p, customer: c, provider-part: pp, customer-part: cp, proof: x, assessor: a}
  scope: {data: all}
  roles: [{id: one, title: One}]
requirements:
  - {id: "1", title: Copies, text: Keep copies., controls: [backup]}
`;
/** A picture of one pixel. */
const LOGO = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Writes the description with its include, catalogue, template and logo below a folder. */
export function writeInputs(folder: string): void {
  const files: Record<string, string | Buffer> = {
    'system/system.yaml': DESCRIPTION,
    'common/people.yaml': '\uFEFFsignatories: [{title: Head of everything}]\n',
    'own/frameworks/mini.yaml': FRAMEWORK,
    'words/attestation.md.hbs':
      '[[section portrait summary]]\n\n# Summary\n\n{{system.name}}\n\n[[key-figures]]\n\n[[services]]\n',
    'logo.png': Buffer.from(LOGO, 'base64'),
    'papers/report.txt': 'All went well.\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Runs a command line of demarc in this process; `now` and the environment can be set. */
export async function demarc(args: string[], more: Partial<Io> = {}): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const io: Io = {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    interactive: false,
    width: 200,
    env: {},
    today: '2026-10-01',
    now: '2026-10-01T12:00:00Z',
    ...more,
  };
  const code = await run(args, io);
  return { code, ...said };
}

/** Writes an Ed25519 pair as `<name>.pem` and `<name>.pub.pem`. */
export function writeAttestingKey(folder: string, name: string): KeyObject {
  const pair = generateKeyPairSync('ed25519');
  writeFileSync(join(folder, `${name}.pem`), pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(join(folder, `${name}.pub.pem`), pair.publicKey.export({ type: 'spki', format: 'pem' }));
  return pair.publicKey;
}

/** Makes a key and a certificate that signs itself with OpenSSL: `<name>.pem` and `<name>.crt`; `key` are its words for the kind. */
export function writeSigner(folder: string, name: string, ...key: string[]): void {
  const subject = ['-subj', `/O=Test Organization/CN=${name}`, '-addext', 'keyUsage=digitalSignature'];
  openssl(
    folder,
    'req',
    '-x509',
    '-newkey',
    ...key,
    '-nodes',
    '-keyout',
    `${name}.pem`,
    '-out',
    `${name}.crt`,
    '-days',
    '3650',
    ...subject,
  );
}

/** Makes a root, an authority below it and a signer below that: `root.crt`, and `chain.crt` in the wrong order with `leaf.pem`. */
export function writeChain(folder: string): void {
  const kind = ['-newkey', 'rsa:2048', '-nodes'];
  openssl(folder, 'req', '-x509', ...kind, '-keyout', 'root.pem', '-out', 'root.crt', '-days', '3650', '-subj', '/CN=Root');
  for (const [name, issuer, ca] of [
    ['middle', 'root', 'TRUE'],
    ['leaf', 'middle', 'FALSE'],
  ] as const) {
    openssl(folder, 'req', '-new', ...kind, '-keyout', `${name}.pem`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    writeFileSync(join(folder, 'extensions'), `basicConstraints=critical,CA:${ca}\n`);
    const by = ['-CA', `${issuer}.crt`, '-CAkey', `${issuer}.pem`, '-CAcreateserial', '-extfile', 'extensions'];
    openssl(folder, 'x509', '-req', '-in', `${name}.csr`, ...by, '-out', `${name}.crt`, '-days', '3650');
  }
  writeFileSync(
    join(folder, 'chain.crt'),
    ['middle', 'root', 'leaf'].map((name) => readFileSync(join(folder, `${name}.crt`), 'utf8')).join(''),
  );
}

export function openssl(folder: string, ...args: string[]): string {
  return execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
