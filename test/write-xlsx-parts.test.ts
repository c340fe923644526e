import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import type { Sheet, SheetColumn, Workbook } from '../src/document.ts';
import { csvNames, writeCsv } from '../src/write/csv.ts';
import { writeWorkbook } from '../src/write/xlsx/index.ts';
import { elementOrder } from './support.ts';

// What a sheet carries beside its cells: bands, notes, charts, rules, names, what is printed and what is hidden.

function sheetOf(more: Partial<Sheet>): Sheet {
  return {
    name: 'Matrix',
    title: 'A title',
    intro: [],
    columns: [],
    rows: [],
    freezeColumns: 0,
    landscape: true,
    table: true,
    ...more,
  };
}

async function partsOf(
  ...sheets: Partial<Sheet>[]
): Promise<{ parts: Record<string, string>; cuts: string[]; book: ExcelJS.Workbook }> {
  const workbook: Workbook = {
    title: 'T',
    subject: 'S',
    author: 'Northwind & <Sons>',
    keywords: [],
    date: '2026-03-31',
    paper: 'letter',
    sheets: sheets.map(sheetOf),
  };
  const { bytes, cuts } = await writeWorkbook(workbook);
  const parts = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, data]) => [path, strFromU8(data)]));
  for (const [path, xml] of Object.entries(parts)) expect(() => new SaxesParser().write(xml).close(), path).not.toThrow();
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  return { parts, cuts, book };
}

const columns = (...titles: string[]): SheetColumn[] => titles.map((title) => ({ title, width: 12 }));

/** The first data row of a table without an introduction: title, gap, header. */
const FIRST = 4;

test('rows fold under bands, whose cells are no fields', async () => {
  const { parts, book } = await partsOf({
    columns: [
      { title: 'A', width: 9 },
      { title: 'B', width: 9, input: true },
    ],
    rows: [
      { band: 1, cells: ['One', null] },
      ['a', ''],
      { band: 2, cells: ['One point one'] },
      ['b', 'x'],
      { band: 1, cells: ['Two'] },
      ['c', null],
    ],
  });
  const sheet = book.getWorksheet('Matrix') as ExcelJS.Worksheet;
  const levels = [0, 1, 2, 3, 4, 5].map((i) => sheet.getRow(FIRST + i).outlineLevel ?? 0);
  expect(levels).toEqual([0, 1, 1, 2, 0, 1]);
  const locked = [0, 1, 2, 3, 4, 5].map((i) => sheet.getCell(`B${FIRST + i}`).protection?.locked ?? true);
  expect(locked).toEqual([true, false, true, false, true, false]);
  expect(sheet.getCell(`A${FIRST}`).font.bold).toBe(true);
  expect(parts['xl/worksheets/sheet1.xml']).toContain('<outlinePr summaryBelow="0"/>');
  expect(parts['xl/worksheets/sheet1.xml']).toContain('outlineLevelRow="2"');
  expect(parts['xl/tables/table1.xml']).toContain(`ref="A3:B${FIRST + 5}"`);
});

test('a cell says for itself whether it is a field', async () => {
  const { book } = await partsOf({
    columns: [
      { title: 'A', width: 9 },
      { title: 'B', width: 9, input: true },
    ],
    rows: [
      [
        { text: '', field: true },
        { text: 'fixed', field: false },
      ],
    ],
  });
  const sheet = book.getWorksheet('Matrix') as ExcelJS.Worksheet;
  expect(sheet.getCell(`A${FIRST}`).protection.locked).toBe(false);
  expect(sheet.getCell(`B${FIRST}`).protection?.locked ?? true).toBe(true);
});

