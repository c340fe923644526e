import { columnLetters } from '../book/address.ts';
import type { BookRow } from '../book/book.ts';
import { findAnswers, type Reason, type Weighed } from './answers.ts';
import { type Profile, profiles } from './columns.ts';
import type { Grid } from './grid.ts';
import type { Table } from './headers.ts';
import type { OptionsBelow } from './options-below.ts';
import { questionRows } from './question-rows.ts';
import type { AnswerWord, Mark, OwnerWord, SheetMapping } from './questionnaire.ts';
import { otherRoles } from './roles.ts';
import { columnsOf } from './texts.ts';
import { answerWord, isPlaceholder, ownerWord } from './vocabulary.ts';

/** A layout worked out for one sheet, before it is judged. */
export interface Draft {
  mapping: SheetMapping;
  /** How strongly the place for answers speaks; 0 where there is none. */
  answerScore: number;
  /** Why the sheet is not one to answer, although it asks. */
  elsewhere?: string;
  reasons: string[];
}

/** Works out the layout of a sheet whose columns of questions and ids are known. */
export function draftOf(grid: Grid, table: Table, asking: Weighed, named?: Weighed): Draft {
  const question = asking.profile.column;
  const id = named?.profile.column;
  const told = questionRows(grid, table, question, id);
  const reasons: Reason[] = [...asking.reasons, ...(named?.reasons ?? []), ...told.reasons.map((text) => ({ weight: 1, text }))];
  const columns = { ...(id ? { id: columnLetters(id) } : {}), question: columnLetters(question) };
  const base = { sheet: grid.sheet.name, ...span(grid, table, question, id) };
  const places = profiles(grid, told.rows, columnsOf(grid, table), table.titles).filter(
    ({ column }) => column !== question && column !== id,
  );
  const found = findAnswers(places, question, table.titles.size > 0);
  const answers = found.columns.map(({ column }) => column);
  reasons.push(...found.reasons);
  const others = otherRoles(places, question, answers);
  const mapping: SheetMapping = {
    ...base,
    columns: { ...columns, ...(answers.length > 0 ? { answer: answers.map(columnLetters) } : {}), ...others },
    kind: 'text',
    ...told.mapping,
  };
  const [answer] = found.columns;
  if (found.isMarked) Object.assign(mapping, markMapping(grid, told.rows, found.columns, places));
  else if (answer) {
    const words = wordsOf(grid, told.rows, answer.column, answerWord);
    if (answer.listed > 0) mapping.kind = 'choice';
    if (words) mapping.answers = words as Partial<Record<AnswerWord, string>>;
  }
  if (others.ownership) {
    const column = places.find((profile) => columnLetters(profile.column) === others.ownership)?.column;
    const words = column ? wordsOf(grid, told.rows, column, ownerWord) : undefined;
    if (words) mapping.ownerships = words as Partial<Record<OwnerWord, string>>;
  }
  const { score, elsewhere } = found;
  return { mapping, answerScore: score, ...(elsewhere ? { elsewhere } : {}), reasons: inOrder(reasons) };
}

/** Works out the layout of a sheet that lists the options below each question. */
export function optionsDraft(grid: Grid, table: Table, below: OptionsBelow): Draft {
  const { id, question, mark, commentRow } = below;
  const option = columnLetters(below.option);
  const comment = commentRow ? below.option : [...table.titles.values()].find(({ role }) => role === 'comment')?.column;
  const sign = signOf(grid, table.rows, [mark.profile.column]);
  const columns = {
    id: columnLetters(id),
    question: columnLetters(question),
    answer: [columnLetters(mark.profile.column)],
    option,
    ...(comment ? { comment: columnLetters(comment) } : {}),
  };
  return {
    mapping: {
      sheet: grid.sheet.name,
      ...span(grid, table, question, id),
      columns,
      kind: 'options-below',
      ...(sign ? { mark: sign } : {}),
      ...(commentRow ? { commentRow } : {}),
    },
    answerScore: mark.score,
    reasons: [`the rows below each question hold its options, in column ${option}`, ...inOrder(mark.reasons)],
  };
}

function markMapping(grid: Grid, rows: BookRow[], marked: Profile[], places: Profile[]): Partial<SheetMapping> {
  const sign = signOf(
    grid,
    rows,
    marked.map(({ column }) => column),
  );
  const owners = places.flatMap(({ column, title }): Mark<OwnerWord>[] => {
    const isOwner =
      title && !marked.some((other) => other.column === column) && /\b(?:origination|ownership|responsib)/i.test(title.group);
    const means = isOwner ? ownerWord(title.text) : undefined;
    return means ? [{ column: columnLetters(column), means }] : [];
  });
  return {
    kind: 'mark',
    marks: marked.flatMap(({ column, title }): Mark[] => {
      const means = answerWord(title?.text ?? '');
      return means ? [{ column: columnLetters(column), means }] : [];
    }),
    ...(owners.length > 0 ? { ownershipMarks: owners } : {}),
    ...(sign ? { mark: sign } : {}),
  };
}

/** The sign which a form marks with, where its lists or boxes show it. */
function signOf(grid: Grid, rows: BookRow[], columns: number[]): string | undefined {
  for (const { row } of rows.slice(0, 50))
    for (const column of columns) {
      const values = grid.choices(row, column)?.values.filter((value) => value.trim() !== '') ?? [];
      if (values.length === 1) return values[0];
      if (grid.text(row, column) === '☐') return '☒';
    }
  return undefined;
}

/** The form's words from the first list of a column, by ours. */
function wordsOf(
  grid: Grid,
  rows: BookRow[],
  column: number,
  wordOf: (text: string) => string | undefined,
): Record<string, string> | undefined {
  for (const { row } of rows) {
    const values = grid.choices(row, column)?.values ?? [];
    const words: Record<string, string> = {};
    for (const value of values) {
      const word = isPlaceholder(value) ? undefined : wordOf(value);
      if (word) words[word] ??= value;
    }
    if (Object.keys(words).length > 0) return words;
  }
  return undefined;
}

/** From the row below the first header, or above it where the same ids go on, to the end of the table. */
function span(grid: Grid, table: Table, question: number, id: number | undefined): Pick<SheetMapping, 'header' | 'from' | 'to'> {
  const firstRow = table.rows[0]?.row ?? 1;
  const last = table.rows.at(-1)?.row;
  const ends = last !== undefined && last < (grid.rows.at(-1)?.row ?? 0);
  if (table.header === undefined) return { from: firstRow, ...(ends ? { to: last } : {}) };
  const { header } = table;
  let from = header + 1;
  if (id) {
    const above = grid.rows.filter(({ row }) => row < header && !table.headerRows.has(row)).reverse();
    for (const { row } of above) {
      if (!isOneOf(grid, row, question, id, table)) break;
      from = row;
    }
  }
  return { header, from, ...(ends ? { to: last } : {}) };
}

/** Whether a row above the header is a question like those below it: its id has the same shape. */
function isOneOf(grid: Grid, row: number, question: number, id: number, table: Table): boolean {
  const shape = (text: string): string => text.replace(/[A-Z]/g, 'A').replace(/\d/g, '9');
  const own = grid.text(row, id);
  if (own === '' || grid.text(row, question) === '') return false;
  return table.rows.some((other) => shape(grid.text(other.row, id)) === shape(own));
}

function inOrder(reasons: Reason[]): string[] {
  return [...reasons].sort((a, b) => b.weight - a.weight).map(({ text }) => text);
}
