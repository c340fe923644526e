import { heldText } from '../cell-text.ts';
import type { Sheet, SheetCell } from '../document.ts';

/** What spreadsheets take for the beginning of a formula, in half and full width, and what leads up to one. */
const FORMULA = /^[=+\-@\t\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * One sheet as CSV (RFC 4180, UTF-8): the header and the rows of its table as data, without the bands over sections and the columns that
 * are not shown; rows laid out freely as they stand. Text that a spreadsheet would take for a formula begins with an apostrophe.
 */
export function writeCsv(sheet: Sheet, options: { bom: boolean }): Uint8Array {
  const shown = sheet.columns.flatMap((column, i) => (column.hidden ? [] : [i]));
  const rows = sheet.rows.flatMap((row) => (Array.isArray(row) ? [sheet.table ? shown.map((i) => row[i]) : row] : []));
  const lines = [...(sheet.table ? [shown.map((i) => sheet.columns[i]?.title)] : []), ...rows].map(
    (cells) => `${cells.map((cell) => field(cell)).join(',')}\r\n`,
  );
  return Buffer.from(`${options.bom ? '\ufeff' : ''}${lines.join('')}`);
}

/** The names of the files for sheets, in their order: `PCI DSS` → `pci-dss.csv`. */
export function csvNames(sheets: readonly Pick<Sheet, 'name'>[]): string[] {
  const taken = new Set<string>();
  return sheets.map(({ name }) => {
    const base =
      name
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-|-$/g, '') || 'sheet';
    let file = base;
    for (let n = 2; taken.has(file); n++) file = `${base}-${n}`;
    taken.add(file);
    return `${file}.csv`;
  });
}

function field(cell: SheetCell | undefined): string {
  if (typeof cell === 'number') return String(cell);
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return quoted(cell);
  if ('date' in cell) return cell.date;
  if ('text' in cell) return quoted(cell.text);
  return typeof cell.result === 'number' ? String(cell.result) : quoted(cell.result);
}

function quoted(text: string): string {
  const value = heldText(text);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
