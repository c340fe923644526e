/**
 * All that is used of pdfkit, and the only file that knows its insides: its font subsetting and its image decoding. pdfkit keeps
 * writing through `ref`, which leads into our own container. The version is pinned exactly for this file's sake.
 */
import type { Container } from './container.ts';

interface Glyph {
  id: number;
  advanceWidth: number;
  codePoints: number[];
}
interface GlyphRun {
  glyphs: Glyph[];
  positions: { xAdvance: number; xOffset: number; yOffset: number }[];
}
interface FontFile {
  unitsPerEm: number;
  ascent: number;
  descent: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  glyphForCodePoint(codePoint: number): Glyph;
  layout(text: string): GlyphRun;
}
/** pdfkit's embedded font, as far as it is used. */
export interface EmbeddedFont {
  font: FontFile;
  scale: number;
  id: string;
  subset: { glyphs: number[]; mapping: Record<number, number> };
  widths: number[];
  unicode: number[][];
  document: unknown;
  ref(): Reference;
  finalize(): void;
}
interface Image {
  width: number;
  height: number;
  colorSpace?: string;
  obj?: Reference;
  embed(document: unknown): void;
}
interface Host {
  ref(data?: Record<string, unknown>): Reference;
  _font: EmbeddedFont;
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
      this.#container.stream(this.id, spellEntries(entries), Buffer.concat(this.#chunks), !entries.Filter);
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

/** Fonts and images for one file. */
export interface Workshop {
  openFont(bytes: Uint8Array): EmbeddedFont;
  embedImage(bytes: Uint8Array): Promise<{ id: number; width: number; height: number }>;
}

/** Loads pdfkit, late because it takes a tenth of a second, and sets it to write into the container. */
export async function openWorkshop(container: Container): Promise<Workshop> {
  const { default: PDFDocument } = await import('pdfkit');
  // `font: null` keeps pdfkit from loading Helvetica, which would have to be embedded.
  const host = new PDFDocument({ autoFirstPage: false, font: null as unknown as string }) as unknown as Host;
  host.ref = (data = {}) => new Reference(container, data);
  return {
    openFont(bytes) {
      host.font(bytes);
      return host._font;
    },
    async embedImage(bytes) {
      const image = host.openImage(bytes);
      if (image.colorSpace === 'DeviceCMYK') throw new Error('the logo is a CMYK image; save it as RGB');
      const references: Reference[] = [];
      const ref = host.ref;
      host.ref = (data) => {
        const reference = ref(data);
        references.push(reference);
        return reference;
      };
      image.embed(host);
      await references[0]?.ended;
      host.ref = ref;
      const id = references[0]?.id;
      if (!id) throw new Error('the logo could not be read');
      return { id, width: image.width, height: image.height };
    },
  };
}
