import { prose } from '../pdf-document.ts';

/** The table that every tool sets: six columns whose text wraps. */
export interface Rows {
  title: string;
  columns: { title: string; share: number }[];
  rows: string[][];
}

/** So many rows of it. */
export function rowsOf(count: number): Rows {
  return {
    title: 'Responsibility matrix',
    columns: [
      { title: 'Id', share: 8 },
      { title: 'Requirement', share: 26 },
      { title: 'Responsible', share: 12 },
      { title: 'Customer part', share: 26 },
      { title: 'Provider part', share: 22 },
      { title: 'Count', share: 6 },
    ],
    rows: Array.from({ length: count }, (_, i) => [
      `${1 + (i % 12)}.${1 + (i % 6)}.${i}`,
      prose(i, 9),
      ['Customer', 'Provider', 'Shared by both'][i % 3] as string,
      prose(i * 3 + 1, 10),
      prose(i * 5 + 2, 8),
      String(i * 37),
    ]),
  };
}
