import type { FontFile } from './truetype.ts';

const COMPOSITE_HEAD = 10;
const WORDS = 0x0001;
const SCALE = 0x0008;
const MORE = 0x0020;
const SCALES = 0x0040;
const MATRIX = 0x0080;

/**
 * Makes a font program of some of a font's glyphs, in the order given; a glyph may stand there several times. `glyphs` grows by what
 * composite glyphs are made of.
 */
export function fontProgram(font: FontFile, glyphs: number[]): Uint8Array {
  const outlines: Uint8Array[] = [];
  const placeOf = new Map<number, number>();
  glyphs.forEach((glyph, i) => {
    if (!placeOf.has(glyph)) placeOf.set(glyph, i);
  });
  let size = 0;
  for (let i = 0; i < glyphs.length; i++) {
    const outline = withParts(font.outlineOf(glyphs[i] as number), (part) => {
      let place = placeOf.get(part);
      if (place === undefined) {
        place = glyphs.push(part) - 1;
        placeOf.set(part, place);
      }
      return place;
    });
    outlines.push(outline);
    size += padded(outline.length);
  }
  const glyf = new Uint8Array(size);
  const loca = new DataView(new ArrayBuffer((glyphs.length + 1) * 4));
  const hmtx = new DataView(new ArrayBuffer(glyphs.length * 4));
  let offset = 0;
  outlines.forEach((outline, i) => {
    glyf.set(outline, offset);
    offset += padded(outline.length);
    loca.setUint32((i + 1) * 4, offset);
    hmtx.setUint16(i * 4, font.advanceOf(glyphs[i] as number));
    hmtx.setInt16(i * 4 + 2, font.bearingOf(glyphs[i] as number));
  });
  const head = copyOf(font, 'head');
  head.setUint32(8, 0);
  head.setInt16(50, 1);
  const hhea = copyOf(font, 'hhea');
  hhea.setUint16(34, glyphs.length);
  const maxp = copyOf(font, 'maxp');
  maxp.setUint16(4, glyphs.length);
  const tables: [string, DataView][] = [
    ['cvt ', copyOf(font, 'cvt ')],
    ['fpgm', copyOf(font, 'fpgm')],
    ['glyf', new DataView(glyf.buffer)],
    ['head', head],
    ['hhea', hhea],
    ['hmtx', hmtx],
    ['loca', loca],
    ['maxp', maxp],
    ['prep', copyOf(font, 'prep')],
  ];
  return fileOf(tables.filter(([, table]) => table.byteLength > 0));
}

/** An outline whose parts, where it is made of other glyphs, are named by their new places. */
function withParts(outline: Uint8Array, placeOf: (glyph: number) => number): Uint8Array {
  if (outline.length < COMPOSITE_HEAD) return outline;
  const source = new DataView(outline.buffer, outline.byteOffset, outline.byteLength);
  if (source.getInt16(0) >= 0) return outline;
  const copy = outline.slice();
  const view = new DataView(copy.buffer);
  let at = COMPOSITE_HEAD;
  let flags: number;
  do {
    flags = view.getUint16(at);
    view.setUint16(at + 2, placeOf(view.getUint16(at + 2)));
    at += 4 + (flags & WORDS ? 4 : 2) + (flags & SCALE ? 2 : flags & SCALES ? 4 : flags & MATRIX ? 8 : 0);
  } while (flags & MORE);
  return copy;
}

function copyOf(font: FontFile, tag: string): DataView {
  const { at, length } = font.table(tag);
  return new DataView(font.bytes.slice(at, at + length).buffer);
}

/** Tables as one file, with the directory and the sums that tell a damaged one. */
function fileOf(tables: [string, DataView][]): Uint8Array {
  const start = 12 + tables.length * 16;
  const out = new Uint8Array(start + tables.reduce((sum, [, table]) => sum + padded(table.byteLength), 0));
  const view = new DataView(out.buffer);
  const power = 31 - Math.clz32(tables.length);
  view.setUint32(0, 0x00010000);
  view.setUint16(4, tables.length);
  view.setUint16(6, 16 << power);
  view.setUint16(8, power);
  view.setUint16(10, tables.length * 16 - (16 << power));
  let offset = start;
  let head = 0;
  tables.forEach(([tag, table], i) => {
    const record = 12 + i * 16;
    if (tag === 'head') head = offset;
    out.set(new Uint8Array(table.buffer), offset);
    out.set(Buffer.from(tag, 'latin1'), record);
    view.setUint32(record + 4, checksum(view, offset, padded(table.byteLength)));
    view.setUint32(record + 8, offset);
    view.setUint32(record + 12, table.byteLength);
    offset += padded(table.byteLength);
  });
  view.setUint32(head + 8, 0xb1b0afba - checksum(view, 0, out.length));
  return out;
}

function checksum(view: DataView, from: number, length: number): number {
  let sum = 0;
  for (let i = from; i < from + length; i += 4) sum = (sum + view.getUint32(i)) >>> 0;
  return sum;
}

function padded(length: number): number {
  return (length + 3) & ~3;
}
