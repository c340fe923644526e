import { columnLetters } from '../book/address.ts';
import type { BookRow } from '../book/book.ts';
import type { Grid } from './grid.ts';
import type { Table } from './headers.ts';
import { isId, LEADING_PATTERNS, leadingId } from './ids.ts';
import type { SheetMapping } from './questionnaire.ts';
import { mergedText } from './rows.ts';
import { titleRole } from './titles.ts';
import { escaped } from './wording.ts';

/** The rows of a table that seem to ask, and what the mapping must say so that they are told from headings. */
export interface QuestionRows {
  rows: BookRow[];
  mapping: Pick<SheetMapping, 'idPattern' | 'idOptional' | 'skip'>;
  reasons: string[];
}

/** More headings than this are no headings, and nobody would read their list. */
const MOST_SKIPPED = 60;

/** Tells the questions of a table from its headings: by their ids, in a column or at the head of the text, else by what headings look like. */
export function questionRows(grid: Grid, table: Table, question: number, id: number | undefined): QuestionRows {
  const written = table.rows.filter(({ row }) => grid.text(row, question) !== '' && !isAcross(grid, row, question));
  const labels = written.filter(({ row }) => isLabel(grid.text(row, question)));
  const texts = written.filter(({ row }) => !isLabel(grid.text(row, question)));
  const told = questionsAmong(grid, table, texts, question, id);
  if (labels.length === 0) return told;
  const { skip } = told.mapping;
  const both = [...(skip ? [skip] : []), skipping(grid, labels, question)].join('|');
  return {
    ...told,
    mapping: { ...told.mapping, skip: both },
    reasons: [...told.reasons, 'answers seem to be expected below the questions, which cannot be filled'],
  };
}

/** "Answer:" below a question. */
function isLabel(text: string): boolean {
  return text.length <= 25 && text.endsWith(':') && ['answer', 'comment'].includes(titleRole(text.slice(0, -1))?.role ?? '');
}

function questionsAmong(grid: Grid, table: Table, texts: BookRow[], question: number, id: number | undefined): QuestionRows {
  if (id === question) return { rows: texts.filter(({ row }) => isId(grid.text(row, question))), mapping: {}, reasons: [] };
  const hasId = (row: number): boolean =>
    id ? mergedText(grid, row, id) !== '' : leadingId(grid.text(row, question)) !== undefined;
  const named = texts.filter(({ row }) => hasId(row));
  const bare = texts.filter(({ row }) => !hasId(row));
  if (id ? named.length >= texts.length * 0.3 : named.length >= texts.length * 0.5 && named.length >= 3) {
    const pattern = id ? undefined : leadingPattern(grid, named, question);
    if (id || pattern) {
      const optional = bare.length > 0 && isAsking(grid, bare, question, table);
      const headings = id ? numberedHeadings(grid, named, question, id) : [];
      return {
        rows: (optional ? texts : named).filter((row) => !headings.includes(row)),
        mapping: {
          ...(pattern ? { idPattern: pattern } : {}),
          ...(optional ? { idOptional: true } : {}),
          ...(headings.length > 0 ? { skip: skipping(grid, headings, question) } : {}),
        },
        reasons: pattern ? [`the texts begin with ids, such as ${leadingId(grid.text(named[0]?.row ?? 0, question))?.id}`] : [],
      };
    }
  }
  const short = texts.filter(({ row }) => looksLikeHeading(grid, row, question));
  const isAll = texts.every(({ row }) => isListed(grid, row, question));
  const alone = isAll ? short : short.filter(({ row }) => !isListed(grid, row, question));
  const numbered = short.filter(({ row }) => /^(?:[A-Z]|\d{1,2}|[IVX]{1,4})[.):]\s/.test(grid.text(row, question)));
  const headings = isFew(numbered, texts) ? numbered : isFew(alone, texts) ? alone : [];
  if (headings.length === 0) return { rows: texts, mapping: id ? { idOptional: true } : {}, reasons: [] };
  return {
    rows: texts.filter((row) => !headings.includes(row)),
    mapping: { skip: skipping(grid, headings, question), ...(id ? { idOptional: true } : {}) },
    reasons: [`${headings.length} short texts that stand alone in their rows are taken for headings`],
  };
}

