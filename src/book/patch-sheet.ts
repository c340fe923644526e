import { cellName, holds, parseRange } from './address.ts';
import type { CellEdit, CellValue } from './book.ts';
import { cellElement, fitting, type SharedTexts } from './cell-element.ts';
import type { Element } from './element.ts';
import type { Growth } from './growth.ts';
import type { Numbered, SheetScan } from './scan.ts';
import { firstFrom } from './search.ts';
import type { Splice } from './splice.ts';
import { attributeIn, opening, withAttribute } from './tag.ts';
import type { Target, TargetRow } from './targets.ts';

/**
 * What puts answers into a sheet; `current` gives what existing cells hold now. Nothing changes but the cells themselves and, where a cell
 * is new, its row and what says which cells are in use; and the heights of rows that need more room for an answer. A cell that holds its
 * answer already stays as it is. Answers that had to be shortened are added to `cut`.
 */
export function patchSheet(
  scan: SheetScan,
  targets: readonly Target[],
  texts: SharedTexts | undefined,
  current: ReadonlyMap<Target, CellValue | undefined>,
  grows: Growth,
  cut: CellEdit[],
): Splice[] {
  const { prefix, dimension } = scan;
  const replaced: Splice[] = [];
  const news: New[] = [];
  const touched = new Map<TargetRow, New[]>();
  for (const target of targets) {
    const { edit, row, column, style, inRow, cell } = target;
    const { value, cut: shortened } = fitting(edit.value);
    if (shortened) cut.push(edit);
    const held = current.get(target);
    if (held === undefined ? value === null : fitting(held).value === value) continue;
    const added = inRow && listed(touched, inRow);
    if (cell) {
      if (texts && cell.type === 's') texts.uses--;
      const element = cellElement(cell.element.name, cell.kept, value, texts);
      replaced.push({ from: cell.element.start, to: cell.element.end, text: element });
    } else {
      const attributes = ` r="${cellName(row, column)}"${style > 0 ? ` s="${style}"` : ''}`;
      const one = { target, element: cellElement(`${prefix}c`, attributes, value, texts) };
      news.push(one);
      added?.push(one);
    }
  }
  return replaced.concat(
    intoRows(scan.xml, touched, grows),
    newRows(scan, news),
    dimension ? widenedUse(scan.xml, dimension, news) : [],
  );
}

/** A cell that the file does not have yet. */
interface New {
  target: Target;
  element: string;
}

/** Puts new cells into the rows that the file has, and gives rows with answers the height they need. */
function intoRows(xml: string, touched: ReadonlyMap<TargetRow, New[]>, grows: Growth): Splice[] {
  return [...touched].flatMap(([{ element: row, number, cells }, added]) => {
    const { name, start, contentFrom, end } = row;
    const tag = xml.slice(start, contentFrom);
    const changed = widenedSpans(
      grows(tag, number),
      added.map(({ target }) => target.column),
    );
    if (contentFrom === end) {
      const filled = added.map(({ element }) => element).join('');
      return [{ from: start, to: end, text: `${opening(changed)}${filled}</${name}>` }];
    }
    const placeFor = placeFinder(cells, contentFrom);
    const splices = added.map(({ target, element }) => {
      const at = placeFor(target.column);
      return { from: at, to: at, text: element };
    });
    return changed === tag ? splices : [{ from: start, to: contentFrom, text: changed }, ...splices];
  });
}

/** Puts new rows, with their cells, among those that the file has. */
function newRows({ prefix, data, rows }: SheetScan, news: readonly New[]): Splice[] {
  const byRow = new Map<number, New[]>();
  for (const one of news) if (!one.target.inRow) listed(byRow, one.target.row).push(one);
  const added = [...byRow].map(([row, cells]) => ({
    row,
    text: `<${prefix}row r="${row}">${cells.map(({ element }) => element).join('')}</${prefix}row>`,
  }));
  if (data.contentFrom === data.end && added.length > 0) {
    // The tag carries nothing but its name.
    const text = `<${data.name}>${added.map((row) => row.text).join('')}</${data.name}>`;
    return [{ from: data.start, to: data.end, text }];
  }
  const placeFor = placeFinder(rows, data.contentFrom);
  return added.map(({ row, text }) => ({ from: placeFor(row), to: placeFor(row), text }));
}

/** Where a new row or cell goes by its number: in front of the first one with a greater number, else behind the last; `first` if there is none. */
function placeFinder(others: readonly Numbered[], first: number): (number: number) => number {
  // Where a writer left them out of order, the greatest number so far still grows, so it can be searched by halves.
  let most = 0;
  const greatest = others.map(({ number }) => {
    most = Math.max(most, number);
    return most;
  });
  return (number) =>
    others[firstFrom(greatest, (upToHere) => upToHere, number)]?.element.start ?? others.at(-1)?.element.end ?? first;
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
  const said = attributeIn(tag, 'spans');
  if (said === undefined || columns.length === 0) return tag;
  let from = Math.min(...columns);
  let to = Math.max(...columns);
  let reaches = false;
  for (const span of said.split(' ')) {
    const [left = 0, right = 0] = span.split(':').map(Number);
    if (!(left > 0 && right > 0)) continue;
    reaches ||= columns.every((column) => column >= left && column <= right);
    from = Math.min(from, left);
    to = Math.max(to, right);
  }
  return reaches ? tag : withAttribute(tag, 'spans', `${from}:${to}`);
}

/** The tag of the cells in use, widened where new cells lie outside: some readers stop where it ends. */
function widenedUse(xml: string, { start, contentFrom }: Element, news: readonly New[]): Splice[] {
  const written = xml.slice(start, contentFrom);
  const range = parseRange(attributeIn(written, 'ref') ?? '');
  if (!range || news.every(({ target }) => holds(range, target.row, target.column))) return [];
  const wide = { ...range };
  for (const { target } of news) {
    wide.top = Math.min(wide.top, target.row);
    wide.left = Math.min(wide.left, target.column);
    wide.bottom = Math.max(wide.bottom, target.row);
    wide.right = Math.max(wide.right, target.column);
  }
  const ref = `${cellName(wide.top, wide.left)}:${cellName(wide.bottom, wide.right)}`;
  return [{ from: start, to: contentFrom, text: withAttribute(written, 'ref', ref) }];
}
