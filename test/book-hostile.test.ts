import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holds } from '../src/book/address.ts';
import type { Book, CellEdit } from '../src/book/book.ts';
import { openBook } from '../src/book/open.ts';
import { patchBook } from '../src/book/patch.ts';
import { Problems } from '../src/problem.ts';
import { bookOf, type Crafted, MAIN, partsOf, problemOf, zipOf } from './book-support.ts';

const EDITS: CellEdit[] = [
  { sheet: 'Form', row: 2, column: 2, value: 'Yes' },
  { sheet: 'Form', row: 2, column: 3, value: null },
  { sheet: 'Form', row: 7, column: 1, value: 4 },
];

/** What an action gives, or the problem it throws. Anything else that is thrown goes through. */
function result<Value>(action: () => Value): { value?: Value; problem?: string } {
  try {
    return { value: action() };
  } catch (error) {
    if (error instanceof Problems) return { problem: error.problems[0]?.code ?? 'none' };
    throw error;
  }
}

function texts(book: Book): Map<string, string> {
  return new Map(
    book.sheets.flatMap(({ name, rows }) =>
      rows.flatMap(({ cells }) =>
        cells.filter(({ text }) => text !== '').map(({ row, column, text }) => [`${name} ${row} ${column}`, text] as const),
      ),
    ),
  );
}

/** Opens and patches: what opens can be patched or is refused with a problem, and once patched it opens with all it had and the answers. */
function attempt(bytes: Uint8Array, edits = EDITS): string {
  const opened = result(() => openBook(bytes, 'form.xlsx'));
  const patched = result(() => patchBook(bytes, edits));
  if (!opened.value || !patched.value) return opened.problem ?? patched.problem ?? '';
  const before = texts(opened.value);
  const after = texts(openBook(patched.value.bytes, 'form.xlsx'));
  const refused = new Set(patched.value.refused.map(({ edit }) => edit));
  const merges = opened.value.sheets.find(({ name }) => name === 'Form')?.merges ?? [];
  for (const edit of edits) {
    if (refused.has(edit)) continue;
    const { top: row, left: column } = merges.find((range) => holds(range, edit.row, edit.column)) ?? {
      top: edit.row,
      left: edit.column,
    };
    const place = `${edit.sheet} ${row} ${column}`;
    expect(after.get(place)).toBe(edit.value === null ? undefined : String(edit.value));
    before.delete(place);
    after.delete(place);
  }
  expect([...after]).toEqual([...before]);
  return '';
}

const SMALL: Crafted = {
  sheets: {
    Form: '<dimension ref="A1:C3"/><cols><col min="1" max="2" width="9"/></cols><sheetData><row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="B2" s="1" t="s"><v>1</v></c><c r="C2"><f>A1</f><v>1</v></c></row></sheetData><sheetProtection sheet="1"/><mergeCells><mergeCell ref="A7:B9"/></mergeCells><dataValidations><dataValidation type="list" sqref="B2"><formula1>Names</formula1></dataValidation></dataValidations>',
    Lists: '<sheetData><row><c t="inlineStr"><is><t>Yes</t></is></c></row></sheetData>',
  },
  strings: '<si><t>a</t></si><si><r><t>b</t></r></si>',
  styles: '<cellXfs><xf/><xf><protection locked="0"/></xf></cellXfs>',
  behind: '<definedNames><definedName name="Names">Lists!$A$1:$A$4</definedName></definedNames><calcPr calcId="1"/>',
  related: [['table', '../tables/t.xml']],
  parts: {
    'xl/tables/t.xml': `<table ${MAIN} displayName="T" ref="D2:D4"><tableColumns><tableColumn name="x"/></tableColumns></table>`,
  },
};

