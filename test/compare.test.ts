import { describe, expect, test } from 'vitest';
import type { Comparison } from '../src/comparison.ts';
import { compareMatrices } from '../src/map/compare/compare.ts';
import { mapSystem } from '../src/map/matrix.ts';
import type { Catalogue } from '../src/model/catalogue.ts';
import type { Matrix } from '../src/model/matrix.ts';
import type { ServiceInUse, System } from '../src/model/system.ts';
import { changesHeadline } from '../src/report/changes.ts';
import { catalogue, onFile, systemOf, use } from './support.ts';

const DAY = '2026-09-30';

/** Two services, a statement each, one assurance: enough for every kind of difference. */
function base(): System {
  return systemOf(
    [
      use({ id: 'db', service: 'aws/rds', data: ['personal', 'cardholder'], owner: 'Data team', regions: ['eu-west-1'] }),
      use({ id: 'app', service: 'aws/ecs', data: ['personal', 'cardholder'], options: { 'launch-type': 'fargate' } }),
    ],
    {
      frameworks: [
        { id: 'pci-dss', categories: [] },
        { id: 'gdpr', categories: [] },
      ],
      parties: [{ id: 'msp', name: 'Managed Services' }],
      conditions: Object.fromEntries(catalogue().conditions.map(({ id }) => [id, { holds: true }])),
      statements: [
        {
          control: 'multi-factor-authentication',
          services: [],
          status: 'implemented',
          owner: 'Security',
          evidence: [{ title: 'Sign-in policy', file: 'policy.pdf', date: '2026-01-01', expires: '2026-12-31' }],
        },
        { control: 'backup', services: ['db'], status: 'planned', due: '2026-10-31', evidence: [] },
      ],
      assurances: [onFile({ id: 'aws-aoc', type: 'pci-aoc', expires: '2026-12-31' })],
    },
  );
}
const mapped = (system: System, options: { asOf?: string; version?: string; known?: Catalogue } = {}): Matrix =>
  mapSystem(system, options.known ?? catalogue(), { asOf: options.asOf ?? DAY, toolVersion: options.version ?? '1.0.0' });
/** What an edit of the description brings about. */
function edited(edit: (system: System) => void): Comparison {
  const changed = base();
  edit(changed);
  return compareMatrices(mapped(base()), mapped(changed));
}
const service = (system: System, id: string): ServiceInUse => system.services.find((one) => one.id === id) as ServiceInUse;
const saysOf = (comparison: Comparison): string[] => comparison.causes.map(({ says }) => says);
/** A catalogue with one thing changed, under a version of its own. */
function otherCatalogue(edit: (known: Catalogue) => void): Catalogue {
  const known = structuredClone(catalogue());
  edit(known);
  return { ...known, version: 'edited' };
}
const framework = (known: Catalogue, id: string) =>
  known.frameworks.find((one) => one.id === id) as Catalogue['frameworks'][number];
const control = (known: Catalogue, id: string) => known.controls.find((one) => one.id === id) as Catalogue['controls'][number];
const changeOf = (comparison: Comparison, key: string) => comparison.requirements.find((one) => one.key === key);

