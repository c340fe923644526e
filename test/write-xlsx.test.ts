import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { Sheet, SheetCell, SheetColumn, Workbook } from '../src/document.ts';
import { writeWorkbook } from '../src/write/xlsx/index.ts';
import { sheetNames, tableNames } from '../src/write/xlsx/names.ts';
import { lineCount } from '../src/write/xlsx/text.ts';
import { elementOrder, officeProfile, parseCsv } from './support.ts';

function workbook(...sheets: Partial<Sheet>[]): Workbook {
  return {
    title: 'Matrix & <more>',
    subject: 'Duties',
    author: 'Northwind',
    keywords: ['pci', 'gdpr'],
    date: '2026-03-31',
    paper: 'a4',
    sheets: sheets.map((sheet) => ({
      name: 'Matrix',
      title: 'A title',
      intro: ['First.', 'Second.'],
      columns: [],
      rows: [],
      freezeColumns: 0,
      landscape: true,
      table: true,
      ...sheet,
    })),
  };
}

async function write(book: Workbook): Promise<Uint8Array> {
  return (await writeWorkbook(book)).bytes;
}

const text: SheetColumn = { title: 'Text', width: 30 };

/** The sheet's first data row in the samples above: title, two intro lines, gap, header. */
const FIRST = 6;

function parts(bytes: Uint8Array): Record<string, string> {
  return Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, data]) => [path, strFromU8(data)]));
}

/** An independent reading: cell reference → text, number or formula, as the XML has them, with escapes decoded. */
function cellsOf(files: Record<string, string>, path = 'xl/worksheets/sheet1.xml'): Map<string, string> {
  const strings = textsOf(files['xl/sharedStrings.xml'] ?? '');
  const cells = new Map<string, string>();
  let ref = '';
  let shared = false;
  let value: string | undefined;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'c') [ref, shared] = [String(attributes.r), attributes.t === 's'];
    if (name === 't' || name === 'v' || name === 'f') value = name === 'f' ? '=' : '';
  });
  parser.on('text', (found) => {
    if (value !== undefined) value += found;
  });
  parser.on('closetag', ({ name }) => {
    if (value === undefined || !['t', 'v', 'f'].includes(name)) return;
    cells.set(ref, (cells.get(ref) ?? '') + (shared ? strings[Number(value)] : decoded(value)));
    value = undefined;
  });
  parser.write(files[path] ?? '').close();
  return cells;
}

/** The texts that cells share, in their order. */
function textsOf(xml: string): string[] {
  const texts: string[] = [];
  let text: string | undefined;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => {
    if (name === 't') text = '';
  });
  parser.on('text', (found) => {
    if (text !== undefined) text += found;
  });
  parser.on('closetag', ({ name }) => {
    if (name === 't') texts.push(decoded(text ?? ''));
    if (name === 't') text = undefined;
  });
  if (xml) parser.write(xml).close();
  return texts;
}

