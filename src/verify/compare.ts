import type { PackFile } from '../disk.ts';
import { DOCUMENT, MANIFEST, type Manifest, manifestText, readManifest } from '../pack.ts';
import { joinNames } from '../sentence.ts';
import { bad, type Check, good } from './check.ts';
import { holdSame } from './unpacked.ts';

/** The file from which all others follow: where it differs, the others do. */
const DATA = 'matrix.json';

/** Holds a pack against what was computed anew from its inputs, file by file; signatures are left aside. */
export function compare(files: readonly PackFile[], manifest: Manifest, computed: readonly PackFile[]): Check[] {
  const written = new Map(files.map((file) => [file.path, file.bytes]));
  const bytesOf = (path: string): Uint8Array => {
    const bytes = written.get(path) ?? new Uint8Array();
    return path === DOCUMENT ? bytes.subarray(0, manifest.files.find((record) => record.path === path)?.bytes) : bytes;
  };
  const repacked: string[] = [];
  const differing: PackFile[] = [];
  for (const file of computed) {
    if (file.path === MANIFEST || Buffer.compare(file.bytes, bytesOf(file.path)) === 0) continue;
    if (holdSame(file.path, bytesOf(file.path), file.bytes)) repacked.push(file.path);
    else differing.push(file);
  }
  const data = differing.find((file) => file.path === DATA);
  const isDataSame = data === undefined && computed.some((file) => file.path === DATA);
  const shown = data ? [data, ...differing.filter((file) => file !== data)] : differing;
  if (shown.length > 0) return shown.map((file) => bad(file.path, differenceOf(file, bytesOf(file.path), isDataSame)));
  const other = manifestDifference(computed, manifest, repacked);
  if (other) return [bad(MANIFEST, other)];
  return [
    good(
      repacked.length === 0
        ? 'computed anew from the inputs: the same, byte for byte'
        : `computed anew from the inputs: the same content; ${joinNames(repacked)} ${repacked.length === 1 ? 'was' : 'were'} compressed by another version of Node.js`,
    ),
  ];
}

/** Where a file differs from what was computed: the line, where it has lines. */
function differenceOf({ path, bytes }: PackFile, written: Uint8Array, isDataSame: boolean): string {
  if (!/\.(json|csv)$/.test(path))
    return `is not what follows from the inputs${isDataSame ? `: ${DATA} does, so its words or its layout differ` : ''}`;
  const [mine, theirs] = [bytes, written].map((text) => Buffer.from(text).toString().split('\n')) as [string[], string[]];
  const line = mine.findIndex((text, i) => text !== theirs[i]);
  return `is not what follows from the inputs: line ${(line === -1 ? mine.length : line) + 1} differs`;
}

/** What the manifest says otherwise than the one that was computed, but for the hashes of files that were compressed otherwise. */
function manifestDifference(computed: readonly PackFile[], manifest: Manifest, repacked: string[]): string | undefined {
  const fresh = readManifest(computed.find((file) => file.path === MANIFEST)?.bytes ?? new Uint8Array());
  if (!fresh) return 'cannot be computed anew';
  const kept = new Map(manifest.files.map((record) => [record.path, record]));
  const files = fresh.files.map((record) => (repacked.includes(record.path) ? (kept.get(record.path) ?? record) : record));
  if (manifestText({ ...fresh, files }) === manifestText(manifest)) return undefined;
  const keys = Object.keys(fresh) as (keyof Manifest)[];
  const key = keys.find((name) => JSON.stringify({ ...fresh, files }[name]) !== JSON.stringify(manifest[name]));
  return `is not what follows from the inputs: \`${key ?? 'withheld'}\` differs`;
}
