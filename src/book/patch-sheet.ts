import { cellName, columnLetters, parseRange } from './address.ts';
import type { BookCell, CellEdit } from './book.ts';
import { cellElement, fitting, type SharedTexts } from './cell-element.ts';
import { type Fail, type NumberedSpot, type SheetScan, scanCells, type Tag } from './scan.ts';
import { asBytes, type Splice, splice, withAttribute } from './splice.ts';
import type { Target } from './targets.ts';

/**
 * Puts answers into a sheet's XML, which is held as Latin-1; `current` gives what an existing cell holds now. Nothing changes but the
 * cells themselves and, where a cell is new, its row and what says which cells are in use; and the heights of rows that need more room for
 * an answer. A cell that holds its answer already stays as it is. Answers that had to be shortened are added to `cut`.
 */
export function patchSheet(
  xml: string,
  scan: SheetScan,
  targets: readonly Target[],
  texts: SharedTexts | undefined,
  current: ReadonlyMap<Target, BookCell>,
  needs: ReadonlyMap<number, number>,
  cut: CellEdit[],
  fail: Fail,
): string {
  const prefix = scan.data.open.name.slice(0, -'sheetData'.length);
  const splices: Splice[] = [];
  const news: New[] = [];
  const grows = growth(xml, scan, needs);
  const grown = new Set<NumberedSpot>();
  for (const target of targets) {
    const { edit, row, column, style, cell } = target;
    const { value, cut: shortened } = fitting(edit.value);
    if (shortened) cut.push(edit);
    if ((current.get(target)?.value ?? null) === value) continue;
    if (target.rowSpot) grown.add(target.rowSpot);
    if (cell) {
      if (texts && cell.attributes.t === 's') texts.uses--;
      const element = cellElement(cell.open.name, keptAttributes(xml, cell.open), value, texts);
      splices.push({ from: cell.open.start, to: cell.close.end, text: asBytes(element) });
    } else {
      const attributes = ` r="${cellName(row, column)}"${style > 0 ? ` s="${style}"` : ''}`;
      news.push({ target, element: asBytes(cellElement(`${prefix}c`, attributes, value, texts)) });
    }
  }
  splices.push(...intoRows(xml, news, grows, fail), ...newRows(scan, news, prefix));
  const widened = new Set(news.map(({ target }) => target.rowSpot));
  for (const { number, open } of [...grown].filter((row) => !widened.has(row))) {
    const tag = xml.slice(open.start, open.end);
    const text = grows(tag, number);
    if (text !== tag) splices.push({ from: open.start, to: open.end, text });
  }
  if (scan.dimension) splices.push(...widenedUse(xml, scan.dimension, news));
  return splices.length > 0 ? splice(xml, splices) : xml;
}

/** A cell that the file does not have yet. */
interface New {
  target: Target;
  element: string;
}

