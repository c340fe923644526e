import { crc32, inflateRawSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';

/** A cell as an independent reader sees it. */
export interface SeenCell {
  text: string;
  type: string;
  style: string;
  formula: string | undefined;
}

/** The cells of a workbook, or of one of its sheets, by `Sheet!A1`; read with fflate and saxes and apart from the product's code. */
export function seenCells(bytes: Uint8Array, only?: string): Map<string, SeenCell> {
  const files = unzipSync(bytes);
  const shared = files['xl/sharedStrings.xml'] ? sharedTexts(new TextDecoder().decode(files['xl/sharedStrings.xml'])) : [];
  const seen = new Map<string, SeenCell>();
  for (const [sheet, part] of sheetParts(bytes))
    if (only === undefined || sheet === only)
      for (const [place, cell] of cellsOf(new TextDecoder().decode(files[part]), shared)) seen.set(`${sheet}!${place}`, cell);
  return seen;
}

/** The parts of worksheets by the names of the sheets. */
export function sheetParts(bytes: Uint8Array): Map<string, string> {
  const targets = new Map<string, string>();
  parse(partText(bytes, 'xl/_rels/workbook.xml.rels'), {
    open: (name, attribute) => {
      if (name === 'Relationship') targets.set(attribute('Id') ?? '', (attribute('Target') ?? '').replace(/^\/?(xl\/)?/, 'xl/'));
    },
  });
  const parts = new Map<string, string>();
  parse(partText(bytes, 'xl/workbook.xml'), {
    open: (name, attribute) => {
      const part = targets.get(attribute('id') ?? '') ?? '';
      if (name === 'sheet' && part.includes('worksheets/')) parts.set(attribute('name') ?? '', part);
    },
  });
  return parts;
}

function sharedTexts(xml: string): string[] {
  const texts: string[] = [];
  let phonetic = 0;
  let inText = false;
  parse(xml, {
    open: (name) => {
      if (name === 'si') texts.push('');
      if (name === 'rPh') phonetic++;
      if (name === 't') inText = true;
    },
    text: (text) => {
      if (inText && phonetic === 0) texts.push((texts.pop() ?? '') + text);
    },
    close: (name) => {
      if (name === 'rPh') phonetic--;
      if (name === 't') inText = false;
    },
  });
  return texts.map(decoded);
}

/** The cells of one sheet by name. */
export function cellsOf(xml: string, shared: string[] = []): Map<string, SeenCell> {
  const cells = new Map<string, SeenCell>();
  let row = 0;
  let column = 0;
  let place = '';
  let cell: SeenCell | undefined;
  let within = '';
  let phonetic = 0;
  let value = '';
  parse(xml, {
    open: (name, attribute) => {
      if (name === 'row') {
        row = Number(attribute('r') ?? row + 1);
        column = 0;
      }
      if (name === 'c') {
        const said = /^([A-Z]+)(\d+)$/.exec(attribute('r') ?? '');
        column = said ? [...(said[1] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) : column + 1;
        if (said) row = Number(said[2]);
        let letters = '';
        for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
          letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
        place = `${letters}${row}`;
        cell = { text: '', type: attribute('t') ?? 'n', style: attribute('s') ?? '', formula: undefined };
        value = '';
      }
      if (name === 'rPh') phonetic++;
      if (name === 'f' && cell) cell.formula = '';
      within = name;
    },
    text: (text) => {
      if (!cell || phonetic > 0) return;
      if (within === 'f') cell.formula += text;
      if (within === 'v' || within === 't') value += text;
    },
    close: (name) => {
      within = '';
      if (name === 'rPh') phonetic--;
      if (name !== 'c' || !cell) return;
      cell.text = cell.type === 's' && value !== '' ? (shared[Number(value)] ?? 'missing') : decoded(value);
      cells.set(place, cell);
      cell = undefined;
    },
  });
  return cells;
}

function decoded(text: string): string {
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

function parse(
  xml: string,
  on: {
    open?: (name: string, attribute: (name: string) => string | undefined) => void;
    text?: (text: string) => void;
    close?: (name: string) => void;
  },
): void {
  const parser = new SaxesParser();
  const local = (name: string): string => name.slice(name.indexOf(':') + 1);
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    on.open?.(
      local(name),
      (wanted) => attributes[wanted] ?? Object.entries(attributes).find(([key]) => local(key) === wanted)?.[1],
    );
  });
  parser.on('text', (text) => on.text?.(text));
  parser.on('cdata', (text) => on.text?.(text));
  parser.on('closetag', ({ name }) => on.close?.(local(name)));
  parser.write(xml.replace(/^\ufeff/, '')).close();
}

/** The entries of an archive by name: all the bytes of each but its place. Fails where a checksum is wrong. */
export function rawEntries(bytes: Uint8Array): Map<string, string> {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries = new Map<string, string>();
  const end = data.lastIndexOf('PK\x05\x06');
  const wide = data.lastIndexOf('PK\x06\x06');
  const wideNumber = (at: number): number => Number(data.readBigUInt64LE(at));
  let at = wide > 0 ? wideNumber(wide + 48) : data.readUInt32LE(end + 16);
  for (let count = wide > 0 ? wideNumber(wide + 32) : data.readUInt16LE(end + 10); count > 0; count--) {
    const nameLength = data.readUInt16LE(at + 28);
    const length = 46 + nameLength + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
    const field = data.readUInt32LE(at + 42) === 0xffffffff ? at + 46 + nameLength + 4 : 0;
    const [size, packed, start] = field
      ? [wideNumber(field), wideNumber(field + 8), wideNumber(field + 16)]
      : [data.readUInt32LE(at + 24), data.readUInt32LE(at + 20), data.readUInt32LE(at + 42)];
    const from = start + 30 + data.readUInt16LE(start + 26) + data.readUInt16LE(start + 28);
    const content = data.subarray(from, from + packed);
    const unpacked = data.readUInt16LE(at + 10) === 8 ? inflateRawSync(content) : content;
    const name = data.toString('utf8', at + 46, at + 46 + nameLength);
    if (unpacked.length !== size || crc32(unpacked) !== data.readUInt32LE(at + 16)) throw new Error(`${name} is broken`);
    const record = Buffer.from(data.subarray(at, at + length));
    if (field) record.fill(0, field + 16 - at, field + 24 - at);
    else record.fill(0, 42, 46);
    entries.set(name, `${data.toString('base64', start, from + packed)} ${record.toString('base64')}`);
    at += length;
  }
  return entries;
}

/** The text of a part. */
export function partText(bytes: Uint8Array, name: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(unzipSync(bytes, { filter: (file) => file.name === name })[name]);
}
