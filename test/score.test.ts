import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Answer, askAll, type Said } from '../bench/score/ask.ts';
import { withFigures } from '../bench/score/docs.ts';
import { findService } from '../bench/score/names.ts';
import { type Label, type Question, readQuestions } from '../bench/score/table.ts';
import { binaryOf, confusionOf, kappaOf, tally } from '../bench/score/tally.ts';
import { score } from '../bench/score.ts';
import type { Provider } from '../src/model/catalogue.ts';
import { UsageError } from '../src/problem.ts';
import { catalogue } from './support.ts';

const HEADER = 'source,kind,provider,services,service_model,framework,requirements,accept';
const times = (count: number, label: Label, said: Said): [Label, Said][] => Array.from({ length: count }, () => [label, said]);

// Worked by hand: 10 rows, 7 agree. Published 3, 5, 2; ours 2, 5, 2 and 1 none; by chance (3×2 + 5×5 + 2×2) / 100 = 0.35.
const SMALL = confusionOf([
  ...times(2, 'provider', 'provider'),
  ...times(1, 'provider', 'customer'),
  ...times(4, 'customer', 'customer'),
  ...times(1, 'customer', 'shared'),
  ...times(1, 'shared', 'shared'),
  ...times(1, 'shared', 'none'),
]);

describe('the arithmetic', () => {
  test('counts published label by answer', () => {
    expect(SMALL).toEqual({
      provider: { provider: 2, customer: 1, shared: 0, none: 0 },
      customer: { provider: 0, customer: 4, shared: 1, none: 0 },
      shared: { provider: 0, customer: 0, shared: 1, none: 1 },
    });
  });

  test('kappa is agreement beyond chance', () => {
    expect(kappaOf(SMALL)).toBeCloseTo((0.7 - 0.35) / (1 - 0.35), 10);
    expect(kappaOf(confusionOf([...times(3, 'provider', 'provider'), ...times(4, 'shared', 'shared')]))).toBe(1);
    expect(kappaOf(confusionOf([...times(5, 'provider', 'customer'), ...times(5, 'customer', 'provider')]))).toBe(-1);
  });

  test('kappa says nothing where chance explains everything, or nothing was asked', () => {
    expect(kappaOf(confusionOf(times(4, 'customer', 'customer')))).toBeNull();
    expect(kappaOf(confusionOf([]))).toBeNull();
  });

  test('the binary scores see only whether a side has a part', () => {
    const customer = binaryOf(SMALL, ['customer', 'shared']);
    expect(customer.agreement).toBeCloseTo(0.8, 10);
    expect(customer.kappa).toBeCloseTo((0.8 - 0.58) / (1 - 0.58), 10);
    expect(customer.precision).toBeCloseTo(6 / 7, 10);
    expect(customer.recall).toBeCloseTo(6 / 7, 10);
    const provider = binaryOf(SMALL, ['provider', 'shared']);
    expect(provider).toMatchObject({ agreement: 0.7, recall: 0.6, precision: 0.75 });
    expect(binaryOf(confusionOf([]), ['customer'])).toEqual({ agreement: null, kappa: null, precision: null, recall: null });
  });
});

function answer(
  source: string,
  kind: Question['kind'],
  accept: Label[],
  said: Said | undefined,
  more: Partial<Answer> = {},
): Answer {
  const question = {
    line: 2,
    source,
    kind,
    provider: 'x',
    services: ['s'],
    model: '',
    framework: 'f',
    requirements: ['1.1'],
    accept,
  };
  return { question, byModel: false, withSites: false, because: [], ...(said ? { said } : {}), ...more };
}

