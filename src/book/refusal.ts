import { Problems } from '../problem.ts';

/** Throws the problem of a workbook that cannot be used, in the words of a person who has it open. */
export function refuse(file: string, code: string, message: string, hint?: string): never {
  throw new Problems([{ code, file, line: 0, column: 0, message, ...(hint ? { hint } : {}) }]);
}
