import { expect, test } from 'vitest';
import { cellName, columnLetters, columnNumber, parseCell, parseRange } from '../src/book/address.ts';
import type { BookSheet } from '../src/book/book.ts';
import { openBook } from '../src/book/open.ts';
import { seenCells } from './book-reader.ts';
import { bookOf, type Crafted, MAIN, partsOf, problemOf, zipOf } from './book-support.ts';

function open(crafted: Crafted) {
  return openBook(bookOf(crafted), 'form.xlsx');
}

/** The first sheet of a workbook whose sheet is crafted. */
function sheetOf(xml: string, more: Omit<Crafted, 'sheets'> = {}): BookSheet {
  return open({ sheets: { Form: xml }, ...more }).sheets[0] as BookSheet;
}

/** Cells by name with what they show. */
function shown(sheet: BookSheet): Record<string, string> {
  return Object.fromEntries(sheet.rows.flatMap(({ cells }) => cells.map((cell) => [cellName(cell.row, cell.column), cell.text])));
}

test('names of cells and ranges', () => {
  for (const column of [1, 26, 27, 52, 53, 702, 703, 16_384]) expect(columnNumber(columnLetters(column))).toBe(column);
  expect(columnLetters(16_384)).toBe('XFD');
  for (const wrong of ['', 'XFE', 'ABCD', '1', 'Ä']) expect(columnNumber(wrong)).toBeUndefined();
  expect(parseCell('$B$12')).toEqual({ row: 12, column: 2 });
  for (const wrong of ['A0', 'A1048577', 'A01', 'A', '1', 'XFE1', 'A1:B2', "A1'", 'š1', '{1', 'A1$', 'A$', '$'])
    expect(parseCell(wrong), wrong).toBeUndefined();
  expect(parseRange('B2:$A$1')).toEqual({ top: 1, left: 1, bottom: 2, right: 2 });
  expect(parseRange('C:$D')).toEqual({ top: 1, left: 3, bottom: 1_048_576, right: 4 });
  expect(parseRange('3:$7')).toEqual({ top: 3, left: 1, bottom: 7, right: 16_384 });
  for (const wrong of ['A1:', ':A1', 'A:1', 'Sheet!A1', '0:3', 'A1:B2:C3']) expect(parseRange(wrong), wrong).toBeUndefined();
});

test.each<[name: string, xml: string, expected: Record<string, string>]>([
  ['single quotes around attributes', `<sheetData><row r='2'><c r='B2' t='b'><v>1</v></c></row></sheetData>`, { B2: 'TRUE' }],
  [
    'rows and cells without names',
    '<sheetData><row/><row><c><v>1</v></c><c r="D2"><v>2</v></c><c><v>3</v></c></row></sheetData>',
    { A2: '1', D2: '2', E2: '3' },
  ],
  [
    'rows without, cells with names',
    '<sheetData><row><c r="A5"><v>1</v></c></row><row><c r="B9"><v>2</v></c></row></sheetData>',
    { A5: '1', B9: '2' },
  ],
  [
    'self-closing rows',
    '<sheetData><row r="1"/><row r="4" s="1" customFormat="1"/><row r="5"><c r="A5"><v>1</v></c></row></sheetData>',
    { A5: '1' },
  ],
  [
    'rows and cells out of order',
    '<sheetData><row r="3"><c r="B3"><v>2</v></c><c r="A3"><v>1</v></c></row><row r="1"><c r="A1"><v>0</v></c></row></sheetData>',
    { A1: '0', A3: '1', B3: '2' },
  ],
  [
    'an inline text without <is>',
    '<sheetData><row><c t="inlineStr"><t>plain</t></c><c t="inlineStr"><v>value</v></c></row></sheetData>',
    { A1: 'plain', B1: 'value' },
  ],
  [
    'rich inline text',
    '<sheetData><row><c t="inlineStr"><is><r><t>one </t></r><r><rPr><b/></rPr><t>two</t></r><rPh sb="0" eb="1"><t>HIDDEN</t></rPh></is></c></row></sheetData>',
    { A1: 'one two' },
  ],
  [
    'white space as it is',
    '<sheetData><row><c t="inlineStr"><is><t xml:space="preserve">  a\n b </t></is></c><c t="inlineStr"><is><t> c </t></is></c></row></sheetData>',
    { A1: '  a\n b ', B1: ' c ' },
  ],
  [
    'escapes',
    '<sheetData><row><c t="inlineStr"><is><t>a_x000D_b_x005F_x0041_ _x00g1_</t></is></c><c t="str"><f>A1</f><v>_x0041_</v></c></row></sheetData>',
    { A1: 'a\rb_x0041_ _x00g1_', B1: 'A' },
  ],
  [
    'comments, CDATA and instructions between',
    '<sheetData><!-- <row r="1"><c r="A1"><v>9</v></c></row> --><row r="1"><?x <c r="B1"/> ?><c r="A1" t="inlineStr"><is><t><![CDATA[<c r="Z1"/>]]> &amp; more</t></is></c></row></sheetData>',
    { A1: '<c r="Z1"/> & more' },
  ],
  ['a wrong dimension', '<dimension ref="A1:A1"/><sheetData><row r="7"><c r="G7"><v>1</v></c></row></sheetData>', { G7: '1' }],
  [
    'numbers as Excel shows them',
    '<sheetData><row><c><v>0.30000000000000004</v></c><c><v>1E3</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2026-01-02</v></c><c><v> </v></c></row></sheetData>',
    { A1: '0.3', B1: '1000', C1: '#N/A', D1: '2026-01-02', E1: '' },
  ],
])('reads %s', (_, xml, expected) => {
  expect(shown(sheetOf(xml))).toEqual(expected);
});

