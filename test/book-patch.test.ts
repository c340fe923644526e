import { expect, test } from 'vitest';
import type { CellEdit, CellValue, PatchOptions } from '../src/book/book.ts';
import { openBook } from '../src/book/open.ts';
import { patchBook } from '../src/book/patch.ts';
import { Problems } from '../src/problem.ts';
import { cellsOf, partText, rawEntries, seenCells } from './book-reader.ts';
import { bookOf, type Crafted, MAIN, partsOf, problemOf, zipOf } from './book-support.ts';

const SHEET = 'xl/worksheets/sheet1.xml';

function edit(place: string, value: CellValue | null, sheet = 'Form'): CellEdit {
  const [, letters = '', row = ''] = /^([A-Z]+)(\d+)$/.exec(place) ?? [];
  return {
    sheet,
    row: Number(row),
    column: [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0),
    value,
  };
}

function form(xml: string, more: Omit<Crafted, 'sheets'> = {}): Uint8Array {
  return bookOf({ sheets: { Form: xml }, ...more });
}

const whole = (xml: string): string =>
  `<worksheet ${MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">${xml}</worksheet>`;

test.each<[name: string, before: string, edits: CellEdit[], after: string]>([
  [
    'an empty cell, which keeps its format',
    '<sheetData><row r="1"><c r="A1" s="3"/></row></sheetData>',
    [edit('A1', 'x')],
    '<sheetData><row r="1"><c r="A1" s="3" t="inlineStr"><is><t>x</t></is></c></row></sheetData>',
  ],
  [
    'attributes in single quotes',
    `<sheetData><row r='1'><c r='A1' s='3' t='b' ><v>0</v></c></row></sheetData>`,
    [edit('A1', 2.5)],
    `<sheetData><row r='1'><c r='A1' s='3'><v>2.5</v></c></row></sheetData>`,
  ],
  [
    'a rich value, whose metadata go',
    '<sheetData><row r="1"><c r="A1" vm="1" cm="2" ph="1" t="e"><v>#VALUE!</v></c></row></sheetData>',
    [edit('A1', true)],
    '<sheetData><row r="1"><c r="A1" ph="1" t="b"><v>1</v></c></row></sheetData>',
  ],
  [
    'nothing, so that the format stays',
    '<sheetData><row r="1"><c r="A1" s="1" t="inlineStr"><is><t>old</t></is></c><c r="B1"><v>1</v></c></row></sheetData>',
    [edit('A1', null), edit('B1', '')],
    '<sheetData><row r="1"><c r="A1" s="1"/><c r="B1"/></row></sheetData>',
  ],
  [
    'a cell between others',
    '<sheetData><row r="1" spans="1:4"><c r="A1"/><c r="D1"/></row></sheetData>',
    [edit('C1', 1), edit('B1', 2)],
    '<sheetData><row r="1" spans="1:4"><c r="A1"/><c r="B1"><v>2</v></c><c r="C1"><v>1</v></c><c r="D1"/></row></sheetData>',
  ],
  [
    'a cell beyond the spans',
    `<sheetData><row r="1" spans='2:3' ht="9"><c r="B1"/></row></sheetData>`,
    [edit('F1', 1), edit('A1', 2)],
    `<sheetData><row r="1" spans="1:6" ht="9"><c r="A1"><v>2</v></c><c r="B1"/><c r="F1"><v>1</v></c></row></sheetData>`,
  ],
  [
    'a cell beyond several spans',
    '<sheetData><row r="1" spans="1:2 5:6"><c r="A1"/></row></sheetData>',
    [edit('C1', 1)],
    '<sheetData><row r="1" spans="1:6"><c r="A1"/><c r="C1"><v>1</v></c></row></sheetData>',
  ],
  [
    'a self-closing row',
    '<sheetData><row r="1" s="4" customFormat="1" /><row r="2"/></sheetData>',
    [edit('B1', 1), edit('A2', 2)],
    '<sheetData><row r="1" s="4" customFormat="1"><c r="B1" s="4"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row></sheetData>',
  ],
  [
    'the format of a column',
    '<cols><col min="2" max="3" style="7"/></cols><sheetData><row r="1" s="5"><c r="A1"/></row></sheetData>',
    [edit('C1', 1), edit('D1', 2), edit('B9', 3)],
    '<cols><col min="2" max="3" style="7"/></cols><sheetData><row r="1" s="5"><c r="A1"/><c r="C1" s="7"><v>1</v></c><c r="D1"><v>2</v></c></row><row r="9"><c r="B9" s="7"><v>3</v></c></row></sheetData>',
  ],
  [
    'rows between, before and behind',
    '<sheetData> <row r="3"><c r="A3"/></row> <row r="7"/> </sheetData>',
    [edit('A9', 9), edit('A5', 5), edit('B5', 6), edit('A1', 1)],
    '<sheetData> <row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="A3"/></row> <row r="5"><c r="A5"><v>5</v></c><c r="B5"><v>6</v></c></row><row r="7"/><row r="9"><c r="A9"><v>9</v></c></row> </sheetData>',
  ],
  ['a sheet without rows', '<sheetData/>', [edit('B2', 1)], '<sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData>'],
  [
    'a sheet with an empty element for rows',
    '<sheetData></sheetData>',
    [edit('B2', 1)],
    '<sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData>',
  ],
  [
    'rows and cells without names',
    '<sheetData><row><c/><c><v>1</v></c></row><row r="4"><c r="B4"/><c/></row></sheetData>',
    [edit('B1', 5), edit('D1', 6), edit('C4', 7), edit('A4', 8)],
    '<sheetData><row><c/><c><v>5</v></c><c r="D1"><v>6</v></c></row><row r="4"><c r="A4"><v>8</v></c><c r="B4"/><c><v>7</v></c></row></sheetData>',
  ],
  [
    'rows without, cells with names',
    '<sheetData><row><c r="A5"/></row><row><c r="A9"/></row></sheetData>',
    [edit('A9', 1), edit('B9', 2), edit('A7', 3)],
    '<sheetData><row><c r="A5"/></row><row r="7"><c r="A7"><v>3</v></c></row><row><c r="A9"><v>1</v></c><c r="B9"><v>2</v></c></row></sheetData>',
  ],
  [
    'rows and cells out of order',
    '<sheetData><row r="5"><c r="C5"/><c r="A5"/></row><row r="2"/></sheetData>',
    [edit('B5', 1), edit('A3', 2), edit('D5', 3), edit('A6', 4)],
    '<sheetData><row r="3"><c r="A3"><v>2</v></c></row><row r="5"><c r="B5"><v>1</v></c><c r="C5"/><c r="A5"/><c r="D5"><v>3</v></c></row><row r="2"/><row r="6"><c r="A6"><v>4</v></c></row></sheetData>',
  ],
  [
    'the cells in use, where a new cell lies outside',
    '<dimension ref="B2:C3"/><sheetData><row r="2"><c r="B2"/></row></sheetData>',
    [edit('D2', 1), edit('A9', 2)],
    '<dimension ref="A2:D9"/><sheetData><row r="2"><c r="B2"/><c r="D2"><v>1</v></c></row><row r="9"><c r="A9"><v>2</v></c></row></sheetData>',
  ],
  [
    'but not a dimension that is wrong already',
    '<dimension ref="A1"/><sheetData><row r="2"><c r="B2"/></row></sheetData>',
    [edit('B2', 1)],
    '<dimension ref="A1"/><sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData>',
  ],
  [
    'what only looks like cells',
    `<!-- <sheetData><row r="1"><c r="A1"/> --><sheetData><?p <row r="1"> ?><!-- <c r="A1"/> --><row r="1" x="&gt; <c r='A1'/>".replace><c r="A1"/></row></sheetData>`.replace(
      `x="&gt; <c r='A1'/>".replace`,
      'spans="1:1"',
    ),
    [edit('A1', 1)],
    `<!-- <sheetData><row r="1"><c r="A1"/> --><sheetData><?p <row r="1"> ?><!-- <c r="A1"/> --><row r="1" spans="1:1"><c r="A1"><v>1</v></c></row></sheetData>`,
  ],
  [
    'text that looks like markup inside a cell',
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[</c></row>]]></t></is></c><c r="B1"/></row></sheetData>',
    [edit('A1', 'a'), edit('B1', 'b')],
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row></sheetData>',
  ],
  [
    'merged cells at their top left',
    '<sheetData><row r="1"><c r="B1" s="2"/><c r="C1" s="2"/></row></sheetData><mergeCells><mergeCell ref="B1:D4"/></mergeCells>',
    [edit('C3', 'x')],
    '<sheetData><row r="1"><c r="B1" s="2" t="inlineStr"><is><t>x</t></is></c><c r="C1" s="2"/></row></sheetData><mergeCells><mergeCell ref="B1:D4"/></mergeCells>',
  ],
  [
    'texts with white space at their ends',
    '<sheetData/>',
    [edit('A1', ' a'), edit('B1', 'b\n'), edit('C1', '=1+1'), edit('D1', 'a\r\nb\rc\td')],
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> a</t></is></c><c r="B1" t="inlineStr"><is><t xml:space="preserve">b\n</t></is></c><c r="C1" t="inlineStr"><is><t>=1+1</t></is></c><c r="D1" t="inlineStr"><is><t>a\nb\nc\td</t></is></c></row></sheetData>',
  ],
  [
    'numbers that are none',
    '<sheetData/>',
    [edit('A1', Number.NaN), edit('B1', 1e300), edit('C1', -0.5), edit('D1', false)],
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>NaN</t></is></c><c r="B1"><v>1e+300</v></c><c r="C1"><v>-0.5</v></c><c r="D1" t="b"><v>0</v></c></row></sheetData>',
  ],
])('writes %s', (_, before, edits, after) => {
  const bytes = form(before);
  const patched = patchBook(bytes, edits);
  expect(patched.refused).toEqual([]);
  expect(partText(patched.bytes, SHEET)).toBe(whole(after));
  openBook(patched.bytes, 'form.xlsx');
});

