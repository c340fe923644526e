import { type Kerning, readKerning } from './kerning.ts';
import type { EmbeddedFont } from './pdfkit.ts';

/** A stretch of glyphs of one face, as the inside of a PDF text array; `width` in thousandths of the type size. */
export interface Part {
  face: Face;
  show: string;
  width: number;
  /** Height above the baseline in thousandths, for stacked marks. */
  rise: number;
}

/**
 * A font as the setter sees it: which characters it has, how wide they are and how far pairs are drawn together.
 * Each character gets a code of its own even where two share a glyph, so text copied from the page is the text that was written.
 */
export class Face {
  readonly key: string;
  readonly #embedded: EmbeddedFont;
  readonly #codes = new Map<number, number>();
  readonly #shaped = new Map<string, number>();
  readonly #strings: string[] = [''];
  readonly #kerns = new Map<number, number>();
  readonly #glyphs: number[] = [0];
  readonly #kerning: Kerning;

  constructor(key: string, embedded: EmbeddedFont, bytes: Uint8Array) {
    this.key = key;
    this.#kerning = readKerning(bytes);
    this.#embedded = embedded;
    embedded.id = key;
    embedded.unicode[0] = [0xfffd];
  }

  get ascent(): number {
    return this.#embedded.font.ascent * this.#embedded.scale;
  }

  /** Whether any glyph of it stands on a page. */
  get used(): boolean {
    return this.#glyphs.length > 1;
  }

  has(character: number): boolean {
    return this.#codes.has(character) || this.#embedded.font.hasGlyphForCodePoint(character);
  }

  /** The code of a character; `looks` draws it as another character, `means` is what a copy of it gives. */
  code(character: number, looks = character, means = character): number {
    const known = this.#codes.get(character);
    if (known !== undefined) return known;
    const glyph = this.#embedded.font.glyphForCodePoint(looks);
    const code = this.#register(glyph.id, glyph.advanceWidth, [means]);
    this.#codes.set(character, code);
    return code;
  }

  advance(code: number): number {
    return this.#embedded.widths[code] ?? 0;
  }

  /** The bytes of a code, escaped to stand in a string. */
  bytes(code: number): string {
    return this.#strings[code] ?? '';
  }

  /** How much nearer (negative) or farther two neighbors stand, in thousandths; asked of the font once a pair. */
  kern(left: number, right: number): number {
    const pair = left * 65536 + right;
    const known = this.#kerns.get(pair);
    if (known !== undefined) return known;
    const kern = Math.round(this.#kerning(this.#glyphs[left] ?? 0, this.#glyphs[right] ?? 0) * this.#embedded.scale);
    this.#kerns.set(pair, kern);
    return kern;
  }

  /** Sets a word with its marks placed by the font's own rules. */
  shape(word: string): Part[] {
    const { font, scale } = this.#embedded;
    const run = font.layout(word);
    const parts: Part[] = [];
    run.glyphs.forEach((glyph, i) => {
      const position = run.positions[i];
      if (!position) return;
      const key = `${glyph.id}:${glyph.codePoints.join()}`;
      let code = this.#shaped.get(key);
      if (code === undefined) {
        code = this.#register(glyph.id, glyph.advanceWidth, glyph.codePoints.length > 0 ? glyph.codePoints : [0xfffd]);
        this.#shaped.set(key, code);
      }
      const rise = Math.round(position.yOffset * scale);
      const before = Math.round(position.xOffset * scale);
      const after = Math.round(position.xAdvance * scale - this.advance(code)) - before;
      const show = `${shift(before)}${this.bytes(code)}${shift(after)}`;
      const width = this.advance(code) + before + after;
      const last = parts.at(-1);
      if (last && last.rise === rise) {
        last.show += show;
        last.width += width;
      } else parts.push({ face: this, show, width, rise });
    });
    return parts;
  }

  /** Writes the font program into the file and gives its object number. */
  embed(): number {
    const reference = this.#embedded.ref();
    this.#embedded.finalize();
    return reference.id;
  }

  #register(glyph: number, advance: number, characters: number[]): number {
    const { subset, widths, unicode, scale } = this.#embedded;
    const code = subset.glyphs.push(glyph) - 1;
    subset.mapping[glyph] ??= code;
    widths[code] = advance * scale;
    this.#glyphs[code] = glyph;
    unicode[code] = characters;
    this.#strings[code] = escapeByte(code >> 8) + escapeByte(code & 255);
    return code;
  }
}

/** Closes the string, moves, and opens it again: the inside of a text array. */
export function shift(thousandths: number): string {
  return thousandths === 0 ? '' : `)${-thousandths}(`;
}

function escapeByte(byte: number): string {
  if (byte === 0x28 || byte === 0x29 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`;
  if (byte === 0x0d) return '\\r';
  if (byte === 0x0a) return '\\n';
  return String.fromCharCode(byte);
}
