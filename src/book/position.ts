import { MAX_COLUMN, MAX_ROW } from './address.ts';
import type { Fail } from './refusal.ts';
import { flag } from './xml.ts';

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
export function beforeFirstRow(): Position {
  return { row: 0, column: 0, said: true, begun: true };
}

/** Moves on to the next row. */
export function openRow(position: Position, name: string | undefined, fail: Fail): void {
  const row = name === undefined ? position.row + 1 : wholeNumber(name, MAX_ROW);
  if (row === undefined || row > MAX_ROW) fail('has a row outside the sheet');
  position.row = row;
  position.column = 0;
  position.said = name !== undefined;
  position.begun = false;
}

/** Moves on to the next cell of the row. */
export function openCell(position: Position, name: string | undefined, fail: Fail): void {
  let column = position.column + 1;
  if (name !== undefined) {
    const row = rowOf(name);
    column = columnOf(name);
    if (row > position.row && !position.said && !position.begun) position.row = row;
    if (row !== position.row || column === 0) fail(`has a cell named “${name.slice(0, 20)}” in row ${position.row}`);
  }
  if (column > MAX_COLUMN) fail('has a cell outside the sheet');
  position.column = column;
  position.begun = true;
}

/**
 * Moves on to the next cell of the row where its name begins at a place, as nearly all do that programs write. False, without having
 * moved, where that is not plain; then `openCell` says what is the matter.
 */
export function openCellAt(position: Position, xml: string, from: number): boolean {
  let at = from;
  let column = 0;
  for (let code = xml.charCodeAt(at); code >= 65 && code <= 90 && at < from + 3; code = xml.charCodeAt(++at))
    column = column * 26 + code - 64;
  let row = 0;
  const digits = at;
  for (let code = xml.charCodeAt(at); code >= 48 && code <= 57 && at < digits + 7; code = xml.charCodeAt(++at))
    row = row * 10 + code - 48;
  if (xml.charCodeAt(at) !== 34 || row !== position.row || column === 0 || column > MAX_COLUMN) return false;
  if (xml.charCodeAt(digits) === 48) return false;
  position.column = column;
  position.begun = true;
  return true;
}

/** Whether a row is out of sight, hidden or without height, by what its attributes say. */
export function rowHidden(said: (name: string) => string | undefined): boolean {
  return flag(said('hidden')) || rowHeight(said) === 0;
}

/** The height of a row in points where it is fixed. */
export function rowHeight(said: (name: string) => string | undefined): number | undefined {
  if (!flag(said('customHeight'))) return undefined;
  const written = said('ht');
  const height = Number(written);
  return written !== undefined && Number.isFinite(height) ? height : undefined;
}

/** A number from 1 to `most`, written in digits. */
export function wholeNumber(text: string | undefined, most: number): number | undefined {
  const number = Number(text);
  return text !== undefined && /^\d+$/.test(text) && number >= 1 && number <= most ? number : undefined;
}

/** The column in a cell's name without dollar signs, 0 where there is none. Like its fellow it takes no pattern: both run for every cell. */
function columnOf(name: string): number {
  let column = 0;
  for (let at = 0; at < 3; at++) {
    const letter = (name.charCodeAt(at) & ~0x20) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column;
}

/** The row in a cell's name, 0 where it is none. */
function rowOf(name: string): number {
  let at = 0;
  while (name.charCodeAt(at) >= 65) at++;
  let row = 0;
  if (at === 0 || at > 3 || at === name.length || name.length > at + 7 || name.charCodeAt(at) === 48) return 0;
  for (; at < name.length; at++) {
    const digit = name.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return 0;
    row = row * 10 + digit;
  }
  return row;
}
