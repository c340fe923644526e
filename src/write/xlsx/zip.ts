import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A deflated file of a package, waiting for its place. */
export interface Entry {
  path: string;
  data: Uint8Array[];
  crc: number;
  size: number;
  packed: number;
}

/** Deflates text as it is made: only the packed bytes stay in memory, and zlib's thread works while the next piece is written. */
export async function deflate(path: string, text: Iterable<string>): Promise<Entry> {
  const entry: Entry = { path, data: [], crc: 0, size: 0, packed: 0 };
  function* bytes(): Generator<Uint8Array> {
    for (const piece of text) {
      const chunk = Buffer.from(piece, 'utf8');
      entry.crc = crc32(chunk, entry.crc);
      entry.size += chunk.length;
      yield chunk;
    }
  }
  await pipeline(
    Readable.from(bytes(), { highWaterMark: 2 }),
    createDeflateRaw({ chunkSize: 65536, level: LEVEL }),
    async (packed) => {
      for await (const chunk of packed as AsyncIterable<Uint8Array>) {
        entry.data.push(chunk);
        entry.packed += chunk.length;
      }
    },
  );
  return entry;
}

/** Against the usual 6, a third of the time for a twenty-fifth more bytes, measured on a sheet of 19,000 rows. */
const LEVEL = 4;
const LARGEST = 0xffffffff;

/** Joins entries into a zip archive, all dated midnight of `date` (ISO). */
export function zip(entries: Entry[], date: string): Uint8Array {
  const [year = 1980, month = 1, day = 1] = date.split('-').map(Number);
  const dosDate = year < 1980 ? 0x21 : ((year - 1980) << 9) | (month << 5) | day;
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    if (entry.size > LARGEST || offset > LARGEST) throw new RangeError('The workbook is larger than 4 GB; write fewer rows.');
    const path = Buffer.from(entry.path);
    // What the local header and the directory share: version 2.0, UTF-8 names, deflated, midnight.
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x0800, 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt16LE(dosDate, 8);
    shared.writeUInt32LE(entry.crc, 10);
    shared.writeUInt32LE(entry.packed, 14);
    shared.writeUInt32LE(entry.size, 18);
    shared.writeUInt16LE(path.length, 22);
    files.push(Buffer.from('PK\x03\x04'), shared, path, ...entry.data);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), shared, rest, path);
    offset += 4 + shared.length + path.length + entry.packed;
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
