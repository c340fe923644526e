import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysAfter } from '../src/days.ts';
import { RULES } from '../src/map/findings/index.ts';
import type { Matrix } from '../src/model/matrix.ts';
import type { System } from '../src/model/system.ts';
import { CASES } from './findings-remedies.ts';
import { TODAY } from './findings-systems.ts';
import { map } from './support.ts';

const idsOf = (matrix: Matrix, rule?: string): string[] =>
  matrix.findings
    .filter((finding) => rule === undefined || finding.rule === rule)
    .map(({ id }) => id)
    .sort();

test('every rule has a hole and a remedy here', () => {
  expect(Object.keys(CASES).sort()).toEqual(RULES.map(({ id }) => id).sort());
});

describe.each(Object.entries(CASES))('%s', (rule, { hole, remedy }) => {
  test('a finding disappears exactly when its remedy is applied', () => {
    fc.assert(
      fc.property(hole, fc.nat(), (system, pick) => {
        const before = map(system).findings.filter((finding) => finding.rule === rule);
        expect(before.length).toBeGreaterThan(0);
        const finding = before[pick % before.length];
        if (!finding) return;
        const mended = structuredClone(system);
        remedy(mended, finding, finding.id.slice(rule.length + 1));
        expect(idsOf(map(mended), rule)).toEqual(
          before
            .map(({ id }) => id)
            .filter((id) => id !== finding.id)
            .sort(),
        );
      }),
      { numRuns: 6 },
    );
  });
  test('ids are unique, and stay when lists are put in another order', () => {
    fc.assert(
      fc.property(hole, fc.infiniteStream(fc.nat()), (system, numbers) => {
        const ids = idsOf(map(system));
        expect(new Set(ids).size).toBe(ids.length);
        expect(idsOf(map(shuffled(system, numbers) as System))).toEqual(ids);
      }),
      { numRuns: 3 },
    );
  });
});

/** The same with every list in it, at any depth, in another order. */
function shuffled(value: unknown, numbers: Iterator<number>): unknown {
  if (Array.isArray(value)) {
    const left = value.map((item) => shuffled(item, numbers));
    const out: unknown[] = [];
    while (left.length > 0) out.push(...left.splice(numbers.next().value % left.length, 1));
    return out;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shuffled(inner, numbers)]));
}

test('suppressions take exactly their findings away, until the day after their end', () => {
  const holes = fc.oneof(...Object.values(CASES).map(({ hole }) => hole));
  fc.assert(
    fc.property(holes, fc.infiniteStream(fc.nat(3)), fc.integer({ min: -2, max: 2 }), (system, numbers, days) => {
      const before = map(system);
      const chosen = idsOf(before).filter(() => numbers.next().value === 0);
      const until = daysAfter(TODAY, days);
      const after = map({
        ...system,
        suppressions: [
          ...system.suppressions,
          ...chosen.map((finding) => ({ finding, reason: 'Known.', approvedBy: 'Officer', until })),
        ],
      });
      expect(idsOf(after)).toEqual(idsOf(before));
      const failing = after.findings
        .filter((finding) => !finding.suppressed)
        .map(({ id }) => id)
        .sort();
      expect(failing).toEqual(idsOf(before).filter((id) => days < 0 || !chosen.includes(id)));
      const ended = after.findings
        .filter((finding) => finding.detail.includes('that has ended'))
        .map(({ id }) => id)
        .sort();
      expect(ended).toEqual(days < 0 ? chosen : []);
    }),
    { numRuns: 40 },
  );
});