function isFew(headings: BookRow[], texts: BookRow[]): boolean {
  return headings.length > 0 && headings.length <= Math.min(MOST_SKIPPED, texts.length * 0.4);
}

function skipping(grid: Grid, headings: BookRow[], question: number): string {
  return `^(?:${[...new Set(headings.map(({ row }) => escaped(grid.text(row, question))))].join('|')})$`;
}

/** Headings that are numbered like questions, "1" above "1.1": their numbers are shorter than others', and nothing is to be chosen there. */
function numberedHeadings(grid: Grid, named: BookRow[], question: number, id: number): BookRow[] {
  const depth = (row: number): number =>
    mergedText(grid, row, id)
      .split(/[.-]/)
      .filter((part) => part !== '').length;
  const deepest = named.reduce((most, { row }) => Math.max(most, depth(row)), 0);
  const headings = named.filter(({ row }) => depth(row) < deepest && looksLikeHeading(grid, row, question, id));
  return isFew(headings, named) ? headings : [];
}

/**
 * The rows of a table that have a list, where most have none, with the column that is filled in those rows alone: below such a question stand
 * texts to weigh, not to answer.
 */
export function listedRows(grid: Grid, table: Table): { table: Table; needs: string } | undefined {
  const rows = table.rows.filter(({ row }) => isListed(grid, row, 0));
  if (rows.length < 3 || rows.length > table.rows.length * 0.6) return undefined;
  const others = table.rows.filter(({ row }) => !isListed(grid, row, 0));
  const needs = grid.columns.find(
    (column) =>
      rows.every(({ row }) => grid.text(row, column) !== '') && others.every(({ row }) => grid.text(row, column) === ''),
  );
  return needs ? { table: { ...table, rows }, needs: columnLetters(needs) } : undefined;
}

/** Whether rows without an id are questions all the same: many of them ask, or the headings stand in another column. */
function isAsking(grid: Grid, bare: BookRow[], question: number, table: Table): boolean {
  const asking = bare.filter(({ row }) => /[?？]\W*$/.test(grid.text(row, question))).length;
  if (asking >= bare.length * 0.3) return true;
  const elsewhere = table.rows.filter(
    ({ row, cells }) =>
      grid.text(row, question) === '' && cells.some((cell) => cell.column < question && cell.text.trim() !== ''),
  );
  return elsewhere.length >= 2 && bare.length > elsewhere.length;
}

/** A short text alone in its row which asks nothing, where the rows of questions hold more, or a list. */
function looksLikeHeading(grid: Grid, row: number, question: number, id?: number): boolean {
  const text = grid.text(row, question);
  if (text.length > 60 || /[?？:]$/.test(text) || /[.!]$/.test(text)) return false;
  if (
    /^(?:please|describe|list|provide|explain|specify|state|attach|name|bitte|beschreiben|nennen|veuillez|indique)\b/i.test(text)
  )
    return false;
  const others = grid.columns.filter((column) => column !== question && column !== id);
  if (others.some((column) => grid.text(row, column) !== '')) return false;
  return true;
}

/** Rows with a list, where others have none, are to be answered. */
function isListed(grid: Grid, row: number, question: number): boolean {
  const last = (grid.columns.at(-1) ?? question) + 1;
  for (let column = question + 1; column <= last; column++) if (grid.choices(row, column)) return true;
  return false;
}

function isAcross(grid: Grid, row: number, question: number): boolean {
  const merge = grid.merge(row, question);
  const last = grid.columns.at(-1) ?? question;
  return merge !== undefined && merge.left <= question && merge.right >= last && merge.right > merge.left;
}

/** The narrowest pattern that serves all of them, or all but what looks like a heading: "1. Operations" above "1.1 Do you …". */
function leadingPattern(grid: Grid, named: BookRow[], question: number): string | undefined {
  return LEADING_PATTERNS.find((pattern) => {
    const expression = new RegExp(pattern, 'iu');
    const others = named.filter(({ row }) => !expression.test(grid.text(row, question)));
    return others.length <= named.length * 0.4 && others.every(({ row }) => looksLikeHeading(grid, row, question));
  });
}
