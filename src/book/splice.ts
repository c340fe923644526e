/** A piece of XML, one character a byte, to put in the place of another one; both offsets are the same where it only goes in between. */
export interface Splice {
  from: number;
  to: number;
  text: string;
}

/** The data with the pieces put in. What goes in at one place goes in the order given, in front of what is replaced there. */
export function splice(data: Buffer, splices: readonly Splice[]): Buffer {
  const ordered = [...splices].sort((a, b) => a.from - b.from || a.to - b.to);
  const result = Buffer.allocUnsafe(ordered.reduce((size, { from, to, text }) => size + text.length - (to - from), data.length));
  let read = 0;
  let written = 0;
  for (const { from, to, text } of ordered) {
    written += data.copy(result, written, read, from);
    written += result.write(text, written, 'latin1');
    read = to;
  }
  data.copy(result, written, read);
  return result;
}

/** Text as UTF-8, one character a byte, as the XML it goes into is held. */
export function asBytes(text: string): string {
  return /\P{ASCII}/u.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
}

/** The text that a piece of such XML means, entities aside. */
export function fromBytes(bytes: string): string {
  return /\P{ASCII}/u.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;
}
