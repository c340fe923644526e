import type { BookRow } from '../book/book.ts';
import type { Grid } from './grid.ts';
import { isTellingId } from './ids.ts';
import { type TitleRole, titleRole } from './titles.ts';
import { isAnswerLike } from './vocabulary.ts';
import { folded, plain } from './wording.ts';

/** What stands over a column: its own title, the titles above it that it shares with others, and what they say it is for. */
export interface Title {
  column: number;
  text: string;
  group: string;
  role?: TitleRole;
  /** How strongly the words speak, from 2 to 7; a title shared with other columns speaks half as strongly. */
  weight: number;
}

/** A table of a sheet: its titles, the rows which hold them (repeated ones too), and the rows between. */
export interface Table {
  titles: Map<number, Title>;
  /** The lowest row of the first header; absent where the sheet has none. */
  header?: number;
  headerRows: Set<number>;
  rows: BookRow[];
}

/** Longer texts are no titles. */
const LONGEST_TITLE = 160;
/** Rows a stacked header may have above and below the row that tells it. */
const STACKED = 2;

/** A sheet with more kinds of tables is no form. */
const MOST_TABLES = 30;

/**
 * Finds the table with the questions of a sheet: under one header, stacked over up to five rows, or under one repeated for each section. Without
 * a header all rows belong to it.
 */
export function findTable(grid: Grid): Table {
  const blocks = grid.rows.filter((row) => isHeader(row)).flatMap((row) => block(grid, row) ?? []);
  const ends = new Set(grid.rows.filter((row) => isOtherHeader(row)).map((row) => row.row));
  const distinct: Block[] = [];
  for (const one of blocks) if (one.top > (distinct.at(-1)?.bottom ?? 0)) distinct.push(one);
  const kinds = new Map<string, Block[]>();
  for (const one of distinct) {
    const alike = kinds.get(one.signature);
    if (alike) alike.push(one);
    else kinds.set(one.signature, [one]);
  }
  let best: Table | undefined;
  let most = -1;
  for (const group of [...kinds.values()].sort((a, b) => b.length - a.length).slice(0, MOST_TABLES)) {
    const table = tableOf(grid, group, distinct, ends);
    const size = table.rows.filter((row) => row.cells.some((cell) => cell.text.length > 15)).length;
    if (size > most) {
      best = table;
      most = size;
    }
  }
  return best ?? untitled(grid);
}

function untitled(grid: Grid): Table {
  return { titles: new Map(), headerRows: new Set(), rows: grid.rows.filter((row) => !row.hidden) };
}

interface Block {
  top: number;
  bottom: number;
  titles: Map<number, Title>;
  signature: string;
}

function tableOf(grid: Grid, group: Block[], all: Block[], ends: ReadonlySet<number>): Table {
  const [first] = group;
  if (!first) return untitled(grid);
  const headerRows = new Set(group.flatMap(({ top, bottom }) => rowsBetween(top, bottom)));
  const foreign = new Set([...ends, ...all.filter((other) => other.signature !== first.signature).map(({ top }) => top)]);
  const rows: BookRow[] = [];
  let inside = false;
  for (const row of grid.rows) {
    if (headerRows.has(row.row)) inside = true;
    else if (foreign.has(row.row)) inside = false;
    else if (inside && !row.hidden) rows.push(row);
  }
  const titles = new Map(first.titles);
  // Where a repeated header says something else each time, it names the section.
  for (const [column, title] of first.titles)
    if (group.some((other) => folded(other.titles.get(column)?.text ?? '') !== folded(title.text))) titles.delete(column);
  return { titles, header: first.bottom, headerRows, rows };
}

/** Columns which are not for who fills the form; alone they make no header. */
const OTHERS: ReadonlySet<TitleRole> = new Set<TitleRole>(['internal', 'guidance']);
/** A single title over a list of questions. */
const LONE_TITLE =
  /^(?:(?:the )?questions?|fragen?|questions?\/requests?|preguntas?|vragen|vraag|domande|requirements?|anforderungen|exigences|requisitos)[:.]?$/;

/** A row of titles: at least two that say what different columns are for, one of them a place to write, or a question's. */
function isHeader(row: BookRow): boolean {
  const cells = row.cells.filter((cell) => plain(cell.text) !== '');
  const short = cells.filter((cell) => isTitle(cell.text));
  if (short.length === 0 || short.length < cells.length * 0.6) return false;
  if (cells.some((cell) => isTellingId(cell.text))) return false;
  const roles = short.flatMap((cell) => titleRole(cell.text)?.role ?? []);
  const options = short.filter((cell) => isAnswerLike(cell.text)).length;
  const kinds = new Set(roles.filter((role) => !OTHERS.has(role)));
  if (cells.length === 1) return LONE_TITLE.test(folded(cells[0]?.text ?? ''));
  const places = kinds.has('answer') || kinds.has('comment') || kinds.has('ownership') || kinds.has('evidence') || options >= 2;
  return places
    ? kinds.size + (options >= 2 ? 1 : 0) >= 2 && (kinds.size >= 3 || roles.length + options >= cells.length * 0.4)
    : kinds.has('question') && kinds.has('id') && (roles.length >= 3 || roles.length >= cells.length * 0.4);
}

