import { columnLetters } from '../book/address.ts';
import type { Profile } from './columns.ts';
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

/** Adjacent columns of which one is marked: titled with answers such as "Yes", "No", "N/A", and holding nothing but marks. */
export function markedColumns(all: readonly Profile[]): Profile[] {
  const candidates = all.filter(
    ({ title, hidden, formulas, filled, rows, long, placeholders }) =>
      title !== undefined &&
      !hidden &&
      formulas < 0.5 &&
      isAnswerLike(title.text) &&
      long === 0 &&
      (filled <= rows * 0.5 || placeholders >= 0.5),
  );
  let best: Profile[] = [];
  let run: Profile[] = [];
  for (const profile of candidates) {
    const before = run.at(-1);
    run = before && profile.column - before.column <= 1 ? [...run, profile] : [profile];
    if (run.length > best.length && new Set(run.map(({ title }) => answerWord(title?.text ?? ''))).size >= 2) best = run;
  }
  return best.length >= 2 ? best : [];
}
