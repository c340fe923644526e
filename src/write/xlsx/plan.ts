import type { Sheet, SheetCell } from '../../document.ts';
import { headerNames, letters, sheetNames, tableNames } from './names.ts';
import { lineCount } from './text.ts';

const MAX_ROWS = 1048576;
const MAX_COLUMNS = 16384;

/** Where everything of a sheet stands: known for all sheets before the first is written, since links point across. */
export interface Plan {
  sheet: Sheet;
  name: string;
  /** Name of its table part, and the header cells; absent where rows are laid out freely. */
  table?: { id: number; name: string; headers: string[] };
  /** Rows, 1-based: header (0 without a table), first and last row of data. The last is at least the first. */
  header: number;
  first: number;
  last: number;
  /** Letter of the last column. */
  lastColumn: string;
  columns: number;
  /** Columns in which dates stand, so that their empty fields take dates. */
  dated: boolean[];
  /** How deep rows stand under bands at most. */
  depth: number;
  /** The columns that the intro spans, and the lines each intro paragraph takes in them. */
  introSpan: number;
  introLines: number[];
}

/** Widest line of an introduction, in characters: what a laptop screen shows. */
const INTRO_WIDTH = 130;

export function planSheets(sheets: Sheet[]): Plan[] {
  const names = sheetNames(sheets.map((sheet) => sheet.name));
  const reserved = sheets.flatMap((sheet) => [
    ...Object.keys(sheet.names ?? {}),
    ...sheet.columns.flatMap((column) => column.listName ?? []),
  ]);
  const tables = tableNames(names, reserved);
  let tableCount = 0;
  return sheets.map((sheet, at) => {
    const isTable = sheet.table && sheet.columns.length > 0;
    let columns = Math.max(1, sheet.columns.length);
    // Rows laid out freely may be wider than the columns described; table rows may not.
    if (!isTable) for (const row of sheet.rows) columns = Math.max(columns, cellsOf(row).length);
    // Title, intro lines, a narrow gap, then the header of the table.
    const header = isTable ? sheet.intro.length + 3 : 0;
    const first = sheet.intro.length + (isTable ? 4 : 3);
    const last = first + Math.max(1, sheet.rows.length) - 1;
    if (last > MAX_ROWS || columns > MAX_COLUMNS)
      throw new RangeError(
        `Sheet “${sheet.name}” has ${last} rows and ${columns} columns; Excel holds ${MAX_ROWS} and ${MAX_COLUMNS}.`,
      );
    let introSpan = 0;
    let introWidth = 0;
    while (introSpan < sheet.columns.length && (introSpan === 0 || introWidth + widthOf(sheet, introSpan) <= INTRO_WIDTH))
      introWidth += widthOf(sheet, introSpan++);
    return {
      sheet,
      name: names[at] ?? sheet.name,
      table: isTable
        ? { id: ++tableCount, name: tables[at] ?? sheet.name, headers: headerNames(sheet.columns.map((column) => column.title)) }
        : undefined,
      header,
      first,
      last,
      lastColumn: letters(columns - 1),
      columns,
      dated: sheet.columns.map(
        (column, i) => column.day === true || (column.input === true && sheet.rows.some((row) => isDate(cellsOf(row)[i]))),
      ),
      depth: sheet.rows.reduce((deepest, row) => (Array.isArray(row) ? deepest : Math.max(deepest, row.band)), 0),
      introSpan: Math.max(1, introSpan),
      introLines: sheet.intro.map((line) => lineCount(line, Math.max(12, introWidth) * CHARACTERS_PER_WIDTH)),
    };
  });
}

/** Column widths count digits of the 11-point default font; text in 10 points is a little narrower. */
export const CHARACTERS_PER_WIDTH = 1.15;

export function widthOf(sheet: Sheet, column: number): number {
  return Math.min(254, Math.max(2, sheet.columns[column]?.width ?? 12));
}

/** The cells of a row, band or not. */
export function cellsOf(row: Sheet['rows'][number] | undefined): readonly (SheetCell | undefined)[] {
  return row === undefined ? [] : Array.isArray(row) ? row : row.cells;
}

function isDate(cell: SheetCell | undefined): boolean {
  return typeof cell === 'object' && cell !== null && 'date' in cell;
}
