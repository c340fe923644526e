import type { RowNeed } from './book.ts';
import type { SheetContent } from './sheet.ts';
import { attributeIn, withAttribute } from './tag.ts';
import { flag } from './xml.ts';

/** Gives a row's tag the height that the row needs. */
export type Growth = (tag: string, row: number) => string;

/** No row is higher, in points. */
export const HIGHEST = 409.5;

/**
 * How rows of a sheet grow. A height that somebody set stays; so does a row without one where the sheet hides such rows or gives all of them
 * a set height.
 */
export function growth(sheet: string, needs: readonly RowNeed[] | undefined, { rowsHidden, rowsSet }: SheetContent): Growth {
  const heights = new Map(needs?.filter((need) => need.sheet === sheet).map(({ row, height }) => [row, height]));
  return (tag, row) => {
    const need = heights.get(row);
    if (need === undefined || flag(attributeIn(tag, 'customHeight')) || flag(attributeIn(tag, 'hidden'))) return tag;
    const height = Number(attributeIn(tag, 'ht') ?? Number.NaN);
    if (Number.isNaN(height) ? rowsHidden || rowsSet : height >= need || height === 0) return tag;
    return withAttribute(tag, 'ht', String(Math.min(need, HIGHEST)));
  };
}