test('reads prefixed elements', () => {
  const sheet = sheetOf(
    `<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>1</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:B2"/></x:mergeCells></x:worksheet>`,
    {
      strings: `<x:sst xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:si/><x:si><x:t>shared</x:t></x:si></x:sst>`,
    },
  );
  expect(shown(sheet)).toEqual({ A1: 'shared' });
  expect(sheet.merges).toEqual([{ top: 1, left: 1, bottom: 2, right: 2 }]);
});

test('tells values, formulas, locks and what is hidden', () => {
  const sheet = sheetOf(
    `<sheetFormatPr defaultRowHeight="15"/><cols><col min="2" max="3" width="20.5" hidden="1"/><col min="3" max="9" width="1"/><col min="5" max="5" width="0"/></cols>
     <sheetData><row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2" ht="30" customHeight="1"><c r="A2" s="1"/><c r="B2" s="2"><f>A1</f><v>1</v></c></row>
     <row r="3" ht="0" customHeight="true"><c r="A3" t="s"><v>0</v></c></row><row r="4" ht="30"><c r="A4" s="9"/></row></sheetData><sheetProtection sheet="1" objects="1"/>`,
    {
      strings: '<si><t>text</t></si>',
      styles:
        '<cellStyleXfs><xf><protection locked="0"/></xf></cellStyleXfs><cellXfs><xf/><xf><protection locked="0"/></xf><xf><protection hidden="1"/></xf></cellXfs>',
    },
  );
  expect(sheet.protected).toBe(true);
  expect(sheet.rows.map(({ row, hidden, height }) => ({ row, hidden, height }))).toEqual([
    { row: 1, hidden: true },
    { row: 2, hidden: false, height: 30 },
    { row: 3, hidden: true, height: 0 },
    { row: 4, hidden: false },
  ]);
  expect(sheet.rows[1]?.cells).toEqual([
    { row: 2, column: 1, text: '', formula: false, locked: false },
    { row: 2, column: 2, value: 1, text: '1', formula: true, locked: true },
  ]);
  expect(sheet.rows[0]?.cells[0]).toMatchObject({ value: 1, locked: true });
  expect(sheet.rows[2]?.cells[0]).toMatchObject({ value: 'text' });
  expect(sheet.hiddenColumns).toEqual([
    { top: 1, left: 2, bottom: 1_048_576, right: 3 },
    { top: 1, left: 5, bottom: 1_048_576, right: 5 },
  ]);
  expect([...sheet.widths]).toEqual([
    [2, 20.5],
    [3, 20.5],
    [5, 0],
  ]);
});

