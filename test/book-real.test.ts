import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cellName, parseCell } from '../src/book/address.ts';
import type { Book, BookCell, BookSheet, CellEdit, CellValue, PatchOptions } from '../src/book/book.ts';
import { openBook } from '../src/book/open.ts';
import { patchBook } from '../src/book/patch.ts';
import type { Workbook } from '../src/document.ts';
import { writeWorkbook } from '../src/write/xlsx/index.ts';
import { partText, rawEntries, type SeenCell, seenCells, sheetParts } from './book-reader.ts';
import { SHARED } from './support.ts';

const FOLDER = join(SHARED, 'questionnaires');
const present = existsSync(FOLDER);
if (!present) console.warn('no real questionnaires beside the project; their tests are skipped');

interface Real {
  file: string;
  sheet: string;
  /** A cell for an answer, a cell the file does not have, and what a formula or a title says elsewhere. */
  answer: string;
  fresh: string;
  options?: PatchOptions;
  /** What the cell of the answer allows. */
  allowed: string[];
  formulas: boolean;
}

const REAL: Real[] = [
  {
    file: 'azure-review.xlsm',
    sheet: 'Checklist',
    answer: 'D10',
    fresh: 'ZZ2',
    allowed: ['Reliability', 'Security', 'Cost', 'Operations', 'Performance'],
    formulas: true,
  },
  { file: 'caiq301-2017.xlsx', sheet: 'CSA CAIQ v3.0.1', answer: 'F5', fresh: 'BB400', allowed: [], formulas: false },
  {
    file: 'caiq403-whitepact-filled.xlsx',
    sheet: 'CAIQv4.0.3',
    answer: 'C4',
    fresh: 'Z300',
    allowed: ['Yes', 'No', 'NA'],
    formulas: false,
    options: { allowLocked: true },
  },
  {
    file: 'ccm405.xlsx',
    sheet: 'CAIQ',
    answer: 'F5',
    fresh: 'H300',
    allowed: [],
    formulas: false,
    options: { allowLocked: true },
  },
  {
    file: 'fedramp-cis-crm-r5.xlsx',
    sheet: 'High CRM Worksheet',
    answer: 'B5',
    fresh: 'AB1200',
    allowed: ['No', 'Partial', 'Yes'],
    formulas: false,
  },
  { file: 'hecvat414.xlsx', sheet: 'Organization', answer: 'C30', fresh: 'J90', allowed: ['Yes', 'No', 'N/A'], formulas: true },
  {
    file: 'hipaa-sra33.xlsx',
    sheet: 'Section 1',
    answer: 'C5',
    fresh: 'N200',
    allowed: ['✔'],
    formulas: true,
    options: { allowLocked: true },
  },
  {
    file: 'lab3-questionnaire.xlsx',
    sheet: 'Assessment Review Report (1)',
    answer: 'C3',
    fresh: 'G900',
    allowed: [],
    formulas: false,
  },
  {
    file: 'pci-pa321.xlsx',
    sheet: 'Prioritized Approach Milestones',
    answer: 'C4',
    fresh: 'AZ300',
    allowed: ['Yes', 'No', 'N/A'],
    formulas: true,
    options: { allowLocked: true },
  },
];

function load(file: string): Uint8Array {
  return readFileSync(join(FOLDER, file));
}

function editOf({ sheet }: Real, place: string, value: CellValue | null): CellEdit {
  const { row = 0, column = 0 } = parseCell(place) ?? {};
  return { sheet, row, column, value };
}

/** The cells of a sheet outside its merged ranges. */
function unmerged({ rows, merges }: BookSheet): BookCell[] {
  const hidden = new Set<number>();
  for (const { top, left, bottom, right } of merges)
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++) hidden.add(row * 20_000 + column);
  return rows.flatMap(({ cells }) => cells.filter(({ row, column }) => !hidden.has(row * 20_000 + column)));
}