test('notes stand beside cells and headers, in boxes whose numbers no two sheets share', async () => {
  const hostile = '=1 & <b>\u0007\nsecond line';
  const { parts, book } = await partsOf(
    {
      columns: [
        { title: 'A', width: 9, note: 'How to fill' },
        { title: 'B', width: 9 },
      ],
      rows: [['x', { text: 'y', note: hostile }]],
    },
    { name: 'Other', columns: columns('A'), rows: Array.from({ length: 1100 }, () => [{ text: 'y', note: 'n' }]) },
    { name: 'Third', columns: columns('A'), rows: [[{ date: '2026-01-01', note: 'dated' }]] },
  );
  const note = (sheet: string, ref: string): string => {
    const found = book.getWorksheet(sheet)?.getCell(ref).note;
    return typeof found === 'string' ? found : (found?.texts ?? []).map((run) => run.text).join('');
  };
  expect(note('Matrix', 'A3')).toBe('How to fill');
  expect(note('Matrix', `B${FIRST}`)).toBe('=1 & <b>\ufffd\nsecond line');
  expect(note('Third', `A${FIRST}`)).toBe('dated');
  const ids = [1, 2, 3].flatMap((at) =>
    [...(parts[`xl/drawings/boxes${at}.vml`] ?? '').matchAll(/id="_x0000_s(\d+)"/g)].map(([, id]) => Number(id)),
  );
  expect(ids).toHaveLength(2 + 1100 + 1);
  expect(new Set(ids).size).toBe(ids.length);
  const blocks = [1, 2, 3].map((at) => /idmap v:ext="edit" data="([\d,]+)"/.exec(parts[`xl/drawings/boxes${at}.vml`] ?? '')?.[1]);
  expect(blocks).toEqual(['1', '2,3', '4']);
  for (const at of [1, 2, 3]) {
    const own = [...(parts[`xl/drawings/boxes${at}.vml`] ?? '').matchAll(/id="_x0000_s(\d+)"/g)].map(([, id]) =>
      Math.floor(Number(id) / 1024),
    );
    expect(blocks[at - 1]?.split(',').map(Number)).toEqual(expect.arrayContaining([...new Set(own)]));
  }
  // A box lies to the right of its cell and ends below where it begins.
  for (const [, anchor = ''] of (parts['xl/drawings/boxes1.vml'] ?? '').matchAll(/<x:Anchor>([^<]+)</g)) {
    const [left = 0, , top = 0, down = 0, right = 0, , bottom = 0, end = 0] = anchor.split(',').map(Number);
    expect(right).toBeGreaterThan(left);
    expect(bottom > top || end > down).toBe(true);
  }
});

test('charts are bound to the cells they show, titled and told in words', async () => {
  const { parts } = await partsOf({
    name: "It's",
    table: false,
    columns: columns('A', 'B', 'C'),
    rows: [
      [
        { text: 'What', look: 'header' },
        { text: 'Mine & <yours>', look: 'header' },
        { text: 'Rest', look: 'header' },
      ],
      [{ text: 'One' }, 3, { formula: ['1+1'], result: 2 }],
      [{ text: 'Two' }, 5, 0],
      [],
    ],
    charts: [
      {
        title: 'Who & what',
        alt: 'One: 3 "mine".',
        header: 1,
        bars: [2, 3],
        labels: 1,
        segments: [
          { column: 2, tone: 'blue' },
          { column: 3, tone: 'violet', hatched: true },
        ],
        place: { from: [4, 1], to: [4, 3] },
      },
    ],
  });
  const chart = parts['xl/charts/chart1.xml'] ?? '';
  const values = (tag: string): string[] =>
    [...chart.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, text = '']) => text);
  // Title in row 1, gap in row 2, so the first row given is row 3.
  expect(values('c:f')).toEqual([
    "'It''s'!$B$3",
    "'It''s'!$A$4:$A$5",
    "'It''s'!$B$4:$B$5",
    "'It''s'!$C$3",
    "'It''s'!$A$4:$A$5",
    "'It''s'!$C$4:$C$5",
  ]);
  expect(values('c:v')).toEqual(['Mine &amp; &lt;yours&gt;', 'One', 'Two', '3', '5', 'Rest', 'One', 'Two', '2', '0']);
  expect(values('a:t')).toEqual(['Who &amp; what']);
  expect(chart).toContain('<a:pattFill prst="wdUpDiag">');
  expect(parts['xl/drawings/drawing1.xml']).toContain('descr="One: 3 &quot;mine&quot;."');
  expect(parts['xl/drawings/drawing1.xml']).toContain(
    '<xdr:to><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>6</xdr:row>',
  );
  expect(parts['xl/drawings/_rels/drawing1.xml.rels']).toContain('Target="../charts/chart1.xml"');
  expect(parts['[Content_Types].xml']).toContain('PartName="/xl/charts/chart1.xml"');
});

