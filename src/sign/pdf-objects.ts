import { inflateSync } from 'node:zlib';

/** Inflating stops here: no object of ours is larger, and a hostile file cannot fill the memory. */
const MOST_BYTES = 512 * 1024 * 1024;
/** More updates than anybody signs; keeps a hostile file from leading in a circle. */
const MOST_UPDATES = 100;

/** A PDF that demarc has written, as far as an update needs to know it. */
export interface PdfObjects {
  /** Where its last cross-reference begins. */
  start: number;
  /** One more than the highest object number. */
  size: number;
  root: number;
  info: number;
  /** The first half of its identifier, in hexadecimal. */
  id: string;
  /** The spelling of an object that is no stream. */
  object(number: number): string;
}

type Place = { at: number } | { stream: number; index: number };

/** Finds the objects of a PDF that demarc has written. @throws Error for any other. */
export function readPdf(bytes: Uint8Array): PdfObjects {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file.subarray(-60).toString('latin1'))?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw new Error('it does not end as one that demarc wrote');
  const places = new Map<number, Place>();
  let newest: string | undefined;
  let at: number | undefined = start;
  for (let updates = 0; at !== undefined; updates++) {
    if (updates > MOST_UPDATES) throw new Error('it has too many updates');
    const { dictionary, data } = streamAt(file, at);
    newest ??= dictionary;
    const size = entry(dictionary, 'Size');
    const index = /\/Index\[([\d ]+)\]/.exec(dictionary)?.[1]?.split(' ').map(Number) ?? [0, size];
    if (!dictionary.includes('/W[1 4 2]') || data.length > 7 * size + 7)
      throw new Error('its cross-reference is of another kind');
    let row = 0;
    for (let i = 0; i + 1 < index.length; i += 2) {
      for (let number = index[i] as number; number < (index[i] as number) + (index[i + 1] as number); number++, row += 7) {
        if (row + 7 > data.length) throw new Error('its cross-reference is cut off');
        const kind = data[row];
        const where = data.readUInt32BE(row + 1);
        if (!places.has(number) && kind === 1) places.set(number, { at: where });
        if (!places.has(number) && kind === 2) places.set(number, { stream: where, index: data.readUInt16BE(row + 5) });
      }
    }
    const before = /\/Prev (\d+)/.exec(dictionary)?.[1];
    at = before === undefined ? undefined : Number(before);
  }
  const last = newest ?? '';
  const object = (number: number): string => {
    const place = places.get(number);
    if (!place) throw new Error(`it has no object ${number}`);
    if ('at' in place) return plainAt(file, place.at, number);
    const holder = places.get(place.stream);
    if (!holder || !('at' in holder)) throw new Error(`object ${number} is nowhere`);
    return memberOf(streamAt(file, holder.at), place.index, number);
  };
  return {
    start,
    size: entry(last, 'Size'),
    root: entry(last, 'Root'),
    info: entry(last, 'Info'),
    id: /\/ID\[<([0-9A-F]{32})>/.exec(last)?.[1] ?? '',
    object,
  };
}

/** A number in a dictionary, or the number of the object it refers to. */
function entry(dictionary: string, key: string): number {
  const found = new RegExp(`/${key} (\\d+)`).exec(dictionary)?.[1];
  if (found === undefined) throw new Error(`it lacks the entry ${key}`);
  return Number(found);
}

function plainAt(file: Buffer, at: number, number: number): string {
  const head = `${number} 0 obj\n`;
  const end = file.indexOf('\nendobj\n', at, 'latin1');
  if (end === -1 || file.toString('latin1', at, at + head.length) !== head)
    throw new Error(`object ${number} is not where it should be`);
  return file.toString('latin1', at + head.length, end);
}

function streamAt(file: Buffer, at: number): { dictionary: string; data: Buffer } {
  const begin = file.indexOf('stream\n', at, 'latin1');
  const dictionary = file.toString('latin1', at, begin);
  if (begin === -1 || !/^\d+ 0 obj\n<</.test(dictionary)) throw new Error('a stream is not where it should be');
  const raw = file.subarray(begin + 7, begin + 7 + entry(dictionary, 'Length'));
  const data = dictionary.includes('/FlateDecode') ? inflateSync(raw, { maxOutputLength: MOST_BYTES }) : raw;
  return { dictionary, data: dictionary.includes('/Predictor 12') ? undoPredictor(data, entry(dictionary, 'Columns')) : data };
}

/** Rows that were written as their difference from the row above. */
function undoPredictor(data: Buffer, columns: number): Buffer {
  const rows = Math.floor(data.length / (columns + 1));
  const out = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < columns; i++) {
      const above = row > 0 ? (out[(row - 1) * columns + i] as number) : 0;
      out[row * columns + i] = (data[row * (columns + 1) + 1 + i] as number) + above;
    }
  }
  return out;
}

function memberOf({ dictionary, data }: { dictionary: string; data: Buffer }, index: number, number: number): string {
  const first = entry(dictionary, 'First');
  const heads = data.toString('latin1', 0, first).trim().split(/\s+/).map(Number);
  const offset = heads[2 * index + 1];
  if (heads[2 * index] !== number || offset === undefined) throw new Error(`object ${number} is not where it should be`);
  const next = heads[2 * index + 3];
  return data.toString('latin1', first + offset, next === undefined ? data.length : first + next).trim();
}
