import { cellName, columnNumber, MAX_COLUMN, MAX_ROW, parseRange, parseRanges } from './address.ts';
import type { BookCell, BookRow, CellValue, Range } from './book.ts';
import { type Attributes, flag, readXml, unescaped } from './xml.ts';
import { damaged } from './zip.ts';

/** A validation by a list, as the sheet says it: where it holds and the formula that yields the values. */
export interface ListRule {
  ranges: Range[];
  formula: string;
  /** True where the formula is a list in the form `"Yes","No, because"`, each value quoted where it holds a comma. */
  quoted: boolean;
  strict: boolean;
}

/** Columns that share a format. Numbers are those of the file; `style` is 0 where none is said. */
export interface ColumnFormat {
  from: number;
  to: number;
  hidden: boolean;
  style: number;
  width?: number;
}

/** What one sheet says by itself, without the parts it refers to. */
export interface SheetContent {
  rows: BookRow[];
  merges: Range[];
  rules: ListRule[];
  /** In order, none overlapping. */
  columns: ColumnFormat[];
  protected: boolean;
  /** True where rows that are not in the file are hidden. */
  rowsHidden: boolean;
  /** Ranges filled by one formula: arrays, spilled results and data tables. */
  arrays: Range[];
}

/** What is needed to read the cells of any sheet of a book. */
export interface Cells {
  strings: readonly string[];
  locks: readonly boolean[];
  /** How many cells may still be read; counted down. */
  left: number;
}

/** More merged ranges and the like than any sheet has; each costs a look for every answer. */
const MOST_RANGES = 100_000;

/** Reads a sheet's XML. Throws `Problems` where it is damaged or out of all proportion. */
export function readSheet(data: Uint8Array, file: string, part: string, cells: Cells): SheetContent {
  const content: SheetContent = {
    rows: [],
    merges: [],
    rules: [],
    columns: [],
    protected: false,
    rowsHidden: false,
    arrays: [],
  };
  let row: BookRow | undefined;
  let rowSaid = false;
  let lastRow = 0;
  let lastColumn = 0;
  let cell: RawCell | undefined;
  let rule: RawRule | undefined;

  const openRow = (attributes: Attributes): void => {
    rowSaid = attributes.r !== undefined;
    const number = rowSaid ? wholeNumber(attributes.r, MAX_ROW) : lastRow + 1;
    if (number === undefined || number > MAX_ROW) damaged(file, `the part “${part}” has a row outside the sheet`);
    row = { row: number, hidden: flag(attributes.hidden), cells: [] };
    const height = Number(attributes.ht);
    if (attributes.ht !== undefined && Number.isFinite(height) && flag(attributes.customHeight)) {
      row.height = height;
      if (height === 0) row.hidden = true;
    }
    lastColumn = 0;
  };
  const openCell = (current: BookRow, attributes: Attributes): void => {
    let column: number | undefined = lastColumn + 1;
    if (attributes.r !== undefined) {
      const place = cellPlace(attributes.r);
      column = place?.column;
      // Rows without a number of their own take it from their cells.
      if (place && !rowSaid && current.cells.length === 0 && place.row > lastRow) current.row = place.row;
      if (place?.row !== current.row)
        damaged(file, `the part “${part}” has the cell ${attributes.r.slice(0, 20)} in row ${current.row}`);
    }
    if (column === undefined || column > MAX_COLUMN) damaged(file, `the part “${part}” has a cell outside the sheet`);
    if (--cells.left < 0) damaged(file, 'it has more cells than people fill in');
    lastColumn = column;
    const style = attributes.s === undefined ? 0 : Number(attributes.s);
    cell = {
      row: current.row,
      column,
      type: attributes.t ?? 'n',
      locked: cells.locks[style] ?? true,
      formula: false,
      value: '',
      inline: undefined,
    };
  };

  readXml(data, file, part, {
    open(name, attributes, path) {
      const depth = path.length;
      if (path[1] === 'sheetData') {
        if (depth === 2 && name === 'row') openRow(attributes);
        else if (depth === 3 && name === 'c' && row) openCell(row, attributes);
        else if (depth === 4 && name === 'f' && cell) {
          cell.formula = true;
          const range = attributes.t === 'array' || attributes.t === 'dataTable' ? parseRange(attributes.ref ?? '') : undefined;
          if (range) content.arrays.push(range);
        } else if (name === 't' && cell && !path.includes('rPh')) cell.inline ??= '';
      } else if (name === 'col' && path[1] === 'cols') addColumns(content.columns, attributes);
      else if (name === 'mergeCell') content.merges.push(...parseRanges(attributes.ref ?? ''));
      else if (name === 'sheetProtection' && depth === 1) content.protected = flag(attributes.sheet);
      else if (name === 'sheetFormatPr' && depth === 1) content.rowsHidden = flag(attributes.zeroHeight);
      else if (name === 'dataValidation') rule = rawRule(attributes);
    },
    text(text, path) {
      const name = path.at(-1);
      if (cell) {
        if (name === 'v' && path.length === 5) cell.value += text;
        else if (name === 't' && cell.inline !== undefined && !path.includes('rPh')) cell.inline += text;
      } else if (rule) {
        if (path.includes('formula1')) rule.formula += text;
        else if (name === 'sqref') rule.where += text;
        else if (name === 'list') rule.list += text;
      }
    },
    close(name, path) {
      if (path.length === 3 && name === 'c' && cell && row) {
        row.cells.push(finished(cell, cells.strings, file));
        cell = undefined;
      } else if (path.length === 2 && name === 'row' && row) {
        lastRow = row.row;
        if (row.cells.length > 0) content.rows.push(row);
        row = undefined;
      } else if (name === 'dataValidation' && rule) {
        const list = finishedRule(rule);
        if (list) content.rules.push(list);
        rule = undefined;
      }
    },
  });
  if (Math.max(content.merges.length, content.arrays.length) > MOST_RANGES)
    damaged(file, `the part “${part}” has more merged ranges or array formulas than a sheet can have`);
  sortCells(content.rows, file, part);
  return content;
}

