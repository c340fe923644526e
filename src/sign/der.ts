/** The little of ASN.1 in DER that a signature takes: values spelled, and values read back. */

/** Tags of the values in use. */
export const TAG = {
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
  /** Context-specific and constructed, `[0]`. */
  context0: 0xa0,
} as const;

/** A value with its tag and length before it. */
export function der(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, ...length(body.length)]), body]);
}

function length(size: number): number[] {
  if (size < 0x80) return [size];
  const bytes: number[] = [];
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

export const sequence = (...content: Uint8Array[]): Buffer => der(TAG.sequence, ...content);
export const octets = (bytes: Uint8Array): Buffer => der(TAG.octets, bytes);
export const NULL = der(TAG.null);

/** A small number. */
export const integer = (value: number): Buffer => der(TAG.integer, Buffer.from([value]));

/** A set; DER wants its members in the order of their bytes. */
export function setOf(tag: number, members: Uint8Array[]): Buffer {
  return der(tag, ...[...members].sort(Buffer.compare));
}

/** An object identifier, written as `1.2.840.113549.1.7.2`. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc % 128];
    for (let above = Math.floor(arc / 128); above > 0; above = Math.floor(above / 128)) groups.unshift(0x80 | (above % 128));
    return groups;
  });
  return der(TAG.oid, Buffer.from(bytes));
}

/** One value that was read: all of its bytes, and what stands inside. */
export interface Value {
  tag: number;
  bytes: Buffer;
  content: Buffer;
}

/** Reads the values that stand one after another in a stretch of bytes. @throws Error where they are not DER. */
export function readValues(bytes: Uint8Array): Value[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const values: Value[] = [];
  for (let at = 0; at < all.length; ) {
    const tag = all[at] as number;
    const first = all[at + 1] ?? 0;
    const wide = first < 0x80 ? 0 : first & 0x7f;
    if (wide > 4 || at + 2 + wide > all.length || first === 0x80) throw new Error('a length is not DER');
    const size = wide === 0 ? first : all.readUIntBE(at + 2, wide);
    const start = at + 2 + wide;
    if (start + size > all.length) throw new Error('a value is cut off');
    values.push({ tag, bytes: all.subarray(at, start + size), content: all.subarray(start, start + size) });
    at = start + size;
  }
  return values;
}

/** The values inside the one value that bytes hold. @throws Error where they hold none or more. */
export function readInside(bytes: Uint8Array): Value[] {
  const [only, ...rest] = readValues(bytes);
  if (!only || rest.length > 0) throw new Error('there is not one value');
  return readValues(only.content);
}
