import { columnNumber, MAX_COLUMN, MAX_ROW } from './address.ts';
import { type Attributes, flag } from './xml.ts';

/**
 * Where reading stands in a sheet. Rows and cells may leave out their names; then they follow the one before, and a row takes its number
 * from its first cell.
 */
export interface Position {
  row: number;
  column: number;
  /** Whether the row said its number itself, and whether one of its cells has been met. */
  said: boolean;
  begun: boolean;
}

/** The place before the first row. */
export function start(): Position {
  return { row: 0, column: 0, said: true, begun: true };
}

/** Moves on to the next row. */
export function openRow(position: Position, name: string | undefined, fail: (what: string) => never): void {
  const row = name === undefined ? position.row + 1 : wholeNumber(name, MAX_ROW);
  if (row === undefined || row > MAX_ROW) fail('has a row outside the sheet');
  position.row = row;
  position.column = 0;
  position.said = name !== undefined;
  position.begun = false;
}

/** Moves on to the next cell of the row. */
export function openCell(position: Position, name: string | undefined, fail: (what: string) => never): void {
  let column: number | undefined = position.column + 1;
  if (name !== undefined) {
    const place = cellPlace(name);
    if (place && !position.said && !position.begun && place.row > position.row) position.row = place.row;
    if (place?.row !== position.row) fail(`has a cell named “${name.slice(0, 20)}” in row ${position.row}`);
    column = place.column;
  }
  if (column > MAX_COLUMN) fail('has a cell outside the sheet');
  position.column = column;
  position.begun = true;
}

/** Whether a row is out of sight: hidden, or without height. */
export function rowHidden(attributes: Attributes): boolean {
  return flag(attributes.hidden) || rowHeight(attributes) === 0;
}

/** The height of a row in points where it is fixed. */
export function rowHeight(attributes: Attributes): number | undefined {
  const height = Number(attributes.ht);
  return attributes.ht !== undefined && Number.isFinite(height) && flag(attributes.customHeight) ? height : undefined;
}

/** A number from 1 to `most`, written in digits. */
export function wholeNumber(text: string | undefined, most: number): number | undefined {
  const number = Number(text);
  return text !== undefined && /^\d+$/.test(text) && number >= 1 && number <= most ? number : undefined;
}

/** A cell's place by its name, without dollar signs. Unlike `parseCell` it takes no pattern: this runs for every cell of a book. */
function cellPlace(name: string): { row: number; column: number } | undefined {
  let at = 0;
  while (at < 3 && name.charCodeAt(at) >= 65) at++;
  const column = columnNumber(name.slice(0, at));
  const row = wholeNumber(name.slice(at), MAX_ROW);
  return column && row ? { row, column } : undefined;
}