interface RawCell {
  row: number;
  column: number;
  type: string;
  locked: boolean;
  formula: boolean;
  /** What stands in `<v>`, and the texts of an inline string. */
  value: string;
  inline: string | undefined;
}

function finished(raw: RawCell, strings: readonly string[], file: string): BookCell {
  const { row, column, formula, locked } = raw;
  const value = cellValue(raw, strings, file);
  if (value === undefined) return { row, column, text: '', formula, locked };
  return { row, column, value, text: shown(value), formula, locked };
}

function cellValue(
  { type, value, inline, row, column }: RawCell,
  strings: readonly string[],
  file: string,
): CellValue | undefined {
  if (inline !== undefined && (type === 'inlineStr' || value === '')) return unescaped(inline);
  if (value === '') return undefined;
  if (type === 's') {
    const text = strings[Number(value)];
    if (text === undefined) damaged(file, `the text of the cell ${cellName(row, column)} is missing`);
    return text;
  }
  if (type === 'b') return flag(value);
  if (type === 'n') {
    const number = Number(value);
    return Number.isFinite(number) ? number : value;
  }
  return unescaped(value);
}

/** A value as a cell in general format shows it: Excel keeps 17 digits and shows 15. */
function shown(value: CellValue): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(15)));
  return typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : value;
}

interface RawRule {
  isList: boolean;
  strict: boolean;
  where: string;
  formula: string;
  list: string;
}

function rawRule(attributes: Attributes): RawRule {
  return {
    isList: attributes.type === 'list',
    strict: flag(attributes.showErrorMessage) && (attributes.errorStyle ?? 'stop') === 'stop',
    where: attributes.sqref ?? '',
    formula: '',
    list: '',
  };
}

function finishedRule({ isList, strict, where, formula, list }: RawRule): ListRule | undefined {
  const ranges = parseRanges(where);
  if (!isList || ranges.length === 0) return undefined;
  return { ranges, strict, ...(list ? { formula: list, quoted: true } : { formula: formula.trim(), quoted: false }) };
}

/** Columns come in order and never overlap; what does is left out, so that the whole is never longer than a sheet is wide. */
function addColumns(columns: ColumnFormat[], attributes: Attributes): void {
  const from = wholeNumber(attributes.min, MAX_COLUMN);
  const to = wholeNumber(attributes.max, MAX_COLUMN);
  if (!from || !to || from > to || from <= (columns.at(-1)?.to ?? 0)) return;
  const width = attributes.width === undefined ? undefined : Number(attributes.width);
  columns.push({
    from,
    to,
    hidden: flag(attributes.hidden) || width === 0,
    style: wholeNumber(attributes.style, 0xffff) ?? 0,
    ...(width !== undefined && Number.isFinite(width) ? { width } : {}),
  });
}

function wholeNumber(text: string | undefined, most: number): number | undefined {
  const number = Number(text);
  return text !== undefined && /^\d+$/.test(text) && number >= 1 && number <= most ? number : undefined;
}

/** A cell's place by its name in the file, which has no dollar signs. This runs for every cell of a book. */
function cellPlace(name: string): { row: number; column: number } | undefined {
  let at = 0;
  while (at < 3 && name.charCodeAt(at) >= 65) at++;
  const column = columnNumber(name.slice(0, at));
  const row = wholeNumber(name.slice(at), MAX_ROW);
  return column && row ? { row, column } : undefined;
}

/** Puts rows and cells into order where a writer did not, and refuses a cell that is there twice, because readers differ in which one counts. */
function sortCells(rows: BookRow[], file: string, part: string): void {
  if (disordered(rows, ({ row }) => row)) {
    rows.sort((a, b) => a.row - b.row);
    if (disordered(rows, ({ row }) => row)) damaged(file, `the part “${part}” has a row twice`);
  }
  for (const { cells } of rows) {
    if (!disordered(cells, ({ column }) => column)) continue;
    cells.sort((a, b) => a.column - b.column);
    if (disordered(cells, ({ column }) => column)) damaged(file, `the part “${part}” has a cell twice`);
  }
}

function disordered<Item>(items: readonly Item[], place: (item: Item) => number): boolean {
  return items.some((item, index) => index > 0 && place(item) <= place(items[index - 1] as Item));
}
