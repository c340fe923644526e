import { describe, expect, test } from 'vitest';
import { RULES } from '../src/map/findings/index.ts';
import type { ServiceInUse, Statement, System } from '../src/model/system.ts';
import { all, check, DB, db, found, says, stating, under } from './findings-table.ts';
import { catalogue, map, onFile, systemOf, use } from './support.ts';

// The organization's own side: who holds a part, is it met, what shows it. And what holds for every finding.

describe('who holds it', () => {
  const unknown = [use({ id: 'x', model: 'unknown', provider: 'Acme' })];
  const open = (holder: 'undetermined' | 'customer', components = ['operating-system']) =>
    use({
      id: 'x',
      model: 'iaas',
      provider: 'Acme',
      components: Object.fromEntries(components.map((id) => [id, { holder, reason: 'R.' }])),
    });
  const every = catalogue()
    .components.filter(({ layer }) => layer === 'stack' || layer === 'cross-cutting')
    .map(({ id }) => id);
  const claims = (...said: ['provider' | 'customer' | 'shared' | 'not-applicable', string][]): Partial<System> => ({
    ...under('pci-dss'),
    providerRecords: [
      {
        provider: 'aws',
        subProcessors: [],
        claims: said.map(([says, requirement]) => ({ says, requirement: `pci-dss:${requirement}`, services: [] })),
      },
    ],
  });
  const managed = (...parties: string[]): [Partial<System>, ServiceInUse[]] => [
    { parties: ['msp', 'other'].map((id) => ({ id, name: id })) },
    [use({ id: 'x', service: 'aws/ec2', managedBy: parties.map((party) => ({ party, components: ['operating-system'] })) })],
  ];
  check([
    ['model unknown', 'unknown-service', {}, ['x'], unknown],
    ['model unknown, every holder named', 'unknown-service', {}, [], [{ ...open('customer', every), model: 'unknown' }]],
    ['model known', 'unknown-service', {}, [], [use({ id: 'x', model: 'saas', provider: 'Acme' })]],
    ['one cause, one finding', 'undetermined-part', {}, [], unknown],
    ['an open layer', 'undetermined-part', {}, ['x'], [open('undetermined')]],
    ['a named layer', 'undetermined-part', {}, [], [open('customer')]],
    [
      'no service with the data',
      'framework-without-service',
      under('pci-dss'),
      ['pci-dss'],
      [use({ id: 'x', model: 'saas', provider: 'A' })],
    ],
    [
      'a service that only affects them',
      'framework-without-service',
      under('pci-dss'),
      [],
      [use({ id: 'x', model: 'saas', provider: 'A', affects: ['cardholder'] })],
    ],
    // Requirement 9.1.1 is the organization's and 9.2.1 the provider's alone; 3.6.1.2 is shared.
    ['the provider leaves to you what you leave to it', 'part-disclaimed', claims(['customer', '9.2.1']), ['aws/pci-dss:9.2.1']],
    [
      'the provider says that its part does not exist',
      'part-disclaimed',
      claims(['not-applicable', '9.2.1']),
      ['aws/pci-dss:9.2.1'],
    ],
    ['the provider agrees', 'part-disclaimed', claims(['provider', '9.2.1']), []],
    ['nothing of it is on its services', 'part-disclaimed', claims(['customer', '9.1.1'], ['provider', '12.1.1']), []],
    ['the provider claims what is yours', 'part-claimed-twice', claims(['provider', '8.2.1']), ['aws/pci-dss:8.2.1']],
    ['the provider leaves you your own', 'part-claimed-twice', claims(['customer', '8.2.1'], ['shared', '8.2.1']), []],
    ['two run one layer', 'part-claimed-twice', managed('msp', 'other')[0], ['x/operating-system'], managed('msp', 'other')[1]],
    ['one runs it', 'part-claimed-twice', managed('msp')[0], [], managed('msp')[1]],
    [
      'one runs what the provider runs',
      'part-claimed-twice',
      managed('msp')[0],
      ['db/operating-system'],
      [use({ ...db, managedBy: [{ party: 'msp', components: ['operating-system'] }] })],
    ],
  ]);
  test('what is listed under a service of unknown model', () => {
    const [finding] = all('unknown-service', {}, [{ ...unknown[0], purpose: 'Keeps things' } as ServiceInUse]);
    expect(finding?.requirements.length).toBeGreaterThan(10);
    expect(finding?.detail).toMatch(/^Keeps things\. Nobody/);
  });
});

