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
