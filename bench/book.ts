/**
 * Times of filling real questionnaires, beside inflating and deflating what changed (no patch can do with less) and exceljs (load,
 * set the same cells, save), in one interleaved run: `npx tsx bench/book.ts [rounds]`. Processor times; the fastest round of each counts. Peak memory is that of a process that does nothing else. The workbooks lie beside the project.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { BookSheet, CellEdit } from '../src/book/book.ts';
import { openBook } from '../src/book/open.ts';
import { patchBook } from '../src/book/patch.ts';
import { type Archive, readArchive, unpack } from '../src/book/zip.ts';

const FOLDER = fileURLToPath(new URL('../../shared/questionnaires', import.meta.url));
const FILES = ['caiq403-whitepact-filled.xlsx', 'hecvat414.xlsx', 'fedramp-cis-crm-r5.xlsx', 'pci-pa321.xlsx'];
const OPTIONS = { allowLocked: true };

function load(file: string): Uint8Array {
  return readFileSync(join(FOLDER, file));
}

/** An answer for each cell with a list on a sheet in sight, a sentence beside it, and two marks a row where a form wants marks. */
function answers(bytes: Uint8Array, file: string): CellEdit[] {
  const edits = openBook(bytes, file)
    .sheets.filter(({ state }) => state === 'visible')
    .flatMap((sheet): CellEdit[] => {
      const at = (row: number, column: number, value: string): CellEdit => ({ sheet: sheet.name, row, column, value });
      const marked = sheet.name.endsWith('CIS Worksheet')
        ? filledRows(sheet, 4, 2000).flatMap((row) => [at(row, 2, 'X'), at(row, 7, 'X')])
        : [];
      const listed = sheet.choices.flatMap(({ ranges, values }) =>
        ranges.flatMap(({ top, bottom, left }) =>
          filledRows(sheet, top, bottom).flatMap((row) => [
            at(row, left, values.at(-1) ?? 'Yes'),
            at(row, left + 1, `Row ${row}: the provider patches its hosts within thirty days.`),
          ]),
        ),
      );
      return [...marked, ...listed];
    });
  const refused = new Set(patchBook(bytes, edits, OPTIONS).refused.map(({ edit }) => edit));
  return edits.filter((edit) => !refused.has(edit));
}

/** The rows that have a text, from one to another. */
function filledRows({ rows }: BookSheet, from: number, to: number): number[] {
  return rows.filter(({ row, cells }) => row >= from && row <= to && cells.some(({ text }) => text !== '')).map(({ row }) => row);
}

/** Pairs of a part before and after, for those that a patch changes. */
function changedParts(before: Archive, after: Archive): { packed: Uint8Array; content: Buffer }[] {
  return before.entries.flatMap((entry, index) => {
    const now = after.entries[index];
    if (!now || now.crc === entry.crc) return [];
    return [{ packed: before.bytes.subarray(entry.data, entry.data + entry.packed), content: unpack(after, now) }];
  });
}

async function exceljs(bytes: Uint8Array, edits: CellEdit[]): Promise<number> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(bytes) as never);
  for (const { sheet, row, column, value } of edits) {
    const target = book.getWorksheet(sheet);
    if (target) target.getCell(row, column).value = value;
  }
  return (await book.xlsx.writeBuffer()).byteLength;
}

/** Processor time in milliseconds, of all threads: on a machine that others use too, the clock measures them. */
async function timed(action: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await action();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

async function compare(file: string, rounds: number): Promise<void> {
  const bytes = load(file);
  const edits = answers(bytes, file);
  const parts = changedParts(readArchive(bytes, file), readArchive(patchBook(bytes, edits, OPTIONS).bytes, file));
  // Whether exceljs manages at all is tried elsewhere: on some files it takes all memory and never ends.
  const self = fileURLToPath(import.meta.url);
  const trial = spawnSync(process.execPath, [...process.execArgv, self, 'exceljs', file], { timeout: 60_000, encoding: 'utf8' });
  const times = { floor: [] as number[], open: [] as number[], patch: [] as number[], exceljs: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.floor.push(
      await timed(() => {
        for (const { packed, content } of parts) deflateRawSync(inflateRawSync(packed).length > 0 ? content : '');
      }),
    );
    times.patch.push(await timed(() => patchBook(bytes, edits, OPTIONS)));
    times.open.push(await timed(() => openBook(bytes, file)));
    if (trial.status === 0 && round % 4 === 0) times.exceljs.push(await timed(() => exceljs(bytes, edits)));
  }
  const [floor, patch, open, other] = [times.floor, times.patch, times.open, times.exceljs].map((all) => Math.min(...all)) as [
    number,
    number,
    number,
    number,
  ];
  const memory = execFileSync(process.execPath, [...process.execArgv, self, 'patch', file], { encoding: 'utf8' });
  console.log(
    `${file.padEnd(30)} ${String(edits.length).padStart(6)} ${[floor, patch, open].map((time) => time.toFixed(1).padStart(8)).join('')} ${(patch / floor).toFixed(2).padStart(8)} ${
      trial.status === 0
        ? `${other.toFixed(0).padStart(9)} ${(other / patch).toFixed(0).padStart(7)} ×`
        : trial.signal
          ? '   does not end in a minute'
          : '   fails'
    } ${memory.trim().padStart(10)}`,
  );
}

const [mode = '9', file = ''] = process.argv.slice(2);
if (!existsSync(FOLDER)) console.log('The workbooks are not beside the project.');
else if (mode === 'patch') {
  const bytes = load(file);
  patchBook(bytes, answers(bytes, file), OPTIONS);
  console.log(`${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
} else if (mode === 'exceljs') {
  const bytes = load(file);
  await exceljs(bytes, answers(bytes, file));
} else {
  console.log(`${'workbook'.padEnd(30)}  cells    floor   patch    open  ÷ floor   exceljs         peak (open and patch twice)`);
  for (const each of FILES) await compare(each, Number(mode));
}