describe('is it met', () => {
  const ownerless = { system: { name: 'S', description: 'D.' } };
  const two = [use(db), use({ ...db, id: 'other' })];
  const decision = { by: 'Officer', on: '2026-01-01', reason: 'R.' };
  const exclusion = (more: object): Partial<System> => ({
    exclusions: [{ requirement: 'soc2:CC1.1', reason: 'None.', ...more }],
  });
  const has = (rule: string, more: Partial<System>, services: ServiceInUse[] = DB) =>
    found(rule, more, services).includes('backup');
  test('duty-without-owner', () => {
    expect(has('duty-without-owner', ownerless)).toBe(true);
    expect(has('duty-without-owner', {})).toBe(false);
    expect(has('duty-without-owner', ownerless, [use({ ...db, owner: 'Team' })])).toBe(false);
    expect(has('duty-without-owner', { ...ownerless, ...stating({ owner: 'Team' }) })).toBe(false);
    expect(has('duty-without-owner', { ...ownerless, ...stating({}) })).toBe(true);
  });
  test('duty-without-statement', () => {
    expect(has('duty-without-statement', {})).toBe(true);
    expect(has('duty-without-statement', stating({ status: 'planned' }))).toBe(false);
    expect(has('duty-without-statement', stating({ status: 'unanswered' }))).toBe(true);
    expect(has('duty-without-statement', stating({ services: ['db'] }), two)).toBe(true);
    expect(has('duty-without-statement', stating({ services: ['db'] }, { services: ['other'] }), two)).toBe(false);
  });
  check([
    ['due yesterday', 'overdue-statement', stating({ status: 'planned', due: '2026-09-29' }), ['backup']],
    ['due today', 'overdue-statement', stating({ status: 'partial', due: '2026-09-30' }), []],
    ['done', 'overdue-statement', stating({ due: '2026-09-29' }), []],
    [
      'services in alphabetical order',
      'overdue-statement',
      stating({ status: 'planned', due: '2026-01-01', services: ['other', 'db'] }),
      ['backup/db/other'],
      two,
    ],
    ['due today', 'duty-unmet', stating({ status: 'planned', due: '2026-09-30' }), ['backup']],
    ['overdue is another finding', 'duty-unmet', stating({ status: 'planned', due: '2026-09-29' }), []],
    ['without a date', 'statement-undated', stating({ status: 'partial' }), ['backup']],
    ['with a date', 'statement-undated', stating({ status: 'partial', due: '2026-12-01' }), []],
    ['without a reason', 'statement-unexplained', stating({ status: 'not-applicable' }), ['backup']],
    ['with a narrative', 'statement-unexplained', stating({ status: 'alternative', narrative: 'N.' }), []],
    ['with a decision', 'statement-unexplained', stating({ status: 'alternative', decision }), []],
    ['two say different things', 'statement-contradicted', stating({}, { status: 'planned' }), ['backup']],
    ['two say the same', 'statement-contradicted', stating({}, {}), ['low backup']],
    ['one for all and one for a service', 'statement-contradicted', stating({}, { services: ['db'], status: 'planned' }), []],
    ['two for different services', 'statement-contradicted', stating({ services: ['db'] }, { services: ['other'] }), [], two],
    [
      'two for a common service',
      'statement-contradicted',
      stating({ services: ['db'] }, { services: ['other', 'db'], status: 'partial' }),
      ['backup'],
      two,
    ],
    ['a control nobody asks for', 'statement-idle', stating({ control: 'payment-page-integrity' }), ['payment-page-integrity']],
    [
      'a requirement out of scope',
      'statement-idle',
      stating({ control: undefined, requirement: 'pci-dss:12.1.1' } as never),
      ['pci-dss:12.1.1'],
    ],
    ['overruled on every service', 'statement-idle', stating({ services: ['db'] }, { services: ['db'] }), []],
    ['nobody approved', 'exclusion-unapproved', exclusion({}), ['soc2:CC1.1']],
    ['approved', 'exclusion-unapproved', exclusion({ approvedBy: 'Officer', until: '2026-09-30' }), []],
    ['approval over', 'exclusion-unapproved', exclusion({ approvedBy: 'Officer', until: '2026-09-29' }), ['soc2:CC1.1']],
  ]);
  test('decision-missing asks only of designations that the framework lets be decided', () => {
    const otherwise = (more: Partial<Statement>) => ({
      ...under('hipaa'),
      ...stating({ control: 'encryption-at-rest', status: 'alternative', narrative: 'N.', ...more }),
    });
    expect(found('decision-missing', otherwise({}))).toEqual(['hipaa:164.312(a)(2)(iv)']);
    expect(found('decision-missing', otherwise({ decision }))).toEqual([]);
    const ahead = { decision: { ...decision, on: '2999-01-01' } };
    expect(found('decision-missing', otherwise(ahead))).toEqual(['hipaa:164.312(a)(2)(iv)']);
    expect(found('decision-missing', otherwise({ status: 'implemented' }))).toEqual([]);
    // A part that does not apply is no departure where the rest of the requirement does.
    expect(found('decision-missing', otherwise({ status: 'not-applicable' }))).toEqual([]);
    const { control: __, ...dropped } = says({ requirement: 'hipaa:164.312(a)(2)(iv)', status: 'not-applicable' });
    expect(found('decision-missing', { ...under('hipaa'), statements: [dropped] })).toEqual(['hipaa:164.312(a)(2)(iv)']);
    const required = { ...under('hipaa'), ...stating({ control: 'risk-analysis', status: 'not-applicable' }) };
    expect(found('decision-missing', required)).toEqual([]);
    const own = says({ requirement: 'hipaa:164.312(a)(2)(iv)', status: 'alternative', decision });
    const { control: _, ...answer } = own;
    const { statements = [] } = otherwise({});
    expect(found('decision-missing', { ...under('hipaa'), statements: [...statements, answer] })).toEqual([]);
  });
});

