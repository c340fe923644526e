/**
 * All that is used of pdfkit, and the only file that knows its insides: its image decoding, and the shaping of marks and joined
 * scripts. It is opened only where a document needs one of these. The version is pinned exactly for this file's sake.
 */
import { inflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import type { Container } from './container.ts';

/** A glyph as the font's own rules place it, in units of the font. */
export interface ShapedGlyph {
  id: number;
  characters: number[];
  advance: number;
  before: number;
  rise: number;
}

/** Places the glyphs of a word. */
export type Shape = (word: string) => ShapedGlyph[];

/** Opens a font for shaping. */
export type Shaper = (font: Uint8Array) => Shape;

interface GlyphRun {
  glyphs: { id: number; codePoints: number[] }[];
  positions: { xAdvance: number; xOffset: number; yOffset: number }[];
}
interface Image {
  width: number;
  height: number;
  colorSpace?: string;
  obj?: Reference;
  /** The picture as its decoder holds it; only PNG has packed pixels. */
  image?: { imgData?: Uint8Array };
  embed(document: unknown): void;
}
interface Host {
  ref(data?: Record<string, unknown>): Reference;
  _font: { font: { layout(text: string): GlyphRun } };
  font(source: Uint8Array): unknown;
  openImage(source: Uint8Array): Image;
}

/** pdfkit's indirect object, written into our container when it ends. */
class Reference {
  readonly id: number;
  data: Record<string, unknown>;
  readonly #container: Container;
  readonly #chunks: Uint8Array[] = [];
  readonly ended: Promise<void>;
  #settle: () => void = () => {};

  constructor(container: Container, data: Record<string, unknown>) {
    this.#container = container;
    this.id = container.reserve();
    this.data = data;
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }
  write(chunk: Uint8Array | string): void {
    this.#chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk);
  }
  end(chunk?: Uint8Array | string): void {
    if (chunk) this.write(chunk);
    const { Length, ...entries } = this.data;
    if (this.#chunks.length > 0) {
      const data = Buffer.concat(this.#chunks);
      if (entries.Filter) this.#container.bare(this.id, spellEntries(entries), data);
      else this.#container.stream(this.id, spellEntries(entries), data);
    } else this.#container.put(this.id, spell(this.data));
    this.#settle();
  }
  toString(): string {
    return `${this.id} 0 R`;
  }
}

/** pdfkit's convention: a plain string is a name, a String object is text. */
function spell(value: unknown): string {
  if (typeof value === 'string') return `/${value}`;
  if (typeof value === 'number') return String(Math.round(value * 1000) / 1000);
  if (value instanceof String) return `(${value.replace(/[\\()]/g, '\\$&')})`;
  if (value instanceof Reference) return value.toString();
  if (Array.isArray(value)) return `[${Array.from(value, (item) => (item === undefined ? '0' : spell(item))).join(' ')}]`;
  if (value && typeof value === 'object') return `<<${spellEntries(value as Record<string, unknown>)}>>`;
  return String(value);
}

function spellEntries(entries: Record<string, unknown>): string {
  return Object.entries(entries)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `/${key} ${spell(value)}`)
    .join('');
}

/** fontkit measures an empty glyph by reading past it, which in Plex Mono is past the end of the file. */
const PADDING = 16;

/** What pdfkit does for one file. */
export interface Pdfkit {
  shaper: Shaper;
  embedImage(bytes: Uint8Array, container: Container): Promise<{ id: number; width: number; height: number }>;
}

/** Opens pdfkit. */
export function openPdfkit(): Pdfkit {
  // `font: null` keeps pdfkit from loading Helvetica.
  const host = new PDFDocument({ autoFirstPage: false, font: null as unknown as string }) as unknown as Host;
  return {
    shaper(bytes) {
      let run: ((word: string) => GlyphRun) | undefined;
      return (word) => {
        run ??= openFont(host, bytes);
        const { glyphs, positions } = run(word);
        return glyphs.map((glyph, i) => {
          const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[i] ?? {};
          return { id: glyph.id, characters: glyph.codePoints, advance: xAdvance, before: xOffset, rise: yOffset };
        });
      };
    },
    async embedImage(bytes, container) {
      const image = host.openImage(bytes);
      checkPixels(image);
      if (image.colorSpace === 'DeviceCMYK') throw new Error('it is a CMYK image; save it as RGB');
      const references: Reference[] = [];
      host.ref = (data = {}) => {
        const reference = new Reference(container, data);
        references.push(reference);
        return reference;
      };
      image.embed(host);
      await references[0]?.ended;
      const id = references[0]?.id;
      if (!id) throw new Error('the logo could not be read');
      return { id, width: image.width, height: image.height };
    },
  };
}

/** More pixels than any cover shows. */
const MOST_PIXELS = 25_000_000;

/** The pixels of a PNG are unpacked where an error would end the program; so it is tried here first. @throws Error in words */
function checkPixels({ width, height, image }: Image): void {
  if (width * height > MOST_PIXELS) throw new Error(`it has ${width} × ${height} pixels; make it smaller`);
  if (!image?.imgData) return;
  try {
    inflateSync(image.imgData, { maxOutputLength: MOST_PIXELS * 8 });
  } catch {
    throw new Error('its pixels cannot be unpacked');
  }
}

function openFont(host: Host, bytes: Uint8Array): (word: string) => GlyphRun {
  const padded = new Uint8Array(bytes.length + PADDING);
  padded.set(bytes);
  host.font(padded);
  const { font } = host._font;
  return (word) => font.layout(word);
}
