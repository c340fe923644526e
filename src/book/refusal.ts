import { Problems } from '../problem.ts';

/** Throws the problem of a workbook that cannot be used, in the words of a person who has it open. */
export function refuse(file: string, code: string, message: string, hint?: string): never {
  throw new Problems([{ code, file, line: 0, column: 0, message, ...(hint ? { hint } : {}) }]);
}

/** Throws the problem of a workbook that is broken. */
export function damaged(file: string, what: string): never {
  const hint = 'Open it in Excel or LibreOffice and save it again, or ask whoever sent it for a fresh copy.';
  refuse(file, 'book-damaged', `The workbook is damaged: ${what}.`, hint);
}

/** Throws the problem of a workbook that lacks something it cannot do without. */
export function missing(file: string, what: string): never {
  damaged(file, `${what} is missing`);
}

/** Says what is wrong with a part, in words that follow its name. */
export type Fail = (what: string) => never;

/** Throws the problem of a workbook with a broken part. */
export function failIn(file: string, part: string): Fail {
  return (what) => damaged(file, `the part “${part}” ${what}`);
}