describe('a small workbook', () => {
  const packed = bookOf(SMALL);
  // Stored, so that a flipped byte reaches the XML instead of the checks of deflate; the checksums are put right.
  const stored = (name: string, change: (data: Buffer) => Buffer): Uint8Array =>
    zipOf(
      partsOf(SMALL).map((part) => (part.name === name ? { ...part, method: 0, data: change(Buffer.from(part.data)) } : part)),
    );

  test('is good to begin with', () => {
    expect(attempt(packed)).toBe('');
  });

  test('cut anywhere is a problem', () => {
    for (let length = 0; length < packed.length; length++)
      expect(attempt(packed.subarray(0, length)), String(length)).toMatch(/^(not-a-workbook|book-damaged)$/);
  });

  test('with any byte changed is good or a problem', () => {
    fc.assert(
      fc.property(fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 }), (at, bits) => {
        const bytes = Uint8Array.from(packed);
        bytes[at] = (bytes[at] ?? 0) ^ bits;
        attempt(bytes);
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  const names = partsOf(SMALL).map(({ name }) => String(name));
  test.each(names)('with anything changed in %s is good or a problem', (name) => {
    const pieces = [
      '<',
      '>',
      '/',
      '"',
      "'",
      '&',
      '&amp;',
      ' r="A1"',
      '<c/>',
      '<row>',
      '</row>',
      '<!--',
      '-->',
      '<![CDATA[',
      '\u0000',
      'é',
      '=',
      ':',
      '',
      '999999999999',
      '-1',
      'NaN',
      '..',
      '<f t="array" ref="A1:XFD1048576"/>',
      '<x:sheetData/>',
    ];
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(12), fc.constantFrom(...pieces), (where, length, piece) => {
        attempt(
          stored(name, (data) => {
            const at = Math.floor(where * data.length);
            return Buffer.concat([data.subarray(0, at), Buffer.from(piece), data.subarray(at + length)]);
          }),
        );
      }),
      { numRuns: 300, seed: 2 },
    );
  });
});

describe('a bomb', () => {
  const parts = partsOf({ sheets: { Form: '<sheetData/>' } });
  const sheet = 'xl/worksheets/sheet1.xml';
  const withSheet = (data: Buffer, more: object = {}): Uint8Array =>
    zipOf(parts.map((part) => (part.name === sheet ? { ...part, data, ...more } : part)));

  test('that unpacks to far more than it is', () => {
    const problem = problemOf(() => openBook(withSheet(Buffer.alloc(50_000_000, ' ')), 'form.xlsx'));
    expect(problem.code).toBe('book-too-large');
    expect(problem.message).toMatch(/50 MB/);
  });

  test('that lies about its size', () => {
    const bomb = withSheet(Buffer.alloc(200_000_000, ' '), { size: 1000 });
    const before = process.memoryUsage().rss;
    expect(problemOf(() => openBook(bomb, 'form.xlsx')).code).toBe('book-damaged');
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  test('that says a part is larger than any', () => {
    expect(problemOf(() => openBook(withSheet(Buffer.from('<x/>'), { size: 0x7fffffff }), 'form.xlsx')).code).toBe(
      'book-too-large',
    );
  });

  test('that hides in a part which is never read does no harm', () => {
    const bytes = zipOf([...parts, { name: 'xl/media/image1.png', data: Buffer.alloc(30_000_000) }]);
    expect(attempt(bytes)).toBe('');
  });
});

/** Many elements that pack to a few kilobytes. */
const many = (text: string | ((index: number) => string), count: number): string =>
  typeof text === 'string' ? text.repeat(count) : Array.from({ length: count }, (_, index) => text(index)).join('');
const list = (where: string, formula: string): string =>
  `<dataValidation type="list" sqref="${where}"><formula1>${formula}</formula1></dataValidation>`;
const rows = many((row) => `<row r="${row + 1}"><c r="A${row + 1}"><v>1</v></c></row>`, 30_000);

test.each<[name: string, crafted: Crafted]>([
  [
    'validations over whole sheets',
    { sheets: { Form: `<sheetData/><dataValidations>${many(list('A1:XFD1048576', '"a,b"'), 30_000)}</dataValidations>` } },
  ],
  [
    'a validation over a million rows, with lists as long',
    {
      sheets: {
        Form: `<sheetData>${rows}</sheetData><dataValidations>${many((index) => list('B2:B1048576', `Form!$A$${index + 1}:$A$1048576`), 20_000)}</dataValidations>`,
      },
    },
  ],
  [
    'ranges without end in one validation',
    { sheets: { Form: `<sheetData/><dataValidations>${list(many('A1:XFD1048576 ', 200_000), '"a"')}</dataValidations>` } },
  ],
  [
    'columns that say their width again and again',
    { sheets: { Form: `<cols>${many('<col min="1" max="16384" width="9"/>', 100_000)}</cols><sheetData/>` } },
  ],
  [
    'merged cells without end',
    { sheets: { Form: `<sheetData/><mergeCells>${many('<mergeCell ref="A1:XFD1048576"/>', 150_000)}</mergeCells>` } },
  ],
  [
    'many merged cells over everything',
    { sheets: { Form: `<sheetData/><mergeCells>${many('<mergeCell ref="E1:XFD1048576"/>', 90_000)}</mergeCells>` } },
  ],
  [
    'array formulas over everything',
    {
      sheets: {
        Form: `<sheetData>${many((row) => `<row r="${row + 1}"><c><f t="array" ref="E1:XFD1048576"/></c></row>`, 90_000)}</sheetData>`,
      },
    },
  ],
  ['cells without a name', { sheets: { Form: `<sheetData>${many(`<row>${many('<c/>', 100)}</row>`, 10_000)}</sheetData>` } }],
  [
    'a row of all columns, backwards',
    {
      sheets: {
        Form: `<sheetData><row r="2">${many((index) => `<c r="${String.fromCharCode(65 + (25 - (index % 26)))}2"/>`, 26)}</row></sheetData>`,
      },
    },
  ],
  ['rows backwards', { sheets: { Form: `<sheetData>${many((row) => `<row r="${90_000 - row}"/>`, 90_000)}</sheetData>` } }],
  [
    'a list of a megabyte',
    {
      sheets: {
        Form: `<sheetData/><dataValidations>${list('A1', `"${many(',', 1_000_000)}"`)}${list('A2', `"${many('""', 500_000)}`)}</dataValidations>`,
      },
    },
  ],
  [
    'a reference of a megabyte',
    {
      sheets: {
        Form: `<sheetData/><dataValidations>${list('A1', `'${many("''", 500_000)}`)}${list('A2', many('A', 500_000))}${list('A3', `${many('[', 500_000)}`)}</dataValidations>`,
      },
    },
  ],
  [
    'a quoted list of a megabyte',
    {
      sheets: {
        Form: `<sheetData/><dataValidations><dataValidation type="list" sqref="A1"><list>${many(' ', 1_000_000)}"${many('""', 300_000)}</list></dataValidation></dataValidations>`,
      },
    },
  ],
  [
    'names that lead on and on',
    {
      sheets: { Form: `<sheetData/><dataValidations>${many((index) => list('A1', `N${index}`), 20_000)}</dataValidations>` },
      behind: `<definedNames>${many((index) => `<definedName name="N${index}">N${index + 1}</definedName>`, 20_000)}</definedNames>`,
    },
  ],
  [
    'attributes without end',
    {
      sheets: {
        Form: `<sheetData><row r="2" ${many((index) => `a${index}="1" `, 50_000)}><c r="B2" ${many((index) => `a${index}='1' `, 50_000)}/></row></sheetData>`,
      },
    },
  ],
  [
    'white space without end',
    { sheets: { Form: `<sheetData><row r="2"${many(' ', 1_000_000)}><c r="B2"${many(' ', 1_000_000)}/></row></sheetData>` } },
  ],
  [
    'white space between attributes',
    {
      sheets: {
        Form: `<sheetData><row r="2"${many(' ', 1_000_000)}spans="1:1"><c r="B2"${many(' ', 1_000_000)}s="1"/></row></sheetData>`,
      },
    },
  ],
  [
    'a name of an attribute without end',
    { sheets: { Form: `<sheetData><row r="2"><c r="B2" ${many('a', 1_000_000)}/></row></sheetData>` } },
  ],
  ['spans without end', { sheets: { Form: `<sheetData><row r="2" spans="${many('9:9 ', 500_000)}"/></sheetData>` } }],
  [
    'comments without end',
    {
      sheets: {
        Form: `<sheetData>${many('<!-- - -->', 300_000)}<row r="2">${many('<!----><![CDATA[]]>', 100_000)}</row></sheetData>`,
      },
    },
  ],
  ['shared texts without end', { sheets: { Form: '<sheetData/>' }, strings: many('<si/>', 800_000) }],
  ['pieces of text without end', { sheets: { Form: '<sheetData/>' }, strings: `<si>${many('<r><t>a</t></r>', 300_000)}</si>` }],
  ['escapes without end', { sheets: { Form: '<sheetData/>' }, strings: `<si><t>${many('_x005F', 600_000)}</t></si>` }],
  ['formats without end', { sheets: { Form: '<sheetData/>' }, styles: `<cellXfs>${many('<xf/>', 800_000)}</cellXfs>` }],
  ['elements inside each other', { sheets: { Form: `<sheetData/>${many('<a>', 400_000)}` } }],
  ['a prefix of its own on each element', { sheets: { Form: `<sheetData/>${many('<a:b xmlns:a="b"/>', 200_000)}` } }],
])('%s do not hang it', (_, crafted) => {
  const bytes = bookOf(crafted);
  const edits = Array.from(
    { length: 2000 },
    (_, index): CellEdit => ({ sheet: 'Form', row: 1 + (index % 500), column: 2 + Math.floor(index / 500), value: 'x' }),
  );
  const start = performance.now();
  result(() => openBook(bytes, 'form.xlsx'));
  result(() => patchBook(bytes, edits));
  // A second at most where nothing else runs.
  expect(performance.now() - start).toBeLessThan(20_000);
});

test('a packed part is not unpacked twice as long as it says', () => {
  // Packed data that go on behind the end of the part.
  const parts = partsOf({ sheets: { Form: '<sheetData/>' } });
  const long = deflateRawSync(Buffer.alloc(1_000_000));
  const bytes = zipOf(parts.map((part) => (part.name === 'xl/styles.xml' ? { ...part, data: long } : part)));
  expect(attempt(bytes)).toBe('');
});