test('writes prefixed elements and shared texts', () => {
  const ns = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const bytes = form(`<x:worksheet ${ns}><x:sheetData><x:row r="1"><x:c r="A1"/></x:row></x:sheetData></x:worksheet>`, {
    strings: `<?xml version="1.0"?><x:sst ${ns} count='4' uniqueCount="1"><x:si><x:t>a</x:t></x:si></x:sst><!-- </x:sst> -->`,
  });
  const { bytes: after } = patchBook(bytes, [edit('A1', 'b'), edit('B1', 'b'), edit('A2', ' c')]);
  expect(partText(after, SHEET)).toBe(
    `<x:worksheet ${ns}><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>1</x:v></x:c><x:c r="B1" t="s"><x:v>1</x:v></x:c></x:row><x:row r="2"><x:c r="A2" t="s"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
  );
  expect(partText(after, 'xl/sharedStrings.xml')).toBe(
    `<?xml version="1.0"?><x:sst ${ns} count="7" uniqueCount="3"><x:si><x:t>a</x:t></x:si><x:si><x:t>b</x:t></x:si><x:si><x:t xml:space="preserve"> c</x:t></x:si></x:sst><!-- </x:sst> -->`,
  );
});

test('keeps the counts of shared texts right, and fills an empty table of them', () => {
  const bytes = form('<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>0</v></c></row></sheetData>', {
    strings: `<sst ${MAIN} count="2" uniqueCount="1"><si><t>old</t></si></sst>`,
  });
  expect(partText(patchBook(bytes, [edit('A1', 1), edit('B1', null)]).bytes, 'xl/sharedStrings.xml')).toBe(
    `<sst ${MAIN} count="0" uniqueCount="1"><si><t>old</t></si></sst>`,
  );
  const empty = form('<sheetData/>', { strings: `<sst ${MAIN}/>` });
  expect(partText(patchBook(empty, [edit('A1', 'x')]).bytes, 'xl/sharedStrings.xml')).toBe(
    `<sst ${MAIN}><si><t>x</t></si></sst>`,
  );
});

test.each<[name: string, row: string, after: string, format?: string]>([
  ['a height that a program worked out', 'ht="15"', 'ht="42"'],
  ['a height in single quotes', "ht='15'", 'ht="42"'],
  ['no height', '', 'ht="42"'],
  ['a height that is enough', 'ht="60"', 'ht="60"'],
  ['a height that somebody set', 'ht="15" customHeight="1"', 'ht="15" customHeight="1"'],
  ['a row out of sight', 'ht="15" hidden="true"', 'ht="15" hidden="true"'],
  ['a row of no height', 'ht="0"', 'ht="0"'],
  ['a sheet that says how high its rows are', '', '', '<sheetFormatPr defaultRowHeight="20" customHeight="1"/>'],
  ['a sheet that hides rows without a height', '', '', '<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>'],
])('gives a row the height that its answers need: %s', (_, row, after, format = '') => {
  const xml = (attributes: string, cells: string): string =>
    `${format}<sheetData><row r="1" ${attributes}><c r="A1"/>${cells}</row><row r="2"><c r="A2"/></row></sheetData>`;
  const bytes = form(xml(row, ''));
  const needs = [
    { sheet: 'Form', row: 1, height: 42 },
    { sheet: 'Form', row: 2, height: 42 },
    { sheet: 'Other', row: 1, height: 99 },
  ];
  const into = (place: string, value: CellValue): string =>
    partText(patchBook(bytes, [edit(place, value)], { needs, allowHidden: true }).bytes, SHEET);
  const written = into('A1', 1);
  const same = (text: string): string => text.replace(/\s+(?=[>/])/g, '').replace(/\s+/g, ' ');
  expect(same(written)).toBe(same(whole(xml(after, '').replace('<c r="A1"/>', '<c r="A1"><v>1</v></c>'))));
  // A row that gets a new cell grows alike, and a row that gets no answer stays.
  expect(same(into('B1', 1))).toBe(same(whole(xml(after, '<c r="B1"><v>1</v></c>'))));
});

test('makes no row higher than rows can be, and none higher for an answer that it holds already', () => {
  const bytes = form('<sheetData><row r="1" ht="15"><c r="A1"><v>1</v></c></row></sheetData>');
  const into = (value: CellValue): string =>
    partText(patchBook(bytes, [edit('A1', value)], { needs: [{ sheet: 'Form', row: 1, height: 900 }] }).bytes, SHEET);
  expect(into(2)).toContain('<row r="1" ht="409.5">');
  expect(into(1)).toContain('<row r="1" ht="15">');
});

test('changes nothing where nothing changes', () => {
  const bytes = form(
    '<sheetData><row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><r><t>ri</t></r><r><t>ch</t></r></is></c><c r="C1"><v>1.50</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" s="1"/><c r="F1" t="str"><v>a&amp;b</v></c></row></sheetData>',
    { strings: '<si><t>no</t></si><si><t>a_x005F_x0041_&lt;</t></si>' },
  );
  expect(patchBook(bytes, []).bytes).toBe(bytes);
  const same = [
    edit('A1', 'a_x0041_<'),
    edit('B1', 'rich'),
    edit('C1', 1.5),
    edit('D1', true),
    edit('E1', null),
    edit('F1', 'a&b'),
    edit('Z99', null),
  ];
  expect(patchBook(bytes, same)).toEqual({ bytes, written: 7, refused: [], cut: [] });
  // What was written once is there the second time, also where it could not be written as it was.
  const odd = [edit('A1', 'a\u0000b\r\n\ud800'), edit('G5', 'x'.repeat(40_000))];
  const once = patchBook(bytes, odd);
  expect(patchBook(once.bytes, odd).bytes).toBe(once.bytes);
});

const PROTECTED: Omit<Crafted, 'sheets'> = { styles: '<cellXfs><xf/><xf><protection locked="0"/></xf></cellXfs>' };

test.each<[name: string, sheet: string, more: Omit<Crafted, 'sheets'>, place: string, reason: string, options?: PatchOptions]>([
  ['a formula', '<sheetData><row r="1"><c r="A1"><f>B1</f><v>1</v></c></row></sheetData>', {}, 'A1', 'formula'],
  [
    'a formula that is shared',
    '<sheetData><row r="1"><c r="A1"><f t="shared" si="0"/></c></row></sheetData>',
    {},
    'A1',
    'formula',
  ],
  [
    'a formula in merged cells',
    '<sheetData><row r="1"><c r="A1"><f>B1</f><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
    {},
    'B2',
    'formula',
  ],
  [
    'a cell of an array',
    '<sheetData><row r="1"><c r="A1"><f t="array" ref="A1:A9">X</f></c></row><row r="5"><c r="A5"><v>1</v></c></row></sheetData>',
    {},
    'A5',
    'array',
  ],
  [
    'a cell of a data table',
    `<sheetData><row r="1"><c r="A1"><f t='dataTable' ref='A1:B9' dt2D='1'/></c></row></sheetData>`,
    {},
    'B9',
    'array',
  ],
  [
    'a cell of a pivot table',
    '<sheetData/>',
    {
      related: [['pivotTable', '../pivotTables/p.xml']],
      parts: { 'xl/pivotTables/p.xml': `<pivotTableDefinition ${MAIN}><location ref="B2:C4"/></pivotTableDefinition>` },
    },
    'C4',
    'pivot',
  ],
  [
    'the header of a table',
    '<sheetData/>',
    { related: [['table', '../tables/t.xml']], parts: { 'xl/tables/t.xml': `<table ${MAIN} displayName="T" ref="B2:C4"/>` } },
    'B2',
    'table-header',
  ],
  [
    'a locked cell',
    '<sheetData><row r="1"><c r="A1"/></row></sheetData><sheetProtection sheet="1"/>',
    PROTECTED,
    'A1',
    'locked',
    { allowLocked: true },
  ],
  [
    'a cell locked by its row',
    '<cols><col min="1" max="9" style="1"/></cols><sheetData><row r="1" s="0" customFormat="1"/></sheetData><sheetProtection sheet="1"/>',
    PROTECTED,
    'B1',
    'locked',
    { allowLocked: true },
  ],
  ['a hidden row', '<sheetData><row r="1" hidden="1"><c r="A1"/></row></sheetData>', {}, 'A1', 'hidden', { allowHidden: true }],
  [
    'a row without height',
    '<sheetData><row r="1" ht="0" customHeight="1"><c r="A1"/></row></sheetData>',
    {},
    'A1',
    'hidden',
    { allowHidden: true },
  ],
  ['a row that all rows hide with', '<sheetFormatPr zeroHeight="1"/><sheetData/>', {}, 'A1', 'hidden', { allowHidden: true }],
  ['a hidden column', '<cols><col min="2" max="3" hidden="true"/></cols><sheetData/>', {}, 'C1', 'hidden', { allowHidden: true }],
  ['a hidden sheet', '<sheetData/>', { states: { Form: 'state="veryHidden"' } }, 'A1', 'hidden', { allowHidden: true }],
])('leaves %s alone', (_, sheet, more, place, reason, options) => {
  const bytes = form(sheet, more);
  const refused = patchBook(bytes, [edit(place, 'x')]);
  expect(refused).toEqual({ bytes, written: 0, refused: [{ edit: edit(place, 'x'), reason }], cut: [] });
  if (options) expect(seenCells(patchBook(bytes, [edit(place, 'x')], options).bytes).get(`Form!${place}`)?.text).toBe('x');
});

test('writes next to what it leaves alone', () => {
  const bytes = form(
    '<cols><col min="2" max="2" style="1"/></cols><sheetData><row r="1"><c r="A1"><f>1</f></c><c r="B1" s="1"/></row></sheetData><sheetProtection sheet="1"/>',
    {
      ...PROTECTED,
      related: [['table', '../tables/t.xml']],
      parts: { 'xl/tables/t.xml': `<table ${MAIN} displayName="T" ref="B2:B4" headerRowCount="0"/>` },
    },
  );
  const patched = patchBook(bytes, [edit('B1', 'a'), edit('B2', 'b'), edit('B7', 'c')]);
  expect(patched).toMatchObject({ written: 3, refused: [] });
});

test('says which edits have no place, and which go into the same cell', () => {
  const bytes = form('<sheetData/><mergeCells><mergeCell ref="A1:A3"/></mergeCells>');
  const edits = [
    edit('A1', 'x', 'Other'),
    { sheet: 'Form', row: 0, column: 1, value: 'x' },
    { sheet: 'Form', row: 1_048_577, column: 1, value: 'x' },
    { sheet: 'Form', row: 1, column: 16_385, value: 'x' },
    { sheet: 'Form', row: 1.5, column: 1, value: 'x' },
    edit('A1', 'first'),
    edit('A2', 'second'),
    edit('A3', 'second'),
    edit('XFD1048576', 'corner'),
  ];
  const { refused, written, bytes: after } = patchBook(bytes, edits);
  expect(refused.map(({ reason }) => reason)).toEqual([
    'no-such-sheet',
    'out-of-bounds',
    'out-of-bounds',
    'out-of-bounds',
    'out-of-bounds',
    'same-cell',
  ]);
  expect(refused.at(-1)?.edit).toBe(edits[5]);
  expect(written).toBe(2);
  expect([...seenCells(after)].map(([place, { text }]) => [place, text])).toEqual([
    ['Form!A1', 'second'],
    ['Form!XFD1048576', 'corner'],
  ]);
});

test.each<[name: string, format: string, row: string, after: string]>([
  ['no height', '', '<row r="1">', '<row r="1" ht="60">'],
  ['a height worked out by a program', '', `<row r="1" ht='15' spans='1:2'>`, `<row r="1" ht="60" spans='1:2'>`],
  ['more height than that', '', '<row r="1" ht="75.5">', '<row r="1" ht="75.5">'],
  ['a height that somebody set', '', '<row r="1" ht="15" customHeight="1">', '<row r="1" ht="15" customHeight="1">'],
  ['no height where all rows have one', 'customHeight="1"', '<row r="1">', '<row r="1">'],
  ['no height where rows are hidden', 'zeroHeight="1"', '<row r="1">', '<row r="1">'],
  ['a height of its own where all rows have one', 'customHeight="1"', '<row r="1" ht="15">', '<row r="1" ht="60">'],
])('makes a row higher for its answers, with %s', (_, format, row, after) => {
  const bytes = form(
    `<sheetFormatPr ${format} defaultRowHeight="15"/><sheetData>${row}<c r="A1"/></row><row r="2"><c r="A2"/></row><row r="3"/></sheetData>`,
  );
  const needs = [1, 2].map((number) => ({ sheet: 'Form', row: number, height: 60 }));
  // The second row gets no answer; the third needs nothing.
  const { bytes: patched } = patchBook(bytes, [edit('A1', 1), edit('B1', 2), edit('A3', 3)], { needs });
  expect(partText(patched, SHEET)).toBe(
    whole(
      `<sheetFormatPr ${format} defaultRowHeight="15"/><sheetData>${after}<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"/></row><row r="3"><c r="A3"><v>3</v></c></row></sheetData>`,
    ),
  );
});