test('leaves out chart sheets, and knows states and the sheets of names', () => {
  const parts = partsOf({
    sheets: { A: '<sheetData/>', B: '<sheetData/>', C: '<sheetData/>' },
    states: { B: 'state="hidden"', C: 'state="veryHidden"' },
    behind:
      '<definedNames><definedName name="all">B!$A$1</definedName><definedName name="own" localSheetId="2">C!$A$1</definedName></definedNames>',
  });
  for (const part of parts)
    if (part.name === 'xl/_rels/workbook.xml.rels')
      part.data = String(part.data).replace(
        '/worksheet" Target="worksheets/sheet1.xml"',
        '/chartsheet" Target="chartsheets/sheet1.xml"',
      );
  const book = openBook(zipOf(parts), 'form.xlsx');
  expect(book.sheets.map(({ name, index, state }) => [name, index, state])).toEqual([
    ['B', 0, 'hidden'],
    ['C', 1, 'very-hidden'],
  ]);
  expect(book.names).toEqual([
    { name: 'all', refersTo: 'B!$A$1' },
    { name: 'own', refersTo: 'C!$A$1', sheet: 'C' },
  ]);
});

const LISTS =
  '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Yes</t></is></c><c r="B1"><v>1</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>No, never</t></is></c></row><row r="4"><c r="A4" t="inlineStr"><is><t>n/a</t></is></c></row></sheetData>';
const NAMES = `<definedNames><definedName name="Answers">'My ''lists'''!$A$1:$A$4</definedName><definedName name="Again">answers</definedName><definedName name="Loop">Loop2</definedName><definedName name="Loop2">Loop</definedName><definedName name="Column">Replies[Reply]</definedName><definedName name="Local" localSheetId="0">Form!$A$1:$B$1</definedName><definedName name="Moving">OFFSET('My ''lists'''!$A$1,0,0,3,1)</definedName></definedNames>`;

test.each<[formula: string, values: string[]]>([
  ['"Yes,No"', ['Yes', 'No']],
  ['"Low, Medium , High,"', ['Low', 'Medium', 'High']],
  ['"a ""b"",c"', ['a "b"', 'c']],
  ['$A$1:$B$1', ['q1', 'q2']],
  ['Form!$A$1:$A$9', ['q1', 'q3']],
  [`'My ''lists'''!$A$1:$A$4`, ['Yes', 'No, never', 'n/a']],
  [`'my ''LISTS'''!$A:$A`, ['Yes', 'No, never', 'n/a']],
  [`'My ''lists'''!$1:$1`, ['Yes', '1']],
  [`'My ''lists'''!$A$1`, ['Yes']],
  ['Answers', ['Yes', 'No, never', 'n/a']],
  ['AGAIN', ['Yes', 'No, never', 'n/a']],
  ['Local', ['q1', 'q2']],
  ['Form!Local', ['q1', 'q2']],
  ['INDIRECT("Answers")', ['Yes', 'No, never', 'n/a']],
  ['INDIRECT("Replies[reply]")', ['ja', 'nein']],
  ['Column', ['ja', 'nein']],
  // What cannot be told from the book alone.
  ['Loop', []],
  ['Moving', []],
  ['INDIRECT(A1)', []],
  ['Nowhere!$A$1:$A$3', []],
  ['[1]Sheet!$A$1', []],
  ['#REF!', []],
  ['A1:A3', []],
  ['', []],
])('resolves a list from %s', (formula, values) => {
  const book = open({
    sheets: {
      Form: `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>q1</t></is></c><c r="B1" t="inlineStr"><is><t>q2</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>q3</t></is></c></row></sheetData><dataValidations><dataValidation type="list" showErrorMessage="1" sqref="C3:C9 D3"><formula1>${formula.replaceAll('&', '&amp;')}</formula1></dataValidation></dataValidations>`,
      "My 'lists'": LISTS,
      Table:
        '<sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>Reply</t></is></c></row><row r="3"><c r="B3" t="inlineStr"><is><t>ja</t></is></c></row><row r="4"><c r="B4" t="inlineStr"><is><t>nein</t></is></c></row><row r="5"><c r="B5"><v>2</v></c></row></sheetData>',
    },
    behind: NAMES,
    parts: {
      'xl/worksheets/_rels/sheet3.xml.rels':
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table" Target="/xl/tables/table1.xml"/></Relationships>',
      'xl/tables/table1.xml': `<table ${MAIN} id="1" name="t" displayName="Replies" ref="B2:B5" totalsRowCount="1"><tableColumns count="1"><tableColumn id="1" name="Reply"/></tableColumns></table>`,
    },
  });
  expect(book.sheets[0]?.choices).toEqual([
    {
      ranges: [
        { top: 3, left: 3, bottom: 9, right: 3 },
        { top: 3, left: 4, bottom: 3, right: 4 },
      ],
      values,
      source: formula,
      strict: true,
    },
  ]);
  expect(book.sheets[2]?.tables).toEqual([{ name: 'Replies', range: { top: 2, left: 2, bottom: 5, right: 2 }, headerRows: 1 }]);
});

