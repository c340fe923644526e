import type { X509Certificate } from 'node:crypto';
import type { PackFile } from '../disk.ts';
import { ATTESTATION, DOCUMENT, MANIFEST, type Manifest, manifestText, predicateOf, readManifest, sha256 } from '../pack.ts';
import { counted } from '../sentence.ts';
import { statementText } from '../sign/dsse.ts';
import { type Attestation, examineAttestation, type TrustedKey } from './attestation.ts';
import { bad, type Check, good, open } from './check.ts';
import { examineDocument, isAsListed } from './document.ts';

/** Whom the reader of a pack trusts. */
export interface Trust {
  /** Who must have attested the pack. */
  keys: TrustedKey[];
  /** Certificates to which those of signers must lead. */
  authorities: X509Certificate[];
}

/** What was found in a pack without computing it anew. */
export interface Examination {
  manifest?: Manifest;
  checks: Check[];
}

/**
 * Examines a pack: that every file is there and as it was written, that no other file is, and that the signatures hold. A file that was
 * changed is named; where two files contradict each other, a third that speaks of them decides which one was changed.
 */
export function examine(files: readonly PackFile[], trust: Trust): Examination {
  const present = new Map(files.map((file) => [file.path, file]));
  const written = present.get(MANIFEST);
  if (!written) return { checks: [bad(MANIFEST, 'is missing; without it the folder is no pack')] };
  const attestation = examineAttestation(present.get(ATTESTATION), trust.keys);
  const manifest = readManifest(written.bytes);
  if (!manifest || manifestText(manifest) !== Buffer.from(written.bytes).toString()) {
    const fault = bad(MANIFEST, 'was changed, or was not written by demarc');
    return { checks: [fault, ...attestation.checks, ...(attestation.proven ? foreignTo(attestation, present) : [])] };
  }
  const record = manifest.files.find(({ path }) => path === DOCUMENT);
  const document = examineDocument(present.get(DOCUMENT), record, trust.authorities);
  const faults = unique(contradictions(manifest, attestation, present, isBad(document)));
  if (faults.length === 0 && !namesItsInputs(manifest))
    faults.push(bad(MANIFEST, 'names other inputs than the files below inputs/'));
  const saysElse = attestation.proven && faults.length === 0 && !isStatementOf(attestation, manifest);
  const isSigned = present.has(ATTESTATION) || (present.get(DOCUMENT)?.bytes.length ?? 0) > (record?.bytes ?? 0);
  return {
    manifest,
    checks: [
      ...(faults.length > 0
        ? faults
        : [good(`${counted(files.length, 'file')}: all as ${MANIFEST} names them, none missing, none added`)]),
      ...attestation.checks,
      ...(saysElse ? [bad(ATTESTATION, `says other things of the pack than ${MANIFEST}`)] : []),
      ...(faults.some(({ file }) => file === MANIFEST || file === DOCUMENT) ? [] : document),
      ...(isSigned
        ? []
        : [open('the pack is not signed: whoever can write to it can have made it anew', 'Sign it with `demarc sign`.')]),
    ],
  };
}

/** Files that are not as an attestation that is believed has them. */
function foreignTo(attestation: Attestation, present: ReadonlyMap<string, PackFile>): Check[] {
  const vouched = new Map(attestation.subjects?.map((subject) => [subject.path, subject.sha256]));
  const faults: Check[] = [];
  for (const path of present.keys())
    if (!vouched.has(path) && path !== ATTESTATION) faults.push(bad(path, 'is not part of the pack'));
  for (const [path, hash] of vouched) {
    const file = present.get(path);
    if (!file) faults.push(bad(path, 'is missing'));
    else if (sha256(file.bytes) !== hash) faults.push(bad(path, 'was changed since the pack was attested'));
  }
  return faults;
}

/**
 * Where manifest, attestation and files contradict each other. An attestation that is believed decides; else whichever two of the three
 * agree.
 */
function contradictions(
  manifest: Manifest,
  attestation: Attestation,
  present: ReadonlyMap<string, PackFile>,
  isDocumentBad: boolean,
): Check[] {
  const records = new Map(manifest.files.map((record) => [record.path, record]));
  const isListed = (file: PackFile): boolean => {
    const record = records.get(file.path);
    return file.path === MANIFEST || (record !== undefined && isAsListed(file, record));
  };
  if (attestation.proven) {
    const faults = foreignTo(attestation, present);
    if (faults.length > 0) return faults;
    const unlisted = [...present.values()].filter((file) => file.path !== ATTESTATION && !isListed(file));
    return unlisted.map(({ path }) => bad(MANIFEST, `names another hash for ${path}`));
  }
  const vouched = attestation.subjects && new Map(attestation.subjects.map((subject) => [subject.path, subject.sha256]));
  const faults: Check[] = [];
  for (const path of present.keys())
    if (!records.has(path) && path !== MANIFEST && path !== ATTESTATION) faults.push(bad(path, 'is not part of the pack'));
  for (const path of [...records.keys(), MANIFEST]) {
    const file = present.get(path);
    if (!file) {
      faults.push(bad(path, 'is missing'));
      continue;
    }
    const asListed = isListed(file);
    const asVouched = !vouched || vouched.get(path) === sha256(file.bytes);
    if (!asListed) faults.push(vouched && asVouched ? bad(MANIFEST, `names another hash for ${path}`) : bad(path, CHANGED));
    else if (asVouched || (path === DOCUMENT && isDocumentBad)) continue;
    // A manifest cannot speak of itself. Of others it can, and then nothing tells whether it or the attestation is right.
    else faults.push(path === MANIFEST ? bad(MANIFEST, CHANGED) : bad(ATTESTATION, `names another hash for ${path}`));
  }
  return faults;
}

const CHANGED = 'was changed since the pack was made';

function isBad(checks: readonly Check[]): boolean {
  return checks.some(({ state }) => state === 'bad');
}

function unique(checks: readonly Check[]): Check[] {
  return [...new Map(checks.map((check) => [`${check.file}\n${check.says}`, check])).values()];
}

/** Whether the inputs that a manifest names are the files below `inputs/` that it lists. */
function namesItsInputs({ inputs, files }: Manifest): boolean {
  const listed = files.filter(({ path }) => path.startsWith('inputs/')).map(({ path, sha256: hash }) => `${path} ${hash}`);
  const named = inputs.map(({ file, sha256: hash }) => `${file} ${hash}`);
  return listed.length === named.length && listed.every((line) => named.includes(line));
}

/** Whether an attestation says of a pack what its manifest says. */
function isStatementOf({ envelope, subjects }: Attestation, manifest: Manifest): boolean {
  return statementText(subjects ?? [], predicateOf(manifest)) === envelope?.payload;
}
