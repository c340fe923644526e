import { describe, expect, test } from 'vitest';
import { likelyScheme } from '../src/questionnaire/likely-scheme.ts';
import type { Question, SheetMapping } from '../src/questionnaire/questionnaire.ts';
import { questionsOf } from '../src/questionnaire/questions.ts';
import { asksSeveral } from '../src/questionnaire/several.ts';
import { titleRole } from '../src/questionnaire/titles.ts';
import { bookOf, type SheetText } from './questionnaires/build.ts';

type Given = Partial<SheetMapping> & Pick<SheetMapping, 'columns'>;

/** The questions of one sheet under a mapping. */
function found(sheet: SheetText, mapping: Given): ReturnType<typeof questionsOf> {
  const part: SheetMapping = { sheet: sheet.name ?? 'Sheet1', from: 1, kind: 'choice', ...mapping };
  return questionsOf(bookOf(sheet), { id: 'x', title: 'X', sheets: [part] }, 'form.xlsx');
}

const TITLES = ['ID', 'Question', 'Answer', 'Comment'];
const COLUMNS = { id: 'A', question: 'B', answer: ['C'], comment: 'D' };

describe('rows that are questions, and rows that are not', () => {
  test.each<[string, SheetText, Given, number[]]>([
    ['one header', { rows: [TITLES, ['1', 'Do you?'], ['2', 'Are you?']] }, { columns: COLUMNS, header: 1, from: 2 }, [2, 3]],
    [
      'a header repeated for each section, with the section in the column of ids',
      {
        rows: [
          ['Access', null, 'Answer'],
          ['A-1', 'Do you?'],
          ['Backup', null, 'Answer'],
          ['B-1', 'Are you?'],
        ],
      },
      { columns: COLUMNS, header: 1, from: 2 },
      [2, 4],
    ],
    [
      'rows without an id are headings',
      { rows: [TITLES, [null, 'Access'], ['1', 'Do you?'], [null, 'Note: read this']] },
      { columns: COLUMNS, header: 1, from: 2 },
      [3],
    ],
    [
      'unless the mapping says that ids are optional',
      { rows: [TITLES, [null, 'Do you?'], ['1', 'Are you?']] },
      { columns: COLUMNS, header: 1, from: 2, idOptional: true },
      [2, 3],
    ],
    [
      'an id must match its pattern',
      { rows: [TITLES, ['End of form', 'Thank you'], ['A-1', 'Do you?']] },
      { columns: COLUMNS, from: 2, idPattern: '^([A-Z]-\\d)$' },
      [3],
    ],
    [
      'ids inside the text',
      { rows: [['Part 1: Access'], ['1.1 Do you?'], ['Note: 1.2 is gone'], ['1.3 Are you?']] },
      { columns: { question: 'A', answer: ['B'] }, idPattern: '^(\\d+\\.\\d+)\\s' },
      [2, 4],
    ],
    [
      'a row merged over question and answer is a heading',
      { rows: [TITLES, ['1', 'Access control'], ['1.1', 'Do you?']], merges: ['B2:D2'] },
      { columns: COLUMNS, from: 2 },
      [3],
    ],
    [
      'answers that a formula shows are given elsewhere',
      { rows: [TITLES, ['1', 'Do you?', '=Yes'], ['2', 'Are you?', '']] },
      { columns: COLUMNS, from: 2 },
      [3],
    ],
    [
      'a column that must be filled',
      {
        rows: [
          ['1.1 Establish rules that cover:', ''],
          ['1.1.1 Do you?', '6'],
          ['1.1.2 Are you?', '2'],
        ],
      },
      { columns: { question: 'A', answer: ['C'] }, needs: 'B' },
      [2, 3],
    ],
    [
      'texts to skip',
      {
        rows: [
          ['1', 'Do you?'],
          ['2', 'Instructions for reviewers'],
          ['3', 'Are you?'],
        ],
      },
      { columns: COLUMNS, skip: '^Instructions' },
      [1, 3],
    ],
    [
      'the questions end above a text',
      {
        rows: [
          ['1', 'Do you?'],
          ['Threats', 'Likelihood'],
          ['1', 'Fire'],
        ],
      },
      { columns: COLUMNS, until: '^Threats' },
      [1],
    ],
    [
      'a first and a last row',
      {
        rows: [
          ['1', 'a?'],
          ['2', 'b?'],
          ['3', 'c?'],
          ['4', 'd?'],
        ],
      },
      { columns: COLUMNS, from: 2, to: 3 },
      [2, 3],
    ],
    [
      'ids alone',
      { rows: [['Control'], ['AC-1'], ['AC-2(1)']] },
      { columns: { id: 'A', question: 'A', answer: ['B'] }, header: 1, from: 2 },
      [2, 3],
    ],
    [
      'one id over several rows',
      {
        rows: [
          ['A-1', 'Do you?'],
          [null, 'How?'],
          ['A-2', 'Are you?'],
        ],
        merges: ['A1:A2'],
      },
      { columns: COLUMNS },
      [1, 2, 3],
    ],
  ])('%s', (_, sheet, mapping, rows) => {
    expect(found(sheet, mapping).questions.map(({ row }) => row)).toEqual(rows);
  });

  test('the cached value of a formula is the text', () => {
    expect(found({ rows: [['1', '=Do you encrypt?']] }, { columns: COLUMNS }).questions[0]?.text).toBe('Do you encrypt?');
  });
  test('ids come from their column, from a merge, or out of the text', () => {
    const ids = (sheet: SheetText, mapping: Given) => found(sheet, mapping).questions.map(({ id }) => id);
    expect(
      ids(
        {
          rows: [
            ['A-1', 'a?'],
            [null, 'b?'],
          ],
          merges: ['A1:A2'],
        },
        { columns: COLUMNS },
      ),
    ).toEqual(['A-1', 'A-1']);
    expect(ids({ rows: [['AC-2 (1) Account', 'a?']] }, { columns: COLUMNS, idPattern: '^([A-Z]+-\\d+ ?\\(\\d\\))' })).toEqual([
      'AC-2 (1)',
    ]);
    expect(ids({ rows: [['A1.1 Ensure']] }, { columns: { question: 'A' }, idPattern: '^(\\w+\\.\\d+)' })).toEqual(['A1.1']);
  });
});

