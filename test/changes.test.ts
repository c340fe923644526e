import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changesText } from '../src/cli/changes-text.ts';
import type { Block } from '../src/document.ts';
import { compareMatrices } from '../src/map/compare/compare.ts';
import { mapSystem } from '../src/map/matrix.ts';
import type { Matrix } from '../src/model/matrix.ts';
import { readSystem } from '../src/read/system.ts';
import { annexesOf, attestation } from '../src/report/attestation.ts';
import { becauseText } from '../src/report/causes.ts';
import { changeSections } from '../src/report/changes.ts';
import { changesMarkdown, markdownText } from '../src/report/changes-markdown.ts';
import { readTemplate } from '../src/report/template-compiler.ts';
import { responsibilityWorkbook, type WorkbookOptions } from '../src/report/workbook.ts';
import { sentenceCase } from '../src/sentence.ts';
import { catalogue, ROOT } from './support.ts';

// A quarter in the life of the clinic: a database moves to a virtual machine, a service comes and one goes, a statement is made good, and
// a condition no longer holds. After a wanted change: npx vitest run test/changes.test.ts -u, and read the difference.
const QUARTER = `remove: {services: [file-room]}
services:
  - {id: records, service: aws/ec2, title: Patient records (PostgreSQL on Amazon EC2)}
  - {id: search, service: aws/opensearch, purpose: Search in records., data: [health, personal], regions: [us-west-2], owner: Platform team}
conditions: {wireless: false}
statements:
  - {control: penetration-testing, status: implemented, owner: Head of IT, evidence: [Report of June]}
`;
const SAMPLE = join(ROOT, 'samples/clinic');

function matrixOf(asOf: string, change?: string): Matrix {
  const read = (path: string): string => (path === 'quarter.yaml' ? QUARTER : readFileSync(join(SAMPLE, path), 'utf8'));
  const system = readSystem('system.yaml', read, catalogue(), change);
  return { ...mapSystem(system, catalogue(), { asOf, toolVersion: '0.0.0' }), catalogue: { version: '…' } };
}
const before = matrixOf('2026-06-30');
const after = matrixOf('2026-09-30', 'quarter.yaml');
const comparison = compareMatrices(before, after);

test('text', async () => {
  await expect(changesText(comparison, { width: 120 })).toMatchFileSnapshot('golden/clinic.changes.txt');
});
test('Markdown', async () => {
  await expect(changesMarkdown(comparison)).toMatchFileSnapshot('golden/clinic.changes.md');
});

test('everything that differs is told once, whoever tells it', () => {
  const told = changeSections(comparison).flatMap(({ id, groups }) =>
    groups.flatMap(({ entries }) => entries.flatMap(({ members }) => members.map(() => id))),
  );
  const count = (...ids: string[]): number => told.filter((id) => ids.includes(id)).length;
  expect(count('duties')).toBe(comparison.duties.length);
  expect(count('requirements')).toBe(comparison.requirements.length);
  expect(count('parts', 'wording')).toBe(comparison.parts.length);
  expect(count('findings')).toBe(comparison.findings.length);
  expect(count('statements', 'evidence', 'assurances', 'transfers')).toBe(
    comparison.statements.length + comparison.evidence.length + comparison.assurances.length + comparison.transfers.length,
  );
  const sheet = responsibilityWorkbook(after, { comparison }).sheets.find(({ name }) => name === 'Changes');
  expect(sheet?.rows).toHaveLength(told.length + comparison.causes.length);
  for (const row of sheet?.rows.slice(comparison.causes.length) ?? []) expect(Array.isArray(row) && row.at(-1)).toMatch(/./);
});

test('each row of a framework says what happened to it since the last pack, and why', () => {
  const title = 'Change since last pack';
  const cellsOf = (options: WorkbookOptions): Map<string, unknown> =>
    new Map(
      responsibilityWorkbook(after, options).sheets.flatMap(({ columns, rows }) => {
        const [key, change] = ['Key', title].map((name) => columns.findIndex((column) => column.title === name));
        if (key === undefined || change === undefined || change < 0) return [];
        return rows.flatMap((row): [string, unknown][] => (Array.isArray(row) ? [[String(row[key]), row[change]]] : []));
      }),
    );
  const told = cellsOf({ comparison });
  const changed = new Map(
    changeSections(comparison)
      .filter(({ id }) => id === 'requirements')
      .flatMap(({ groups }) =>
        groups.flatMap(({ because, entries }) =>
          entries.flatMap(({ what, members }) =>
            members.map(({ name }): [string, string] => [
              `${what.slice(0, what.indexOf(':'))} ${name}`,
              `${sentenceCase(what.slice(what.indexOf(':') + 2))}\nBecause ${becauseText(because)}`,
            ]),
          ),
        ),
      ),
  );
  expect(changed.size).toBe(comparison.requirements.length);
  for (const { title, requirements } of after.frameworks)
    for (const { row } of requirements) expect(told.get(row.key), row.key).toBe(changed.get(`${title} ${row.id}`) ?? '');
  expect(told.get('pci-dss:1.3.3')).toBe(
    'Not applicable as before, for another reason\nBecause condition wireless: holds for hipaa, gdpr, soc2 → does not hold',
  );
  expect(cellsOf({})).toEqual(new Map());
  expect([...cellsOf({ comparison: compareMatrices(after, after) }).values()].filter(Boolean)).toEqual([]);
});

