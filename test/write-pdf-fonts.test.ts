import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { describe, expect, test } from 'vitest';
import { fontProgram } from '../src/write/pdf/font-program.ts';
import { FACES, fonts, KERNING } from '../src/write/pdf/fonts.ts';
import { inThousandths, preparedPair, preparedPlace, readKerning } from '../src/write/pdf/kerning.ts';
import { FontFile } from '../src/write/pdf/truetype.ts';
import { ROOT } from './support.ts';

/** The same font as fontkit reads it, which shares no code with ours. */
interface Independent {
  postscriptName: string;
  ascent: number;
  descent: number;
  capHeight: number;
  xHeight: number;
  italicAngle: number;
  bbox: { minX: number; minY: number; maxX: number; maxY: number };
  characterSet: number[];
  glyphForCodePoint(character: number): { id: number; advanceWidth: number };
  layout(text: string): { positions: { xAdvance: number }[]; glyphs: { advanceWidth: number; id: number }[] };
  getGlyph(glyph: number): { advanceWidth: number; path: { toSVG(): string } };
}

function independent(bytes: Uint8Array): Independent {
  // fontkit measures blanks past the end of the file.
  const padded = new Uint8Array(bytes.length + 16);
  padded.set(bytes);
  const document = new PDFDocument({ autoFirstPage: false, font: null as unknown as string });
  document.font(padded as Buffer);
  return (document as unknown as { _font: { font: Independent } })._font.font;
}

describe.each(FACES)('the face %s is read as an independent reader does', (name) => {
  const bytes = fonts(name);
  const font = new FontFile(bytes);
  const other = independent(bytes);

  test('its facts', () => {
    const { minX, minY, maxX, maxY } = other.bbox;
    expect(font.facts()).toMatchObject({
      name: other.postscriptName,
      ascent: other.ascent,
      descent: other.descent,
      capHeight: other.capHeight || other.ascent,
      xHeight: other.xHeight ?? 0,
      box: [minX, minY, maxX, maxY],
    });
    expect(font.facts().italicAngle).toBeCloseTo(other.italicAngle, 3);
  });

  test('glyphs and advances of every character, and none for others', () => {
    for (const character of other.characterSet) {
      const glyph = other.glyphForCodePoint(character);
      expect(font.glyphOf(character), `U+${character.toString(16)}`).toBe(glyph.id);
      expect(font.advanceOf(glyph.id)).toBe(glyph.advanceWidth);
    }
    const known = new Set(other.characterSet);
    for (let character = 0; character < 0x11000; character += 7)
      if (!known.has(character)) expect(font.glyphOf(character), `U+${character.toString(16)}`).toBe(0);
  });

  test('kerning of pairs', () => {
    const kerning = readKerning(font);
    for (const pair of ['AV', 'To', 'Ty', 'VA', 'r.', 'L’', 'Р.', 'ΑΥ', 'nn']) {
      const { glyphs, positions } = other.layout(pair);
      if (glyphs.length !== 2) continue;
      const [left, right] = glyphs as [{ id: number; advanceWidth: number }, { id: number }];
      expect(kerning(left.id, right.id), pair).toBe((positions[0]?.xAdvance ?? 0) - left.advanceWidth);
    }
  });

  test('kerning as prepared in the build is that of the font, for every pair it has', () => {
    const built = readFileSync(join(ROOT, 'dist/fonts', KERNING));
    const size = built.length / FACES.length;
    const prepared = new DataView(built.buffer, built.byteOffset + FACES.indexOf(name) * size, size);
    const kerning = readKerning(font);
    const places: number[] = [];
    for (let left = 0; left < 256; left++) {
      const place = preparedPlace(left);
      if (place >= 0) places.push(place);
      for (let right = 0; place >= 0 && right < 128; right++) {
        if (preparedPlace(right) < 0) continue;
        const units = kerning(font.glyphOf(left), font.glyphOf(right));
        expect(preparedPair(prepared, place, preparedPlace(right)), `${left} ${right}`).toBe(inThousandths(units, font));
      }
    }
    expect(places).toEqual(Array.from({ length: 95 }, (_, place) => place));
  });

  test('a program of some of its glyphs draws the same outlines', () => {
    // Accented letters are made of other glyphs; one stands there twice.
    const wanted = [0, ...Array.from('Aéçñ Ωжé', (character) => font.glyphOf(character.codePointAt(0) ?? 0))];
    const program = new FontFile(withMap(fontProgram(font, [...wanted])));
    wanted.forEach((glyph, place) => {
      expect(program.advanceOf(place)).toBe(font.advanceOf(glyph));
      expect(program.bearingOf(place)).toBe(font.bearingOf(glyph));
      const [ours, theirs] = [program.outlineOf(place), font.outlineOf(glyph)];
      const isComposite = theirs.length > 0 && (theirs[0] as number) > 127;
      if (isComposite) expectAlike(partOf(program, ours), partOf(font, theirs));
      else expectAlike(ours, theirs);
    });
  });
});

/** Outlines are alike but for what fills the last word. */
function expectAlike(ours: Uint8Array, theirs: Uint8Array): void {
  expect(ours.length - theirs.length).toBeLessThan(4);
  expect(Buffer.from(ours.subarray(0, theirs.length)).equals(Buffer.from(theirs))).toBe(true);
}

/** The outline of the first glyph that a composite one is made of. */
function partOf(font: FontFile, outline: Uint8Array): Uint8Array {
  return font.outlineOf(((outline[12] as number) << 8) | (outline[13] as number));
}

/** A program for a PDF has no map and no names; tables of the right tags stand in for them so that it can be read back. */
function withMap(program: Uint8Array): Uint8Array {
  const view = new DataView(program.buffer, program.byteOffset, program.byteLength);
  const count = view.getUint16(4);
  const extra = ['cmap', 'name', 'post'];
  const shift = extra.length * 16;
  const end = program.length + shift;
  const out = new Uint8Array(end + 64);
  const into = new DataView(out.buffer);
  out.set(program.subarray(0, 12 + count * 16));
  out.set(program.subarray(12 + count * 16), 12 + count * 16 + shift);
  into.setUint16(4, count + extra.length);
  for (let i = 0; i < count; i++) into.setUint32(12 + i * 16 + 8, view.getUint32(12 + i * 16 + 8) + shift);
  extra.forEach((tag, i) => {
    out.set(Buffer.from(tag, 'latin1'), 12 + (count + i) * 16);
    into.setUint32(12 + (count + i) * 16 + 8, end);
    into.setUint32(12 + (count + i) * 16 + 12, 64);
  });
  // One map of format 4 that holds nothing.
  into.setUint16(end + 2, 1);
  into.setUint16(end + 4, 3);
  into.setUint32(end + 8, 12);
  into.setUint16(end + 12, 4);
  return out;
}
