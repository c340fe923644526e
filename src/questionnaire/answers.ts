import { columnLetters } from '../book/address.ts';
import { joinNames } from '../sentence.ts';
import type { Profile } from './columns.ts';
import { titleRole } from './titles.ts';
import { answerWord, isAnswerLike } from './vocabulary.ts';
import { shortened } from './wording.ts';

/** Something that speaks for a column, in words, and how much. */
export interface Reason {
  weight: number;
  text: string;
}

/** A column weighed for a purpose. */
export interface Weighed {
  profile: Profile;
  score: number;
  reasons: Reason[];
}

/** Below this a column is not taken for answers. */
export const LEAST_ANSWER = 3;

/** An empty column right beside the questions is taken for less, if its title at least does not speak against it. */
const LEAST_ALONE = 1.5;

function isOnlyPlace({ title, column, filled, rows }: Profile, question: number): boolean {
  return title !== undefined && title.role === undefined && column === question + 1 && filled <= rows * 0.1;
}

/** Weighs a column as the place for answers to the questions in another. */
export function weighAnswer(profile: Profile, question: number, titled: boolean): Weighed {
  const reasons: Reason[] = [];
  let score = 0;
  const name = `column ${columnLetters(profile.column)}`;
  const count = (points: number, text?: string): void => {
    score += points;
    if (text && points > 0) reasons.push({ weight: points, text: `${name} ${text}` });
  };
  const { title } = profile;
  if (title?.role) count(titlePoints(title.role, title.weight), `is titled “${shortened(title.text, 60)}”`);
  else if (titled) count(title ? -0.5 : -1.5);
  const share = (part: number): string => `${Math.round(part * 100)} % of the questions`;
  if (profile.listedAnswers >= 0.15)
    count(profile.listedAnswers >= 0.4 ? 4 : 2, `has a list of answers on ${share(profile.listedAnswers)}`);
  else if (profile.listedMark >= 0.4) count(3.5, `has a list with one mark on ${share(profile.listedMark)}`);
  else if (profile.listedGrades >= 0.4) count(0.5, `has a list of grades on ${share(profile.listedGrades)}`);
  else if (profile.listed >= 0.15) count(profile.listed >= 0.4 ? 2.5 : 1.2, `has a list on ${share(profile.listed)}`);
  if (profile.unlocked >= 0.4) count(2, `is unlocked on this protected sheet for ${share(profile.unlocked)}`);
  const filled = profile.rows === 0 ? 0 : profile.filled / profile.rows;
  if (profile.placeholders >= 0.4) count(2, 'holds placeholders to be replaced');
  if (filled >= 0.2 && profile.answers >= 0.6) count(2.5, 'already holds answers');
  else if (filled <= 0.1) count(1.5, 'is empty beside the questions');
  else if (filled <= 0.5) count(0.7, 'is mostly empty beside the questions');
  else if (profile.long >= 0.6 && title?.role !== 'answer') count(-2.5);
  else if (profile.tellingIds > 0.5) count(-3);
  if (profile.formulas > 0.5) count(-8);
  if (profile.hidden) count(-6);
  const distance = profile.column - question;
  count(distance === 1 ? 0.6 : distance < 0 ? -0.4 : distance <= 4 ? 0.4 : 0.2);
  return { profile, score, reasons };
}

function titlePoints(role: NonNullable<Profile['title']>['role'], weight: number): number {
  switch (role) {
    case 'answer':
      return weight * 0.7;
    case 'comment':
    case 'provider':
      return 1;
    case 'ownership':
      return 0.8;
    case 'evidence':
      return 0.3;
    case 'reason':
      return -3;
    case 'customer':
      return -1;
    case 'question':
      return -2;
    case 'section':
      return -3;
    default:
      return -4;
  }
}

/** Where the answers of a sheet go. */
export interface Answers {
  /** One column, several of which one is marked, or none. */
  columns: Profile[];
  isMarked: boolean;
  score: number;
  reasons: Reason[];
  /** Why the sheet is not one to answer, although it asks. */
  elsewhere?: string;
}

/** How much marked columns count; their titles leave little doubt. */
const MARKED = 6;

/** Finds where the answers go among the columns beside the questions. */
export function findAnswers(places: readonly Profile[], question: number, titled: boolean): Answers {
  const weighed = places.map((profile) => weighAnswer(profile, question, titled));
  const single = weighed.reduce<Weighed | undefined>((a, b) => (a && a.score >= b.score ? a : b), undefined);
  const marked = markedColumns(places);
  if (marked.length > 0 && (!single || marked.includes(single.profile) || single.score <= MARKED)) {
    const titles = joinNames(marked.map(({ title }) => `“${shortened(title?.text ?? '', 30)}”`));
    const letters = joinNames(marked.map(({ column }) => columnLetters(column)));
    const text = `columns ${letters} are titled ${titles}: one of them is marked`;
    return { columns: marked, isMarked: true, score: MARKED, reasons: [{ weight: MARKED, text }] };
  }
  const isGood = single !== undefined && single.score >= (isOnlyPlace(single.profile, question) ? LEAST_ALONE : LEAST_ANSWER);
  const elsewhere = answeredElsewhere(places, isGood ? single.profile : undefined);
  return {
    columns: isGood ? [single.profile] : [],
    isMarked: false,
    score: isGood ? single.score : 0,
    reasons: isGood ? single.reasons : [{ weight: 0, text: 'no column has a place for answers; one can be added' }],
    ...(elsewhere ? { elsewhere } : {}),
  };
}

function answeredElsewhere(places: readonly Profile[], answer: Profile | undefined): string | undefined {
  const told = answer?.title?.role === 'answer' ? answer.title.weight : 0;
  const shown = places.find(({ formulas, title }) => formulas > 0.5 && title?.role === 'answer' && title.weight > told);
  if (shown) return 'the answers are formulas: the sheet shows what is answered elsewhere';
  const tallies = places.filter(
    ({ title, numbers, filled, rows }) => title && isAnswerLike(title.text) && filled > rows * 0.5 && numbers > 0.9,
  );
  return tallies.length >= 2 ? 'answers are counted here, not given' : undefined;
}

/**
 * Adjacent columns of which one is marked: titled with answers such as "Yes", "No", "N/A", or under one title with them, and holding nothing
 * but marks.
 */
function markedColumns(places: readonly Profile[]): Profile[] {
  const isFree = ({ hidden, formulas, long, filled, rows, placeholders, marks }: Profile): boolean =>
    !hidden && formulas < 0.5 && long === 0 && (filled <= rows * 0.5 || placeholders >= 0.5 || marks >= 0.9);
  const named = places.filter((profile) => profile.title !== undefined && isAnswerLike(profile.title.text) && isFree(profile));
  const groups = named.flatMap(({ title }) => (title?.group && titleRole(title.group)?.role === 'answer' ? title.group : []));
  const shared = new Set(groups.filter((group, i) => groups.indexOf(group) !== i));
  const candidates = places.filter(
    (profile) => named.includes(profile) || (shared.has(profile.title?.group ?? '') && isFree(profile)),
  );
  let best: Profile[] = [];
  let run: Profile[] = [];
  for (const profile of candidates) {
    const before = run.at(-1);
    run = before && profile.column - before.column <= 1 ? [...run, profile] : [profile];
    const words = new Set(run.flatMap(({ title }) => answerWord(title?.text ?? '') ?? []));
    if (run.length > best.length && words.size >= 2) best = run;
  }
  return best;
}