test('makes no row higher than Excel can, and none for what is there already', () => {
  const bytes = form('<sheetData><row r="1" ht="15"><c r="A1"><v>1</v></c></row></sheetData>');
  const needs = [{ sheet: 'Form', row: 1, height: 900 }];
  expect(patchBook(bytes, [edit('A1', 1)], { needs }).bytes).toBe(bytes);
  expect(partText(patchBook(bytes, [edit('A1', 2)], { needs }).bytes, SHEET)).toContain('<row r="1" ht="409.5">');
});

test.each<[name: string, behind: string, after: string]>([
  ['an element that is there', '<calcPr calcId="191029"/>', '<calcPr calcId="191029" fullCalcOnLoad="1"/>'],
  ['one that says no', `<calcPr fullCalcOnLoad='0' calcId='1'></calcPr>`, `<calcPr fullCalcOnLoad="1" calcId='1'></calcPr>`],
  ['one that says so already', '<calcPr fullCalcOnLoad="true"/>', '<calcPr fullCalcOnLoad="true"/>'],
  [
    'none',
    '<definedNames><definedName name="a">1</definedName></definedNames><pivotCaches/>',
    '<definedNames><definedName name="a">1</definedName></definedNames><calcPr fullCalcOnLoad="1"/><pivotCaches/>',
  ],
  ['none, and nothing behind the sheets', '', '<calcPr fullCalcOnLoad="1"/>'],
])('asks for calculation in a workbook with formulas and %s', (_, behind, after) => {
  const bytes = bookOf({
    sheets: { Form: '<sheetData/>', Sum: '<sheetData><row><c><f>Form!A1</f><v>0</v></c></row></sheetData>' },
    behind,
  });
  const patched = patchBook(bytes, [edit('A1', 1)]).bytes;
  expect(partText(patched, 'xl/workbook.xml')).toBe(
    partText(bytes, 'xl/workbook.xml').replace(`</sheets>${behind}`, `</sheets>${after}`),
  );
});

