import { holds } from '../book/address.ts';
import type { BookCell, BookRow, BookSheet, Choices, Range } from '../book/book.ts';
import { plain } from './wording.ts';

/** A sheet by its cells: what stands where, what is merged, what a cell allows. */
export interface Grid {
  sheet: BookSheet;
  /** Rows that hold a text, in order. */
  rows: BookRow[];
  /** The columns that hold a text, in order; no more than a form could have. */
  columns: number[];
  cell(row: number, column: number): BookCell | undefined;
  /** What the cell shows, in one line; empty below or beside the top left of a merge, as in Excel. */
  text(row: number, column: number): string;
  /** The merged range a cell lies in. */
  merge(row: number, column: number): Range | undefined;
  /** What the cell allows; nothing where it has no list. */
  choices(row: number, column: number): Choices | undefined;
  /** True where a person can write on a protected sheet. */
  unlocked(row: number, column: number): boolean;
  isHidden(column: number): boolean;
}

/** Ranges beyond this width are looked through one by one; nobody has many of them. */
const WIDE = 64;
/** The same for merges by their height. */
const TALL = 500;
/** Ranges which are looked through one by one at most; more are an attack. */
const MOST_LARGE = 200;

/** The widest real form has some fifty; wider sheets are data, or an attack. */
const MOST_COLUMNS = 256;

/** Grids are asked for again and again, and a large sheet takes a while. */
const made = new WeakMap<BookSheet, Grid>();

/** Makes the cells of a sheet easy to find. */
export function gridOf(sheet: BookSheet): Grid {
  const known = made.get(sheet);
  if (known) return known;
  const grid = makeGrid(sheet);
  made.set(sheet, grid);
  return grid;
}

function makeGrid(sheet: BookSheet): Grid {
  const rows = sheet.rows.filter((row) => row.cells.some((cell) => cell.text.trim() !== ''));
  const cells = new Map<number, Map<number, BookCell>>();
  const used = new Set<number>();
  for (const row of sheet.rows) {
    cells.set(row.row, new Map(row.cells.map((cell) => [cell.column, cell])));
    for (const cell of row.cells) if (cell.text.trim() !== '') used.add(cell.column);
  }
  const mergeAt = mergeFinder(sheet.merges);
  const choicesAt = choiceFinder(sheet.choices);
  const cell = (row: number, column: number): BookCell | undefined => cells.get(row)?.get(column);
  return {
    sheet,
    rows,
    columns: [...used].sort((a, b) => a - b).slice(0, MOST_COLUMNS),
    cell,
    text: (row, column) => plain(cell(row, column)?.text ?? ''),
    merge: mergeAt,
    choices: choicesAt,
    unlocked: (row, column) => cell(row, column)?.locked === false,
    isHidden: (column) => sheet.hiddenColumns.some((range) => column >= range.left && column <= range.right),
  };
}

function mergeFinder(merges: Range[]): Grid['merge'] {
  const byRow = new Map<number, Range[]>();
  const large: Range[] = [];
  for (const merge of merges) {
    if (merge.bottom - merge.top > TALL) {
      if (large.length < MOST_LARGE) large.push(merge);
      continue;
    }
    for (let row = merge.top; row <= merge.bottom; row++) {
      const list = byRow.get(row);
      if (!list) byRow.set(row, [merge]);
      else if (list.length < MOST_COLUMNS) list.push(merge);
    }
  }
  return (row, column) =>
    byRow.get(row)?.find((merge) => column >= merge.left && column <= merge.right) ??
    large.find((merge) => holds(merge, row, column));
}

function choiceFinder(choices: Choices[]): Grid['choices'] {
  type Governed = { range: Range; choices: Choices };
  const byColumn = new Map<number, Governed[]>();
  const large: Governed[] = [];
  for (const entry of choices) {
    for (const range of entry.ranges) {
      const governed = { range, choices: entry };
      if (range.right - range.left > WIDE) {
        if (large.length < MOST_LARGE) large.push(governed);
        continue;
      }
      for (let column = range.left; column <= range.right; column++) {
        const list = byColumn.get(column);
        if (list) list.push(governed);
        else byColumn.set(column, [governed]);
      }
    }
  }
  for (const list of byColumn.values()) list.sort((a, b) => a.range.top - b.range.top);
  return (row, column) => {
    const list = byColumn.get(column) ?? [];
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle]?.range.top ?? 0) <= row) low = middle + 1;
      else high = middle;
    }
    // A cell obeys one rule; a few steps back find it also where ranges overlap.
    for (let at = low - 1; at >= Math.max(0, low - 8); at--) {
      const found = list[at];
      if (found && row <= found.range.bottom) return found.choices;
    }
    return large.find(({ range }) => holds(range, row, column))?.choices;
  };
}
