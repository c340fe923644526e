import { createHash, type X509Certificate } from 'node:crypto';
import { type Cms, readCms, signCms, verifyCms, writeCms } from './cms.ts';
import type { Signer } from './keys.ts';
import { readPdf } from './pdf-objects.ts';

/**
 * Signatures inside a PDF (PAdES B-B, ETSI EN 319 142-1): each is an update appended to the file, which leaves what was there before
 * as it is. An update is spelled from its parts alone. So it is verified by spelling it again: every byte that is not as demarc
 * would have written it is found, whatever it is.
 */

/** A signature found in a PDF. */
export interface PdfSignature {
  /** When it was made, as the signer said (ISO). */
  at: string;
  chain: X509Certificate[];
}

/** The longest signature of an ECDSA key of 384 bits: two numbers of 49 bytes, each with two before it, and two before both. */
const MOST_ECDSA = 104;
/** Width at which the numbers of /ByteRange are written, so that the file does not move when they are known. */
const NUMBER_WIDTH = 10;

/** Appends a signature to a PDF that demarc has written, dated `at` (ISO, to the second). @throws Error for other PDFs. */
export function signPdf(pdf: Uint8Array, { key, chain }: Signer, at: string): Uint8Array {
  const bits = key.asymmetricKeyDetails?.modulusLength;
  const longest = { chain, signature: Buffer.alloc(bits ? Math.ceil(bits / 8) : MOST_ECDSA) };
  const room = writeCms(longest, Buffer.alloc(32)).length;
  const update = spell(pdf, at, room);
  return fill(update, signCms(key, chain, digestOf(update)));
}

/**
 * The signatures that follow the first `length` bytes of a PDF. @throws Error saying what is wrong, where anything but valid
 * signatures of demarc follows.
 */
export function readSignatures(pdf: Uint8Array, length: number): PdfSignature[] {
  const file = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.length);
  const signatures: PdfSignature[] = [];
  let end = length;
  while (end < file.length) {
    const update = partsOf(file, end);
    const spelled = spell(file.subarray(0, end), update.at, update.room);
    const digest = digestOf(spelled);
    const whole = fill(spelled, writeCms(update.cms, digest));
    if (!file.subarray(0, whole.length).equals(whole))
      throw new Error(`signature ${signatures.length + 1} is not as it was written`);
    if (!verifyCms(update.cms, digest)) throw new Error(`signature ${signatures.length + 1} is not valid`);
    signatures.push({ at: update.at, chain: update.cms.chain });
    end = whole.length;
  }
  return signatures;
}

/** What an update is spelled from, found in the bytes that follow `end`. */
function partsOf(file: Buffer, end: number): { at: string; room: number; cms: Cms } {
  const head = file.toString('latin1', end, end + 400);
  const found = /\/M\(D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z\)\/ByteRange\[[^\]]*\]\/Contents</.exec(head);
  const start = found ? end + found.index + found[0].length : -1;
  const stop = file.indexOf('>', start);
  if (!found || stop === -1) throw new Error('something follows that is no signature of demarc');
  const [, year, month, day, hour, minute, second] = found;
  const hex = file.toString('latin1', start, stop);
  const bytes = Buffer.from(hex, 'hex');
  if (bytes.length * 2 !== hex.length) throw new Error('a signature is not spelled in hexadecimal');
  const at = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  return { at, room: bytes.length, cms: readCms(unpadded(bytes)) };
}

/** A value without the zeros that fill up its room. */
function unpadded(bytes: Buffer): Buffer {
  const first = bytes[1] ?? 0;
  const wide = first < 0x80 ? 0 : first & 0x7f;
  const size = wide === 0 ? first : wide <= 4 ? bytes.readUIntBE(2, wide) : 0;
  return bytes.subarray(0, 2 + wide + size);
}

/** A file with an update whose signature is still zeros, and where it will stand. */
interface Update {
  bytes: Buffer;
  /** Positions of the `<` before the signature and of what follows the `>` after it. */
  from: number;
  to: number;
}

/**
 * Appends an update with room for a signature of so many bytes: the signature's dictionary, its field, and the two objects that have to
 * name the field. The dictionary stands on its own, since its bytes are counted. The field's box lies outside the page: nobody sees it, so
 * readers of the page are not led to it, and nothing on the page changes.
 */
