import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { ByteBuffer } from './byte-buffer.ts';

const PER_OBJECT_STREAM = 200;
const RESERVED = -1;
/** The usual level takes a quarter longer for one percent less of a document. */
export const PACKING = { level: 5, chunkSize: 65536 };

/**
 * The file as numbered objects. Small objects are packed into compressed object streams, which makes a tagged file two and a half
 * times smaller; streams stand on their own. Everything is spelled into bytes at once, so that nothing of it is kept twice.
 */
export class Container {
  readonly #file = new ByteBuffer();
  /** Where each object lies: the offset doubled, or the object stream with the index in it and the last bit set. */
  readonly #places: number[] = [];
  /** The object stream that is being filled, with the numbers and offsets of its members. */
  readonly #members = new ByteBuffer();
  #stream = 0;
  #count = 0;
  readonly #index = new ByteBuffer();
  readonly #lent: ByteBuffer[] = [];

  constructor() {
    this.#file.text('%PDF-1.7\n%\xFF\xFF\xFF\xFF\n');
  }

  /** A number for an object that will be written later. */
  reserve(): number {
    return this.#places.push(RESERVED);
  }

  /** Writes a small object. */
  put(id: number, body: string): void {
    this.open(id).text(body);
    this.close();
  }

  /** Begins a small object that is spelled piece by piece; nothing else may be written before it is closed. */
  open(id: number): ByteBuffer {
    if (this.#count === 0) this.#stream = this.reserve();
    this.#place(id, (this.#stream * PER_OBJECT_STREAM + this.#count) * 2 + 1);
    this.#index.number(id);
    this.#index.text(' ');
    this.#index.number(this.#members.length);
    this.#index.text(' ');
    return this.#members;
  }

  /** Ends the small object that is open. */
  close(): void {
    this.#members.text('\n');
    this.#count++;
    if (this.#count === PER_OBJECT_STREAM) this.#pack();
  }

  /** Writes a small object under a new number. */
  add(body: string): number {
    const id = this.reserve();
    this.put(id, body);
    return id;
  }

  /** Writes an object on its own, where readers that patch files expect to find it. */
  plain(id: number, body: string): void {
    this.#place(id, this.#file.length * 2);
    this.#file.text(`${id} 0 obj\n${body}\nendobj\n`);
  }

  /** Writes a stream and packs it; `entries` are the entries of its dictionary. */
  stream(id: number, entries: string, data: Uint8Array): void {
    this.packed(id, entries, deflateSync(data, PACKING));
  }

  /** Writes a stream of which the data are packed already. */
  packed(id: number, entries: string, data: Uint8Array): void {
    this.bare(id, `${entries}/Filter/FlateDecode`, data);
  }

  /** Writes a stream as it is. */
  bare(id: number, entries: string, data: Uint8Array): void {
    this.#place(id, this.#file.length * 2);
    this.#file.text(`${id} 0 obj\n<<${entries}/Length ${data.length}>>\nstream\n`);
    this.#file.data(data);
    this.#file.text('\nendstream\nendobj\n');
  }

  /** Writes text of which each character is a byte as a compressed stream. */
  textStream(id: number, entries: string, text: string): void {
    this.stream(id, entries, Buffer.from(text, 'latin1'));
  }

  /** An empty buffer to paint into, to be given back: few pages are open at a time, and so few buffers serve them all. */
  borrow(): ByteBuffer {
    return this.#lent.pop() ?? new ByteBuffer();
  }

  giveBack(buffer: ByteBuffer): void {
    buffer.clear();
    this.#lent.push(buffer);
  }

  /** Closes the file. An object that was promised and never written is an error, not a hole in the file. */
  finish(root: number, info: number): Uint8Array {
    if (this.#count > 0) this.#pack();
    const hole = this.#places.indexOf(RESERVED);
    if (hole >= 0) throw new Error(`PDF object ${hole + 1} was never written`);
    const id = this.reserve();
    const start = this.#file.length;
    this.#places[id - 1] = start * 2;
    const hash = createHash('sha256').update(this.#file.bytes).digest('hex').slice(0, 32).toUpperCase();
    const entries =
      `/Type/XRef/Size ${id + 1}/W[1 4 2]/Root ${root} 0 R/Info ${info} 0 R/ID[<${hash}><${hash}>]` +
      '/DecodeParms<</Predictor 12/Columns 7>>';
    const bytes = deflateSync(this.#table(), PACKING);
    this.#file.text(`${id} 0 obj\n<<${entries}/Filter/FlateDecode/Length ${bytes.length}>>\nstream\n`);
    this.#file.data(bytes);
    this.#file.text(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`);
    return this.#file.bytes;
  }

  #place(id: number, place: number): void {
    if (this.#places[id - 1] !== RESERVED) throw new Error(`PDF object ${id} is written twice`);
    this.#places[id - 1] = place;
  }

  #pack(): void {
    const count = this.#count;
    const first = this.#index.length;
    this.#index.data(this.#members.bytes);
    this.stream(this.#stream, `/Type/ObjStm/N ${count}/First ${first}`, this.#index.bytes);
    this.#count = 0;
    this.#index.clear();
    this.#members.clear();
  }

  /** The cross-reference rows, each as its difference from the row above: nearly all zeros, so they compress away. */
  #table(): Uint8Array {
    const rows = Buffer.alloc((this.#places.length + 1) * 7);
    rows.writeUInt16BE(0xffff, 5);
    this.#places.forEach((place, i) => {
      const at = (i + 1) * 7;
      const value = Math.floor(place / 2);
      const isMember = place % 2 === 1;
      rows[at] = isMember ? 2 : 1;
      rows.writeUInt32BE(isMember ? Math.floor(value / PER_OBJECT_STREAM) : value, at + 1);
      rows.writeUInt16BE(isMember ? value % PER_OBJECT_STREAM : 0, at + 5);
    });
    const out = Buffer.alloc((this.#places.length + 1) * 8);
    for (let row = 0; row <= this.#places.length; row++) {
      out[row * 8] = 2;
      for (let i = 0; i < 7; i++) {
        const above = row > 0 ? (rows[(row - 1) * 7 + i] as number) : 0;
        out[row * 8 + 1 + i] = (rows[row * 7 + i] as number) - above;
      }
    }
    return out;
  }
}