/** What differs between two readings, by cell. */
function differences(
  before: Map<string, SeenCell>,
  after: Map<string, SeenCell>,
): Record<string, [SeenCell | undefined, SeenCell | undefined]> {
  const places = new Set([...before.keys(), ...after.keys()]);
  const same = (a?: SeenCell, b?: SeenCell): boolean =>
    a?.text === b?.text && a?.type === b?.type && a?.style === b?.style && a?.formula === b?.formula;
  return Object.fromEntries(
    [...places]
      .filter((place) => !same(before.get(place), after.get(place)))
      .map((place) => [place, [before.get(place), after.get(place)]]),
  );
}

/** What two texts have between all that is the same in front and behind. */
function difference(before: string, after: string): { before: string; after: string } {
  let from = 0;
  while (from < before.length && before[from] === after[from]) from++;
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - from && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return { before: before.slice(from, before.length - tail), after: after.slice(from, after.length - tail) };
}

describe.skipIf(!present).each(REAL)('$file', (real) => {
  const { file, sheet, answer, fresh, options, allowed, formulas } = real;
  const bytes = present ? load(file) : new Uint8Array();
  let read: Map<string, SeenCell> | undefined;
  const original = (): Map<string, SeenCell> => {
    read ??= seenCells(bytes);
    return read;
  };

  test('is read as the independent reader reads it', () => {
    const seen = original();
    const book = openBook(bytes, file);
    let count = 0;
    const wrong: string[] = [];
    for (const { name, rows } of book.sheets)
      for (const { row, cells } of rows)
        for (const { column, text, value, formula } of cells) {
          const place = `${name}!${cellName(row, column)}`;
          const cell = seen.get(place);
          count++;
          const expected = value === undefined ? '' : typeof value === 'boolean' ? (value ? '1' : '0') : text;
          const found = typeof value === 'number' ? String(Number(Number(cell?.text).toPrecision(15))) : cell?.text;
          if (found !== expected || formula !== (cell?.formula !== undefined)) wrong.push(place);
        }
    expect(wrong).toEqual([]);
    expect(count).toBe(seen.size);
    const { row, column } = editOf(real, answer, null);
    const choices = book.sheets
      .find(({ name }) => name === sheet)
      ?.choices.filter(({ ranges }) =>
        ranges.some(({ top, bottom, left, right }) => row >= top && row <= bottom && column >= left && column <= right),
      );
    expect(choices?.flatMap(({ values }) => values)).toEqual(allowed);
  });

  test('is the same to the byte where nothing changes', () => {
    expect(patchBook(bytes, []).bytes === bytes).toBe(true);
    // Cells with what they hold already, except those hidden under merged ones, which would go to the top left.
    const edits = openBook(bytes, file).sheets.flatMap((target) =>
      unmerged(target)
        .filter((_, index) => index % 8 === 3)
        .map(({ row, column, value }): CellEdit => ({ sheet: target.name, row, column, value: value ?? null })),
    );
    const { bytes: after, written, refused } = patchBook(bytes, edits, { allowLocked: true, allowHidden: true });
    // Not `toBe`: it would print them.
    expect(after === bytes).toBe(true);
    expect(written + refused.length).toBe(edits.length);
    expect(refused.filter(({ reason }) => !['formula', 'array', 'table-header'].includes(reason))).toEqual([]);
  });

  test('takes one answer and is otherwise the same', () => {
    const value = 'Yes & “ja”, <0> ✔';
    const patched = patchBook(bytes, [editOf(real, answer, value)], options);
    expect(patched).toMatchObject({ written: 1, refused: [], cut: [] });
    const part = sheetParts(bytes).get(sheet) ?? '';
    const [before, after] = [rawEntries(bytes), rawEntries(patched.bytes)];
    expect([...after.keys()]).toEqual([...before.keys()]);
    const touched = [...before.keys()].filter((name) => before.get(name) !== after.get(name));
    const shared = before.has('xl/sharedStrings.xml') ? ['xl/sharedStrings.xml'] : [];
    expect(touched.sort()).toEqual([part, ...shared, ...(formulas ? ['xl/workbook.xml'] : [])].sort());

    const changed = differences(original(), seenCells(patched.bytes));
    expect(Object.keys(changed)).toEqual([`${sheet}!${answer}`]);
    const [former, now] = changed[`${sheet}!${answer}`] ?? [];
    expect(now).toEqual({
      text: value,
      type: shared.length > 0 ? 's' : 'inlineStr',
      style: former?.style ?? now?.style,
      formula: undefined,
    });
    // In the sheet, nothing but the element of the cell.
    const xml = partText(bytes, part);
    const element = new RegExp(`<c r="${answer}"(?:[^>]*/>|[^>]*[^/]>.*?</c>)`, 's');
    expect(partText(patched.bytes, part).replace(element, '') === xml.replace(element, '')).toBe(true);
    if (shared.length > 0) {
      const strings = partText(patched.bytes, 'xl/sharedStrings.xml');
      expect(strings).toContain('<si><t>Yes &amp; “ja”, &lt;0&gt; ✔</t></si></sst>');
      const counts = /^(.*<sst[^>]*?)\scount="(\d+)"\suniqueCount="(\d+)"/s.exec(strings);
      expect(Number(counts?.[3])).toBe(strings.match(/<si[ >/]/g)?.length);
      expect(strings.slice(strings.indexOf('<si')).replace('<si><t>Yes &amp; “ja”, &lt;0&gt; ✔</t></si></sst>', '</sst>')).toBe(
        partText(bytes, 'xl/sharedStrings.xml').slice(partText(bytes, 'xl/sharedStrings.xml').indexOf('<si')),
      );
    }
    if (formulas) {
      const { before: without, after: withIt } = difference(
        partText(bytes, 'xl/workbook.xml'),
        partText(patched.bytes, 'xl/workbook.xml'),
      );
      expect([without, withIt]).toEqual(['', expect.stringMatching(/^ ?fullCalcOnLoad="1" ?$/)]);
    }
  });

  test('takes many answers, new cells and emptied ones', () => {
    const book = openBook(bytes, file);
    const target = book.sheets.find(({ name }) => name === sheet);
    const free = target
      ? unmerged(target)
          .filter(({ formula }) => !formula)
          .slice(0, 600)
      : [];
    const edits = [
      ...free.map(
        ({ row, column }, index): CellEdit => ({
          sheet,
          row,
          column,
          value: index % 5 === 0 ? null : index % 7 === 0 ? index : `${index} ä`,
        }),
      ),
      editOf(real, fresh, 'new'),
    ];
    const all = { allowHidden: true, allowLocked: true };
    const patched = patchBook(bytes, edits, all);
    const refused = new Set(patched.refused.map(({ edit }) => edit));
    const seen = seenCells(patched.bytes, sheet);
    const changed = differences(seenCells(bytes, sheet), seen);
    for (const edit of edits) {
      if (refused.has(edit)) continue;
      const place = `${sheet}!${cellName(edit.row, edit.column)}`;
      expect(seen.get(place)?.text).toBe(edit.value === null ? '' : String(edit.value));
      delete changed[place];
    }
    expect(changed).toEqual({});
    expect(seen.get(`${sheet}!${fresh}`)?.text).toBe('new');
    // The same again changes nothing more, and the same bytes come out.
    expect(patchBook(patched.bytes, edits, all).bytes === patched.bytes).toBe(true);
    expect(Buffer.compare(patchBook(bytes, edits, all).bytes, patched.bytes)).toBe(0);
  });
});

