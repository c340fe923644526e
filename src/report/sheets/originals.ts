import type { Sheet, SheetCell } from '../../document.ts';
import { FIELD_NAMES, FIELDS, formOf, KEY, ORIGINALS } from '../../form.ts';
import type { Matrix } from '../../model/matrix.ts';

/** What stood in the form when the workbook was written, so that an import knows what people have changed. Kept out of sight. */
export function originalsSheet(matrix: Matrix): Sheet {
  return {
    name: ORIGINALS,
    title: `Answers as of ${matrix.asOf}`,
    intro: ['Kept for `demarc import statements`, which compares the filled form with it.'],
    columns: [{ title: KEY, width: 30 }, ...FIELD_NAMES.map((field) => ({ title: FIELDS[field], width: 20 }))],
    rows: [...formOf(matrix).values()].map(({ key, answers }): SheetCell[] => [
      key,
      ...FIELD_NAMES.map((field) => answers[field]),
    ]),
    freezeColumns: 1,
    landscape: true,
    table: true,
    hidden: true,
  };
}
