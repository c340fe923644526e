import { crc32, inflateRawSync } from 'node:zlib';
import { damaged, refuse } from './refusal.ts';

/** An entry of a zip archive, and where it lies in it. */
export interface ZipEntry {
  /** The name as parts are looked up: `/` between folders, none in front, in lower case, because parts of a workbook differ in more than case. */
  key: string;
  encrypted: boolean;
  method: number;
  crc: number;
  packed: number;
  size: number;
  /** Offsets: of the local header, of the packed data, and of whatever follows them and any data descriptor. */
  start: number;
  data: number;
  end: number;
  /** The entry's record in the central directory, and where in it the offset of the local header stands (four or eight bytes). */
  record: Uint8Array;
  offsetAt: number;
  offsetBytes: 4 | 8;
}

/** A zip archive, read through its central directory. `file` is its name in messages. */
export interface Archive {
  file: string;
  bytes: Uint8Array;
  /** In the order of the directory. */
  entries: ZipEntry[];
  byKey: Map<string, ZipEntry>;
  /** Where the directory begins. */
  directory: number;
  /** The records that end the archive: the one of zip64 with what points at it, empty where there is none, and the ordinary one. */
  wideEnd: Uint8Array;
  end: Uint8Array;
}

/** More bytes than any workbook that people send around; and within what one string may hold. */
const LARGEST_FILE = 256 * 1024 * 1024;
const LARGEST_PART = 192 * 1024 * 1024;
/** Above this size a part is refused where it unpacks to more than so many times its packed size; sheets reach some 50. */
const RATIO_MATTERS = 8 * 1024 * 1024;
const MOST_RATIO = 250;
const MOST_ENTRIES = 20_000;

/**
 * Reads the directory of a zip archive and holds it against the local headers. Throws `Problems` for what is no archive, is damaged,
 * encrypted or built to deceive (two entries of one name, entries that overlap).
 */
export function readArchive(bytes: Uint8Array, file: string): Archive {
  if (bytes.length > LARGEST_FILE)
    refuse(file, 'book-too-large', `The file is larger than ${LARGEST_FILE >> 20} MB.`, 'Split it, or remove pictures from it.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endRecord(view);
  if (end === undefined) damaged(file, 'the directory at its end is missing');
  const { count, size, directory, wideAt } = directoryPlace(view, end, file);
  if (count > MOST_ENTRIES) refuse(file, 'book-too-large', `The file has ${count} parts; a workbook has a few dozen.`);
  if (directory + size > end) damaged(file, 'its directory points outside the file');

  const entries: ZipEntry[] = [];
  const byKey = new Map<string, ZipEntry>();
  let at = directory;
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) damaged(file, 'its directory is cut short');
    const entry = readRecord(view, at, bytes, file);
    at += entry.record.length;
    if (at > end) damaged(file, 'its directory is cut short');
    if (byKey.has(entry.key)) damaged(file, `it holds two parts named “${printable(entry.key)}”`);
    entries.push(entry);
    byKey.set(entry.key, entry);
  }
  locate(view, entries, directory, file);
  return { file, bytes, entries, byKey, directory, wideEnd: bytes.subarray(wideAt ?? end, end), end: bytes.subarray(end) };
}

/** Where the last record of the archive begins: the last one whose comment ends with the file. */
function endRecord(view: DataView): number | undefined {
  const last = view.byteLength - 22;
  for (let at = last; at >= 0 && at >= last - 0xffff; at--)
    if (view.getUint32(at, true) === 0x06054b50 && at + 22 + view.getUint16(at + 20, true) === view.byteLength) return at;
  return undefined;
}

/** Where the directory is, and where the record of zip64 is that says so, if there is one. */
function directoryPlace(
  view: DataView,
  end: number,
  file: string,
): { count: number; size: number; directory: number; wideAt?: number } {
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const directory = view.getUint32(end + 16, true);
  if (view.getUint16(end + 8, true) !== count) damaged(file, 'it is one of several volumes');
  const locator = end - 20;
  if (locator < 0 || view.getUint32(locator, true) !== 0x07064b50) return { count, size, directory };
  const wideAt = longAt(view, locator + 8);
  if (wideAt + 56 > locator || view.getUint32(wideAt, true) !== 0x06064b50) damaged(file, 'its directory is missing');
  return {
    count: count === 0xffff ? longAt(view, wideAt + 32) : count,
    size: size === 0xffffffff ? longAt(view, wideAt + 40) : size,
    directory: directory === 0xffffffff ? longAt(view, wideAt + 48) : directory,
    wideAt,
  };
}

/** A number of 64 bits; far beyond any file where it is larger than numbers reach. */
function longAt(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}

