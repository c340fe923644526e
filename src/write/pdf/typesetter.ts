import type { Container } from './container.ts';
import { Face, type Part, shift } from './face.ts';
import { type FaceName, fonts, preparedKerningOf } from './fonts.ts';
import { MARKS } from './marks.ts';
import type { Shaper } from './pdfkit.ts';
import { FontFile } from './truetype.ts';

/** A word set in one face, with substitutes for what the face lacks. */
export interface Word {
  text: string;
  /** In thousandths of the type size. */
  width: number;
  parts: Part[];
}

const CHAINS: Record<FaceName, FaceName[]> = {
  light: ['light', 'regular', 'symbols'],
  regular: ['regular', 'symbols'],
  italic: ['italic', 'regular', 'symbols'],
  bold: ['bold', 'regular', 'symbols'],
  boldItalic: ['boldItalic', 'bold', 'symbols'],
  mono: ['mono', 'regular', 'symbols'],
  symbols: ['symbols', 'regular'],
};
const REPLACEMENT = 0x25a1;

/** Turns words into glyphs, remembering each word, and keeps the list of characters that no font has. */
export class Typesetter {
  readonly #shaper: Shaper | undefined;
  readonly #faces = new Map<FaceName, Face>();
  readonly #words = new Map<FaceName, Map<string, Word>>();
  readonly missing = new Set<number>();

  /** Without a shaper, marks are set one after the other. */
  constructor(shaper?: Shaper) {
    this.#shaper = shaper;
  }

  face(name: FaceName): Face {
    let face = this.#faces.get(name);
    if (!face) {
      const bytes = fonts(name);
      face = new Face(`F${this.#faces.size + 1}`, new FontFile(bytes), this.#shaper?.(bytes), preparedKerningOf(name));
      this.#faces.set(name, face);
    }
    return face;
  }

  word(name: FaceName, text: string): Word {
    let words = this.#words.get(name);
    if (!words) {
      words = new Map();
      this.#words.set(name, words);
    }
    let word = words.get(text);
    if (!word) {
      const parts = MARKS.test(text) ? this.#shape(name, text) : this.#set(name, text);
      word = { text, parts, width: parts.reduce((sum, part) => sum + part.width, 0) };
      words.set(text, word);
    }
    return word;
  }

  /** Embeds every face that was used; the entries of a font resource dictionary. */
  embed(container: Container): string {
    return [...this.#faces.values()]
      .filter((face) => face.used)
      .map((face) => `/${face.key} ${face.embed(container)} 0 R`)
      .join('');
  }

  #set(name: FaceName, text: string): Part[] {
    const parts: Part[] = [];
    const first = this.face(name);
    let part: Part | undefined;
    let glyphs: string[] = [];
    let last = 0;
    for (const character of text) {
      const point = character.codePointAt(0) ?? 0;
      let face = first;
      let code = first.find(point);
      if (code === 0) [face, code] = this.#elsewhere(name, point);
      if (part?.face !== face) {
        if (part) part.show = glyphs.join('');
        glyphs = [];
        part = { face, show: '', width: 0, rise: 0, isMoved: false };
        parts.push(part);
      } else {
        const kern = face.kern(last, code);
        if (kern !== 0) {
          glyphs.push(shift(kern));
          part.width += kern;
          part.isMoved = true;
        }
      }
      glyphs.push(face.bytes(code));
      part.width += face.advance(code);
      last = code;
    }
    if (part) part.show = glyphs.join('');
    return parts;
  }

  /** Marks and joined scripts: by one face that has all of the word, by its own rules. */
  #shape(name: FaceName, text: string): Part[] {
    const composed = text.normalize('NFC');
    if (composed !== text && !MARKS.test(composed)) return this.#set(name, composed);
    const points = Array.from(composed, (character) => character.codePointAt(0) ?? 0);
    const able = CHAINS[name].find((candidate) => points.every((point) => this.face(candidate).has(point)));
    return (able && this.face(able).shape(composed)) ?? this.#set(name, composed);
  }

  /** A character the face lacks: in the next face that has it, or as a visible box that still copies as what it stands for. */
  #elsewhere(name: FaceName, point: number): [Face, number] {
    for (const candidate of CHAINS[name]) {
      const face = this.face(candidate);
      const code = face.find(point);
      if (code !== 0) return [face, code];
    }
    this.missing.add(point);
    const isPrivate = (point >= 0xe000 && point <= 0xf8ff) || point >= 0xf0000 || (point & 0xfffe) === 0xfffe;
    const face = this.face('symbols');
    return [face, face.substitute(point, REPLACEMENT, isPrivate ? 0xfffd : point)];
  }
}