const soffice = spawnSync('soffice', ['--version']).status === 0;
if (!soffice) console.warn('no soffice; LibreOffice is not asked to open and save workbooks');

/** Has LibreOffice convert files in a folder, each into a file beside it. */
function convert(folder: string, files: string[], to: string): void {
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const run = spawnSync('soffice', [
    profile,
    '--headless',
    '--convert-to',
    to,
    '--outdir',
    folder,
    ...files.map((file) => join(folder, file)),
  ]);
  expect(run.status, String(run.stderr)).toBe(0);
}

function inFolder(use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'demarc-book-'));
  try {
    use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test.skipIf(!present || !soffice)('LibreOffice shows the answers', { timeout: 300_000 }, () => {
  inFolder((folder) => {
    for (const real of REAL) {
      const edits = [editOf(real, real.answer, `Réponse “${real.answer}” ✔`), editOf(real, real.fresh, '=1+1')];
      writeFileSync(join(folder, real.file), patchBook(load(real.file), edits, { ...real.options, allowHidden: true }).bytes);
    }
    // Every sheet into a file of its own, in UTF-8.
    const files = REAL.map(({ file }) => file);
    convert(folder, files, 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1');
    const names = readdirSync(folder);
    for (const { file, sheet, answer } of REAL) {
      const csv = names.find((name) => name.startsWith(file.replace(/\.xls.$/, '')) && name.endsWith(`${sheet}.csv`));
      const text = csv ? readFileSync(join(folder, csv), 'utf8') : '';
      expect(text, `${file} ${names.join(' ')}`).toContain(`Réponse “${answer}” ✔`);
      expect(text, file).toContain('=1+1');
    }
  });
});

/** A workbook as demarc writes it, with fields to fill in. */
const OWN: Workbook = {
  title: 'Statements',
  subject: '',
  author: '',
  keywords: [],
  date: '2026-03-31',
  sheets: [
    {
      name: 'Statements',
      title: 'Statements',
      intro: ['Fill in.'],
      columns: [
        { title: 'Id', width: 10 },
        { title: 'Status', width: 20, input: true, list: ['implemented', 'planned'] },
        { title: 'Narrative', width: 40, input: true, wrap: true },
      ],
      rows: [
        ['1.2.3', 'planned', ' two\nlines & <more> _x0041_'],
        ['1.10', null, '=no formula'],
        [{ text: 'A1.1', bold: true }, 'implemented', 7],
      ],
      freezeColumns: 1,
      landscape: true,
      table: true,
    },
  ],
};

/** The rows of a sheet as texts, without the rows and cells that are empty. */
function textRows(book: Book, name: string): string[][] {
  const sheet = book.sheets.find((other) => other.name === name);
  return (sheet?.rows ?? [])
    .map(({ cells }) => cells.map(({ text }) => text).filter((text) => text !== ''))
    .filter((row) => row.length > 0);
}

test('reads what demarc wrote, filled in, and saved by LibreOffice', { timeout: 120_000 }, async () => {
  const { bytes } = await writeWorkbook(OWN);
  const written = openBook(bytes, 'own.xlsx');
  const rows = [
    ['Statements'],
    ['Fill in.'],
    ['Id', 'Status', 'Narrative'],
    ['1.2.3', 'planned', ' two\nlines & <more> _x0041_'],
    ['1.10', '=no formula'],
    ['A1.1', 'implemented', '7'],
  ];
  expect(textRows(written, 'Statements')).toEqual(rows);
  const status = written.sheets.find(({ name }) => name === 'Statements');
  expect(status?.choices.map(({ values }) => values)).toEqual([['implemented', 'planned']]);
  expect(status?.tables).toMatchObject([{ range: { left: 1, right: 3 }, headerRows: 1 }]);

  const row = status?.rows.find(({ cells }) => cells[0]?.text === '1.10')?.row ?? 0;
  const filled = patchBook(bytes, [{ sheet: 'Statements', row, column: 2, value: 'implemented' }]);
  expect(filled).toMatchObject({ written: 1, refused: [] });
  rows[4]?.splice(1, 0, 'implemented');
  expect(textRows(openBook(filled.bytes, 'own.xlsx'), 'Statements')).toEqual(rows);
  if (!soffice) return;
  inFolder((folder) => {
    writeFileSync(join(folder, 'own.xlsx'), filled.bytes);
    convert(folder, ['own.xlsx'], 'xlsm:Calc MS Excel 2007 VBA XML');
    const saved = openBook(readFileSync(join(folder, 'own.xlsm')), 'own.xlsm');
    expect(saved.kind).toBe('xlsm');
    expect(textRows(saved, 'Statements')).toEqual(rows);
    expect(saved.sheets.find(({ name }) => name === 'Statements')?.choices.map(({ values }) => values)).toEqual([
      ['implemented', 'planned'],
    ]);
  });
});
