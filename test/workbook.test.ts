import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sheet, SheetCell } from '../src/document.ts';
import { clean, dutyRows, evidenceLine, formOf, readEvidenceLine, requirementRows } from '../src/form.ts';
import { mapSystem } from '../src/map/matrix.ts';
import type { Matrix } from '../src/model/matrix.ts';
import type { Assurance, Evidence, Statement } from '../src/model/system.ts';
import { readSystem } from '../src/read/system.ts';
import { responsibilityWorkbook } from '../src/report/workbook.ts';
import { STATUS } from '../src/terms.ts';
import { writeWorkbook } from '../src/write/xlsx/index.ts';
import { catalogue, map, onFile, ROOT, sheetsByOffice, systemOf, use } from './support.ts';

// The responsibility matrix as a workbook that people work in: what it is made of, and how it follows them.

const SAMPLES = ['clinic', 'payments', 'manufacturer'];
const office = spawnSync('soffice', ['--version']).status === 0;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demarc-workbook-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function matrixOf(sample: string): Matrix {
  const system = readSystem(`samples/${sample}/system.yaml`, (path) => readFileSync(join(ROOT, path), 'utf8'), catalogue());
  return mapSystem(system, catalogue(), { asOf: system.asOf ?? '2026-09-30', toolVersion: '0.0.0' });
}

const sheetsOf = (matrix: Matrix): Sheet[] => responsibilityWorkbook(matrix, { paper: 'a4' }).sheets;
const sheetNamed = (sheets: Sheet[], name: string): Sheet => {
  const found = sheets.find((sheet) => sheet.name === name);
  if (!found) throw new Error(`no sheet ${name}`);
  return found;
};
const rowsOf = (sheet: Sheet): SheetCell[][] => sheet.rows.flatMap((row) => (Array.isArray(row) ? [row] : []));
const shown = (cell: SheetCell | undefined): string => {
  if (typeof cell !== 'object' || cell === null) return String(cell ?? '');
  return 'text' in cell ? cell.text : 'date' in cell ? cell.date : String(cell.result);
};
const column = (sheet: Sheet, title: string): number => {
  const at = sheet.columns.findIndex((candidate) => candidate.title === title);
  expect(at, `${sheet.name} has a column ${title}`).toBeGreaterThanOrEqual(0);
  return at;
};

