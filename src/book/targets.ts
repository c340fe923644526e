import { MAX_COLUMN, MAX_ROW } from './address.ts';
import type { BookSheet, CellEdit, PatchOptions, Range, RefusedEdit } from './book.ts';
import type { Surroundings } from './open.ts';
import { rowHidden } from './position.ts';
import type { CellSpot, Fail, NumberedSpot, SheetScan } from './scan.ts';
import { scanCells } from './scan.ts';
import type { SheetContent } from './sheet.ts';

/** A cell that gets an answer: where it stands, or will stand, and the number of its format. */
export interface Target {
  edit: CellEdit;
  row: number;
  column: number;
  style: number;
  /** Its row and itself, where the file has them. */
  rowSpot?: NumberedSpot;
  cell?: CellSpot;
}

/** What is known of a sheet before it is patched. */
export interface SheetState {
  state: BookSheet['state'];
  scan: SheetScan;
  content: SheetContent;
  around: Surroundings;
  locks: readonly boolean[];
}

/** Finds the cells of the edits of one sheet, in order, and says why some are left alone. */
export function findTargets(
  xml: string,
  edits: readonly CellEdit[],
  sheet: SheetState,
  options: PatchOptions,
  fail: Fail,
): { targets: Target[]; refused: RefusedEdit[] } {
  const refused: RefusedEdit[] = [];
  const within = edits.filter((edit) => {
    const inside = isWhole(edit.row, MAX_ROW) && isWhole(edit.column, MAX_COLUMN);
    if (!inside) refused.push({ edit, reason: 'out-of-bounds' });
    return inside;
  });
  const merged = covered(sheet.content.merges, within);
  const byCell = new Map<number, { edit: CellEdit; row: number; column: number }>();
  for (const edit of within) {
    const { top: row, left: column } = merged.get(edit) ?? { top: edit.row, left: edit.column };
    const key = row * (MAX_COLUMN + 1) + column;
    const former = byCell.get(key);
    if (former && former.edit.value !== edit.value) refused.push({ edit: former.edit, reason: 'same-cell' });
    byCell.set(key, { edit, row, column });
  }
  const places = [...byCell.values()].sort((a, b) => a.row - b.row || a.column - b.column);

  const rows = new Map(sheet.scan.rows.map((row) => [row.number, row]));
  if (rows.size < sheet.scan.rows.length) fail('has a row twice');
  const spots = new Map<NumberedSpot, Map<number, CellSpot>>();
  const cellsIn = (row: NumberedSpot): Map<number, CellSpot> => {
    let cells = spots.get(row);
    if (!cells) {
      const found = scanCells(xml, row, fail);
      cells = new Map(found.map((cell) => [cell.number, cell]));
      if (cells.size < found.length) fail('has a cell twice');
      spots.set(row, cells);
    }
    return cells;
  };
  const pivots = covered(sheet.around.pivots, places);
  const headers = covered(sheet.around.tables.map(headerOf), places);
  const arrays = covered(sheet.scan.arrays, places);

  const targets: Target[] = [];
  for (const place of places) {
    const rowSpot = rows.get(place.row);
    const cell = rowSpot && cellsIn(rowSpot).get(place.column);
    const format = sheet.content.columns.find(({ from, to }) => place.column >= from && place.column <= to);
    const style = Number(cell ? cell.attributes.s : (rowStyle(rowSpot) ?? format?.style)) || 0;
    const hidden =
      sheet.state !== 'visible' || format?.hidden || (rowSpot ? rowHidden(rowSpot.attributes) : sheet.content.rowsHidden);
    const reason = pivots.has(place)
      ? 'pivot'
      : headers.has(place)
        ? 'table-header'
        : arrays.has(place)
          ? 'array'
          : cell?.formula
            ? 'formula'
            : !options.allowLocked && sheet.content.protected && (sheet.locks[style] ?? true)
              ? 'locked'
              : !options.allowHidden && hidden
                ? 'hidden'
                : undefined;
    if (reason) refused.push({ edit: place.edit, reason });
    else targets.push({ ...place, style, ...(rowSpot ? { rowSpot } : {}), ...(cell ? { cell } : {}) });
  }
  return { targets, refused };
}

function isWhole(number: number, most: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= most;
}

function headerOf({ range, headerRows }: Surroundings['tables'][number]): Range {
  return { ...range, bottom: range.top + headerRows - 1 };
}

/** The format of a row's empty cells, where it has one. */
function rowStyle(row: NumberedSpot | undefined): string | undefined {
  return row && /^(1|true)$/.test(row.attributes.customFormat ?? '') ? row.attributes.s : undefined;
}

/** The first range around each place, for places that lie in one. */
function covered<Place extends { row: number; column: number }>(
  ranges: readonly Range[],
  places: readonly Place[],
): Map<Place, Range> {
  const found = new Map<Place, Range>();
  const ordered = [...places].sort((a, b) => a.row - b.row);
  for (const range of ranges) {
    for (let at = firstFrom(ordered, range.top); at < ordered.length; at++) {
      const place = ordered[at] as Place;
      if (place.row > range.bottom) break;
      if (place.column >= range.left && place.column <= range.right && !found.has(place)) found.set(place, range);
    }
  }
  return found;
}

/** The index of the first place in or below a row, in places that are in order. */
function firstFrom(places: readonly { row: number }[], row: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.row ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
