import { cellName, MAX_COLUMN, parseRange, parseRanges } from './address.ts';
import type { BookCell, BookRow, CellValue, Range } from './book.ts';
import { beforeFirstRow, openCell, openRow, rowHeight, rowHidden, wholeNumber } from './position.ts';
import { damaged, type Fail, failIn, refuse } from './refusal.ts';
import type { Formats } from './styles.ts';
import { type Attributes, flag, readXml, unescaped } from './xml.ts';

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
  /** True where rows that are not in the file are hidden, and where rows that do not say a height have one that somebody set. */
  rowsHidden: boolean;
  rowsSet: boolean;
}

/** What is needed to read the cells of any sheet of a book. */
export interface Cells {
  strings: readonly string[];
  formats: Formats;
  /** How many cells may still be read; counted down. */
  left: number;
}

/** More merged ranges than any sheet has; each costs a look for every answer. */
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
    rowsSet: false,
  };
  const position = beforeFirstRow();
  let row: BookRow | undefined;
  let cell: RawCell | undefined;
  let rule: RawRule | undefined;

  const fail = failIn(file, part);
  const beginCell = (current: BookRow, attributes: Attributes): void => {
    openCell(position, attributes.r, fail);
    if (--cells.left < 0) refuse(file, 'book-too-large', 'The workbook has more cells than people fill in.');
    current.row = position.row;
    const style = Number(attributes.s ?? 0);
    cell = {
      row: position.row,
      column: position.column,
      type: attributes.t ?? 'n',
      locked: cells.formats.locks[style] ?? true,
      wraps: cells.formats.wraps[style] ?? false,
      formula: false,
      value: '',
      inline: undefined,
    };
  };

  readXml(data, file, part, {
    open(name, attributes, path) {
      const depth = path.length;
      if (path[1] === 'sheetData') {
        if (depth === 2 && name === 'row') {
          openRow(position, attributes.r, fail);
          const said = (other: string): string | undefined => attributes[other];
          const height = rowHeight(said);
          row = { row: position.row, hidden: rowHidden(said), ...(height === undefined ? {} : { height }), cells: [] };
        } else if (depth === 3 && name === 'c' && row) beginCell(row, attributes);
        else if (depth === 4 && name === 'f' && cell) cell.formula = true;
        else if (name === 't' && cell && !path.includes('rPh')) cell.inline ??= '';
      } else if (name === 'col' && path[1] === 'cols') addColumns(content.columns, attributes);
      else if (name === 'mergeCell') addMerge(content.merges, attributes);
      else if (name === 'sheetProtection' && depth === 1) content.protected = flag(attributes.sheet);
      else if (name === 'sheetFormatPr' && depth === 1) {
        content.rowsHidden = flag(attributes.zeroHeight);
        content.rowsSet = flag(attributes.customHeight);
      } else if (name === 'dataValidation') rule = rawRule(attributes);
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
        if (row.cells.length > 0) content.rows.push(row);
        row = undefined;
      } else if (name === 'dataValidation' && rule) {
        const list = finishedRule(rule);
        if (list) content.rules.push(list);
        rule = undefined;
      }
    },
  });
  if (content.merges.length > MOST_RANGES)
    refuse(file, 'book-too-large', `The part “${part}” has more merged ranges than people make.`);
  sortCells(content.rows, fail);
  return content;
}

interface RawCell extends RawValue {
  locked: boolean;
  wraps: boolean;
  formula: boolean;
}

/** A cell's value as written. */
export interface RawValue {
  row: number;
  column: number;
  type: string;
  /** What stands in `<v>`, and the texts of an inline string. */
  value: string;
  inline: string | undefined;
}

function finished(raw: RawCell, strings: readonly string[], file: string): BookCell {
  const { row, column, formula, locked } = raw;
  const value = cellValue(raw, strings, file);
  const cell: BookCell =
    value === undefined
      ? { row, column, text: '', formula, locked }
      : { row, column, value, text: shown(value), formula, locked };
  if (raw.wraps) cell.wraps = true;
  return cell;
}

/** What a value as written means; nothing for a cell that holds none. Throws `Problems` for a shared text that is missing. */
export function cellValue(
  { type, value, inline, row, column }: RawValue,
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
    return value.trim() === '' ? undefined : Number.isFinite(number) ? number : value;
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

function addMerge(merges: Range[], { ref = '' }: Attributes): void {
  const range = parseRange(ref);
  if (range) merges.push(range);
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

/** Puts rows and cells into order where a writer did not, and refuses a cell that is there twice, because readers differ in which one counts. */
function sortCells(rows: BookRow[], fail: Fail): void {
  if (disordered(rows, ({ row }) => row)) {
    rows.sort((a, b) => a.row - b.row);
    if (disordered(rows, ({ row }) => row)) fail('has a row twice');
  }
  for (const { cells } of rows) {
    if (!disordered(cells, ({ column }) => column)) continue;
    cells.sort((a, b) => a.column - b.column);
    if (disordered(cells, ({ column }) => column)) fail('has a cell twice');
  }
}

function disordered<Item>(items: readonly Item[], place: (item: Item) => number): boolean {
  return items.some((item, index) => index > 0 && place(item) <= place(items[index - 1] as Item));
}
