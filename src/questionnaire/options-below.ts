import type { BookRow } from '../book/book.ts';
import { LEAST_ANSWER, type Weighed, weighAnswer } from './answers.ts';
import { profiles } from './columns.ts';
import type { Grid } from './grid.ts';
import type { Table } from './headers.ts';
import { isId } from './ids.ts';
import { titleRole } from './vocabulary.ts';

/** Options that stand in the rows below each question: their texts, the column to mark, the row for a comment. */
export interface OptionsBelow {
  option: number;
  mark: Weighed;
  commentRow?: string;
}

/** Fewer questions do not show a habit. */
const FEWEST = 3;

/**
 * Whether the rows between the questions hold options: each question has an id and two or more rows without one below it, whose texts do not
 * ask, and beside those texts is a place for a mark.
 */
export function optionsBelow(grid: Grid, table: Table, id: number, question: number): OptionsBelow | undefined {
  const gaps: BookRow[][] = [];
  for (const row of table.rows) {
    if (isId(grid.text(row.row, id)) && grid.text(row.row, question) !== '') gaps.push([]);
    else if (grid.text(row.row, id) === '') gaps.at(-1)?.push(row);
  }
  const served = gaps.filter((gap) => gap.length >= 2);
  if (gaps.length < FEWEST || served.length < gaps.length * 0.8) return undefined;
  const below = served.flat().filter((row) => titleOnly(grid, row.row, question) === undefined);
  if (below.length === 0 || below.length > gaps.length * 20) return undefined;
  const option = grid.columns.find(
    (column) =>
      column >= question &&
      !grid.isHidden(column) &&
      below.filter(({ row }) => grid.text(row, column) !== '').length >= below.length * 0.7,
  );
  if (!option) return undefined;
  const asking = below.filter(({ row }) => /[?？]$/.test(grid.text(row, option))).length;
  if (asking > below.length * 0.2) return undefined;
  const columns = markColumns(grid, option).filter(
    (column) => column !== id && column !== option && (column !== question || option !== question),
  );
  const mark = profiles(grid, below, columns, table.titles)
    .map((profile) => weighAnswer(profile, option, table.titles.size > 0))
    .sort((a, b) => b.score - a.score)[0];
  if (!mark || mark.score < LEAST_ANSWER) return undefined;
  const notes = served.flat().flatMap((row) => titleOnly(grid, row.row, question) ?? []);
  const [note] = notes;
  const commentRow =
    note && notes.length >= served.length * 0.5 ? `^${note.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}$` : undefined;
  return { option, mark, ...(commentRow ? { commentRow } : {}) };
}

/** The columns around the options, those without a text included: a place for a mark may have neither title nor content. */
function markColumns(grid: Grid, option: number): number[] {
  const around = Array.from({ length: 7 }, (_, i) => option - 3 + i).filter((column) => column >= 1);
  return [...new Set([...grid.columns, ...around])].sort((a, b) => a - b);
}

/** The text of a row such as "Notes", which stands in the question's column below the options. */
function titleOnly(grid: Grid, row: number, question: number): string | undefined {
  const text = grid.text(row, question);
  return text !== '' && text.length <= 30 && titleRole(text)?.role === 'comment' ? text : undefined;
}