describe('the tally of a source', () => {
  const ONE_SIDED: Label[] = ['customer', 'shared'];
  const [exact, oneSided] = tally([
    answer('a', 'exact', ['customer'], 'provider'),
    answer('a', 'exact', ['shared'], 'none'),
    answer('a', 'exact', ['customer'], 'customer', { byModel: true }),
    answer('a', 'exact', ['provider'], undefined, { unanswered: 'no service `s` of X' }),
    answer('b', 'one-sided', ONE_SIDED, 'shared'),
    answer('b', 'one-sided', ONE_SIDED, 'customer'),
    answer('b', 'one-sided', ONE_SIDED, 'customer'),
    answer('b', 'one-sided', ONE_SIDED, 'provider'),
  ]);

  test('names hidden duties, and apart from them those that were dropped', () => {
    expect(exact?.hiddenDuties).toEqual(['x s × f 1.1']);
    expect(exact?.droppedDuties).toEqual(['x s × f 1.1']);
    expect(exact?.confusion?.customer.provider).toBe(1);
    expect(oneSided?.hiddenDuties).toHaveLength(1);
  });

  test('counts answers by service model and missing answers apart', () => {
    expect(exact).toMatchObject({ rows: 4, answered: 2, byModel: 1, recall: null });
    expect(exact?.agreement).toBeCloseTo(1 / 3, 10);
    expect(exact?.unanswered).toEqual(['x s × f 1.1: no service `s` of X']);
  });

  test('gives one-sided sources a recall and nothing that needs the other side', () => {
    expect(oneSided).toMatchObject({ rows: 4, answered: 4, recall: 0.75, kappa: null, confusion: null, customerPart: null });
  });
});

describe('asking the mapping', () => {
  const ask = (...rows: string[]): Answer[] => askAll(readQuestions([HEADER, ...rows].join('\n'), 'table.csv'), catalogue());
  const said = (...rows: string[]): (string | undefined)[] => ask(...rows).map((one) => one.said);

  test('one service, a heading, several rolled up together, and no service at all', () => {
    const rows = [
      't,exact,aws,Amazon EC2,iaas,pci-dss,9.2.1,provider',
      't,exact,aws,EC2;S3,iaas,pci-dss,7.2,customer',
      't,exact,aws,ec2,iaas,pci-dss,9.2.1;12.1.1,shared',
      't,exact,,,,gdpr,37(7),shared',
    ];
    expect(said(...rows)).toEqual(['provider', 'customer', 'shared', 'shared']);
  });

  test('what is about nothing but sites or devices is asked with them', () => {
    const [wireless, guards] = ask('t,exact,aws,ec2,,pci-dss,2.3.1,customer', 't,exact,aws,ec2,,pci-dss,9.2.1,provider');
    expect(wireless).toMatchObject({ said: 'customer', withSites: true });
    expect(guards).toMatchObject({ said: 'provider', withSites: false });
  });

  test('an unknown service is answered by its model, and without a model not at all', () => {
    const [byModel, not] = ask(
      't,exact,aws,no-such-thing,iaas,pci-dss,9.2.1,provider',
      't,exact,aws,no-such-thing,,pci-dss,9.2.1,provider',
    );
    expect(byModel).toMatchObject({ said: 'provider', byModel: true });
    expect(not).toMatchObject({ unanswered: 'no service `no-such-thing` of Amazon Web Services' });
  });

  test('unknown frameworks and requirements, and those no longer in force, have no answer', () => {
    const rows = [
      't,exact,aws,ec2,,iso,5.1,customer',
      't,exact,aws,ec2,,pci-dss,99.9,customer',
      't,exact,aws,ec2,,pci-dss,6.4.1,customer',
    ];
    const reasons = ['no framework `iso`', 'no requirement `99.9` in PCI DSS', 'no longer in force in PCI DSS 4.0.1'];
    expect(ask(...rows).map((one) => one.unanswered)).toEqual(reasons);
  });

  test('names the parts behind an answer', () => {
    expect(ask('t,exact,aws,ec2,,pci-dss,9.2.1,provider')[0]?.because.join('\n')).toMatch(
      /^aws \(operate\): physical-access @ facility: .*\[Amazon EC2\]/,
    );
  });
});

test('a service is found whatever the case, the dashes and the provider in front of it', () => {
  const service = (id: string, title: string, ...aliases: string[]) => ({ id, title, aliases });
  const services = [
    service('sql-database', 'Azure SQL Database', 'Microsoft.Sql'),
    service('dns', 'Azure DNS'),
    service('x', 'DNS Resolver', 'azure dns!'),
  ];
  const provider = { id: 'azure', title: 'Microsoft Azure', short: 'Microsoft', services } as unknown as Provider;
  const idOf = (name: string): string | undefined => findService(name, provider)?.id;
  for (const name of [
    'SQL DATABASE',
    'sql database',
    'azure-sql-database',
    'microsoft-azure-sql-database',
    'Sql',
    'sqldatabase',
    'SQL Database (PaaS)',
  ]) {
    expect(idOf(name), name).toBe('sql-database');
  }
  expect(idOf('azure-dns'), 'a title goes before an alias').toBe('dns');
  expect(idOf('azure')).toBeUndefined();
  expect(idOf('nothing')).toBeUndefined();
});

