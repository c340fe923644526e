/**
 * Times and peak memory of the workbook writer, beside deflating the same XML, exceljs, and xlsxwriter and openpyxl (Debian packages
 * python3-xlsxwriter and python3-openpyxl) on the same cells: `npx tsx bench/xlsx.ts`. Each measurement runs in a process of its own.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SheetCell, SheetColumn, Workbook } from '../src/document.ts';

const TONES = { Customer: 'blue', Provider: 'green', 'Shared, dependent': 'amber', 'Not determined': 'red' } as const;
const OWNERS = Object.keys(TONES);
const WORDS = 'the organization encrypts stored data with keys it controls and keeps records of each rotation for a year'.split(
  ' ',
);

function sentence(from: number, length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += `${WORDS[(from * 7 + i * (1 + (from % 5))) % WORDS.length]} `;
  // A flat string, as parsed files have them.
  return Buffer.from(`${text}${from}.`).toString();
}

/** Rows as a matrix has them; `distinct` of them differ, and come again after that. */
function sample(rowCount: number, distinct = 2000): Workbook {
  const columns = Array.from(
    { length: 16 },
    (_, i): SheetColumn => ({
      title: i === 2 ? 'Ownership' : `Column ${i + 1}`,
      width: i % 4 === 1 ? 48 : 16,
      wrap: i % 4 === 1,
      input: i > 11,
      list: i === 12 ? ['Yes', 'No', 'Not applicable'] : undefined,
    }),
  );
  // Rows repeat far beyond what deflate remembers, so that memory shows the writer and not the sample.
  const pool = Array.from({ length: Math.min(rowCount, distinct) }, (_, row) =>
    columns.map((_, i): SheetCell => {
      if (i === 0) return { text: `${1 + (row % 12)}.${row % 9}.${row}`, bold: true };
      if (i % 4 === 1) return sentence(row + i, 8 + ((row + i) % 18));
      if (i === 2) return OWNERS[row % OWNERS.length] ?? '';
      if (i === 3) return row;
      if (i === 15) return { date: `2026-${String(1 + (row % 12)).padStart(2, '0')}-15` };
      return i > 11 ? null : `Service ${(row + i) % 90}`;
    }),
  );
  const rows = Array.from({ length: rowCount }, (_, row) => pool[row % pool.length] ?? []);
  const sheet = { name: 'Matrix', title: 'Matrix', intro: ['All rows.'], columns, rows, tones: { Ownership: TONES } };
  return {
    title: 'Benchmark',
    subject: '',
    author: '',
    keywords: [],
    date: '2026-01-01',
    paper: 'a4',
    sheets: [{ ...sheet, freezeColumns: 1, landscape: true, table: true }],
  };
}

async function exceljs(workbook: Workbook): Promise<number> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  for (const sheet of workbook.sheets) {
    const target = book.addWorksheet(sheet.name);
    target.columns = sheet.columns.map((column) => ({ header: column.title, width: column.width }));
    for (const row of sheet.rows) {
      const added = target.addRow(
        (Array.isArray(row) ? row : row.cells).map((cell) => {
          if (typeof cell !== 'object' || cell === null) return cell;
          return 'date' in cell ? new Date(cell.date) : 'text' in cell ? cell.text : null;
        }),
      );
      added.eachCell({ includeEmpty: true }, (cell, i) => {
        cell.alignment = { vertical: 'top', wrapText: sheet.columns[i - 1]?.wrap };
      });
    }
  }
  return (await book.xlsx.writeBuffer()).byteLength;
}

async function floor(workbook: Workbook, level: number): Promise<() => Promise<number>> {
  const [{ deflateRawSync, inflateRawSync }, { writeWorkbook }] = await Promise.all([
    import('node:zlib'),
    import('../src/write/xlsx/index.ts'),
  ]);
  const bytes = Buffer.from((await writeWorkbook(workbook)).bytes);
  // The sheet is the largest entry; its local header says where it lies.
  let at = 0;
  let largest = Buffer.alloc(0);
  while (bytes.readUInt32LE(at) === 0x04034b50) {
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    at = start + bytes.readUInt32LE(at + 18);
    if (at - start > largest.length) largest = bytes.subarray(start, at);
  }
  const xml = inflateRawSync(largest);
  return async () => deflateRawSync(xml, { level }).length;
}

const line = (rowCount: number, kind: string, ms: number, ...sizes: number[]): string =>
  `${String(rowCount).padStart(7)} ${kind.padEnd(20)} ${Math.round(ms).toString().padStart(7)} ms ${sizes.map((bytes) => `${Math.round(bytes / 1e6)}`.padStart(6)).join(' ')}`;

async function measure(kind: string, rowCount: number): Promise<void> {
  const workbook = sample(rowCount, kind === 'demarc-distinct' ? rowCount : undefined);
  const deflateOnly = kind.startsWith('deflate') ? await floor(workbook, Number(kind.at(-1))) : undefined;
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const start = performance.now();
  let size = 0;
  if (deflateOnly) size = await deflateOnly();
  else if (kind === 'exceljs') size = await exceljs(workbook);
  else size = (await (await import('../src/write/xlsx/index.ts')).writeWorkbook(workbook)).bytes.length;
  const time = performance.now() - start;
  clearInterval(timer);
  peak = Math.max(peak, process.resourceUsage().maxRSS * 1024);
  console.log(line(rowCount, kind, time, before, peak, size));
}

/** The same cells by a Python writer; nothing where it is not installed. */
function python(kind: string, rowCount: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'demarc-xlsx-'));
  try {
    const { columns, rows } = sample(2000).sheets[0] as Workbook['sheets'][number];
    const looks = columns.map(({ title, width, wrap }) => ({ title, width, wrap: wrap === true }));
    writeFileSync(join(folder, 'cells.json'), JSON.stringify([looks, rows]));
    const script = fileURLToPath(new URL('xlsx.py', import.meta.url));
    // Debian's own Python: another one on the path does not see its packages.
    const args = [script, kind, join(folder, 'cells.json'), String(rowCount), join(folder, 'made.xlsx')];
    const result = spawnSync('/usr/bin/python3', args, { encoding: 'utf8' });
    if (result.status !== 0) console.log(`${''.padStart(7)} ${kind} is skipped: ${result.stderr?.trim().split('\n').at(-1)}`);
    else {
      const [ms = 0, ...sizes] = result.stdout.trim().split(' ').map(Number);
      console.log(line(rowCount, kind, ms, ...sizes));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const HERE = ['demarc', 'demarc-distinct', 'deflate-4', 'deflate-6', 'exceljs'];
const PYTHON = ['xlsxwriter', 'xlsxwriter-constant', 'openpyxl'];
const [kind, rowCount] = process.argv.slice(2);
if (kind) await measure(kind, Number(rowCount));
else {
  console.log('   rows writer                  time   MB before, peak, file (imports included in the time)');
  for (const rows of [2000, 100000]) {
    for (const writer of HERE)
      process.stdout.write(
        execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), writer, String(rows)]),
      );
    for (const writer of PYTHON) python(writer, rows);
  }
}