describe('what shows it', () => {
  const evidence = (...items: Partial<Statement['evidence'][number]>[]): Partial<System> =>
    stating({ evidence: items.map((item, i) => ({ title: `Proof ${i}`, ...item })) });
  const FILE = { file: 'proof.pdf', date: '2026-09-01' };
  const HASH = 'a'.repeat(64);
  const monthly = (date: string, more: object = {}) =>
    stating({ control: 'vulnerability-scanning', evidence: [{ title: 'P', date, ...more }] });
  check([
    ['none', 'evidence-missing', evidence(), ['backup']],
    ['planned', 'evidence-missing', stating({ status: 'planned' }), []],
    ['some', 'evidence-missing', evidence({}), []],
    ['no date', 'evidence-undated', evidence({}, FILE), ['backup']],
    ['an end', 'evidence-undated', evidence({ expires: '2027-01-01' }), []],
    ['expires today', 'evidence-expired', evidence({ expires: '2026-09-30' }), ['backup/proof-0']],
    ['expires tomorrow', 'evidence-expired', evidence({ expires: '2026-10-01' }), []],
    ['one of two', 'evidence-expired', evidence({ expires: '2026-01-01' }, FILE), ['medium backup/proof-0']],
    // Review of backup is quarterly.
    ['a quarter old', 'evidence-stale', evidence({ date: '2026-06-30' }), []],
    ['older than a quarter', 'evidence-stale', evidence({ date: '2026-06-29' }), ['backup']],
    ['an old one beside a new one', 'evidence-stale', evidence({ date: '2020-01-01' }, { date: '2026-09-01' }), []],
    ['an end of its own', 'evidence-stale', evidence({ date: '2026-01-01', expires: '2027-01-01' }), []],
    ['expired is another finding', 'evidence-stale', evidence({ date: '2020-01-01', expires: '2021-01-01' }), []],
    ['daily by a requirement, a month old', 'evidence-stale', { ...under('pci-dss'), ...monthly('2026-08-30') }, []],
    [
      'a hash that holds',
      'file-changed',
      { ...evidence({ ...FILE, sha256: HASH }), attachments: [{ path: 'proof.pdf', sha256: HASH }] },
      [],
    ],
    [
      'another hash',
      'file-changed',
      { ...evidence({ ...FILE, sha256: HASH }), attachments: [{ path: 'proof.pdf', sha256: 'b'.repeat(64) }] },
      ['proof.pdf'],
    ],
    ['no hash recorded', 'file-changed', { ...evidence(FILE), attachments: [{ path: 'proof.pdf', sha256: HASH }] }, []],
    ['gone', 'file-missing', { ...evidence(FILE), attachments: [{ path: 'proof.pdf' }] }, ['proof.pdf']],
    ['there', 'file-missing', { ...evidence(FILE), attachments: [{ path: 'proof.pdf', sha256: HASH }] }, []],
    ['nobody has looked', 'file-missing', evidence(FILE), []],
    [
      'a report',
      'file-missing',
      { assurances: [onFile({ type: 'dpa', file: 'dpa.pdf' })], attachments: [{ path: 'dpa.pdf' }] },
      ['dpa.pdf'],
    ],
    [
      'a paper',
      'file-missing',
      {
        providerRecords: [
          { provider: 'aws', agreement: { title: 'T', on: '2026-01-01', file: 'msa.pdf' }, subProcessors: [], claims: [] },
        ],
        attachments: [{ path: 'msa.pdf' }],
      },
      ['msa.pdf'],
    ],
    ['implemented tomorrow', 'date-in-future', stating({ implemented: '2026-10-01' }), ['statement/backup']],
    ['implemented today', 'date-in-future', stating({ implemented: '2026-09-30' }), []],
    ['evidence of tomorrow', 'date-in-future', evidence({ date: '2026-10-01' }), ['statement/backup']],
    [
      'a review of tomorrow',
      'date-in-future',
      { assurances: [onFile({ type: 'dpa', reviewed: { by: 'R', on: '2026-10-01' } })] },
      ['assurance/a'],
    ],
    [
      'an assessment of tomorrow',
      'date-in-future',
      {
        ...under('gdpr'),
        transfers: [
          { provider: 'aws', safeguard: 'standard-clauses', reference: 'R', assessment: { reference: 'T', on: '2026-10-01' } },
        ],
      },
      ['transfer/aws'],
    ],
  ]);
  test('the frequency of a requirement counts where it stands alone', () => {
    const more = {
      ...under('pci-dss'),
      ...stating({ control: 'access-review', evidence: [{ title: 'P', date: '2026-03-01', expires: '2027-01-01' }] }),
    };
    expect(all('evidence-stale', more)[0]?.detail).toMatch(/every six months by PCI DSS 7\.2\.4/);
  });
});

