import { SEES } from '../audience.ts';
import type { Section, Workbook } from '../document.ts';
import type { Matrix } from '../model.ts';
import { joinNames } from '../sentence.ts';
import type { MadeAnnex } from './annexes/annex.ts';
import { type LineIndex, lineIndex } from './lines.ts';
import { annexSheet } from './sheets/annex.ts';
import { dutiesSheet } from './sheets/duties.ts';
import { frameworkSheet } from './sheets/framework.ts';
import { readMe } from './sheets/read-me.ts';
import { assurancesSheet, findingsSheet, signOffSheet } from './sheets/registers.ts';
import { componentsSheet, servicesSheet } from './sheets/services.ts';
import { summary } from './sheets/summary.ts';

/**
 * The responsibility matrix as a workbook: what it is, the counts, one sheet per framework, the papers that frameworks ask for, and the
 * registers behind them. The papers have the words of the document's sections. Of a pack of some `papers` (annexes and framework
 * matrices by their ids) it has the sheets of those.
 */
export function responsibilityWorkbook(
  matrix: Matrix,
  annexes: readonly MadeAnnex[],
  sections: readonly Section[],
  papers?: readonly string[],
  index: LineIndex = lineIndex(matrix),
): Workbook {
  const sight = SEES[matrix.audience];
  const isWanted = (id: string): boolean => !papers || papers.includes(id);
  return {
    title: `Responsibility matrix: ${matrix.system.name}`,
    subject: `Who holds which part of ${joinNames(matrix.frameworks.map((framework) => `${framework.title} ${framework.version}`))}`,
    author: matrix.organization.name,
    keywords: ['shared responsibility', 'responsibility matrix', ...matrix.frameworks.map((framework) => framework.title)],
    date: matrix.asOf,
    sheets: [
      readMe(matrix),
      ...(papers ? [] : [summary(matrix)]),
      ...matrix.frameworks.filter(({ id }) => isWanted(id)).map((framework) => frameworkSheet(framework, matrix, index)),
      ...(sight.answers && !papers ? [dutiesSheet(matrix, index)] : []),
      ...annexes.map((made) => annexSheet(made, sections)),
      ...(papers ? [] : [servicesSheet(matrix), componentsSheet(matrix)]),
      ...(sight.assurances === 'none' || papers ? [] : [assurancesSheet(matrix)]),
      ...(sight.findings ? [findingsSheet(matrix)] : []),
      ...(sight.signOff ? [signOffSheet(matrix)] : []),
    ],
  };
}