function readRecord(view: DataView, at: number, bytes: Uint8Array, file: string): ZipEntry {
  const nameLength = view.getUint16(at + 28, true);
  const extraLength = view.getUint16(at + 30, true);
  const length = 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  if (at + length > view.byteLength) damaged(file, 'its directory is cut short');
  const flags = view.getUint16(at + 8, true);
  const entry: ZipEntry = {
    key: partKey(entryName(bytes.subarray(at + 46, at + 46 + nameLength), flags)),
    encrypted: (flags & 1) !== 0,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    start: view.getUint32(at + 42, true),
    data: 0,
    end: 0,
    record: bytes.subarray(at, at + length),
    offsetAt: 42,
    offsetBytes: 4,
  };
  const wide = wideField(view, at + 46 + nameLength, extraLength);
  if (wide) {
    // Only the numbers that do not fit into their own field stand here, in this order.
    let next = wide.at;
    const long = (): number => {
      if (next + 8 > wide.end) damaged(file, 'its directory is cut short');
      next += 8;
      return longAt(view, next - 8);
    };
    if (entry.size === 0xffffffff) entry.size = long();
    if (entry.packed === 0xffffffff) entry.packed = long();
    if (entry.start === 0xffffffff) {
      entry.offsetAt = next - at;
      entry.offsetBytes = 8;
      entry.start = long();
    }
  }
  if (entry.encrypted)
    refuse(
      file,
      'book-protected',
      'The file is protected by a password of the zip archive.',
      'Open it, save it without a password, and try again.',
    );
  return entry;
}

/** Where the zip64 field lies among an entry's extra fields. */
function wideField(view: DataView, from: number, length: number): { at: number; end: number } | undefined {
  for (let at = from; at + 4 <= from + length; ) {
    const end = at + 4 + view.getUint16(at + 2, true);
    if (end > from + length) return undefined;
    if (view.getUint16(at, true) === 1) return { at: at + 4, end };
    at = end;
  }
  return undefined;
}

/** Finds each entry's data through its local header, which must say the same name, and refuses entries that overlap. */
function locate(view: DataView, entries: ZipEntry[], directory: number, file: string): void {
  const inPlace = [...entries].sort((a, b) => a.start - b.start);
  inPlace.forEach((entry, index) => {
    const limit = inPlace[index + 1]?.start ?? directory;
    const { start } = entry;
    if (start + 30 > limit || limit > directory || view.getUint32(start, true) !== 0x04034b50)
      damaged(file, `the part “${printable(entry.key)}” is not where the directory says`);
    entry.data = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
    entry.end = limit;
    if (entry.data + entry.packed > limit) damaged(file, `the part “${printable(entry.key)}” is cut short or overlaps another`);
    const name = new Uint8Array(view.buffer, view.byteOffset + start + 30, view.getUint16(start + 26, true));
    const listed = entry.record.subarray(46, 46 + (entry.record[28] ?? 0) + (entry.record[29] ?? 0) * 256);
    if (Buffer.compare(name, listed) !== 0) damaged(file, `the part “${printable(entry.key)}” has two names`);
  });
}

/** A name by the flag for UTF-8; else byte for byte, which is right for every part that is looked up. */
function entryName(name: Uint8Array, flags: number): string {
  return Buffer.from(name.buffer, name.byteOffset, name.length).toString((flags & 0x800) !== 0 ? 'utf8' : 'latin1');
}

/** How parts are looked up: without regard to case, and with the slashes that some writers turn around or put in front. */
export function partKey(name: string): string {
  return name.replace(/\\/g, '/').replace(/^\/+/, '').toLowerCase();
}

/** A name from the file, safe to show. */
function printable(name: string): string {
  return name.replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd').slice(0, 80);
}

/** Unpacks an entry and holds it against its size and checksum. Throws `Problems` where it does not fit, or is out of proportion. */
export function unpack(archive: Archive, entry: ZipEntry): Buffer {
  const { file } = archive;
  const name = printable(entry.key);
  if (entry.size > LARGEST_PART || (entry.size > RATIO_MATTERS && entry.size > entry.packed * MOST_RATIO))
    refuse(
      file,
      'book-too-large',
      `The part “${name}” would unpack to ${Math.ceil(entry.size / 1e6)} MB, out of all proportion for a workbook.`,
      'Remove empty formatted rows and columns, save it, and try again.',
    );
  const packed = archive.bytes.subarray(entry.data, entry.data + entry.packed);
  let data: Buffer;
  if (entry.method === 0) data = Buffer.from(packed.buffer, packed.byteOffset, packed.length);
  else if (entry.method === 8) {
    try {
      // One piece of memory for all of it, with room to see that nothing follows.
      data = inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size), chunkSize: entry.size + 64 });
    } catch {
      damaged(file, `the part “${name}” cannot be unpacked`);
    }
  } else damaged(file, `the part “${name}” is packed in a way that workbooks do not use`);
  if (data.length !== entry.size || crc32(data) !== entry.crc) damaged(file, `the part “${name}” does not match its checksum`);
  return data;
}
