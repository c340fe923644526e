import { cellName } from '../book/address.ts';
import type { Book, BookSheet, CellEdit, RowNeed } from '../book/book.ts';
import { HIGHEST } from '../book/growth.ts';
import { covered } from '../book/search.ts';

/** A text that does not fit into a row whose height somebody set. */
export interface Clipped {
  sheet: string;
  cell: string;
  /** The row's height and the height that the text needs, both in points. */
  height: number;
  needed: number;
}

/** How much room texts need: rows that have to grow for them, and those that cannot. */
export interface Room {
  needs: RowNeed[];
  clipped: Clipped[];
}

/** The height of a line in the usual font of 11 points. */
const LINE = 15;
/** The width, in characters, of columns that say none. */
const USUAL_WIDTH = 8.43;
/** No merged cell that people read spans more rows or columns; one of a million rows is a mistake or an attack. */
const MOST_MERGED = 200;

/** The room that written texts need on screen and paper. An estimate: fonts are not measured. */
export function roomFor(book: Book, edits: readonly CellEdit[]): Room {
  const sheets = new Map(
    book.sheets.map((sheet) => {
      const own = edits.filter((edit) => edit.sheet === sheet.name);
      // Most sheets are only read.
      const rows = own.length > 0 ? sheet.rows : [];
      return [
        sheet.name,
        {
          ...sheet,
          merged: covered(sheet.merges, own),
          heights: new Map(rows.map((row) => [row.row, row.height])),
          wrapping: new Map(
            rows.map((row) => [row.row, new Set(row.cells.filter((cell) => cell.wraps).map((cell) => cell.column))]),
          ),
        },
      ];
    }),
  );
  const needs = new Map<string, RowNeed>();
  const clipped: Clipped[] = [];
  for (const edit of edits) {
    const sheet = sheets.get(edit.sheet);
    // Where lines are not broken, no height helps.
    if (!sheet || typeof edit.value !== 'string' || !sheet.wrapping.get(edit.row)?.has(edit.column)) continue;
    const merge = sheet.merged.get(edit);
    const bottom = merge?.bottom ?? edit.row;
    const needed = linesIn(edit.value, widthOf(sheet, edit.column, merge?.right ?? edit.column)) * LINE;
    const height = setHeight(sheet.heights, edit.row, bottom) ?? (needed > HIGHEST ? HIGHEST : undefined);
    // A few points more or less are a matter of the font.
    if (height !== undefined && needed > height + LINE / 2)
      clipped.push({ sheet: edit.sheet, cell: cellName(edit.row, edit.column), height, needed });
    // What spans several rows has the room of all of them.
    if (needed <= LINE || bottom > edit.row) continue;
    const key = `${edit.sheet}\u0000${edit.row}`;
    if ((needs.get(key)?.height ?? 0) < needed) needs.set(key, { sheet: edit.sheet, row: edit.row, height: needed });
  }
  return { needs: [...needs.values()], clipped };
}

/** The height of some rows together; undefined where one of them grows with its text. */
function setHeight(heights: ReadonlyMap<number, number | undefined>, top: number, bottom: number): number | undefined {
  if (bottom - top > MOST_MERGED) return undefined;
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
  for (let column = left; column <= Math.min(right, left + MOST_MERGED); column++) sum += sheet.widths.get(column) ?? USUAL_WIDTH;
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
      lines += Math.max(0, Math.floor((used - 1) / width));
      used = used > width ? used % width || width : used;
    }
  }
  return lines;
}
