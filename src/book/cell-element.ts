import { cellText, heldText, xml } from '../cell-text.ts';
import type { CellValue } from './book.ts';
import { asBytes } from './splice.ts';

/** Texts that cells share: those of the book, and those added to them, each with its number. */
export interface SharedTexts {
  known: readonly string[];
  added: Map<string, number>;
  /** How many more cells refer to shared texts than before. */
  uses: number;
}

/** A value as a cell can hold it, and whether it had to be cut for that. An empty text leaves a cell empty. */
export function fitting(value: CellValue | null): { value: CellValue | null; cut: boolean } {
  if (value === '' || value === null) return { value: null, cut: false };
  if (typeof value === 'number' && !Number.isFinite(value)) return { value: String(value), cut: false };
  if (typeof value !== 'string') return { value, cut: false };
  const text = heldText(value);
  const fitted = cellText(text);
  return { value: fitted, cut: fitted !== text };
}

/** A cell, held as the XML it goes into (`asBytes`): its tag's name and attributes, and its value, shared where the book shares texts. */
export function cellElement(name: string, attributes: string, value: CellValue | null, texts: SharedTexts | undefined): string {
  const prefix = name.slice(0, -1);
  if (value === null) return `<${name}${attributes}/>`;
  let type = '';
  let content = String(value);
  if (typeof value === 'boolean') {
    type = ' t="b"';
    content = value ? '1' : '0';
  } else if (typeof value === 'string') {
    if (!texts) return `<${name}${attributes} t="inlineStr"><${prefix}is>${textElement(prefix, value)}</${prefix}is></${name}>`;
    type = ' t="s"';
    content = String(sharedNumber(texts, value));
    texts.uses++;
  }
  return `<${name}${attributes}${type}><${prefix}v>${content}</${prefix}v></${name}>`;
}

/** The number of a shared text, which is added if it is new. Texts of the book are not used again: they may carry formats of their own. */
function sharedNumber(texts: SharedTexts, text: string): number {
  let number = texts.added.get(text);
  if (number === undefined) {
    number = texts.known.length + texts.added.size;
    texts.added.set(text, number);
  }
  return number;
}

/** An element of text, its white space kept, held as the XML it goes into. */
export function textElement(prefix: string, text: string): string {
  const space = /^\s|\s$/.test(text) ? ' xml:space="preserve"' : '';
  return `<${prefix}t${space}>${asBytes(xml(text))}</${prefix}t>`;
}