test('does not ask for calculation where there is nothing to calculate', () => {
  const bytes = bookOf({ sheets: { Form: '<sheetData/>', Other: '<sheetData><row><c><v>1</v></c></row></sheetData>' } });
  const patched = patchBook(bytes, [edit('A1', 1)]).bytes;
  expect(partText(patched, 'xl/workbook.xml')).toBe(partText(bytes, 'xl/workbook.xml'));
});

test.each<[name: string, bytes: (parts: ReturnType<typeof partsOf>) => Uint8Array]>([
  ['sizes behind the data', (parts) => zipOf(parts.map((part) => ({ ...part, descriptor: true })))],
  ['stored entries', (parts) => zipOf(parts.map((part) => ({ ...part, method: 0 })))],
  [
    'zip64 fields and directory',
    (parts) =>
      zipOf(
        parts.map((part) => ({ ...part, wide: true })),
        { zip64: true },
      ),
  ],
  [
    'comments, extra fields and bytes in front',
    (parts) =>
      zipOf(
        parts.map((part) => ({ ...part, comment: 'c', extra: Buffer.from('UT\x05\x00\x01abcd') })),
        { comment: 'by hand', prefix: Buffer.from('PK00') },
      ),
  ],
  ['names in no known encoding', (parts) => zipOf([{ name: Buffer.from('xl/\x81\xff.bin', 'latin1'), data: 'x' }, ...parts])],
])('copies the other entries of an archive with %s', (_, archive) => {
  const bytes = archive(
    partsOf({ sheets: { Form: '<sheetData><row r="1"><c r="A1"/></row></sheetData>', Other: '<sheetData/>' } }),
  );
  const patched = patchBook(bytes, [edit('A1', 'ä😀')]);
  expect(patched.written).toBe(1);
  expect(seenCells(patched.bytes).get('Form!A1')?.text).toBe('ä😀');
  openBook(patched.bytes, 'form.xlsx');
  const [before, after] = [rawEntries(bytes), rawEntries(patched.bytes)];
  expect([...after.keys()]).toEqual([...before.keys()]);
  for (const [name, entry] of before) if (name !== SHEET) expect(after.get(name), name).toBe(entry);
  // The sheet keeps its time.
  expect(Buffer.from(after.get(SHEET)?.split(' ')[0] ?? '', 'base64').readUInt32LE(10)).toBe(0x5a216b32);
});

