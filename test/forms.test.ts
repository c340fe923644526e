import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openBook } from '../src/book/open.ts';
import { formatProblem, Problems } from '../src/problem.ts';
import { propose } from '../src/questionnaire/detect.ts';
import { mappingYaml } from '../src/questionnaire/mapping-yaml.ts';
import type { Form } from '../src/questionnaire/questionnaire.ts';
import { questionsOf } from '../src/questionnaire/questions.ts';
import { recognize } from '../src/questionnaire/recognize.ts';
import { resolveForm } from '../src/questionnaire/resolve.ts';
import { readForm } from '../src/read/form-file.ts';
import { bookOf, type SheetText } from './questionnaires/build.ts';
import type { Labels } from './questionnaires/judge.ts';
import { layouts } from './questionnaires/layouts.ts';
import { ROOT, SHARED } from './support.ts';

const FILES = readdirSync(join(ROOT, 'questionnaires')).filter((name) => name.endsWith('.yaml'));
const FORMS: Form[] = FILES.map((name) => readForm(readFileSync(join(ROOT, 'questionnaires', name), 'utf8'), name));
const LABELS = JSON.parse(readFileSync(join(ROOT, 'test', 'questionnaires', 'labels.json'), 'utf8')) as Labels;

test.each(FORMS.map((form, i) => [FILES[i] as string, form] as const))(
  '%s is named after its form and can be recognized',
  (file, form) => {
    expect(`${form.id}.yaml`).toBe(file);
    expect(form.signs.length).toBeGreaterThan(0);
    for (const { titles } of form.signs) expect(titles.length).toBeGreaterThanOrEqual(2);
  },
);

const KNOWN: Record<string, string | undefined> = {
  'azure-review.xlsm': 'azure-review',
  'caiq301-2017.xlsx': 'caiq-3',
  'caiq403-whitepact-filled.xlsx': 'caiq-4',
  'ccm405.xlsx': 'ccm-4',
  'fedramp-cis-crm-r5.xlsx': 'fedramp-cis-crm-5',
  'hecvat414.xlsx': 'hecvat-4',
  'hipaa-sra33.xlsx': 'hipaa-sra-3',
  'lab3-questionnaire.xlsx': undefined,
  'pci-pa321.xlsx': 'pci-prioritized-approach-3',
};

describe.skipIf(!existsSync(join(SHARED, 'questionnaires')))('known forms, by their real workbooks', () => {
  test.each(Object.entries(KNOWN))('%s is recognized as %s, with every question of the labels and no other', (file, id) => {
    const book = openBook(readFileSync(join(SHARED, 'questionnaires', file)), file);
    const proposal = recognize(book, FORMS, file);
    expect(proposal?.known).toBe(id);
    if (!proposal) return;
    const { questions } = questionsOf(book, proposal.mapping, file);
    for (const [sheet, label] of Object.entries(LABELS[file] ?? {})) {
      const here = questions.filter((question) => question.sheet === sheet);
      expect(here.length, sheet).toBe(label.count ?? 0);
      if (here.length === 0) continue;
      const columns = proposal.mapping.sheets.find((part) => part.sheet === sheet)?.columns;
      expect([here[0]?.row, here.at(-1)?.row], sheet).toEqual([label.first, label.last]);
      expect(columns?.question, sheet).toBe(label.question);
      // What a FedRAMP agency can inherit is an ownership, not an answer.
      expect(columns?.answer ?? (columns?.ownership ? [columns.ownership] : []), sheet).toEqual(label.answer);
      expect(new Set(here.map((question) => question.id)).size, `${sheet}: ids`).toBe(here.length);
    }
  });

  test('a form that lacks some of its sheets is filled as far as it goes', () => {
    const file = 'hecvat414.xlsx';
    const book = openBook(readFileSync(join(SHARED, 'questionnaires', file)), file);
    book.sheets = book.sheets.filter(({ name }) => name !== 'AI' && name !== 'Privacy');
    const proposal = recognize(book, FORMS, file);
    expect(proposal?.known).toBe('hecvat-4');
    expect(proposal?.reasons.join()).toMatch(/there is no sheet “AI”/);
    expect(proposal && questionsOf(book, proposal.mapping, file).questions).toHaveLength(331 - 31 - 65);
  });

  test('a form whose sheet was renamed and shifted is still recognized', () => {
    const file = 'caiq403-whitepact-filled.xlsx';
    const book = openBook(readFileSync(join(SHARED, 'questionnaires', file)), file);
    for (const sheet of book.sheets) {
      sheet.name = `Our copy ${sheet.index}`;
      for (const row of sheet.rows) {
        row.row += 3;
        for (const cell of row.cells) {
          cell.row += 3;
          cell.column += 2;
        }
      }
      sheet.merges = [];
    }
    const proposal = recognize(book, FORMS, file);
    expect(proposal?.known).toBe('caiq-4');
    expect(proposal?.mapping.sheets[0]?.columns).toMatchObject({ id: 'C', question: 'D', answer: ['E'] });
    expect(proposal && questionsOf(book, proposal.mapping, file).questions).toHaveLength(261);
  });
});

