import type { SharedTexts } from './cell-element.ts';
import { textElement } from './cell-element.ts';
import { type Fail, type Tag, walk } from './scan.ts';
import { asBytes, type Splice, splice, withAttribute } from './splice.ts';
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

/** The XML of the shared texts (as Latin-1) with the new ones behind those of the book, and its counts put right. */
export function withStrings(xml: string, texts: SharedTexts, fail: Fail): string {
  let open: Tag | undefined;
  let close: Tag | undefined;
  for (const { tag, path } of walk(xml, 0, fail)) {
    if (path.length > 0) continue;
    open ??= tag;
    close = tag;
  }
  if (!open || !close) return fail('is not well-formed XML');
  const prefix = open.name.slice(0, -'sst'.length);
  const news = [...texts.added.keys()].map((text) => `<${prefix}si>${textElement(prefix, text)}</${prefix}si>`).join('');
  const tag = counted(xml.slice(open.start, open.end), texts);
  const splices: Splice[] = [];
  if (open.kind === 'empty')
    splices.push({ from: open.start, to: open.end, text: `${tag.replace(/\s*\/>$/, '>')}${asBytes(news)}</${open.name}>` });
  else splices.push({ from: open.start, to: open.end, text: tag }, { from: close.start, to: close.start, text: asBytes(news) });
  return splice(xml, splices);
}

/** The opening tag with its counts; one that the book does not give is not given. */
function counted(tag: string, texts: SharedTexts): string {
  const uses = /\scount\s*=\s*["'](\d{1,9})["']/.exec(tag);
  const counts = uses ? withAttribute(tag, 'count', String(Math.max(0, Number(uses[1]) + texts.uses))) : tag;
  return /\suniqueCount\s*=/.test(tag)
    ? withAttribute(counts, 'uniqueCount', String(texts.known.length + texts.added.size))
    : counts;
}