test('reads lists of the newer kinds, and which are strict', () => {
  const x14 = (formula: string, where: string, attributes = '') =>
    `<x14:dataValidation type="list" ${attributes}><x14:formula1><xm:f>${formula}</xm:f></x14:formula1><xm:sqref>${where}</xm:sqref></x14:dataValidation>`;
  const sheet = open({
    sheets: {
      Form: `<sheetData/><dataValidations><dataValidation type="whole" sqref="A1"><formula1>1</formula1></dataValidation>
        <dataValidation type="list" errorStyle="warning" showErrorMessage="1" sqref="A2"><formula1>"a"</formula1></dataValidation>
        <dataValidation type="list" sqref="A3"><formula1>"b"</formula1></dataValidation>
        <dataValidation type="list" showErrorMessage="1" sqref="A4"><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice xmlns:x12ac="http://schemas.microsoft.com/office/spreadsheetml/2011/1/ac" Requires="x12ac"><x12ac:list>Yes,"No, because ""x""", Maybe</x12ac:list></mc:Choice><mc:Fallback><formula1>"Yes,No, because ""x"", Maybe"</formula1></mc:Fallback></mc:AlternateContent></dataValidation></dataValidations>
        <extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">${x14('Lists!$A$1:$A$4', 'C3:C1048576 D:D', 'showErrorMessage="1"')}${x14('B1:B2', 'E5')}</x14:dataValidations></ext></extLst>`,
      Lists: LISTS,
    },
  }).sheets[0] as BookSheet;
  expect(sheet.choices.map(({ values, strict, source }) => ({ values, strict, source }))).toEqual([
    { values: ['a'], strict: false, source: '"a"' },
    { values: ['b'], strict: false, source: '"b"' },
    { values: ['Yes', 'No, because "x"', 'Maybe'], strict: true, source: 'Yes,"No, because ""x""", Maybe' },
    { values: ['Yes', 'No, never', 'n/a'], strict: true, source: 'Lists!$A$1:$A$4' },
    { values: [], strict: false, source: 'B1:B2' },
  ]);
  expect(sheet.choices[3]?.ranges).toEqual([
    { top: 3, left: 3, bottom: 1_048_576, right: 3 },
    { top: 1, left: 4, bottom: 1_048_576, right: 4 },
  ]);
});

test('knows the ranges of pivot tables with the filters above them', () => {
  const sheet = sheetOf('<sheetData/>', {
    related: [['pivotTable', '../pivotTables/pivotTable1.xml']],
    parts: {
      'xl/pivotTables/pivotTable1.xml': `<pivotTableDefinition ${MAIN}><location ref="B6:D9" rowPageCount="2" colPageCount="1"/></pivotTableDefinition>`,
    },
  });
  expect(sheet.pivots).toEqual([{ top: 3, left: 2, bottom: 9, right: 4 }]);
});

test('reads shared texts as the independent reader does', () => {
  const crafted: Crafted = {
    sheets: {
      Form: `<sheetData><row>${Array.from({ length: 6 }, (_, index) => `<c t="s"><v>${index}</v></c>`).join('')}</row></sheetData>`,
    },
    strings:
      '<si><t>plain</t></si><si><t xml:space="preserve"> kept </t></si><si><r><t>ri</t></r><r><rPr><i/></rPr><t xml:space="preserve">ch </t></r></si><si><t>base</t><rPh sb="0" eb="1"><t>no</t></rPh><phoneticPr fontId="1"/></si><si/><si><t>_x0041__x005F_x0041_&#13;\n&lt;</t></si>',
  };
  const sheet = open(crafted).sheets[0] as BookSheet;
  const seen = seenCells(bookOf(crafted));
  expect(shown(sheet)).toEqual({ A1: 'plain', B1: ' kept ', C1: 'rich ', D1: 'base', E1: '', F1: 'A_x0041_\r\n<' });
  for (const [place, text] of Object.entries(shown(sheet))) expect(seen.get(`Form!${place}`)?.text).toBe(text);
});

