import { describe, expect, test } from 'vitest';
import { mapSystem } from '../src/map/matrix.ts';
import type { System } from '../src/model/system.ts';
import { check, db, found, stating, under } from './findings-table.ts';
import { catalogue, onFile, systemOf, use } from './support.ts';

// The providers' side: who vouches for their parts, and what is on file about them.

const REVIEWED = { by: 'R', on: '2026-06-01' };
const stated = Object.fromEntries(catalogue().conditions.map((condition) => [condition.id, { holds: false }]));

describe('who vouches for it', () => {
  const pci = under('pci-dss');
  const period = { from: '2026-01-01', to: '2026-12-31' };
  const doc = (...items: (Parameters<typeof onFile>[0] & { id?: string })[]): Partial<System> => ({
    assurances: items.map((item, i) => onFile({ id: `a${i}`, ...item })),
  });
  const report = (from: string, to: string, more: object = {}) => ({
    type: 'soc2-type2' as const,
    period: { from, to },
    ...more,
  });
  const letter = (more: object) => ({ type: 'bridge-letter' as const, bridges: 'a0', ...more });
  const regional = [use({ ...db, regions: ['us-west-2', 'eu-central-1'] })];
  const aoc = (more: object) => ({ ...pci, ...doc({ type: 'pci-aoc', issued: '2026-01-01', ...more }) });
  const cuec = (more: object) =>
    doc(report('2026-01-01', '2026-09-30', { cuecs: [{ id: 'U 1', text: 'T', controls: [], ...more }] }));
  const listed = (service: string, data: string[]) => [use({ id: 'x', service, data, options: {} })];
  check([
    ['nothing on file', 'assurance-missing', pci, ['pci-dss/aws']],
    ['something on file', 'assurance-missing', aoc({}), []],
    ['something else on file', 'assurance-missing', { ...pci, ...doc({ type: 'soc3' }) }, ['pci-dss/aws']],
    ['from next year', 'assurance-missing', aoc({ issued: '2027-01-01' }), ['pci-dss/aws']],
    ['no data in scope', 'assurance-missing', pci, [], [use({ ...db, data: ['public'] })]],
    [
      'a party by its free name',
      'assurance-missing',
      pci,
      ['pci-dss/provider-acme-ltd'],
      [use({ id: 'x', model: 'saas', provider: 'Acme Ltd.', data: ['cardholder'] })],
    ],
    [
      'not asked of this role, but excluded',
      'assurance-missing',
      { ...pci, exclusions: [{ requirement: 'pci-dss:12.8.4', reason: 'R.' }] },
      [],
    ],
    [
      'denied by a condition, though in use',
      'assurance-missing',
      { ...under('hipaa'), conditions: { 'business-associates': { holds: false } } },
      ['hipaa/aws'],
    ],
    ['the service named', 'assurance-service', aoc({ services: ['aws/rds'] }), []],
    ['another service named', 'assurance-service', aoc({ services: ['aws/s3'] }), ['pci-dss/aws']],
    ['the service left out by name', 'assurance-service', aoc({ excludes: { services: ['db'], regions: [] } }), ['pci-dss/aws']],
    ['nothing on file is another finding', 'assurance-service', pci, []],
    ['the regions named', 'assurance-region', aoc({ regions: ['us-west-2', 'DE'] }), [], regional],
    ['a region missing', 'assurance-region', aoc({ regions: ['US-WEST-2'] }), ['pci-dss/aws'], regional],
    [
      'a region left out by name',
      'assurance-region',
      aoc({ excludes: { services: [], regions: ['eu-central-1'] } }),
      ['pci-dss/aws'],
      regional,
    ],
    [
      'two documents together',
      'assurance-region',
      { ...pci, ...doc({ type: 'pci-aoc', regions: ['us-west-2'] }, { type: 'pci-aoc', regions: ['DE'] }) },
      [],
      regional,
    ],
    ['ended yesterday', 'assurance-expired', aoc({ expires: '2026-09-29' }), ['a0']],
    ['ends today', 'assurance-expired', aoc({ expires: '2026-09-30' }), []],
    ['an attestation of a year ago', 'assurance-expired', aoc({ issued: '2025-09-29' }), ['a0']],
    ['a report that ended a year ago', 'assurance-expired', doc(report('2024-10-01', '2025-09-29')), ['a0']],
    ['an agreement without an end', 'assurance-expired', doc({ type: 'dpa', issued: '2019-01-01' }), []],
    ['a certificate nobody expects', 'assurance-expired', doc({ type: 'iso27001', issued: '2023-09-29' }), ['medium a0']],
    [
      'another took its place',
      'assurance-expired',
      { ...pci, ...doc({ type: 'pci-aoc', issued: '2025-01-01' }, { type: 'pci-aoc', issued: '2026-01-01' }) },
      [],
    ],
    [
      'another took the place of a part',
      'assurance-expired',
      {
        ...pci,
        ...doc({ type: 'pci-aoc', issued: '2025-01-01' }, { type: 'pci-aoc', issued: '2026-01-01', services: ['aws/s3'] }),
      },
      ['a0'],
    ],
    ['of the year before', 'assurance-period', { period, ...doc(report('2025-01-01', '2025-12-31')) }, ['soc2/aws']],
    ['a day in common', 'assurance-period', { period, ...doc(report('2025-01-01', '2026-01-01')) }, []],
    [
      'a letter reaches into it',
      'assurance-period',
      { period, ...doc(report('2025-01-01', '2025-12-31'), letter({ issued: '2026-02-01' })) },
      [],
    ],
    ['no period of the pack', 'assurance-period', doc(report('2025-01-01', '2025-12-31')), []],
    ['until yesterday', 'assurance-gap', { period, ...doc(report('2026-01-01', '2026-09-29')) }, ['soc2/aws']],
    ['until today', 'assurance-gap', { period, ...doc(report('2026-01-01', '2026-09-30')) }, []],
    ['from the second day on', 'assurance-gap', { period, ...doc(report('2026-01-02', '2026-09-30')) }, ['soc2/aws']],
    [
      'a hole between two',
      'assurance-gap',
      { period, ...doc(report('2026-01-01', '2026-03-31'), report('2026-05-01', '2026-09-30')) },
      ['soc2/aws'],
    ],
    [
      'two that meet',
      'assurance-gap',
      { period, ...doc(report('2026-01-01', '2026-04-30'), report('2026-05-01', '2026-09-30')) },
      [],
    ],
    [
      'closed by a letter',
      'assurance-gap',
      { period, ...doc(report('2026-01-01', '2026-06-30'), letter({ issued: '2026-09-30' })) },
      [],
    ],
    [
      'a letter of tomorrow',
      'assurance-gap',
      { period, ...doc(report('2026-01-01', '2026-06-30'), letter({ issued: '2026-10-01' })) },
      ['soc2/aws'],
    ],
    [
      'after the pack\u2019s period',
      'assurance-gap',
      { period: { from: '2026-01-01', to: '2026-06-30' }, ...doc(report('2026-01-01', '2026-06-30')) },
      [],
    ],
    ['no period of the pack, long ago', 'assurance-gap', doc(report('2025-10-01', '2026-03-31')), ['soc2/aws']],
    ['an attestation has no period', 'assurance-gap', { period, ...aoc({}) }, []],
    ['three months', 'bridge-letter-long', doc(report('2025-07-01', '2026-06-30'), letter({ issued: '2026-09-30' })), []],
    [
      'three months and a day',
      'bridge-letter-long',
      doc(report('2025-07-01', '2026-06-29'), letter({ issued: '2026-09-30' })),
      ['a1'],
    ],
    ['no date', 'assurance-undated', doc({ type: 'dpa' }), ['a0']],
    ['a report without its period', 'assurance-undated', doc({ type: 'soc2-type2', issued: '2026-01-01' }), ['a0']],
    ['a date', 'assurance-undated', doc({ type: 'dpa', issued: '2026-01-01' }), []],
    ['nobody read it', 'assurance-unreviewed', aoc({}), ['a0']],
    ['read', 'assurance-unreviewed', aoc({ reviewed: REVIEWED }), []],
    ['read before it was issued', 'assurance-unreviewed', aoc({ issued: '2026-06-02', reviewed: REVIEWED }), ['a0']],
    ['nobody expects it', 'assurance-unreviewed', doc({ type: 'iso27001', issued: '2026-01-01' }), ['low a0']],
    ['no longer counts', 'assurance-unreviewed', aoc({ expires: '2026-01-31' }), []],
    [
      'qualified',
      'assurance-opinion',
      doc(report('2026-01-01', '2026-09-30', { opinion: 'qualified', reviewed: REVIEWED })),
      ['a0'],
    ],
    ['adverse', 'assurance-opinion', doc(report('2026-01-01', '2026-09-30', { opinion: 'adverse' })), ['high a0']],
    [
      'weighed',
      'assurance-opinion',
      doc(report('2026-01-01', '2026-09-30', { opinion: 'qualified', reviewed: { ...REVIEWED, note: 'N.' } })),
      [],
    ],
    ['left out and not on file', 'carve-out-open', doc(report('2026-01-01', '2026-09-30', { carvesOut: ['gcp'] })), ['a0/gcp']],
    [
      'left out and on file',
      'carve-out-open',
      doc(report('2026-01-01', '2026-09-30', { carvesOut: ['gcp'] }), report('2026-01-01', '2026-09-30', { provider: 'gcp' })),
      [],
    ],
    [
      'left out by the one left out',
      'carve-out-open',
      doc(
        report('2026-01-01', '2026-09-30', { carvesOut: ['gcp'] }),
        report('2026-01-01', '2026-09-30', { provider: 'gcp', carvesOut: ['Hall'] }),
      ),
      ['a1/hall'],
    ],
    ['expected and not met', 'cuec-open', cuec({}), ['a0/u-1']],
    ['of no concern', 'cuec-open', cuec({ notRelevant: 'R.' }), []],
    ['a control without a statement', 'cuec-open', cuec({ controls: ['backup'] }), ['a0/u-1']],
    ['a control in place', 'cuec-open', { ...cuec({ controls: ['backup'] }), ...stating({}) }, []],
    [
      'a control that is planned',
      'cuec-open',
      { ...cuec({ controls: ['backup'] }), ...stating({ status: 'planned' }) },
      ['a0/u-1'],
    ],
    ['a service not on the list', 'service-not-eligible', under('hipaa'), ['hipaa/x'], listed('aws/lightsail', ['health'])],
    ['a service on the list', 'service-not-eligible', under('hipaa'), [], listed('aws/s3', ['health'])],
    ['other data', 'service-not-eligible', under('hipaa', 'soc2'), [], listed('aws/lightsail', ['personal'])],
    [
      'confirmed',
      'service-not-eligible',
      { ...under('hipaa'), ...doc({ type: 'baa', services: ['aws/lightsail'] }) },
      [],
      listed('aws/lightsail', ['health']),
    ],
  ]);
  test('an old list weighs less', () => {
    const system = systemOf(listed('aws/lightsail', ['health']), under('hipaa'));
    const later = mapSystem(system, catalogue(), { asOf: '2028-01-01', toolVersion: '0' });
    expect(later.findings.filter(({ rule }) => rule === 'service-not-eligible').map(({ severity }) => severity)).toEqual([
      'medium',
    ]);
  });
});