function decoded(text: string): string {
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

async function read(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  return book;
}

function sheetOf(book: ExcelJS.Workbook, name = 'Matrix'): ExcelJS.Worksheet {
  const sheet = book.getWorksheet(name);
  if (!sheet) throw new Error(`no sheet ${name}`);
  return sheet;
}

/** exceljs hands out rows without a height type; its protection is on the model only. */
function protectionOf(sheet: ExcelJS.Worksheet): Record<string, unknown> {
  return (sheet as unknown as { sheetProtection: Record<string, unknown> }).sheetProtection;
}

const hostile: [string, string, string?][] = [
  ['formula', '=HYPERLINK("http://evil.example","click")'],
  ['plus', '+1+1'],
  ['minus', '-2+3'],
  ['at', '@SUM(A1)'],
  ['tab', '\t=1+1'],
  ['return', '\r=1+1', '\n=1+1'],
  ['command', "=cmd|' /C calc'!A0"],
  ['apostrophe', "'quoted"],
  ['markup', '</t></si></sst></is></c><c r="A1"><v>1</v></c> & &amp; <b>'],
  ['cdata', ']]> <![CDATA[ x'],
  ['entity', '&lt;script&gt;'],
  ['escape', '_x0041_'],
  ['overlapping escapes', '_x0041_x0042_'],
  ['escaped escape', '_x005F_x0041_'],
  ['null', 'a\u0000b', 'a\ufffdb'],
  ['bell and escape', '\u0007\u001b[31mred', '\ufffd\ufffd[31mred'],
  ['noncharacter', 'a\uffffb\ufffe', 'a\ufffdb\ufffd'],
  ['lone high', 'a\ud800', 'a\ufffd'],
  ['lone low', '\udc00b', '\ufffdb'],
  ['astral', '😀𝒳', '😀𝒳'],
  ['lines', 'one\r\ntwo\nthree\rfour', 'one\ntwo\nthree\nfour'],
  ['edges', '  spaced  '],
  ['only spaces', '   '],
  ['leading break', '\nx\n'],
  ['number', '1.10'],
  ['exponent', '1E5'],
  ['date', '2024-01-01'],
  ['zero', '007'],
  ['right to left', '\u202eevil \u05d0\u05d1'],
  ['long', 'x'.repeat(32767)],
];

describe('cells', () => {
  it('keep hostile text as text, for exceljs and for an independent reader', async () => {
    const rows = hostile.map(([, given], i): SheetCell[] => [given, { text: given, tone: 'red', bold: i % 2 === 0 }]);
    const bytes = await write(
      workbook({
        columns: [
          { ...text, input: true },
          { ...text, title: 'Object' },
        ],
        rows,
      }),
    );
    const sheet = sheetOf(await read(bytes));
    const own = cellsOf(parts(bytes));
    hostile.forEach(([name, given, shown = given], i) => {
      for (const column of ['A', 'B']) {
        const ref = `${column}${FIRST + i}`;
        expect(own.get(ref), name).toBe(shown);
        expect(sheet.getCell(ref).formula, name).toBeUndefined();
        expect(sheet.getCell(ref).type, name).toBe(ExcelJS.ValueType.String);
        if (!/_x/.test(given)) expect(sheet.getCell(ref).text, name).toBe(shown);
      }
    });
    expect(parts(bytes)['xl/worksheets/sheet1.xml']).not.toContain('<f>');
    expect(parts(bytes)['xl/styles.xml']).toContain('quotePrefix="1"');
  });

  it('cut text at the limit of Excel, visibly and between characters', async () => {
    const bytes = await write(
      workbook({ columns: [text], rows: [['x'.repeat(32768)], ['😀'.repeat(20000)], [`x${'😀'.repeat(20000)}`]] }),
    );
    const own = cellsOf(parts(bytes));
    for (const row of [0, 1, 2]) {
      const value = own.get(`A${FIRST + row}`) ?? '';
      expect(value.length).toBeLessThanOrEqual(32767);
      expect(value.length).toBeGreaterThan(32765);
      expect(value.endsWith('… (cut at 32,767 characters)')).toBe(true);
      expect(value).not.toContain('\ufffd');
    }
  });

  it('come back as what they were', async () => {
    const columns = ['Text', 'Number', 'Date', 'Formula', 'Link', 'Blank'].map((title) => ({ title, width: 12 }));
    const rows: SheetCell[][] = [
      [
        'a',
        1.5,
        { date: '2024-02-29' },
        { formula: ['SUM(', { cell: [1, 2], to: [3, 2] }, ')'], result: 4, bold: true },
        { text: 'to', link: { sheet: "It's", row: 3 } },
        null,
      ],
      [
        '',
        -3,
        { date: '2026-12-31' },
        { formula: [{ cell: [1, 2] }, '/', { column: 'Number' }], result: 0.25, percent: true },
        { text: 'web', link: { url: 'https://e.example/?a=1&b="#x#y' } },
      ],
      [
        null,
        5.5,
        { date: '2023-02-29' },
        { formula: ['"a"&"<b>"'], result: 'a<b>' },
        { text: 'bad', link: { url: 'javascript:alert(1)' } },
        Number.NaN,
      ],
    ];
    const bytes = await write(
      workbook({ columns, rows }, { name: "It's", intro: [], columns: [text], rows: [['x'], ['y'], ['z']] }),
    );
    const sheet = sheetOf(await read(bytes));
    const value = (ref: string) => sheet.getCell(ref).value;
    expect(value('A6')).toBe('a');
    expect([value('B6'), value('B7'), value('B8')]).toEqual([1.5, -3, 5.5]);
    expect(value('C6')).toEqual(new Date('2024-02-29T00:00:00Z'));
    expect(sheet.getCell('C6').numFmt).toBe('yyyy-mm-dd');
    expect(value('C8')).toBe('2023-02-29');
    expect(value('D6')).toMatchObject({ formula: 'SUM($B$6:$B$8)', result: 4 });
    expect(sheet.getCell('D6').font.bold).toBe(true);
    expect(value('D7')).toMatchObject({ formula: '$B$6/$B7', result: 0.25 });
    expect(sheet.getCell('D7').numFmt).toBe('0%');
    expect(value('D8')).toMatchObject({ formula: '"a"&"<b>"', result: 'a<b>' });
    expect(value('F6')).toBeNull();
    expect(value('A7')).toBeNull();
    expect(value('F8')).toBe('NaN');
    expect(value('E8')).toBe('bad');
    const files = parts(bytes);
    expect(files['xl/worksheets/sheet1.xml']).toContain(
      `<hyperlink ref="E6" location="'It''s'!A6"/><hyperlink ref="E7" r:id="link1"/>`,
    );
    expect(files['xl/worksheets/_rels/sheet1.xml.rels']).toContain(
      'Target="https://e.example/?a=1&amp;b=%22#x%23y" TargetMode="External"',
    );
    expect(files['xl/workbook.xml']).toContain('fullCalcOnLoad="1"');
  });

  it('refuses a link to a sheet that is not there', async () => {
    const rows: SheetCell[][] = [[{ text: 'x', link: { sheet: 'Nowhere', row: 1 } }]];
    await expect(write(workbook({ columns: [text], rows }))).rejects.toThrow('“Nowhere”');
  });
});

describe('tables', () => {
  it('have headers equal to the header cells, unique and never empty', async () => {
    const columns = ['Id', 'id', '', 'Two\nlines', '_x0041_', 'Id (2)', 'a "b" & <c>', 'y'.repeat(300)].map((title) => ({
      title,
      width: 9,
    }));
    const bytes = await write(workbook({ columns, rows: [['1']] }));
    const own = cellsOf(parts(bytes));
    const names: string[] = [];
    const parser = new SaxesParser();
    parser.on('opentag', ({ name, attributes }) => {
      if (name === 'tableColumn') names.push(String(attributes.name).replaceAll('_x005F_', '_'));
      if (name === 'table') expect(attributes.ref).toBe('A5:H6');
    });
    parser.write(parts(bytes)['xl/tables/table1.xml'] ?? '').close();
    expect(names).toEqual([...'ABCDEFGH'].map((letter) => own.get(`${letter}5`)));
    expect(names.slice(0, 6)).toEqual(['Id', 'id (2)', 'Column 3', 'Two lines', '_x0041_', 'Id (2) (2)']);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it('are laid out with a frozen header, widths, outline, print titles and a blank row when empty', async () => {
    const columns: SheetColumn[] = [text, { title: 'Detail', width: 50, wrap: true, outline: true }, { title: 'Last', width: 8 }];
    const bytes = await write(workbook({ columns, freezeColumns: 1, tabTone: 'teal' }));
    const sheet = sheetOf(await read(bytes));
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', xSplit: 1, ySplit: 5, showGridLines: false });
    expect(sheet.getColumn(2).width).toBeCloseTo(50.71);
    expect(sheet.getColumn(2).outlineLevel).toBe(1);
    expect(sheet.pageSetup).toMatchObject({
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '5:5',
      paperSize: 9,
    });
    expect(sheet.headerFooter.oddFooter).toContain('&P / &N');
    expect(sheet.headerFooter.oddHeader).toContain('Matrix && <more>');
    expect(sheet.properties.tabColor).toEqual({ argb: 'FF3F938D' });
    expect(sheet.getTable('Matrix')).toBeDefined();
    expect(parts(bytes)['xl/tables/table1.xml']).toContain('<autoFilter ref="A5:C6"/>');
  });

  it('freeze no rows when the introduction would fill a small screen', async () => {
    const intro = Array.from({ length: 20 }, (_, i) => `Line ${i}.`);
    const sheet = sheetOf(
      await read(await write(workbook({ columns: [text, { ...text, title: 'B', width: 300 }], intro, freezeColumns: 1 }))),
    );
    expect(sheet.views[0]).toMatchObject({ xSplit: 1 });
    expect(sheet.views[0]).not.toMatchObject({ ySplit: 23 });
    expect(sheet.getColumn(2).width).toBeLessThanOrEqual(255);
  });

  it('open rows at a height that shows wrapped text, up to what Excel allows', async () => {
    const columns = [{ title: 'Text', width: 20, wrap: true }];
    const rows = [['short'], ['word '.repeat(30)], ['line\n'.repeat(8)], ['word '.repeat(3000)]];
    const sheet = sheetOf(await read(await write(workbook({ columns, rows }))));
    const heights = [0, 1, 2, 3].map((i) => sheet.getRow(FIRST + i).height);
    expect(heights[0]).toBeUndefined();
    expect(heights[1]).toBeGreaterThan(7 * 13);
    expect(heights[2]).toBeGreaterThan(8 * 13);
    expect(heights[3]).toBe(409);
  });
});

describe('people fill in', () => {
  const list = ['Yes', 'No'];
  const long = Array.from({ length: 40 }, (_, i) => `Choice number ${i}`);
  const columns: SheetColumn[] = [
    text,
    { title: 'Status', width: 12, input: true, list },
    { title: 'Long', width: 12, input: true, list: long },
    { title: 'Comma', width: 12, input: true, list: ['a, b', '"c"'] },
    { title: 'Due', width: 12, input: true },
  ];
  const rows: SheetCell[][] = [
    ['a', 'Yes', null, null, { date: '2026-01-01' }],
    ['b', null, '', null, null],
  ];
  const tones = { Status: { Yes: 'green', No: 'red', 'say "x"': 'amber' } } as const;

  it('input columns only, on sheets protected without a password', async () => {
    const sheet = sheetOf(await read(await write(workbook({ columns, rows, tones }))));
    expect(protectionOf(sheet)).toMatchObject({
      sheet: true,
      autoFilter: true,
      sort: true,
      formatColumns: true,
      formatRows: true,
    });
    expect(protectionOf(sheet)).not.toHaveProperty('hashValue');
    for (const row of [FIRST, FIRST + 1]) {
      expect(sheet.getCell(`A${row}`).protection?.locked ?? true).toBe(true);
      for (const column of 'BCDE') expect(sheet.getCell(`${column}${row}`).protection.locked).toBe(false);
    }
    for (const ref of ['A1', 'A2', 'B5']) expect(sheet.getCell(ref).protection?.locked ?? true).toBe(true);
    expect(sheet.getCell('E7').numFmt).toBe('yyyy-mm-dd');
  });

  it('from drop-downs, the long ones on a hidden sheet', async () => {
    const bytes = await write(workbook({ columns, rows }, { name: 'lists', columns: [text] }));
    const book = await read(bytes);
    const sheet = sheetOf(book);
    expect(sheet.getCell('B7').dataValidation).toMatchObject({ type: 'list', formulae: ['"Yes,No"'], showErrorMessage: true });
    expect(sheet.getCell('C7').dataValidation.formulae).toEqual(["'Lists (2)'!$A$1:$A$40"]);
    expect(sheet.getCell('D7').dataValidation.formulae).toEqual(["'Lists (2)'!$B$1:$B$2"]);
    const lists = sheetOf(book, 'Lists (2)');
    expect(lists.state).toBe('hidden');
    expect(lists.getCell('A40').value).toBe('Choice number 39');
    expect(lists.getCell('B1').value).toBe('a, b');
  });

  it('and colors follow the value', async () => {
    const bytes = await write(workbook({ columns, rows, tones }));
    const xml = parts(bytes)['xl/worksheets/sheet1.xml'];
    expect(xml).toContain('<conditionalFormatting sqref="B6:B7"><cfRule type="cellIs" dxfId="6" priority="1" operator="equal">');
    expect(xml).toContain('<formula>&quot;say &quot;&quot;x&quot;&quot;&quot;</formula>');
  });

  it('forms in rows laid out freely', async () => {
    const bytes = await write(
      workbook({
        name: 'Sign',
        table: false,
        columns: [text, { ...text, input: true }],
        rows: [[{ text: 'Name' }, null], [], [{ text: 'B' }, { text: 'fixed' }]],
      }),
    );
    const sheet = sheetOf(await read(bytes), 'Sign');
    expect(sheet.getCell('A5').text).toBe('Name');
    expect(sheet.getCell('B5').protection.locked).toBe(false);
    expect(sheet.getCell('B7').protection?.locked ?? true).toBe(true);
    expect(parts(bytes)['xl/tables/table1.xml']).toBeUndefined();
  });
});

describe('names', () => {
  it('of sheets suit Excel', () => {
    expect(sheetNames(['a/b:c', 'HISTORY', '', "'x'", 'Same', 'same', 'z'.repeat(40), 'Z'.repeat(40)])).toEqual([
      'a b c',
      'HISTORY (2)',
      'Sheet',
      'x',
      'Same',
      'same (2)',
      'z'.repeat(31),
      `${'Z'.repeat(27)} (2)`,
    ]);
  });
  it('of tables suit Excel', () => {
    expect(tableNames(['Open parts', 'TAB1', 'R1C1', '2024', 'c', 'Read me', 'read-me', '—'])).toEqual([
      'Open_parts',
      '_TAB1',
      '_R1C1',
      '_2024',
      '_c',
      'Read_me',
      'read_me_2',
      '__',
    ]);
  });
  it('lines are counted by words, wide characters twice', () => {
    expect(['short', 'one two three', 'a\nb\n', 'x'.repeat(25), '漢字漢字漢字'].map((line) => lineCount(line, 10))).toEqual([
      1, 2, 3, 3, 2,
    ]);
  });
});

describe('the file', () => {
  it('has properties that read as they are written, without marks that turn text around', async () => {
    const { title, creator } = await read(
      await write({
        ...workbook({ columns: [text], rows: [['a']] }),
        title: 'gnp.\u202Exslx.fdp',
        author: '\u2066A\u2069 \u200FB',
      }),
    );
    expect([title, creator]).toEqual(['gnp.xslx.fdp', 'A B']);
  });
  it('is the same for the same workbook, and dated as it is', async () => {
    const sample = () => workbook({ columns: [text], rows: [['a'], ['b']] });
    const [one, two] = await Promise.all([write(sample()), write(sample())]);
    expect(Buffer.from(one).equals(two)).toBe(true);
    const book = await read(one);
    expect(book).toMatchObject({ title: 'Matrix & <more>', creator: 'Northwind', keywords: 'pci, gdpr', subject: 'Duties' });
    expect(book.created).toEqual(new Date('2026-03-31T00:00:00Z'));
    expect(book.modified).toEqual(new Date('2026-03-31T00:00:00Z'));
    // DOS date of the first entry.
    expect(Buffer.from(one).readUInt16LE(12)).toBe(((2026 - 1980) << 9) | (3 << 5) | 31);
  });

  it('opens without sheets, rows or columns', async () => {
    expect((await read(await write(workbook()))).worksheets).toHaveLength(1);
    expect((await read(await write(workbook({ intro: [] })))).worksheets).toHaveLength(1);
  });

  it('keeps the element order of the schema', async () => {
    const rows: SheetCell[][] = [[{ text: 'x', link: { url: 'https://e.example' } }, 'Yes']];
    const columns: SheetColumn[] = [text, { title: 'S', width: 9, list: ['Yes'], input: true, outline: true }];
    const bytes = await write(workbook({ columns, rows, tones: { S: { Yes: 'green' } }, freezeColumns: 1, tabTone: 'red' }));
    expect(elementOrder(parts(bytes)['xl/worksheets/sheet1.xml'] ?? '')).toBe(
      'sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetProtection mergeCells conditionalFormatting dataValidations ' +
        'hyperlinks pageMargins pageSetup headerFooter ignoredErrors tableParts',
    );
    for (const [path, xml] of Object.entries(parts(bytes)))
      expect(() => new SaxesParser().write(xml).close(), path).not.toThrow();
  });

  it('holds more texts than cells share, each cell in its place', { timeout: 60000 }, async () => {
    // Two columns whose texts come twice, more than are shared; one whose texts never come again; and one of few texts.
    const rows = Array.from({ length: 70000 }, (_, i): SheetCell[] => [
      `Row ${i >> 1}`,
      ` é <${i >> 1}>\n`,
      `Only ${i}`,
      i % 2 ? 'Yes' : null,
    ]);
    const bytes = await write(workbook({ columns: ['A', 'B', 'C', 'D'].map((title) => ({ title, width: 9 })), rows }));
    const files = parts(bytes);
    const own = cellsOf(files);
    rows.forEach((row, i) => {
      const found = ['A', 'B', 'C', 'D'].map((letter) => own.get(`${letter}${FIRST + i}`) ?? null);
      if (found.some((text, at) => text !== row[at])) expect(found).toEqual(row);
    });
    const texts = textsOf(files['xl/sharedStrings.xml'] ?? '');
    const shared = new Set<SheetCell>(texts);
    expect(shared.size).toBe(texts.length);
    expect(texts.length).toBe(65536);
    const sheet = files['xl/worksheets/sheet1.xml'] ?? '';
    const inline = sheet.split('t="inlineStr"').length - 1;
    expect(inline).toBe(rows.flat().filter((text) => text !== null && !shared.has(text)).length);
    expect(texts.filter((found) => found.startsWith('Only')).length).toBeLessThan(10000);
    const [, count] = /<sst [^>]*\bcount="(\d+)"/.exec(files['xl/sharedStrings.xml'] ?? '') ?? [];
    expect(Number(count)).toBe(sheet.split(' t="s"').length - 1);
  });

  it('writes a text that comes again once', async () => {
    const files = parts(await write(workbook({ columns: [text], rows: Array.from({ length: 500 }, () => ['the same']) })));
    expect(textsOf(files['xl/sharedStrings.xml'] ?? '').filter((found) => found === 'the same')).toHaveLength(1);
  });
});

const hasOffice = spawnSync('soffice', ['--version']).status === 0;

describe.skipIf(!hasOffice)('LibreOffice', () => {
  it('reads the same text, computes the same results', { timeout: 120000 }, async () => {
    const given = hostile.filter(([name]) => name !== 'long');
    const columns: SheetColumn[] = [text, { title: 'Sum', width: 9 }, { title: 'Due', width: 12 }];
    const rows = given.map(([, value]): SheetCell[] => [
      value,
      { formula: ['ROW()+COUNTIF(', { sheet: 'Matrix', column: 'Due' }, ',"<1")'], result: -1 },
      { date: '2024-02-29' },
    ]);
    const folder = mkdtempSync(join(tmpdir(), 'demarc-xlsx-'));
    try {
      writeFileSync(join(folder, 'a.xlsx'), await write(workbook({ columns, rows })));
      const profile = officeProfile(folder);
      const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false';
      execFileSync('soffice', [profile, '--headless', '--convert-to', filter, '--outdir', folder, join(folder, 'a.xlsx')], {
        stdio: 'ignore',
      });
      const csv = readFileSync(join(folder, 'a.csv'), 'utf8');
      const records = parseCsv(csv).slice(FIRST - 1);
      given.forEach(([name, value, shown = value], i) => {
        expect(records[i], name).toEqual([shown, String(FIRST + i), '2024-02-29']);
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