/** A header of something else, such as a table of risks, which ends the table above it. */
function isOtherHeader(row: BookRow): boolean {
  const cells = row.cells.filter((cell) => plain(cell.text) !== '');
  if (cells.length < 3 || isHeader(row) || !cells.every((cell) => isTitle(cell.text))) return false;
  const internal = cells.filter((cell) => plain(cell.text).length < 40 && titleRole(cell.text)?.role === 'internal').length;
  return internal >= 3 && internal >= cells.length * 0.7;
}

function isTitle(text: string): boolean {
  const line = plain(text);
  return line.length <= LONGEST_TITLE && /\p{L}|#|№|°/u.test(line) && !(line.length > 40 && /[?.]$/.test(line));
}

function isWide(grid: Grid, row: number, column: number): boolean {
  const merge = grid.merge(row, column);
  return merge !== undefined && merge.right > merge.left;
}

/** The rows of a stacked header around the row that tells it, with the titles of each column. */
function block(grid: Grid, row: BookRow): Block | undefined {
  const used = row.cells.filter((cell) => plain(cell.text) !== '').map((cell) => cell.column);
  let top = row.row;
  let bottom = row.row;
  for (let above = row.row - 1; above >= row.row - STACKED && sharesTitles(grid, above, used); above--) top = above;
  for (let at = top; at <= Math.min(bottom, top + 2 * STACKED); at++)
    for (const column of used) {
      const merge = grid.merge(at, column);
      if (merge && merge.top === at && merge.bottom - merge.top <= STACKED) bottom = Math.max(bottom, merge.bottom);
    }
  for (let below = bottom + 1; below <= row.row + STACKED + 1 && isLowerRow(grid, below, bottom, used); below++) bottom = below;
  const titles = new Map<number, Title>();
  for (const column of columnsIn(grid, top, bottom)) {
    const title = titleOf(grid, top, bottom, column);
    if (title) titles.set(column, title);
  }
  const places = [...titles.values()].filter(
    ({ role }) => role === 'answer' || role === 'comment' || role === 'ownership' || role === 'evidence',
  );
  const telling = places.length > 0 ? places : [...titles.values()];
  return { top, bottom, titles, signature: telling.map(({ column, text }) => `${column} ${folded(text)}`).join('|') };
}

/** A row of titles which several columns share: merged over some of the columns, not over all of them. */
function sharesTitles(grid: Grid, row: number, used: number[]): boolean {
  const merges = used.flatMap((column) => grid.merge(row, column) ?? []);
  return merges.some((merge) => {
    const over = used.filter((column) => column >= merge.left && column <= merge.right).length;
    return merge.right > merge.left && over >= 2 && over < used.length && isTitle(grid.text(merge.top, merge.left));
  });
}

/** A row of titles below titles: answers to mark, or what several columns under a shared title are each for. */
function isLowerRow(grid: Grid, row: number, above: number, used: number[]): boolean {
  const cells = grid.columns.filter((column) => grid.text(row, column) !== '');
  const texts = cells.map((column) => grid.text(row, column));
  if (texts.length < 2 || !texts.every((text) => isTitle(text) && text.length <= LONGEST_TITLE / 2 && !isTellingId(text)))
    return false;
  const options = texts.filter(isAnswerLike).length;
  if (options >= 2 && options >= Math.min(3, texts.length)) return true;
  const shared = used.flatMap((column) => grid.merge(above, column) ?? []).filter((merge) => merge.right > merge.left);
  const under = cells.filter((column) => shared.some((merge) => column >= merge.left && column <= merge.right));
  return under.length >= 2 && texts.some((text) => titleRole(text) !== undefined);
}

function columnsIn(grid: Grid, top: number, bottom: number): number[] {
  return grid.columns.filter((column) => rowsBetween(top, bottom).some((row) => textOver(grid, row, column) !== ''));
}

/** What a cell shows, or the merge it lies in. */
function textOver(grid: Grid, row: number, column: number): string {
  const merge = grid.merge(row, column);
  const raw = merge ? grid.cell(merge.top, merge.left) : grid.cell(row, column);
  return raw?.text.trim() ?? '';
}

function titleOf(grid: Grid, top: number, bottom: number, column: number): Title | undefined {
  const own: string[] = [];
  const shared: string[] = [];
  for (const row of rowsBetween(top, bottom)) {
    const text = textOver(grid, row, column);
    if (text === '') continue;
    const list = isWide(grid, row, column) ? shared : own;
    if (!list.includes(text)) list.push(text);
  }
  const text = own.at(-1) ?? shared.at(-1);
  if (text === undefined) return undefined;
  const group = (own.length > 0 ? [...shared, ...own.slice(0, -1)] : shared.slice(0, -1)).join(' › ');
  const spoken = titleRole(text);
  const above = group === '' ? undefined : titleRole(group);
  if (above?.role === 'internal') return { column, text, group, ...above };
  if (spoken) return { column, text, group, ...spoken };
  return { column, text, group, ...(above ? { role: above.role } : {}), weight: (above?.weight ?? 0) / 2 };
}

function rowsBetween(top: number, bottom: number): number[] {
  return Array.from({ length: bottom - top + 1 }, (_, i) => top + i);
}
