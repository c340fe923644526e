import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Review, ReviewedQuestion } from '../src/answer/review.ts';
import type { BookSheet, CellEdit } from '../src/book/book.ts';
import { openBook } from '../src/book/open.ts';
import { patchBook } from '../src/book/patch.ts';
import { questionnaireOf } from '../src/cli/questionnaire.ts';
import { writeWorkbook } from '../src/write/xlsx/index.ts';
import { sampleQuestionnaire } from '../tools/sample-questionnaire.ts';
import { ROOT, SHARED } from './support.ts';

// `demarc fill` as users run it; `npm test` builds it first.

const DEMARC = join(ROOT, 'dist', 'demarc.js');
const SAMPLE = join(ROOT, 'samples', 'payments');
let folder = '';
beforeAll(() => {
  expect(existsSync(DEMARC), 'run npm run build first').toBe(true);
  folder = mkdtempSync(join(tmpdir(), 'demarc-fill-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function demarc(...args: string[]): { code: number | null; out: string; err: string } {
  const result = spawnSync(process.execPath, [DEMARC, ...args], { cwd: folder, encoding: 'utf8' });
  return { code: result.status, out: result.stdout, err: result.stderr };
}
const SYSTEM = join(SAMPLE, 'system.yaml');
const QUESTIONNAIRE = join(SAMPLE, 'questionnaire.xlsx');
const fill = (file: string, ...more: string[]) => demarc('fill', file, '--system', SYSTEM, ...more);
const at = (name: string): string => join(folder, name);
const bytesOf = (name: string): Buffer => readFileSync(at(name));
const reviewIn = (name: string): Review => JSON.parse(readFileSync(at(name), 'utf8')) as Review;

/** A review as lines of text. */
function reviewText({ questions, counts }: Review): string {
  const line = (question: ReviewedQuestion): string[] => [
    `${question.id ?? question.cell} ${question.question}`,
    `  ${question.state}: ${[question.answer, question.ownership, question.explanation].filter((text) => text !== '').join(' | ')}${question.blank ? `${question.blank.code}, ${question.blank.says}` : ''}`,
    `  ${question.confidence} ${question.found ?? ''} ${question.sources.map(({ kind, id, state }) => `${kind}:${id}${state ? `=${state}` : ''}`).join('; ')}`.trimEnd(),
    ...question.notes.map((note) => `  note: ${note}`),
  ];
  return `${[JSON.stringify(counts), ...questions.flatMap(line)].join('\n')}\n`;
}

describe('the sample questionnaire', () => {
  test('is what its tool makes', async () => {
    expect(readFileSync(QUESTIONNAIRE).equals(Buffer.from((await writeWorkbook(sampleQuestionnaire())).bytes))).toBe(true);
  });

  test('is answered as in the golden file', async () => {
    const { code, out, err } = fill(QUESTIONNAIRE, '--library', join(SAMPLE, 'answers.yaml'), '-o', 'golden.xlsx');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('26 questions');
    await expect(reviewText(reviewIn('golden.review.json'))).toMatchFileSnapshot('golden/questionnaire.txt');
    // What the review says stands in the workbook.
    const [sheet] = openBook(bytesOf('golden.xlsx'), 'golden.xlsx').sheets;
    for (const question of reviewIn('golden.review.json').questions) {
      const row = Number(question.cell.slice(1));
      expect(textAt(sheet as BookSheet, row, 4)).toBe(
        question.explanation === '' && question.state === 'answered' ? '' : question.answer,
      );
    }
  });

  test('the same bytes come out twice, and elsewhere', () => {
    const outputs = ['first-run.xlsx', 'second-run.xlsx'].map((name) => {
      fill(QUESTIONNAIRE, '--library', join(SAMPLE, 'answers.yaml'), '-o', name);
      return bytesOf(name);
    });
    expect(outputs[0]?.equals(outputs[1] as Buffer)).toBe(true);
    copyFileSync(QUESTIONNAIRE, at('moved.xlsx'));
    fill('moved.xlsx', '--library', join(SAMPLE, 'answers.yaml'), '-o', 'three.xlsx');
    expect(bytesOf('three.xlsx').equals(outputs[0] as Buffer)).toBe(true);
    const [one, two] = ['first-run', 'second-run'].map((name) =>
      readFileSync(at(`${name}.review.json`), 'utf8').replaceAll(name, 'NAME'),
    );
    expect(one?.replace(/"file": "NAME\.review\.xlsx",\s+"sha256": "\w+"/, '')).toBe(
      two?.replace(/"file": "NAME\.review\.xlsx",\s+"sha256": "\w+"/, ''),
    );
  });

  test('an answer given before is kept, and replaced only on demand', () => {
    const answered = patchBook(readFileSync(QUESTIONNAIRE), [edit('D9', 'No')]).bytes;
    writeFileSync(at('answered.xlsx'), answered);
    fill('answered.xlsx', '-o', 'kept.xlsx');
    expect(textAt(openBook(bytesOf('kept.xlsx'), 'x').sheets[0] as BookSheet, 9, 4)).toBe('No');
    expect(reviewIn('kept.review.json').counts.kept).toBe(1);
    fill('answered.xlsx', '-o', 'over.xlsx', '--overwrite');
    expect(textAt(openBook(bytesOf('over.xlsx'), 'x').sheets[0] as BookSheet, 9, 4)).toBe('Partially');
  });

  test('next year it says what changed and why', () => {
    fill(QUESTIONNAIRE, '-o', 'before.xlsx', '--library', join(SAMPLE, 'answers.yaml'));
    const { out } = fill(
      QUESTIONNAIRE,
      '-o',
      'after.xlsx',
      '--library',
      join(SAMPLE, 'answers.yaml'),
      '--previous',
      'before.review.json',
      '--as-of',
      '2027-06-30',
    );
    expect(out).toMatch(/answers changed since the earlier review/);
    const changes = reviewIn('after.review.json').changes ?? [];
    const why = (id: string): string => changes.find((change) => change.id === id)?.why.join(' ') ?? '';
    expect(why('1.2')).toContain('the last day on record for policies and procedures is January 20, 2026');
    expect(why('4.6')).toContain("The library's answer ran out on 2026-12-31");
    expect(changes.some((change) => change.id === '1.4')).toBe(false);
  });

  test('corrections are learned, and given the next time', () => {
    fill(QUESTIONNAIRE, '-o', 'asked.xlsx');
    const corrected = patchBook(bytesOf('asked.xlsx'), [edit('D16', 'No'), edit('E16', 'Never.'), edit('D30', 'No')]).bytes;
    writeFileSync(at('corrected.xlsx'), corrected);
    const { code, out } = fill('corrected.xlsx', '--learn', '--library', 'own.yaml');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('Learned 2 answers') });
    expect(readFileSync(at('own.yaml'), 'utf8')).toContain('explanation: Never.');
    expect(fill('corrected.xlsx', '--learn', '--library', 'own.yaml').out).toContain('Nothing to learn');
    fill(QUESTIONNAIRE, '-o', 'taught.xlsx', '--library', 'own.yaml');
    const taught = reviewIn('taught.review.json').questions.find((question) => question.cell === 'D16');
    expect(taught).toMatchObject({ answer: 'No', explanation: 'Never.', found: 'library' });
  });
});

describe('wrong usage and hostile input', () => {
  test.each<[string, string[], number, RegExp]>([
    ['no description', [QUESTIONNAIRE], 2, /which description answers it\?\nName it with --system/],
    ['no such description', [QUESTIONNAIRE, '--system', 'none.yaml'], 2, /cannot read none\.yaml/],
    ['no such workbook', ['none.xlsx', '--system', SYSTEM], 2, /cannot read none\.xlsx/],
    ['no workbook', [SYSTEM, '--system', SYSTEM], 1, /not a workbook/],
    ['a wrong confidence', [QUESTIONNAIRE, '--system', SYSTEM, '--min-confidence', '2'], 2, /not a number from 0 to 1/],
    ['an empty confidence', [QUESTIONNAIRE, '--system', SYSTEM, '--min-confidence', ''], 2, /not a number from 0 to 1/],
    ['another ending', [QUESTIONNAIRE, '--system', SYSTEM, '-o', 'x.xlsm'], 2, /should end in \.xlsx/],
    ['itself', [QUESTIONNAIRE, '--system', SYSTEM, '-o', QUESTIONNAIRE], 2, /would replace the questionnaire itself/],
    ['a library that is none', [QUESTIONNAIRE, '--system', SYSTEM, '--library', SYSTEM], 1, /unknown key/],
    [
      'a review that is none',
      [QUESTIONNAIRE, '--system', SYSTEM, '--previous', SYSTEM],
      2,
      /is not a review that demarc has written/,
    ],
    ['learning to nowhere', [QUESTIONNAIRE, '--system', SYSTEM, '--learn'], 2, /where is the library\?/],
  ])('%s', (_, args, code, message) => {
    const result = demarc('fill', ...args);
    expect(result.err).toMatch(message);
    expect(result.code).toBe(code);
  });

  test('a workbook that asks nothing is said to, and nothing is written', async () => {
    const empty = sampleQuestionnaire();
    for (const sheet of empty.sheets) sheet.rows = [];
    writeFileSync(at('empty.xlsx'), (await writeWorkbook(empty)).bytes);
    const result = fill('empty.xlsx', '-o', 'empty-filled.xlsx');
    expect(result.code).toBe(1);
    expect(existsSync(at('empty-filled.xlsx'))).toBe(false);
  });

  test('a file in which somebody worked is not replaced', () => {
    expect(fill(QUESTIONNAIRE, '-o', 'mine.xlsx').code).toBe(0);
    expect(fill(QUESTIONNAIRE, '-o', 'mine.xlsx').code).toBe(0);
    writeFileSync(at('mine.xlsx'), patchBook(bytesOf('mine.xlsx'), [edit('E10', 'My own words')]).bytes);
    const before = bytesOf('mine.xlsx');
    expect(fill(QUESTIONNAIRE, '-o', 'mine.xlsx')).toMatchObject({
      code: 2,
      err: expect.stringContaining('was changed since demarc wrote it'),
    });
    expect(bytesOf('mine.xlsx').equals(before)).toBe(true);
    expect(fill(QUESTIONNAIRE, '-o', 'mine.xlsx', '--force').code).toBe(0);
    expect(readdirSync(folder).filter((name) => name.includes('.new-'))).toEqual([]);
  });
});

const REAL = join(SHARED, 'questionnaires');
const present = existsSync(REAL);
if (!present) console.warn('no real questionnaires beside the project; their tests are skipped');
const hasOffice = spawnSync('soffice', ['--version']).status === 0;
if (!hasOffice) console.warn('no LibreOffice; reading filled workbooks back with it is skipped');

describe.skipIf(!present)('real questionnaires', () => {
  // How many answers at least: what was measured when this was written, less a few.
  const FORMS: [file: string, sample: string, mapping: string, answered: number][] = [
    ['caiq403-whitepact-filled.xlsx', 'clinic', 'caiq-4', 140],
    ['caiq301-2017.xlsx', 'clinic', 'caiq-3', 62],
    ['hecvat414.xlsx', 'clinic', 'hecvat-4', 72],
    ['fedramp-cis-crm-r5.xlsx', 'clinic', 'fedramp-cis-crm-5', 480],
    ['hipaa-sra33.xlsx', 'clinic', 'hipaa-sra-3', 14],
    ['pci-pa321.xlsx', 'payments', 'pci-prioritized-approach-3', 100],
    ['caiq403-whitepact-filled.xlsx', 'payments', 'caiq-4', 45],
  ];

  test.each(FORMS)('%s for %s', (file, sample, mapping, answered) => {
    const input = join(REAL, file);
    const name = `${sample}-${basename(file)}`;
    const before = openBook(readFileSync(input), file);
    const result = demarc('fill', input, '--system', join(ROOT, 'samples', sample, 'system.yaml'), '-o', name, '--overwrite');
    expect(result.code).toBe(0);
    const review = reviewIn(name.replace(/\.xlsx$/, '.review.json'));
    expect(review.questionnaire.mapping).toBe(mapping);
    expect(review.counts.answered).toBeGreaterThanOrEqual(answered);
    expect(review.questions.filter((question) => question.state === 'refused')).toEqual([]);
    // Every answer and every owner is one that its cell allows, by the lists of the form as it came.
    const after = openBook(bytesOf(name), name);
    const { questions } = questionnaireOf(before, file);
    let checked = 0;
    for (const question of questions) {
      const sheet = after.sheets.find((candidate) => candidate.name === question.sheet) as BookSheet;
      const reviewed = review.questions.find(
        (one) => one.sheet === question.sheet && one.id === question.id && one.state === 'answered',
      );
      if (!reviewed) continue;
      for (const [cell, allowed] of [
        [question.cells.answer, question.allowed],
        [question.cells.ownership, question.ownershipAllowed],
      ] as const) {
        const text = cell ? textAt(sheet, cell.row, cell.column) : '';
        if (!cell || allowed.length === 0 || text === '') continue;
        expect(allowed, `${question.sheet} ${question.id}`).toContain(text);
        checked += 1;
      }
      if (question.options.length > 0)
        expect(
          question.options.filter((option) => textAt(sheet, option.row, option.column) !== ''),
          `${question.sheet} ${question.id}`,
        ).toHaveLength(1);
    }
    if (mapping !== 'caiq-3' && mapping !== 'fedramp-cis-crm-5' && mapping !== 'hipaa-sra-3')
      expect(checked).toBeGreaterThan(answered / 2);
  });

  test.skipIf(!hasOffice)('LibreOffice shows the answers', () => {
    fill(join(REAL, 'caiq403-whitepact-filled.xlsx'), '-o', 'office.xlsx', '--overwrite');
    const profile = `-env:UserInstallation=file://${join(folder, 'office-profile')}`;
    const made = spawnSync(
      'soffice',
      [
        profile,
        '--headless',
        '--convert-to',
        'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2',
        '--outdir',
        folder,
        at('office.xlsx'),
      ],
      { encoding: 'utf8', timeout: 120_000 },
    );
    expect(made.status, made.stderr).toBe(0);
    const csv = readdirSync(folder).find((name) => /^office.*\.csv$/.test(name)) as string;
    const text = readFileSync(at(csv), 'utf8').replace(/\s+/g, ' ');
    const shown = reviewIn('office.review.json').questions.filter((question) => question.state === 'answered');
    expect(shown.length).toBeGreaterThan(40);
    for (const question of shown) expect(text).toContain(question.explanation.replaceAll('"', '""').replace(/\s+/g, ' '));
  });
});

function edit(cell: string, value: string): CellEdit {
  return { sheet: 'Questionnaire', row: Number(cell.slice(1)), column: cell.charCodeAt(0) - 64, value };
}

function textAt(sheet: BookSheet, row: number, column: number): string {
  return sheet.rows.find((candidate) => candidate.row === row)?.cells.find((cell) => cell.column === column)?.text ?? '';
}
