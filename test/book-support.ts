import { crc32, deflateRawSync } from 'node:zlib';
import { Problems } from '../src/problem.ts';

/** An entry of a zip archive as a test wants it, with whatever is wrong with it. */
export interface Part {
  name: string | Uint8Array;
  data: string | Uint8Array;
  method?: number;
  flags?: number;
  crc?: number;
  size?: number;
  /** Sizes behind the data, as streaming writers do. */
  descriptor?: boolean;
  /** Sizes and offset in a zip64 field. */
  wide?: boolean;
  localName?: string;
  extra?: Uint8Array;
  comment?: string;
  /** Offset of the local header, where it is not its own. */
  start?: number;
}

/** Writes a zip archive, bit by bit and apart from the product's code. */
export function zipOf(parts: Part[], options: { comment?: string; zip64?: boolean; prefix?: Uint8Array } = {}): Uint8Array {
  const bytes: Buffer[] = [Buffer.from(options.prefix ?? [])];
  const directory: Buffer[] = [];
  let at = bytes[0]?.length ?? 0;
  for (const part of parts) {
    const data = Buffer.from(part.data);
    const method = part.method ?? 8;
    const packed = method === 8 ? deflateRawSync(data) : data;
    const name = Buffer.from(part.name);
    const local = Buffer.from(part.localName ?? part.name);
    const crc = part.crc ?? crc32(data);
    const size = part.size ?? data.length;
    const flags = (part.flags ?? 0) | (part.descriptor ? 8 : 0);
    const extra = Buffer.from(part.extra ?? []);
    const head = Buffer.alloc(30);
    head.write('PK\x03\x04');
    for (const [value, offset] of [
      [20, 4],
      [flags, 6],
      [method, 8],
      [0x6b32, 10],
      [0x5a21, 12],
      [local.length, 26],
      [extra.length, 28],
    ] as const)
      head.writeUInt16LE(value, offset);
    if (!part.descriptor)
      for (const [value, offset] of [
        [crc, 14],
        [packed.length, 18],
        [size, 22],
      ] as const)
        head.writeUInt32LE(value, offset);
    const tail = Buffer.alloc(part.descriptor ? 16 : 0);
    if (part.descriptor) {
      tail.write('PK\x07\x08');
      tail.writeUInt32LE(crc, 4);
      tail.writeUInt32LE(packed.length, 8);
      tail.writeUInt32LE(size, 12);
    }
    const start = part.start ?? at;
    const field = Buffer.alloc(part.wide ? 28 : 0);
    if (part.wide) {
      field.writeUInt16LE(1, 0);
      field.writeUInt16LE(24, 2);
      field.writeBigUInt64LE(BigInt(size), 4);
      field.writeBigUInt64LE(BigInt(packed.length), 12);
      field.writeBigUInt64LE(BigInt(start), 20);
    }
    const comment = Buffer.from(part.comment ?? '');
    const record = Buffer.alloc(46);
    record.write('PK\x01\x02');
    record.writeUInt16LE(0x031e, 4);
    head.copy(record, 6, 4, 14);
    record.writeUInt32LE(crc, 16);
    record.writeUInt32LE(part.wide ? 0xffffffff : packed.length, 20);
    record.writeUInt32LE(part.wide ? 0xffffffff : size, 24);
    record.writeUInt16LE(name.length, 28);
    record.writeUInt16LE(field.length + extra.length, 30);
    record.writeUInt16LE(comment.length, 32);
    record.writeUInt32LE(0x81a40000, 38);
    record.writeUInt32LE(part.wide ? 0xffffffff : start, 42);
    directory.push(record, name, field, extra, comment);
    bytes.push(head, local, extra, packed, tail);
    at += 30 + local.length + extra.length + packed.length + tail.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  const wide = Buffer.alloc(options.zip64 ? 76 : 0);
  if (options.zip64) {
    wide.write('PK\x06\x06');
    wide.writeBigUInt64LE(44n, 4);
    wide.writeBigUInt64LE(BigInt(parts.length), 24);
    wide.writeBigUInt64LE(BigInt(parts.length), 32);
    wide.writeBigUInt64LE(BigInt(listing.length), 40);
    wide.writeBigUInt64LE(BigInt(at), 48);
    wide.write('PK\x06\x07', 56);
    wide.writeBigUInt64LE(BigInt(at + listing.length), 64);
    wide.writeUInt32LE(1, 72);
  }
  end.write('PK\x05\x06');
  end.writeUInt16LE(options.zip64 ? 0xffff : parts.length, 8);
  end.writeUInt16LE(options.zip64 ? 0xffff : parts.length, 10);
  end.writeUInt32LE(options.zip64 ? 0xffffffff : listing.length, 12);
  end.writeUInt32LE(options.zip64 ? 0xffffffff : at, 16);
  const comment = Buffer.from(options.comment ?? '');
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...bytes, listing, wide, end, comment]);
}

