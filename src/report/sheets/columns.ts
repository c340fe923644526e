import type { SheetCell, SheetColumn } from '../../document.ts';

/** A column of a sheet with what stands in it for one item; `false` stands for a column that the audience does not see. */
export type ColumnOf<T> = (SheetColumn & { of: (item: T) => SheetCell }) | false;

/** The columns that are seen, and the cells of an item under them. */
export function tableOf<T>(all: readonly ColumnOf<T>[]): { columns: SheetColumn[]; cells: (item: T) => SheetCell[] } {
  const seen = all.filter((column) => column !== false);
  return {
    columns: seen.map(({ of: _, ...column }) => column),
    cells: (item) => seen.map((column) => column.of(item)),
  };
}

/** Position of a column from 0. */
export function positionOf(columns: readonly SheetColumn[], title: string): number {
  return columns.findIndex((column) => column.title === title);
}

/** An address outside, which shows where it leads. */
export function addressCell(url: string | undefined): SheetCell {
  return url ? { text: url, link: { url } } : '';
}

/** A day of the calendar, or an empty cell. */
export function dayCell(day: string | undefined): SheetCell {
  return day ? { date: day } : '';
}
