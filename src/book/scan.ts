import { parseRange } from './address.ts';
import type { Range } from './book.ts';
import { openCell, openRow, start } from './position.ts';
import { type Attributes, local } from './xml.ts';

/**
 * Where things stand in the XML of a part, to the byte. The XML is held as Latin-1, one character a byte: all markup is ASCII, and what is
 * not is only carried along.
 */

/** A tag as it stands in the text: `<row r="1">`, `</row>` or `<row/>`. */
export interface Tag {
  /** With its prefix, if it has one. */
  name: string;
  kind: 'open' | 'close' | 'empty';
  start: number;
  end: number;
}

/** An element from its opening tag to its closing one, which is the same tag where it is empty. */
export interface Spot {
  open: Tag;
  close: Tag;
}

/** A row or a cell, with its number. */
export interface NumberedSpot extends Spot {
  number: number;
  attributes: Attributes;
}

/** A cell, as far as it matters before it is replaced. */
export interface CellSpot extends NumberedSpot {
  formula: boolean;
}

/** The rows of a sheet and what is around them. */
export interface SheetScan {
  /** The element that holds the rows. */
  data: Spot;
  /** The tag that says which cells are in use, if there is one. */
  dimension?: Tag;
  /** In the order of the file. */
  rows: NumberedSpot[];
  /** Ranges that one formula fills. */
  arrays: Range[];
  formulas: boolean;
}

/** Says what is wrong with the XML. */
export type Fail = (what: string) => never;

/** Finds the rows of a sheet. Calls `fail` where the XML is broken. */
export function scanSheet(xml: string, fail: Fail): SheetScan {
  let dimension: Tag | undefined;
  for (const { tag, path } of walk(xml, 0, fail)) {
    if (path.length !== 1 || tag.kind === 'close') continue;
    const name = local(tag.name);
    if (name === 'dimension') dimension = tag;
    if (name !== 'sheetData') continue;
    const scan: SheetScan = { data: { open: tag, close: tag }, rows: [], arrays: [], formulas: false };
    if (dimension) scan.dimension = dimension;
    if (tag.kind === 'open') scan.data.close = scanRows(xml, tag.end, scan, fail);
    return scan;
  }
  return fail('has no place for rows');
}

/** Each costs a look for every answer. */
const MOST_ARRAYS = 100_000;

/** Fills in the rows from `at` on; returns the tag that ends them. */
function scanRows(xml: string, at: number, scan: SheetScan, fail: Fail): Tag {
  const position = start();
  let row: NumberedSpot | undefined;
  for (const { tag, path } of walk(xml, at, fail)) {
    const name = local(tag.name);
    if (tag.kind === 'close') {
      if (path.length > 0) continue;
      if (name === 'sheetData') return tag;
      if (!row || tag.name !== row.open.name) fail('is not well-formed XML');
      row.close = tag;
    } else if (path.length === 0) {
      if (name !== 'row') fail(`has “${name.slice(0, 20)}” among its rows`);
      const attributes = attributesOf(xml, tag, fail);
      openRow(position, attributes.r, fail);
      row = { number: position.row, open: tag, close: tag, attributes };
      scan.rows.push(row);
    } else if (path.length === 1 && name === 'c' && row && !position.said && !position.begun) {
      openCell(position, attributesOf(xml, tag, fail).r, fail);
      row.number = position.row;
    } else if (path.length === 2 && name === 'f') {
      scan.formulas = true;
      const { t, ref = '' } = attributesOf(xml, tag, fail);
      const range = t === 'array' || t === 'dataTable' ? parseRange(ref) : undefined;
      if (range) scan.arrays.push(range);
      if (scan.arrays.length > MOST_ARRAYS) fail('has more array formulas than people make');
    }
  }
  return fail('is cut short');
}

