import * as v from 'valibot';
import { cellName } from '../book/address.ts';
import type { CellEdit, Patched, RefusedEdit } from '../book/book.ts';
import type { Matrix } from '../model/matrix.ts';
import { type AnswerSource, type BlankCode, type Found, SOURCES } from './answer.ts';
import type { Clipped } from './clipping.ts';
import type { Row } from './fill.ts';
import { textKey } from './library.ts';

/** What a person reviews after a questionnaire was filled, and what the next year's run compares with. */
export interface Review {
  format: 'demarc-review';
  formatVersion: 1;
  tool: Matrix['tool'];
  catalogue: Matrix['catalogue'];
  asOf: string;
  organization: string;
  system: string;
  /** The questionnaire as it came, by which mapping it was read, and the filled workbook. */
  questionnaire: { file: string; sha256: string; mapping: string };
  filled: { file: string; sha256: string };
  /** The review as a workbook. */
  review: { file: string; sha256: string };
  inputs: { path: string; sha256: string }[];
  counts: Counts;
  questions: ReviewedQuestion[];
  /** What changed since an earlier review, where one was given. */
  changes?: Change[];
}

/** How many questions there are and what became of them. */
export interface Counts {
  questions: number;
  answered: number;
  blank: number;
  kept: number;
}

/** What became of a question. `refused`: the workbook did not let the answer be written. */
export type State = 'answered' | 'blank' | 'kept' | 'refused';

/** One question with its answer, everything it rests on, and why it is blank. */
export interface ReviewedQuestion {
  sheet: string;
  cell: string;
  id?: string;
  section?: string;
  question: string;
  state: State;
  answer: string;
  ownership: string;
  explanation: string;
  /** What the reader must do. */
  customer?: string;
  evidence: string[];
  confidence: number;
  found?: Found;
  owners: string[];
  sources: AnswerSource[];
  blank?: { code: BlankCode | 'refused'; says: string };
  notes: string[];
  /** Cells of the answer in which a fixed height cuts the text off. */
  clipped: string[];
}

/** What changed in one question since an earlier review. */
export interface Change {
  sheet: string;
  cell: string;
  id?: string;
  question: string;
  before: string;
  now: string;
  why: string[];
}

const hashed = v.object({ sha256: v.string() });

/** What a later run needs of a review. The file has been out of our hands. */
const earlierReview = v.object({
  format: v.literal('demarc-review'),
  formatVersion: v.literal(1),
  filled: hashed,
  review: hashed,
  questions: v.array(
    v.object({
      sheet: v.string(),
      id: v.optional(v.string()),
      question: v.string(),
      state: v.picklist(['answered', 'blank', 'kept', 'refused']),
      answer: v.string(),
      ownership: v.string(),
      explanation: v.string(),
      sources: v.array(
        v.object({
          kind: v.picklist(SOURCES),
          id: v.string(),
          title: v.string(),
          state: v.optional(v.string()),
        }),
      ),
      blank: v.optional(v.object({ says: v.string() })),
    }),
  ),
});

/** An earlier review as read from its file. */
export type EarlierReview = v.InferOutput<typeof earlierReview>;

/** An earlier review from its text; undefined for a text that is none. */
export function reviewFrom(text: string): EarlierReview | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const review = v.safeParse(earlierReview, value);
  return review.success ? review.output : undefined;
}

type EarlierQuestion = EarlierReview['questions'][number];
type EarlierSource = EarlierQuestion['sources'][number];

/** Why a cell could not be written, in words. */
const REFUSALS: Record<RefusedEdit['reason'], string> = {
  formula: 'The cell holds a formula.',
  array: 'The cell belongs to an array formula.',
  pivot: 'The cell belongs to a pivot table.',
  'table-header': 'The cell is the header of a table.',
  locked: 'The cell is locked by the form.',
  hidden: 'The cell is hidden.',
  'same-cell': 'Another answer goes into the same cell.',
  'no-such-sheet': 'The sheet is missing.',
  'out-of-bounds': 'The cell lies outside the sheet.',
};

