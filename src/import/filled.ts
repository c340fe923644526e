import type { Book, BookCell, BookSheet } from '../book/book.ts';
import { daysAfter } from '../days.ts';
import {
  type Answers,
  CONTROL,
  clean,
  DAYS,
  DUTIES,
  FAMILY,
  FIELD_NAMES,
  FIELDS,
  type Field,
  KEY,
  ORIGINALS,
  READ_ME,
  SERVICES,
  WHOSE,
} from '../form.ts';
import type { Matrix } from '../model/matrix.ts';
import { type Problem, Problems } from '../problem.ts';

/** A row of the form as somebody has handed it back. */
export interface FilledRow {
  sheet: string;
  /** Row of the sheet, counting from 1. */
  row: number;
  /** The key of what the row answers; '' for a spare row. */
  key: string;
  /** What a spare row says that it answers. */
  control: string;
  services: string;
  /** What the fields hold now; a field that the sheet does not have is absent. */
  answers: Partial<Answers>;
  /** What the fields held when the workbook was written. */
  before: Answers;
}

/**
 * Every row of the form in a workbook that demarc wrote and people filled in, wherever they have moved it by sorting.
 * @throws Problems when the workbook is no form, or when a sheet of it no longer has its header.
 */
export function filledRows(book: Book, file: string): FilledRow[] {
  const kept = book.sheets.find((sheet) => sheet.name === ORIGINALS);
  const originals = kept && tableOf(kept);
  if (!originals) {
    throw new Problems([
      {
        code: 'no-form',
        file,
        line: 0,
        column: 0,
        message: 'this is not a workbook of demarc, or its record of what the form held is gone',
        hint: 'Fill in the responsibility-matrix.xlsx of a pack.',
      },
    ]);
  }
  const before = new Map(originals.rows.map(({ cells }) => [textOf(cells.get(KEY)), answersOf(cells)]));
  const rows = book.sheets.flatMap((sheet): FilledRow[] => {
    const table = sheet === kept ? undefined : tableOf(sheet);
    if (!table) return [];
    return table.rows.flatMap(({ row, cells }): FilledRow[] => {
      const key = textOf(cells.get(KEY));
      const held = before.get(key);
      // What is read beside a key that the form never had is somebody's own; a band or an empty row answers nothing.
      if (key !== '' ? !held : sheet.name !== DUTIES || textOf(cells.get(FAMILY)) !== '') return [];
      const control = textOf(cells.get(CONTROL));
      const services = textOf(cells.get(SERVICES));
      const answers = answersOf(cells);
      if (key === '' && control === '' && services === '' && Object.values(answers).every((answer) => answer === '')) return [];
      const fields = FIELD_NAMES.filter((field) => table.headers.has(FIELDS[field]));
      return [
        {
          sheet: sheet.name,
          row,
          key,
          control,
          services,
          answers: Object.fromEntries(fields.map((field) => [field, answers[field]])),
          before: held ?? EMPTY,
        },
      ];
    });
  });
  return rows;
}

/**
 * Refuses a workbook that says it is of another organization or system: its answers would become statements of this one.
 * @throws Problems naming both
 */
export function refuseOthers(book: Book, file: string, { organization, system }: Pick<Matrix, 'organization' | 'system'>): void {
  const rows = book.sheets.find(({ name }) => name === READ_ME)?.rows ?? [];
  const said = (label: string): string | undefined => {
    const cells = rows.find((row) => textOf(row.cells[0]) === label)?.cells;
    return cells && textOf(cells[1]);
  };
  const problems = [
    [WHOSE.organization, organization.name],
    [WHOSE.system, system.name],
  ].flatMap(([label = '', name = '']): Problem[] => {
    const other = said(label);
    if (other === undefined || other === clean(name)) return [];
    return [
      {
        code: 'other-form',
        file,
        line: 0,
        column: 0,
        message: `the workbook is of another ${label.toLowerCase()}: ${other}, not ${name}`,
        hint: `Name the description that it was made from with --system. If the ${label.toLowerCase()} has a new name, write it into the sheet ${READ_ME}.`,
      },
    ];
  });
  if (problems.length > 0) throw new Problems(problems);
}

const EMPTY = Object.fromEntries(FIELD_NAMES.map((field) => [field, ''])) as Answers;

interface FormTable {
  headers: Set<string>;
  rows: { row: number; cells: Map<string, BookCell> }[];
}

/** The table of a sheet of the form: below the row that has the headers of keys and statuses. Other programs may lose Excel's own tables. */
function tableOf(sheet: BookSheet): FormTable | undefined {
  const at = sheet.rows.findIndex(({ cells }) => {
    const texts = cells.map((cell) => cell.text.trim());
    return texts.includes(KEY) && texts.includes(FIELDS.status);
  });
  if (at < 0) return undefined;
  const headers = new Map(sheet.rows[at]?.cells.map((cell) => [cell.column, cell.text.trim()]));
  return {
    headers: new Set(headers.values()),
    rows: sheet.rows.slice(at + 1).map(({ row, cells }) => ({
      row,
      cells: new Map(cells.map((cell) => [headers.get(cell.column) ?? '', cell])),
    })),
  };
}

function answersOf(cells: ReadonlyMap<string, BookCell>): Answers {
  return Object.fromEntries(FIELD_NAMES.map((field) => [field, answerOf(field, cells.get(FIELDS[field]))])) as Answers;
}

/** A field as the form writes it, so that what was not changed compares equal. */
function answerOf(field: Field, cell: BookCell | undefined): string {
  if (DAYS.has(field) && typeof cell?.value === 'number') return dayOf(cell.value) ?? cell.text;
  const text = textOf(cell);
  if (field !== 'evidence') return text;
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n');
}

function textOf(cell: BookCell | undefined): string {
  return clean(cell?.text ?? '');
}

/** The day of Excel's number; times of day are left out. */
function dayOf(serial: number): string | undefined {
  const days = Math.floor(serial);
  // Before, Excel counts a February 29 that 1900 did not have; after, years have five digits.
  return days < 61 || days > 2_958_465 ? undefined : daysAfter('1899-12-30', days);
}
