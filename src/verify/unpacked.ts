import { createHash } from 'node:crypto';
import { inflateRawSync, inflateSync } from 'node:zlib';

/**
 * What a file of a pack holds, whatever version of Node.js compressed it. Deflated bytes differ between versions of zlib, and with them
 * lengths, offsets and the identifier of a PDF; all else has to be the same. Everything that is left out of the comparison is held against
 * the file itself instead, so that nothing can hide in it.
 */

/** More than any file of ours inflates to; a hostile one cannot fill the memory. */
const MOST_BYTES = 1024 * 1024 * 1024;

/** Whether two files of a pack hold the same, though compressed otherwise. False for kinds of files that are not compressed. */
export function holdSame(path: string, a: Uint8Array, b: Uint8Array): boolean {
  const unpack = path.endsWith('.pdf') ? unpackPdf : path.endsWith('.xlsx') ? unpackZip : undefined;
  if (!unpack) return false;
  try {
    return unpack(bufferOf(a)) === unpack(bufferOf(b));
  } catch {
    return false;
  }
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

type Inflated = { buffer: Buffer; engine: { bytesWritten: number } };

/** The hash of what compressed bytes hold. @throws Error where something follows that is not part of it. */
function contentHash(packed: Buffer, inflate: (bytes: Buffer, options: object) => unknown): string {
  const { buffer, engine } = inflate(packed, { info: true, maxOutputLength: MOST_BYTES }) as Inflated;
  if (engine.bytesWritten !== packed.length) throw new Error('something follows a compressed stream');
  return createHash('sha256').update(buffer).digest('hex');
}

/** A PDF of ours as a list of its objects, with streams inflated and the cross-reference told in object numbers. */
function unpackPdf(file: Buffer): string {
  const lines = [file.toString('latin1', 0, 15)];
  const offsets = new Map<number, number>();
  let at = 15;
  for (;;) {
    const head = /^(\d+) 0 obj\n/.exec(file.toString('latin1', at, at + 24));
    if (!head) throw new Error('an object is not where it should be');
    offsets.set(at, Number(head[1]));
    const end = file.indexOf('\nendobj\n', at, 'latin1');
    const begin = file.indexOf('\nstream\n', at, 'latin1');
    if (end === -1) throw new Error('an object does not end');
    if (begin === -1 || end < begin) {
      lines.push(file.toString('latin1', at, end));
      at = end + '\nendobj\n'.length;
      continue;
    }
    const dictionary = file.toString('latin1', at, begin);
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
    const data = file.subarray(begin + '\nstream\n'.length, begin + '\nstream\n'.length + length);
    const after = begin + '\nstream\n'.length + length;
    if (file.toString('latin1', after, after + 18) !== '\nendstream\nendobj\n') throw new Error('a stream does not end');
    if (dictionary.includes('/Type/XRef')) {
      const rest = file.toString('latin1', after + 18);
      if (rest !== `startxref\n${at}\n%%EOF\n`) throw new Error('something follows the end');
      lines.push(crossReference(dictionary, data, offsets, createHash('sha256').update(file.subarray(0, at)).digest('hex')));
      return lines.join('\n');
    }
    lines.push(dictionary.replace(/\/Length \d+/, ''));
    lines.push(
      dictionary.includes('/FlateDecode') ? contentHash(data, inflateSync) : createHash('sha256').update(data).digest('hex'),
    );
    at = after + 18;
  }
}

function crossReference(dictionary: string, data: Buffer, offsets: ReadonlyMap<number, number>, hash: string): string {
  contentHash(data, inflateSync);
  const rows = inflateSync(data);
  const told: string[] = [];
  const row = Buffer.alloc(7);
  for (let i = 0; i + 8 <= rows.length; i += 8) {
    for (let k = 0; k < 7; k++) row[k] = (row[k] as number) + (rows[i + 1 + k] as number);
    const where = row.readUInt32BE(1);
    if (rows[i] !== 2) throw new Error('the cross-reference is written otherwise');
    told.push(row[0] === 1 ? `at ${offsets.get(where) ?? 'nothing'}` : row.toString('hex'));
  }
  // The identifier is made from the file.
  const id = hash.slice(0, 32).toUpperCase();
  return [dictionary.replace(/\/Length \d+/, '').replaceAll(`<${id}>`, '<ID>'), ...told].join('\n');
}

/** A workbook of ours as a list of its parts, inflated. */
function unpackZip(file: Buffer): string {
  const lines: string[] = [];
  const offsets: number[] = [];
  let at = 0;
  while (file.readUInt32LE(at) === 0x04034b50) {
    offsets.push(at);
    const packed = file.readUInt32LE(at + 18);
    const name = at + 30;
    const start = name + file.readUInt16LE(at + 26);
    if (file.readUInt16LE(at + 28) !== 0 || start + packed > file.length) throw new Error('a part is cut off');
    lines.push(file.toString('latin1', at, at + 18), file.toString('latin1', at + 22, start));
    lines.push(contentHash(file.subarray(start, start + packed), inflateRawSync));
    at = start + packed;
  }
  const directory = at;
  for (const offset of offsets) {
    if (file.readUInt32LE(at) !== 0x02014b50 || file.readUInt32LE(at + 42) !== offset)
      throw new Error('the list of parts is wrong');
    if (file.readUInt32LE(at + 20) !== file.readUInt32LE(offset + 18)) throw new Error('the list of parts is wrong');
    const end = at + 46 + file.readUInt16LE(at + 28);
    lines.push(
      file.toString('latin1', at, at + 20),
      file.toString('latin1', at + 24, at + 42),
      file.toString('latin1', at + 46, end),
    );
    at = end;
  }
  const isWhole =
    file.length === at + 22 && file.readUInt32LE(at + 12) === at - directory && file.readUInt32LE(at + 16) === directory;
  if (!isWhole) throw new Error('something follows the end');
  lines.push(file.toString('latin1', at, at + 12));
  return lines.join('\n');
}
