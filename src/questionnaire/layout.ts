import { columnNumber } from '../book/address.ts';
import { type Mark, type OwnerWord, ROLES, type Role, type SheetMapping } from './questionnaire.ts';

/** A sheet's mapping with letters as numbers and patterns compiled. */
export interface Layout {
  question: number;
  id: number | undefined;
  answer: number[];
  section: number | undefined;
  option: number | undefined;
  needs: number | undefined;
  /** Every role that has one column. */
  roles: [Role, number][];
  marks: { column: number; means: Mark['means'] }[];
  ownershipMarks: { column: number; means: OwnerWord }[];
  idPattern: RegExp | undefined;
  skip: RegExp | undefined;
  until: RegExp | undefined;
  commentRow: RegExp | undefined;
}

const SINGLE = ROLES.filter((role) => role !== 'answer');

/** Compiles a mapping; `wrong` receives what is no column and no pattern. */
export function layoutOf(mapping: SheetMapping, wrong: string[]): Layout {
  const { columns } = mapping;
  const column = (letters: string): number => {
    const number = columnNumber(letters);
    if (!number) wrong.push(`\`${letters}\` is no column`);
    return number ?? 0;
  };
  const columnOf = (letters: string | undefined): number | undefined => (letters === undefined ? undefined : column(letters));
  const patternOf = (text: string | undefined): RegExp | undefined => (text === undefined ? undefined : pattern(text, wrong));
  return {
    question: column(columns.question),
    id: columnOf(columns.id),
    answer: (columns.answer ?? []).map(column),
    section: columnOf(columns.section),
    option: columnOf(columns.option),
    needs: columnOf(mapping.needs),
    roles: SINGLE.flatMap((role): [Role, number][] => (columns[role] === undefined ? [] : [[role, column(columns[role])]])),
    marks: (mapping.marks ?? []).map(({ column: letters, means }) => ({ column: column(letters), means })),
    ownershipMarks: (mapping.ownershipMarks ?? []).map(({ column: letters, means }) => ({ column: column(letters), means })),
    idPattern: patternOf(mapping.idPattern),
    skip: patternOf(mapping.skip),
    until: patternOf(mapping.until),
    commentRow: patternOf(mapping.commentRow),
  };
}

function pattern(text: string, wrong: string[]): RegExp | undefined {
  try {
    return new RegExp(text, 'iu');
  } catch {
    wrong.push(`\`${text}\` is no pattern`);
    return undefined;
  }
}