const GOOD = partsOf({ sheets: { Form: '<sheetData/>' } });
const changed = (name: string, change: (text: string) => string) =>
  GOOD.map((part) => (part.name === name ? { ...part, data: change(String(part.data)) } : part));
const compound = (text: string) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(text, 'utf16le')]);
const typed = (type: string) => bookOf({ sheets: { Form: '<sheetData/>' }, mainType: type });

test.each<[name: string, bytes: Uint8Array, code: string, message: RegExp]>([
  ['an empty file', new Uint8Array(), 'not-a-workbook', /empty/],
  ['a text', Buffer.from('id,question,answer\n1,Do you?,\n'), 'not-a-workbook', /not a workbook/],
  ['a password', compound('EncryptedPackage'), 'book-protected', /password/],
  ['an .xls', compound('Workbook'), 'not-a-workbook', /97–2003/],
  [
    'an OpenDocument sheet',
    zipOf([
      { name: 'mimetype', data: 'application/x' },
      { name: 'content.xml', data: '<x/>' },
    ]),
    'not-a-workbook',
    /OpenDocument/,
  ],
  ['another archive', zipOf([{ name: 'readme.txt', data: 'x' }]), 'not-a-workbook', /zip archive/],
  ['a binary workbook', typed('application/vnd.ms-excel.sheet.binary.macroEnabled.main'), 'not-a-workbook', /xlsb/],
  [
    'a template',
    typed('application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml'),
    'not-a-workbook',
    /template/,
  ],
  [
    'a text document',
    typed('application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'),
    'not-a-workbook',
    /not a workbook/,
  ],
  ['a signature', zipOf([...GOOD, { name: '_xmlsignatures/origin.sigs', data: '' }]), 'book-signed', /signed/],
  [
    'the strict format',
    zipOf(
      changed('_rels/.rels', (text) =>
        text.replace('http://schemas.openxmlformats.org/officeDocument/2006', 'http://purl.oclc.org/ooxml/officeDocument'),
      ),
    ),
    'book-strict',
    /Strict/,
  ],
  ['encrypted entries', zipOf(GOOD.map((part) => ({ ...part, flags: 1 }))), 'book-protected', /password/],
  ['two entries of one name', zipOf([...GOOD, { name: 'XL\\workbook.xml', data: '<x/>' }]), 'book-damaged', /two parts/],
  ['two names of one entry', zipOf(GOOD.map((part) => ({ ...part, localName: 'other.xml' }))), 'book-damaged', /two names/],
  ['overlapping entries', zipOf([...GOOD, { name: 'again.xml', data: 'x', start: 0 }]), 'book-damaged', /not where/],
  ['a wrong checksum', zipOf(GOOD.map((part) => ({ ...part, crc: 1 }))), 'book-damaged', /checksum|unpacked/],
  ['a wrong size', zipOf(GOOD.map((part) => ({ ...part, size: 10 }))), 'book-damaged', /checksum|unpacked/],
  ['an unknown packing', zipOf(GOOD.map((part) => ({ ...part, method: 12 }))), 'book-damaged', /packed in a way/],
  ['a missing sheet', zipOf(GOOD.filter(({ name }) => name !== 'xl/worksheets/sheet1.xml')), 'book-damaged', /“Form” is missing/],
  [
    'no sheet at all',
    zipOf(changed('xl/workbook.xml', (text) => text.replace(/<sheet .*?\/>/, ''))),
    'book-damaged',
    /worksheet/,
  ],
  [
    'a sheet listed twice',
    zipOf(changed('xl/workbook.xml', (text) => text.replace(/(<sheet .*?\/>)/, '$1$1'))),
    'book-damaged',
    /twice/,
  ],
  [
    'a document type',
    bookOf({ sheets: { Form: `<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet ${MAIN}><sheetData/></worksheet>` } }),
    'book-damaged',
    /document type/,
  ],
  ['an unknown entity', bookOf({ sheets: { Form: '<sheetData/>&a;' } }), 'book-damaged', /well-formed/],
  ['broken XML', bookOf({ sheets: { Form: '<sheetData><row></sheetData>' } }), 'book-damaged', /sheet1\.xml” is not well-formed/],
  [
    'another encoding',
    bookOf({ sheets: { Form: `<?xml version="1.0" encoding="windows-1252"?><worksheet ${MAIN}/>` } }),
    'book-damaged',
    /windows-1252/,
  ],
  [
    'bytes that are no UTF-8',
    zipOf(
      GOOD.map((part) =>
        part.name === 'xl/worksheets/sheet1.xml' ? { ...part, data: Buffer.from('<a>\xff</a>', 'latin1') } : part,
      ),
    ),
    'book-damaged',
    /UTF-8/,
  ],
  [
    'a missing shared text',
    bookOf({ sheets: { Form: '<sheetData><row><c t="s"><v>7</v></c></row></sheetData>' } }),
    'book-damaged',
    /A1/,
  ],
  [
    'a cell twice',
    bookOf({ sheets: { Form: '<sheetData><row r="1"><c r="A1"/><c r="A1"/></row></sheetData>' } }),
    'book-damaged',
    /twice/,
  ],
  [
    'a row twice',
    bookOf({ sheets: { Form: '<sheetData><row r="1"><c/></row><row r="1"><c/></row></sheetData>' } }),
    'book-damaged',
    /twice/,
  ],
  [
    'a cell in another row',
    bookOf({ sheets: { Form: '<sheetData><row r="1"><c r="A2"/></row></sheetData>' } }),
    'book-damaged',
    /A2/,
  ],
  ['a row below the sheet', bookOf({ sheets: { Form: '<sheetData><row r="1048577"/></sheetData>' } }), 'book-damaged', /outside/],
  [
    'cells beyond the last column',
    bookOf({ sheets: { Form: '<sheetData><row r="1"><c r="XFD1"/><c/></row></sheetData>' } }),
    'book-damaged',
    /outside/,
  ],
  ['elements without end', bookOf({ sheets: { Form: `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}` } }), 'book-damaged', /deep/],
])('says clearly what is wrong with %s', (_, bytes, code, message) => {
  const problem = problemOf(() => openBook(bytes, 'forms/form.xlsx'));
  expect(problem).toMatchObject({ code, file: 'forms/form.xlsx' });
  expect(problem.message).toMatch(message);
  if (!/empty|missing|digitally/.test(problem.message)) expect(problem.hint, problem.message).toBeTruthy();
});

