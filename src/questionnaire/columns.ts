import type { BookRow } from '../book/book.ts';
import type { Grid } from './grid.ts';
import type { Title } from './headers.ts';
import { isId, isTellingId, leadingId } from './ids.ts';
import { isAnswerLike, isGrade, isPlaceholder } from './vocabulary.ts';

/** What a column holds in certain rows, in shares of the rows that hold something unless said otherwise. */
export interface Profile {
  column: number;
  title: Title | undefined;
  hidden: boolean;
  /** Rows looked at, and those of them in which the cell holds a text that is not a placeholder. */
  rows: number;
  filled: number;
  /** Texts of some length, texts that ask or demand, different texts. */
  long: number;
  asks: number;
  distinct: number;
  /** Ids, and ids that can be nothing else; texts that begin with an id. */
  ids: number;
  tellingIds: number;
  leadingIds: number;
  answers: number;
  /** Marks such as `x`, and plain numbers. */
  marks: number;
  numbers: number;
  formulas: number;
  /** One of the texts, the first. */
  example: string;
  /** Shares of all rows: with a list, with a list of answers, of grades, of one mark; unlocked on a protected sheet; with a placeholder. */
  listed: number;
  listedAnswers: number;
  listedGrades: number;
  listedMark: number;
  unlocked: number;
  placeholders: number;
}

/** What people mark a cell with. */
const MARK = /^[xX✓✔☑☒●•*1]$/;
/** No more rows are looked at: a layout shows long before. */
const SAMPLE = 3000;

const ASKING =
  /[?？]|^(?:\W*[\w.()&-]{0,12}[\s:–-]+)?(?:please|describe|list|provide|explain|specify|state|indicate|attach|identify|outline|confirm|ensure|establish|define|implement|maintain|document|do|does|is|are|has|have|can|will|what|how|who|which|when|where|bitte|beschreiben|nennen|geben|werden|wird|ist|sind|gibt|haben|hat|welche|wie|wo|veuillez|decrivez|indique|describa|beschrijf|geef|descrivere|indicare|descreva)\b|\b(?:shall|must|should|is required to|are required to|muss|mussen|soll|sollte|doit|doivent|debe|deben|moet|moeten|deve|devono)\b/i;

/** Describes every column over the given rows. */
export function profiles(
  grid: Grid,
  rows: readonly BookRow[],
  columns: readonly number[],
  titles: Map<number, Title>,
): Profile[] {
  const step = Math.max(1, Math.ceil(rows.length / SAMPLE));
  const sample = rows.filter((_, i) => i % step === 0);
  return columns.map((column) => profile(grid, sample, column, titles.get(column)));
}

function profile(grid: Grid, rows: readonly BookRow[], column: number, title: Title | undefined): Profile {
  const texts: string[] = [];
  const count = { formulas: 0, listed: 0, listedAnswers: 0, listedGrades: 0, listedMark: 0, unlocked: 0, placeholders: 0 };
  const protects = grid.sheet.protected;
  for (const { row } of rows) {
    const text = grid.text(row, column);
    if (isPlaceholder(text)) count.placeholders += 1;
    else if (text !== '') texts.push(text);
    if (grid.cell(row, column)?.formula) count.formulas += 1;
    if (protects && grid.unlocked(row, column)) count.unlocked += 1;
    const list = grid.choices(row, column);
    const values = list?.values.filter((value) => value.trim() !== '' && !isPlaceholder(value)) ?? [];
    if (!list || (values.length === 0 && list.values.length > 0)) continue;
    if (values.length === 1) count.listedMark += 1;
    else count.listed += 1;
    if (values.length > 1 && values.filter(isAnswerLike).length >= values.length / 2) count.listedAnswers += 1;
    if (values.length > 1 && values.filter(isGrade).length >= values.length / 2) count.listedGrades += 1;
  }
  const of = (share: (text: string) => boolean): number => (texts.length === 0 ? 0 : texts.filter(share).length / texts.length);
  const all = Math.max(1, rows.length);
  return {
    column,
    title,
    hidden: grid.isHidden(column),
    rows: rows.length,
    filled: texts.length,
    long: of((text) => text.length >= 20),
    asks: of((text) => text.length >= 10 && ASKING.test(text)),
    distinct: texts.length === 0 ? 0 : new Set(texts).size / texts.length,
    ids: of(isId),
    tellingIds: of(isTellingId),
    leadingIds: of((text) => leadingId(text) !== undefined),
    answers: of(isAnswerLike),
    marks: of((text) => MARK.test(text) || isAnswerLike(text)),
    numbers: of((text) => /^-?\d+(?:[.,]\d+)? ?%?$/.test(text)),
    example: texts[0] ?? '',
    formulas: count.formulas / all,
    listed: count.listed / all,
    listedAnswers: count.listedAnswers / all,
    listedGrades: count.listedGrades / all,
    listedMark: count.listedMark / all,
    unlocked: count.unlocked / all,
    placeholders: count.placeholders / all,
  };
}
