import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, type InputType, type ZlibOptions } from 'node:zlib';

/** A file of a package that is being deflated, waiting for its place. */
export interface Entry {
  path: string;
  /** The pieces of its deflated bytes, some of them still at work. */
  packed: Promise<Uint8Array>[];
  crc: number;
  size: number;
}

const deflatePiece = promisify<InputType, ZlibOptions, Buffer>(deflateRaw);

/** Against the usual 6, a third of the time for a twenty-fifth more bytes, measured on a sheet of 19,000 rows. */
const LEVEL = 4;
/** How far a deflated piece looks back. */
const WINDOW = 32768;
/** Pieces at work at a time, at most: they hold memory. */
const AT_WORK = 8;
/** An empty last block, which ends deflated bytes. */
const END = Uint8Array.of(3, 0);

/**
 * Deflates text as it is made, and is done when all of it has been taken: zlib's threads work on several pieces while the next ones are
 * written. Each piece begins where the one before it ends and knows its last bytes, so together they are one deflated stream.
 */
export async function deflate(path: string, text: Iterable<string>): Promise<Entry> {
  const entry: Entry = { path, packed: [], crc: 0, size: 0 };
  let before: Uint8Array | undefined;
  for (const piece of text) {
    const bytes = Buffer.from(piece);
    entry.crc = crc32(bytes, entry.crc);
    entry.size += bytes.length;
    const options = { level: LEVEL, finishFlush: constants.Z_SYNC_FLUSH, ...(before ? { dictionary: before } : {}) };
    // Copied, because what zlib gives is a corner of a larger buffer.
    entry.packed.push(deflatePiece(bytes, options).then((packed) => Buffer.from(packed)));
    before = bytes.subarray(Math.max(0, bytes.length - WINDOW));
    await entry.packed.at(-AT_WORK);
  }
  entry.packed.push(Promise.resolve(END));
  return entry;
}

const LARGEST = 0xffffffff;

/** Joins entries into a zip archive, all dated midnight of `date` (ISO). */
export async function zip(entries: Entry[], date: string): Promise<Uint8Array> {
  const [year = 1980, month = 1, day = 1] = date.split('-').map(Number);
  const dosDate = year < 1980 ? 0x21 : ((year - 1980) << 9) | (month << 5) | day;
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    if (entry.size > LARGEST || offset > LARGEST) throw new RangeError('The workbook is larger than 4 GB; write fewer rows.');
    const path = Buffer.from(entry.path);
    const data = await Promise.all(entry.packed);
    const length = data.reduce((sum, piece) => sum + piece.length, 0);
    // What the local header and the directory share: version 2.0, UTF-8 names, deflated, midnight.
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x0800, 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt16LE(dosDate, 8);
    shared.writeUInt32LE(entry.crc, 10);
    shared.writeUInt32LE(length, 14);
    shared.writeUInt32LE(entry.size, 18);
    shared.writeUInt16LE(path.length, 22);
    files.push(Buffer.from('PK\x03\x04'), shared, path, ...data);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), shared, rest, path);
    offset += 4 + shared.length + path.length + length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, part) => sum + part.length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}
