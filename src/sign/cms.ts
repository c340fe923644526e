import { createHash, type KeyObject, sign, verify, X509Certificate } from 'node:crypto';
import { der, integer, NULL, octets, oid, readInside, readValues, sequence, setOf, TAG } from './der.ts';

/**
 * The signature of a document as CAdES wants it at its base level (ETSI EN 319 122-1, B-B): the content stays outside, the certificates
 * lie inside, and what is signed names them by hash, so that none of them can be exchanged.
 */

const SIGNED_DATA = oid('1.2.840.113549.1.7.2');
const DATA = oid('1.2.840.113549.1.7.1');
const CONTENT_TYPE = oid('1.2.840.113549.1.9.3');
const MESSAGE_DIGEST = oid('1.2.840.113549.1.9.4');
const SIGNING_CERTIFICATE = oid('1.2.840.113549.1.9.16.2.47');
const SHA256 = sequence(oid('2.16.840.1.101.3.4.2.1'));
const RSA = sequence(oid('1.2.840.113549.1.1.1'), NULL);
const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));

/** What a signature consists of: the certificates, the signer's first, and the signature over the attributes. */
export interface Cms {
  chain: X509Certificate[];
  signature: Uint8Array;
}

/** Signs a document by its SHA-256 with an RSA (PKCS #1 v1.5) or ECDSA key. */
export function signCms(key: KeyObject, chain: X509Certificate[], digest: Uint8Array): Buffer {
  return writeCms({ chain, signature: sign('sha256', attributes(TAG.set, chain, digest), key) }, digest);
}

/** Whether the signature is that of its first certificate over the document with this SHA-256. */
export function verifyCms({ chain, signature }: Cms, digest: Uint8Array): boolean {
  const [signer] = chain;
  return signer !== undefined && verify('sha256', attributes(TAG.set, chain, digest), signer.publicKey, signature);
}

/** Spells a signature over the document with this SHA-256. The same parts give the same bytes. */
export function writeCms({ chain, signature }: Cms, digest: Uint8Array): Buffer {
  const [signer] = chain;
  if (!signer) throw new Error('a signature has no certificate');
  const { issuer, serial } = issuerAndSerial(signer);
  const info = sequence(
    integer(1),
    sequence(issuer, serial),
    SHA256,
    attributes(TAG.context0, chain, digest),
    signer.publicKey.asymmetricKeyType === 'rsa' ? RSA : ECDSA_SHA256,
    octets(signature),
  );
  const certificates = setOf(
    TAG.context0,
    chain.map(({ raw }) => raw),
  );
  const data = sequence(integer(1), setOf(TAG.set, [SHA256]), sequence(DATA), certificates, setOf(TAG.set, [info]));
  return sequence(SIGNED_DATA, der(TAG.context0, data));
}

/** What is signed: that it is data, the hash of the document, and the hashes of the certificates, the signer's first. */
function attributes(tag: number, chain: X509Certificate[], digest: Uint8Array): Buffer {
  const attribute = (type: Uint8Array, value: Uint8Array): Buffer => sequence(type, setOf(TAG.set, [value]));
  const hashes = chain.map(({ raw }) => sequence(octets(hashOf(raw))));
  return setOf(tag, [
    attribute(CONTENT_TYPE, DATA),
    attribute(MESSAGE_DIGEST, octets(digest)),
    attribute(SIGNING_CERTIFICATE, sequence(sequence(...hashes))),
  ]);
}

/** Takes a signature apart that `writeCms` has spelled. @throws Error for any other. */
export function readCms(bytes: Uint8Array): Cms {
  const [, wrapped] = readInside(bytes);
  const [, , , certificates, infos] = wrapped ? readInside(wrapped.content) : [];
  const [info] = infos ? readValues(infos.content) : [];
  const [, , , signed, , signature] = info ? readValues(info.content) : [];
  if (!certificates || !signed || !signature) throw new Error('parts of the signature are missing');
  // Certificates are kept in the order of their bytes; the signed hashes have them in theirs.
  const held = new Map(readValues(certificates.content).map((value) => [hashOf(value.bytes).toString('hex'), value.bytes]));
  const naming = readValues(signed.content).find((value) =>
    value.content.subarray(0, SIGNING_CERTIFICATE.length).equals(SIGNING_CERTIFICATE),
  );
  const [, values] = naming ? readValues(naming.content) : [];
  const [list] = values ? readInside(readInside(values.bytes)[0]?.bytes ?? Buffer.alloc(0)) : [];
  const hashes = list ? readValues(list.content).map((entry) => readValues(entry.content)[0]?.content.toString('hex') ?? '') : [];
  const chain = hashes.map((hash) => {
    const raw = held.get(hash);
    if (!raw) throw new Error('a certificate is missing, or is not the one that was signed with');
    return new X509Certificate(raw);
  });
  return { chain, signature: signature.content };
}

/** The name of a certificate's issuer and its number, as they are spelled in it. */
function issuerAndSerial(certificate: X509Certificate): { issuer: Buffer; serial: Buffer } {
  const [body] = readInside(certificate.raw);
  const fields = body ? readValues(body.content) : [];
  // The version is left out of the oldest certificates.
  const [serial, , issuer] = fields[0]?.tag === TAG.context0 ? fields.slice(1) : fields;
  if (!serial || !issuer) throw new Error('the certificate has no issuer');
  return { issuer: issuer.bytes, serial: serial.bytes };
}

function hashOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
