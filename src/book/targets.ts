import { MAX_COLUMN, MAX_ROW } from './address.ts';
import type { BookSheet, CellEdit, PatchOptions, Range, RefusedEdit } from './book.ts';
import type { Element } from './element.ts';
import { rowHidden } from './position.ts';
import type { Fail } from './refusal.ts';
import { attributesOf, cellsIn, cellsNamed, type Numbered, openingTag, type SheetScan } from './scan.ts';
import { covered } from './search.ts';
import type { SheetContent } from './sheet.ts';
import type { Surroundings } from './surroundings.ts';
import { type CellTag, cellTag } from './tag.ts';
import { flag } from './xml.ts';

/** A cell that gets an answer: where it stands or will stand, and the number of its format. */
export interface Target {
  edit: CellEdit;
  row: number;
  column: number;
  style: number;
  /** Its row and itself, where the file has them. */
  inRow: TargetRow | undefined;
  cell: TargetCell | undefined;
}

/** A row of the file. */
export interface TargetRow extends Numbered {
  hidden: boolean;
  /** The format of its empty cells, as written. */
  style: string | undefined;
  /** In the order of the file, where a cell is to go between them; else those that get an answer. */
  cells: Numbered[];
}

/** A cell of the file. */
export interface TargetCell extends CellTag {
  element: Element;
  formula: boolean;
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
  edits: readonly CellEdit[],
  sheet: SheetState,
  options: PatchOptions,
  fail: Fail,
): { targets: Target[]; refused: RefusedEdit[] } {
  const { scan, content, around } = sheet;
  const refused: RefusedEdit[] = [];
  const byRow = placedByRow(edits, scan.merges, refused);
  const rows = new Map(scan.rows.map((row) => [row.number, row]));
  if (rows.size < scan.rows.length) fail('has a row twice');

  const all: Target[] = [];
  for (const row of [...byRow.keys()].sort((a, b) => a - b)) {
    const element = rows.get(row);
    const columns = byRow.get(row) ?? new Map<number, CellEdit>();
    const inRow = element && targetRow(scan, element, columns, fail);
    const cells = new Map<number, TargetCell>();
    for (const cell of inRow?.cells ?? []) {
      if (!columns.has(cell.number)) continue;
      if (cells.has(cell.number)) fail('has a cell twice');
      cells.set(cell.number, targetCell(scan, cell, fail));
    }
    for (const column of [...columns.keys()].sort((a, b) => a - b)) {
      const cell = cells.get(column);
      const format = content.columns.find(({ from, to }) => column >= from && column <= to);
      const style = Number(cell ? cell.style : (inRow?.style ?? format?.style)) || 0;
      all.push({ edit: columns.get(column) as CellEdit, row, column, style, inRow, cell });
    }
  }

  const pivots = covered(around.pivots, all);
  const headers = covered(around.tables.map(headerOf), all);
  const arrays = covered(scan.arrays, all);
  const targets = all.filter((target) => {
    const reason = pivots.has(target)
      ? 'pivot'
      : headers.has(target)
        ? 'table-header'
        : arrays.has(target)
          ? 'array'
          : target.cell?.formula
            ? 'formula'
            : closedTo(target, sheet, options);
    if (reason) refused.push({ edit: target.edit, reason });
    return !reason;
  });
  return { targets, refused };
}

/** The edits that lie on a sheet, by the row and then the column of the cell that they go to: for merged cells, the top left one. */
function placedByRow(
  edits: readonly CellEdit[],
  merges: readonly Range[],
  refused: RefusedEdit[],
): Map<number, Map<number, CellEdit>> {
  const within = edits.filter((edit) => {
    const inside = isWhole(edit.row, MAX_ROW) && isWhole(edit.column, MAX_COLUMN);
    if (!inside) refused.push({ edit, reason: 'out-of-bounds' });
    return inside;
  });
  const merged = covered(merges, within);
  const byRow = new Map<number, Map<number, CellEdit>>();
  for (const edit of within) {
    const { top: row, left: column } = merged.get(edit) ?? { top: edit.row, left: edit.column };
    const inRow = byRow.get(row) ?? new Map<number, CellEdit>();
    const former = inRow.get(column);
    if (former && former.value !== edit.value) refused.push({ edit: former, reason: 'same-cell' });
    byRow.set(row, inRow.set(column, edit));
  }
  return byRow;
}

function isWhole(number: number, most: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= most;
}

function targetRow(scan: SheetScan, row: Numbered, columns: ReadonlyMap<number, CellEdit>, fail: Fail): TargetRow {
  const said = attributesOf(scan.xml, row.element, fail);
  const style = flag(said('customFormat')) ? said('s') : undefined;
  const cells = cellsNamed(scan, row, columns.keys(), fail) ?? cellsIn(scan, row, fail);
  return { number: row.number, element: row.element, hidden: rowHidden(said), style, cells };
}

function targetCell({ xml, prefix }: SheetScan, { element }: Numbered, fail: Fail): TargetCell {
  const { contentFrom, contentTo } = element;
  const tag = openingTag(xml, element, fail);
  // Most cells hold nothing, or a value alone.
  const value = prefix.length + 3;
  const plain =
    contentFrom >= contentTo ||
    (xml.startsWith(`<${prefix}v>`, contentFrom) && xml.indexOf('<', contentFrom + value) === contentTo - value - 1);
  const formula = !plain && /<(?:[\w.-]+:)?f[\s/>]/.test(xml.slice(contentFrom, contentTo));
  return { element, formula, ...cellTag(tag) };
}

function headerOf({ range, headerRows }: Surroundings['tables'][number]): Range {
  return { ...range, bottom: range.top + headerRows - 1 };
}

/** Why a person who has the sheet open could not write the cell, or not see it. */
function closedTo(
  { style, column, inRow }: Target,
  { state, content, locks }: SheetState,
  options: PatchOptions,
): 'locked' | 'hidden' | undefined {
  if (!options.allowLocked && content.protected && (locks[style] ?? true)) return 'locked';
  if (options.allowHidden) return undefined;
  const hidden =
    state !== 'visible' ||
    (inRow?.hidden ?? content.rowsHidden) ||
    content.columns.some(({ from, to, hidden: columnHidden }) => columnHidden && column >= from && column <= to);
  return hidden ? 'hidden' : undefined;
}
