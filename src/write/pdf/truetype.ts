/** A table of a font file: where it starts and how long it is. */
export interface FontTable {
  at: number;
  length: number;
}

/** What a PDF says of a font beside its glyphs, in units of the font. */
export interface FontFacts {
  name: string;
  ascent: number;
  descent: number;
  capHeight: number;
  xHeight: number;
  italicAngle: number;
  isFixedPitch: boolean;
  box: [number, number, number, number];
}

const NO_TABLE: FontTable = { at: 0, length: 0 };

/**
 * A TrueType font, read where it lies: nothing is decoded before it is asked for, so opening one costs next to nothing. Only what
 * setting text needs is known here; the rules of joined scripts are left to a shaping engine.
 */
export class FontFile {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly unitsPerEm: number;
  readonly glyphCount: number;
  readonly #tables = new Map<string, FontTable>();
  readonly #hmtx: FontTable;
  readonly #metrics: number;
  readonly #glyf: FontTable;
  readonly #loca: FontTable;
  readonly #isLongLoca: boolean;
  readonly #cmap: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < this.view.getUint16(4); i++) {
      const at = 12 + i * 16;
      const tag = String.fromCharCode(...bytes.subarray(at, at + 4));
      this.#tables.set(tag, { at: this.view.getUint32(at + 8), length: this.view.getUint32(at + 12) });
    }
    for (const needed of ['head', 'hhea', 'hmtx', 'maxp', 'cmap', 'glyf', 'loca', 'name', 'post']) {
      if (!this.#tables.has(needed)) throw new Error(`the font has no ${needed} table; only TrueType outlines can be embedded`);
    }
    const head = this.table('head').at;
    this.unitsPerEm = this.view.getUint16(head + 18);
    this.#isLongLoca = this.view.getInt16(head + 50) === 1;
    this.glyphCount = this.view.getUint16(this.table('maxp').at + 4);
    this.#metrics = this.view.getUint16(this.table('hhea').at + 34);
    this.#hmtx = this.table('hmtx');
    this.#glyf = this.table('glyf');
    this.#loca = this.table('loca');
    this.#cmap = this.#characterMap();
  }

  /** A table by its tag; an empty one where the font has none. */
  table(tag: string): FontTable {
    return this.#tables.get(tag) ?? NO_TABLE;
  }

  /** The glyph of a character, 0 where the font has none. */
  glyphOf(character: number): number {
    return this.view.getUint16(this.#cmap) === 12 ? this.#inGroups(character) : this.#inSegments(character);
  }

  advanceOf(glyph: number): number {
    return this.view.getUint16(this.#hmtx.at + Math.min(glyph, this.#metrics - 1) * 4);
  }

  bearingOf(glyph: number): number {
    const last = this.#metrics - 1;
    return this.view.getInt16(this.#hmtx.at + (glyph <= last ? glyph * 4 + 2 : this.#metrics * 4 + (glyph - last - 1) * 2));
  }

  /** The bytes that draw a glyph; none for a blank. */
  outlineOf(glyph: number): Uint8Array {
    if (glyph >= this.glyphCount) return new Uint8Array(0);
    const [from, to] = this.#isLongLoca
      ? [this.view.getUint32(this.#loca.at + glyph * 4), this.view.getUint32(this.#loca.at + glyph * 4 + 4)]
      : [this.view.getUint16(this.#loca.at + glyph * 2) * 2, this.view.getUint16(this.#loca.at + glyph * 2 + 2) * 2];
    return this.bytes.subarray(this.#glyf.at + from, this.#glyf.at + to);
  }

  facts(): FontFacts {
    const { view } = this;
    const [head, hhea, post, os2] = [this.table('head').at, this.table('hhea').at, this.table('post').at, this.table('OS/2').at];
    const ascent = view.getInt16(hhea + 4);
    const isKnown = os2 > 0 && view.getUint16(os2) >= 2;
    return {
      name: this.#postScriptName(),
      ascent,
      descent: view.getInt16(hhea + 6),
      capHeight: (isKnown && view.getInt16(os2 + 88)) || ascent,
      xHeight: isKnown ? view.getInt16(os2 + 86) : 0,
      italicAngle: view.getInt32(post + 4) / 65536,
      isFixedPitch: view.getUint32(post + 12) !== 0,
      box: [view.getInt16(head + 36), view.getInt16(head + 38), view.getInt16(head + 40), view.getInt16(head + 42)],
    };
  }

  /** Where the widest Unicode map of the font starts. */
  #characterMap(): number {
    const { at } = this.table('cmap');
    let found = 0;
    for (let i = 0; i < this.view.getUint16(at + 2); i++) {
      const platform = this.view.getUint16(at + 4 + i * 8);
      const map = at + this.view.getUint32(at + 8 + i * 8);
      const format = this.view.getUint16(map);
      if ((platform !== 0 && platform !== 3) || (format !== 4 && format !== 12)) continue;
      if (!found || format > this.view.getUint16(found)) found = map;
    }
    if (!found) throw new Error('the font has no Unicode map');
    return found;
  }

  #inGroups(character: number): number {
    let low = 0;
    let high = this.view.getUint32(this.#cmap + 12) - 1;
    while (low <= high) {
      const mid = (low + high) >> 1;
      const at = this.#cmap + 16 + mid * 12;
      const start = this.view.getUint32(at);
      if (character < start) high = mid - 1;
      else if (character > this.view.getUint32(at + 4)) low = mid + 1;
      else return this.view.getUint32(at + 8) + character - start;
    }
    return 0;
  }

  #inSegments(character: number): number {
    if (character > 0xffff) return 0;
    const size = this.view.getUint16(this.#cmap + 6);
    const ends = this.#cmap + 14;
    let low = 0;
    let high = size / 2 - 1;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (this.view.getUint16(ends + mid * 2) < character) low = mid + 1;
      else high = mid;
    }
    const start = this.view.getUint16(ends + 2 + size + low * 2);
    if (character < start || character > this.view.getUint16(ends + low * 2)) return 0;
    const delta = this.view.getUint16(ends + 2 + size * 2 + low * 2);
    const offsets = ends + 2 + size * 3 + low * 2;
    const offset = this.view.getUint16(offsets);
    if (offset === 0) return (character + delta) & 0xffff;
    const glyph = this.view.getUint16(offsets + offset + (character - start) * 2);
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }

  #postScriptName(): string {
    const { at } = this.table('name');
    const strings = at + this.view.getUint16(at + 4);
    for (let i = 0; i < this.view.getUint16(at + 2); i++) {
      const record = at + 6 + i * 12;
      if (this.view.getUint16(record + 6) !== 6) continue;
      const start = strings + this.view.getUint16(record + 10);
      const raw = this.bytes.subarray(start, start + this.view.getUint16(record + 8));
      // Two bytes a letter or one; the letters are ASCII either way.
      return String.fromCharCode(...raw.filter((byte) => byte > 32 && byte < 127));
    }
    throw new Error('the font has no name');
  }
}