/** Finds the cells of a row. */
export function scanCells(xml: string, row: NumberedSpot, fail: Fail): CellSpot[] {
  const cells: CellSpot[] = [];
  if (row.open.kind === 'empty') return cells;
  const position = { ...start(), row: row.number };
  let cell: CellSpot | undefined;
  for (const { tag, path } of walk(xml, row.open.end, fail)) {
    const name = local(tag.name);
    if (tag.start === row.close.start) break;
    if (path.length === 0 && tag.kind === 'close') {
      if (cell) cell.close = tag;
    } else if (path.length === 0) {
      cell = undefined;
      if (name !== 'c') continue;
      const attributes = attributesOf(xml, tag, fail);
      openCell(position, attributes.r, fail);
      cell = { number: position.column, open: tag, close: tag, attributes, formula: false };
      cells.push(cell);
    } else if (path.length === 1 && name === 'f' && cell) cell.formula = true;
  }
  return cells;
}

/**
 * The tags from `at` on, each with the names of the elements around it that opened since; at a closing tag its own is no longer among
 * them. A closing tag for which none opened here comes with an empty path. Comments, character data and instructions are passed over.
 */
export function* walk(xml: string, at: number, fail: Fail): Generator<{ tag: Tag; path: readonly string[] }> {
  const path: string[] = [];
  for (let tag = nextTag(xml, at, fail); tag; tag = nextTag(xml, tag.end, fail)) {
    if (tag.kind === 'close' && path.length > 0 && path.pop() !== tag.name) fail('is not well-formed XML');
    yield { tag, path };
    if (tag.kind === 'open') path.push(tag.name);
  }
}

function nextTag(xml: string, at: number, fail: Fail): Tag | undefined {
  for (let from = xml.indexOf('<', at); from >= 0; from = xml.indexOf('<', from)) {
    const code = xml.charCodeAt(from + 1);
    if (code === 33 || code === 63) {
      from = passOver(xml, from, fail);
      continue;
    }
    const closing = code === 47;
    const first = closing ? from + 2 : from + 1;
    let end = first;
    while (end < xml.length && isNamePart(xml.charCodeAt(end))) end++;
    const name = xml.slice(first, end);
    end = tagEnd(xml, end);
    if (name === '' || end < 0) fail('is not well-formed XML');
    const empty = xml.charCodeAt(end - 2) === 47;
    return { name, kind: closing ? 'close' : empty ? 'empty' : 'open', start: from, end };
  }
  return undefined;
}

/** What is no element, by how it begins and ends. */
const PASSED_OVER = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

function passOver(xml: string, from: number, fail: Fail): number {
  for (const [opening, closing] of PASSED_OVER) {
    if (!xml.startsWith(opening, from)) continue;
    const end = xml.indexOf(closing, from + opening.length);
    if (end >= 0) return end + closing.length;
  }
  return fail('is not well-formed XML');
}

/** Where the tag ends, past any quoted values; -1 where it never does. */
function tagEnd(xml: string, from: number): number {
  for (let at = from; at < xml.length; at++) {
    const code = xml.charCodeAt(at);
    if (code === 62) return at + 1;
    if (code === 60) return -1;
    if (code !== 34 && code !== 39) continue;
    at = xml.indexOf(code === 34 ? '"' : "'", at + 1);
    if (at < 0) return -1;
  }
  return -1;
}

/** Neither white space nor `/` nor `>`. */
function isNamePart(code: number): boolean {
  return code > 32 && code !== 47 && code !== 62;
}

const ATTRIBUTE = /([^\s=/<>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The attributes of a tag by their names as written. Those that matter are numbers, names of cells and flags, which need no entities. */
export function attributesOf(xml: string, tag: Tag, fail: Fail): Attributes {
  const attributes: Attributes = {};
  for (const [, name = '', double, single] of xml.slice(tag.start + tag.name.length + 1, tag.end).matchAll(ATTRIBUTE)) {
    const value = double ?? single ?? '';
    if (value.includes('&')) fail('has an entity where a number should be');
    attributes[name] = value;
  }
  return attributes;
}
