import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Io } from '../src/cli/context.ts';
import { type InspectOptions, inspectQuestionnaire } from '../src/cli/fill-inspect.ts';
import { formatProblem, Problems } from '../src/problem.ts';

let folder = '';
let form = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'demarc-inspect-'));
  form = join(folder, 'form.xlsx');
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Security');
  sheet.addRow(['Security questionnaire of Northgate Bank']);
  sheet.addRow([]);
  sheet.addRow(['No.', 'Question', 'Answer', 'Comments']);
  for (const [i, text] of [
    'Do you encrypt data at rest?',
    'Are backups tested every year?',
    'Is access reviewed every quarter?',
  ].entries()) {
    sheet.addRow([i + 1, text]);
    sheet.getCell(4 + i, 3).dataValidation = { type: 'list', formulae: ['"Yes,No,N/A"'] };
  }
  book.addWorksheet('Contacts').addRow(['Name', 'Phone']);
  await book.xlsx.writeFile(form);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function inspect(options: InspectOptions = {}): { code: number; out: string; err: string } {
  let out = '';
  let err = '';
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    interactive: false,
    width: 100,
    env: {},
    today: '2026-11-22',
    now: '2026-11-22T00:00:00Z',
  };
  const code = inspectQuestionnaire(form, options, io);
  return { code, out: out.replaceAll(folder, '.'), err: err.replaceAll(folder, '.') };
}

test('says for each sheet what was made of it, and why', () => {
  const { code, out, err } = inspect();
  expect(code).toBe(0);
  expect(err).toBe('');
  expect(out).toBe(`./form.xlsx: no known form; the layout is a proposal to check

Security: 3 questions in rows 4 to 6, clear
    Questions in column B, ids in A; answers from a list in C; comment in D.
    First: 1 Do you encrypt data at rest?
    - column B holds texts of which 100 % ask or demand something
    - column C has a list of answers on 100 % of the questions
    - column B is titled “Question”
    - column C is titled “Answer”
    - column C is empty beside the questions
    - column A holds ids, such as 1

No questions:
  - Contacts: the sheet is empty, or nearly so

3 questions on 1 sheet.
Write the mapping with -o mapping.yaml, change what is wrong, and pass it back with --mapping
mapping.yaml.
`);
});

test('writes the mapping, which a person changes and passes back', () => {
  const output = join(folder, 'mapping.yaml');
  expect(inspect({ output }).out).toMatch(/The mapping is in \.\/mapping\.yaml/);
  const yaml = readFileSync(output, 'utf8');
  expect(yaml).toBe(inspect({ output: '-' }).out);
  expect(() => inspect({ output })).toThrow(/already exists/);
  const changed = join(folder, 'changed.yaml');
  writeFileSync(changed, yaml.replace('question: B', 'question: Question').replace('from: 4', 'from: 5'));
  const { code, out } = inspect({ mapping: changed });
  expect(code).toBe(0);
  expect(out).toMatch(/^\.\/form\.xlsx, by the mapping \.\/changed\.yaml\n\nSecurity: 2 questions in rows 5 to 6\n/);
});

test('as JSON', () => {
  const { sheets, mapping, questions } = JSON.parse(inspect({ json: true }).out) as {
    sheets: { sheet: string; questions: number }[];
    mapping: { sheets: { columns: object }[] };
    questions: number;
  };
  expect(questions).toBe(3);
  expect(sheets.map((sheet) => [sheet.sheet, sheet.questions])).toEqual([
    ['Security', 3],
    ['Contacts', 0],
  ]);
  expect(mapping.sheets[0]?.columns).toEqual({ id: 'A', question: 'B', answer: ['C'], comment: 'D' });
});

test('a mapping that does not fit is a problem, and one that finds nothing a finding', () => {
  const mapping = join(folder, 'other.yaml');
  writeFileSync(mapping, 'form: {id: x, title: X}\nsheets:\n  - {sheet: Security, columns: {question: Frage}, kind: text}\n');
  try {
    inspect({ mapping });
    expect.unreachable();
  } catch (error) {
    if (!(error instanceof Problems)) throw error;
    expect(error.problems.map(formatProblem).join()).toMatch(
      /form\.xlsx, sheet “Security”: the titles “Frage” stand over no column/,
    );
  }
  writeFileSync(mapping, 'form: {id: x, title: X}\nsheets:\n  - {sheet: Security, columns: {question: H}, kind: text}\n');
  const { code, err } = inspect({ mapping });
  expect(code).toBe(1);
  expect(err).toMatch(/there is no question in column H from row 1 on \[no-questions\]/);
  expect(existsSync(form)).toBe(true);
});