/** The attributes of a cell, as written, without those that speak of its former value. */
function keptAttributes(xml: string, tag: Tag): string {
  const written = xml.slice(tag.start + 1 + tag.name.length, tag.end).replace(/\s*\/?>$/, '');
  return Buffer.from(written.replace(/\s+(?:t|cm|vm)\s*=\s*(?:"[^"]*"|'[^']*')/g, ''), 'latin1').toString('utf8');
}

/** Puts new cells into the rows that the file has. */
function intoRows(xml: string, news: readonly New[], grows: Growth, fail: Fail): Splice[] {
  const byRow = new Map<NumberedSpot, New[]>();
  for (const one of news) {
    const row = one.target.rowSpot;
    if (row) listed(byRow, row).push(one);
  }
  return [...byRow].flatMap(([row, cells]) => {
    const { open } = row;
    const tag = xml.slice(open.start, open.end);
    const widened = widenedSpans(
      grows(tag, row.number),
      cells.map(({ target }) => target.column),
    );
    if (open.kind === 'empty') {
      const filled = cells.map(({ element }) => element).join('');
      return [{ from: open.start, to: open.end, text: `${widened.replace(/\s*\/>$/, '>')}${filled}</${open.name}>` }];
    }
    const placeFor = placeFinder(scanCells(xml, row, fail), open.end);
    const splices = cells.map(({ target, element }) => {
      const at = placeFor(target.column);
      return { from: at, to: at, text: element };
    });
    return widened === tag ? splices : [{ from: open.start, to: open.end, text: widened }, ...splices];
  });
}

/** Puts new rows, with their cells, among those that the file has. */
function newRows(scan: SheetScan, news: readonly New[], prefix: string): Splice[] {
  const byRow = new Map<number, New[]>();
  for (const one of news) if (!one.target.rowSpot) listed(byRow, one.target.row).push(one);
  const rows = [...byRow].map(([row, cells]) => ({
    row,
    text: `<${prefix}row r="${row}">${cells.map(({ element }) => element).join('')}</${prefix}row>`,
  }));
  const { open, close } = scan.data;
  if (open.kind === 'empty' && rows.length > 0) {
    // The tag carries nothing but its name.
    const text = `<${open.name}>${rows.map((row) => row.text).join('')}</${open.name}>`;
    return [{ from: open.start, to: close.end, text }];
  }
  const placeFor = placeFinder(scan.rows, open.end);
  return rows.map(({ row, text }) => ({ from: placeFor(row), to: placeFor(row), text }));
}

/** Where a new row or cell goes by its number: in front of the first one with a greater number, else behind the last; `first` if there is none. */
function placeFinder(spots: readonly NumberedSpot[], first: number): (number: number) => number {
  // Where a writer left them out of order, the greatest number so far still grows, so it can be searched by halves.
  let most = 0;
  const greatest = spots.map(({ number }) => {
    most = Math.max(most, number);
    return most;
  });
  return (number) => {
    let low = 0;
    let high = spots.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((greatest[middle] ?? 0) <= number) low = middle + 1;
      else high = middle;
    }
    return spots[low]?.open.start ?? spots.at(-1)?.close.end ?? first;
  };
}

function listed<Key>(lists: Map<Key, New[]>, key: Key): New[] {
  let list = lists.get(key);
  if (!list) {
    list = [];
    lists.set(key, list);
  }
  return list;
}

/** A row's tag whose `spans`, where it has them, reach the given columns. */
function widenedSpans(tag: string, columns: readonly number[]): string {
  const said = /\sspans\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(tag);
  if (!said) return tag;
  const spans = (said[1] ?? said[2] ?? '').split(/\s+/).map((span) => span.split(':').map(Number));
  if (columns.every((column) => spans.some(([from = 0, to = 0]) => column >= from && column <= to))) return tag;
  const ends = [...spans.flat().filter((end) => end > 0), ...columns];
  return withAttribute(tag, 'spans', `${Math.min(...ends)}:${Math.max(...ends)}`);
}

/** Gives a row's tag the height that the row needs. */
type Growth = (tag: string, row: number) => string;

/** No row is higher, in points. */
const HIGHEST = 409.5;

/**
 * How rows of a sheet grow. A height that somebody set stays; so does a row without one where the sheet hides such rows or gives all of them
 * a set height.
 */
function growth(xml: string, { data }: SheetScan, needs: ReadonlyMap<number, number>): Growth {
  const format = /<(?:\w+:)?sheetFormatPr\b[^>]*>/.exec(xml.slice(0, data.open.start))?.[0] ?? '';
  const isSet = isOn(format, 'customHeight') || isOn(format, 'zeroHeight');
  return (tag, row) => {
    const need = needs.get(row);
    if (need === undefined || isOn(tag, 'customHeight') || isOn(tag, 'hidden')) return tag;
    const [, one, other] = /\sht\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(tag) ?? [];
    const height = Number(one ?? other ?? Number.NaN);
    if (Number.isNaN(height) ? isSet : height >= need || height === 0) return tag;
    return withAttribute(tag, 'ht', String(Math.min(need, HIGHEST)));
  };
}

function isOn(tag: string, attribute: string): boolean {
  return new RegExp(`\\s${attribute}\\s*=\\s*["'](?:1|true)["']`).test(tag);
}

/** The tag of the cells in use, widened where new cells lie outside: some readers stop where it ends. */
function widenedUse(xml: string, tag: Tag, news: readonly New[]): Splice[] {
  const written = xml.slice(tag.start, tag.end);
  const said = /\sref\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(written);
  const range = said && parseRange(said[1] ?? said[2] ?? '');
  if (!range) return [];
  const wide = { ...range };
  for (const { target } of news) {
    wide.top = Math.min(wide.top, target.row);
    wide.left = Math.min(wide.left, target.column);
    wide.bottom = Math.max(wide.bottom, target.row);
    wide.right = Math.max(wide.right, target.column);
  }
  if (wide.top === range.top && wide.left === range.left && wide.bottom === range.bottom && wide.right === range.right) return [];
  const ref = `${columnLetters(wide.left)}${wide.top}:${columnLetters(wide.right)}${wide.bottom}`;
  return [{ from: tag.start, to: tag.end, text: withAttribute(written, 'ref', ref) }];
}