function spell(pdf: Uint8Array, at: string, room: number): Update {
  const { start, size, root, info, id, object } = readPdf(pdf);
  const catalog = object(root);
  const tree = object(reference(catalog, 'Pages'));
  const page = reference(tree, 'Kids\\[');
  const number = (catalog.match(/\/Fields\[([^\]]*)\]/)?.[1]?.match(/R/g)?.length ?? 0) + 1;
  const [dictionary, field, table] = [size, size + 1, size + 2] as const;
  const moment = at.replace(/[-:T]/g, '');
  const range = ' '.repeat(4 * NUMBER_WIDTH);
  const contents = '0'.repeat(2 * room);
  const objects: [number, string][] = [
    [
      dictionary,
      `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:${moment})/ByteRange[${range}]/Contents<${contents}>>>`,
    ],
    [
      field,
      `<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature${number})/TU(Digital signature ${number})/V ${dictionary} 0 R/F 132` +
        `/Rect[-1 -1 -1 -1]/P ${page} 0 R>>`,
    ],
    [page, added(object(page), 'Annots', `${field} 0 R`, (list) => `/Annots[${list}]`)],
    [root, added(catalog, 'Fields', `${field} 0 R`, (list) => `/AcroForm<</Fields[${list}]/SigFlags 3>>`)],
  ];
  const chunks: Buffer[] = [Buffer.from(pdf)];
  let length = pdf.length;
  const append = (text: string): void => {
    chunks.push(Buffer.from(text, 'latin1'));
    length += text.length;
  };
  const places = new Map<number, number>();
  for (const [n, body] of objects) {
    places.set(n, length);
    append(`${n} 0 obj\n${body}\nendobj\n`);
  }
  places.set(table, length);
  const numbers = [...places.keys()].sort((a, b) => a - b);
  const rows = Buffer.alloc(7 * numbers.length);
  numbers.forEach((n, i) => {
    rows[7 * i] = 1;
    rows.writeUInt32BE(places.get(n) as number, 7 * i + 1);
  });
  const second = createHash('sha256').update(pdf).digest('hex').slice(0, 32).toUpperCase();
  const begin = length;
  append(
    `${table} 0 obj\n<</Type/XRef/Size ${table + 1}/W[1 4 2]/Index[${numbers.map((n) => `${n} 1`).join(' ')}]/Root ${root} 0 R` +
      `/Info ${info} 0 R/ID[<${id}><${second}>]/Prev ${start}/Length ${rows.length}>>\nstream\n`,
  );
  append(rows.toString('latin1'));
  append(`\nendstream\nendobj\nstartxref\n${begin}\n%%EOF\n`);
  const bytes = Buffer.concat(chunks);
  const from = bytes.indexOf(`/Contents<${contents}>`, pdf.length, 'latin1') + '/Contents'.length;
  const to = from + contents.length + 2;
  const written = [0, from, to, bytes.length - to].map((value) => String(value).padEnd(NUMBER_WIDTH)).join('');
  bytes.write(written, bytes.indexOf('/ByteRange[', pdf.length, 'latin1') + '/ByteRange['.length, 'latin1');
  return { bytes, from, to };
}

/** The object that an entry refers to. */
function reference(body: string, key: string): number {
  const found = new RegExp(`/${key} ?(\\d+) 0 R`).exec(body)?.[1];
  if (found === undefined) throw new Error(`it lacks the entry ${key}`);
  return Number(found);
}

/** A dictionary with one more member in a list, which is made where there is none. */
function added(body: string, key: string, member: string, make: (list: string) => string): string {
  const list = `/${key}[`;
  if (body.includes(list))
    return body.replace(new RegExp(`/${key}\\[([^\\]]*)\\]`), (_, before: string) => `${list}${before} ${member}]`);
  return `${body.slice(0, -2)}${make(member)}>>`;
}

function digestOf({ bytes, from, to }: Update): Buffer {
  return createHash('sha256').update(bytes.subarray(0, from)).update(bytes.subarray(to)).digest();
}

/** Puts a signature into its room. */
function fill({ bytes, from, to }: Update, signature: Buffer): Buffer {
  const room = to - from - 2;
  const hex = signature.toString('hex');
  if (hex.length > room) throw new Error('the signature is longer than its room');
  const filled = Buffer.from(bytes);
  filled.write(hex.padEnd(room, '0'), from + 1, 'latin1');
  return filled;
}
