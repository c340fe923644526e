import { columnNumber, parseRange } from '../../src/book/address.ts';
import type { Book, BookCell, BookRow, BookSheet, Choices } from '../../src/book/book.ts';

/** A sheet as tests write it: texts by row, from `at` on, and what lies over them. */
export interface SheetText {
  name?: string;
  /** The cell of the first text; A1 where nothing is said. */
  at?: string;
  /** Texts by row; `=text` is a formula that shows the text, null or '' leaves the cell out. */
  rows: (string | null)[][];
  /** Allowed values by range. */
  lists?: Record<string, string[]>;
  merges?: string[];
  /** Ranges that are unlocked on a protected sheet. */
  unlocked?: string[];
  hiddenRows?: number[];
  hiddenColumns?: string[];
  state?: BookSheet['state'];
}

/** A workbook of such sheets, as `openBook` would give it. */
export function bookOf(...sheets: SheetText[]): Book {
  return { kind: 'xlsx', sheets: sheets.map((sheet, index) => sheetOf(sheet, index)), names: [] };
}

function sheetOf(sheet: SheetText, index: number): BookSheet {
  const start = parseRange(sheet.at ?? 'A1') ?? { top: 1, left: 1 };
  const cells = new Map<string, BookCell>();
  const cellAt = (row: number, column: number): BookCell => {
    const key = `${row} ${column}`;
    const known = cells.get(key) ?? { row, column, text: '', formula: false, locked: true };
    cells.set(key, known);
    return known;
  };
  sheet.rows.forEach((texts, i) => {
    texts.forEach((text, j) => {
      if (text === null || text === '') return;
      const cell = cellAt(start.top + i, start.left + j);
      cell.formula = text.startsWith('=');
      cell.text = cell.formula ? text.slice(1) : text;
      cell.value = cell.text;
    });
  });
  for (const name of sheet.unlocked ?? []) {
    const range = parseRange(name);
    if (!range) throw new Error(`${name} is no range`);
    for (let row = range.top; row <= range.bottom; row++)
      for (let column = range.left; column <= range.right; column++) cellAt(row, column).locked = false;
  }
  const rows = new Map<number, BookCell[]>();
  for (const cell of cells.values()) {
    const list = rows.get(cell.row);
    if (list) list.push(cell);
    else rows.set(cell.row, [cell]);
  }
  return {
    name: sheet.name ?? `Sheet${index + 1}`,
    index,
    state: sheet.state ?? 'visible',
    protected: sheet.unlocked !== undefined,
    rows: [...rows]
      .sort(([a], [b]) => a - b)
      .map(
        ([row, list]): BookRow => ({
          row,
          hidden: sheet.hiddenRows?.includes(row) ?? false,
          cells: list.sort((a, b) => a.column - b.column),
        }),
      ),
    merges: (sheet.merges ?? []).flatMap((name) => parseRange(name) ?? []),
    choices: Object.entries(sheet.lists ?? {}).map(
      ([ranges, values]): Choices => ({
        ranges: ranges.split(' ').flatMap((name) => parseRange(name) ?? []),
        values,
        source: `"${values.join(',')}"`,
        strict: true,
      }),
    ),
    hiddenColumns: (sheet.hiddenColumns ?? []).map((letters) => {
      const column = columnNumber(letters) ?? 0;
      return { top: 1, left: column, bottom: 1_048_576, right: column };
    }),
    widths: new Map(),
    tables: [],
    pivots: [],
  };
}
