import { SaxesParser } from 'saxes';
import { type Fail, failIn } from './refusal.ts';

/** The attributes of an element, by their names as written. */
export type Attributes = Record<string, string>;

/** What a reader of a part wants to hear. Names come without their prefix; `path` holds the names of the elements around, outermost first. */
export interface XmlReader {
  open?(name: string, attributes: Attributes, path: readonly string[]): void;
  text?(text: string, path: readonly string[]): void;
  close?(name: string, path: readonly string[]): void;
}

/** Deeper than any part of a workbook; each level costs. */
const DEEPEST = 256;

/** Reads the XML of a part. Throws `Problems` where it is not well formed, carries a DTD, or is not in UTF-8. */
export function readXml(data: Uint8Array, file: string, part: string, reader: XmlReader): void {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const path: string[] = [];
  const fail = failIn(file, part);
  parser.on('error', () => fail('is not well-formed XML'));
  parser.on('doctype', () => fail('carries a document type definition, which workbooks never do'));
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding && !/^(utf-?8|us-ascii)$/i.test(encoding)) fail(`is written in ${encoding.slice(0, 20)}, not in UTF-8`);
  });
  parser.on('opentag', (tag) => {
    const name = local(tag.name);
    reader.open?.(name, tag.attributes as Attributes, path);
    if (path.length >= DEEPEST) fail('is nested too deeply');
    path.push(name);
  });
  parser.on('closetag', (tag) => {
    path.pop();
    reader.close?.(local(tag.name), path);
  });
  if (reader.text) {
    const text = (found: string): void => reader.text?.(found, path);
    parser.on('text', text);
    parser.on('cdata', text);
  }
  parser.write(decode(data, fail)).close();
}

/** The text of a part in UTF-8, without its mark. */
function decode(data: Uint8Array, fail: Fail): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return fail('is not in UTF-8');
  }
}

/** A name without its prefix. */
function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** The id of a relationship, whatever prefix its namespace has here. */
export function relationId(attributes: Attributes): string | undefined {
  for (const name of Object.keys(attributes)) if (name.endsWith(':id')) return attributes[name];
  return undefined;
}

/** An XML Schema boolean; `fallback` where it is not said. */
export function flag(value: string | undefined, fallback = false): boolean {
  const said = value?.trim();
  if (said === undefined || said === '') return fallback;
  return said === '1' || said === 'true' || said === 'on';
}

/** Text in which Excel wrote characters as `_xHHHH_`, as people see it. */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}
