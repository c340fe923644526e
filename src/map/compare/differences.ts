import { isDeepStrictEqual } from 'node:util';

/** How two values are held against each other, and how their difference is said. */

/** True for values that say the same, whatever the order of their keys. */
export function same(a: unknown, b: unknown): boolean {
  return a === b || isDeepStrictEqual(a, b);
}

/** True for lists with the same items in any order. */
export function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return same(new Set(a), new Set(b));
}

/** The names of the keys whose values differ, but for places: moving an entry in its file changes nothing. */
export function differingKeys<T extends object>(a: T, b: T): string[] {
  const [from, to] = [placeless(a), placeless(b)] as [Record<string, unknown>, Record<string, unknown>];
  return [...new Set([...Object.keys(to), ...Object.keys(from)])].filter((key) => !same(from[key], to[key]));
}

function placeless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(placeless);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (key === 'place' ? [] : [[key, placeless(inner)]])));
}

/** The names of those fields that differ. */
export function differing<T extends object>(a: T, b: T, fields: readonly (keyof T & string)[]): (keyof T & string)[] {
  return fields.filter((field) => !same(a[field], b[field]));
}

/** Both values with an arrow between them. */
export function arrow(from: string | undefined, to: string | undefined): string {
  return `${from || 'none'} → ${to || 'none'}`;
}

/** The items of both lists by id, those of the newer in its order, then what is gone. */
export function pairs<T>(before: readonly T[], after: readonly T[], id: (item: T) => string): Map<string, { from?: T; to?: T }> {
  const found = new Map<string, { from?: T; to?: T }>(after.map((to) => [id(to), { to }]));
  for (const from of before) found.set(id(from), { ...found.get(id(from)), from });
  return found;
}

/** Several differences in two parts: what a cause says, and its details. A change of status says most. */
export function inShort(differences: readonly { field: string; says: string }[]): { says: string; detail?: string } {
  const [only] = differences;
  if (only && differences.length === 1) return { says: only.says };
  const status = differences.find(({ field }) => field === 'status');
  const rest = differences.filter((difference) => difference !== status);
  return { says: status?.says ?? 'differs', detail: rest.map(({ says }) => says).join(', ') };
}

/** What became of a review. */
export function reviewText({ reviewed }: { reviewed?: { on: string; by: string } }): string {
  return reviewed ? `reviewed on ${reviewed.on} by ${reviewed.by}` : 'review removed';
}

/** Each item once, where it first stands. */
export function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}

/** A period as its two days. */
export function daysText(period: { from: string; to: string } | undefined): string | undefined {
  return period && `${period.from} to ${period.to}`;
}