describe('what is known of a question', () => {
  test('its cells, what they hold, and what they allow', () => {
    const { questions } = found(
      { rows: [TITLES, ['1', 'Do you?', 'Yes', 'Since 2020'], ['2', 'Are you?']], lists: { C2: ['Yes', 'No', ' '], C3: ['Ja'] } },
      { columns: COLUMNS, header: 1, from: 2 },
    );
    expect(questions[0]).toMatchObject({
      allowed: ['Yes', 'No'],
      cells: { answer: { row: 2, column: 3 }, comment: { row: 2, column: 4 } },
      current: { answer: 'Yes', comment: 'Since 2020' },
    });
    expect(questions[1]).toMatchObject({ allowed: ['Ja'], current: { id: '2', question: 'Are you?' } });
  });
  test('the headings above it, of which a new one replaces its equals', () => {
    const { questions } = found(
      {
        rows: [
          ['Requirement 1: Firewalls', ''],
          ['1.1 Establish rules', ''],
          ['1.1.1 Do you?', 'x'],
          ['1.2 Build walls', ''],
          ['1.2.1 Are you?', 'x'],
          ['Requirement 2: Passwords', ''],
          ['2.1 Is it?', 'x'],
        ],
      },
      { columns: { question: 'A', answer: ['C'] }, needs: 'B' },
    );
    expect(questions.map(({ section }) => section)).toEqual([
      'Requirement 1: Firewalls › 1.1 Establish rules',
      'Requirement 1: Firewalls › 1.2 Build walls',
      'Requirement 2: Passwords',
    ]);
  });
  test('a column of sections holds for the rows below it', () => {
    const { questions } = found(
      {
        rows: [
          ['Access', '1', 'a?'],
          [null, '2', 'b?'],
          ['Backup', '3', 'c?'],
        ],
      },
      { columns: { section: 'A', id: 'B', question: 'C' } },
    );
    expect(questions.map(({ section }) => section)).toEqual(['Access', 'Access', 'Backup']);
  });
  test('columns to mark, with what they mean', () => {
    const { questions } = found(
      { rows: [['Question', 'Yes', 'No', 'Perhaps', 'We', 'Customer'], ['Do you?']] },
      {
        columns: { question: 'A', answer: ['B', 'C', 'D'] },
        header: 1,
        from: 2,
        kind: 'mark',
        marks: [{ column: 'B', means: 'yes' }],
        ownershipMarks: [{ column: 'F', means: 'reader' }],
      },
    );
    expect(questions[0]?.options).toEqual([
      { row: 2, column: 2, text: 'Yes', means: 'yes' },
      { row: 2, column: 3, text: 'No', means: 'no' },
      { row: 2, column: 4, text: 'Perhaps' },
    ]);
    expect(questions[0]?.ownershipOptions).toEqual([{ row: 2, column: 6, text: 'Customer', means: 'reader' }]);
    expect(questions[0]?.cells.answer).toBeUndefined();
  });
  test('options in the rows below, and the row for a comment', () => {
    const { questions } = found(
      {
        rows: [
          ['1', 'Do you?'],
          [null, null, '', 'Yes.'],
          [null, null, '', 'Only at times.'],
          [null, 'Notes', '', 'we do'],
          ['2', 'Are you?'],
          [null, null, '', 'No.'],
        ],
      },
      {
        columns: { id: 'A', question: 'B', answer: ['C'], option: 'D', comment: 'D' },
        kind: 'options-below',
        commentRow: '^Notes$',
      },
    );
    expect(questions.map(({ options }) => options)).toEqual([
      [
        { row: 2, column: 3, text: 'Yes.', means: 'yes' },
        { row: 3, column: 3, text: 'Only at times.' },
      ],
      [{ row: 6, column: 3, text: 'No.', means: 'no' }],
    ]);
    expect(questions[0]).toMatchObject({ cells: { comment: { row: 4, column: 4 } }, current: { comment: 'we do' } });
  });
});

