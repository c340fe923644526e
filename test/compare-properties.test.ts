import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Comparison } from '../src/comparison.ts';
import { compareMatrices } from '../src/map/compare/compare.ts';
import { mapSystem } from '../src/map/matrix.ts';
import type { Matrix } from '../src/model/matrix.ts';
import type { ServiceInUse, Statement, System } from '../src/model/system.ts';
import { ALL_FRAMEWORKS, catalogue, systemOf, use } from './support.ts';

/** A thousand find what eight may miss; set it for a search. */
const RUNS = Number(process.env.DEMARC_RUNS ?? 8);
const TEST_DAY = '2026-09-30';
const map = (system: System, asOf = TEST_DAY): Matrix => mapSystem(system, catalogue(), { asOf, toolVersion: '0.0.0' });

const known = catalogue().providers.flatMap((provider) => provider.services.map((service) => ({ provider, service })));
const withOptions = known.filter(({ service }) => service.options.length > 0);
const kinds = catalogue()
  .dataKinds.map(({ id }) => id)
  .filter((id) => id !== 'none');
const data = fc.uniqueArray(fc.constantFrom(...kinds), { minLength: 1, maxLength: 3 });
const stackComponents = ['operating-system', 'middleware', 'runtime', 'application', 'configuration', 'accounts'];
const controlIds = catalogue().controls.map(({ id }) => id);
const pci = catalogue().frameworks.find(({ id }) => id === 'pci-dss')?.requirements ?? [];

const aService = fc.oneof(
  fc
    .record({
      entry: fc.oneof(fc.constantFrom(...withOptions), fc.constantFrom(...known)),
      data,
      pick: fc.nat(),
      owner: fc.boolean(),
    })
    .map(({ entry, data, pick, owner }) => ({
      service: `${entry.provider.id}/${entry.service.id}`,
      data,
      ...(owner ? { owner: 'Platform' } : {}),
      options: Object.fromEntries(
        entry.service.options.flatMap((option, i) => {
          const values = Object.keys(option.values);
          const value = values[(pick + i) % (values.length + 1)];
          return value === undefined ? [] : [[option.id, value]];
        }),
      ),
    })),
  fc.record({
    model: fc.constantFrom('saas', 'paas', 'iaas', 'unknown', 'faas'),
    provider: fc.constantFrom('Acme', 'Beta'),
    data,
  }),
);
const aStatement: fc.Arbitrary<Statement> = fc.record({
  control: fc.constantFrom(...controlIds),
  services: fc.constantFrom<string[]>([], ['s0'], ['s0', 's1']),
  status: fc.constantFrom('implemented', 'partial', 'planned'),
  owner: fc.constantFrom('Ann', 'Bob'),
  evidence: fc.constantFrom<Statement['evidence']>(
    [],
    [{ title: 'Export', file: 'a.pdf', date: '2026-01-01', expires: '2026-10-31' }],
  ),
});
const systems: fc.Arbitrary<System> = fc
  .record({
    services: fc.array(aService, { minLength: 2, maxLength: 5 }),
    statements: fc.uniqueArray(aStatement, {
      maxLength: 12,
      selector: ({ control, services }) => `${control} ${services.join()}`,
    }),
    conditions: fc.dictionary(
      fc.constantFrom(...catalogue().conditions.map(({ id }) => id)),
      fc.record({ holds: fc.boolean() }),
      { maxKeys: 20 },
    ),
    frameworks: fc.subarray(ALL_FRAMEWORKS, { minLength: 1 }),
  })
  .map(({ services, statements, conditions, frameworks }) =>
    systemOf(
      services.map((service, i) => use({ id: `s${i}`, ...service })),
      {
        statements,
        conditions,
        frameworks: structuredClone(frameworks),
        parties: [{ id: 'msp', name: 'Managed Services' }],
        assurances: [],
      },
    ),
  );

/** One edit of a description, and the cause by which a comparison has to name it. */
type Edit = { name: string; edit: (system: System, pick: number) => RegExp | undefined };