test('keeps bytes that are not its own: other alphabets, entities, line ends', () => {
  const odd = '\ufeff<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n';
  const xml = `${odd}<worksheet ${MAIN}>\r\n<sheetPr codeName="Größe&#13;"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>日本&#x1F600;\r\n</t></is></c><c r="B1"/></row></sheetData><!-- é --></worksheet>\r\n`;
  const parts = partsOf({ sheets: { Form: '' } }).map((part) => (part.name === SHEET ? { ...part, data: xml } : part));
  const patched = patchBook(zipOf(parts), [edit('B1', 'ñ')]).bytes;
  expect(partText(patched, SHEET)).toBe(xml.replace('<c r="B1"/>', '<c r="B1" t="inlineStr"><is><t>ñ</t></is></c>'));
});

test('gives the same bytes twice', () => {
  const bytes = form('<sheetData/>', { strings: '<si><t>a</t></si>' });
  const edits = Array.from({ length: 50 }, (_, index) => edit(`B${50 - index}`, `text ${index % 7}`));
  expect(Buffer.compare(patchBook(bytes, edits).bytes, patchBook(bytes, edits).bytes)).toBe(0);
});

test('has the name of the file in its problems', () => {
  expect(problemOf(() => patchBook(new Uint8Array(), [], { file: 'forms/a.xlsx' })).file).toBe('forms/a.xlsx');
});