describe('what differs in the description is said once, with its values', () => {
  test.each<[string, (system: System) => void, string[]]>([
    [
      'an option',
      (s) => Object.assign(service(s, 'app').options, { 'launch-type': 'ec2' }),
      ['app: option launch-type fargate → ec2'],
    ],
    [
      'an option left out',
      (s) => Object.assign(service(s, 'db').options, { 'public-access': 'no' }),
      ['db: option public-access not set → no'],
    ],
    [
      'a fact',
      (s) => Object.assign(service(s, 'db').facts, { 'audit-logs': 'optional' }),
      ['db: fact audit-logs none → optional'],
    ],
    [
      'a component',
      (s) => Object.assign(service(s, 'db').components, { middleware: { holder: 'customer', reason: 'x' } }),
      ['db: component middleware none → customer'],
    ],
    [
      'who runs layers',
      (s) => service(s, 'app').managedBy.push({ party: 'msp', components: ['operating-system'] }),
      ['app: layers run by others none → msp (operating-system)'],
    ],
    ['data', (s) => service(s, 'db').data.pop(), ['db: data personal, cardholder → personal']],
    ['what it affects', (s) => service(s, 'db').affects.push('health'), ['db: affects none → health']],
    ['regions', (s) => service(s, 'db').regions.push('us-east-1'), ['db: regions eu-west-1 → eu-west-1, us-east-1']],
    ['an owner', (s) => Object.assign(service(s, 'db'), { owner: 'Ann' }), ['db: owner Data team → Ann']],
    ['a title', (s) => Object.assign(service(s, 'db'), { title: 'Ledger' }), ['db: title none → Ledger']],
    ['a purpose', (s) => Object.assign(service(s, 'db'), { purpose: 'Else.' }), ['db: purpose differs']],
    [
      'what a service is',
      (s) => Object.assign(service(s, 'db'), { service: 'aws/aurora' }),
      ['db: service aws/rds → aws/aurora'],
    ],
    ['a service more', (s) => s.services.push(use({ id: 'queue', service: 'aws/sqs' })), ['service queue was added']],
    ['the order of services', (s) => s.services.reverse(), []],
    ['the order of data', (s) => service(s, 'db').data.reverse(), []],
    [
      'a condition',
      (s) => Object.assign(s.conditions, { wireless: { holds: false } }),
      ['condition wireless: holds → does not hold'],
    ],
    [
      'the scope of a condition',
      (s) => Object.assign(s.conditions, { premises: { holds: true, frameworks: ['gdpr'] } }),
      ['condition premises: holds → holds for gdpr'],
    ],
    [
      'a remark on a condition',
      (s) => Object.assign(s.conditions, { wireless: { holds: true, note: 'Guests only.' } }),
      ['condition wireless: remark differs'],
    ],
    ['a role', (s) => Object.assign(s.roles, { 'pci-dss': ['service-provider'] }), ['pci-dss: role merchant → service-provider']],
    ['a framework more', (s) => s.frameworks.push({ id: 'hipaa', categories: [] }), ['framework hipaa was added']],
    ['a framework less', (s) => s.frameworks.pop(), ['framework gdpr was removed']],
    [
      'an exclusion',
      (s) => s.exclusions.push({ requirement: 'pci-dss:9.5.1', reason: 'None.' }),
      ['exclusion of pci-dss:9.5.1 was added'],
    ],
    [
      'a statement',
      (s) => Object.assign(s.statements[1] ?? {}, { status: 'implemented' }),
      ['statement on backup/db: planned → implemented'],
    ],
    ['a statement less', (s) => s.statements.pop(), ['statement on backup/db was removed']],
    [
      'a narrative',
      (s) => Object.assign(s.statements[1] ?? {}, { narrative: 'x' }),
      ['statement on backup/db: another narrative'],
    ],
    [
      'an assurance',
      (s) => Object.assign(s.assurances[0] ?? {}, { expires: '2027-12-31' }),
      ['assurance aws-aoc: expires 2026-12-31 → 2027-12-31'],
    ],
    ['an assurance less', (s) => s.assurances.pop(), ['assurance aws-aoc was removed']],
    [
      'a party',
      (s) => {
        service(s, 'app').managedBy.push({ party: 'msp', components: ['operating-system'] });
        Object.assign(s.parties[0] ?? {}, { name: 'MSP Ltd' });
      },
      [
        'app: layers run by others none → msp (operating-system)',
        'party msp: name Managed Services → MSP Ltd, short Managed Services → MSP Ltd',
      ],
    ],
    ['the organization', (s) => Object.assign(s.organization, { name: 'Other' }), ['organization Test Organization → Other']],
    ['the owner of the system', (s) => Object.assign(s.system, { owner: 'Bob' }), ['owner of the system Owner → Bob']],
    [
      'a suppression',
      (s) => s.suppressions.push({ finding: 'x:y', reason: 'r', approvedBy: 'a', until: '2027-01-01' }),
      ['suppression x:y was added'],
    ],
    ['a file', (s) => s.attachments.push({ path: 'policy.pdf', sha256: 'a' }), []],
  ])('%s', (_, edit, says) => {
    expect(saysOf(edited(edit)).sort()).toEqual([...says].sort());
  });

  test('the content of a file that is still named', () => {
    const [was, is] = [base(), base()];
    was.attachments = [
      { path: 'policy.pdf', sha256: 'a', bytes: 1 },
      { path: 'gone.pdf', sha256: 'b', bytes: 1 },
    ];
    is.attachments = [{ path: 'policy.pdf', sha256: 'c', bytes: 1 }, { path: 'gone.pdf' }];
    expect(saysOf(compareMatrices(mapped(was), mapped(is)))).toEqual([
      'file policy.pdf has other content',
      'file gone.pdf is missing now',
    ]);
  });
});

