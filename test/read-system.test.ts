import { describe, expect, test } from 'vitest';
import { formatProblem } from '../src/problem.ts';
import { readTexts } from './support.ts';

const GOOD = `demarc: 1
organization: {name: Test Organization}
system: {name: Portal, description: A portal., owner: Owner}
frameworks: [pci-dss, soc2]
roles: {pci-dss: merchant}
services:
  - id: db
    service: aws/rds
    purpose: Database.
    data: [cardholder]
`;

/** The problems of a description as `line:column code`. */
function problemsOf(text: string, more: Record<string, string> = {}): string[] {
  return readTexts({ 'system.yaml': text, ...more }).problems.map(
    (problem) => `${problem.line}:${problem.column} ${problem.code}`,
  );
}

test('a good description has no problems, and carries places', () => {
  const { system, problems } = readTexts({ 'system.yaml': GOOD });
  expect(problems).toEqual([]);
  expect(system?.services[0]?.place).toEqual({ file: 'system.yaml', line: 7, column: 5 });
  expect(system?.files).toHaveLength(1);
  expect(system?.roles.soc2).toEqual(['service-organization']);
  expect(system?.frameworks[1]?.categories).toEqual(['security']);
});

describe('what is wrong is said with its place and what to write instead', () => {
  test.each<[string, string, string[]]>([
    ['unknown key', GOOD.replace('purpose:', 'porpose:'), ['9:5 unknown-key']],
    ['unknown top-level key', `${GOOD}servces: []\n`, ['11:1 unknown-key']],
    ['unknown framework', GOOD.replace('pci-dss, soc2', 'pci-ds, soc2'), ['4:14 unknown-framework']],
    [
      'framework twice',
      GOOD.replace('[pci-dss, soc2]', '[soc2, soc2]').replace('roles: {pci-dss: merchant}\n', ''),
      ['4:14 id-twice', '4:20 id-twice'],
    ],
    ['missing role', GOOD.replace('roles: {pci-dss: merchant}\n', ''), ['4:14 role-missing']],
    ['unknown role', GOOD.replace('merchant', 'merchants'), ['5:18 unknown-role-under-pci-dss']],
    ['unknown service', GOOD.replace('aws/rds', 'aws/rdss'), ['8:14 unknown-service']],
    ['unknown data kind', GOOD.replace('[cardholder]', '[cardholders]'), ['10:12 unknown-data-kind']],
    ['no data kind', GOOD.replace('[cardholder]', '[]'), ['10:11 no-data-kind']],
    ['none and more', GOOD.replace('[cardholder]', '[none, personal]'), ['10:11 none-and-more']],
    ['wrong type', GOOD.replace('[cardholder]', 'cardholder'), ['10:11 wrong-type']],
    ['number for text', GOOD.replace('Portal', '12'), ['3:16 wrong-type']],
    ['impossible date', `${GOOD}period: {from: "2026-02-30", to: "2026-12-31"}\n`, ['11:16 bad-value']],
    ['dates reversed', `${GOOD}period: {from: "2026-12-31", to: "2026-01-01"}\n`, ['11:34 dates-reversed']],
    ['unknown option', `${GOOD}    options: {customer-manged-keys: true}\n`, ['11:15 unknown-option']],
    [
      'unknown value of an option',
      `${GOOD}    options: {customer-managed-keys: maybe}\n`,
      ['11:38 unknown-value-of-customer-managed-keys'],
    ],
    ['unknown condition', `${GOOD}conditions: {wireles: true}\n`, ['11:14 unknown-condition']],
    [
      'unknown control in a statement',
      `${GOOD}statements: [{control: logging, status: implemented}]\n`,
      ['11:24 unknown-control'],
    ],
    ['statement on nothing', `${GOOD}statements: [{status: implemented}]\n`, ['11:14 control-or-requirement']],
    ['unknown status', `${GOOD}statements: [{control: backup, status: done}]\n`, ['11:40 unknown-value']],
    ['unknown requirement', `${GOOD}exclusions: [{requirement: "pci-dss:99.1", reason: None.}]\n`, ['11:28 unknown-requirement']],
    ['unquoted requirement', `${GOOD}exclusions: [{requirement: 9.1, reason: None.}]\n`, ['11:28 wrong-type']],
    [
      'unknown provider of an assurance',
      `${GOOD}assurances: [{id: a, provider: gcp, type: baa, title: T}]\n`,
      ['11:32 unknown-provider-in-use'],
    ],
    [
      'service id twice',
      `${GOOD}  - {id: db, service: aws/s3, purpose: p, data: [none]}\n`,
      ['11:10 id-twice', '7:9 id-twice'].sort(),
    ],
    ['service neither known nor declared', `${GOOD}  - {id: x, purpose: p, data: [none]}\n`, ['11:5 service-undeclared']],
    ['service and model', `${GOOD}    model: saas\n`, ['11:5 service-and-model']],
    ['declared without a provider', `${GOOD}  - {id: x, model: saas, purpose: p, data: [none]}\n`, ['11:5 missing-key']],
    [
      'managed by nobody known',
      `${GOOD}    managed-by: [{party: msp, components: [operating-sistem]}]\n`,
      ['11:26 unknown-party', '11:44 unknown-component'],
    ],
    ['a transfer of nobody', `${GOOD}transfers: [{safeguard: adequacy, reference: R}]\n`, ['11:13 service-or-provider']],
    [
      'a transfer of an unknown provider',
      `${GOOD}transfers: [{provider: gcp, safeguard: adequacy, reference: R}]\n`,
      ['11:24 unknown-provider-in-use'],
    ],
    [
      'a suppression without an end',
      `${GOOD}suppressions: [{finding: "a:b", reason: R, approved-by: O}]\n`,
      ['11:16 missing-key'],
    ],
    ['an empty file', '', ['1:1 empty-file']],
    ['only a list', '- a\n- b\n', ['1:1 wrong-type']],
    ['only text', 'hello\n', ['1:1 wrong-type']],
    ['duplicate keys', `${GOOD}frameworks: [soc2]\n`, ['11:1 yaml-duplicate-key']],
    ['broken YAML', 'organization: {name: x\nsystem: [', []],
  ])('%s', (_, text, expected) => {
    const found = problemsOf(text);
    expect(found.length).toBeGreaterThan(0);
    if (expected.length > 0) expect([...found].sort()).toEqual([...expected].sort());
  });

  test('all of them at once, in the order of the file', () => {
    const found = problemsOf(
      GOOD.replace('purpose:', 'porpose:').replace('[cardholder]', '12').replace('demarc: 1', 'demarc: 2'),
    );
    expect(found.length).toBeGreaterThanOrEqual(3);
    const lines = found.map((problem) => Number(problem.split(':')[0]));
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
  });

  test('a problem prints its line with a caret and what was probably meant', () => {
    const [problem] = readTexts({ 'system.yaml': GOOD.replace('aws/rds', 'aws/rdss') }).problems;
    expect(problem && formatProblem(problem)).toBe(
      [
        'system.yaml:8:14: the catalogue has no service `aws/rdss` [unknown-service]',
        '  8 |     service: aws/rdss',
        '    |              ^',
        '  Did you mean `aws/rds`? See `demarc list services`, or declare it with `model:` and `provider:`.',
      ].join('\n'),
    );
  });
});

