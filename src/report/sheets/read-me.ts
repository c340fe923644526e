import { AUDIENCE, SEES } from '../../audience.ts';
import type { Sheet, SheetCell } from '../../document.ts';
import type { Matrix } from '../../model.ts';
import { periodText } from '../../sentence.ts';
import { ownershipsExplained, ownershipTone } from '../ownership.ts';

/** What the workbook is, how ownership is counted, and what it does not claim. */
export function readMe(matrix: Matrix): Sheet {
  const rows: SheetCell[][] = [
    ['Organization', matrix.organization.name],
    ['System', matrix.system.name],
    ...(matrix.system.description === '' ? [] : [['Description', matrix.system.description]]),
    ...(matrix.period ? [['Period', periodText(matrix.period)]] : []),
    ['As of', { date: matrix.asOf }],
    ['Prepared for', AUDIENCE[matrix.audience]],
    ['Frameworks', matrix.frameworks.map((framework) => `${framework.title} ${framework.version}`).join(', ')],
    ['Catalogue version', matrix.catalogue.version],
    ['Made by', `demarc ${matrix.tool.version}`],
    ['', ''],
    [
      { text: 'How ownership is counted', bold: true },
      'Each requirement is counted once. Its ownership is derived from its parts; nobody has typed it.',
    ],
    ...ownershipsExplained(matrix).map(({ ownership, label, means }): SheetCell[] => [
      { text: label, tone: ownershipTone(ownership) },
      means,
    ]),
    ['', ''],
    [
      { text: 'Configure', bold: true },
      "A provider supplies the feature and only the customer can set and use it rightly; the duty is the customer's.",
    ],
    [{ text: 'Implement', bold: true }, "The whole thing is the customer's to do."],
    ...(SEES[matrix.audience].answers
      ? []
      : [
          [
            { text: 'You, the customer', bold: true },
            `In this workbook both are ${matrix.organization.name}, as the customer of its providers.`,
          ],
        ]),
    ['', ''],
    [
      { text: 'What this workbook does not claim', bold: true },
      `It says who has to do what${SEES[matrix.audience].status === 'none' ? '' : ', and what the organization says it has done'}. It does not say that anybody complies with anything.`,
    ],
    ...matrix.frameworks.map((framework): SheetCell[] => [{ text: framework.title, bold: true }, framework.notice]),
  ];
  return {
    name: 'Read me',
    title: `Responsibility matrix: ${matrix.system.name}`,
    intro: [matrix.organization.name],
    columns: [
      { title: '', width: 34, wrap: true },
      { title: '', width: 110, wrap: true },
    ],
    rows,
    freezeColumns: 0,
    landscape: false,
    table: false,
    tabTone: 'gray',
  };
}
