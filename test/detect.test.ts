import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Book } from '../src/book/book.ts';
import { openBook } from '../src/book/open.ts';
import { propose } from '../src/questionnaire/detect.ts';
import { gridOf } from '../src/questionnaire/grid.ts';
import { questionsOf } from '../src/questionnaire/questions.ts';
import { bookOf, type SheetText } from './questionnaires/build.ts';
import { judge, type Label, type Labels } from './questionnaires/judge.ts';
import { type Laid, layouts } from './questionnaires/layouts.ts';
import { ROOT, SHARED } from './support.ts';

const read = <T>(name: string): T => JSON.parse(readFileSync(join(ROOT, 'test', 'questionnaires', name), 'utf8')) as T;

/** Real workbooks lie beside the project; labels were read off them by eye. */
const LABELS = read<Labels>('labels.json');
const real = (file: string): string => join(SHARED, 'questionnaires', file);

describe.skipIf(!existsSync(join(SHARED, 'questionnaires')))('the detector alone on real workbooks', () => {
  const judged = Object.entries(LABELS).flatMap(([file, labels]) =>
    existsSync(real(file)) ? judge(openBook(readFileSync(real(file)), file), file, labels).map((one) => ({ file, ...one })) : [],
  );
  test.each(judged)('$file: $sheet', ({ right, line }) => {
    expect(right, line).toBe(true);
  });
  test('finds nearly every question, and few rows that are none', () => {
    const labels = judged.map((one) => LABELS[one.file]?.[one.sheet] as Label);
    const asked = labels.reduce((sum, label) => sum + (label.count ?? 0), 0);
    const found = judged.reduce((sum, one, i) => sum + Math.min(one.found, labels[i]?.count ?? 0), 0);
    const more = judged.reduce((sum, one, i) => sum + Math.max(0, one.found - (labels[i]?.count ?? 0)), 0);
    expect(found / asked).toBeGreaterThanOrEqual(0.99);
    expect(more / asked).toBeLessThan(0.01);
  });
});

describe('the detector on forms of invented customers', () => {
  interface Made {
    name: string;
    sheets: (SheetText & { name: string; label: Label })[];
  }
  test.each(read<Made[]>('forms.json'))('$name', ({ name, sheets }) => {
    const judged = judge(bookOf(...sheets), name, Object.fromEntries(sheets.map((sheet) => [sheet.name, sheet.label])));
    expect(judged.filter(({ right }) => !right).map(({ line }) => line)).toEqual([]);
    for (const { found, line, sheet } of judged) {
      const { count, countMax = count } = sheets.find((one) => one.name === sheet)?.label ?? {};
      if (count !== undefined && found > 0 && !sheets.find((one) => one.name === sheet)?.label.optional) {
        expect(found, line).toBeGreaterThanOrEqual(count);
        expect(found, line).toBeLessThanOrEqual(countMax ?? count);
      }
    }
  });
});

describe('the detector on layouts drawn at random', () => {
  const proposed = ({ book }: Laid) => propose(book, 'drawn').sheets[0]?.mapping;

  test('finds the columns of questions, answers, ids and comments', () => {
    fc.assert(
      fc.property(layouts, (laid) => {
        const mapping = proposed(laid);
        expect(mapping?.columns, laid.told).toMatchObject({
          question: laid.question,
          answer: laid.answer,
          ...(laid.id ? { id: laid.id } : {}),
          ...(laid.comment ? { comment: laid.comment } : {}),
        });
        expect(laid.kind, laid.told).toContain(mapping?.kind);
      }),
      { numRuns: 300 },
    );
  });
  test('finds the rows of the questions and no others', () => {
    fc.assert(
      fc.property(layouts, (laid) => {
        const { mapping } = propose(laid.book, 'drawn');
        const { questions } = questionsOf(laid.book, mapping, 'drawn');
        expect(
          questions.map(({ row }) => row),
          laid.told,
        ).toEqual(laid.rows);
      }),
      { numRuns: 300 },
    );
  });
});

describe('what the detector says of sheets without questions', () => {
  test.each<[string, SheetText, RegExp]>([
    ['an empty sheet', { rows: [] }, /empty/],
    ['one cell', { rows: [['Do you encrypt data?']] }, /empty, or nearly so/],
    [
      'a hidden sheet',
      {
        rows: [
          ['Question', 'Answer'],
          ['Do you?', ''],
          ['Are you?', ''],
        ],
        state: 'hidden',
      },
      /hidden/,
    ],
    ['a list of countries', { rows: [['Country'], ['Austria'], ['Belgium'], ['Chile']] }, /no column holds texts that ask/],
    [
      'answers that come from another sheet',
      {
        rows: [
          ['ID', 'Question', 'Answer', 'Analyst notes'],
          ['A-1', '=Do you encrypt data at rest?', '=Yes'],
          ['A-2', '=Do you test your backups every year?', '=No'],
          ['A-3', '=Is access reviewed every quarter?', '=Yes'],
        ],
      },
      /shows what is answered elsewhere/,
    ],
    [
      'a count of answers',
      {
        rows: [
          ['Question', 'Yes', 'No'],
          ['Do you encrypt data at rest?', '12', '3'],
          ['Do you test your backups every year?', '9', '6'],
          ['Is access reviewed every quarter?', '14', '1'],
        ],
      },
      /counted here/,
    ],
  ])('%s', (_, sheet, reason) => {
    const [proposal] = propose(bookOf(sheet), 'x').sheets;
    expect(proposal?.mapping).toBeUndefined();
    expect(proposal?.reasons.join()).toMatch(reason);
  });

  test('a second sheet with the same questions and no room for answers is a reference', () => {
    const questions = ['Do you encrypt data at rest?', 'Do you test your backups?', 'Is access reviewed every quarter?'];
    const { mapping, sheets } = propose(
      bookOf(
        { name: 'Guide', rows: [['Question'], ...questions.map((text) => [text])] },
        { name: 'Form', rows: [['Question', 'Answer'], ...questions.map((text) => [text])] },
      ),
      'x',
    );
    expect(mapping.sheets.map(({ sheet }) => sheet)).toEqual(['Form']);
    expect(sheets[0]?.reasons[0]).toMatch(/repeats the questions of “Form”/);
  });
});

