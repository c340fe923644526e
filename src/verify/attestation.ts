import type { KeyObject } from 'node:crypto';
import type { PackFile } from '../disk.ts';
import { ATTESTATION } from '../pack.ts';
import { counted, joinNames } from '../sentence.ts';
import { type Envelope, isAttestedBy, readEnvelope, type Subject, subjectsOf } from '../sign/dsse.ts';
import { keyId } from '../sign/keys.ts';
import { bad, type Check, good, open } from './check.ts';

/** A public key that must have attested a pack, with the path it was read from. */
export interface TrustedKey {
  path: string;
  key: KeyObject;
}

/** What the attestation of a pack says, and how far it can be believed. */
export interface Attestation {
  envelope?: Envelope;
  subjects?: Subject[];
  /** True where every key that the reader trusts, and at least one, has signed it. */
  proven: boolean;
  checks: Check[];
}

/** Judges the attestation by the keys that the reader trusts. */
export function examineAttestation(file: PackFile | undefined, keys: readonly TrustedKey[]): Attestation {
  if (!file) {
    const checks = keys.length > 0 ? [bad(ATTESTATION, 'is missing; the pack is not attested')] : [];
    return { proven: false, checks };
  }
  const envelope = readEnvelope(file.bytes);
  const subjects = envelope && subjectsOf(envelope.payload);
  if (!envelope || !subjects) return { proven: false, checks: [bad(ATTESTATION, 'was changed, or was not written by demarc')] };
  const failing = keys.filter(({ key }) => !isAttestedBy(envelope, key));
  if (failing.length > 0) {
    const signers = new Set(envelope.signatures.map(({ keyid }) => keyid));
    const checks = failing.map(({ path, key }) =>
      bad(ATTESTATION, signers.has(keyId(key)) ? `was changed since it was signed with ${path}` : `was not signed with ${path}`),
    );
    return { envelope, subjects, proven: false, checks };
  }
  return { envelope, subjects, proven: keys.length > 0, checks: signatureChecks(envelope, keys) };
}

/** What is known of the signatures where every given key has signed. */
function signatureChecks(envelope: Envelope, keys: readonly TrustedKey[]): Check[] {
  const given = new Set(keys.map(({ key }) => keyId(key)));
  const others = envelope.signatures.filter(({ keyid }) => !given.has(keyid)).length;
  const checks: Check[] = [];
  if (keys.length > 0) {
    checks.push(good(`signed with ${joinNames(keys.map(({ path }) => path))}; vouches for every file`, ATTESTATION));
  }
  if (others > 0) {
    const noun = keys.length > 0 ? 'more signature' : 'signature';
    const says = `carries ${counted(others, noun)} that ${others === 1 ? 'was' : 'were'} not checked`;
    checks.push(open(says, 'Give the public key: --key key.pub.pem.', ATTESTATION));
  }
  return checks;
}
