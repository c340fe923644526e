import { type KeyObject, sign, verify } from 'node:crypto';
import { keyId } from './keys.ts';

/** A statement about files in an envelope with signatures: in-toto Statement v1 inside DSSE v1, the forms that supply-chain tools read. */

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
/** What a statement of demarc says about its files. */
export const PREDICATE_TYPE = 'urn:demarc:pack:v1';

/** A file and its SHA-256. */
export interface Subject {
  path: string;
  sha256: string;
}

/** A signed statement as it lies in a file. */
export interface Envelope {
  payload: string;
  signatures: { keyid: string; sig: string }[];
}

/** The statement about files, as text. The same files and predicate give the same text. */
export function statementText(subjects: readonly Subject[], predicate: object): string {
  const sorted = [...subjects].sort((a, b) => (a.path < b.path ? -1 : 1));
  return JSON.stringify({
    _type: STATEMENT_TYPE,
    subject: sorted.map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
    predicateType: PREDICATE_TYPE,
    predicate,
  });
}

/** Signs a payload; signatures of other keys over the same payload are kept. */
export function attest(payload: string, key: KeyObject, before?: Envelope): Envelope {
  const keyid = keyId(key);
  const others = before?.payload === payload ? before.signatures.filter((signature) => signature.keyid !== keyid) : [];
  return { payload, signatures: [...others, { keyid, sig: sign(null, encoded(payload), key).toString('base64') }] };
}

/** Whether a key has signed the payload. */
export function isAttestedBy(envelope: Envelope, key: KeyObject): boolean {
  const keyid = keyId(key);
  return envelope.signatures.some(
    (signature) =>
      signature.keyid === keyid && verify(null, encoded(envelope.payload), key, Buffer.from(signature.sig, 'base64')),
  );
}

/** What is signed: the type and the payload, each with its length before it. */
function encoded(payload: string): Buffer {
  const bytes = Buffer.from(payload);
  return Buffer.concat([Buffer.from(`DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${bytes.length} `), bytes]);
}

/** The envelope as it is written. */
export function envelopeText({ payload, signatures }: Envelope): string {
  return `${JSON.stringify({ payload: Buffer.from(payload).toString('base64'), payloadType: PAYLOAD_TYPE, signatures }, null, 2)}\n`;
}

/** Reads an envelope; undefined for anything that is not written as demarc writes it, to the byte. */
export function readEnvelope(bytes: Uint8Array): Envelope | undefined {
  try {
    const text = Buffer.from(bytes).toString();
    const { payload, signatures } = JSON.parse(text) as { payload: string; signatures: Envelope['signatures'] };
    const envelope = {
      payload: Buffer.from(payload, 'base64').toString(),
      signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig })),
    };
    const isWhole = signatures.every(
      ({ keyid, sig }) => /^[0-9a-f]{64}$/.test(keyid) && Buffer.from(sig, 'base64').toString('base64') === sig,
    );
    return isWhole && envelopeText(envelope) === text ? envelope : undefined;
  } catch {
    return undefined;
  }
}

/** The files that a statement names; undefined for a payload that is no statement. */
export function subjectsOf(payload: string): Subject[] | undefined {
  try {
    const { subject } = JSON.parse(payload) as { subject: { name: string; digest: { sha256: string } }[] };
    return subject.map(({ name, digest }) => ({ path: String(name), sha256: String(digest.sha256) }));
  } catch {
    return undefined;
  }
}
