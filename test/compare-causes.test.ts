import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Comparison } from '../src/comparison.ts';
import { compareMatrices } from '../src/map/compare/compare.ts';
import { mapSystem } from '../src/map/matrix.ts';
import type { Matrix } from '../src/model/matrix.ts';
import type { System } from '../src/model/system.ts';
import { type Mutation, mutations, sample } from './mutations.ts';
import { catalogue } from './support.ts';

/** Runs for each sample. With DEMARC_RUNS=1000 it is a search; the seed is fixed else, so that a run says the same tomorrow. */
const RUNS = Number(process.env.DEMARC_RUNS ?? 20);
const SEED = process.env.DEMARC_RUNS ? {} : { seed: 11 };
const SAMPLES = ['clinic', 'manufacturer', 'payments'];

const map = (system: System, asOf = system.asOf ?? '2026-10-31'): Matrix =>
  mapSystem(system, catalogue(), { asOf, toolVersion: '0.0.0' });

/** What the mutations bring about, each change with a name of its own. */
function brought(system: System, before: Matrix, ...made: Mutation[]): Map<string, Change> {
  const changed = structuredClone(system);
  for (const { mutate } of made) mutate(changed);
  const comparison = compareMatrices(before, map(changed, made.find(({ asOf }) => asOf)?.asOf));
  const ids = new Set(comparison.causes.map(({ id }) => id));
  const changes = SECTIONS.flatMap((section) =>
    comparison[section].map((change): [string, Change] => [`${section} ${nameOf(change)}`, { section, ...change }]),
  );
  // Each cause is one that is listed.
  for (const [name, { causes }] of changes) for (const cause of causes) expect(ids, name).toContain(cause);
  return new Map(changes);
}

const SECTIONS = [
  'services',
  'frameworks',
  'requirements',
  'parts',
  'duties',
  'statements',
  'evidence',
  'assurances',
  'transfers',
  'findings',
] as const satisfies readonly (keyof Comparison)[];
type Change = { section: (typeof SECTIONS)[number]; causes: string[] };

function nameOf(change: object): string {
  const { id, key, control, component, service, country, only, change: kind } = change as Record<string, string | undefined>;
  return id ?? key ?? [control, component, service, country, only, kind].join(' ');
}

/** What a change says, apart from why, and from places. */
function saying({ causes: _, ...change }: Change): string {
  return JSON.stringify(change, (key, value) => (key === 'place' ? undefined : value));
}

describe.each(SAMPLES)('in the sample %s', (name) => {
  const system = sample(name);
  const before = map(system);
  const all = mutations(system);
  // Kinds of mutations first, so that hundreds of statements do not crowd out the rest.
  const kinds = new Map<string, Mutation[]>();
  for (const mutation of all) {
    const kind = mutation.name.replace(/\d+/g, '#').split(' ').slice(0, 2).join(' ');
    kinds.set(kind, [...(kinds.get(kind) ?? []), mutation]);
  }
  const mutation = fc
    .tuple(fc.constantFrom(...kinds.values()), fc.nat())
    .map(([alike, pick]) => alike[pick % alike.length] as Mutation);

  test('one thing that is otherwise is the cause of everything', () => {
    fc.assert(
      fc.property(mutation, (made) => {
        for (const [change, { causes }] of brought(system, before, made)) {
          expect(causes.length, `${made.name}: ${change}`).toBeGreaterThan(0);
          for (const cause of causes) expect(cause, `${made.name}: ${change}`).toMatch(made.cause);
        }
      }),
      { numRuns: RUNS, ...SEED },
    );
  }, 120_000);

  test('of two things, each change names the one that brings it about alone', () => {
    const root = ({ name: made }: Mutation): string => made.split(/[ .]/).slice(1, 3).join(' ');
    fc.assert(
      fc.property(mutation, mutation, (one, other) => {
        fc.pre(root(one) !== root(other));
        const alone = [one, other].map((made) => ({ made, changes: brought(system, before, made) }));
        for (const [change, both] of brought(system, before, one, other)) {
          const told = `${one.name} + ${other.name}: ${change} because ${both.causes.join(', ')}`;
          expect(both.causes.length, told).toBeGreaterThan(0);
          for (const cause of both.causes)
            expect(
              [one, other].some((made) => made.cause.test(cause)),
              told,
            ).toBe(true);
          const bringing = alone.filter(({ changes }) => changes.has(change));
          const [only] = bringing;
          if (!only || bringing.length > 1 || saying(only.changes.get(change) as Change) !== saying(both)) continue;
          expect(
            both.causes.some((cause) => only.made.cause.test(cause)),
            told,
          ).toBe(true);
          // Duties and findings sum up what may have several causes at once.
          if (both.section === 'duties' || both.section === 'findings') continue;
          expect(
            both.causes.filter((cause) => !only.made.cause.test(cause)),
            told,
          ).toEqual([]);
        }
      }),
      { numRuns: Math.ceil(RUNS / 2), ...SEED },
    );
  }, 120_000);
});