describe.each(SAMPLES)('the workbook of the %s', (sample) => {
  const matrix = matrixOf(sample);
  const sheets = sheetsOf(matrix);

  test('has the sheets that people look for, in their order', () => {
    expect(sheets.map((sheet) => sheet.name)).toEqual([
      'Read me',
      'Summary',
      ...matrix.frameworks.map((framework) => framework.title),
      'All parts',
      'Customer duties',
      'Services',
      'Components',
      'Assurances',
      'Evidence',
      'Findings',
      'Sign-off',
      'Original answers',
    ]);
    const contents = rowsOf(sheetNamed(sheets, 'Read me')).flatMap(([cell]) =>
      typeof cell === 'object' && cell !== null && 'link' in cell && cell.link && 'sheet' in cell.link ? [cell.link.sheet] : [],
    );
    expect(contents).toEqual(sheets.slice(1, -1).map((sheet) => sheet.name));
  });

  test('keeps every part, sentence and basis on All parts', () => {
    const sheet = sheetNamed(sheets, 'All parts');
    const expected = matrix.frameworks.flatMap((framework) =>
      framework.requirements.flatMap(({ row }) =>
        row.parts.map((position) => {
          const part = matrix.parts[position];
          return [
            framework.title,
            row.id,
            part?.text,
            part?.basis.says,
            part?.basis.source?.url ?? '',
            part?.service ?? '',
            part?.control,
          ];
        }),
      ),
    );
    const titles = [
      'Framework',
      'Requirement',
      'What the party does',
      'Basis',
      'Address of the source',
      'Service id',
      'Control id',
    ];
    const at = titles.map((title) => column(sheet, title));
    expect(rowsOf(sheet).map((row) => at.map((i) => shown(row[i])))).toEqual(expected);
  });

  test('answers every part of the customer in exactly one row of duties, and every statement in force has its row', () => {
    const own = new Set(
      matrix.frameworks.flatMap((framework) =>
        framework.requirements.flatMap(({ row }) => row.parts.filter((position) => matrix.parts[position]?.party === 'customer')),
      ),
    );
    const byControl = dutyRows(matrix).filter((row) => 'control' in row.subject);
    const answered = byControl.flatMap((row) => row.parts);
    expect([...answered].sort((a, b) => a - b)).toEqual([...own].sort((a, b) => a - b));
    const keys = [...formOf(matrix).keys()];
    expect(new Set(keys).size).toBe(keys.length);
    const shownStatements = new Set([...formOf(matrix).values()].flatMap((row) => row.statement ?? []));
    for (const framework of matrix.frameworks)
      for (const { row } of framework.requirements)
        for (const position of row.statements) expect(shownStatements, row.key).toContain(position);
  });

  test('has fields only where an answer changes something, and keeps what stood in them', () => {
    const originals = new Map(
      rowsOf(sheetNamed(sheets, 'Original answers')).map((row) => [shown(row[0]), row.slice(1).map(shown)]),
    );
    const duties = sheetNamed(sheets, 'Customer duties');
    const dutyKeys = rowsOf(duties).map((row) => shown(row[column(duties, 'Key')]));
    expect(dutyKeys.filter(Boolean)).toEqual(dutyRows(matrix).map((row) => row.key));
    for (const framework of matrix.frameworks) {
      const sheet = sheetNamed(sheets, framework.title);
      const form = requirementRows(framework, matrix);
      for (const row of rowsOf(sheet)) {
        const key = shown(row[column(sheet, 'Key')]);
        const status = row[column(sheet, 'Status')];
        const locked = typeof status === 'object' && status !== null && 'field' in status && status.field === false;
        expect(locked, key).toBe(!form.has(key));
        if (form.has(key)) expect(shown(status)).toBe(originals.get(key)?.[0]);
      }
    }
    expect([...originals.keys()].sort()).toEqual([...formOf(matrix).keys()].sort());
  });

  test('leads outside only where the address is shown', () => {
    for (const sheet of sheets) {
      for (const row of sheet.rows) {
        for (const cell of Array.isArray(row) ? row : row.cells) {
          if (typeof cell === 'object' && cell !== null && 'link' in cell && cell.link && 'url' in cell.link)
            expect(cell.text).toBe(cell.link.url);
        }
      }
    }
  });

  test('leads from the summary to the rows it counts', () => {
    const summary = sheetNamed(sheets, 'Summary');
    for (const framework of matrix.frameworks) {
      const sheet = sheetNamed(sheets, framework.title);
      const links = rowsOf(summary).flatMap(([cell]) =>
        typeof cell === 'object' &&
        cell !== null &&
        'link' in cell &&
        cell.link &&
        'sheet' in cell.link &&
        cell.link.sheet === sheet.name
          ? [{ text: cell.text, row: cell.link.row }]
          : [],
      );
      expect(links.length).toBeGreaterThan(3);
      for (const { text, row } of links.filter((link) => link.row > 1)) {
        const target = sheet.rows[row - 1];
        expect(shown((Array.isArray(target) ? target : target?.cells)?.[column(sheet, 'Section')])).toBe(text);
      }
    }
  });
});

test('answers of several statements are told apart by service, and the later one is in force', () => {
  const statements: Statement[] = [
    { control: 'least-privilege', services: [], status: 'implemented', evidence: [], owner: 'All' },
    { control: 'least-privilege', services: ['b', 'a'], status: 'partial', evidence: [] },
    { control: 'least-privilege', services: ['a', 'b'], status: 'planned', evidence: [], due: '2027-01-01' },
    { control: 'least-privilege', services: [], status: 'alternative', evidence: [], owner: 'Later' },
    { requirement: 'soc2:CC6.1', services: ['a'], status: 'not-applicable', evidence: [] },
    { requirement: 'soc2:CC6.2', services: [], status: 'partial', evidence: [] },
  ];
  const services = ['a', 'b', 'c'].map((id) => use({ id, service: 'aws/rds' }));
  const matrix = map(systemOf(services, { statements }));
  const form = formOf(matrix);
  const facts = (key: string) => {
    const row = form.get(key);
    return (
      row && [row.statement, row.answers.status, row.answers.owner, new Set(row.parts.map((part) => matrix.parts[part]?.service))]
    );
  };
  expect(facts('least-privilege')).toEqual([3, STATUS.alternative, 'Later', new Set(['c'])]);
  expect(facts('least-privilege@a+b')).toEqual([2, STATUS.planned, 'Owner', new Set(['a', 'b'])]);
  expect(facts('soc2:CC6.1@a')?.[1]).toBe(STATUS['not-applicable']);
  expect(form.has('soc2:CC6.1')).toBe(false);
  expect(facts('soc2:CC6.2')?.slice(0, 2)).toEqual([5, STATUS.partial]);
});