// A small generator with a fixed seed, so that ten thousand texts go through few patches.
function* hostileTexts(count: number): Generator<string> {
  const bits = [
    '"',
    "'",
    '&',
    '<',
    '>',
    ']]>',
    '<!--',
    '\u0000',
    '\u0001',
    '\u001f',
    '\u007f',
    '\u0085',
    '\t',
    '\n',
    '\r',
    '\r\n',
    ' ',
    '\u00a0',
    '😀',
    '\ud800',
    '\udc00',
    '\ufffe',
    '\uffff',
    '\ufeff',
    "=cmd|' /C calc'!A0",
    '+1',
    '-1',
    '@x',
    '_x0041_',
    '_x000d_',
    '_x005F_',
    '_',
    'x0041_',
    '&amp;',
    '&#10;',
    'a',
    'ß',
    '日本',
    '\u202e',
    '\u2028',
    'e\u0301',
    '1e5',
    'TRUE',
    '</t></is></c>',
    '$&',
    '$1',
    "$'",
  ];
  let seed = 12_345;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  for (let index = 0; index < count; index++) {
    if (index % 2500 === 7) yield `${bits[next(bits.length)]}${'long & 😀'.repeat(5000)}`;
    else yield Array.from({ length: 1 + next(8) }, () => bits[next(bits.length)]).join('');
  }
}

