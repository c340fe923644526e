import type { X509Certificate } from 'node:crypto';
import { issuerOf } from './keys.ts';

/** What can be said of the certificates of a signature without asking anybody. */
export interface Judgement {
  /** What is wrong, in words; empty where nothing is. */
  faults: string[];
  /** The certificate that the reader trusts and to which they lead. */
  anchor?: X509Certificate;
}

/**
 * Judges the certificates of a signature: that each was valid when it was made, was issued by the next, and that the last is, or was
 * issued by, one that the reader trusts. It is not asked whether a certificate has been revoked.
 */
export function judge(chain: readonly X509Certificate[], at: string, trusted: readonly X509Certificate[]): Judgement {
  const faults: string[] = [];
  chain.forEach((certificate, i) => {
    const next = chain[i + 1];
    if (next && issuerOf(certificate, [next]) === undefined)
      faults.push(`the certificate of ${nameOf(certificate)} was not issued by ${nameOf(next)}`);
    if (i > 0 && !certificate.ca) faults.push(`${nameOf(certificate)} may not issue certificates`);
  });
  const last = chain.at(-1);
  const anchor =
    trusted.find((candidate) => chain.some((certificate) => certificate.raw.equals(candidate.raw))) ??
    (last && issuerOf(last, trusted));
  const all = anchor && !chain.includes(anchor) ? [...chain, anchor] : chain;
  for (const certificate of all) {
    if (!isValid(certificate, at))
      faults.push(
        `the certificate of ${nameOf(certificate)} is valid from ${timeOf(certificate.validFrom)} to ${timeOf(certificate.validTo)}, not at ${at}`,
      );
  }
  if (trusted.length > 0 && !anchor)
    faults.push(`the certificate of ${last ? nameOf(last) : 'nobody'} is not, and was not issued by, one of those you trust`);
  return { faults: [...new Set(faults)], ...(anchor ? { anchor } : {}) };
}

/** Whether a certificate is valid at a time (ISO). */
export function isValid(certificate: X509Certificate, at: string): boolean {
  const time = Date.parse(at);
  return Date.parse(certificate.validFrom) <= time && time <= Date.parse(certificate.validTo);
}

/** The holder of a certificate, on one line. */
export function nameOf(certificate: X509Certificate): string {
  return certificate.subject.split('\n').join(', ');
}

/** The issuer of a certificate, on one line. */
export function issuerNameOf(certificate: X509Certificate): string {
  return certificate.issuer.split('\n').join(', ');
}

/** A certificate's time, which is written `Sep 30 12:00:00 2026 GMT`, as ISO. */
export function timeOf(time: string): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