const CUT = 'A cell holds 32,767 characters; the text is cut there.';

/** Everything a review says of the questions, with what the workbook refused or could not hold, and where a row's height cuts text off. */
export function reviewedQuestions(
  rows: readonly Row[],
  patched: Pick<Patched, 'refused' | 'cut'>,
  clipped: readonly Clipped[],
): ReviewedQuestion[] {
  const at = (sheet: string, cell: string): string => `${sheet}\u0000${cell}`;
  const placed = ({ sheet, row, column }: CellEdit): string => at(sheet, cellName(row, column));
  const refusals = new Map(patched.refused.map(({ edit, reason }) => [placed(edit), reason]));
  const shortened = new Set(patched.cut.map(placed));
  const hidden = new Set(clipped.map((one) => at(one.sheet, one.cell)));
  return rows.map(({ question, answer, state, shown, owner, edits }) => {
    const cells = edits.map((edit) => cellName(edit.row, edit.column));
    const reasons = [...new Set(cells.flatMap((cell) => refusals.get(at(question.sheet, cell)) ?? []))];
    const main =
      question.options.length > 0
        ? cells[0]
        : question.cells.answer && cellName(question.cells.answer.row, question.cells.answer.column);
    const isRefused = state === 'answered' && main !== undefined && refusals.has(at(question.sheet, main));
    const blank = isRefused
      ? { code: 'refused' as const, says: reasons.map((reason) => REFUSALS[reason]).join(' ') }
      : answer.blank;
    const target = question.cells.answer ?? question.options[0] ?? { row: question.row, column: 1 };
    return {
      sheet: question.sheet,
      cell: cellName(target.row, target.column),
      ...(question.id === undefined ? {} : { id: question.id }),
      ...(question.section === undefined ? {} : { section: question.section }),
      question: question.text.replace(/\s+/g, ' ').trim(),
      state: isRefused ? 'refused' : state,
      answer: shown,
      ownership: owner,
      explanation: answer.blank ? '' : (answer.comment ?? ''),
      ...(answer.customer === undefined || answer.blank ? {} : { customer: answer.customer }),
      evidence: answer.blank ? [] : answer.evidence,
      confidence: Math.round(answer.confidence * 100) / 100,
      ...(answer.found === undefined ? {} : { found: answer.found }),
      owners: answer.owners,
      sources: answer.sources,
      ...(blank && state !== 'kept' ? { blank } : {}),
      notes: [
        ...answer.notes,
        ...(isRefused ? [] : reasons.map((reason) => REFUSALS[reason])),
        ...(cells.some((cell) => shortened.has(at(question.sheet, cell))) ? [CUT] : []),
      ],
      clipped: cells.filter((cell) => hidden.has(at(question.sheet, cell))),
    };
  });
}

/** Counts questions by what became of them; what was refused counts as blank. */
export function countsOf(questions: readonly ReviewedQuestion[]): Counts {
  const count = (...states: State[]): number => questions.filter((question) => states.includes(question.state)).length;
  return { questions: questions.length, answered: count('answered'), blank: count('blank', 'refused'), kept: count('kept') };
}

/** Why questions were left blank, in a few words. */
const BLANKS: Record<BlankCode | 'refused', string> = {
  'not-known': 'nothing in matrix, statements or library speaks of it',
  'asks-more': 'it asks more than any control says',
  'open-question': 'it asks for words, names or promises that only people can give',
  unanswered: 'no statement says how it stands',
  unproven: 'it rests on a provider of whom no live assurance is on file',
  'no-date': 'it asks how often, and no proof carries a day',
  'too-old': 'it asks how often, and the last proof is too old',
  'says-less': 'it asks more than the statement says',
  contradiction: 'library and statements contradict each other',
  expired: 'the answer in the library has run out',
  confidence: 'it is less certain than asked for',
  'not-allowed': 'the form allows no value that says it',
  refused: 'the workbook does not let the cell be written',
};