describe('what follows names the difference that brought it about', () => {
  test('an option moves the layers that it moves, and the requirements with them', () => {
    const comparison = edited((s) => Object.assign(service(s, 'app').options, { 'launch-type': 'ec2' }));
    const patching = comparison.parts.find(
      (part) => part.control === 'flaw-remediation' && part.component === 'operating-system',
    );
    expect(patching).toMatchObject({
      service: 'app',
      from: [{ party: 'aws', mode: 'operate' }],
      to: [{ party: 'customer', mode: 'implement' }],
      causes: ['service:app/option:launch-type'],
    });
    expect(patching?.requirements).toContain('pci-dss:6.3.3');
    const duty = comparison.duties.find((one) => one.control === 'flaw-remediation');
    expect(duty).toMatchObject({ change: 'gained', service: 'app', others: ['aws'], owners: ['Owner'], answered: false });
    expect(duty?.texts.join()).toMatch(/operating system/);
    expect(duty?.evidence.length).toBeGreaterThan(0);
  });
  test('a duty that a statement answers already says so', () => {
    const comparison = edited((s) => {
      s.statements.push({ control: 'flaw-remediation', services: [], status: 'implemented', owner: 'Ann', evidence: [] });
      Object.assign(service(s, 'app').options, { 'launch-type': 'ec2' });
    });
    expect(comparison.duties.find((one) => one.control === 'flaw-remediation' && one.service === 'app')).toMatchObject({
      status: 'implemented',
      answered: true,
      owners: ['Ann'],
    });
  });
  test('two differences at once: each change names its own', () => {
    const comparison = edited((s) => {
      Object.assign(service(s, 'app').options, { 'launch-type': 'ec2' });
      Object.assign(service(s, 'db').components, { middleware: { holder: 'customer', reason: 'x' } });
      Object.assign(s.statements[0] ?? {}, { status: 'partial' });
    });
    const moved = comparison.parts.filter(({ reworded }) => !reworded);
    expect(new Set(moved.filter((part) => part.service === 'app').flatMap(({ causes }) => causes))).toEqual(
      new Set(['service:app/option:launch-type']),
    );
    expect(new Set(moved.filter((part) => part.service === 'db').flatMap(({ causes }) => causes))).toEqual(
      new Set(['service:db/component:middleware']),
    );
    expect(changeOf(comparison, 'pci-dss:8.4.1')).toMatchObject({
      aspects: ['status'],
      causes: ['statement:multi-factor-authentication'],
    });
  });
  test('time alone: evidence and assurances end, plans fall due, requirements come into force', () => {
    const known = otherCatalogue((other) => {
      const requirement = framework(other, 'pci-dss').requirements.find(({ id }) => id === '8.4.2');
      if (requirement) requirement.effective = '2026-11-30';
    });
    const comparison = compareMatrices(mapped(base(), { known }), mapped(base(), { known, asOf: '2027-01-31' }));
    expect(saysOf(comparison)).toEqual(['as of 2026-09-30 → 2027-01-31']);
    expect(comparison.evidence).toMatchObject([
      { fields: ['counts'], from: { counts: true }, to: { counts: false }, causes: ['as-of'] },
    ]);
    expect(comparison.assurances).toMatchObject([
      { id: 'aws-aoc', fields: ['counts'], to: { counts: false }, causes: ['as-of'] },
    ]);
    expect(changeOf(comparison, 'pci-dss:8.4.2')).toMatchObject({
      aspects: ['in-force'],
      from: { inForce: false },
      to: { inForce: true },
      causes: ['as-of'],
    });
    const openedNow = comparison.findings.filter(({ change }) => change === 'opened').map(({ id }) => id);
    expect(openedNow).toEqual(expect.arrayContaining(['assurance-expired:aws-aoc', 'overdue-statement:backup/db']));
    for (const finding of comparison.findings) expect(finding.causes).toEqual(['as-of']);
    expect(comparison.parts).toEqual([]);
  });
  test('a proof that is dated ahead counts from its day on', () => {
    const system = base();
    Object.assign(system.assurances[0] ?? {}, { issued: '2026-11-01' });
    const [before, after] = [mapped(system), mapped(system, { asOf: '2026-11-01' })];
    expect(compareMatrices(before, after).assurances).toMatchObject([
      { id: 'aws-aoc', fields: ['counts'], from: { counts: false, begun: false }, to: { counts: true }, causes: ['as-of'] },
    ]);
  });
  test('an exclusion that has passed its last day gives its requirement back', () => {
    const system = base();
    system.exclusions.push({ requirement: 'pci-dss:8.4.2', reason: 'Not yet.', approvedBy: 'Ann', until: '2026-10-31' });
    const [before, after] = [mapped(system, { asOf: '2026-10-31' }), mapped(system, { asOf: '2026-11-01' })];
    expect(changeOf(compareMatrices(before, after), 'pci-dss:8.4.2')).toMatchObject({
      from: { ownership: 'not-applicable' },
      causes: ['as-of'],
    });
  });
  test('a finding that is suppressed is closed, and opens again with the suppression gone', () => {
    const [was, is] = [mapped(base()), mapped(base())];
    const [finding] = is.findings;
    if (finding) finding.suppressed = { reason: 'Known.', approvedBy: 'Ann', until: '2027-01-01' };
    is.suppressions.push({ finding: finding?.id ?? '', reason: 'Known.', approvedBy: 'Ann', until: '2027-01-01' });
    const cause = [`suppression:${finding?.id}`];
    expect(compareMatrices(was, is).findings).toMatchObject([{ id: finding?.id, change: 'closed', causes: cause }]);
    expect(compareMatrices(is, was).findings).toMatchObject([{ id: finding?.id, change: 'opened', causes: cause }]);
  });
});

