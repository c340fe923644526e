import { SEES } from '../audience.ts';
import type { Comparison } from '../comparison.ts';
import type { Workbook } from '../document.ts';
import type { Matrix } from '../model.ts';
import { joinNames } from '../sentence.ts';
import { lineIndex } from './lines.ts';
import { allPartsSheet } from './sheets/all-parts.ts';
import { changesSheet } from './sheets/changes.ts';
import { dutiesSheet } from './sheets/duties.ts';
import { frameworkSheet } from './sheets/framework.ts';
import { originalsSheet } from './sheets/originals.ts';
import { readMe } from './sheets/read-me.ts';
import { assurancesSheet, evidenceSheet, findingsSheet } from './sheets/registers.ts';
import { componentsSheet, servicesSheet } from './sheets/services.ts';
import { signOffSheet } from './sheets/sign-off.ts';
import { summary } from './sheets/summary.ts';

/**
 * The responsibility matrix as a workbook: what it is, the counts, what changed since an earlier pack, one sheet per framework, and the
 * registers behind them.
 */
export function responsibilityWorkbook(matrix: Matrix, options: Pick<Workbook, 'paper'> = {}, comparison?: Comparison): Workbook {
  const index = lineIndex(matrix);
  const sight = SEES[matrix.audience];
  const sheets = [
    summary(matrix),
    ...(comparison ? [changesSheet(comparison)] : []),
    ...matrix.frameworks.map((framework) => frameworkSheet(framework, matrix, index)),
    ...(sight.services ? [allPartsSheet(matrix, index)] : []),
    ...(sight.answers ? [dutiesSheet(matrix, index)] : []),
    servicesSheet(matrix),
    componentsSheet(matrix),
    ...(sight.assurances === 'none' ? [] : [assurancesSheet(matrix)]),
    ...(sight.answers ? [evidenceSheet(matrix)] : []),
    ...(sight.findings ? [findingsSheet(matrix)] : []),
    ...(sight.signOff ? [signOffSheet(matrix)] : []),
    ...(sight.answers ? [originalsSheet(matrix)] : []),
  ];
  return {
    title: `Responsibility matrix: ${matrix.system.name}`,
    subject: `Who holds which part of ${joinNames(matrix.frameworks.map((framework) => `${framework.title} ${framework.version}`))}`,
    author: matrix.organization.name,
    keywords: ['shared responsibility', 'responsibility matrix', ...matrix.frameworks.map((framework) => framework.title)],
    date: matrix.asOf,
    ...options,
    sheets: [readMe(matrix, sheets), ...sheets],
  };
}