test.each<[name: string, bytes: Uint8Array]>([
  ['sizes behind the data', zipOf(GOOD.map((part) => ({ ...part, descriptor: true })))],
  ['stored entries', zipOf(GOOD.map((part) => ({ ...part, method: 0 })))],
  [
    'zip64 fields and directory',
    zipOf(
      GOOD.map((part) => ({ ...part, wide: true })),
      { zip64: true },
    ),
  ],
  [
    'backslashes, other case and a slash in front',
    zipOf(GOOD.map((part) => ({ ...part, name: `/${String(part.name).replaceAll('/', '\\').toUpperCase()}` }))),
  ],
  ['names in no known encoding beside it', zipOf([...GOOD, { name: Buffer.from('xl/\x81\xff.bin', 'latin1'), data: 'x' }])],
  [
    'folders, comments, extra fields and bytes in front',
    zipOf(
      [
        { name: 'xl/', data: '', method: 0 },
        ...GOOD.map((part) => ({ ...part, comment: 'c', extra: Buffer.from('UT\x05\x00\x01abcd') })),
      ],
      { comment: 'made by hand', prefix: Buffer.from('PK00') },
    ),
  ],
  [
    'a byte order mark',
    bookOf({ sheets: { Form: `\ufeff<?xml version="1.0" encoding="utf-8"?><worksheet ${MAIN}><sheetData/></worksheet>` } }),
  ],
  ['macros', typed('application/vnd.ms-excel.sheet.macroEnabled.main+xml')],
])('opens an archive with %s', (name, bytes) => {
  const book = openBook(bytes, 'form.xlsx');
  expect(book.sheets.map((sheet) => sheet.name)).toEqual(['Form']);
  expect(book.kind).toBe(name === 'macros' ? 'xlsm' : 'xlsx');
});
