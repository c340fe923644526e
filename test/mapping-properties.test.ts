import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownershipOf } from '../src/map/ownership.ts';
import type { Matrix, Party } from '../src/model/matrix.ts';
import type { ServiceInUse, System } from '../src/model/system.ts';
import { rollUpStatus } from '../src/statements.ts';
import { OWNERSHIPS } from '../src/terms.ts';
import { ALL_FRAMEWORKS, catalogue, map, mapService, partsOf, systemOf, use } from './support.ts';

const facts = fc.record(
  Object.fromEntries(catalogue().facts.map((fact) => [fact.id, fc.constantFrom(...Object.keys(fact.values))])),
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, string>>;
const data = fc.uniqueArray(
  fc.constantFrom(
    ...catalogue()
      .dataKinds.map((kind) => kind.id)
      .filter((id) => id !== 'none'),
  ),
  { minLength: 1, maxLength: 4 },
);
const known = catalogue().providers.flatMap((provider) => provider.services.map((service) => ({ provider, service })));
const conditions = fc.dictionary(
  fc.constantFrom(...catalogue().conditions.map((condition) => condition.id)),
  fc.record({ holds: fc.boolean() }),
  { maxKeys: 12 },
);

const catalogueUse = fc
  .record({
    entry: fc.constantFrom(...known),
    data,
    affects: fc.constantFrom<string[]>([], ['cardholder'], ['health']),
    pick: fc.nat(),
  })
  .map(({ entry, data, affects, pick }) => {
    const options = Object.fromEntries(
      entry.service.options.flatMap((option, i) => {
        const values = Object.keys(option.values);
        const at = (pick + i) % (values.length + 1);
        return values[at] === undefined ? [] : [[option.id, values[at]]];
      }),
    );
    return { service: `${entry.provider.id}/${entry.service.id}`, data, affects, options };
  });
const declaredUse = fc
  .record({
    model: fc.constantFrom(...catalogue().models.map((model) => model.id)),
    provider: fc.constantFrom('Acme', 'Beta', 'self'),
    data,
    facts,
  })
  .filter(({ model, provider }) => model !== 'on-premises' || provider === 'self');
const services = fc.array(fc.oneof(catalogueUse, declaredUse), { minLength: 1, maxLength: 6 }).map((list) =>
  list.map(
    (service, i): ServiceInUse =>
      use({
        id: `s${i}`,
        ...service,
        ...(i % 3 === 0 ? { managedBy: [{ party: 'msp', components: ['operating-system', 'middleware'] }] } : {}),
      }),
  ),
);
const roles: fc.Arbitrary<System['roles']> = fc.record({
  gdpr: fc.constantFrom(['controller'], ['processor'], ['controller', 'processor']),
  hipaa: fc.constantFrom(['covered-entity'], ['business-associate']),
  'pci-dss': fc.constantFrom(['merchant'], ['service-provider']),
  soc2: fc.constant(['service-organization']),
  'nist-csf': fc.constant(['organization']),
});
const systems = fc
  .record({ services, roles, conditions })
  .map(({ services, roles, conditions }) =>
    systemOf(services, { roles, conditions, frameworks: ALL_FRAMEWORKS, parties: [{ id: 'msp', name: 'Managed Services' }] }),
  );

const everyRow = (matrix: Matrix) => matrix.frameworks.flatMap((framework) => framework.requirements);

describe('any system', () => {
  test('has every requirement of every framework in scope exactly once, and counts that add up', () => {
    fc.assert(
      fc.property(systems, (system) => {
        const matrix = map(system);
        for (const framework of catalogue().frameworks) {
          const mapped = matrix.frameworks.find((candidate) => candidate.id === framework.id);
          expect(mapped?.requirements.map((requirement) => requirement.id)).toEqual(
            framework.requirements.map((requirement) => requirement.id),
          );
          const total = OWNERSHIPS.reduce((sum, ownership) => sum + (mapped?.counts[ownership] ?? 0), 0);
          expect(total).toBe(framework.requirements.length);
          for (const ownership of OWNERSHIPS) {
            expect(mapped?.requirements.filter((requirement) => requirement.row.ownership === ownership)).toHaveLength(
              mapped?.counts[ownership] ?? -1,
            );
          }
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  test('has a part and a named party behind every ownership, and a reason where there is none', () => {
    fc.assert(
      fc.property(systems, (system) => {
        const matrix = map(system);
        const kinds = new Map(matrix.parties.map((party) => [party.id, party.kind]));
        for (const { row } of everyRow(matrix)) {
          if (row.ownership === 'not-applicable' || row.parts.length === 0) {
            expect(row.reason, row.key).toBeTruthy();
            expect(row.parts).toEqual([]);
            continue;
          }
          expect(row.parties.length, row.key).toBeGreaterThan(0);
          for (const position of row.parts) {
            const part = matrix.parts[position];
            expect(part?.text.length).toBeGreaterThan(20);
            expect(part?.text).not.toMatch(/\{\{|undefined|\s{2}/);
            expect(kinds.has(part?.party ?? '')).toBe(true);
          }
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  test('gives providers nothing without a component that they hold, and never hides a customer part', () => {
    fc.assert(
      fc.property(systems, (system) => {
        const matrix = map(system);
        const kinds = new Map(matrix.parties.map((party) => [party.id, party.kind]));
        const byId = new Map(matrix.services.map((service) => [service.id, service]));
        for (const part of matrix.parts) {
          if (kinds.get(part.party) !== 'provider' || !part.service) continue;
          const held = byId.get(part.service)?.holders[part.component]?.holder;
          expect(held === 'provider' || held === 'shared' || part.basis.kind === 'fact' || part.basis.kind === 'override').toBe(
            true,
          );
        }
        for (const { row } of everyRow(matrix)) {
          const customer = row.parts.some((position) => matrix.parts[position]?.party === 'customer');
          if (customer) expect(['customer', 'shared-independent', 'shared-dependent', 'not-determined']).toContain(row.ownership);
          if (row.ownership === 'provider') expect(row.parties.some((id) => kinds.get(id) === 'customer')).toBe(false);
          for (const split of row.services) if (split.parties.includes('customer')) expect(row.parties).toContain('customer');
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  test('gives the same matrix whatever the order of its services', () => {
    fc.assert(
      fc.property(systems, (system) => {
        const ownerships = (services: ServiceInUse[]): string =>
          JSON.stringify(
            everyRow(map({ ...system, services })).map(({ row }) => [row.key, row.ownership, [...row.parties].sort()]),
          );
        expect(ownerships([...system.services].reverse())).toBe(ownerships(system.services));
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});

describe('from SaaS over PaaS and IaaS to on-premises', () => {
  const chain = ['saas', 'paas', 'iaas', 'on-premises'];
  test('the customer’s parts never shrink and the provider’s never grow', () => {
    fc.assert(
      fc.property(data, facts, (data, facts) => {
        // A fact about hosting takes code or data out of a service altogether; the other facts say who holds a duty.
        const results = chain.map(
          (model) =>
            mapService(
              { id: 'x', model, provider: model === 'on-premises' ? 'self' : 'Acme', data, facts },
              { frameworks: ALL_FRAMEWORKS },
            ).matrix,
        );
        results.slice(1).forEach((matrix, i) => {
          const before = results[i] as Matrix;
          for (const part of partsOf(before, 'customer'))
            expect(partsOf(matrix, 'customer'), `${chain[i]} → ${chain[i + 1]}`).toContain(part);
          for (const part of partsOf(matrix, 'provider'))
            expect(partsOf(before, 'provider'), `${chain[i]} → ${chain[i + 1]}`).toContain(part);
        });
        expect(partsOf(results.at(-1) as Matrix, 'provider').size).toBe(0);
      }),
      { numRuns: 20 },
    );
  }, 120_000);
});

describe('ownership', () => {
  const parties = new Map<string, Pick<Party, 'kind'>>([
    ['customer', { kind: 'customer' }],
    ['aws', { kind: 'provider' }],
    ['azure', { kind: 'provider' }],
    ['msp', { kind: 'third-party' }],
  ]);
  const part = (party: string, more: { component?: string; dependent?: boolean; undetermined?: boolean } = {}) => ({
    party,
    component: 'data',
    dependent: false,
    undetermined: false,
    ...more,
  });
  test.each([
    ['only providers', [part('aws'), part('azure')], 'provider'],
    ['only the customer', [part('customer'), part('customer')], 'customer'],
    ['both, each able alone', [part('aws'), part('customer')], 'shared-independent'],
    ['both, one shared component', [part('aws'), part('customer', { dependent: true })], 'shared-dependent'],
    ['a third party alone', [part('msp')], 'third-party'],
    ['a third party and the customer', [part('msp'), part('customer')], 'shared-independent'],
    ['a third party and a provider', [part('msp'), part('aws')], 'shared-independent'],
    [
      'a provider, and a third party in its own duties as a processor',
      [part('aws'), part('msp', { component: 'provider-organization' })],
      'provider',
    ],
    ['nobody named', [part('customer', { undetermined: true })], 'not-determined'],
    [
      'nobody named beside a provider counts as the customer’s',
      [part('aws'), part('customer', { undetermined: true })],
      'shared-independent',
    ],
  ])('%s', (_, parts, expected) => {
    expect(ownershipOf(parts, parties)).toBe(expected);
  });

  test('adding a part never takes a party away', () => {
    const anyPart = fc.record({
      party: fc.constantFrom('customer', 'aws', 'msp'),
      component: fc.constantFrom('data', 'provider-organization'),
      dependent: fc.boolean(),
      undetermined: fc.boolean(),
    });
    const sides = (ownership: string): number => (ownership.startsWith('shared') ? 2 : 1);
    fc.assert(
      fc.property(
        fc.array(anyPart, { minLength: 1 }),
        anyPart,
        (parts, more) => sides(ownershipOf([...parts, more], parties)) >= sides(ownershipOf(parts, parties)),
      ),
    );
  });
});

test.each([
  [['implemented'], 'implemented'],
  [['implemented', 'unanswered'], 'partial'],
  [['unanswered'], 'unanswered'],
  [['planned'], 'planned'],
  [['planned', 'implemented'], 'partial'],
  [['implemented', 'alternative'], 'alternative'],
  [['not-applicable'], 'not-applicable'],
  [['not-applicable', 'implemented'], 'implemented'],
] as const)('statuses %j roll up to %s', (statuses, expected) => {
  expect(rollUpStatus(new Set(statuses))).toBe(expected);
});
