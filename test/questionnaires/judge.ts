import type { Book } from '../../src/book/book.ts';
import { propose } from '../../src/questionnaire/detect.ts';
import type { SheetMapping } from '../../src/questionnaire/questionnaire.ts';
import { questionsOf } from '../../src/questionnaire/questions.ts';

/** What a person read off a sheet: no questions, or where they are. */
export interface Label {
  none?: string | boolean;
  /** A sheet that may be taken either way. */
  optional?: boolean;
  id?: string;
  question?: string;
  answer?: string[];
  /** Another column that would serve as well. */
  answerAlso?: string[];
  comment?: string | null;
  first?: number;
  last?: number;
  count?: number;
  countMax?: number;
}

/** By workbook, by sheet. */
export type Labels = Record<string, Record<string, Label>>;

/** One sheet held against its label. */
export interface Judged {
  sheet: string;
  asks: boolean;
  right: boolean;
  found: number;
  line: string;
}

/** Holds what the detector proposes for each labelled sheet against the label: right where question and answer columns are the same. */
export function judge(book: Book, file: string, labels: Record<string, Label>): Judged[] {
  const proposal = propose(book, file);
  const { questions } = questionsOf(book, proposal.mapping, file);
  return Object.entries(labels).map(([sheet, label]) => {
    const proposed = proposal.sheets.find((candidate) => candidate.sheet === sheet);
    const mapping = proposed?.mapping;
    const found = questions.filter((question) => question.sheet === sheet).length;
    const right = isRight(mapping, label);
    const shown = mapping
      ? `${mapping.kind} id ${mapping.columns.id ?? '–'} question ${mapping.columns.question} answer ${mapping.columns.answer?.join('') ?? '–'} comment ${mapping.columns.comment ?? '–'} rows ${mapping.from}–${mapping.to ?? ''}: ${found} of ${label.count ?? 0}`
      : `none: ${proposed?.reasons[0]}`;
    const wanted = right
      ? ''
      : `   WANTED ${label.none ? 'none' : `question ${label.question} answer ${label.answer?.join('') || '–'}`}`;
    return { sheet, asks: !label.none, right, found, line: `${sheet}: ${shown} (${proposed?.confidence ?? 0})${wanted}` };
  });
}

function isRight(mapping: SheetMapping | undefined, label: Label): boolean {
  if (!mapping) return Boolean(label.none || label.optional);
  if (label.none) return false;
  const answer = (mapping.columns.answer ?? []).join(' ');
  return (
    mapping.columns.question === label.question &&
    [label.answer, label.answerAlso].some((wanted) => (wanted ?? ['?']).join(' ') === answer)
  );
}
