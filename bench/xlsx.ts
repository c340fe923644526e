/**
 * Times and peak memory of the workbook writer, beside deflating the same XML and exceljs on the same cells:
 * `npx tsx bench/xlsx.ts`. Each measurement runs in a process of its own.
 */
import { execFileSync } from 'node:child_process';
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

function sample(rowCount: number): Workbook {
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
  // Rows repeat after 2,000, far beyond what deflate remembers, so that memory shows the writer and not the sample.
  const pool = Array.from({ length: Math.min(rowCount, 2000) }, (_, row) =>
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

async function measure(kind: string, rowCount: number): Promise<void> {
  const workbook = sample(rowCount);
  const deflateOnly = kind.startsWith('deflate') ? await floor(workbook, Number(kind.at(-1))) : undefined;
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const start = performance.now();
  let size = 0;
  if (kind === 'demarc') size = (await (await import('../src/write/xlsx/index.ts')).writeWorkbook(workbook)).bytes.length;
  else if (deflateOnly) size = await deflateOnly();
  else if (kind === 'exceljs') size = await exceljs(workbook);
  const time = performance.now() - start;
  clearInterval(timer);
  peak = Math.max(peak, process.resourceUsage().maxRSS * 1024);
  const mb = (bytes: number) => `${Math.round(bytes / 1e6)}`.padStart(6);
  console.log(
    `${String(rowCount).padStart(7)} ${kind.padEnd(9)} ${Math.round(time).toString().padStart(7)} ms ${mb(before)} ${mb(peak)} ${mb(size)}`,
  );
}

const [kind, rowCount] = process.argv.slice(2);
if (kind) await measure(kind, Number(rowCount));
else {
  console.log('   rows writer         time   MB before, peak, file (imports included in the time)');
  for (const rows of [2000, 100000])
    for (const writer of ['demarc', 'deflate-3', 'deflate-6', 'exceljs'])
      process.stdout.write(
        execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), writer, String(rows)]),
      );
}
