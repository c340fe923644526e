import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Crosswalk, crosswalk, customerControls } from '../src/map/crosswalk.ts';
import type { Requirement } from '../src/model/catalogue.ts';
import { ALL_FRAMEWORKS, catalogue, map, systemOf, use } from './support.ts';

const { frameworks } = catalogue();
const ALL = frameworks.flatMap((framework) =>
  framework.requirements.map((requirement) => ({ framework: framework.id, requirement })),
);

function find(key: string): { framework: string; requirement: Requirement } {
  const [framework = '', ...id] = key.split(':');
  const found = ALL.find((entry) => entry.framework === framework && entry.requirement.id === id.join(':'));
  if (!found) throw new Error(`no ${key}`);
  return found;
}
const keyOf = ({ framework, requirement }: { framework: string; requirement: Requirement }): string =>
  `${framework}:${requirement.id}`;
const named = (key: string): Set<string> => new Set(find(key).requirement.controls.map((use) => use.control));
const related = (walk: Crosswalk): Map<string, string[]> =>
  new Map([...walk.all, ...walk.some].map(({ key, shared }) => [key, shared]));

describe('known pairs', () => {
  const walk = crosswalk(frameworks, find('pci-dss:8.4.2'));
  test('multi-factor authentication is asked for everywhere', () => {
    expect(walk.all.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['nist-csf:PR.AA-03', 'soc2:CC6.1', 'hipaa:164.312(d)']),
    );
    expect(walk.some).toEqual([]);
  });
  test('answering it settles its neighbors, and others in part', () => {
    expect(walk.answer.controls).toEqual(['multi-factor-authentication']);
    expect(walk.answer.settles.map(({ key }) => key)).toContain('pci-dss:8.4.1');
    expect(walk.answer.partly.find(({ key }) => key === 'pci-dss:8.4.3')?.open).toEqual(['remote-access']);
    expect(walk.answer.next).toEqual({ control: 'remote-access', settles: ['pci-dss:8.4.3'] });
  });
  test('those that share more stand first, and its own framework only among what is settled', () => {
    const { all, some, answer } = crosswalk(frameworks, find('nist-csf:PR.AA-04'));
    expect(some[0]).toMatchObject({ key: 'pci-dss:8.3.2', shared: ['authenticators', 'encryption-in-transit'] });
    expect([...all, ...some].filter(({ framework }) => framework === 'nist-csf')).toEqual([]);
    expect(answer.partly.map(({ key }) => key)).toContain('nist-csf:PR.AA-01');
  });
  test('a requirement that asks nothing shares nothing', () => {
    expect(crosswalk(frameworks, find('gdpr:1'))).toEqual({
      key: 'gdpr:1',
      all: [],
      some: [],
      answer: { controls: [], settles: [], partly: [] },
    });
  });
});

describe('for every requirement of the catalogue', () => {
  const walks = new Map(ALL.map((entry) => [keyOf(entry), crosswalk(frameworks, entry)]));

  test('sharing is mutual, with the same controls', () => {
    for (const [key, walk] of walks) {
      for (const [other, shared] of related(walk)) {
        expect(new Set(related(walks.get(other) as Crosswalk).get(key)), `${key} and ${other}`).toEqual(new Set(shared));
      }
    }
  });
  test('what is settled has no open control, and what is settled in part has some and not all', () => {
    for (const [key, walk] of walks) {
      for (const settled of walk.answer.settles)
        expect(
          [...named(settled.key)].filter((control) => !named(key).has(control)),
          settled.key,
        ).toEqual([]);
      for (const { key: other, open } of walk.answer.partly) {
        expect(open.length, other).toBeGreaterThan(0);
        expect(open.length, other).toBeLessThan(named(other).size);
        for (const control of open) expect(named(key).has(control)).toBe(false);
      }
    }
  });
  test('nothing that shares a control is missing, and nothing is listed twice', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ALL), fc.constantFrom(...ALL), (a, b) => {
        const walk = walks.get(keyOf(a)) as Crosswalk;
        const overlaps = [...named(keyOf(a))].some((control) => named(keyOf(b)).has(control));
        const listed = [...walk.all, ...walk.some].filter(({ key }) => key === keyOf(b)).length;
        expect(listed).toBe(overlaps && a.framework !== b.framework ? 1 : 0);
        const settled = [...walk.answer.settles, ...walk.answer.partly].filter(({ key }) => key === keyOf(b)).length;
        expect(settled).toBe(overlaps && keyOf(a) !== keyOf(b) ? 1 : 0);
      }),
      { numRuns: 2_000 },
    );
  });
  test('the order is by how much is shared', () => {
    for (const { some } of walks.values()) {
      const counts = some.map(({ shared }) => shared.length);
      expect(counts).toEqual([...counts].sort((a, b) => b - a));
    }
  });
});

describe('in a system', () => {
  const matrix = map(
    systemOf([use({ id: 'db', service: 'aws/rds', data: ['cardholder', 'health'] })], { frameworks: ALL_FRAMEWORKS.slice(0, 2) }),
  );
  const rows = new Map(
    matrix.frameworks.flatMap((framework) => framework.requirements.map(({ row }) => [row.key, row] as const)),
  );
  const walk = (key: string): Crosswalk => crosswalk(matrix.frameworks, find(key), customerControls(matrix));

  test('only frameworks in scope are compared', () => {
    expect(new Set([...walk('pci-dss:8.4.2').all, ...walk('pci-dss:8.4.2').some].map(({ framework }) => framework))).toEqual(
      new Set(['hipaa']),
    );
  });
  test('what the provider holds alone needs no answer', () => {
    const provided = [...rows.values()].find((row) => row.ownership === 'provider');
    expect(provided && walk(provided.key).answer).toEqual({ controls: [], settles: [], partly: [] });
  });
  test('answering the controls indeed settles every requirement that is said to be settled, and no other', () => {
    const { answer } = walk('hipaa:164.312(d)');
    const statements = answer.controls.map((control) => ({
      control,
      services: [],
      status: 'implemented' as const,
      evidence: [],
    }));
    const answered = map(
      systemOf([use({ id: 'db', service: 'aws/rds', data: ['cardholder', 'health'] })], {
        frameworks: ALL_FRAMEWORKS.slice(0, 2),
        statements,
      }),
    );
    const implemented = answered.frameworks.flatMap((framework) =>
      framework.requirements.filter(({ row }) => row.status === 'implemented').map(({ row }) => row.key),
    );
    const partly = answered.frameworks.flatMap((framework) =>
      framework.requirements.filter(({ row }) => row.status === 'partial').map(({ row }) => row.key),
    );
    expect(answer.settles.length).toBeGreaterThan(2);
    expect(implemented.sort()).toEqual(['hipaa:164.312(d)', ...answer.settles.map(({ key }) => key)].sort());
    expect(partly.sort()).toEqual(answer.partly.map(({ key }) => key).sort());
  });
});
