import type { Container } from './container.ts';
import { embedFont } from './embedding.ts';
import { inThousandths, type Kerning, preparedPair, preparedPlace, readKerning } from './kerning.ts';
import type { Shape } from './pdfkit.ts';
import type { FontFile } from './truetype.ts';

/** What a copy of a glyph gives that stands for no character. */
const REPLACED = 0xfffd;

/** A stretch of glyphs of one face, as the inside of a PDF text array; `width` in thousandths of the type size. */
export interface Part {
  face: Face;
  show: string;
  width: number;
  /** Height above the baseline in thousandths, for stacked marks. */
  rise: number;
  /** Whether glyphs are moved within it, as by kerning. */
  isMoved: boolean;
}

/**
 * A font as the setter sees it: which characters it has, how wide they are and how far pairs are drawn together.
 * Each character gets a code of its own even where two share a glyph, so text copied from the page is the text that was written.
 */
export class Face {
  readonly key: string;
  readonly #font: FontFile;
  readonly #scale: number;
  readonly #shape: Shape | undefined;
  readonly #kerning: Kerning;
  readonly #prepared: DataView | undefined;
  /** Where the character of each code stands in the prepared kerning, -1 where it does not. */
  readonly #places: number[] = [-1];
  readonly #codes = new Map<number, number>();
  readonly #shaped = new Map<string, number>();
  readonly #kerns = new Map<number, number>();
  readonly #glyphs: number[] = [0];
  readonly #widths: number[];
  readonly #meanings: number[][] = [[REPLACED]];
  readonly #strings: string[] = [''];

  constructor(key: string, font: FontFile, shape: Shape | undefined, prepared: DataView | undefined) {
    this.key = key;
    this.#font = font;
    this.#scale = 1000 / font.unitsPerEm;
    this.#shape = shape;
    this.#kerning = readKerning(font);
    this.#prepared = prepared;
    this.#widths = [font.advanceOf(0) * this.#scale];
  }

  /** Whether any glyph of it stands on a page. */
  get used(): boolean {
    return this.#glyphs.length > 1;
  }

  has(character: number): boolean {
    return this.#codes.has(character) || this.#font.glyphOf(character) !== 0;
  }

  /** The code of a character, 0 where the face lacks it. */
  find(character: number): number {
    const known = this.#codes.get(character);
    if (known !== undefined) return known;
    const glyph = this.#font.glyphOf(character);
    if (glyph === 0) return 0;
    const code = this.#register(glyph, [character]);
    this.#codes.set(character, code);
    this.#places[code] = preparedPlace(character);
    return code;
  }

  /** The code of a character that is drawn as another, `looks`; `means` is what a copy of it gives. */
  substitute(character: number, looks: number, means: number): number {
    const known = this.#codes.get(character);
    if (known !== undefined) return known;
    const code = this.#register(this.#font.glyphOf(looks), [means]);
    this.#codes.set(character, code);
    return code;
  }

  advance(code: number): number {
    return this.#widths[code] ?? 0;
  }

  /** The bytes of a code, escaped to stand in a string. */
  bytes(code: number): string {
    return this.#strings[code] ?? '';
  }

  /** How much nearer (negative) or farther two neighbors stand, in thousandths; asked of the font once a pair. */
  kern(left: number, right: number): number {
    const [first = -1, second = -1] = [this.#places[left], this.#places[right]];
    if (this.#prepared && first >= 0 && second >= 0) return preparedPair(this.#prepared, first, second);
    const pair = left * 65536 + right;
    const known = this.#kerns.get(pair);
    if (known !== undefined) return known;
    const kern = inThousandths(this.#kerning(this.#glyphs[left] ?? 0, this.#glyphs[right] ?? 0), this.#font);
    this.#kerns.set(pair, kern);
    return kern;
  }

  /** Sets a word with its marks placed by the font's own rules; nothing where no shaping engine was opened. */
  shape(word: string): Part[] | undefined {
    const parts: Part[] = [];
    for (const glyph of this.#shape?.(word) ?? []) {
      const key = `${glyph.id}:${glyph.characters.join()}`;
      let code = this.#shaped.get(key);
      if (code === undefined) {
        code = this.#register(glyph.id, glyph.characters.length > 0 ? glyph.characters : [REPLACED]);
        this.#shaped.set(key, code);
      }
      const rise = Math.round(glyph.rise * this.#scale);
      const before = Math.round(glyph.before * this.#scale);
      const after = Math.round(glyph.advance * this.#scale - this.advance(code)) - before;
      const show = `${shift(before)}${this.bytes(code)}${shift(after)}`;
      const width = this.advance(code) + before + after;
      const last = parts.at(-1);
      if (last && last.rise === rise) {
        last.show += show;
        last.width += width;
        last.isMoved ||= before !== 0 || after !== 0;
      } else parts.push({ face: this, show, width, rise, isMoved: before !== 0 || after !== 0 });
    }
    return parts.length > 0 ? parts : undefined;
  }

  /** Writes the font program into the file and gives its object number. */
  embed(container: Container): number {
    return embedFont(container, this.#font, this.key, { glyphs: this.#glyphs, widths: this.#widths, meanings: this.#meanings });
  }

  #register(glyph: number, characters: number[]): number {
    const code = this.#glyphs.push(glyph) - 1;
    this.#places.push(-1);
    this.#widths.push(this.#font.advanceOf(glyph) * this.#scale);
    this.#meanings.push(characters);
    this.#strings.push(escapeByte(code >> 8) + escapeByte(code & 255));
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