test.each([
  ['shared', '<si><t>a</t></si>'],
  ['inline', undefined],
])('ten thousand hostile texts come back right, %s', (_, strings) => {
  const texts = [...hostileTexts(10_000)];
  const existing = Array.from(
    { length: 2500 },
    (_, row) => `<row r="${row + 1}">${row % 3 ? `<c r="B${row + 1}" s="1"/><c r="D${row + 1}"><v>1</v></c>` : ''}</row>`,
  ).join('');
  const bytes = form(`<sheetData>${existing}</sheetData>`, strings ? { strings } : {});
  const edits = texts.map((value, index): CellEdit => ({ sheet: 'Form', row: 1 + (index >> 2), column: 1 + (index % 4), value }));
  const patched = patchBook(bytes, edits);
  expect(patched).toMatchObject({ written: 10_000, refused: [] });
  expect(patched.cut.length).toBe(4);
  const seen = seenCells(patched.bytes);
  const read = new Map(
    openBook(patched.bytes, 'form.xlsx').sheets[0]?.rows.flatMap(({ cells }) =>
      cells.map((cell) => [`${cell.row} ${cell.column}`, cell.text] as const),
    ),
  );
  for (const { row, column, value } of edits) {
    // What a cell can hold: lines end with LF, and what XML or people cannot take is shown as a mark.
    const held = String(value)
      .replace(/\r\n|\r/g, '\n')
      .replace(/[^\P{Cc}\t\n]|\p{Cs}|[\ufffe\uffff]/gu, '\ufffd');
    const text = seen.get(`Form!${'ABCD'[column - 1]}${row}`)?.text;
    if (held.length <= 32_767) expect(text).toBe(held);
    else {
      expect(text?.length).toBeLessThanOrEqual(32_767);
      expect(text).toMatch(/… \(cut at 32,767 characters\)$/);
      expect(held.startsWith(String(text).split('… (cut')[0] ?? '')).toBe(true);
    }
    expect(read.get(`${row} ${column}`)).toBe(text);
  }
});