describe('any workbook at all', () => {
  const text = fc.oneof(
    fc.constantFrom('', 'Yes', 'No', 'Question', 'Answer', 'ID', 'N/A', '1.1', 'A-1', 'Please select', '✔', 'Comments'),
    fc.string({ maxLength: 30, unit: 'binary' }),
    fc.lorem({ maxCount: 12 }).map((words) => `${words}?`),
  );
  const range = fc
    .tuple(fc.integer({ min: 1, max: 1_048_576 }), fc.integer({ min: 1, max: 16_384 }), fc.nat(1_000_000), fc.nat(300))
    .map(([top, left, rows, columns]) => ({
      top,
      left,
      bottom: Math.min(1_048_576, top + rows),
      right: Math.min(16_384, left + columns),
    }));
  const books: fc.Arbitrary<Book> = fc
    .array(
      fc.record({
        rows: fc.array(fc.array(text, { maxLength: 8 }), { maxLength: 25 }),
        ranges: fc.array(range, { maxLength: 4 }),
        merges: fc.array(range, { maxLength: 4 }),
        values: fc.array(text, { maxLength: 4 }),
        hidden: fc.boolean(),
      }),
      { maxLength: 4 },
    )
    .map((sheets) => {
      const book = bookOf(...sheets.map(({ rows, hidden }) => ({ rows, ...(hidden ? { hiddenColumns: ['B'] } : {}) })));
      for (const [i, sheet] of book.sheets.entries()) {
        const drawn = sheets[i];
        sheet.merges = drawn?.merges ?? [];
        sheet.choices = [{ ranges: drawn?.ranges ?? [], values: drawn?.values ?? [], source: '', strict: true }];
      }
      return book;
    });

  test('is read without an error, and its mapping finds what was proposed', () => {
    fc.assert(
      fc.property(books, (book) => {
        const proposal = propose(book, 'any');
        expect(proposal.sheets).toHaveLength(book.sheets.length);
        const { questions } = questionsOf(book, proposal.mapping, 'any');
        for (const { row, cells, text: asked } of questions) {
          expect(asked).not.toBe('');
          expect(cells.question?.row).toBe(row);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('forty thousand rows take seconds, drop-downs and merges over all of them included', () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => [`${i + 1}`, `Is measure ${i} in place at your site?`, '', '']);
    const book = bookOf({ rows: [['No.', 'Question', 'Answer', 'Comments'], ...rows] });
    const [sheet] = book.sheets;
    if (sheet) {
      sheet.choices = [
        { ranges: [{ top: 2, left: 3, bottom: 1_048_576, right: 16_384 }], values: ['Yes', 'No'], source: '', strict: true },
        {
          ranges: Array.from({ length: 20_000 }, (_, i) => ({ top: 2 + i, left: 3, bottom: 2 + i, right: 3 })),
          values: ['Yes', 'No', 'N/A'],
          source: '',
          strict: true,
        },
      ];
      sheet.merges = [{ top: 200_000, left: 1, bottom: 1_048_576, right: 16_384 }];
    }
    const start = performance.now();
    const { mapping } = propose(book, 'large');
    const { questions } = questionsOf(book, mapping, 'large');
    expect(questions).toHaveLength(40_000);
    expect(questions[0]?.allowed).toEqual(['Yes', 'No', 'N/A']);
    expect(questions.at(-1)?.allowed).toEqual(['Yes', 'No']);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

test('a grid knows what a cell allows, however many ranges there are', () => {
  const book = bookOf({ rows: [['a']], lists: { 'B2:B9 C1': ['x'], B20: ['y'], 'D1:ZZ9': ['z'] } });
  const grid = gridOf(book.sheets[0] as Book['sheets'][number]);
  const at = (row: number, column: number): string | undefined => grid.choices(row, column)?.values[0];
  expect([at(1, 2), at(2, 2), at(9, 2), at(10, 2), at(20, 2), at(1, 3), at(5, 500)]).toEqual([
    undefined,
    'x',
    'x',
    undefined,
    'y',
    'x',
    'z',
  ]);
});