describe('the catalogue', () => {
  const withCatalogue = (edit: (known: Catalogue) => void): Comparison =>
    compareMatrices(mapped(base()), mapped(base(), { known: otherCatalogue(edit) }));
  const everyCause = ({ requirements, parts, duties, findings, frameworks }: Comparison): Set<string> =>
    new Set([...requirements, ...parts, ...duties, ...findings, ...frameworks].flatMap(({ causes }) => causes));

  test('that says otherwise of a service moves its parts, and is named with the service', () => {
    const comparison = withCatalogue((known) => {
      const rds = known.providers.find(({ id }) => id === 'aws')?.services.find(({ id }) => id === 'rds');
      Object.assign(rds?.components ?? {}, { middleware: { holder: 'customer', reason: 'Rewritten.' } });
    });
    expect(comparison.parts.length).toBeGreaterThan(3);
    expect(everyCause(comparison)).toEqual(new Set(['catalogue:service:db']));
    expect(comparison.causes).toMatchObject([
      { origin: 'catalogue', says: expect.stringMatching(/→ edited: aws\/rds differs$/) },
    ]);
  });
  test('with another default of an option moves what leaves the option alone', () => {
    const known = (value: string) =>
      otherCatalogue((other) => {
        const ecs = other.providers.find(({ id }) => id === 'aws')?.services.find(({ id }) => id === 'ecs');
        for (const option of ecs?.options ?? []) if (option.id === 'launch-type') option.default = value;
      });
    const system = base();
    service(system, 'app').options = {};
    const comparison = compareMatrices(
      mapped(system, { known: { ...known('fargate'), version: 'before' } }),
      mapped(system, { known: known('ec2') }),
    );
    expect(comparison.parts.length).toBeGreaterThan(3);
    expect(everyCause(comparison)).toEqual(new Set(['catalogue:service:app']));
  });
  test('with other words of a control rewords its parts', () => {
    const comparison = withCatalogue((known) => {
      control(known, 'multi-factor-authentication').parts.configure = 'Do it at {{service}}.';
    });
    expect(comparison.parts.length).toBeGreaterThan(0);
    expect(comparison.parts.every(({ reworded }) => reworded)).toBe(true);
    expect(everyCause(comparison)).toEqual(new Set(['catalogue:control:multi-factor-authentication']));
  });
  test('with another published statement about one requirement', () => {
    const comparison = withCatalogue((known) => {
      const rds = known.providers.find(({ id }) => id === 'aws')?.services.find(({ id }) => id === 'rds');
      rds?.overrides.splice(0);
    });
    expect(comparison.parts.some(({ only, to }) => only === 'pci-dss:6.3.3' && to.length === 0)).toBe(true);
    expect([...everyCause(comparison)]).toEqual(['catalogue:service:db']);
  });
  test('with another surface of a control adds parts', () => {
    const comparison = withCatalogue((known) => {
      control(known, 'multi-factor-authentication').surface.push({ component: 'data' });
    });
    expect(comparison.parts.every(({ from }) => from.length === 0)).toBe(true);
    expect([...everyCause(comparison)]).toEqual(['catalogue:control:multi-factor-authentication']);
  });
  test('with a requirement that rests on other controls', () => {
    const comparison = withCatalogue((known) => {
      const requirement = framework(known, 'pci-dss').requirements.find(({ id }) => id === '8.4.2');
      requirement?.controls.push({ control: 'backup' });
    });
    expect(comparison.requirements).toMatchObject([{ key: 'pci-dss:8.4.2', causes: ['catalogue:pci-dss:8.4.2'] }]);
    expect(comparison.requirements[0]?.aspects).toEqual(expect.arrayContaining(['parts', 'text']));
  });
  test('another version of a framework: matched by id, then by alias in either text; the rest is new or gone', () => {
    const comparison = withCatalogue((known) => {
      const gdpr = framework(known, 'gdpr');
      gdpr.version = 'next';
      const [first, second, third, ...rest] = gdpr.requirements;
      if (!first || !second || !third) throw new Error('too few');
      first.aliases = [first.id];
      first.id = 'new-1';
      gdpr.requirements = [first, { ...third, id: 'new-3', aliases: [] }, second, ...rest];
    });
    const ids = framework(catalogue(), 'gdpr').requirements.map(({ id }) => id);
    expect(comparison.frameworks).toMatchObject([
      {
        id: 'gdpr',
        to: { version: 'next' },
        renumbered: [{ from: ids[0], to: 'new-1' }],
        added: ['new-3'],
        removed: [ids[2]],
        causes: ['framework-version:gdpr'],
      },
    ]);
    expect(comparison.requirements.map(({ key, aspects }) => [key, aspects])).toEqual([
      ['gdpr:new-1', ['text']],
      ['gdpr:new-3', ['existence']],
      [`gdpr:${ids[2]}`, ['existence']],
    ]);
    expect(everyCause(comparison)).toEqual(new Set(['framework-version:gdpr']));
  });
  test('the same catalogue under another demarc: demarc is named; under the same one: nothing is claimed', () => {
    const was = mapped(base());
    const hand = mapped(base(), { version: '2.0.0' });
    const row = hand.frameworks[0]?.requirements[0]?.row;
    if (row) row.owners = ['Somebody'];
    expect(compareMatrices(was, hand).requirements).toMatchObject([{ causes: ['tool'] }]);
    hand.tool = was.tool;
    expect(compareMatrices(was, hand).causes).toMatchObject([{ id: 'unexplained', origin: 'unknown' }]);
  });
});