describe('the report', () => {
  /** All words of some blocks. */
  const words = (blocks: Block[] | undefined): string => {
    const found: string[] = [];
    JSON.stringify(blocks, (key, value) => {
      if (typeof value === 'string' && ['text', 'title', 'caption'].includes(key)) found.push(value);
      return value;
    });
    return found.join('');
  };
  const template = readTemplate('attestation.md.hbs', readFileSync(join(ROOT, 'templates/attestation.md.hbs'), 'utf8'));
  const annexTemplate = readTemplate('annexes.md.hbs', readFileSync(join(ROOT, 'templates/annexes.md.hbs'), 'utf8'));
  const options = { template, annexTemplate, annexes: annexesOf(after), matrixJson: '{}', paper: 'a4' as const };
  test('has a section of changes and a line on the summary where there is an earlier pack', () => {
    const sections = attestation(after, { ...options, comparison }).sections;
    const section = sections.find(({ id }) => id === 'changes');
    expect(section?.title).toBe('Changes since the last pack');
    const text = words(section?.blocks);
    for (const { says } of comparison.causes) expect(text).toContain(says);
    expect(words(sections.find(({ id }) => id === 'summary')?.blocks)).toContain('Since the pack as of June 30, 2026:');
  });
  test('has neither where there is none', () => {
    const sections = attestation(after, options).sections;
    expect(sections.map(({ id }) => id)).not.toContain('changes');
    expect(words(sections.find(({ id }) => id === 'summary')?.blocks)).not.toContain('Since the pack');
    expect(responsibilityWorkbook(after).sheets.map(({ name }) => name)).not.toContain('Changes');
  });
  test('says so where nothing differs', () => {
    const [section] = attestation(after, { ...options, comparison: compareMatrices(after, after) }).sections.filter(
      ({ id }) => id === 'changes',
    );
    expect(words(section?.blocks)).toContain('Nothing differs.');
  });
});

test.each([
  ['# heading', '\\# heading'],
  ['*bold* _it_ `code` ~~gone~~', '\\*bold\\* \\_it\\_ \\`code\\` \\~\\~gone\\~\\~'],
  ['[a](http://x) <b> & a|b', '\\[a\\](http://x) \\<b\\> \\& a\\|b'],
  ['two\nlines \\', 'two lines \\\\'],
])('%s is text in Markdown', (text, escaped) => {
  expect(markdownText(text)).toBe(escaped);
});

describe('many changes', () => {
  /** As long as no reader wants it: a statement on every control, each with a change of its own. */
  const many = (status: 'implemented' | 'planned'): Matrix => ({
    ...after,
    statements: after.controls.map(({ id }, i) => ({
      control: id,
      services: [],
      status: i % 2 === 0 ? status : 'partial',
      owner: i % 3 === 0 && status === 'planned' ? `Owner ${i}` : 'Ann',
      evidence: [],
    })),
    findings: status === 'planned' ? after.findings : [],
  });
  const large = compareMatrices(many('implemented'), many('planned'));
  const lines = (text: string): number => text.split('\n').length;

  test('are told by what happened, and each of them by name where everything is asked for', () => {
    const short = changesText(large, { width: 100 });
    const whole = changesText(large, { width: 100, verbose: true });
    expect(large.statements.length).toBeGreaterThan(100);
    expect(short).toMatch(/statement on [^;]* and \d+ more: implemented → planned/);
    expect(lines(short)).toBeLessThan(150);
    for (const { key } of large.statements) expect(whole).toContain(key);
  });

  test('fit into a comment, and what does not is said', () => {
    const narrative = 'word '.repeat(40);
    const told = {
      ...large,
      findings: large.findings.map((finding) => ({
        ...finding,
        to: finding.to && { ...finding.to, detail: narrative.repeat(8) },
      })),
    };
    const verbose = changesMarkdown(told, { verbose: true });
    expect(verbose.length).toBeGreaterThan(65_536);
    expect(changesMarkdown(told, { whatIf: true }).length).toBeLessThan(65_536);
    const titles = { ...told, names: { ...told.names, frameworks: { ...told.names.frameworks, hipaa: 'H'.repeat(70_000) } } };
    const requirement = { key: 'hipaa:1', framework: 'hipaa', title: '', aspects: ['text' as const], causes: [] };
    const cut = changesMarkdown({ ...titles, requirements: [requirement] });
    expect(cut.length).toBeLessThan(65_536);
    expect(cut).toMatch(/\*\d+ lines more do not fit into a comment\.\*\n$/);
  });
});