test('a requirement names the proof relied on: kind, period, review, where it lies, and what it leaves open', () => {
  const services = ['a', 'b'].map((id) => use({ id, service: 'aws/rds', title: id.toUpperCase() }));
  const relied = (assurances: Assurance[]): string[] => {
    const sheet = sheetNamed(sheetsOf(map(systemOf(services, { assurances }))), 'SOC 2');
    const [at, parties] = [column(sheet, 'Assurance relied on'), column(sheet, 'Subservice organization')];
    const cells = rowsOf(sheet).filter((row) => shown(row[parties]) === 'AWS');
    expect(cells.length).toBeGreaterThan(5);
    return [...new Set(cells.map((row) => shown(row[at])))];
  };
  const report = onFile({
    type: 'soc2-type2',
    period: { from: '2025-10-01', to: '2026-06-30' },
    issued: '2026-08-15',
    reviewed: { by: 'Head of IT', on: '2026-09-01' },
    file: 'reports/soc2.pdf',
  });
  const said =
    'AWS: SOC 2 Type 2 report, period 2025-10-01 to 2026-06-30, issued 2026-08-15, counts until 2027-06-30, reviewed by Head of IT on 2026-09-01, reports/soc2.pdf';
  expect(relied([report])).toEqual([said]);
  expect(relied([{ ...report, services: ['a'] }])).toContain(`${said}; not covered: B`);
  expect(relied([])).toEqual(['AWS: no SOC 2 Type 2 report on file']);
});

test('evidence on a line says what was written of it', () => {
  const text = fc
    .string({ minLength: 1, unit: 'grapheme' })
    .map((value) => clean(value.replace(/\n/g, ' ')))
    .filter((value) => value !== '');
  const day = fc.constantFrom('2026-01-31', '2027-12-01');
  const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
  const evidence = fc.record({
    title: text,
    file: optional(text),
    url: optional(fc.constant('https://e.example/x?a=1')),
    date: optional(day),
    expires: optional(day),
  });
  fc.assert(
    fc.property(evidence, (given) => {
      const item = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as unknown as Evidence;
      const line = evidenceLine(item);
      expect(evidenceLine(readEvidenceLine(line))).toBe(line.replace(/\s+\|\s+/g, ' | '));
      if (!/\|/.test(`${item.title}${item.file ?? ''}`) && !/^(until )?\d{4}-|^https?:/i.test(item.file ?? ''))
        expect(readEvidenceLine(line)).toEqual(item);
    }),
  );
  expect(readEvidenceLine('Scan | scans/q4.pdf | 2026-11-03 | until 2027-02-03')).toEqual({
    title: 'Scan',
    file: 'scans/q4.pdf',
    date: '2026-11-03',
    expires: '2027-02-03',
  });
});

test('no text of a description becomes a formula or a part of one', async () => {
  const hostile = ['=HYPERLINK("http://evil.example","x")', '+1+cmd|x', '-2+3', '@SUM(A1)', '\t=1', '\r=1'];
  const text = (at: number): string => `${hostile[at % hostile.length]} Zq${at}`;
  const matrix = map(
    systemOf([use({ id: 'a', service: 'aws/rds', title: text(0), purpose: text(1), owner: text(2), regions: [text(3)] })], {
      organization: { name: text(4), short: text(5) },
      system: { name: text(0), description: text(1), owner: text(2) },
      statements: [
        {
          control: 'least-privilege',
          services: [],
          status: 'implemented',
          owner: text(3),
          narrative: text(4),
          evidence: [{ title: text(5), file: text(0) }],
          reviewed: { by: text(1), on: '2026-01-01' },
        },
      ],
      assurances: [
        {
          id: 'x',
          provider: 'aws',
          type: 'other',
          title: text(2),
          services: [],
          regions: [text(3)],
          excludes: { services: [], regions: [] },
          carvesOut: [],
          cuecs: [],
          note: text(4),
        },
      ],
      signatories: [{ name: text(5), title: text(0), role: text(1) }],
    }),
  );
  const { bytes } = await writeWorkbook(responsibilityWorkbook(matrix, { paper: 'a4' }));
  let found = 0;
  for (const [path, data] of Object.entries(unzipSync(bytes))) {
    const xml = strFromU8(data);
    found += /Zq\d/.test(xml) ? 1 : 0;
    for (const [, formula] of xml.matchAll(/<(?:f|formula|formula1|c:f|definedName[^>]*)>([^<]*)</g))
      expect(formula, path).not.toMatch(/Zq\d|evil/);
  }
  expect(found).toBeGreaterThan(5);
});

