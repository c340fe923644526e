import { cellName, parseRange } from './address.ts';
import type { Range } from './book.ts';
import {
  afterSpace,
  blanked,
  type Element,
  elementAt,
  findElement,
  findTag,
  isTag,
  prefixOf,
  rootElement,
  tagNames,
} from './element.ts';
import { beforeFirstRow, openCell, openCellAt, openRow } from './position.ts';
import type { Fail } from './refusal.ts';
import { attributeIn } from './tag.ts';

/** A row or a cell with its number. */
export interface Numbered {
  number: number;
  element: Element;
}

/** The rows of a sheet and what is around them. */
export interface SheetScan {
  /** The XML with all blanked that is no element. */
  xml: string;
  /** The prefix of its elements. */
  prefix: string;
  /** The element that holds the rows. */
  data: Element;
  /** The one that says which cells are in use, if there is one. */
  dimension: Element | undefined;
  /** In the order of the file. */
  rows: Numbered[];
  /** The element that lists merged ranges, if there is one, and those. */
  mergeList: Element | undefined;
  merges: Range[];
  /** Ranges that one formula fills. */
  arrays: Range[];
  formulas: boolean;
}

/** Each costs a look for every answer. */
const MOST_RANGES = 100_000;

/** Finds the rows of a sheet whose XML is held as Latin-1. Calls `fail` where the XML is broken. */
export function scanSheet(part: string, fail: Fail): SheetScan {
  const xml = blanked(part, fail);
  const root = rootElement(xml, fail);
  const prefix = prefixOf(root);
  const data = findElement(xml, `${prefix}sheetData`, root.contentFrom, root.contentTo, fail) ?? fail('has no place for rows');
  const dimension = findElement(xml, `${prefix}dimension`, root.contentFrom, data.start, fail);
  const rows = rowsIn(xml, prefix, data, fail);
  const mergeList = findElement(xml, `${prefix}mergeCells`, data.end, root.contentTo, fail);
  const merges = mergeList ? rangesOf(xml, `<${prefix}mergeCell`, mergeList, fail) : [];
  return { xml, prefix, data, dimension, rows, mergeList, merges, ...formulasIn(xml, prefix, data, fail) };
}

/** The ranges that tags refer to between two places. */
function rangesOf(
  xml: string,
  tag: string,
  { contentFrom, contentTo }: Element,
  fail: Fail,
  wanted = (_at: number) => true,
): Range[] {
  const ranges: Range[] = [];
  for (let at = findTag(xml, tag, contentFrom, contentTo); at >= 0; at = findTag(xml, tag, at + tag.length, contentTo)) {
    const range = wanted(at) ? parseRange(attributeIn(xml, 'ref', at) ?? '') : undefined;
    if (range) ranges.push(range);
    if (ranges.length > MOST_RANGES) fail('has more merged cells and array formulas than people make');
  }
  return ranges;
}

function rowsIn(xml: string, prefix: string, data: Element, fail: Fail): Numbered[] {
  const rows: Numbered[] = [];
  const position = beforeFirstRow();
  const [rowTags, cellTags] = [tagNames(`${prefix}row`), tagNames(`${prefix}c`)];
  for (let at = afterSpace(xml, data.contentFrom); at < data.contentTo; at = afterSpace(xml, at)) {
    if (!isTag(xml, rowTags.opening, at)) fail('has something else among its rows');
    const element = elementAt(xml, rowTags, at, data.contentTo, fail);
    openRow(position, attributeIn(xml, 'r', at), fail);
    const first = afterSpace(xml, element.contentFrom);
    if (!position.said && element.contentFrom < element.contentTo && isTag(xml, cellTags.opening, first))
      openCell(position, attributeIn(xml, 'r', first), fail);
    rows.push({ number: position.row, element });
    at = element.end;
  }
  return rows;
}

/** Whether there are formulas, and the ranges of those that fill more than their own cell: arrays, spilled results, data tables. */
function formulasIn(xml: string, prefix: string, data: Element, fail: Fail): { formulas: boolean; arrays: Range[] } {
  const tag = `<${prefix}f`;
  if (findTag(xml, tag, data.contentFrom, data.contentTo) < 0) return { formulas: false, arrays: [] };
  const fillsMore = (at: number): boolean => ![undefined, 'shared', 'normal'].includes(attributeIn(xml, 't', at));
  return { formulas: true, arrays: rangesOf(xml, tag, data, fail, fillsMore) };
}

/** The cells of a row, in the order of the file. */
export function cellsIn(
  { xml, prefix }: SheetScan,
  { number: row, element: { contentFrom, contentTo } }: Numbered,
  fail: Fail,
): Numbered[] {
  const cells: Numbered[] = [];
  const position = { ...beforeFirstRow(), row };
  const tags = tagNames(`${prefix}c`);
  for (let at = afterSpace(xml, contentFrom); at < contentTo; at = afterSpace(xml, at)) {
    // What may follow the cells of a row is no cell.
    if (!isTag(xml, tags.opening, at)) break;
    const element = elementAt(xml, tags, at, contentTo, fail);
    const name = at + tags.opening.length;
    if (!(xml.startsWith(' r="', name) && openCellAt(position, xml, name + 4)))
      openCell(position, attributeIn(xml, 'r', at), fail);
    cells.push({ number: position.column, element });
    at = element.end;
  }
  return cells;
}

/**
 * The cells of a row in the columns given, where the native search finds each by its name, once: most answers go into cells that the file
 * has, and nothing else of the row is then read. Nothing where one is missing or there twice; `cellsIn` tells what is the matter. A cell
 * that is there a second time under another spelling was refused by `openBook`, through which a book comes to its questions.
 */
export function cellsNamed(
  { xml, prefix }: SheetScan,
  { number: row, element: { contentFrom, contentTo } }: Numbered,
  columns: Iterable<number>,
  fail: Fail,
): Numbered[] | undefined {
  const cells: Numbered[] = [];
  const content = xml.slice(contentFrom, contentTo);
  const tags = tagNames(`${prefix}c`);
  for (const column of columns) {
    const named = `${tags.opening} r="${cellName(row, column)}"`;
    const at = content.indexOf(named);
    if (at < 0 || content.includes(named, at + named.length)) return undefined;
    cells.push({ number: column, element: elementAt(xml, tags, contentFrom + at, contentTo, fail) });
  }
  return cells;
}

/** An element's opening tag. Attributes that matter are numbers, names of cells and flags, which need no entities. */
export function openingTag(xml: string, { start, contentFrom }: Element, fail: Fail): string {
  const tag = xml.slice(start, contentFrom);
  if (tag.includes('&')) fail('has an entity where a number should be');
  return tag;
}

/** The values of an element's attributes, as written. */
export function attributesOf(xml: string, element: Element, fail: Fail): (name: string) => string | undefined {
  const tag = openingTag(xml, element, fail);
  // Most tags lack most attributes, which the native search tells many times faster.
  return (name) => (tag.includes(name) ? attributeIn(tag, name) : undefined);
}
