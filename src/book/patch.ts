import type { BookCell, CellEdit, Patched, PatchOptions, RefusedEdit } from './book.ts';
import type { SharedTexts } from './cell-element.ts';
import { readSurroundings, readWorkbook, related } from './open.ts';
import { missing, openPackage, type Package } from './package.ts';
import { patchSheet } from './patch-sheet.ts';
import { hasFormula, withRecalculation } from './recalculation.ts';
import { type Fail, type SheetScan, scanSheet } from './scan.ts';
import { readSheet, type SheetContent } from './sheet.ts';
import { withAttribute } from './splice.ts';
import { readStrings, withStrings } from './strings.ts';
import { readFormats } from './styles.ts';
import { findTargets, type Target } from './targets.ts';
import { damaged, repack } from './zip.ts';

/**
 * Writes answers into a workbook that somebody else made. Everything but the cells that change stays as it is, to the byte: parts that
 * are not touched are copied packed, and of a sheet only the elements of its cells are replaced. Besides sheets and shared texts, only
 * the order to calculate formulas on opening is set, where the book has formulas. Formulas, pivot tables, headers of tables and, unless
 * allowed, locked and hidden cells are left alone and reported. Throws `Problems` as `openBook` does.
 */
export function patchBook(bytes: Uint8Array, edits: readonly CellEdit[], options: PatchOptions = {}): Patched {
  const { file = 'workbook' } = options;
  const book = openPackage(bytes, file);
  const { sheets } = readWorkbook(book);
  const { locks } = readFormats(related(book, 'styles'), file);
  const sharedPart = book.relations.find(({ type }) => type === 'sharedStrings')?.target;
  const shared = sharedPart === undefined ? undefined : book.part(sharedPart);
  const texts: SharedTexts | undefined = shared && { known: readStrings(shared, file), added: new Map(), uses: 0 };

  const replaced = new Map<string, Buffer>();
  const refused: RefusedEdit[] = [];
  const cut: CellEdit[] = [];
  let written = 0;
  let formulas = false;
  for (const [name, sheetEdits] of bySheet(edits)) {
    const { part, state } = sheets.find((sheet) => sheet.name === name) ?? {};
    if (part === undefined || state === undefined) {
      refused.push(...sheetEdits.map((edit): RefusedEdit => ({ edit, reason: 'no-such-sheet' })));
      continue;
    }
    const fail: Fail = (what) => damaged(file, `the part “${part}” ${what}`);
    const data = book.part(part) ?? missing(file, `the sheet “${name}”`);
    const xml = data.toString('latin1');
    const scan = scanSheet(xml, fail);
    const content = readFrame(data, scan, file, part);
    const around = readSurroundings(book, part);
    const found = findTargets(xml, sheetEdits, { state, scan, content, around, locks }, options, fail);
    refused.push(...found.refused);
    written += found.targets.length;
    const current = currentCells(xml, found.targets, texts, file, part);
    const needs = new Map(options.needs?.filter((need) => need.sheet === name).map(({ row, height }) => [row, height]));
    const patched = patchSheet(xml, scan, found.targets, texts, current, needs, cut, fail);
    if (patched !== xml) replaced.set(part, Buffer.from(patched, 'latin1'));
    formulas ||= scan.formulas;
  }
  if (replaced.size === 0) return { bytes, written, refused, cut };

  if (sharedPart !== undefined && shared && texts && (texts.added.size > 0 || texts.uses !== 0))
    replaced.set(
      sharedPart,
      patchedPart(shared, sharedPart, file, (xml, fail) => withStrings(xml, texts, fail)),
    );
  if (formulas || calculates(book, sheets)) {
    const workbook = book.part(book.workbook) ?? missing(file, 'the list of sheets');
    replaced.set(book.workbook, patchedPart(workbook, book.workbook, file, withRecalculation));
  }
  return { bytes: repack(book.archive, replaced), written, refused, cut };
}

function bySheet(edits: readonly CellEdit[]): Map<string, CellEdit[]> {
  const sheets = new Map<string, CellEdit[]>();
  for (const edit of edits) {
    const list = sheets.get(edit.sheet);
    if (list) list.push(edit);
    else sheets.set(edit.sheet, [edit]);
  }
  return sheets;
}

/** Reads what is around the rows of a sheet. */
function readFrame(data: Buffer, { data: { open, close } }: SheetScan, file: string, part: string): SheetContent {
  const frame = open === close ? data : Buffer.concat([data.subarray(0, open.end), data.subarray(close.start)]);
  return readSheet(frame, file, part, { strings: [], locks: [], wraps: [], left: 0 });
}

/** What the targets that exist hold now. */
function currentCells(
  xml: string,
  targets: readonly Target[],
  texts: SharedTexts | undefined,
  file: string,
  part: string,
): Map<Target, BookCell> {
  const existing = targets.flatMap((target) => (target.cell ? [{ target, cell: target.cell }] : []));
  // Each in a row of its own number; where it stands does not matter here.
  const elements = existing.map(({ cell: { open, close } }, index) => {
    const tag = withAttribute(xml.slice(open.start, open.end), 'r', `A${index + 1}`);
    return `<row>${tag}${xml.slice(open.end, close.end)}</row>`;
  });
  const sheet = Buffer.from(`<worksheet><sheetData>${elements.join('')}</sheetData></worksheet>`, 'latin1');
  const { rows } = readSheet(sheet, file, part, { strings: texts?.known ?? [], locks: [], wraps: [], left: existing.length });
  return new Map(existing.map(({ target }, index) => [target, rows[index]?.cells[0] as BookCell]));
}

/** A part with its XML changed. */
function patchedPart(data: Buffer, part: string, file: string, change: (xml: string, fail: Fail) => string): Buffer {
  const fail: Fail = (what) => damaged(file, `the part “${part}” ${what}`);
  return Buffer.from(change(data.toString('latin1'), fail), 'latin1');
}

/** Whether the book has formulas: a chain of calculation, or a formula in any sheet. */
function calculates(book: Package, sheets: ReturnType<typeof readWorkbook>['sheets']): boolean {
  if (book.relations.some(({ type }) => type === 'calcChain')) return true;
  return sheets.some(({ part }) => {
    const data = part === undefined ? undefined : book.part(part);
    return data !== undefined && hasFormula(data);
  });
}
