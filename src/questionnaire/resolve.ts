import { columnLetters, columnNumber } from '../book/address.ts';
import type { Book, BookSheet } from '../book/book.ts';
import type { Problem } from '../problem.ts';
import { type Grid, gridOf } from './grid.ts';
import type {
  AnswerWord,
  ColumnName,
  Columns,
  Form,
  Mapping,
  Mark,
  OwnerWord,
  Role,
  SheetForm,
  SheetMapping,
} from './questionnaire.ts';
import { isMeant } from './wording.ts';

/** A form laid over a workbook: its columns by letters, its sheets by their names; and what of it has no place there. */
export interface Resolved {
  mapping: Mapping;
  problems: Problem[];
}

/** Below this row no form has its titles. */
const LAST_TITLE_ROW = 100;
/** Longer texts are no titles, instructions below them included. */
const LONGEST_TITLE = 1000;
/** Titles are stacked over no more rows. */
const STACKED = 3;

/**
 * Lays a form over a workbook. `file` is the workbook's name in problems. `isKnown`: a form of ours, which other editions may lack columns of
 * that nobody has to fill; what a person's own mapping names has to be there.
 */
export function resolveForm(form: Form, book: Book, file: string, isKnown = false): Resolved {
  const problems: Problem[] = [];
  const sheets: SheetMapping[] = [];
  for (const part of form.sheets) {
    const meant = book.sheets.filter((sheet) => isMeant(part.sheet, sheet.name));
    if (meant.length === 0) {
      const hint = `Its sheets: ${book.sheets.map(({ name }) => `“${name}”`).join(', ')}.`;
      problems.push(
        problem(file, 'no-such-sheet', `there is no sheet “${part.sheet}”, which the mapping of ${form.title} names`, hint),
      );
    }
    for (const sheet of meant) {
      const whole = resolveSheet(part, gridOf(sheet));
      const resolved = 'missing' in whole && isKnown ? resolveSheet(withoutExtras(part), gridOf(sheet)) : whole;
      if ('missing' in resolved) {
        // A name with `*` may mean more sheets than hold questions.
        if (part.sheet.includes('*') && meant.length > 1) continue;
        const titles = resolved.missing.map((title) => `“${title}”`).join(', ');
        const hint = 'Is it another version of the form? `demarc fill --inspect` shows what can be made of it.';
        problems.push(
          problem(`${file}, sheet “${sheet.name}”`, 'no-such-title', `the titles ${titles} stand over no column`, hint),
        );
      } else sheets.push(resolved.mapping);
    }
  }
  return { mapping: { id: form.id, title: form.title, ...(form.scheme ? { scheme: form.scheme } : {}), sheets }, problems };
}

/** A part of a form without the columns that only some questions need. */
function withoutExtras(part: SheetForm): SheetForm {
  const { reason: _, evidence: __, ...columns } = part.columns;
  return { ...part, columns };
}

/** A text near the top of a sheet, where titles stand. */
interface TopText {
  row: number;
  column: number;
  text: string;
}

const tops = new WeakMap<Grid, TopText[]>();

/** The texts among which titles are looked for, in the order in which they are read. */
function topTexts(grid: Grid): TopText[] {
  const known = tops.get(grid);
  if (known) return known;
  const last = grid.columns.at(-1) ?? 0;
  const texts = grid.rows
    .filter(({ row }) => row <= LAST_TITLE_ROW)
    .flatMap(({ row, cells }) =>
      cells
        .filter(({ column, text }) => column <= last && text.length <= LONGEST_TITLE && text.trim() !== '')
        .map(({ column, text }) => ({ row, column, text })),
    );
  tops.set(grid, texts);
  return texts;
}

