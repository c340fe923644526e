import type { Range } from './book.ts';

/** What a sheet of Excel holds at most. */
export const MAX_ROW = 1_048_576;
export const MAX_COLUMN = 16_384;

/** A column's letters: 1 is A, 28 is AB. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

/** A column's number: A is 1. Nothing for what is no column of a sheet. */
export function columnNumber(letters: string): number | undefined {
  if (!/^[A-Za-z]{1,3}$/.test(letters)) return undefined;
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column <= MAX_COLUMN ? column : undefined;
}

/** A cell's name, such as `B12`. */
export function cellName(row: number, column: number): string {
  return `${columnLetters(column)}${row}`;
}

const DOLLAR = 36;
/** Makes the code of a letter of ASCII that of its capital, and no other sign's code that of a capital. */
const UPPER = ~0x20;

/** The cell that a name such as `B12` or `$B$12` means. Nothing for what is no cell of a sheet. */
export function parseCell(name: string): { row: number; column: number } | undefined {
  // Sign by sign: sheets merge hundreds of ranges, and patterns with groups take several times as long.
  let at = name.charCodeAt(0) === DOLLAR ? 1 : 0;
  let column = 0;
  for (let code = name.charCodeAt(at) & UPPER; code >= 65 && code <= 90; code = name.charCodeAt(++at) & UPPER)
    column = column * 26 + code - 64;
  if (name.charCodeAt(at) === DOLLAR) at++;
  let row = 0;
  const digits = at;
  for (let code = name.charCodeAt(at); code >= 48 && code <= 57 && at < digits + 8; code = name.charCodeAt(++at))
    row = row * 10 + code - 48;
  const whole = at === name.length && name.charCodeAt(digits) !== 48;
  return whole && column > 0 && column <= MAX_COLUMN && row > 0 && row <= MAX_ROW ? { row, column } : undefined;
}

/** The rectangle that `A1:B2`, `A1`, `A:B` or `1:2` means, with or without dollar signs. Nothing for what is no range of one sheet. */
export function parseRange(name: string): Range | undefined {
  const colon = name.indexOf(':');
  const from = colon < 0 ? name : name.slice(0, colon);
  const to = colon < 0 ? name : name.slice(colon + 1);
  const first = parseCell(from);
  const last = parseCell(to);
  if (first && last) return rectangle(first.row, first.column, last.row, last.column);
  if (colon < 0) return undefined;
  const left = columnNumber(from.replace('$', ''));
  const right = columnNumber(to.replace('$', ''));
  if (left && right) return rectangle(1, left, MAX_ROW, right);
  const [top = 0, bottom = 0] = [from, to].map((row) => (/^\$?[1-9]\d{0,6}$/.test(row) ? Number(row.replace('$', '')) : 0));
  return top && bottom && Math.max(top, bottom) <= MAX_ROW ? rectangle(top, 1, bottom, MAX_COLUMN) : undefined;
}

function rectangle(row: number, column: number, otherRow: number, otherColumn: number): Range {
  return {
    top: Math.min(row, otherRow),
    left: Math.min(column, otherColumn),
    bottom: Math.max(row, otherRow),
    right: Math.max(column, otherColumn),
  };
}

/** The ranges of a list separated by white space, as in `sqref`; what is no range is left out. */
export function parseRanges(list: string): Range[] {
  return list.split(/\s+/).flatMap((name) => parseRange(name) ?? []);
}

/** Whether the cell lies in the range. */
export function holds(range: Range, row: number, column: number): boolean {
  return row >= range.top && row <= range.bottom && column >= range.left && column <= range.right;
}
