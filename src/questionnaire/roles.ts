import { columnLetters } from '../book/address.ts';
import type { Profile } from './columns.ts';
import type { Columns } from './questionnaire.ts';
import type { TitleRole } from './titles.ts';

const ROLES = ['comment', 'evidence', 'ownership', 'provider', 'customer', 'reason'] as const;

/**
 * The columns beside question and answer which their titles name: comment, evidence, ownership, what provider and customer do, why something does not apply, the section.
 * Of several with one title the nearest to the answer is taken, and a comment may stand in for what the provider does.
 */
export function otherRoles(places: readonly Profile[], question: number, answers: readonly number[]): Partial<Columns> {
  const near = answers.at(-1) ?? question;
  const free = places.filter(({ column, hidden, formulas }) => !hidden && formulas <= 0.5 && !answers.includes(column));
  const nearest = (role: TitleRole): Profile | undefined =>
    free.filter(({ title }) => title?.role === role).sort((a, b) => distance(a.column, near) - distance(b.column, near))[0];
  const columns: Partial<Columns> = {};
  for (const role of ROLES) {
    const found = nearest(role);
    if (found) columns[role] = columnLetters(found.column);
  }
  if (!columns.comment && columns.provider) {
    columns.comment = columns.provider;
    delete columns.provider;
  }
  const section = free.find(({ title, column, filled }) => title?.role === 'section' && column < question && filled > 0);
  if (section) columns.section = columnLetters(section.column);
  return columns;
}

/** Columns after the answer are nearer than those before it. */
function distance(column: number, near: number): number {
  return column > near ? column - near : 100 + near - column;
}
