import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysAfter, monthsAfter, type Span, uncovered } from '../src/days.ts';

test.each([
  ['2026-01-15', 3, '2026-04-15'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2026-08-31', 6, '2027-02-28'],
  ['2026-12-31', 36, '2029-12-31'],
  ['9999-12-31', 1, '9999-12-31'],
])('%s and %i months is %s', (day, months, expected) => {
  expect(monthsAfter(day, months)).toBe(expected);
});

test('days cross months and years, and the first century is no later one', () => {
  expect(daysAfter('2026-02-28', 1)).toBe('2026-03-01');
  expect(daysAfter('2027-01-01', -1)).toBe('2026-12-31');
  expect(daysAfter('0001-01-01', 1)).toBe('0001-01-02');
});

describe('uncovered days', () => {
  const from = '2026-01-01';
  const span = fc
    .tuple(fc.integer({ min: -20, max: 60 }), fc.integer({ min: 0, max: 25 }))
    .map(([start, length]): Span => [daysAfter(from, start), daysAfter(from, start + length)]);
  const isIn = (day: string, spans: readonly Span[]): boolean => spans.some(([start, end]) => start <= day && day <= end);
  test('are those of the span and of none of the others, in order and apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.array(span, { maxLength: 5 }), (length, covering) => {
        const judged: Span = [from, daysAfter(from, length)];
        const open = uncovered(judged, covering);
        for (let i = -2; i <= length + 2; i++) {
          const day = daysAfter(from, i);
          expect(isIn(day, open), day).toBe(isIn(day, [judged]) && !isIn(day, covering));
        }
        open.forEach(([start, end], i) => {
          expect(start <= end).toBe(true);
          const next = open[i + 1];
          if (next) expect(daysAfter(end, 1) < next[0]).toBe(true);
        });
      }),
    );
  });
});