test('a row in which a cell is twice, under its name or by its place, is refused at the latest where it is read', () => {
  for (const row of ['<c r="A1"/><c r="A1"/>', '<c r="A1"/><c r="B1"/><c s="1" r="A1"/>', '<c/><c r="B1"/><c r="A1"/>'])
    expect(() => openBook(form(`<sheetData><row r="1">${row}</row></sheetData>`), 'form.xlsx'), row).toThrow(Problems);
  const twice = form('<sheetData><row r="1"><c r="A1"/><c r="B1"/><c r="A1"/></row></sheetData>');
  expect(() => patchBook(twice, [edit('A1', 'x')])).toThrow(Problems);
});

test('numbers cells as the reader does, whatever names they leave out', () => {
  // Every mixture of named and unnamed rows and cells, each with a value of its own; the one that is patched is found by it.
  for (let mask = 0; mask < 64; mask++) {
    const named = (bit: number, name: string): string => ((mask >> bit) & 1 ? ` r="${name}"` : '');
    const xml = `<sheetData><row${named(0, '2')}><c${named(1, mask & 1 ? 'B2' : 'B1')}><v>1</v></c><c><v>2</v></c></row><row${named(2, '5')}>${(mask >> 3) & 1 ? '' : '<c><v>3</v></c>'}<c${mask & 4 ? named(4, 'D5') : ''}><v>4</v></c></row><row${named(5, '9')}><c><v>5</v></c></row></sheetData>`;
    const bytes = form(xml);
    const cells = openBook(bytes, 'form.xlsx').sheets[0]?.rows.flatMap((row) => row.cells) ?? [];
    for (const cell of cells) {
      const { bytes: after } = patchBook(bytes, [{ sheet: 'Form', row: cell.row, column: cell.column, value: 77 }]);
      expect(partText(after, SHEET)).toBe(whole(xml.replace(`<v>${cell.value}</v>`, '<v>77</v>')));
      expect(cellsOf(partText(after, SHEET)).size).toBe(cells.length);
    }
  }
});