describe.skipIf(!office)('in LibreOffice (skipped without it)', () => {
  test('figures follow a changed status and a filter', { timeout: 120_000 }, async () => {
    const matrix = matrixOf('clinic');
    const workbook = responsibilityWorkbook(matrix, { paper: 'a4' });
    const { bytes } = await writeWorkbook(workbook);
    const framework = matrix.frameworks.find(({ id }) => id === 'pci-dss');
    const [implemented, customer] = [
      framework?.requirements.find(({ row }) => row.status === 'implemented'),
      framework?.requirements.find(({ row }) => row.status === 'unanswered' && row.ownership === 'customer'),
    ];
    if (!framework || !implemented || !customer) throw new Error('the sample has changed');
    const sheet = sheetNamed(workbook.sheets, framework.title);
    const rowOf = (key: string): number =>
      sheet.rows.findIndex((row) => Array.isArray(row) && shown(row[column(sheet, 'Key')]) === key) + sheet.intro.length + 4;
    const at = workbook.sheets.indexOf(sheet) + 1;
    const files = unzipSync(bytes);
    const path = `xl/worksheets/sheet${at}.xml`;
    const letter = String.fromCharCode(65 + column(sheet, 'Status'));
    const edited = strFromU8(files[path] as Uint8Array)
      .replace(
        new RegExp(`(<c r="${letter}${rowOf(implemented.row.key)}" s="\\d+") t="s"><v>\\d+</v>`),
        `$1 t="inlineStr"><is><t>${STATUS.planned}</t></is>`,
      )
      .replace(`<row r="${rowOf(customer.row.key)}"`, '$& hidden="1"');
    const others = framework.requirements
      .filter((requirement) => requirement !== customer)
      .map(({ id }) => `<filter val="${id}"/>`);
    const table =
      Object.keys(files).find(
        (name) => name.startsWith('xl/tables/') && strFromU8(files[name] as Uint8Array).includes('displayName="PCI_DSS"'),
      ) ?? '';
    const filtered = strFromU8(files[table] as Uint8Array).replace(
      /(<autoFilter ref="[^"]+")\/>/,
      `$1><filterColumn colId="0"><filters blank="1">${others.join('')}</filters></filterColumn></autoFilter>`,
    );
    expect(edited).not.toBe(strFromU8(files[path] as Uint8Array));
    const target = join(folder, 'edited');
    mkdirSync(target);
    const read = (name: string, changed: Record<string, Uint8Array>): string[] => {
      const file = join(target, `${name}.xlsx`);
      writeFileSync(file, zipSync(changed));
      const summary = sheetsByOffice(file, target).get('Summary') ?? [];
      const ownership = summary.find(([cell]) => cell === `${framework.title} ${framework.version}`) ?? [];
      const status = summary.find(([cell]) => cell === framework.title) ?? [];
      const total = summary.find(([cell]) => cell === 'Total') ?? [];
      const remark = summary[summary.indexOf(total) + 1]?.[0] ?? '';
      // All and shown, owned by the customer, to answer, implemented, planned, unanswered.
      return [ownership[1], ownership[2], ownership[7], status[1], status[3], status[6], status[7], remark].map(
        (cell) => cell ?? '',
      );
    };
    const before = read('before', files).map((cell) => Number(cell) || 0);
    const [all = 0, shownBefore = 0, owned = 0, toAnswer = 0, met = 0, planned = 0, open = 0] = before;
    expect(shownBefore).toBe(all);
    expect(read('after', { ...files, [path]: strToU8(edited), [table]: strToU8(filtered) })).toEqual([
      ...[all, all - 1, owned - 1, toAnswer - 1, met - 1, planned + 1, open - 1].map(String),
      'Hidden by filters: 1. The figures count what is shown.',
    ]);
  });
});
