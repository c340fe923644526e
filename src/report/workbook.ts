import { SEES } from '../audience.ts';
import type { Comparison } from '../comparison.ts';
import type { Section, Workbook } from '../document.ts';
import type { Matrix } from '../model/matrix.ts';
import { joinNames } from '../sentence.ts';
import type { MadeAnnex } from './annexes/annex.ts';
import { type LineIndex, lineIndex } from './lines.ts';
import { allPartsSheet } from './sheets/all-parts.ts';
import { annexSheet } from './sheets/annex.ts';
import { changesSheet } from './sheets/changes.ts';
import { dutiesSheet } from './sheets/duties.ts';
import { frameworkSheet } from './sheets/framework.ts';
import { originalsSheet } from './sheets/originals.ts';
import { readMe } from './sheets/read-me.ts';
import { assurancesSheet, evidenceSheet, findingsSheet } from './sheets/registers.ts';
import { componentsSheet, servicesSheet } from './sheets/services.ts';
import { signOffSheet } from './sheets/sign-off.ts';
import { summary } from './sheets/summary.ts';

/** How a workbook is made: its paper, the papers that frameworks ask for, and of which of them it is, where it is not whole. */
export interface WorkbookOptions extends Pick<Workbook, 'paper'> {
  annexes?: readonly MadeAnnex[];
  /** The document's sections, whose words the annexes have. */
  sections?: readonly Section[];
  /** Ids of the annexes and framework matrices that alone are wanted. */
  papers?: readonly string[];
  /** What differs from an earlier pack, where there is one. */
  comparison?: Comparison;
  index?: LineIndex;
}

/**
 * The responsibility matrix as a workbook: what it is, the counts, what changed since an earlier pack, one sheet per framework, the papers
 * that frameworks ask for, and the registers behind them. Of a pack of some papers it has the sheets of those.
 */
export function responsibilityWorkbook(matrix: Matrix, options: WorkbookOptions = {}): Workbook {
  const { annexes = [], sections = [], papers, comparison, index = lineIndex(matrix), ...look } = options;
  const sight = SEES[matrix.audience];
  const whole = papers === undefined;
  const frameworks = matrix.frameworks.filter(({ id }) => whole || papers.includes(id));
  const sheets = [
    ...(whole ? [summary(matrix)] : []),
    ...(whole && comparison ? [changesSheet(comparison)] : []),
    ...frameworks.map((framework) => frameworkSheet(framework, matrix, index, comparison)),
    ...(whole && sight.services ? [allPartsSheet(matrix, index)] : []),
    ...(whole && sight.answers ? [dutiesSheet(matrix, index)] : []),
    ...annexes.map((made) => annexSheet(made, sections)),
    ...(whole ? [servicesSheet(matrix), componentsSheet(matrix)] : []),
    ...(whole && sight.assurances !== 'none' ? [assurancesSheet(matrix)] : []),
    ...(whole && sight.answers ? [evidenceSheet(matrix)] : []),
    ...(sight.findings ? [findingsSheet(matrix)] : []),
    ...(sight.signOff ? [signOffSheet(matrix)] : []),
    // Wherever something can be filled in.
    ...((whole || frameworks.length > 0) && sight.answers ? [originalsSheet(matrix)] : []),
  ];
  return {
    title: `Responsibility matrix: ${matrix.system.name}`,
    subject: `Who holds which part of ${joinNames(matrix.frameworks.map((framework) => `${framework.title} ${framework.version}`))}`,
    author: matrix.organization.name,
    keywords: ['shared responsibility', 'responsibility matrix', ...matrix.frameworks.map((framework) => framework.title)],
    date: matrix.asOf,
    ...look,
    sheets: [readMe(matrix, sheets), ...sheets],
  };
}
