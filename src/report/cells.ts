import type { Badge, Cell, Run } from '../document.ts';

/** Small makers of table cells. */

export function textCell(text: string, options: Pick<Cell, 'rowHeader' | 'align'> = {}): Cell {
  return { paragraphs: text === '' ? [] : [[{ text }]], ...options };
}

export function cell(paragraphs: (string | Run[])[], badges: Badge[] = []): Cell {
  return {
    paragraphs: paragraphs
      .filter((paragraph) => paragraph.length > 0)
      .map((paragraph) => (typeof paragraph === 'string' ? [{ text: paragraph }] : paragraph)),
    ...(badges.length > 0 ? { badges } : {}),
  };
}

export const bold = (text: string): Run => ({ text, bold: true });
export const plain = (text: string): Run => ({ text });
export const linked = (text: string, link: string): Run => ({ text, link });

/** An ISO day as Americans write it: March 31, 2026. */
export function longDate(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${MONTHS[(month ?? 1) - 1]} ${date}, ${year}`;
}

// Written out: asking the platform for names of months loads its tables of languages, which takes longer than a whole sheet.
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A period in words. */
export function periodText(period: { from: string; to: string }): string {
  return `${longDate(period.from)} to ${longDate(period.to)}`;
}
