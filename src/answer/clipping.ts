import { cellName } from '../book/address.ts';
import type { Book, BookSheet, CellEdit, Range } from '../book/book.ts';

/** A text that does not fit into a row whose height is fixed. */
export interface Clipped {
  sheet: string;
  cell: string;
  /** The row's height and the height that the text needs, both in points. */
  height: number;
  needed: number;
}

/** The height of a line in the usual font of 11 points. */
const LINE = 15;
/** The width, in characters, of columns that say none. */
const USUAL_WIDTH = 8.43;

/** Where texts that are written into fixed rows will be cut off on screen and paper. An estimate: fonts are not measured. */
export function clippedTexts(book: Book, edits: readonly CellEdit[]): Clipped[] {
  const sheets = new Map(
    book.sheets.map((sheet) => [sheet.name, { ...sheet, heights: new Map(sheet.rows.map((row) => [row.row, row.height])) }]),
  );
  return edits.flatMap((edit): Clipped[] => {
    const sheet = sheets.get(edit.sheet);
    if (!sheet || typeof edit.value !== 'string') return [];
    const merge = sheet.merges.find((range) => contains(range, edit));
    const bottom = merge?.bottom ?? edit.row;
    const heights = heightOf(sheet.heights, edit.row, bottom);
    if (heights === undefined) return [];
    const needed = linesIn(edit.value, widthOf(sheet, edit.column, merge?.right ?? edit.column)) * LINE;
    // A few points more or less are a matter of the font.
    if (needed <= heights + LINE / 2) return [];
    return [{ sheet: edit.sheet, cell: cellName(edit.row, edit.column), height: heights, needed }];
  });
}

function contains(range: Range, cell: { row: number; column: number }): boolean {
  return range.top <= cell.row && cell.row <= range.bottom && range.left <= cell.column && cell.column <= range.right;
}

/** No merged cell that people read is taller; one of a million rows is a mistake or an attack. */
const MOST_ROWS = 200;

/** The height of some rows together; undefined where one of them grows with its text. */
function heightOf(heights: ReadonlyMap<number, number | undefined>, top: number, bottom: number): number | undefined {
  if (bottom - top > MOST_ROWS) return undefined;
  let sum = 0;
  for (let row = top; row <= bottom; row++) {
    const height = heights.get(row);
    if (height === undefined) return undefined;
    sum += height;
  }
  return sum;
}

function widthOf(sheet: BookSheet, left: number, right: number): number {
  let sum = 0;
  for (let column = left; column <= Math.min(right, left + MOST_ROWS); column++) sum += sheet.widths.get(column) ?? USUAL_WIDTH;
  return Math.max(1, sum);
}

/** How many lines a text takes when it is wrapped at words. */
function linesIn(text: string, width: number): number {
  let lines = 0;
  for (const paragraph of text.split('\n')) {
    let used = 0;
    lines += 1;
    for (const word of paragraph.split(' ')) {
      if (used > 0 && used + 1 + word.length > width) {
        lines += 1;
        used = 0;
      }
      used += (used > 0 ? 1 : 0) + word.length;
      // A word longer than the line is broken.
      lines += Math.floor((used - 1) / width);
      used = used > width ? used % width || width : used;
    }
  }
  return lines;
}
