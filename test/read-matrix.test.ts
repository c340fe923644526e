import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesText } from '../src/cli/changes-text.ts';
import { compareMatrices } from '../src/map/compare/compare.ts';
import type { Matrix } from '../src/model/matrix.ts';
import { Problems } from '../src/problem.ts';
import { readMatrix } from '../src/read/matrix.ts';
import { changesMarkdown } from '../src/report/changes-markdown.ts';
import { writeMatrixJson } from '../src/write/json.ts';
import { map, onFile, systemOf, use } from './support.ts';

const whole = map(
  systemOf(
    [
      use({ id: 'db', service: 'aws/rds', owner: 'Ann', options: { 'public-access': 'no' } }),
      use({ id: 'own', model: 'on-premises', provider: 'self', managedBy: [{ party: 'msp', components: ['operating-system'] }] }),
    ],
    {
      parties: [{ id: 'msp', name: 'MSP' }],
      statements: [
        { control: 'backup', services: [], status: 'implemented', evidence: [{ title: 'Log', expires: '2026-01-01' }] },
      ],
      assurances: [onFile({ id: 'a', type: 'soc2-type2', period: { from: '2025-01-01', to: '2025-12-31' } })],
      exclusions: [{ requirement: 'soc2:CC1.1', reason: 'x' }],
      conditions: { wireless: { holds: false } },
    },
  ),
);
const json = writeMatrixJson(whole);

function problemsOf(text: string): Problems['problems'] {
  try {
    readMatrix(text, 'matrix.json');
  } catch (error) {
    if (error instanceof Problems) return error.problems;
    throw error;
  }
  return [];
}

test('a saved matrix reads as it was', () => {
  expect(readMatrix(json, 'matrix.json')).toEqual(JSON.parse(json));
});

test.each<[string, string, string, RegExp]>([
  ['nothing', '', 'matrix-not-json', /no JSON/],
  ['half a file', json.slice(0, json.length / 2), 'matrix-not-json', /ends too early/],
  ['a list', '[]', 'not-a-matrix', /no responsibility matrix/],
  ['null', 'null', 'not-a-matrix', /no responsibility matrix/],
  ['a manifest', '{"format":"demarc-manifest","formatVersion":1}', 'not-a-matrix', /no responsibility matrix/],
  [
    'a newer format',
    '{"format":"demarc-matrix","formatVersion":2}',
    'matrix-newer',
    /has format 2, and this demarc reads format 1/,
  ],
  ['no version', '{"format":"demarc-matrix"}', 'matrix-damaged', /does not say which format/],
  ['nothing inside', '{"format":"demarc-matrix","formatVersion":1}', 'matrix-damaged', /audience is missing/],
])('%s is a problem', (_, text, code, message) => {
  const [first] = problemsOf(text);
  expect(first).toMatchObject({ code, file: 'matrix.json' });
  expect(first?.message).toMatch(message);
});

test('parts that are not there, and more than a few problems', () => {
  const damaged = structuredClone(whole);
  const row = damaged.frameworks[0]?.requirements[3]?.row;
  row?.parts.push(damaged.parts.length);
  expect(problemsOf(JSON.stringify(damaged))[0]?.message).toBe(`${row?.key} refers to parts or statements that are not there`);
  const empty = { ...damaged, parts: damaged.parts.map(() => ({})) };
  const problems = problemsOf(JSON.stringify(empty));
  expect(problems).toHaveLength(6);
  expect(problems.at(-1)?.message).toMatch(/further problems in this file/);
});

test('lists that an older demarc did not write are empty, and keys it does not know stay', () => {
  const { attachments: _, transfers: __, suppressions: ___, ...older } = whole;
  const read = readMatrix(JSON.stringify({ ...older, novelty: 1 }), 'matrix.json');
  expect(read).toMatchObject({ attachments: [], transfers: [], suppressions: [], novelty: 1 });
});

describe('however a matrix is damaged', () => {
  /** Every path in a value, so that damage can strike anywhere. */
  const paths = (value: unknown, here: (string | number)[] = []): (string | number)[][] =>
    typeof value !== 'object' || value === null
      ? [here]
      : [
          here,
          ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...here, Array.isArray(value) ? Number(key) : key])),
        ];
  const all = paths(JSON.parse(json)).filter((path) => path.length > 0);
  const damage = fc.record({
    path: fc.oneof(fc.constantFrom(...all), fc.constantFrom(...all.filter((path) => path.length < 4))),
    value: fc.oneof(
      fc.constant(undefined),
      fc.constantFrom('', 'customer', 'backup', 'db', 'constructor', '__proto__', 'soc2:CC1.1', '2026-13-01'),
      fc.constantFrom<unknown>(null, 0, -1, 1.5, 1e9, true, [], {}, [null], [[]], ['x'], {
        x: null,
      }),
    ),
  });
  test('it is read, or refused with problems; what is read can be compared and printed', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 2 }), (strikes) => {
        const damaged = JSON.parse(json);
        for (const { path, value } of strikes) {
          const holder = path
            .slice(0, -1)
            .reduce<Record<string, unknown> | undefined>(
              (at, key) => (typeof at?.[key] === 'object' && at[key] !== null ? (at[key] as Record<string, unknown>) : undefined),
              damaged,
            );
          if (!holder) continue;
          const key = String(path.at(-1));
          // Half of the damage keeps the type, so that it is not refused for its shape.
          if (value === undefined) delete holder[key];
          else if (typeof value === 'string' && Array.isArray(holder[key])) holder[key] = (holder[key] as unknown[]).slice(1);
          else holder[key] = value;
        }
        let matrix: Matrix;
        try {
          matrix = readMatrix(JSON.stringify(damaged), 'matrix.json');
        } catch (error) {
          expect(error).toBeInstanceOf(Problems);
          return;
        }
        read += 1;
        for (const [from, to] of [
          [whole, matrix],
          [matrix, whole],
          [matrix, { ...matrix, asOf: '2027-01-31' }],
        ] as const) {
          const comparison = compareMatrices(from, to);
          changesText(comparison, { width: 100, verbose: true });
          changesMarkdown(comparison, { verbose: true });
          for (const list of [comparison.requirements, comparison.parts, comparison.findings])
            for (const { causes } of list) expect(causes.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 200 },
    );
    expect(read).toBeGreaterThan(20);
  });
});
