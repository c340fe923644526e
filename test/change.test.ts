import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { compareMatrices } from '../src/map/compare/compare.ts';
import { mapSystem } from '../src/map/matrix.ts';
import type { System } from '../src/model/system.ts';
import { Problems } from '../src/problem.ts';
import { readSystem } from '../src/read/system.ts';
import { catalogue, ROOT } from './support.ts';

const SERVICES = `services:
  - id: db
    service: aws/rds
    purpose: Database.
    data: [personal]
    owner: Data team
    options: {public-access: no}
    managed-by:
      - {party: msp, components: [data]}
  - id: app
    service: aws/ecs
    purpose: Application.
    data: [personal]
    options: {launch-type: fargate}
`;
const MAIN = `organization: {name: Test}
system: {name: Test, description: For tests., owner: Owner}
include: [more/services.yaml]
frameworks: [gdpr]
roles: {gdpr: controller}
conditions: {wireless: true, premises: false}
parties:
  - {id: msp, name: Managed Services}
assurances:
  - {id: rds-report, provider: aws, type: soc2-type2, title: Report, services: [aws/rds], expires: "2026-12-31"}
  - {id: aws-dpa, provider: aws, type: dpa, title: Addendum, file: papers/dpa.pdf}
statements:
  - {control: backup, services: [db], status: implemented, evidence: [{title: Log, file: evidence/log.pdf}]}
  - {control: backup, services: [db, app], status: planned}
  - {control: log-review, status: planned}
exclusions:
  - {requirement: "gdpr:35(3)(c)", reason: None.}
`;
const FILES: Record<string, string> = { 'system.yaml': MAIN, 'more/services.yaml': SERVICES };

function read(change?: string, files: Record<string, string> = FILES): { system?: System; problems: Problems['problems'] } {
  const all: Record<string, string> = { ...files, ...(change === undefined ? {} : { '../elsewhere/change.yaml': change }) };
  const open = (path: string): string => {
    const text = all[path];
    if (text === undefined) throw new Error(`no file ${path}`);
    return text;
  };
  try {
    return {
      system: readSystem('system.yaml', open, catalogue(), change === undefined ? undefined : '../elsewhere/change.yaml'),
      problems: [],
    };
  } catch (error) {
    if (error instanceof Problems) return { problems: error.problems };
    throw error;
  }
}
function changed(change: string): System {
  const { system, problems } = read(change);
  expect(problems).toEqual([]);
  return system as System;
}
const places = (change: string): string[] => read(change).problems.map(({ file, line, code }) => `${file}:${line} ${code}`);

