import type { X509Certificate } from 'node:crypto';
import type { PackFile, Signed } from '../disk.ts';
import { ATTESTATION, DOCUMENT, type Manifest, sha256 } from '../pack.ts';
import { issuerNameOf, judge, nameOf } from '../sign/certificate.ts';
import { type PdfSignature, readSignatures } from '../sign/pdf-signature.ts';
import { bad, type Check, good, open } from './check.ts';

type Record = Pick<Manifest['files'][number], 'bytes' | 'sha256'>;

/** Whether a file is as the manifest names it. Signatures may follow the document, and nothing else may follow anything. */
export function isAsListed(file: PackFile, record: Record): boolean {
  const bytes = file.path === DOCUMENT ? file.bytes.subarray(0, record.bytes) : file.bytes;
  return bytes.length === record.bytes && sha256(bytes) === record.sha256;
}

/** How signatures stand in a pack of ours. */
export const SIGNED: Signed = {
  attestation: ATTESTATION,
  isSigned: (file, record) => {
    const signatures = signaturesOf(file, record);
    return isAsListed(file, record) && typeof signatures !== 'string' && signatures.length > 0;
  },
};

/** Judges what follows the bytes of the document that the manifest names: signatures that hold, and nothing else. */
export function examineDocument(
  file: PackFile | undefined,
  record: Record | undefined,
  authorities: readonly X509Certificate[],
): Check[] {
  if (!file || !record) return [];
  const signatures = signaturesOf(file, record);
  if (typeof signatures === 'string') return [bad(DOCUMENT, `was changed after it was made: ${signatures}`)];
  if (signatures.length === 0) return authorities.length > 0 ? [bad(DOCUMENT, 'carries no signature')] : [];
  return signatures.flatMap((signature) => signatureChecks(signature, authorities));
}

/** The signatures of a document, or why there is something else. */
function signaturesOf(file: PackFile, record: Record): PdfSignature[] | string {
  try {
    return readSignatures(file.bytes, record.bytes);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function signatureChecks({ at, chain }: PdfSignature, authorities: readonly X509Certificate[]): Check[] {
  const [signer] = chain;
  if (!signer) return [];
  const signed = good(`signed as of ${at} by ${nameOf(signer)}, with a certificate of ${issuerNameOf(signer)}`, DOCUMENT);
  const { faults, anchor } = judge(chain, at, authorities);
  if (faults.length > 0) return [signed, ...faults.map((fault) => bad(DOCUMENT, `is signed, but ${fault}`))];
  if (anchor) {
    const says = `that certificate leads to ${nameOf(anchor)}, which you trust; whether it was revoked was not asked`;
    return [signed, good(says, DOCUMENT)];
  }
  const hint = 'Give the certificate of its authority: --ca ca.pem.';
  return [signed, open('whether that certificate deserves trust was not judged', hint, DOCUMENT)];
}
