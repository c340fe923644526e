import type { Comparison } from '../comparison.ts';
import type { PackFile } from '../disk.ts';
import type { Document } from '../document.ts';
import type { Matrix } from '../model/matrix.ts';
import { DOCUMENT, type Format } from '../pack.ts';
import type { MadeAnnex } from '../report/annexes/annex.ts';
import { annexesOf, attestation } from '../report/attestation.ts';
import { type LineIndex, lineIndex } from '../report/lines.ts';
import type { Template } from '../report/templates.ts';
import { responsibilityWorkbook } from '../report/workbook.ts';
import { csvNames, writeCsv } from '../write/csv.ts';
import { writeMatrixJson } from '../write/json.ts';
import { writePdf } from '../write/pdf/index.ts';
import { writeWorkbook } from '../write/xlsx/index.ts';
import { sectionsFor } from './only.ts';
import { ANNEX_TEMPLATE, ATTESTATION_TEMPLATE, loadTemplate } from './resources.ts';

/** What the files of a pack are made from beside the matrix. */
export interface Making {
  formats: readonly Format[];
  paper: 'a4' | 'letter';
  accent?: string;
  /** Whether CSV files begin with the mark that Excel wants. */
  bom?: boolean;
  /** The papers to make, where it is not all of them. */
  only?: string[];
  /** The user's own templates, by name. */
  words: Readonly<Record<string, string>>;
  logo?: Uint8Array;
  comparison?: Comparison;
}

/** Files, characters that no font has a shape for, and cells that were cut. */
export interface Made {
  files: PackFile[];
  missing: string[];
  cuts: string[];
}

/** Makes every file of a pack but the manifest; of one of some papers only what those need. Nothing is written. */
export async function packFiles(matrix: Matrix, making: Making, progress: (text: string) => void = () => {}): Promise<Made> {
  const { formats } = making;
  const matrixJson = writeMatrixJson(matrix);
  const made: Made[] = [];
  const isSheets = formats.includes('xlsx') || formats.includes('csv');
  if (formats.includes('pdf') || isSheets) {
    const report = await reportOf(matrix, matrixJson, making);
    if (formats.includes('pdf')) {
      progress('laying out attestation.pdf');
      const { bytes, missing } = await writePdf(report.document, making.logo ? { logo: making.logo } : {});
      made.push({ files: [{ path: DOCUMENT, bytes }], missing, cuts: [] });
    }
    if (isSheets) {
      progress('writing responsibility-matrix.xlsx');
      made.push(await sheetFiles(matrix, report, making));
    }
  }
  if (formats.includes('json')) {
    made.push({ files: [{ path: 'matrix.json', bytes: Buffer.from(matrixJson) }], missing: [], cuts: [] });
  }
  return {
    files: made.flatMap(({ files }) => files),
    missing: made.flatMap(({ missing }) => missing),
    cuts: made.flatMap(({ cuts }) => cuts),
  };
}

/** What the document and the workbook have in common. */
interface Report {
  document: Document;
  annexes: MadeAnnex[];
  index: LineIndex;
}

async function reportOf(matrix: Matrix, matrixJson: string, { only, words, ...look }: Making): Promise<Report> {
  const template = async (name: string): Promise<Template> => {
    const text = words[name];
    return text === undefined ? loadTemplate(name) : (await import('../report/template-compiler.ts')).readTemplate(name, text);
  };
  const [own, annexTemplate] = await Promise.all([template(ATTESTATION_TEMPLATE), template(ANNEX_TEMPLATE)]);
  // Lines and duties are said by the document and the workbook alike, and made once.
  const index = lineIndex(matrix);
  const annexes = annexesOf(matrix, only, index);
  const wanted = only ? { sections: sectionsFor(only) } : {};
  return {
    document: attestation(matrix, { ...look, template: own, annexTemplate, annexes, matrixJson, ...wanted }, index),
    annexes,
    index,
  };
}

/** The workbook of a pack, and its sheets as CSV. */
async function sheetFiles(matrix: Matrix, { document, annexes, index }: Report, making: Making): Promise<Made> {
  const { formats, paper, only, comparison, bom } = making;
  const workbook = responsibilityWorkbook(matrix, {
    paper,
    annexes,
    sections: document.sections,
    index,
    ...(only ? { papers: only } : {}),
    ...(comparison ? { comparison } : {}),
  });
  const files: PackFile[] = [];
  const cuts: string[] = [];
  if (formats.includes('xlsx')) {
    const written = await writeWorkbook(workbook);
    cuts.push(...written.cuts);
    files.push({ path: 'responsibility-matrix.xlsx', bytes: written.bytes });
  }
  if (formats.includes('csv')) {
    const sheets = workbook.sheets.filter((sheet) => !sheet.hidden);
    const names = csvNames(sheets);
    sheets.forEach((sheet, at) => {
      files.push({ path: `csv/${names[at]}`, bytes: writeCsv(sheet, { bom: bom === true }) });
    });
  }
  return { files, missing: [], cuts };
}
