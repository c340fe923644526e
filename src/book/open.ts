import { MAX_ROW, parseRange } from './address.ts';
import type { Book, BookSheet, Range } from './book.ts';
import { type Resolver, resolver, type TableColumns } from './choices.ts';
import { missing, openPackage, type Package, type Relation, readRelations } from './package.ts';
import { type Cells, type ListRule, readSheet, type SheetContent } from './sheet.ts';
import { readStrings } from './strings.ts';
import { readFormats } from './styles.ts';
import { type Attributes, readXml, relationId, unescaped } from './xml.ts';
import { damaged } from './zip.ts';

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
    ...readFormats(related(book, 'styles'), file),
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
  const found: Resolver = resolver(sheets, names, tables);
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

/** A sheet as the workbook lists it; `part` is the key of its part, absent for chart sheets and the like. */
export interface ListedSheet {
  name: string;
  state: BookSheet['state'];
  part?: string;
}

/** Reads the list of sheets and the defined names. */
export function readWorkbook(book: Package): { sheets: ListedSheet[]; names: Book['names'] } {
  const { file } = book.archive;
  const relations = new Map(book.relations.map((relation) => [relation.id, relation]));
  const sheets: ListedSheet[] = [];
  const names: { name: string; refersTo: string; local?: number }[] = [];
  readXml(book.part(book.workbook) ?? missing(file, 'the list of sheets'), file, book.workbook, {
    open(name, attributes, path) {
      if (name === 'sheet' && path.at(-1) === 'sheets') sheets.push(listedSheet(attributes, relations));
      if (name !== 'definedName') return;
      const local = attributes.localSheetId === undefined ? undefined : Number(attributes.localSheetId);
      names.push({ name: unescaped(attributes.name ?? ''), refersTo: '', ...(local === undefined ? {} : { local }) });
    },
    text(text, path) {
      const last = names.at(-1);
      if (last && path.at(-1) === 'definedName') last.refersTo += text;
    },
  });
  if (!sheets.some(({ part }) => part)) missing(file, 'every worksheet');
  if (repeats(sheets.map(({ name }) => name.toLowerCase())) || repeats(sheets.flatMap(({ part }) => part ?? [])))
    damaged(file, 'it lists a sheet twice');
  return {
    sheets,
    names: names.map(({ name, refersTo, local }) => {
      const sheet = local === undefined ? undefined : sheets[local]?.name;
      return { name, refersTo, ...(sheet === undefined ? {} : { sheet }) };
    }),
  };
}

function repeats(items: readonly string[]): boolean {
  return new Set(items).size < items.length;
}

function listedSheet(attributes: Attributes, relations: Map<string, Relation>): ListedSheet {
  const relation = relations.get(relationId(attributes) ?? '');
  return {
    name: unescaped(attributes.name ?? ''),
    state: attributes.state === 'hidden' ? 'hidden' : attributes.state === 'veryHidden' ? 'very-hidden' : 'visible',
    ...(relation?.type === 'worksheet' ? { part: relation.target } : {}),
  };
}

/** The bytes of the part that the workbook refers to as this type. */
export function related(book: Package, type: string): Buffer | undefined {
  const relation = book.relations.find((other) => other.type === type);
  return relation && book.part(relation.target);
}

/** Tables and pivot tables of a sheet, which stand in parts of their own. */
export interface Surroundings {
  tables: Omit<TableColumns, 'sheet'>[];
  pivots: Range[];
}

/** Reads the tables and pivot tables that lie on a sheet. */
export function readSurroundings(book: Package, part: string): Surroundings {
  const around: Surroundings = { tables: [], pivots: [] };
  for (const { type, target } of readRelations(book.part, part, book.archive.file)) {
    if (type === 'table') around.tables.push(...readTable(book, target));
    if (type === 'pivotTable') around.pivots.push(...readPivot(book, target));
  }
  return around;
}

function readTable(book: Package, part: string): Surroundings['tables'] {
  const data = book.part(part);
  const tables: Surroundings['tables'] = [];
  if (!data) return tables;
  readXml(data, book.archive.file, part, {
    open(name, attributes, path) {
      const range = parseRange(attributes.ref ?? '');
      if (name === 'table' && path.length === 0 && range)
        tables.push({
          name: unescaped(attributes.displayName ?? attributes.name ?? ''),
          range,
          headerRows: attributes.headerRowCount === '0' ? 0 : 1,
          totalRows: Number(attributes.totalsRowCount ?? 0) || 0,
          columns: [],
        });
      if (name === 'tableColumn') tables[0]?.columns.push(unescaped(attributes.name ?? ''));
    },
  });
  return tables;
}

function readPivot(book: Package, part: string): Range[] {
  const data = book.part(part);
  const pivots: Range[] = [];
  if (!data) return pivots;
  readXml(data, book.archive.file, part, {
    open(name, attributes) {
      const range = name === 'location' ? parseRange(attributes.ref ?? '') : undefined;
      if (!range) return;
      // Page filters stand above the range, with an empty row between.
      const pages = Number(attributes.rowPageCount ?? 0) || 0;
      pivots.push({ ...range, top: Math.max(1, pages > 0 ? range.top - pages - 1 : range.top) });
    },
  });
  return pivots;
}
