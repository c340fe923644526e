import type { FontFile } from './truetype.ts';

/** How far a pair of glyphs is drawn together, in units of the font. */
export type Kerning = (left: number, right: number) => number;

/** The printable characters of ASCII, of which pairs are read from a font when demarc is built. */
const FIRST = 0x20;
const PREPARED = 95;

/** Where a character stands in prepared kerning; -1 where it does not. */
export function preparedPlace(character: number): number {
  return character >= FIRST && character < FIRST + PREPARED ? character - FIRST : -1;
}

/** The kerning of two characters by their places in what `preparedKerning` gave, in thousandths of the type size. */
export function preparedPair(kerning: DataView, left: number, right: number): number {
  return kerning.getInt16((left * PREPARED + right) * 2);
}

/** The kerning of every two prepared characters of a font. */
export function preparedKerning(font: FontFile): Uint8Array {
  const kern = readKerning(font);
  const glyphs = Array.from({ length: PREPARED }, (_, place) => font.glyphOf(FIRST + place));
  const table = Buffer.alloc(PREPARED * PREPARED * 2);
  let at = 0;
  for (const left of glyphs) for (const right of glyphs) at = table.writeInt16BE(inThousandths(kern(left, right), font), at);
  return table;
}

/** Units of a font as thousandths of the type size. */
export function inThousandths(units: number, { unitsPerEm }: FontFile): number {
  return Math.round((units * 1000) / unitsPerEm);
}

const PAIRS = 2;
const EXTENSION = 9;
const X_ADVANCE = 4;

/**
 * Reads the pair kerning of a TrueType font straight from its GPOS table. Asking a shaping engine for each pair gives the same
 * numbers and takes a quarter of a second to warm up.
 */
export function readKerning(font: FontFile): Kerning {
  const { view } = font;
  const gpos = font.table('GPOS').at;
  if (gpos === 0) return () => 0;
  const lookups = kernLookups(view, gpos).map((at) => pairTables(view, at));
  return (left, right) => {
    let sum = 0;
    for (const tables of lookups) {
      for (const table of tables) {
        const value = pairValue(view, table, left, right);
        if (value === undefined) continue;
        sum += value;
        break;
      }
    }
    return sum;
  };
}

function kernLookups(view: DataView, gpos: number): number[] {
  const features = gpos + view.getUint16(gpos + 6);
  const list = gpos + view.getUint16(gpos + 8);
  const wanted = new Set<number>();
  for (let i = 0; i < view.getUint16(features); i++) {
    const record = features + 2 + i * 6;
    if (view.getUint32(record) !== 0x6b65726e) continue;
    const feature = features + view.getUint16(record + 4);
    for (let k = 0; k < view.getUint16(feature + 2); k++) wanted.add(view.getUint16(feature + 4 + k * 2));
  }
  return [...wanted].sort((a, b) => a - b).map((index) => list + view.getUint16(list + 2 + index * 2));
}

function pairTables(view: DataView, lookup: number): number[] {
  const kind = view.getUint16(lookup);
  const tables: number[] = [];
  for (let i = 0; i < view.getUint16(lookup + 4); i++) {
    let table = lookup + view.getUint16(lookup + 6 + i * 2);
    let actual = kind;
    if (kind === EXTENSION) {
      actual = view.getUint16(table + 2);
      table += view.getUint32(table + 4);
    }
    if (actual === PAIRS) tables.push(table);
  }
  return tables;
}

/** The adjustment of the left glyph's advance, or nothing where the table does not speak of the pair. */
function pairValue(view: DataView, table: number, left: number, right: number): number | undefined {
  const covered = coverage(view, table + view.getUint16(table + 2), left);
  if (covered < 0) return undefined;
  const first = view.getUint16(table + 4);
  const size = 2 * (bits(first) + bits(view.getUint16(table + 6)));
  const inside = first & X_ADVANCE ? 2 * bits(first & (X_ADVANCE - 1)) : -1;
  if (view.getUint16(table) === 1) {
    const set = table + view.getUint16(table + 10 + covered * 2);
    const at = search(view, set + 2, view.getUint16(set), 2 + size, right);
    if (at < 0) return undefined;
    return inside < 0 ? 0 : view.getInt16(at + 2 + inside);
  }
  const leftClass = classOf(view, table + view.getUint16(table + 8), left);
  const rightClass = classOf(view, table + view.getUint16(table + 10), right);
  const record = table + 16 + (leftClass * view.getUint16(table + 14) + rightClass) * size;
  return inside < 0 ? 0 : view.getInt16(record + inside);
}

function bits(format: number): number {
  let count = 0;
  for (let rest = format; rest; rest >>= 1) count += rest & 1;
  return count;
}

/** Finds a record by its first field; gives where it starts, or -1. */
function search(view: DataView, start: number, count: number, size: number, key: number): number {
  let low = 0;
  let high = count - 1;
  while (low <= high) {
    const mid = (low + high) >> 1;
    const at = start + mid * size;
    const value = view.getUint16(at);
    if (value === key) return at;
    if (value < key) low = mid + 1;
    else high = mid - 1;
  }
  return -1;
}

/** Finds the range record that holds a glyph; gives where it starts, or -1. */
function range(view: DataView, start: number, count: number, glyph: number): number {
  let low = 0;
  let high = count - 1;
  while (low <= high) {
    const mid = (low + high) >> 1;
    const at = start + mid * 6;
    if (glyph < view.getUint16(at)) high = mid - 1;
    else if (glyph > view.getUint16(at + 2)) low = mid + 1;
    else return at;
  }
  return -1;
}

function coverage(view: DataView, at: number, glyph: number): number {
  const count = view.getUint16(at + 2);
  if (view.getUint16(at) === 1) {
    const found = search(view, at + 4, count, 2, glyph);
    return found < 0 ? -1 : (found - at - 4) / 2;
  }
  const found = range(view, at + 4, count, glyph);
  return found < 0 ? -1 : view.getUint16(found + 4) + glyph - view.getUint16(found);
}

function classOf(view: DataView, at: number, glyph: number): number {
  if (view.getUint16(at) === 1) {
    const index = glyph - view.getUint16(at + 2);
    return index >= 0 && index < view.getUint16(at + 4) ? view.getUint16(at + 6 + index * 2) : 0;
  }
  const found = range(view, at + 4, view.getUint16(at + 2), glyph);
  return found < 0 ? 0 : view.getUint16(found + 4);
}