describe('a change', () => {
  test('of nothing changes nothing', () => {
    const { files: _, ...same } = changed('services: []\n');
    const { files: __, ...was } = read().system as System;
    expect(same).toEqual(was);
    expect(changed('services: []\n').files.at(-1)?.path).toBe('../elsewhere/change.yaml');
  });
  test('lays itself over a service key by key, at its place in the order', () => {
    const system = changed(
      'services:\n  - id: db\n    owner: Ann\n    options: {customer-managed-keys: yes}\n    data: [health]\n',
    );
    expect(system.services.map(({ id }) => id)).toEqual(['db', 'app']);
    expect(system.services[0]).toMatchObject({
      service: 'aws/rds',
      purpose: 'Database.',
      owner: 'Ann',
      data: ['health'],
      options: { 'public-access': 'no', 'customer-managed-keys': 'yes' },
      managedBy: [{ party: 'msp' }],
    });
  });
  test('that makes a service another one drops the choices of the old one', () => {
    const [db] = changed('services: [{id: db, service: aws/ec2}]\n').services;
    expect(db).toMatchObject({ service: 'aws/ec2', purpose: 'Database.', owner: 'Data team', options: {}, managedBy: [] });
    const [declared] = changed('services: [{id: db, model: saas, provider: Acme}]\n').services;
    expect(declared).toMatchObject({ model: 'saas', provider: 'Acme' });
    expect(declared).not.toHaveProperty('service');
    expect(changed('services: [{id: db, service: aws/rds}]\n').services[0]?.options).toEqual({ 'public-access': 'no' });
  });
  test('adds what is not there', () => {
    const system = changed(`services:
  - {id: queue, service: aws/sqs, purpose: Queue., data: [personal]}
frameworks: [{id: soc2, categories: [availability]}]
roles: {soc2: service-organization}
conditions: {wireless: false, public-web: true}
statements:
  - {control: backup, services: [db], status: partial}
  - {control: backup, status: implemented}
exclusions:
  - {requirement: "gdpr:35(3)(c)", reason: Another.}
assurances:
  - {id: aws-dpa, expires: "2027-01-01"}
`);
    expect(system.services.map(({ id }) => id)).toEqual(['db', 'app', 'queue']);
    expect(system.frameworks.map(({ id }) => id)).toEqual(['gdpr', 'soc2']);
    expect(system.conditions).toMatchObject({
      wireless: { holds: false },
      premises: { holds: false },
      'public-web': { holds: true },
    });
    expect(system.statements.map(({ control, services, status }) => [control, services.join(), status])).toEqual([
      ['backup', 'db', 'partial'],
      ['backup', 'db,app', 'planned'],
      ['log-review', '', 'planned'],
      ['backup', '', 'implemented'],
    ]);
    expect(system.exclusions).toMatchObject([{ reason: 'Another.' }]);
    expect(system.assurances[1]).toMatchObject({ title: 'Addendum', file: 'papers/dpa.pdf', expires: '2027-01-01' });
  });
  test('takes out a service with everything that spoke of it alone', () => {
    const system = changed('remove: {services: [db], exclusions: ["gdpr:35(3)(c)"]}\n');
    expect(system.services.map(({ id }) => id)).toEqual(['app']);
    expect(system.statements.map(({ control, services }) => [control, services.join()])).toEqual([
      ['backup', 'app'],
      ['log-review', ''],
    ]);
    expect(system.assurances.map(({ id }) => id)).toEqual(['aws-dpa']);
    expect(system.exclusions).toEqual([]);
  });
  test('takes out the assurances of a provider that is no longer there', () => {
    const system = changed('remove: {services: [db]}\nservices: [{id: app, service: azure/aks}]\n');
    expect(system.assurances).toEqual([]);
  });
  test('names files from where it lies itself', () => {
    const system = changed(`statements:
  - {control: log-review, status: implemented, evidence: [{title: Log, file: proof/log.pdf}]}
services: [{id: new, service: aws/sqs, purpose: x, data: [personal]}]
assurances: [{id: new, provider: aws, type: dpa, title: x, file: dpa.pdf}]
`);
    expect(system.statements[2]?.evidence).toMatchObject([{ file: '../elsewhere/proof/log.pdf' }]);
    expect(system.assurances[2]?.file).toBe('../elsewhere/dpa.pdf');
  });

  test.each<[string, string, string[]]>([
    ['no YAML', 'services: [', ['../elsewhere/change.yaml:1 yaml-bad-indent']],
    ['a key that a change does not have', 'include: [x]\n', ['../elsewhere/change.yaml:1 unknown-key']],
    [
      'a wrong option',
      'services:\n  - id: app\n    options: {launch-type: ec3}\n',
      ['../elsewhere/change.yaml:3 unknown-value-of-launch-type'],
    ],
    ['a wrong service', 'services:\n  - id: app\n    service: aws/ecss\n', ['../elsewhere/change.yaml:3 unknown-service']],
    [
      'a new service that says too little',
      'services:\n  - {id: queue, service: aws/sqs}\n',
      ['../elsewhere/change.yaml:2 missing-key', '../elsewhere/change.yaml:2 missing-key'],
    ],
    ['a wrong condition', 'conditions:\n  wirless: true\n', ['../elsewhere/change.yaml:2 unknown-condition']],
    ['something that is not there to remove', 'remove:\n  services: [dbb]\n', ['../elsewhere/change.yaml:2 nothing-to-remove']],
    ['a party that is still needed', 'remove:\n  parties: [msp]\n', ['more/services.yaml:9 unknown-party']],
    ['every service', 'remove:\n  services: [db, app]\n', ['system.yaml:1 missing-key']],
  ])('%s is a problem at its place', (_, change, expected) => {
    expect(places(change)).toEqual(expected);
  });
  test('a service that does not fit what the description says of it is a problem where that stands', () => {
    const files = {
      ...FILES,
      'more/services.yaml': SERVICES.replace('managed-by:\n      - {party: msp', 'managed-by:\n      - {party: msq'),
    };
    expect(read('services: [{id: db, owner: Ann}]\n', files).problems).toMatchObject([{ file: 'more/services.yaml', line: 9 }]);
  });
});

test('the change in docs/review.md fits the sample', () => {
  const example = /```yaml change\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'docs/review.md'), 'utf8'))?.[1] ?? '';
  const open = (path: string): string =>
    path === 'change.yaml' ? example : readFileSync(join(ROOT, 'samples/clinic', path), 'utf8');
  const { services } = readSystem('system.yaml', open, catalogue(), 'change.yaml');
  expect(services.find(({ id }) => id === 'records')?.service).toBe('aws/ec2');
  expect(services.map(({ id }) => id)).toContain('search');
  expect(services.map(({ id }) => id)).not.toContain('file-room');
});

test.each<[string, object, (system: System) => void]>([
  [
    'a virtual machine instead of a database',
    { services: [{ id: 'db', service: 'aws/ec2' }] },
    (system) => {
      Object.assign(system.services[0] ?? {}, { service: 'aws/ec2', options: {}, managedBy: [] });
      // It names a service that is no longer in use.
      system.assurances = system.assurances.filter(({ id }) => id !== 'rds-report');
    },
  ],
  [
    'a launch type',
    { services: [{ id: 'app', options: { 'launch-type': 'ec2' } }] },
    ({ services }) => Object.assign(services[1]?.options ?? {}, { 'launch-type': 'ec2' }),
  ],
  [
    'a condition and a service less',
    { remove: { services: ['app'] }, conditions: { wireless: false } },
    (system) => {
      system.services.pop();
      Object.assign(system.conditions, { wireless: { holds: false } });
      Object.assign(system.statements[1] ?? {}, { services: ['db'] });
    },
  ],
])('the what-if of %s is the comparison with the description edited so', (_, change, edit) => {
  const options = { asOf: '2026-09-30', toolVersion: '0' };
  const before = read().system as System;
  const edited = structuredClone(before);
  edit(edited);
  const [was, asked, is] = [before, changed(stringify(change)), edited].map((system) => mapSystem(system, catalogue(), options));
  if (!was || !asked || !is) throw new Error('not mapped');
  const withoutPlaces = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (key, inner) => (key === 'place' ? undefined : inner)));
  const whatIf = compareMatrices(was, asked);
  expect(whatIf.requirements.length + whatIf.duties.length).toBeGreaterThan(0);
  expect(withoutPlaces(whatIf)).toEqual(withoutPlaces(compareMatrices(was, is)));
});