test('the other way round, everything is swapped and nothing else differs', () => {
  const changed = base();
  Object.assign(service(changed, 'app').options, { 'launch-type': 'ec2' });
  changed.services.push(use({ id: 'queue', service: 'aws/sqs', data: ['cardholder'] }));
  changed.frameworks.pop();
  changed.statements.pop();
  changed.assurances.pop();
  Object.assign(changed.conditions, { wireless: { holds: false } });
  const [was, is] = [mapped(base()), mapped(changed, { asOf: '2026-12-31' })];
  const forth = compareMatrices(was, is);
  const back = compareMatrices(is, was);
  const flat = (comparison: Comparison, turn: boolean): unknown[] =>
    [
      ...comparison.services,
      ...comparison.frameworks.map(({ added, removed, renumbered: _, ...rest }) => ({
        ...rest,
        added: turn ? removed : added,
        removed: turn ? added : removed,
      })),
      ...comparison.requirements.map((change) => ({ ...change, title: '' })),
      ...comparison.parts.map((part) => ({ ...part, requirements: [...part.requirements].sort() })),
      ...comparison.statements,
      ...comparison.evidence,
      ...comparison.assurances,
      ...comparison.findings.map(({ change: _, severity: __, ...rest }) => rest),
    ]
      .map((change) => {
        const { from, to, causes, ...rest } = change as { from?: unknown; to?: unknown; causes: string[] };
        return JSON.stringify(
          { ...rest, causes: [...causes].sort(), from: turn ? to : from, to: turn ? from : to },
          (_, value) =>
            value && typeof value === 'object' && !Array.isArray(value)
              ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
              : value,
        );
      })
      .sort();
  expect(forth.requirements.length).toBeGreaterThan(100);
  expect(flat(back, true)).toEqual(flat(forth, false));
  const kinds = (comparison: Comparison, change: string): number =>
    comparison.duties.filter((duty) => duty.change === change).length;
  expect([kinds(back, 'lost'), kinds(back, 'gained')]).toEqual([kinds(forth, 'gained'), kinds(forth, 'lost')]);
});