const first = (system: System): ServiceInUse => system.services[0] as ServiceInUse;
const EDITS: Edit[] = [
  {
    name: 'an option',
    edit(system, pick) {
      for (const service of system.services) {
        const entry = known.find((one) => `${one.provider.id}/${one.service.id}` === service.service);
        for (const option of entry?.service.options ?? []) {
          const values = Object.keys(option.values).filter((value) => value !== service.options[option.id]);
          const value = values[pick % values.length];
          if (value === undefined) continue;
          service.options[option.id] = value;
          return new RegExp(`^service:${service.id}/option:${option.id}$`);
        }
      }
      return undefined;
    },
  },
  {
    name: 'a fact',
    edit(system, pick) {
      const fact = catalogue().facts[pick % catalogue().facts.length];
      const values = Object.keys(fact?.values ?? {});
      first(system).facts = { [fact?.id ?? '']: values[pick % values.length] ?? '' };
      return /^service:s0\/fact:/;
    },
  },
  {
    name: 'the holder of a component',
    edit(system, pick) {
      const component = stackComponents[pick % stackComponents.length] ?? '';
      const holder = (['provider', 'customer', 'shared', 'absent', 'undetermined'] as const)[pick % 5] ?? 'customer';
      first(system).components = { [component]: { holder, reason: 'A test.' } };
      return /^service:s0\/component:/;
    },
  },
  {
    name: 'who runs layers',
    edit(system) {
      first(system).managedBy = [{ party: 'msp', components: stackComponents }];
      return /^service:s0\/managed-by$/;
    },
  },
  {
    name: 'a service added',
    edit(system, pick) {
      const entry = known[pick % known.length];
      system.services.push(
        use({ id: 'new', service: `${entry?.provider.id}/${entry?.service.id}`, data: ['personal', 'cardholder'] }),
      );
      // Data in use may make a condition hold.
      return /^service:new$|^condition:/;
    },
  },
  {
    name: 'a service removed',
    edit(system) {
      const gone = system.services.pop();
      system.statements = system.statements.filter(({ services }) => services.every((id) => id !== gone?.id));
      return new RegExp(`^service:${gone?.id}$|^condition:|^statement:.*/${gone?.id}`);
    },
  },
  {
    name: 'a service replaced',
    edit(system, pick) {
      const entry = known[pick % known.length];
      const { id, data, purpose } = first(system);
      system.services[0] = use({ id, data, purpose, service: `${entry?.provider.id}/${entry?.service.id}` });
      return /^service:s0\/(?:delivery|option:.*|owner)$/;
    },
  },
  {
    name: 'data',
    edit(system, pick) {
      first(system).data = [kinds[pick % kinds.length] ?? 'personal'];
      return /^service:s0\/data$|^condition:/;
    },
  },
  {
    name: 'data affected',
    edit(system, pick) {
      first(system).affects = [kinds[pick % kinds.length] ?? 'personal'];
      return /^service:s0\/affects$|^condition:/;
    },
  },
  {
    name: 'regions',
    edit(system) {
      first(system).regions = ['eu-west-1'];
      return /^service:s0\/regions$/;
    },
  },
  {
    name: 'an owner',
    edit(system) {
      first(system).owner = 'Somebody else';
      return /^service:s0\/owner$/;
    },
  },
  {
    name: 'the owner of the system',
    edit(system) {
      system.system.owner = 'Somebody else';
      return /^system\.owner$/;
    },
  },
  {
    name: 'a title',
    edit(system) {
      first(system).title = 'Renamed';
      return /^service:s0\/title$/;
    },
  },
  {
    name: 'a condition',
    edit(system, pick) {
      const condition = catalogue().conditions[pick % catalogue().conditions.length];
      const before = system.conditions[condition?.id ?? ''];
      system.conditions[condition?.id ?? ''] = { holds: before ? !before.holds : pick % 2 === 0, note: 'Changed.' };
      return new RegExp(`^condition:${condition?.id}$`);
    },
  },
  {
    name: 'a role',
    edit(system) {
      system.roles['pci-dss'] = ['service-provider'];
      system.roles.hipaa = ['business-associate'];
      return /^roles:/;
    },
  },
  {
    name: 'categories',
    edit(system) {
      const choice = system.frameworks.find(({ id }) => id === 'soc2');
      if (choice) choice.categories = ['security'];
      return /^categories:soc2$/;
    },
  },
  {
    name: 'an exclusion',
    edit(system, pick) {
      system.exclusions = [{ requirement: `pci-dss:${pci[pick % pci.length]?.id}`, reason: 'A test.', approvedBy: 'Ann' }];
      return /^exclusion:pci-dss:/;
    },
  },
  {
    name: 'a framework more',
    edit(system) {
      const missing = ALL_FRAMEWORKS.find(({ id }) => !system.frameworks.some((choice) => choice.id === id));
      if (missing) system.frameworks.push(structuredClone(missing));
      return /^framework:/;
    },
  },
  {
    name: 'a framework less',
    edit(system) {
      if (system.frameworks.length > 1) system.frameworks.pop();
      return /^framework:/;
    },
  },
  {
    name: 'a statement added',
    edit(system, pick) {
      system.statements.push({
        control: controlIds[pick % controlIds.length] ?? '',
        services: pick % 2 === 0 ? [] : ['s1'],
        status: 'implemented',
        owner: 'Carla',
        evidence: [{ title: 'New evidence' }],
      });
      return /^statement:/;
    },
  },
  {
    name: 'a statement removed',
    edit(system) {
      system.statements.pop();
      return /^statement:/;
    },
  },
  {
    name: 'a statement changed',
    edit(system, pick) {
      const statement = system.statements[pick % Math.max(1, system.statements.length)];
      if (statement) {
        statement.status = statement.status === 'implemented' ? 'planned' : 'implemented';
        statement.due = '2026-01-31';
        statement.owner = 'Carla';
      }
      return /^statement:/;
    },
  },
];

