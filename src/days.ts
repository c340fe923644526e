/** Days of the calendar in ISO form, which sort as text. */

/** True for a real day of the calendar. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = dateOf(text);
  return !Number.isNaN(date.getTime()) && dayOf(date) === text;
}

/** The day so many months later; where that month is shorter, its last day. */
export function monthsAfter(day: string, months: number): string {
  const date = dateOf(day);
  const wanted = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months + 1, 0);
  date.setUTCDate(Math.min(wanted, date.getUTCDate()));
  return dayOf(date);
}

/** The day so many days later, or earlier. */
export function daysAfter(day: string, days: number): string {
  const date = dateOf(day);
  date.setUTCDate(date.getUTCDate() + days);
  return dayOf(date);
}

/** A span of days, both ends included. */
export type Span = readonly [from: string, to: string];

/** How many days a span has. */
export function daysIn([from, to]: Span): number {
  return Math.max(0, Math.round((dateOf(to).getTime() - dateOf(from).getTime()) / 86_400_000) + 1);
}

/** The days that two spans share. */
export function shared(a: Span, b: Span): Span | undefined {
  const from = a[0] > b[0] ? a[0] : b[0];
  const to = a[1] < b[1] ? a[1] : b[1];
  return from <= to ? [from, to] : undefined;
}

/** The days of a span that none of the others covers, as spans in their order. */
export function uncovered(span: Span, covering: readonly Span[]): Span[] {
  const open: Span[] = [];
  let from = span[0];
  for (const [start, end] of [...covering].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
    if (end < from) continue;
    if (start > span[1]) break;
    if (start > from) open.push([from, daysAfter(start, -1)]);
    from = daysAfter(end, 1);
  }
  if (from <= span[1]) open.push([from, span[1]]);
  return open;
}

function dateOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

// Years beyond 9999 have another ISO form, which would sort before all others; nothing counts that long.
function dayOf(date: Date): string {
  const text = date.toISOString();
  return text.startsWith('+') ? '9999-12-31' : text.slice(0, 10);
}
