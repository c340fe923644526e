/** A piece of text to put in the place of another one; both offsets are the same where it only goes in between. */
export interface Splice {
  from: number;
  to: number;
  text: string;
}

/** The text with the pieces put in. What goes in at one place goes in the order given, in front of what is replaced there. */
export function splice(text: string, splices: readonly Splice[]): string {
  const ordered = [...splices].sort((a, b) => a.from - b.from || a.to - b.to);
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to, text: piece } of ordered) {
    pieces.push(text.slice(at, from), piece);
    at = to;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

/** A tag's text with an attribute set. */
export function withAttribute(tag: string, name: string, value: string): string {
  const said = new RegExp(`(\\s${name}\\s*=\\s*)(?:"[^"]*"|'[^']*')`);
  if (said.test(tag)) return tag.replace(said, (_, before: string) => `${before}"${value}"`);
  return tag.replace(/\s*\/?>$/, (end) => ` ${name}="${value}"${end.trim()}`);
}

/** Text as UTF-8, one character a byte, as the XML it goes into is held. */
export function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
