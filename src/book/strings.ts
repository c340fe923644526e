import { type SharedTexts, textElement } from './cell-element.ts';
import { blanked, prefixOf, rootElement } from './element.ts';
import type { Fail } from './refusal.ts';
import type { Splice } from './splice.ts';
import { attributeIn, opening, withAttribute } from './tag.ts';
import { readXml, unescaped } from './xml.ts';

/** The texts that cells share, in the order of the book: rich text joined, phonetic runs left out. */
export function readStrings(data: Uint8Array | undefined, file: string): string[] {
  const strings: string[] = [];
  if (!data) return strings;
  let string = '';
  readXml(data, file, 'sharedStrings.xml', {
    open(name) {
      if (name === 'si') string = '';
    },
    text(text, path) {
      if (path.at(-1) === 't' && !path.includes('rPh')) string += text;
    },
    close(name) {
      if (name === 'si') strings.push(unescaped(string));
    },
  });
  return strings;
}

/** What puts the new shared texts behind those of the book, whose XML is held as Latin-1, and its counts right. */
export function addedStrings(part: string, texts: SharedTexts, fail: Fail): Splice[] {
  const xml = blanked(part, fail);
  const root = rootElement(xml, fail);
  const { name, start, contentFrom, contentTo, end } = root;
  const prefix = prefixOf(root);
  const news = [...texts.added.keys()].map((text) => `<${prefix}si>${textElement(prefix, text)}</${prefix}si>`).join('');
  const tag = counted(xml.slice(start, contentFrom), texts);
  if (contentFrom === end) return [{ from: start, to: end, text: `${opening(tag)}${news}</${name}>` }];
  return [
    { from: start, to: contentFrom, text: tag },
    { from: contentTo, to: contentTo, text: news },
  ];
}

/** The opening tag with its counts; one that the book does not give is not given. */
function counted(tag: string, { known, added, uses }: SharedTexts): string {
  const count = Number(attributeIn(tag, 'count'));
  const total = Number.isSafeInteger(count) ? withAttribute(tag, 'count', String(Math.max(0, count + uses))) : tag;
  return attributeIn(tag, 'uniqueCount') === undefined
    ? total
    : withAttribute(total, 'uniqueCount', String(known.length + added.size));
}