describe('known forms, as they are described', () => {
  const hecvat: SheetText = {
    name: 'HECVAT - Full',
    rows: [
      ['Higher Education Community Vendor Assessment Toolkit'],
      ['Documentation', null, 'Vendor Answers', 'Additional Information', 'Guidance', 'Analyst Notes'],
      ['DOCU-01', '=Have you undergone an audit?'],
      ['IT Accessibility', null, 'Vendor Answers', 'Additional Information', 'Guidance', 'Analyst Notes'],
      ['ITAC-01', '=Has a report been made?'],
    ],
    lists: { 'C3:C5': ['Yes', 'No'] },
  };
  const pci: SheetText = {
    name: 'Prioritized Approach Milestones',
    rows: [
      ['PCI DSS Requirements v4.0.1', 'Milestone', 'Status\nPlease enter "yes"', 'If status is "N/A"', 'If status is "No"'],
      [null, null, null, null, 'Stage of Implementation', 'Estimated Date', 'Comments'],
      ['Requirement 1: Install and maintain network security controls'],
      ['1.1 Processes are defined'],
      ['1.1.1 Policies are documented', '6'],
      ['11.2 Wireless access points', ''],
      ['A1.1.1 Separation', '3'],
    ],
    merges: ['A1:A2', 'B1:B2', 'C1:C2', 'D1:D2', 'E1:G1'],
  };
  test.each<[string, SheetText, string, (string | undefined)[]]>([
    ['HECVAT 3', hecvat, 'hecvat-3', ['DOCU-01', 'ITAC-01']],
    ['the Prioritized Approach Tool for PCI DSS 4', pci, 'pci-prioritized-approach-4', ['1.1.1', 'A1.1.1']],
  ])('%s', (_, sheet, id, ids) => {
    const book = bookOf(sheet);
    const proposal = recognize(book, FORMS, 'form.xlsx');
    expect(proposal?.known).toBe(id);
    expect(proposal?.reasons.join()).toMatch(/never tried/);
    expect(proposal && questionsOf(book, proposal.mapping, 'form.xlsx').questions.map((question) => question.id)).toEqual(ids);
  });
});

test('a known form that lacks a column which only some questions need is known all the same', () => {
  const rows = [
    ['PCI DSS Requirements v4.0.1', 'Milestone', 'Status', 'If status is "N/A", please explain', 'Comments'],
    ['1.1.1 Policies are documented', '6'],
  ];
  const columns = (titles: (string | null)[]) =>
    recognize(bookOf({ name: 'Prioritized Approach Milestones', rows: [titles, rows[1] ?? []] }), FORMS, 'form.xlsx')?.mapping
      .sheets[0]?.columns;
  expect(columns(rows[0] ?? [])).toMatchObject({ answer: ['C'], reason: 'D', comment: 'E' });
  const without = columns((rows[0] ?? []).map((title, i) => (i === 3 ? null : title)));
  expect(without).toMatchObject({ answer: ['C'], comment: 'E' });
  expect(without).not.toHaveProperty('reason');
});

test('forms of customers are not taken for known ones', () => {
  const made = JSON.parse(readFileSync(join(ROOT, 'test', 'questionnaires', 'forms.json'), 'utf8')) as {
    name: string;
    sheets: SheetText[];
  }[];
  for (const { name, sheets } of made) expect(recognize(bookOf(...sheets), FORMS, name)?.known, name).toBeUndefined();
});

describe('a mapping laid over a workbook', () => {
  const book = bookOf({
    name: 'Supplier form 2025',
    at: 'B2',
    rows: [
      ['No.', 'What we ask', 'Your reply', null, 'Remarks'],
      [null, null, 'Yes', 'No', null],
      ['1', 'Do you?'],
    ],
    merges: ['B2:B3', 'C2:C3', 'D2:E2', 'F2:F3'],
  });
  const lay = (sheets: string) => resolveForm(readForm(`form: {id: x, title: X}\nsheets:\n${sheets}`, 'm.yaml'), book, 'f.xlsx');

  test('columns by title, by letter, and under a title that several share', () => {
    const { mapping, problems } = lay(
      '  - sheet: "supplier form *"\n    columns: {id: "No.", question: what we*, comment: F}\n    kind: mark\n    marks: {"yes": "Yes*", "no": "No*"}\n',
    );
    expect(problems).toEqual([]);
    expect(mapping.sheets).toEqual([
      {
        sheet: 'Supplier form 2025',
        header: 3,
        from: 4,
        columns: { id: 'B', question: 'C', comment: 'F', answer: ['D', 'E'] },
        kind: 'mark',
        marks: [
          { column: 'D', means: 'yes' },
          { column: 'E', means: 'no' },
        ],
      },
    ]);
  });
  test.each<[string, string, string, RegExp]>([
    ['a sheet', '  - {sheet: Other, columns: {question: A}, kind: text}\n', 'no-such-sheet', /“Supplier form 2025”/],
    [
      'a title',
      '  - {sheet: "*", columns: {question: Asked, answer: "Your reply"}, kind: text}\n',
      'no-such-title',
      /the titles “Asked” stand over no column/,
    ],
  ])('%s that is not there', (_, sheets, code, message) => {
    const { problems } = lay(sheets);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(formatProblem(problems[0] as (typeof problems)[number])).toMatch(message);
  });
});