test('rules color cells of this row, lists suggest or bind, days are asked for, names are found', async () => {
  const { parts, book } = await partsOf(
    {
      name: 'System',
      columns: [
        { title: 'Due', width: 9, input: true, day: true },
        { title: 'Status', width: 9, input: true, list: ['Yes', 'No'], listName: 'Statuses' },
        { title: 'Owner', width: 9, input: true, list: ['A, Inc.'], listName: 'Owners', open: true },
      ],
      rows: [['', 'Yes', '']],
      rules: [{ column: 'Due', when: ['AND(', { column: 'Due' }, '<As_of,', { column: 'Status' }, '="No")'], tone: 'red' }],
    },
    {
      name: 'Read me',
      table: false,
      columns: columns('A', 'B'),
      rows: [['As of', { date: '2026-03-31' }]],
      names: { As_of: [1, 2], System: [1, 1] },
    },
  );
  const sheet = parts['xl/worksheets/sheet1.xml'];
  expect(sheet).toContain(
    `<cfRule type="expression" dxfId="5" priority="1"><formula>AND($A${FIRST}&lt;As_of,$B${FIRST}=&quot;No&quot;)</formula></cfRule>`,
  );
  const cell = (ref: string) => book.getWorksheet('System')?.getCell(ref).dataValidation;
  expect(cell(`A${FIRST}`)).toMatchObject({ type: 'date', operator: 'greaterThan', showErrorMessage: true });
  expect(book.getWorksheet('System')?.getCell(`A${FIRST}`).numFmt).toBe('yyyy-mm-dd');
  expect(cell(`B${FIRST}`)).toMatchObject({ type: 'list', formulae: ['Statuses'], showErrorMessage: true });
  expect(cell(`C${FIRST}`)).toMatchObject({ type: 'list', formulae: ['Owners'] });
  expect(cell(`C${FIRST}`)?.showErrorMessage ?? false).toBe(false);
  const workbook = parts['xl/workbook.xml'];
  expect(workbook).toContain(`<definedName name="As_of">'Read me'!$B$3</definedName>`);
  expect(workbook).toContain(`<definedName name="Statuses">'Lists'!$A$1:$A$2</definedName>`);
  // A table may not be called like something else.
  expect(parts['xl/tables/table1.xml']).toContain('displayName="System_2"');
});