describe('what is on file about providers', () => {
  const pci = under('pci-dss');
  const gdpr = under('gdpr');
  const file = (more: object): Partial<System> => ({
    providerRecords: [{ provider: 'aws', subProcessors: [], claims: [], ...more }],
  });
  const paper = (more: object = {}) => ({ acknowledgment: { title: 'T', on: '2026-01-01', ...more } });
  const look = (on: string) => ({ by: 'R', on });
  const sub = { name: 'Sub', country: 'DE', purpose: 'P', services: [] };
  const at = (...regions: string[]) => [use({ ...db, regions })];
  const sends = (more: object): Partial<System> => ({
    ...gdpr,
    transfers: [{ provider: 'aws', safeguard: 'standard-clauses', reference: 'R', ...more }],
  });
  const acme = (...regions: string[]) => [use({ id: 'x', model: 'saas', provider: 'Acme', data: ['personal'], regions })];
  const activity = (...services: string[]): Partial<System> => ({
    ...gdpr,
    activities: [
      {
        id: 'a',
        title: 'A',
        role: 'controller',
        purposes: [],
        processing: [],
        subjects: [],
        data: [],
        recipients: [],
        services,
        jointControllers: [],
        controllers: [],
      },
    ],
  });
  check([
    ['no word', 'acknowledgment-missing', pci, ['aws']],
    ['its word', 'acknowledgment-missing', { ...pci, ...file(paper()) }, []],
    ['its word, run out', 'acknowledgment-missing', { ...pci, ...file(paper({ expires: '2026-09-29' })) }, ['aws']],
    ['its word, of tomorrow', 'acknowledgment-missing', { ...pci, ...file(paper({ on: '2026-10-01' })) }, ['aws']],
    ['not asked', 'acknowledgment-missing', gdpr, []],
    ['not in scope', 'acknowledgment-missing', pci, [], [use({ ...db, data: ['personal'] })]],
    ['not examined', 'due-diligence-missing', gdpr, ['aws']],
    ['examined', 'due-diligence-missing', { ...gdpr, ...file({ dueDiligence: look('2020-01-01') }) }, []],
    ['never checked', 'status-unchecked', pci, ['aws']],
    ['checked a year ago', 'status-unchecked', { ...pci, ...file({ statusChecked: look('2025-09-30') }) }, []],
    ['checked longer ago', 'status-unchecked', { ...pci, ...file({ statusChecked: look('2025-09-29') }) }, ['aws']],
    [
      'its attestation reviewed',
      'status-unchecked',
      { ...pci, assurances: [onFile({ type: 'pci-aoc', reviewed: look('2026-01-01') })] },
      [],
    ],
    [
      'something else reviewed',
      'status-unchecked',
      { ...pci, assurances: [onFile({ type: 'soc3', reviewed: look('2026-01-01') })] },
      ['aws'],
    ],
    ['nobody listed', 'sub-processor-unlisted', gdpr, ['aws']],
    ['somebody listed', 'sub-processor-unlisted', { ...gdpr, ...file({ subProcessors: [sub] }) }, []],
    ['the list looked at', 'sub-processor-unlisted', { ...gdpr, ...file({ subProcessorsChecked: look('2026-01-01') }) }, []],
    ['not said how', 'sub-processor-unauthorized', { ...gdpr, ...file({ subProcessors: [sub] }) }, ['aws']],
    ['said how', 'sub-processor-unauthorized', { ...gdpr, ...file({ subProcessors: [sub], authorization: 'general' }) }, []],
    ['nobody to authorize', 'sub-processor-unauthorized', gdpr, []],
    ['the provider is there', 'transfer-unguarded', gdpr, ['medium aws/US'], at('eu-central-1')],
    ['a region there', 'transfer-unguarded', gdpr, ['aws/SG', 'medium aws/US'], at('ap-southeast-1')],
    ['an adequate country', 'transfer-unguarded', sends({ country: 'US' }), [], at('eu-west-2')],
    ['safeguards for one country', 'transfer-unguarded', sends({ country: 'SG' }), ['medium aws/US'], at('ap-southeast-1')],
    ['safeguards for every country', 'transfer-unguarded', sends({}), [], at('ap-southeast-1')],
    ['adequacy where there is none', 'transfer-unguarded', sends({ safeguard: 'adequacy' }), ['aws/SG'], at('ap-southeast-1')],
    [
      'denied by a condition, though in use',
      'transfer-unguarded',
      { ...gdpr, conditions: { transfers: { holds: false } } },
      ['medium aws/US'],
      at('eu-central-1'),
    ],
    ['not asked', 'transfer-unguarded', pci, [], at('ap-southeast-1')],
    ['no assessment', 'transfer-unassessed', sends({}), ['aws/US'], at('eu-central-1')],
    ['an assessment', 'transfer-unassessed', sends({ assessment: { reference: 'T', on: '2026-01-01' } }), [], at('eu-central-1')],
    ['adequacy needs none', 'transfer-unassessed', sends({ safeguard: 'adequacy' }), [], at('eu-central-1')],
    ['a known region', 'region-unknown', gdpr, [], at('eu-central-1')],
    ['an unknown region', 'region-unknown', gdpr, ['provider-acme'], acme('moon')],
    ['no region', 'region-unknown', gdpr, ['provider-acme'], acme()],
    ['a country, or the Union', 'region-unknown', gdpr, [], acme('de', 'EU')],
    ['no records here', 'activity-unrecorded', gdpr, []],
    ['in a record', 'activity-unrecorded', activity('db'), []],
    ['in no record', 'activity-unrecorded', activity(), ['gdpr']],
    ['a choice left open', 'option-assumed', {}, ['x'], [use({ id: 'x', service: 'aws/eks' })]],
    ['a choice that moves nothing', 'option-assumed', {}, []],
  ]);
  test('condition-unstated', () => {
    expect(found('condition-unstated', pci)).toContain('payment-terminals');
    expect(found('condition-unstated', { ...pci, conditions: stated })).toEqual([]);
  });
});
