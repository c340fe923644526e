/** One pack, stage by stage, with the time of each; `bench/pack.ts` runs it in a process of its own. */

import { loadCatalogue, loadTemplate, VERSION } from '../src/cli/resources.ts';
import { readText } from '../src/disk.ts';
import { mapSystem } from '../src/map/matrix.ts';
import { readSystem } from '../src/read/system.ts';
import { annexesOf, attestation } from '../src/report/attestation.ts';
import { lineIndex } from '../src/report/lines.ts';
import { responsibilityWorkbook } from '../src/report/workbook.ts';
import { writeMatrixJson } from '../src/write/json.ts';

let last = performance.now();
const stage = (name: string): void => {
  const now = performance.now();
  console.log(`${name} ${(now - last).toFixed(1)}`);
  last = now;
};

console.log(`start ${last.toFixed(1)}`);
const catalogue = loadCatalogue();
stage('catalogue');
const system = readSystem(process.argv[2] ?? '', readText, catalogue);
stage('read');
const matrix = mapSystem(system, catalogue, { asOf: system.asOf ?? '2026-01-01', toolVersion: VERSION });
stage('map');
const matrixJson = writeMatrixJson(matrix);
stage('json');
const annexTemplate = loadTemplate('annexes.md.hbs');
const index = lineIndex(matrix);
const annexes = annexesOf(matrix, undefined, index);
const template = loadTemplate('attestation.md.hbs');
const document = attestation(matrix, { template, annexTemplate, annexes, matrixJson, paper: 'a4' }, index);
stage('report');
const { writePdf } = await import('../src/write/pdf/index.ts');
await writePdf(document);
stage('pdf');
const { writeWorkbook } = await import('../src/write/xlsx/index.ts');
await writeWorkbook(responsibilityWorkbook(matrix, { annexes, sections: document.sections, index }));
stage('xlsx');