test('only some columns are printed, titles on every page; sheets can be open or out of sight', async () => {
  const { parts, book } = await partsOf(
    { columns: columns('A', 'B', 'C'), rows: [['a', 'b', 'c']], printColumns: 2, freezeColumns: 1 },
    { name: 'Open', columns: columns('A'), rows: [['a']], open: true },
    {
      name: 'Kept',
      columns: [
        { title: 'A', width: 9 },
        { title: 'K', width: 9, hidden: true },
      ],
      rows: [['x'.repeat(40000)]],
      hidden: true,
    },
    { name: 'Long', columns: columns('A'), rows: [['x'.repeat(40000)]] },
  ).then((result) => {
    expect(result.cuts).toEqual([`Long!A${FIRST}`]);
    return result;
  });
  expect(parts['xl/workbook.xml']).toContain(
    `<definedName name="_xlnm.Print_Area" localSheetId="0">'Matrix'!$A$1:$B$${FIRST}</definedName>`,
  );
  expect(parts['xl/workbook.xml']).toContain(
    `<definedName name="_xlnm.Print_Titles" localSheetId="0">'Matrix'!$A:$A,'Matrix'!$3:$3</definedName>`,
  );
  expect(parts['xl/workbook.xml']).toContain('name="Kept" sheetId="3" state="veryHidden"');
  expect(parts['xl/worksheets/sheet2.xml']).not.toContain('sheetProtection');
  expect(parts['xl/worksheets/sheet1.xml']).toContain('<sheetProtection sheet="1"');
  expect(parts['xl/worksheets/sheet1.xml']).toContain('paperSize="1"');
  expect(book.getWorksheet('Kept')?.getColumn(2).hidden).toBe(true);
  expect(book.company).toBe('Northwind & <Sons>');
});

test('a formula that refers to what is not there is refused', async () => {
  const formula = (sheet: string, column: string) =>
    partsOf({ columns: columns('A'), rows: [[{ formula: ['SUM(', { sheet, column }, ')'], result: 0 }]] });
  await expect(formula('Nowhere', 'A')).rejects.toThrow('“Nowhere”');
  await expect(formula('Matrix', 'B')).rejects.toThrow('no column “B”');
});

test('every part comes in the order of the schema', async () => {
  const { parts } = await partsOf({
    columns: [{ title: 'A', width: 9, note: 'n', input: true, list: ['Yes'] }],
    intro: ['One.', 'Two.'],
    rows: [{ band: 1, cells: ['B'] }, [{ text: 'x', link: { url: 'https://e.example' } }]],
    tones: { A: { Yes: 'green' } },
    rules: [{ column: 'A', when: ['TRUE'], tone: 'red' }],
    charts: [
      {
        title: 'T',
        alt: 'A',
        header: 1,
        bars: [2, 2],
        labels: 1,
        segments: [{ column: 1, tone: 'blue' }],
        place: { from: [1, 1], to: [2, 2] },
      },
    ],
  });
  expect(elementOrder(parts['xl/worksheets/sheet1.xml'] ?? '')).toBe(
    'sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetProtection conditionalFormatting dataValidations hyperlinks ' +
      'pageMargins pageSetup headerFooter ignoredErrors drawing legacyDrawing tableParts',
  );
});

test('CSV is RFC 4180, and no text of it becomes a formula', () => {
  const sheet = sheetOf({
    columns: [...columns('A', 'B "b"'), { title: 'Key', width: 9, hidden: true }],
    rows: [
      { band: 1, cells: ['Band'] },
      ['=1+1', { text: '+1', link: { url: 'https://e.example' } }, 'k'],
      ['-2', '@x', 'k'],
      ['\t=1', '\r=1', 'k'],
      [-5, { formula: ['1+1'], result: 2 }, 'k'],
      [{ date: '2026-01-02' }, 'a "b", c\nd', 'k'],
      [null, 'bell\u0007', 'k'],
      ['＝1', ' spaced ', 'k'],
    ],
  });
  expect(new TextDecoder().decode(writeCsv(sheet, { bom: false }))).toBe(
    [
      'A,"B ""b"""',
      "'=1+1,'+1",
      "'-2,'@x",
      `'\t=1,"'\n=1"`,
      '-5,2',
      '2026-01-02,"a ""b"", c\nd"',
      ',bell\ufffd',
      '\'＝1," spaced "',
      '',
    ].join('\r\n'),
  );
  expect([...writeCsv(sheet, { bom: true }).slice(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 0x41]);
  expect(csvNames([{ name: 'PCI DSS' }, { name: 'pci-dss' }, { name: '…' }])).toEqual([
    'pci-dss.csv',
    'pci-dss-2.csv',
    'sheet.csv',
  ]);
});
