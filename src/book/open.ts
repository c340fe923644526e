import { MAX_ROW } from './address.ts';
import type { Book, BookSheet } from './book.ts';
import { resolver, type TableColumns } from './choices.ts';
import { openPackage, related } from './package.ts';
import { missing } from './refusal.ts';
import { type Cells, type ListRule, readSheet, type SheetContent } from './sheet.ts';
import { readStrings } from './strings.ts';
import { readFormats } from './styles.ts';
import { readSurroundings, type Surroundings } from './surroundings.ts';
import { readWorkbook } from './workbook.ts';

/** More cells than demarc's own largest workbooks have. */
const MOST_CELLS = 4_000_000;

/**
 * Opens a workbook (.xlsx, .xlsm) that somebody else made. `file` is its name in messages. Throws `Problems` with one problem for what
 * cannot be used: other formats, passwords, signatures, damage, and files built to exhaust whoever opens them.
 */
export function openBook(bytes: Uint8Array, file: string): Book {
  const book = openPackage(bytes, file);
  const { sheets: listed, names } = readWorkbook(book);
  const cells: Cells = {
    strings: readStrings(related(book, 'sharedStrings'), file),
    formats: readFormats(related(book, 'styles'), file),
    left: MOST_CELLS,
  };
  const tables: TableColumns[] = [];
  const rules: ListRule[][] = [];
  const sheets = listed
    .flatMap((entry) => (entry.part ? [{ ...entry, part: entry.part }] : []))
    .map(({ name, state, part }, index) => {
      const content = readSheet(book.part(part) ?? missing(file, `the sheet “${name}”`), file, part, cells);
      const around = readSurroundings(book, part);
      const sheet = bookSheet(name, index, state, content, around);
      for (const table of around.tables) tables.push({ ...table, sheet });
      rules.push(content.rules);
      return sheet;
    });
  const found = resolver(sheets, names, tables);
  for (const sheet of sheets) sheet.choices = (rules[sheet.index] ?? []).map((rule) => found.choices(rule, sheet));
  return { kind: book.kind, sheets, names };
}

function bookSheet(
  name: string,
  index: number,
  state: BookSheet['state'],
  content: SheetContent,
  around: Surroundings,
): BookSheet {
  const { rows, merges, columns } = content;
  const widths = new Map<number, number>();
  for (const { from, to, width } of columns) if (width !== undefined) for (let at = from; at <= to; at++) widths.set(at, width);
  return {
    name,
    index,
    state,
    protected: content.protected,
    rows,
    merges,
    choices: [],
    hiddenColumns: columns
      .filter(({ hidden }) => hidden)
      .map(({ from, to }) => ({ top: 1, left: from, bottom: MAX_ROW, right: to })),
    widths,
    tables: around.tables.map(({ name: table, range, headerRows }) => ({ name: table, range, headerRows })),
    pivots: around.pivots,
  };
}
