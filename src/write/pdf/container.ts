import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

const PER_OBJECT_STREAM = 200;

/** Where an object lies: in the file at an offset, or inside an object stream at an index. */
type Place = { offset: number } | { stream: number; index: number };

/**
 * The file as numbered objects. Small objects are packed into compressed object streams, which makes a tagged file two and a half
 * times smaller; streams stand on their own.
 */
export class Container {
  readonly #chunks: Uint8Array[] = [];
  #offset = 0;
  readonly #places: (Place | undefined)[] = [];
  #waiting: { id: number; body: string }[] = [];
  readonly #hash = createHash('sha256');

  constructor() {
    this.#write(Buffer.from('%PDF-1.7\n%\xFF\xFF\xFF\xFF\n', 'latin1'));
  }

  /** A number for an object that will be written later. */
  reserve(): number {
    return this.#places.push(undefined);
  }

  /** Writes a small object. */
  put(id: number, body: string): void {
    if (this.#places[id - 1]) throw new Error(`PDF object ${id} is written twice`);
    this.#places[id - 1] = { stream: 0, index: 0 };
    this.#waiting.push({ id, body });
    if (this.#waiting.length >= PER_OBJECT_STREAM) this.#pack();
  }

  /** Writes a small object under a new number. */
  add(body: string): number {
    const id = this.reserve();
    this.put(id, body);
    return id;
  }

  /** Writes an object on its own, where readers that patch files expect to find it. */
  plain(id: number, body: string): void {
    this.#begin(id);
    this.#write(Buffer.from(`${id} 0 obj\n${body}\nendobj\n`, 'latin1'));
  }

  /** Writes a stream; `entries` are the entries of its dictionary. */
  stream(id: number, entries: string, data: Uint8Array, compress = true): void {
    this.#begin(id);
    const bytes = compress ? deflateSync(data) : data;
    const filter = compress ? '/Filter/FlateDecode' : '';
    this.#write(Buffer.from(`${id} 0 obj\n<<${entries}${filter}/Length ${bytes.length}>>\nstream\n`, 'latin1'));
    this.#write(bytes);
    this.#write(Buffer.from('\nendstream\nendobj\n', 'latin1'));
  }

  /** Closes the file. An object that was promised and never written is an error, not a hole in the file. */
  finish(root: number, info: number): Uint8Array {
    if (this.#waiting.length > 0) this.#pack();
    const hole = this.#places.findIndex((place) => !place);
    if (hole >= 0) throw new Error(`PDF object ${hole + 1} was never written`);
    const id = this.reserve();
    const start = this.#offset;
    this.#places[id - 1] = { offset: start };
    const hash = this.#hash.copy().digest('hex').slice(0, 32).toUpperCase();
    const entries =
      `/Type/XRef/Size ${id + 1}/W[1 4 2]/Root ${root} 0 R/Info ${info} 0 R/ID[<${hash}><${hash}>]` +
      '/DecodeParms<</Predictor 12/Columns 7>>';
    const bytes = deflateSync(this.#table());
    this.#write(Buffer.from(`${id} 0 obj\n<<${entries}/Filter/FlateDecode/Length ${bytes.length}>>\nstream\n`, 'latin1'));
    this.#write(bytes);
    this.#write(Buffer.from(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`, 'latin1'));
    return Buffer.concat(this.#chunks);
  }

  #begin(id: number): void {
    if (this.#places[id - 1]) throw new Error(`PDF object ${id} is written twice`);
    this.#places[id - 1] = { offset: this.#offset };
  }

  #pack(): void {
    const members = this.#waiting;
    this.#waiting = [];
    const id = this.reserve();
    let index = '';
    let offset = 0;
    members.forEach((member, i) => {
      this.#places[member.id - 1] = { stream: id, index: i };
      index += `${member.id} ${offset} `;
      offset += member.body.length + 1;
    });
    const body = members.map((member) => member.body).join('\n');
    this.stream(id, `/Type/ObjStm/N ${members.length}/First ${index.length}`, Buffer.from(index + body, 'latin1'));
  }

  /** The cross-reference rows, each as its difference from the row above: nearly all zeros, so they compress away. */
  #table(): Uint8Array {
    const rows = Buffer.alloc((this.#places.length + 1) * 7);
    rows.writeUInt16BE(0xffff, 5);
    this.#places.forEach((place, i) => {
      const at = (i + 1) * 7;
      if (!place) return;
      rows[at] = 'offset' in place ? 1 : 2;
      rows.writeUInt32BE('offset' in place ? place.offset : place.stream, at + 1);
      rows.writeUInt16BE('offset' in place ? 0 : place.index, at + 5);
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

  #write(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#chunks.push(bytes);
    this.#offset += bytes.length;
  }
}
