import type { BookRow } from '../book/book.ts';
import { LEAST_ANSWER, type Weighed, weighAnswer } from './answers.ts';
import { profiles } from './columns.ts';
import type { Grid } from './grid.ts';
import type { Table } from './headers.ts';
import { isId } from './ids.ts';
import { titleRole } from './titles.ts';
import { escaped } from './wording.ts';

/** Options that stand in the rows below each question: the columns of ids, questions and options, the place for a mark. */
export interface OptionsBelow {
  id: number;
  question: number;
  option: number;
  mark: Weighed;
  /** A pattern on the question column of the row for a comment. */
  commentRow?: string;
}

/** Fewer questions do not show a habit. */
const FEWEST = 3;
/** No question has more options. */
const MOST_OPTIONS = 20;

/**
 * Finds options in the rows below the questions: each question has an id and two or more rows without one below it, whose texts do not
 * ask, and beside those texts is a place for a mark.
 */
export function optionsBelow(grid: Grid, table: Table): OptionsBelow | undefined {
  for (const id of grid.columns.slice(0, 4)) {
    const named = table.rows.filter(({ row }) => isId(grid.text(row, id)));
    const ids = new Set(named.map(({ row }) => grid.text(row, id)));
    if (named.length < FEWEST || ids.size < named.length * 0.8) continue;
    const question = grid.columns.find(
      (column) => column > id && named.filter(({ row }) => grid.text(row, column).length >= 8).length >= named.length * 0.8,
    );
    const found = question && optionsUnder(grid, table, id, question);
    if (found) return found;
  }
  return undefined;
}

function optionsUnder(grid: Grid, table: Table, id: number, question: number): OptionsBelow | undefined {
  const gaps: BookRow[][] = [];
  for (const row of table.rows) {
    if (isId(grid.text(row.row, id)) && grid.text(row.row, question) !== '') gaps.push([]);
    else if (grid.text(row.row, id) === '') gaps.at(-1)?.push(row);
  }
  const served = gaps.filter((gap) => gap.length >= 2);
  if (served.length < gaps.length * 0.8) return undefined;
  const below = served.flat().filter((row) => noteAt(grid, row.row, question) === undefined);
  if (below.length === 0 || below.length > gaps.length * MOST_OPTIONS) return undefined;
  const option = grid.columns.find(
    (column) =>
      column >= question &&
      !grid.isHidden(column) &&
      below.filter(({ row }) => grid.text(row, column) !== '').length >= below.length * 0.7,
  );
  if (!option || below.filter(({ row }) => /[?？]$/.test(grid.text(row, option))).length > below.length * 0.2) return undefined;
  const columns = aroundOf(grid, option).filter((column) => column !== id && column !== option);
  const mark = profiles(grid, below, columns, table.titles)
    .map((profile) => weighAnswer(profile, option, table.titles.size > 0))
    .sort((a, b) => b.score - a.score)[0];
  if (!mark || mark.score < LEAST_ANSWER) return undefined;
  const notes = served.flat().flatMap((row) => noteAt(grid, row.row, question) ?? []);
  const [note] = notes;
  const isHabit = note !== undefined && notes.length >= served.length * 0.5;
  return { id, question, option, mark, ...(isHabit ? { commentRow: `^${escaped(note)}$` } : {}) };
}

/** The columns around the options, those without a text included: a place for a mark may have neither title nor content. */
function aroundOf(grid: Grid, option: number): number[] {
  const around = Array.from({ length: 7 }, (_, i) => option - 3 + i).filter((column) => column >= 1);
  return [...new Set([...grid.columns, ...around])].sort((a, b) => a - b);
}

/** The text of a row such as "Notes", which stands in the question's column below the options. */
function noteAt(grid: Grid, row: number, question: number): string | undefined {
  const text = grid.text(row, question);
  return text !== '' && text.length <= 30 && titleRole(text)?.role === 'comment' ? text : undefined;
}
