import { plain } from './wording.ts';

/**
 * Ids as forms write them: `A&A-01.1`, `COMP-01`, `AC-2(1)(a)`, `1.1.1`, `A1.1`, `GV.OC-01`, `Q12`, `164.308(a)(1)`, plain numbers. A stray space
 * after a dash or a dot is forgiven.
 */
const LETTERS = String.raw`[A-Z][A-Z&]{0,7}(?:\.[A-Z]{1,5})?`;
const NUMBERS = String.raw`\d{1,4}(?:\.\d{1,4}){0,5}[a-z]?`;
const POINTS = String.raw`(?:\s?\([a-z0-9]{1,4}\)){0,5}`;
const CODED = `${LETTERS}(?:[-_.] ?|\\s)?${NUMBERS}${POINTS}`;
const NUMBERED = `§? ?${NUMBERS}${POINTS}`;
const WHOLE = new RegExp(`^(?:(?:[A-Z][A-Za-z]{0,9}[-_ ])?${CODED}(?:[-_.]${LETTERS}?[-_]?${NUMBERS})*|${NUMBERED})[.:)]?$`);
/** At the head of a text: only ids that no sentence begins with. */
const LEADING = new RegExp(
  `^(${LETTERS}[-_.]${NUMBERS}${POINTS}|[A-Z]{1,3}\\d{1,3}(?:\\.\\d{1,3})*|\\d{1,3}(?:\\.\\d{1,3})+${POINTS})(?:\\s*[-–—:.)]\\s+|\\s+|[.:)])(?=\\S)`,
);
/** The same with plain numbers, which count only where most questions of a sheet have one. */
const LEADING_NUMBER = /^(\d{1,4}|[a-z])[.):]\s+(?=\S)/;

/** Whether a text is nothing but an id. */
export function isId(text: string): boolean {
  return text.length <= 40 && WHOLE.test(plain(text));
}

/** Whether a text is an id that can be nothing else: not a plain number. */
export function isTellingId(text: string): boolean {
  return isId(text) && !/^\d+[.)]?$/.test(plain(text));
}

/** The id at the head of a text, and what follows it. */
export function leadingId(text: string): { id: string; rest: string } | undefined {
  const found = LEADING.exec(text) ?? LEADING_NUMBER.exec(text);
  return found?.[1] ? { id: found[1], rest: text.slice(found[0].length) } : undefined;
}

/** Patterns for mappings: the id at the head of a question, as a person can read and change them. */
export const LEADING_PATTERNS = [
  String.raw`^(\d+(?:\.\d+)+)`,
  String.raw`^([A-Z]+\d*(?:\.\d+)+)`,
  String.raw`^([A-Z][A-Z&]*(?:\.[A-Z]+)?[-_]\d+(?:\.\d+)*(?:\(\w+\))*)`,
  String.raw`^((?=[\w.&-]*\d)\w+(?:[.&_-]\w+)*(?:\(\w+\))*|[a-z](?=[.:)]))[.:)]?\s`,
];
