import type { KeyObject, X509Certificate } from 'node:crypto';
import type { Command } from 'commander';
import { type PackFile, readPack, readText, writePack } from '../disk.ts';
import { ATTESTATION, DOCUMENT, type Manifest, predicateOf, sha256 } from '../pack.ts';
import { UsageError } from '../problem.ts';
import { counted } from '../sentence.ts';
import { isValid, nameOf, timeOf } from '../sign/certificate.ts';
import { attest, envelopeText, readEnvelope, statementText } from '../sign/dsse.ts';
import { attestingKey, keyId, type PemFile, type Signer, signerOf } from '../sign/keys.ts';
import { signPdf } from '../sign/pdf-signature.ts';
import { SIGNED } from '../verify/document.ts';
import { examine } from '../verify/examine.ts';
import { FINDINGS, GOOD, type Io, momentOf } from './context.ts';
import { checksText } from './verify.ts';

interface SignOptions {
  key?: string;
  pdfKey?: string;
  pdfCert?: string;
  passphraseFile?: string;
  at?: string;
}

/** `demarc sign`: signs the PDF of a pack, attests all of its files, or both in this order. */
export function signCommand(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('sign')
    .description('sign a pack: its PDF with a certificate, and all of its files with an Ed25519 key')
    .argument('<pack>', 'the folder of the pack')
    .option('--key <file>', `an Ed25519 key in PEM; attests every file of the pack in ${ATTESTATION}`)
    .option('--pdf-key <file>', 'an RSA or ECDSA key in PEM; signs the PDF (PAdES)')
    .option('--pdf-cert <file>', 'its certificate in PEM, followed by those of its issuers')
    .option('--passphrase-file <file>', 'a file with the passphrase of an encrypted key (default: DEMARC_PASSPHRASE)')
    .option('--at <time>', 'the time of the signature in the PDF (default: SOURCE_DATE_EPOCH, now)')
    .action((folder: string, options: SignOptions) => {
      const { key, pdfKey, pdfCert } = options;
      if ((pdfKey === undefined) !== (pdfCert === undefined))
        throw new UsageError('--pdf-key and --pdf-cert go together', 'Give the key and its certificate.');
      if (key === undefined && pdfKey === undefined)
        throw new UsageError(
          'nothing to sign with',
          'Give --key for an attestation, or --pdf-key and --pdf-cert for a signature in the PDF.',
        );
      const passphrase = passphraseOf(options, io);
      const at = momentOf(options.at, io);
      const attesting = key === undefined ? undefined : attestingKey(pem(key), passphrase);
      const signer = pdfKey && pdfCert ? checkedSigner(signerOf(pem(pdfKey), pem(pdfCert), passphrase), at) : undefined;

      const files = readPack(folder);
      const { manifest, checks } = examine(files, { keys: [], authorities: [] });
      const faults = checks.filter(({ state }) => state === 'bad');
      if (!manifest || faults.length > 0) {
        io.err(`${checksText(faults, io.width)}${folder} was not signed, because it is not as it was written.\n`);
        return done(FINDINGS);
      }
      if (signer && !attesting && files.some(({ path }) => path === ATTESTATION))
        throw new UsageError(
          `${folder} is attested, and a signature in the PDF would break that`,
          'Give --key as well: a new attestation is made then.',
        );
      if (signer && !files.some(({ path }) => path === DOCUMENT))
        throw new UsageError(`${folder} holds no ${DOCUMENT}`, 'Leave out --pdf-key and --pdf-cert.');
      const shown = folder.replace(/\/+$/, '');
      const withPdf = signer ? withSignature(files, signer, at) : files;
      const attested = attesting ? withAttestation(withPdf, manifest, attesting) : { files: withPdf, lost: 0 };
      writePack(folder, attested.files, { signed: SIGNED });
      if (signer) io.out(`${shown}/${DOCUMENT}  signed as of ${at} by ${nameOf(signer.chain[0] as X509Certificate)}\n`);
      if (attesting)
        io.out(
          `${shown}/${ATTESTATION}  attests ${counted(attested.files.length - 1, 'file')} with the key ${keyId(attesting).slice(0, 16)}\n`,
        );
      if (attested.lost > 0)
        io.err(
          `note: the pack is not what it was attested as, so ${counted(attested.lost, 'attestation')} by other keys had to go\n`,
        );
      done(GOOD);
    });
}

function pem(path: string): PemFile {
  return { path, text: readText(path) };
}

function passphraseOf({ passphraseFile }: SignOptions, io: Io): string | undefined {
  if (passphraseFile === undefined) return io.env.DEMARC_PASSPHRASE;
  return readText(passphraseFile).replace(/\r?\n$/, '');
}

/** @throws UsageError for a certificate that is not valid on the day. */
function checkedSigner(signer: Signer, at: string): Signer {
  const expired = signer.chain.find((certificate) => !isValid(certificate, at));
  if (expired)
    throw new UsageError(
      `the certificate of ${nameOf(expired)} is valid from ${timeOf(expired.validFrom)} to ${timeOf(expired.validTo)}, not at ${at}`,
      'Use a current one, or say with --at when the signature is made.',
    );
  return signer;
}

function withSignature(files: readonly PackFile[], signer: Signer, at: string): PackFile[] {
  try {
    return files.map((file) => (file.path === DOCUMENT ? { ...file, bytes: signPdf(file.bytes, signer, at) } : file));
  } catch (error) {
    throw new UsageError(`${DOCUMENT} cannot be signed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Attests every file of a pack. Attestations by others stay where they are over the very same files, else they are `lost`. */
function withAttestation(files: readonly PackFile[], manifest: Manifest, key: KeyObject): { files: PackFile[]; lost: number } {
  const others = files.filter((file) => file.path !== ATTESTATION);
  const subjects = others.map(({ path, bytes }) => ({ path, sha256: sha256(bytes) }));
  const before = readEnvelope(files.find((file) => file.path === ATTESTATION)?.bytes ?? new Uint8Array());
  const envelope = attest(statementText(subjects, predicateOf(manifest)), key, before);
  const kept = new Set(envelope.signatures.map(({ keyid }) => keyid));
  return {
    files: [...others, { path: ATTESTATION, bytes: Buffer.from(envelopeText(envelope)) }],
    lost: before?.signatures.filter(({ keyid }) => !kept.has(keyid)).length ?? 0,
  };
}
