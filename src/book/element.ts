import type { Fail } from './refusal.ts';

/**
 * Elements in the XML of a part, to the byte. The XML is held as Latin-1, one character a byte: all markup is ASCII, and what is not is
 * only carried along. No `<` stands in well-formed XML but where a tag begins, once comments and the like are blanked, so elements are
 * found by the native search for text, which is many times faster than to visit every tag.
 */

/** An element by its offsets: its opening tag begins and ends, its content ends, and its closing tag ends. An empty one ends with its only tag. */
export interface Element {
  /** With its prefix, if it has one. */
  name: string;
  start: number;
  contentFrom: number;
  contentTo: number;
  end: number;
}

/** What is no element, by how it begins and ends. */
const NO_ELEMENTS = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/** The declaration in front of nearly every part, behind the mark of UTF-8 that some have. */
const DECLARATION = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^<>]*\?>/;

/**
 * The XML with comments, character data and instructions blanked, so that every `<` behind the declaration begins a tag; all else stays at
 * its place.
 */
export function blanked(xml: string, fail: Fail): string {
  const pieces: string[] = [];
  let done = 0;
  const first = DECLARATION.exec(xml)?.[0].length ?? 0;
  const next = { '<!': xml.indexOf('<!', first), '<?': xml.indexOf('<?', first) };
  for (;;) {
    const from = next['<!'] < 0 ? next['<?'] : next['<?'] < 0 ? next['<!'] : Math.min(next['<!'], next['<?']);
    if (from < 0) break;
    const [opening, closing] = NO_ELEMENTS.find(([begin]) => xml.startsWith(begin, from)) ?? fail('is not well-formed XML');
    const end = xml.indexOf(closing, from + opening.length) + closing.length;
    if (end < closing.length) fail('is not well-formed XML');
    pieces.push(xml.slice(done, from), ' '.repeat(end - from));
    done = end;
    for (const begin of ['<!', '<?'] as const) if (next[begin] >= 0 && next[begin] < end) next[begin] = xml.indexOf(begin, end);
  }
  return pieces.length === 0 ? xml : pieces.join('') + xml.slice(done);
}

/** The outermost element of a part. */
export function rootElement(xml: string, fail: Fail): Element {
  const start = xml.indexOf('<', DECLARATION.exec(xml)?.[0].length);
  let nameTo = start + 1;
  while (isNamePart(xml.charCodeAt(nameTo))) nameTo++;
  const name = xml.slice(start + 1, nameTo);
  if (start < 0 || name === '') fail('is not well-formed XML');
  const contentFrom = tagEnd(xml, nameTo, fail);
  if (isEmpty(xml, contentFrom)) return { name, start, contentFrom, contentTo: contentFrom, end: contentFrom };
  const contentTo = xml.lastIndexOf('</');
  const end = xml.indexOf('>', contentTo) + 1;
  if (contentTo < contentFrom || end === 0) fail('is not well-formed XML');
  return { name, start, contentFrom, contentTo, end };
}

/** The prefix of an element, with its colon. */
export function prefixOf({ name }: Element): string {
  return name.slice(0, name.indexOf(':') + 1);
}

/** How the tags of an element begin, made once for many of them. */
export interface TagNames {
  name: string;
  opening: string;
  closing: string;
}

/** The beginnings of the tags of elements of a name. */
export function tagNames(name: string): TagNames {
  return { name, opening: `<${name}`, closing: `</${name}` };
}

/** The first element of this name between two places; its like must not lie inside it. */
export function findElement(xml: string, name: string, from: number, to: number, fail: Fail): Element | undefined {
  const names = tagNames(name);
  const start = findTag(xml, names.opening, from, to);
  return start < 0 ? undefined : elementAt(xml, names, start, to, fail);
}

/** The element whose opening tag is known to begin at `start`. */
export function elementAt(xml: string, { name, opening, closing }: TagNames, start: number, to: number, fail: Fail): Element {
  const contentFrom = tagEnd(xml, start + opening.length, fail);
  if (isEmpty(xml, contentFrom)) return { name, start, contentFrom, contentTo: contentFrom, end: contentFrom };
  const contentTo = findTag(xml, closing, contentFrom, to);
  if (contentTo < 0) fail('is not well-formed XML');
  return { name, start, contentFrom, contentTo, end: xml.indexOf('>', contentTo) + 1 };
}

/** Whether a tag begins at a place as `opening` or `closing` say. */
export function isTag(xml: string, begin: string, at: number): boolean {
  return xml.startsWith(begin, at) && !isNamePart(xml.charCodeAt(at + begin.length));
}

/** Where a tag begins between two places; -1 where none does. */
export function findTag(xml: string, begin: string, from: number, to: number): number {
  for (let at = xml.indexOf(begin, from); at >= 0 && at < to; at = xml.indexOf(begin, at + begin.length))
    if (!isNamePart(xml.charCodeAt(at + begin.length))) return at;
  return -1;
}

/** Neither white space nor `/` nor `>`, nor past the end. */
export function isNamePart(code: number): boolean {
  return code > 32 && code !== 47 && code !== 62;
}

/** The first place from `at` on without white space. */
export function afterSpace(text: string, at: number): number {
  let next = at;
  while (text.charCodeAt(next) <= 32) next++;
  return next;
}

/** Where a tag ends, past any quoted values. */
function tagEnd(xml: string, from: number, fail: Fail): number {
  let quote = 0;
  for (let at = from; at < xml.length; at++) {
    const code = xml.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 62) return at + 1;
    else if (code === 34 || code === 39) quote = code;
    else if (code === 60) break;
  }
  return fail('is not well-formed XML');
}

function isEmpty(xml: string, tagTo: number): boolean {
  return xml.charCodeAt(tagTo - 2) === 47;
}