describe('what is wrong with a table is said in plain words', () => {
  const folder = mkdtempSync(join(tmpdir(), 'demarc-score-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const table = (text: string): string => {
    const path = join(folder, 'table.csv');
    writeFileSync(path, text);
    return path;
  };
  const problemOf = (...args: string[]): string => {
    try {
      score(args);
    } catch (error) {
      if (error instanceof UsageError) return `${error.message}\n${error.hint ?? ''}`;
      throw error;
    }
    return '';
  };

  test('no file, several files, a missing file, a wrong option', () => {
    expect(problemOf()).toContain('name one file');
    expect(problemOf('a.csv', 'b.csv')).toContain('name one file');
    expect(problemOf(join(folder, 'nowhere.csv'))).toMatch(/cannot read .*nowhere\.csv: there is no such file/);
    expect(problemOf('a.csv', '--jsn')).toContain('Usage: npm run score');
  });

  test('missing columns, by name', () => {
    const problem = problemOf(table('source,kind,provider\na,exact,aws\n'));
    expect(problem).toContain('has no column `services`, `service_model`, `framework`, `requirements`, `accept`');
    expect(problem).toContain(HEADER);
    expect(problemOf(table(''))).toContain('has no column `source`');
  });

  test('values that cannot be meant, with their lines', () => {
    const problem = problemOf(table(`${HEADER}\na,exact,aws,ec2,,pci-dss,1.2.1,vendor\n\n,some,aws,ec2,,,,customer,more\n`));
    expect(problem).toContain('line 2: `accept` has `vendor`; it takes provider, customer, shared');
    expect(problem).toContain('line 4: 9 values under 8 columns');
    expect(problem).toContain('line 4: `kind` is `some`');
    expect(problem).toContain('and 1 more');
  });

  test('no rows, and a quote left open', () => {
    expect(problemOf(table(`${HEADER}\n`))).toContain('has no rows');
    expect(problemOf(table(`${HEADER}\n"a,exact\n`))).toContain('opened in the record on line 2');
  });

  test('quotes, a byte order mark and Windows line ends are fine', () => {
    const [question] = readQuestions(
      `\uFEFF${HEADER}\r\n"a ""b"", c",exact,aws, EC2 ;S3;EC2,,pci-dss,1.2.1,customer;shared\r\n`,
      'table.csv',
    );
    expect(question).toMatchObject({ source: 'a "b", c', services: ['EC2', 'S3'], accept: ['customer', 'shared'], line: 2 });
  });

  test('a good table gives figures as text and as data', () => {
    const path = table(`${HEADER}\na,exact,aws,ec2,,pci-dss,9.2.1,customer\n`);
    expect(score([path, '--explain'])).toMatch(
      /hidden duties +1\n {4}aws ec2 × pci-dss 9\.2\.1[\s\S]*published customer, ours provider/,
    );
    expect(JSON.parse(score([path, '--json'])).sources).toEqual([
      expect.objectContaining({
        source: 'a',
        kind: 'exact',
        rows: 1,
        answered: 1,
        agreement: 0,
        hiddenDuties: ['aws ec2 × pci-dss 9.2.1'],
      }),
    ]);
  });
});

test('fresh figures replace the old between their markers, and nothing else', () => {
  const [begin, end] = ['<!-- figures: written by `npm run score -- FILE --write-docs` -->', '<!-- end of figures -->'];
  const scores = tally([answer('a', 'exact', ['customer'], 'customer')]);
  const page = withFigures(`before\n${begin}\nold\n${end}\nafter\n`, scores, 'abc');
  expect(page).toMatch(/^before\n[\s\S]*\| a \| exact \| 1 \| 100\.0 % \|[\s\S]*Catalogue abc\.[\s\S]*\nafter\n$/);
  expect(page).not.toContain('old');
  expect(withFigures(page, scores, 'abc')).toBe(page);
  expect(() => withFigures('no place', scores, 'abc')).toThrow('no place for the figures');
});