export const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const REL = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** What goes into a crafted workbook; everything may be left out but the sheets. */
export interface Crafted {
  /** By name: the whole XML of a sheet, or what stands in its `worksheet`. */
  sheets: Record<string, string>;
  /** The whole of `sharedStrings.xml`, or the `si` elements in it. */
  strings?: string;
  styles?: string;
  /** What stands in the workbook's XML behind the sheets. */
  behind?: string;
  /** Attributes of sheets, by name. */
  states?: Record<string, string>;
  /** Relations of the first sheet, as pairs of type and target, and more parts. */
  related?: [type: string, target: string][];
  parts?: Record<string, string>;
  mainType?: string;
}

/** The parts of a small workbook. */
export function partsOf(crafted: Crafted): Part[] {
  const names = Object.keys(crafted.sheets);
  const relations = (pairs: [string, string][]): string =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${pairs
      .map(([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`)
      .join('')}</Relationships>`;
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${crafted.mainType ?? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'}"/>${names.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}${crafted.strings === undefined ? '' : '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'}${crafted.styles ? '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>' : ''}</Types>`,
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<?xml version="1.0" encoding="UTF-8"?>\n<workbook ${MAIN} ${REL}><sheets>${names.map((name, index) => `<sheet name="${name.replaceAll('&', '&amp;')}" sheetId="${index + 1}" ${crafted.states?.[name] ?? ''} r:id="rId${index + 1}"/>`).join('')}</sheets>${crafted.behind ?? ''}</workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...names.map((_, index): [string, string] => ['worksheet', `worksheets/sheet${index + 1}.xml`]),
      ...(crafted.strings === undefined ? [] : [['sharedStrings', 'sharedStrings.xml'] as [string, string]]),
      ...(crafted.styles ? [['styles', 'styles.xml'] as [string, string]] : []),
    ]),
  };
  names.forEach((name, index) => {
    const xml = crafted.sheets[name] ?? '';
    parts[`xl/worksheets/sheet${index + 1}.xml`] =
      /^\s*(<\?xml[^>]*>\s*)?<(\w+:)?worksheet/.test(xml) || xml.startsWith('<!DOCTYPE')
        ? xml
        : `<worksheet ${MAIN} ${REL}>${xml}</worksheet>`;
  });
  if (crafted.strings !== undefined)
    parts['xl/sharedStrings.xml'] = crafted.strings.includes('sst')
      ? crafted.strings
      : `<sst ${MAIN} count="2" uniqueCount="2">${crafted.strings}</sst>`;
  if (crafted.styles)
    parts['xl/styles.xml'] = crafted.styles.includes('styleSheet')
      ? crafted.styles
      : `<styleSheet ${MAIN}>${crafted.styles}</styleSheet>`;
  if (crafted.related) parts['xl/worksheets/_rels/sheet1.xml.rels'] = relations(crafted.related);
  return Object.entries({ ...parts, ...crafted.parts }).map(([name, data]) => ({ name, data }));
}

/** A small workbook. */
export function bookOf(crafted: Crafted): Uint8Array {
  return zipOf(partsOf(crafted));
}

/** The problem that an action throws; fails where it throws anything else or nothing. */
export function problemOf(action: () => unknown): { code: string; message: string; hint?: string | undefined; file: string } {
  try {
    action();
  } catch (error) {
    if (error instanceof Problems && error.problems[0]) return error.problems[0];
    throw error;
  }
  throw new Error('nothing was thrown');
}
