import { columnNumber } from '../book/address.ts';
import type { Grid } from './grid.ts';
import type { Layout } from './layout.ts';
import type { SheetMapping } from './questionnaire.ts';
import { folded } from './wording.ts';

/**
 * What a row is: a question; a heading over those that follow; the titles of the columns once more; a question answered elsewhere, of which
 * this sheet shows the answer by a formula; or nothing to answer.
 */
export type RowKind = 'question' | 'heading' | 'header' | 'mirror' | 'other';

/** The titles of the columns by which a repeated header is known, folded. */
export function titlesOf(grid: Grid, mapping: SheetMapping): Map<number, string> {
  const titles = new Map<number, string>();
  if (mapping.header === undefined) return titles;
  const { id, question, answer = [] } = mapping.columns;
  // A mark may repeat the title of its column.
  const isMarked = mapping.kind === 'mark' || mapping.kind === 'options-below';
  for (const letters of [...(id ? [id] : []), question, ...(isMarked ? [] : answer)]) {
    const column = columnNumber(letters);
    const title = column ? folded(mergedText(grid, mapping.header, column)) : '';
    if (column && title !== '') titles.set(column, title);
  }
  return titles;
}

/** What a row is under a mapping; `titles` are those of `titlesOf`. */
export function kindOfRow(grid: Grid, row: number, mapping: SheetMapping, layout: Layout, titles: Map<number, string>): RowKind {
  for (const [column, title] of titles) if (folded(grid.text(row, column)) === title) return 'header';
  const text = grid.text(row, layout.question);
  if (text === '') return 'heading';
  if (layout.skip?.test(text)) return 'other';
  if (layout.needs && grid.text(row, layout.needs) === '') return 'heading';
  if (!mapping.idOptional && (layout.id || layout.idPattern) && idOf(grid, row, layout) === undefined) return 'heading';
  const [answer] = layout.answer;
  if (answer && coversBoth(grid, row, layout.question, answer)) return 'heading';
  if (
    layout.answer.length > 0 &&
    mapping.kind !== 'options-below' &&
    layout.answer.every((column) => grid.cell(row, column)?.formula)
  )
    return 'mirror';
  return 'question';
}

/** The id of a question, from its column or out of its text. */
export function idOf(grid: Grid, row: number, layout: Layout): string | undefined {
  const text = layout.id ? mergedText(grid, row, layout.id) : grid.text(row, layout.question);
  if (text === '') return undefined;
  if (layout.idPattern) {
    const found = layout.idPattern.exec(text.slice(0, 200));
    return found ? (found[1] ?? found[0]).trim() || undefined : undefined;
  }
  return layout.id ? text : undefined;
}

/** The text of a cell or of the merge it lies in, for columns that name several rows at once. */
export function mergedText(grid: Grid, row: number, column: number): string {
  const merge = grid.merge(row, column);
  return merge && merge.right === merge.left ? grid.text(merge.top, merge.left) : grid.text(row, column);
}

function coversBoth(grid: Grid, row: number, column: number, other: number): boolean {
  if (column === other) return false;
  const merge = grid.merge(row, column);
  return merge !== undefined && other >= merge.left && other <= merge.right;
}