describe('includes', () => {
  test('are joined, and each list with the others', () => {
    const { system, problems } = readTexts(
      {
        'a/system.yaml': `include: [more/services.yaml]\n${GOOD}`,
        'a/more/services.yaml':
          'include: [deep.yaml]\nservices:\n  - {id: files, service: aws/s3, purpose: Files., data: [none]}\n',
        'a/more/deep.yaml': 'statements:\n  - {control: backup, status: implemented, services: [files]}\n',
      },
      'a/system.yaml',
    );
    expect(problems).toEqual([]);
    expect(system?.services.map((service) => service.id)).toEqual(['db', 'files']);
    expect(system?.files.map((file) => file.path)).toEqual(['a/system.yaml', 'a/more/services.yaml', 'a/more/deep.yaml']);
  });
  test.each<[string, Record<string, string>, string]>([
    ['a missing file', { 'system.yaml': `include: [nowhere.yaml]\n${GOOD}` }, '1:11 include'],
    ['a circle', { 'system.yaml': `include: [b.yaml]\n${GOOD}`, 'b.yaml': 'include: [system.yaml]\n' }, '1:11 include'],
    [
      'the same thing said twice',
      { 'system.yaml': `include: [b.yaml]\n${GOOD}`, 'b.yaml': 'organization: {name: Other}\n' },
      '1:1 given-twice',
    ],
  ])('%s is reported', (_, files, expected) => {
    expect(readTexts(files).problems.map((problem) => `${problem.line}:${problem.column} ${problem.code}`)).toContain(expected);
  });
});

