import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { RULES } from '../src/map/findings/index.ts';
import type { Finding, Matrix } from '../src/model/matrix.ts';
import { writeJunit } from '../src/write/junit.ts';
import { writeSarif } from '../src/write/sarif.ts';
import { map, ROOT, systemOf, use } from './support.ts';

const json = (path: string): object => JSON.parse(readFileSync(join(ROOT, 'node_modules', path), 'utf8'));
const ajv = new Ajv({ schemaId: 'auto', allErrors: true });
ajv.addMetaSchema(json('ajv/lib/refs/json-schema-draft-04.json'));
const valid = ajv.compile(json('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));

const finding = (more: Partial<Finding> = {}): Finding => ({
  id: 'assurance-missing:gdpr/aws',
  rule: 'assurance-missing',
  severity: 'high',
  title: 'No agreement from AWS',
  detail: 'In the scope of GDPR without it: records.',
  remedy: 'Sign it.',
  requirements: ['gdpr:28(3)'],
  place: { file: 'my services.yaml', line: 12, column: 5 },
  ...more,
});
const matrixWith = (findings: Finding[]): Matrix => ({
  ...map(systemOf([use({ id: 'a', service: 'aws/rds' })])),
  findings,
  files: [{ role: 'description', path: 'system.yaml', sha256: '' }],
});
const source = (findings: Finding[], folder = 'infra/demarc') => ({ matrix: matrixWith(findings), rules: RULES, folder });
const suppressed = { reason: 'Being replaced.', approvedBy: 'Ann', until: '2026-12-31' };

describe('SARIF', () => {
  const read = (text: string) => {
    const log = JSON.parse(text);
    expect(valid(log), JSON.stringify(valid.errors?.slice(0, 3))).toBe(true);
    return log.runs[0];
  };
  test('of a real system is valid and has every rule and finding', () => {
    const matrix = map(systemOf([use({ id: 'a', service: 'aws/rds' }), use({ id: 'b', model: 'unknown', provider: 'Acme' })]));
    const run = read(writeSarif({ matrix, rules: RULES, folder: '.' }));
    expect(matrix.findings.length).toBeGreaterThan(20);
    expect(run.results.map((result: { partialFingerprints: object }) => Object.values(result.partialFingerprints)[0])).toEqual(
      matrix.findings.map(({ id }) => id),
    );
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(RULES.map(({ id }) => id));
    for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
  });
  test('stands at the line of the description, as it lies from where the program ran', () => {
    const [result] = read(writeSarif(source([finding()]))).results;
    expect(result).toMatchObject({
      ruleId: 'assurance-missing',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'infra/demarc/my%20services.yaml' },
            region: { startLine: 12, startColumn: 5 },
          },
        },
      ],
    });
  });
  test.each([
    ['/srv/demarc', 'file:///srv/demarc/system.yaml'],
    ['.', 'system.yaml'],
    ['..', '../system.yaml'],
  ])('a finding about no line stands at the first line of the description in %s', (folder, uri) => {
    const { place: _, ...placeless } = finding();
    const [result] = read(writeSarif(source([placeless], folder))).results;
    expect(result.locations[0].physicalLocation).toEqual({ artifactLocation: { uri }, region: { startLine: 1 } });
  });
  test.each([
    ['high', 'error'],
    ['medium', 'warning'],
    ['low', 'note'],
  ] as const)('%s is an %s', (severity, level) => {
    expect(read(writeSarif(source([finding({ severity })]))).results[0].level).toBe(level);
  });
  test('says who lives with a suppressed finding, and why', () => {
    expect(read(writeSarif(source([finding({ suppressed })]))).results[0].suppressions).toEqual([
      { kind: 'external', justification: 'Suppressed until 2026-12-31 by Ann: Being replaced.' },
    ]);
  });
  test('text of the user becomes no link, and a rule that is not known no position', () => {
    const [result] = read(writeSarif(source([finding({ rule: 'gone', title: 'See [here](http://example.org)' })]))).results;
    expect(result.message.text).toMatch(/^See \\\[here\\\]\(http/);
    expect(result).not.toHaveProperty('ruleIndex');
  });
});

describe('JUnit', () => {
  /** The tests of a report as [class, name, outcome], read by an independent parser. */
  const read = (text: string) => {
    const tests: [string, string, string][] = [];
    const totals: Record<string, string>[] = [];
    const parser = new SaxesParser();
    parser.on('opentag', ({ name, attributes }) => {
      const value = attributes as Record<string, string>;
      if (name === 'testsuites' || name === 'testsuite') totals.push(value);
      if (name === 'testcase') tests.push([value.classname ?? '', value.name ?? '', 'passed']);
      const last = tests.at(-1);
      if (last && (name === 'failure' || name === 'skipped')) last[2] = `${name}: ${value.message}`;
    });
    parser.on('error', (error) => {
      throw error;
    });
    parser.write(text).close();
    return { tests, totals };
  };
  test('has a test for each finding, and one that passed for each rule without', () => {
    const low = finding({ id: 'condition-unstated:wireless', rule: 'condition-unstated', severity: 'low' });
    const silent = finding({ id: 'assurance-missing:hipaa/aws', suppressed });
    const counts = ({ severity, suppressed }: Finding): boolean => severity !== 'low' && !suppressed;
    const { tests, totals } = read(writeJunit(source([finding(), silent, low]), counts));
    expect(tests.filter(([, , outcome]) => outcome !== 'passed')).toEqual([
      ['demarc.assurance-missing', 'assurance-missing:gdpr/aws', 'failure: No agreement from AWS'],
      ['demarc.assurance-missing', 'assurance-missing:hipaa/aws', 'skipped: Suppressed until 2026-12-31 by Ann: Being replaced.'],
      ['demarc.condition-unstated', 'condition-unstated:wireless', 'skipped: No agreement from AWS (low)'],
    ]);
    expect(tests).toHaveLength(RULES.length + 1);
    expect(totals[0]).toMatchObject({ tests: String(tests.length), failures: '1', skipped: '2' });
    expect(totals.slice(1).reduce((sum, suite) => sum + Number(suite.tests), 0)).toBe(tests.length);
  });
  test('hostile text stays text', () => {
    const hostile = 'a"b<c>&d]]>\u0000\u001b[31m\ud800\nnext';
    const { tests } = read(
      writeJunit(source([finding({ title: hostile, detail: hostile, id: `assurance-missing:${hostile}` })]), () => true),
    );
    const shown = 'a"b<c>&d]]>\ufffd\ufffd[31m\ufffd\nnext';
    expect(tests.find(([, , outcome]) => outcome !== 'passed')).toEqual([
      'demarc.assurance-missing',
      `assurance-missing:${shown}`,
      `failure: ${shown}`,
    ]);
  });
});