/** Why questions were left blank and how many for each reason, the most frequent first. */
export function blankReasons(questions: readonly ReviewedQuestion[]): { says: string; count: number }[] {
  const counts = new Map<BlankCode | 'refused', number>();
  for (const { blank } of questions) if (blank) counts.set(blank.code, (counts.get(blank.code) ?? 0) + 1);
  return [...counts].map(([code, count]) => ({ says: BLANKS[code], count })).sort((a, b) => b.count - a.count);
}

/**
 * What changed since an earlier review, and why: by the states of what the answers rest on. Questions are matched by their sheet and id, else by
 * their text, so that a new version of a form finds its old answers.
 */
export function changesSince(before: Pick<EarlierReview, 'questions'>, now: readonly ReviewedQuestion[]): Change[] {
  const byId = new Map<string, EarlierQuestion>();
  const byText = new Map<string, EarlierQuestion>();
  for (const question of before.questions) {
    if (question.id !== undefined) byId.set(`${question.sheet}\u0000${question.id}`, question);
    byText.set(textKey(question.question), question);
  }
  return now.flatMap((question): Change[] => {
    const old =
      (question.id === undefined ? undefined : byId.get(`${question.sheet}\u0000${question.id}`)) ??
      byText.get(textKey(question.question));
    const change = {
      sheet: question.sheet,
      cell: question.cell,
      ...(question.id === undefined ? {} : { id: question.id }),
      question: question.question,
    };
    if (!old) return [{ ...change, before: '', now: told(question), why: ['The question is new.'] }];
    if (told(old) === told(question)) return [];
    const why = question.blank?.code === 'contradiction' ? [] : movedSources(old.sources, question.sources);
    if (question.blank && question.blank.says !== old.blank?.says) why.push(question.blank.says);
    if (why.length === 0)
      why.push(old.state === 'kept' || question.state === 'kept' ? 'Somebody answered it by hand.' : 'Its wording changed.');
    return [{ ...change, before: told(old), now: told(question), why }];
  });
}

/** An answer as a reader sees it. */
function told(question: EarlierQuestion | ReviewedQuestion): string {
  if (question.state === 'blank' || question.state === 'refused') return 'blank';
  return [question.answer, question.ownership, question.explanation].filter((text) => text !== '').join(' · ');
}

/** How the states of sources moved between two reviews. */
function movedSources(before: readonly EarlierSource[], now: readonly AnswerSource[]): string[] {
  const isOwn = (source: EarlierSource | AnswerSource): boolean => source.kind === 'library';
  const [was, is] = [before.find(isOwn), now.find(isOwn)];
  // One word says more here than a list of everything that the other answer rested on.
  if (!was && is) return [`The answer library answers it now${is.state ? ` (${is.state})` : ''}.`];
  if (was && !is) return ['The answer library answers it no longer.'];
  const key = (source: EarlierSource | AnswerSource): string => `${source.kind}\u0000${source.id}`;
  const old = new Map(before.map((source) => [key(source), source]));
  const fresh = new Map(now.map((source) => [key(source), source]));
  const name = (source: EarlierSource | AnswerSource): string => {
    const what = source.kind === 'customer-duty' ? 'duty of customers' : source.kind;
    return `${what} ${source.kind === 'assurance' || source.kind === 'evidence' ? source.title : source.id}`;
  };
  const moved: string[] = [];
  for (const source of now) {
    const was = old.get(key(source));
    if (!was) moved.push(`New ${name(source)}${source.state ? ` (${source.state})` : ''}.`);
    else if (was.state !== source.state)
      moved.push(`${name(source)}: ${was.state ?? 'nothing'} before, ${source.state ?? 'nothing'} now.`);
  }
  for (const source of before) if (!fresh.has(key(source))) moved.push(`No longer: ${name(source)}.`);
  return moved.map((text) => text.charAt(0).toUpperCase() + text.slice(1));
}