describe('a mapping that does not fit', () => {
  test.each<[string, SheetText, Given, string, RegExp]>([
    [
      'a sheet that is not there',
      { rows: [['a']] },
      { sheet: 'Sheet 1', columns: COLUMNS },
      'no-such-sheet',
      /Did you mean “Sheet1”\?/,
    ],
    ['a column beyond the last', { rows: [['a']] }, { columns: { question: 'XFE' } }, 'bad-mapping', /`XFE` is no column/],
    ['a pattern that is none', { rows: [['a']] }, { columns: COLUMNS, skip: '(' }, 'bad-mapping', /`\(` is no pattern/],
    [
      'no question at all',
      { rows: [['a', 'b']] },
      { columns: { question: 'F' } },
      'no-questions',
      /no question in column F from row 1/,
    ],
    [
      'several questions in a cell',
      { rows: [['1', 'a) Do you encrypt data?\nb) Do you test it?\nc) Who does?']] },
      { columns: COLUMNS },
      'several-questions',
      /the cell asks several questions/,
    ],
    [
      'hidden rows',
      {
        rows: [
          ['1', 'Do you?'],
          ['2', 'Are you?'],
        ],
        hiddenRows: [2],
      },
      { columns: COLUMNS },
      'hidden-questions',
      /1 question in hidden rows is left/,
    ],
  ])('%s', (_, sheet, mapping, code, message) => {
    const { problems } = found(sheet, mapping);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(`${problems[0]?.message} ${problems[0]?.hint}`).toMatch(message);
    expect(problems[0]?.file).toMatch(/^form\.xlsx/);
  });
  test('sheets are told apart by accents, not by capitals', () => {
    const book = bookOf({ name: 'Questionário', rows: [['a?']] }, { name: 'Questionario', rows: [['b?']] });
    const ask = (sheet: string) =>
      questionsOf(book, { id: 'x', title: 'X', sheets: [{ sheet, from: 1, kind: 'text', columns: { question: 'A' } }] }, 'f')
        .questions[0]?.text;
    expect([ask('Questionário'), ask('questionario')]).toEqual(['a?', 'b?']);
  });
});

test.each<[string, boolean]>([
  ['Do you encrypt data?', false],
  ['Do you encrypt data?\nIf yes, how?', false],
  ['Do you log:\n- logins?\n- changes?', true],
  ['1. Do you encrypt data?\n2. Do you test it?', true],
  ['1.1 Do you?\r\n\r\n1.2 Are you?', true],
  ['Which of these apply?\n• encryption\n• backups', false],
  ['Does it cover:\n(a) access\n(b) logging\nand is it reviewed?', false],
])('%j asks several questions: %j', (text, several) => {
  expect(asksSeveral(text)).toBe(several);
});

test.each<[string, string[], string | undefined]>([
  ['CAIQ 4', ['A&A-01.1', 'AIS-02.1', 'IAM-03.1', 'LOG-01.1', 'TVM-09.1'], 'caiq-4'],
  ['CAIQ 3', ['AIS-01.1', 'AAC-02.1', 'IAM-03.1', 'EKM-01.1', 'TVM-02.1'], 'caiq-3'],
  ['domains of both', ['AIS-01.1', 'BCR-02.1', 'IAM-03.1', 'HRS-01.1', 'TVM-02.1'], undefined],
  ['HECVAT 4', ['COMP-01', 'REQU-01', 'DOCU-01', 'DATA-01', 'VULN-01'], 'hecvat-4'],
  ['NIST SP 800-53', ['AC-1', 'AC-2(1)', 'AU-2 (a)', 'SC-7', 'SI-4'], 'nist-800-53'],
  ['numbers', ['1.1', '1.2', '1.3', '1.4', '1.5'], undefined],
  ['ids of a customer', ['SEC-01', 'SEC-02', 'SEC-03', 'SEC-04', 'SEC-05'], undefined],
  ['too few', ['AC-1', 'AC-2'], undefined],
])('ids of %s', (_, ids, scheme) => {
  expect(likelyScheme(ids.map((id) => ({ id }) as Question))?.scheme).toBe(scheme);
});

test('many cells that ask several questions are named up to a number', () => {
  const rows = Array.from({ length: 30 }, (_, position) => [
    `${position + 1}`,
    'a) Do you encrypt data?\nb) Do you test it?\nc) Who does?',
  ]);
  const { problems } = found({ rows }, { columns: COLUMNS });
  expect(problems).toHaveLength(21);
  expect(problems.at(-1)?.message).toBe('10 further cells ask several questions');
});

test.each<[string, string]>([
  ['If status is "N/A", please explain why requirement is Not Applicable', 'reason'],
  ['Reason for N/A', 'reason'],
  ['Justification if not applicable', 'reason'],
  ['Begründung, falls nicht zutreffend', 'reason'],
  ['If No or N/A, please explain', 'comment'],
  ['Response (Yes / No / N/A)', 'answer'],
  ['Applicable?', 'answer'],
])('a column titled %j is for the %s', (title, role) => {
  expect(titleRole(title)?.role).toBe(role);
});
