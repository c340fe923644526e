import { createHash, createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { UsageError } from '../problem.ts';

/** Keys and certificates in PEM, as OpenSSL writes them, and what is wrong with those that cannot be used. */

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
/** Shorter RSA keys are no longer trusted by anybody. */
const LEAST_RSA_BITS = 2048;
const CURVES = ['prime256v1', 'secp384r1'];

/** A file of keys or certificates: its text, and its path for messages. */
export interface PemFile {
  path: string;
  text: string;
}

/** A private key; `passphrase` opens an encrypted one. @throws UsageError saying why it cannot be read. */
export function privateKey({ path, text }: PemFile, passphrase?: string): KeyObject {
  try {
    return createPrivateKey({ key: text, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    // Both forms of encrypted keys say so; the codes of errors differ between versions of OpenSSL.
    if (/ENCRYPTED/.test(text)) {
      if (passphrase !== undefined) throw new UsageError(`the passphrase does not open the key ${path}`);
      throw new UsageError(
        `the key ${path} is encrypted`,
        'Name a file with its passphrase under --passphrase-file, or set DEMARC_PASSPHRASE.',
      );
    }
    throw new UsageError(`${path} holds no private key in PEM`, 'It begins with -----BEGIN PRIVATE KEY-----.');
  }
}

/** A key to attest with. @throws UsageError for any kind but Ed25519. */
export function attestingKey(file: PemFile, passphrase?: string): KeyObject {
  const key = privateKey(file, passphrase);
  if (key.asymmetricKeyType !== 'ed25519')
    throw new UsageError(
      `the key ${file.path} is of the kind ${key.asymmetricKeyType}, and a pack is attested with Ed25519`,
      'Make one with `openssl genpkey -algorithm ed25519 -out key.pem`. A key with a certificate signs the PDF: --pdf-key.',
    );
  return key;
}

/** The public key of an Ed25519 pair. @throws UsageError for anything else. */
export function publicKey({ path, text }: PemFile): KeyObject {
  const key = (() => {
    try {
      return createPublicKey(text);
    } catch {
      throw new UsageError(
        `${path} holds no public key in PEM`,
        'Make it with `openssl pkey -in key.pem -pubout -out key.pub.pem`.',
      );
    }
  })();
  if (key.asymmetricKeyType !== 'ed25519')
    throw new UsageError(`the key ${path} is of the kind ${key.asymmetricKeyType}, not Ed25519`);
  return key;
}

/** How a key is named in an attestation: the SHA-256 of its public half in DER. */
export function keyId(key: KeyObject): string {
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha256')
    .update(half.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** The certificates of a file. @throws UsageError where there are none or one is broken. */
export function certificates({ path, text }: PemFile): X509Certificate[] {
  const found = text.match(PEM_CERTIFICATE) ?? [];
  if (found.length === 0)
    throw new UsageError(`${path} holds no certificate in PEM`, 'It begins with -----BEGIN CERTIFICATE-----.');
  return found.map((pem, i) => {
    try {
      return new X509Certificate(pem);
    } catch {
      throw new UsageError(`certificate ${i + 1} of ${path} is broken`);
    }
  });
}

/** A key that signs documents, with its certificates, the signer's own first and each followed by that of its issuer. */
export interface Signer {
  key: KeyObject;
  chain: X509Certificate[];
}

/** A key with the certificates that belong to it. @throws UsageError for one that documents cannot be signed with. */
export function signerOf(keyFile: PemFile, chainFile: PemFile, passphrase?: string): Signer {
  const key = privateKey(keyFile, passphrase);
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  const type = key.asymmetricKeyType;
  if (type !== 'rsa' && !(type === 'ec' && CURVES.includes(namedCurve)))
    throw new UsageError(
      `the key ${keyFile.path} is of the kind ${[type, namedCurve].filter(Boolean).join(' ')}`,
      'A PDF is signed with an RSA key, or an ECDSA key on the curve P-256 or P-384.',
    );
  if (type === 'rsa' && modulusLength < LEAST_RSA_BITS)
    throw new UsageError(
      `the key ${keyFile.path} has ${modulusLength} bits`,
      `Use an RSA key of ${LEAST_RSA_BITS} bits or more.`,
    );
  const all = certificates(chainFile);
  const own = all.find((certificate) => certificate.checkPrivateKey(key));
  if (!own) throw new UsageError(`no certificate in ${chainFile.path} belongs to the key ${keyFile.path}`);
  const chain = [own];
  for (let next = issuerOf(own, all); next && !chain.includes(next); next = issuerOf(next, all)) chain.push(next);
  return { key, chain };
}

/** Which of some certificates has issued another. */
export function issuerOf(certificate: X509Certificate, among: readonly X509Certificate[]): X509Certificate | undefined {
  return among.find((candidate) => certificate.checkIssued(candidate) && certificate.verify(candidate.publicKey));
}
