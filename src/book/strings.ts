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