test.each<[string, (system: System) => void, RegExp]>([
  ['nothing', () => {}, /^Nothing differs\.$/],
  ['words alone', (s) => Object.assign(service(s, 'db'), { purpose: 'Else.' }), /^Nobody holds anything else than before\.$/],
  [
    'an option',
    (s) => Object.assign(service(s, 'app').options, { 'launch-type': 'ec2' }),
    /^\d+ requirements? changes? hands?, \d+ duties are gained/,
  ],
  ['a service less', (s) => s.services.pop(), /duties fall away/],
])('the headline of %s', (_, edit, says) => {
  expect(changesHeadline(edited(edit))).toMatch(says);
});

test('takes eight times as long for eight times the services, not sixty-four', () => {
  const known = catalogue().providers.flatMap((provider) => provider.services.map(({ id }) => `${provider.id}/${id}`));
  const matrixOf = (count: number, version: number): Matrix =>
    mapped(
      systemOf(
        Array.from({ length: count }, (_, i) =>
          use({ id: `s${i}`, service: known[(i + (i % 5 === 0 ? version : 0)) % known.length] ?? '', data: ['personal'] }),
        ),
        { frameworks: [{ id: 'gdpr', categories: [] }] },
      ),
    );
  const time = (count: number): number => {
    const [was, is] = [matrixOf(count, 0), matrixOf(count, 1)];
    const runs = Array.from({ length: 3 }, () => {
      // Time of the processor, because other programs run beside the tests.
      const start = process.cpuUsage().user;
      expect(compareMatrices(was, is).parts.length).toBeGreaterThan(count);
      return process.cpuUsage().user - start;
    });
    return Math.min(...runs);
  };
  time(50); // Compiles the code, so that the small run does not pay for it alone.
  expect(time(400) / time(50)).toBeLessThan(30);
}, 120_000);
