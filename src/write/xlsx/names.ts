import { cut } from '../../cell-text.ts';

/** Column letters of a 0-based column: 0 → A, 26 → AA. */
export function letters(column: number): string {
  return (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));
}

/** Makes each name differ from all before it, letter case aside, within `limit` units; `taken` holds lower-case names. */
function unique(name: string, limit: number, taken: Set<string>, suffix: (n: number) => string): string {
  let result = cut(name, limit);
  for (let n = 2; taken.has(result.toLowerCase()); n++) result = cut(name, limit - suffix(n).length) + suffix(n);
  taken.add(result.toLowerCase());
  return result;
}

/** Sheet names as Excel allows them: 31 characters, none of `[]:*?/\`, no apostrophe at either end, unique, not `History`. */
export function sheetNames(wanted: string[]): string[] {
  const taken = new Set(['history']);
  return wanted.map((name) => {
    const clean = cut(name.replace(/[[\]:*?/\\\p{Cc}\p{Cs}]+/gu, ' ').trim(), 31)
      .replace(/^'+|'+$/g, '')
      .trim();
    return unique(clean || 'Sheet', 31, taken, (n) => ` (${n})`);
  });
}

/**
 * Names of the sheets' tables, by which formulas can refer to columns (`COUNTIF(Matrix[Status],"Open")`): the sheet's name with
 * each run of other characters as `_`. What could be read as a cell (`TAB1`, `R1C1`) or begins with a digit gets a `_` in front.
 * `reserved` are names that stand for something else already.
 */
export function tableNames(sheets: string[], reserved: Iterable<string> = []): string[] {
  const taken = new Set([...reserved].map((name) => name.toLowerCase()));
  return sheets.map((sheet) => {
    const name = sheet.replace(/[^\p{L}\p{N}_]+/gu, '_');
    const bad = /^(\p{N}|[a-z]{1,3}\d+$|r\d*(c\d*)?$|c\d*$|_*$)/iu.test(name);
    return unique(bad ? `_${name}` : name, 200, taken, (n) => `_${n}`);
  });
}

/** Header names of a table: one line, never empty, at most 255 characters, unique. The cells and the table part both use them. */
export function headerNames(titles: string[]): string[] {
  const taken = new Set<string>();
  return titles.map((title, at) => {
    const clean = title.replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ').trim();
    return unique(clean || `Column ${at + 1}`, 255, taken, (n) => ` (${n})`);
  });
}

/** A sheet name as formulas and links write it. */
export function quoted(sheet: string): string {
  return `'${sheet.replaceAll("'", "''")}'`;
}