describe('hostile files are refused quickly', () => {
  const alias = `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e]\n`;
  test.each<[string, string]>([
    ['an alias bomb', alias],
    ['deep brackets', '['.repeat(200_000)],
    ['deep braces', '{a: '.repeat(50_000)],
    ['deep dashes', `${'- '.repeat(20_000)}x`],
    ['deep indentation', Array.from({ length: 3_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['a hundred thousand keys', Array.from({ length: 100_000 }, (_, i) => `k${i}: v`).join('\n')],
    ['a file of five megabytes', `a: "${'x'.repeat(5 * 1024 * 1024)}"`],
    ['__proto__', `${GOOD}__proto__: {polluted: true}\n`],
    ['constructor', `${GOOD}constructor: {prototype: {polluted: true}}\n`],
    ['__proto__ in a map of names', `${GOOD}conditions: {__proto__: true}\n`],
    ['control characters', 'a: "\u0000\u0007"\n\u0001'],
    ['a tag', 'organization: !!js/function "x"\n'],
    ['a merge key', `x: &x {a: 1}\n<<: *x\n${GOOD}`],
    ['a binary file', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256)).toString('latin1')],
  ])(
    '%s',
    (_, text) => {
      const start = performance.now();
      const { problems, system } = readTexts({ 'system.yaml': text });
      expect(system).toBeUndefined();
      expect(problems.length).toBeGreaterThan(0);
      for (const problem of problems.slice(0, 20)) expect(formatProblem(problem).length).toBeLessThan(2_000);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      expect(performance.now() - start).toBeLessThan(20_000);
    },
    60_000,
  );
});

test('an entry of a list is called by its own name, or by its number', () => {
  const said = (text: string): string[] => readTexts({ 'system.yaml': text }).problems.map(({ message }) => message);
  expect(said(GOOD.replace('    purpose: Database.\n', ''))).toEqual([
    'the key `purpose` is missing in the entry `db` of `services`',
  ]);
  expect(said(`${GOOD}  - just text\n`)).toEqual(['entry 2 of `services` should be a map of keys and values, but here is text']);
  expect(said(GOOD.replace('[cardholder]', '[cardholder, 7]'))).toEqual([
    'entry 2 of `data` should be text, but here is the number 7',
  ]);
  expect(said(`${GOOD}statements: [{control: backup}]\n`)[0]).toBe(
    'the key `status` is missing in the entry `backup` of `statements`',
  );
});

test('a requirement named by another id is the requirement', () => {
  const { system } = readTexts({
    'system.yaml': `${GOOD}exclusions: [{requirement: "pci-dss:A3.3.1.2", reason: None.}]
statements: [{requirement: "pci-dss:A3.3.1.2", status: planned}]
providers: [{provider: aws, claims: [{requirement: "pci-dss:A3.3.1.2", says: customer}]}]
customer-duties: [{id: d, text: Do it., requirements: ["pci-dss:A3.3.1.2"]}]
`,
  });
  const named = [
    system?.exclusions[0]?.requirement,
    system?.statements[0]?.requirement,
    system?.providerRecords[0]?.claims[0]?.requirement,
    system?.customerDuties[0]?.requirements[0],
  ];
  expect(named).toEqual(Array(4).fill('pci-dss:A3.3.1.1'));
});

test('a report of a provider that another report leaves out can be on file', () => {
  const assurances = `assurances:
  - {id: a, provider: aws, type: soc2-type2, title: T, carves-out: [Example Hall]}
  - {id: b, provider: Example Hall, type: soc2-type2, title: U}
`;
  expect(problemsOf(`${GOOD}${assurances}`)).toEqual([]);
  expect(problemsOf(`${GOOD}${assurances.replace(', carves-out: [Example Hall]', '')}`)).toEqual([
    '13:23 unknown-provider-in-use',
  ]);
});