const everyChange = (comparison: Comparison) => [
  ...comparison.services,
  ...comparison.frameworks,
  ...comparison.requirements,
  ...comparison.parts,
  ...comparison.duties,
  ...comparison.statements,
  ...comparison.evidence,
  ...comparison.assurances,
  ...comparison.transfers,
  ...comparison.findings,
];
const rowsOf = (matrix: Matrix) =>
  new Map(matrix.frameworks.flatMap(({ requirements }) => requirements.map(({ row }) => [row.key, row] as const)));

describe('a comparison', () => {
  test('of a matrix with itself is empty, also after it was saved and read', () => {
    fc.assert(
      fc.property(systems, (system) => {
        const matrix = map(system);
        for (const other of [matrix, map(structuredClone(system)), JSON.parse(JSON.stringify(matrix)) as Matrix]) {
          const comparison = compareMatrices(matrix, other);
          expect(comparison.causes).toEqual([]);
          expect(everyChange(comparison)).toEqual([]);
        }
      }),
      { numRuns: RUNS },
    );
  });

  test.each(EDITS)('names $name as the one cause of everything', ({ edit }) => {
    fc.assert(
      fc.property(systems, fc.nat({ max: 10_000 }), (system, pick) => {
        const changed = structuredClone(system);
        const expected = edit(changed, pick);
        if (!expected) return;
        const before = map(system);
        const after = map(changed);
        const comparison = compareMatrices(before, after);
        const ids = new Set(comparison.causes.map(({ id }) => id));
        for (const change of everyChange(comparison)) {
          expect(change.causes.length, JSON.stringify(change).slice(0, 1500)).toBeGreaterThan(0);
          for (const cause of change.causes) {
            expect(ids, cause).toContain(cause);
            expect(cause, JSON.stringify(change).slice(0, 1500)).toMatch(expected);
          }
        }
        // Every row that differs is there, once.
        const old = rowsOf(before);
        const now = rowsOf(after);
        const differing = [...new Set([...old.keys(), ...now.keys()])].filter((key) => {
          const [a, b] = [old.get(key), now.get(key)];
          return (
            a?.ownership !== b?.ownership ||
            a?.status !== b?.status ||
            [...(a?.parties ?? [])].sort().join() !== [...(b?.parties ?? [])].sort().join()
          );
        });
        const keys = comparison.requirements.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        expect(differing.filter((key) => !keys.includes(key))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