/** The row, the lowest where they are stacked, over which all these titles stand, with the column of each. */
export function findTitles(
  grid: Grid,
  titles: readonly ColumnName[],
  header?: number,
): { row: number; columns: Map<string, number> } | undefined {
  const places = new Map(titles.map((title) => [title, topTexts(grid).filter(({ text }) => isMeant(title, text))]));
  if ([...places.values()].some((list) => list.length === 0)) return undefined;
  const rows = header === undefined ? [...new Set([...places.values()].flatMap((list) => list.map(({ row }) => row)))] : [header];
  for (const row of rows.sort((a, b) => a - b)) {
    const columns = new Map<string, number>();
    for (const [title, list] of places) {
      const taken = new Set(columns.values());
      const near = list.filter((place) => place.row <= row && place.row > row - STACKED && !taken.has(place.column));
      const lowest = Math.max(...near.map((place) => place.row));
      const found = near.find((place) => place.row === lowest);
      if (!found) break;
      columns.set(title, found.column);
    }
    if (columns.size === places.size) return { row: lowestRow(grid, row, [...columns.values()]), columns };
  }
  return undefined;
}

/** Titles merged downwards reach to the lowest row of their merge. */
function lowestRow(grid: Grid, row: number, columns: number[]): number {
  return Math.max(
    row,
    ...columns.map((column) => grid.merge(row, column)?.bottom ?? row).filter((bottom) => bottom - row < STACKED),
  );
}

function resolveSheet(form: SheetForm, grid: Grid): { mapping: SheetMapping } | { missing: string[] } {
  const { columns, marks, ownershipMarks, from, ...rest } = form;
  const names = [
    ...Object.values(columns).flat(),
    ...Object.values(marks ?? {}).flat(),
    ...Object.values(ownershipMarks ?? {}).flat(),
    ...(form.needs ? [form.needs] : []),
  ];
  const titles = [...new Set(names.filter((name) => !isLetters(name)))];
  const found = titles.length > 0 ? findTitles(grid, titles, form.header) : undefined;
  if (titles.length > 0 && !found) return { missing: titles.filter((title) => !findTitles(grid, [title], form.header)) };
  const letters = (name: ColumnName): string => (isLetters(name) ? name : columnLetters(found?.columns.get(name) ?? 0));
  const header = form.header ?? found?.row;
  const marked = <Word extends string>(byWord: Partial<Record<Word, ColumnName[]>> | undefined): Mark<Word>[] =>
    (Object.entries(byWord ?? {}) as [Word, ColumnName[]][])
      .flatMap(([means, list]) => list.map((name) => ({ column: letters(name), means })))
      .sort((a, b) => (columnNumber(a.column) ?? 0) - (columnNumber(b.column) ?? 0));
  const answerMarks = marked<AnswerWord>(marks);
  const ownerMarks = marked<OwnerWord>(ownershipMarks);
  const resolved = Object.fromEntries(
    (Object.entries(columns) as [Role, ColumnName | ColumnName[]][]).map(([role, name]) => [
      role,
      Array.isArray(name) ? name.map(letters) : letters(name),
    ]),
  ) as unknown as Columns;
  const answer = resolved.answer ?? answerMarks.map(({ column }) => column);
  return {
    mapping: {
      ...rest,
      sheet: grid.sheet.name,
      ...(header === undefined ? {} : { header }),
      from: from ?? (header ?? 0) + 1,
      columns: { ...resolved, ...(answer.length > 0 ? { answer } : {}) },
      ...(answerMarks.length > 0 ? { marks: answerMarks } : {}),
      ...(ownerMarks.length > 0 ? { ownershipMarks: ownerMarks } : {}),
      ...(form.needs ? { needs: letters(form.needs) } : {}),
    },
  };
}

/** Whether a column is named by its letters; everything else is a title. */
function isLetters(name: ColumnName): boolean {
  return /^[A-Z]{1,3}$/.test(name);
}

/** The titles of a sign on a sheet of its name. */
export function hasSign(sheet: BookSheet, sign: Form['signs'][number]): boolean {
  return isMeant(sign.sheet, sheet.name) && findTitles(gridOf(sheet), sign.titles) !== undefined;
}

function problem(file: string, code: string, message: string, hint: string): Problem {
  return { code, file, line: 0, column: 0, message, hint };
}