describe('all findings', () => {
  test('every rule has a page: its file is named after it, its help and remedy are sentences', () => {
    for (const rule of RULES) {
      expect(rule.help.length, rule.id).toBeGreaterThan(120);
      expect(`${rule.help} ${rule.remedy}`, rule.id).toMatch(/\.$/);
      expect(rule.remedy, rule.id).toMatch(/\.$/);
    }
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    expect(new Set(RULES.map(({ title }) => title)).size).toBe(RULES.length);
  });
  test('worst first; what says the same of one thing is one finding; each has a place and references', () => {
    const place = { file: 'system.yaml', line: 7, column: 3 };
    const frameworks = [{ id: 'soc2', categories: ['security', 'availability'], place }];
    const twice = { ...stating({ status: 'planned', due: '2026-01-01' }, { status: 'partial', due: '2026-02-01' }), frameworks };
    const { findings } = map(systemOf(DB, twice));
    const order = { high: 0, medium: 1, low: 2 };
    expect(findings.map(({ severity }) => order[severity])).toEqual([...findings].map(({ severity }) => order[severity]).sort());
    const overdue = findings.filter(({ rule }) => rule === 'overdue-statement');
    expect(overdue.map(({ id, detail }) => [id, detail])).toEqual([
      ['overdue-statement:backup', 'It is still planned. It is still partial.'],
    ]);
    const silent = findings.find(({ id }) => id === 'duty-without-statement:security-policy');
    expect(silent?.place).toEqual(place);
    expect(silent?.references?.map(({ url }) => url)).toEqual([
      catalogue().frameworks.find(({ id }) => id === 'soc2')?.source.url,
    ]);
  });
  test('a suppression that is misspelled is a finding with what was meant', () => {
    const suppressions = [{ finding: 'duty-without-statement:bakcup', reason: 'R.', approvedBy: 'O', until: '2027-01-01' }];
    expect(all('suppression-idle', { suppressions })[0]?.detail).toBe('Was duty-without-statement:backup meant?');
  });
});
