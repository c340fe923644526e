import { parseRange } from './address.ts';
import type { Range } from './book.ts';
import type { TableColumns } from './choices.ts';
import { type Package, readRelations } from './package.ts';
import { readXml, unescaped } from './xml.ts';

/** Tables and pivot tables of a sheet, which stand in parts of their own. */
export interface Surroundings {
  tables: Omit<TableColumns, 'sheet'>[];
  pivots: Range[];
}

/** Reads the tables and pivot tables that lie on a sheet. */
export function readSurroundings(book: Package, part: string): Surroundings {
  const around: Surroundings = { tables: [], pivots: [] };
  for (const { type, target } of readRelations(book.part, part, book.archive.file)) {
    if (type === 'table') around.tables = around.tables.concat(readTable(book, target));
    if (type === 'pivotTable') around.pivots = around.pivots.concat(readPivot(book, target));
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
