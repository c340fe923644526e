import { columnLetters } from '../book/address.ts';
import type { Reason, Weighed } from './answers.ts';
import { type Profile, profiles } from './columns.ts';
import type { Grid } from './grid.ts';
import type { Table } from './headers.ts';
import type { TitleRole } from './titles.ts';
import { shortened } from './wording.ts';

/** Below this a column is not taken for questions. */
export const LEAST_QUESTION = 3.5;
/** Below this a column is not taken for ids. */
const LEAST_ID = 3.5;

const POINTS: Partial<Record<TitleRole, number>> = {
  id: -3,
  answer: -4,
  comment: -5,
  evidence: -5,
  reason: -5,
  ownership: -4,
  section: -2.5,
  internal: -5,
  guidance: -6,
};

/** Weighs a column as the one that asks. */
export function weighQuestion(profile: Profile): Weighed {
  const reasons: Reason[] = [];
  const { title, filled } = profile;
  const name = `column ${columnLetters(profile.column)}`;
  let score = 0;
  const count = (points: number, text?: string): void => {
    score += points;
    if (text && points > 0) reasons.push({ weight: points, text: `${name} ${text}` });
  };
  if (title?.role === 'question') count(title.weight * 0.7, `is titled “${shortened(title.text, 60)}”`);
  // "Item" may stand over numbers or over texts.
  else if (title?.role && !(title.role === 'id' && profile.long > 0.5)) count(POINTS[title.role] ?? -4);
  if (filled < 2) return { profile, score: score - 4, reasons };
  count(profile.asks * 4, `holds texts of which ${Math.round(profile.asks * 100)} % ask or demand something`);
  count(profile.long * 2.5);
  count(profile.distinct);
  count(-3 * Math.max(0, 0.5 - filled / Math.max(1, profile.rows)));
  count(-4 * profile.ids * (1 - profile.long));
  if (profile.answers > 0.5) count(-4);
  if (profile.distinct < 0.5) count(-2);
  return { profile, score, reasons };
}

/** Weighs a column as the one of the ids: the most filled and the most varied. */
export function weighId(profile: Profile, question: Profile | undefined): Weighed {
  const { title, filled, rows } = profile;
  if (filled < 2 || profile.ids < 0.7) return { profile, score: 0, reasons: [] };
  let score =
    3 * profile.ids * Math.min(1, filled / Math.max(1, question?.filled ?? rows)) + 2 * profile.distinct + profile.tellingIds;
  if (title?.role === 'id') score += 2;
  // Standards name their ids after themselves: "CIS Safeguard".
  else if (title?.role === 'guidance') score -= 1;
  else if (title?.role && title.role !== 'question' && title.role !== 'section') score -= 3;
  if (profile.distinct < 0.6) score -= 2;
  if (question && profile.column > question.column) {
    // Numbers to the right of the questions count or weigh something.
    if (profile.numbers > 0.5) return { profile, score: 0, reasons: [] };
    score -= 1.5;
  }
  const text = `column ${columnLetters(profile.column)} holds ids, such as ${profile.example}`;
  return { profile, score, reasons: [{ weight: 1, text }] };
}

/** The best of several, if it is good enough. */
export function best(weighed: Weighed[], least: number): Weighed | undefined {
  const [first] = [...weighed].sort((a, b) => b.score - a.score || a.profile.column - b.profile.column);
  return first && first.score >= least ? first : undefined;
}

/** The column of the questions, and the one of their ids. A sheet that asks by id alone has both in one. */
export function findTexts(grid: Grid, table: Table): { question?: Weighed; id?: Weighed } {
  const columns = columnsOf(grid, table).filter((column) => !grid.isHidden(column));
  const all = profiles(grid, table.rows, columns, table.titles);
  const question = best(all.map(weighQuestion), LEAST_QUESTION);
  if (!question) {
    const id = best(
      all.map((profile) => weighId(profile, undefined)),
      LEAST_ID,
    );
    return id && id.profile.tellingIds >= 0.7 && id.profile.filled >= 5 ? { question: id, id } : {};
  }
  const asking = table.rows.filter(({ row }) => grid.text(row, question.profile.column) !== '');
  const others = profiles(grid, asking, columns, table.titles).filter(({ column }) => column !== question.profile.column);
  const id = best(
    others.map((profile) => weighId(profile, question.profile)),
    LEAST_ID,
  );
  return { question, ...(id ? { id } : {}) };
}

/** The columns a table uses: those with texts, and those which have a title. */
export function columnsOf(grid: Grid, table: Table): number[] {
  return [...new Set([...grid.columns, ...table.titles.keys()])].sort((a, b) => a - b);
}