describe('problems in a mapping', () => {
  const sheet = (lines: string): string => `form: {id: x, title: X}\nsheets:\n  - sheet: S\n${lines}`;
  test.each<[string, string, RegExp]>([
    ['an empty file', '', /should be a map of keys and values, but here is nothing/],
    ['no YAML', 'form: [', /m\.yaml:1:/],
    [
      'a misspelled key',
      sheet('    colums: {question: A}\n    kind: text\n'),
      /m\.yaml:4:5: unknown key `colums` .*\n.*\n.*\n {2}Did you mean `columns`\?/,
    ],
    [
      'a kind that is none',
      sheet('    columns: {question: A}\n    kind: texts\n'),
      /m\.yaml:5:11: `texts` is not a value of `kind`/,
    ],
    ['no question', sheet('    columns: {answer: A}\n    kind: text\n'), /m\.yaml:4:14: the key `question` is missing here/],
    ['a role that is none', sheet('    columns: {question: A, remark: B}\n    kind: text\n'), /unknown key `remark`/],
    [
      'a row that is none',
      sheet('    from: 0\n    columns: {question: A}\n    kind: text\n'),
      /m\.yaml:4:11: `from`: rows count from 1/,
    ],
    [
      'a pattern that is none',
      sheet('    columns: {question: A}\n    kind: text\n    skip: "("\n'),
      /m\.yaml:6:11: `skip`: this is no pattern/,
    ],
    [
      'marks without columns',
      sheet('    columns: {question: A, answer: B}\n    kind: mark\n'),
      /m\.yaml:5:11: one of several columns is to be marked/,
    ],
    [
      'options without their texts',
      sheet('    columns: {question: A, answer: B}\n    kind: options-below\n'),
      /m\.yaml:4:14: options below a question need two columns/,
    ],
    [
      'two answers of which none is marked',
      sheet('    columns: {question: A, answer: [B, C]}\n    kind: choice\n'),
      /m\.yaml:4:36: an answer of the kind `choice` stands in one column/,
    ],
    [
      'a word that is none',
      sheet('    columns: {question: A}\n    kind: text\n    answers: {maybe: Perhaps}\n'),
      /unknown key `maybe`/,
    ],
    ['no sheet', 'form: {id: x, title: X}\nsheets: []\n', /`sheets`: name at least one sheet/],
  ])('%s', (_, written, message) => {
    let told = '';
    try {
      readForm(written, 'm.yaml');
    } catch (error) {
      if (!(error instanceof Problems)) throw error;
      told = error.problems.map(formatProblem).join('\n');
    }
    expect(told).toMatch(message);
  });
});

describe('a proposal written as a file', () => {
  test('says the same when it is read again', () => {
    fc.assert(
      fc.property(layouts, ({ book }) => {
        const proposal = propose(book, 'drawn');
        const { mapping, problems } = resolveForm(readForm(mappingYaml(proposal, new Map()), 'm.yaml'), book, 'drawn');
        expect(problems).toEqual([]);
        expect(mapping).toEqual(proposal.mapping);
      }),
      { numRuns: 100 },
    );
  });
  test('whatever the workbook says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (text) => {
        const rows = [
          ['Question', `Answer ${text}`],
          [`Do you encrypt ${text}?`],
          [`Are you ${text}?`],
          [text],
          [`Is it ${text}?`],
        ];
        const proposal = propose(bookOf({ name: `S${text}`, rows }), `form ${text}`);
        const first = `x${text}`;
        const yaml = mappingYaml(proposal, new Map([[`S${text}`, { count: 1, first }]]));
        const again = readForm(
          yaml.replace(/^sheets: \[\]$/m, 'sheets: [{sheet: S, columns: {question: A}, kind: text}]'),
          'm.yaml',
        );
        if (proposal.mapping.sheets.length > 0)
          expect(again.sheets[0]?.columns.question).toBe(proposal.mapping.sheets[0]?.columns.question);
      }),
      { numRuns: 300 },
    );
  });
});
