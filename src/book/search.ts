import type { Range } from './book.ts';

/** The index of the first item whose number is not below `least`, in items that are in order of their numbers. */
export function firstFrom<Item>(items: readonly Item[], numberOf: (item: Item) => number, least: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberOf(items[middle] as Item) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first range around each place, for places that lie in one. */
export function covered<Place extends { row: number; column: number }>(
  ranges: readonly Range[],
  places: readonly Place[],
): Map<Place, Range> {
  const found = new Map<Place, Range>();
  if (ranges.length === 0) return found;
  const ordered = [...places].sort((a, b) => a.row - b.row);
  for (const range of ranges) {
    for (let at = firstFrom(ordered, ({ row }) => row, range.top); at < ordered.length; at++) {
      const place = ordered[at] as Place;
      if (place.row > range.bottom) break;
      if (place.column >= range.left && place.column <= range.right && !found.has(place)) found.set(place, range);
    }
  }
  return found;
}
