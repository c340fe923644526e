import type { CellEdit, Patched, PatchOptions, RefusedEdit } from './book.ts';
import type { SharedTexts } from './cell-element.ts';
import { currentValues } from './current.ts';
import { growth } from './growth.ts';
import { openPackage, type Package, related } from './package.ts';
import { patchSheet } from './patch-sheet.ts';
import { hasFormula, recalculation } from './recalculation.ts';
import { type Fail, failIn, missing } from './refusal.ts';
import { repack } from './repack.ts';
import { type SheetScan, scanSheet } from './scan.ts';
import { readSheet, type SheetContent } from './sheet.ts';
import { type Splice, splice } from './splice.ts';
import { addedStrings, readStrings } from './strings.ts';
import { NO_FORMATS, readFormats } from './styles.ts';
import { readSurroundings } from './surroundings.ts';
import { findTargets } from './targets.ts';
import { type ListedSheet, readWorkbook } from './workbook.ts';

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
  const scanned = new Set<string>();
  for (const [name, sheetEdits] of bySheet(edits)) {
    const { part, state } = sheets.find((sheet) => sheet.name === name) ?? {};
    if (part === undefined || state === undefined) {
      for (const edit of sheetEdits) refused.push({ edit, reason: 'no-such-sheet' });
      continue;
    }
    const fail = failIn(file, part);
    const data = book.part(part) ?? missing(file, `the sheet “${name}”`);
    const xml = data.toString('latin1');
    const scan = scanSheet(xml, fail);
    const content = readFrame(data, scan, file, part);
    const around = readSurroundings(book, part);
    const found = findTargets(sheetEdits, { state, scan, content, around, locks }, options, fail);
    for (const one of found.refused) refused.push(one);
    written += found.targets.length;
    const current = currentValues(xml, found.targets, texts?.known ?? [], file, part);
    const grows = growth(name, options.needs, content);
    const splices = patchSheet(scan, found.targets, texts, current, grows, cut);
    if (splices.length > 0) replaced.set(part, splice(data, splices));
    formulas ||= scan.formulas;
    scanned.add(part);
  }
  if (replaced.size === 0) return { bytes, written, refused, cut };

  if (sharedPart !== undefined && shared && texts && (texts.added.size > 0 || texts.uses !== 0))
    replaced.set(
      sharedPart,
      patchedPart(shared, sharedPart, file, (xml, fail) => addedStrings(xml, texts, fail)),
    );
  const others = sheets.filter(({ part }) => part !== undefined && !scanned.has(part));
  if (formulas || calculates(book, others)) {
    const workbook = book.part(book.workbook) ?? missing(file, 'the list of sheets');
    replaced.set(book.workbook, patchedPart(workbook, book.workbook, file, recalculation));
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

/** Reads what is around the rows of a sheet, but for the merged ranges, which can be as many as rows. */
function readFrame(data: Buffer, { data: rows, mergeList }: SheetScan, file: string, part: string): SheetContent {
  const rest = mergeList
    ? [data.subarray(rows.contentTo, mergeList.start), data.subarray(mergeList.end)]
    : [data.subarray(rows.contentTo)];
  const frame = Buffer.concat([data.subarray(0, rows.contentFrom), ...rest]);
  return readSheet(frame, file, part, { strings: [], formats: NO_FORMATS, left: 0 });
}

/** A part with its XML changed. */
function patchedPart(data: Buffer, part: string, file: string, change: (xml: string, fail: Fail) => Splice[]): Buffer {
  return splice(data, change(data.toString('latin1'), failIn(file, part)));
}

/** Whether the book has formulas: a chain of calculation, or a formula in any of these sheets. */
function calculates(book: Package, sheets: readonly ListedSheet[]): boolean {
  if (book.relations.some(({ type }) => type === 'calcChain')) return true;
  return sheets.some(({ part }) => {
    const data = part === undefined ? undefined : book.part(part);
    return data !== undefined && hasFormula(data);
  });
}
