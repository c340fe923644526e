import { holds, parseCell, parseRange } from './address.ts';
import type { Book, BookRow, BookSheet, Choices, Range } from './book.ts';
import { firstFrom } from './search.ts';
import type { ListRule } from './sheet.ts';

/** A table's name, place and columns, for references such as `Answers[Value]`. */
export interface TableColumns {
  name: string;
  sheet: BookSheet;
  range: Range;
  headerRows: number;
  totalRows: number;
  columns: string[];
}

/** Resolves the rules of a book into what their cells allow. */
export interface Resolver {
  choices(rule: ListRule, sheet: BookSheet): Choices;
}

/** Excel shows no more in a list than this; past it, and past so many in all, a list counts as not resolved. */
const MOST_VALUES = 32_767;
const MOST_IN_ALL = 1_000_000;
/** As Excel has it. */
const LONGEST_FORMULA = 8192;
/** How far names may lead to names. */
const DEEPEST = 8;

/** A resolver over sheets that are already read. Lists are shared where rules share a source, so that no file can multiply them. */
export function resolver(sheets: readonly BookSheet[], names: Book['names'], tables: readonly TableColumns[]): Resolver {
  const bySheet = new Map(sheets.map((sheet) => [sheet.name.toLowerCase(), sheet]));
  const byTable = new Map(tables.map((table) => [table.name.toLowerCase(), table]));
  const byName = new Map(names.map(({ name, sheet, refersTo }) => [nameKey(name, sheet), refersTo]));
  const known = new Map<string, string[]>();
  let left = MOST_IN_ALL;

  const cellsOf = (sheet: BookSheet, range: Range): string[] => {
    const values: string[] = [];
    for (let at = firstFrom(sheet.rows, ({ row }) => row, range.top); at < sheet.rows.length; at++) {
      const row = sheet.rows[at] as BookRow;
      if (row.row > range.bottom) break;
      for (const cell of row.cells) {
        if (!holds(range, cell.row, cell.column) || cell.text === '') continue;
        if (values.length >= MOST_VALUES || left-- <= 0) return [];
        values.push(cell.text);
      }
    }
    return values;
  };

  const values = (source: string, sheet: BookSheet, depth: number): string[] => {
    const formula = source.trim().replace(/^=/, '');
    if (formula.length > LONGEST_FORMULA) return [];
    const inline = /^"((?:[^"]|"")*)"$/.exec(formula);
    if (inline) return items((inline[1] ?? '').replaceAll('""', '"').split(','));
    const indirect = /^INDIRECT\(\s*"((?:[^"]|"")*)"\s*\)$/i.exec(formula);
    if (indirect) return depth < DEEPEST ? values((indirect[1] ?? '').replaceAll('""', '"'), sheet, depth + 1) : [];

    const { sheetName, rest } = splitReference(formula);
    const target = sheetName === undefined ? sheet : bySheet.get(sheetName.toLowerCase());
    const range = parseRange(rest);
    if (range) return target ? cellsOf(target, range) : [];
    const column = tableColumn(formula, byTable);
    if (column) return cellsOf(column.sheet, column.range);
    const refersTo =
      (target && byName.get(nameKey(rest, target.name))) ?? (sheetName === undefined ? byName.get(nameKey(rest)) : undefined);
    return refersTo !== undefined && depth < DEEPEST ? values(refersTo, target ?? sheet, depth + 1) : [];
  };

  return {
    choices({ ranges, formula, quoted, strict }, sheet) {
      const source = !quoted && drifts(formula, ranges) ? '' : formula;
      const key = `${sheet.index} ${quoted} ${source}`;
      let found = known.get(key);
      if (!found) {
        found = quoted ? items(quotedItems(source)) : source ? values(source, sheet, 0) : [];
        known.set(key, found);
      }
      return { ranges, values: found, source: formula, strict };
    },
  };
}

function nameKey(name: string, sheet?: string): string {
  return `${(sheet ?? '').toLowerCase()}!${name.toLowerCase()}`;
}

function items(list: string[]): string[] {
  return list.map((item) => item.trim()).filter((item) => item !== '');
}

/** The values of a list in which those with commas are quoted. */
function quotedItems(list: string): string[] {
  return [...list.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
}

/** A reference in its two halves: `'My sheet'!$A$1:$A$9` names a sheet and a place on it. */
function splitReference(formula: string): { sheetName?: string; rest: string } {
  const quoted = /^'((?:[^']|'')+)'!(.+)$/.exec(formula);
  if (quoted) return { sheetName: (quoted[1] ?? '').replaceAll("''", "'"), rest: quoted[2] ?? '' };
  const plain = /^([^'!"(),[\]]+)!(.+)$/.exec(formula);
  return plain ? { sheetName: plain[1] ?? '', rest: plain[2] ?? '' } : { rest: formula };
}

/** The cells below the header that `Table[Column]` or `Table` means; the latter where the table has one column. */
function tableColumn(formula: string, tables: Map<string, TableColumns>): { sheet: BookSheet; range: Range } | undefined {
  const [, name = '', column] = /^([^[\]!'"(),\s]+)(?:\[([^[\]]+)\])?$/.exec(formula) ?? [];
  const table = tables.get(name.toLowerCase());
  if (!table) return undefined;
  const at =
    column === undefined
      ? table.columns.length === 1
        ? 0
        : -1
      : table.columns.findIndex((other) => other.toLowerCase() === column.toLowerCase());
  if (at < 0) return undefined;
  const left = table.range.left + at;
  return {
    sheet: table.sheet,
    range: { top: table.range.top + table.headerRows, left, bottom: table.range.bottom - table.totalRows, right: left },
  };
}

/** Whether a list is another one for each cell, because dollar signs do not fix its rows (or columns) and the rule spans several. */
function drifts(formula: string, ranges: readonly Range[]): boolean {
  const ends = splitReference(formula).rest.split(':');
  if (!ends.every((end) => parseCell(end))) return false;
  const first = ranges[0] as Range;
  const oneRow = ranges.every(({ top, bottom }) => top === first.top && bottom === first.top);
  const oneColumn = ranges.every(({ left, right }) => left === first.left && right === first.left);
  return !ends.every((end) => (oneRow || end.includes('$', 1)) && (oneColumn || end.startsWith('$')));
}
