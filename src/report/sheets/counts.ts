import { SEES } from '../../audience.ts';
import type { Formula, SheetCell, SheetChart } from '../../document.ts';
import { DUTIES, dutyRows, FIELDS, KEY } from '../../form.ts';
import type { Audience, Matrix, MatrixFramework, MatrixRequirement, Ownership } from '../../model/matrix.ts';
import type { Status } from '../../model/system.ts';
import { noCounts } from '../../terms.ts';
import { headingPath } from '../blocks/matrix-table.ts';
import { ownershipLabel, ownershipTitles, ownershipTone, statusLabel, statusTone } from '../ownership.ts';
import { sectionRows, sectionTitle, sheetName } from './framework.ts';
import { headers, quoted, statusOf } from './summary-cells.ts';

/** Counts as formulas over the other sheets, with the figures of today beside them. */

/** Columns of the summary, in the order in which the PDF's charts have them. */
export const OWNERSHIP_COLUMNS: { ownership: Ownership; hatched?: boolean }[] = [
  { ownership: 'provider' },
  { ownership: 'shared-independent' },
  { ownership: 'shared-dependent', hatched: true },
  { ownership: 'third-party' },
  { ownership: 'customer' },
  { ownership: 'not-determined' },
  { ownership: 'not-applicable' },
];
const STATUS_COLUMNS: { status: Status; hatched?: boolean }[] = [
  { status: 'implemented' },
  { status: 'alternative', hatched: true },
  { status: 'partial' },
  { status: 'planned', hatched: true },
  { status: 'unanswered' },
  { status: 'not-applicable' },
];
const OPEN: Status[] = ['unanswered', 'partial', 'planned'];
const MET: Status[] = ['implemented', 'alternative'];

/** The first column of figures by ownership or status, counting from 1. */
const FIGURES = 4;

/** The statuses that an audience tells apart. */
function statusColumns(audience: Audience): typeof STATUS_COLUMNS {
  const told =
    SEES[audience].status === 'met'
      ? ['implemented', 'unanswered', 'not-applicable']
      : STATUS_COLUMNS.map(({ status }) => status);
  return STATUS_COLUMNS.filter(({ status }) => told.includes(status));
}

/** Rows of figures, and a chart of them that still has to find its place. */
interface CountBlock {
  rows: SheetCell[][];
  chart: Omit<SheetChart, 'place'>;
}

/** Requirements by ownership, a row a framework; `at` is the row of the header. */
export function ownershipRows(matrix: Matrix, at: number): CountBlock {
  const total = noCounts();
  const titleOf = ownershipTitles(matrix);
  const rows = matrix.frameworks.map((framework): SheetCell[] => {
    const sheet = sheetName(framework);
    for (const { ownership } of OWNERSHIP_COLUMNS) total[ownership] += framework.counts[ownership];
    return [
      { text: `${framework.title} ${framework.version}`, link: { sheet, row: 1 } },
      { formula: ['COUNTA(', { sheet, column: KEY }, ')'], result: framework.requirements.length },
      { formula: ['SUM(', { sheet, column: 'Shown' }, ')'], result: framework.requirements.length },
      ...OWNERSHIP_COLUMNS.map(
        ({ ownership }): SheetCell => ({ formula: owned(framework, ownership), result: framework.counts[ownership] }),
      ),
    ];
  });
  const count = matrix.frameworks.reduce((sum, framework) => sum + framework.requirements.length, 0);
  const results = [count, count, ...OWNERSHIP_COLUMNS.map(({ ownership }) => total[ownership])];
  const [first, last] = [at + 1, at + rows.length];
  const sums = totals(results, first, last);
  const hidden: Formula = [
    'IF(',
    { cell: [last + 1, 3] },
    '<',
    { cell: [last + 1, 2] },
    ',"Hidden by filters: "&(',
    { cell: [last + 1, 2] },
    '-',
    { cell: [last + 1, 3] },
    ')&". The figures count what is shown.","")',
  ];
  const used = OWNERSHIP_COLUMNS.flatMap(({ ownership, hatched }, i) =>
    total[ownership] > 0 ? [{ column: FIGURES + i, tone: ownershipTone(ownership), hatched: hatched === true }] : [],
  );
  return {
    rows: [
      headers(['Framework', 'Requirements', 'Shown', ...OWNERSHIP_COLUMNS.map(({ ownership }) => titleOf(ownership))]),
      ...rows,
      sums,
      [{ formula: hidden, result: '' }],
    ],
    chart: {
      title: 'Ownership by framework',
      alt: `Ownership by framework. ${matrix.frameworks
        .map(
          (framework) =>
            `${framework.title}: ${OWNERSHIP_COLUMNS.filter(({ ownership }) => total[ownership] > 0)
              .map(({ ownership }) => `${titleOf(ownership)} ${framework.counts[ownership]}`)
              .join(', ')}.`,
        )
        .join(' ')}`,
      header: at,
      bars: [first, last],
      labels: 1,
      segments: used,
    },
  };
}

/** The customer's parts by status: a row a framework, and one for the duties by control. */
export function statusRows(matrix: Matrix, at: number): CountBlock {
  const counted = [
    ...matrix.frameworks.map((framework) => ({
      title: framework.title,
      sheet: sheetName(framework),
      statuses: framework.requirements.flatMap(({ row }) => row.status ?? []),
    })),
    ...(SEES[matrix.audience].answers
      ? [{ title: `${DUTIES}, by control`, sheet: DUTIES, statuses: dutyRows(matrix).map((row) => statusOf(row.answers.status)) }]
      : []),
  ];
  const columns = statusColumns(matrix.audience);
  const label = (status: Status): string => statusLabel(status, matrix.audience);
  const figure = (statuses: Status[], wanted: Status): number => statuses.filter((status) => status === wanted).length;
  const rows = counted.map(({ title, sheet, statuses }, i): SheetCell[] => {
    const own = at + 1 + i;
    const met = columns.flatMap(({ status }, n) =>
      MET.includes(status) ? [{ cell: [own, FIGURES + n] as [number, number], count: figure(statuses, status) }] : [],
    );
    return [
      { text: title, link: { sheet, row: 1 } },
      {
        formula: ['SUMPRODUCT((', { sheet, column: FIELDS.status }, '<>"")*(', { sheet, column: 'Shown' }, '=1))'],
        result: statuses.length,
      },
      {
        formula: [
          'IF(',
          { cell: [own, 2] },
          '=0,0,(',
          ...met.flatMap(({ cell }, n): Formula => [n > 0 ? '+' : '', { cell }]),
          ')/',
          { cell: [own, 2] },
          ')',
        ],
        result: statuses.length === 0 ? 0 : met.reduce((sum, { count }) => sum + count, 0) / statuses.length,
        percent: true,
      },
      ...columns.map(
        ({ status }): SheetCell => ({
          formula: [
            'SUMPRODUCT((',
            { sheet, column: FIELDS.status },
            `=${quoted(label(status))})*(`,
            { sheet, column: 'Shown' },
            '=1))',
          ],
          result: figure(statuses, status),
        }),
      ),
    ];
  });
  return {
    rows: [headers(['Answers', 'Rows to answer', 'Met', ...columns.map(({ status }) => label(status))]), ...rows],
    chart: {
      title: 'Status of what is to be done',
      alt: `Status by framework. ${counted.map(({ title, statuses }) => `${title}: ${columns.map(({ status }) => `${label(status)} ${figure(statuses, status)}`).join(', ')}.`).join(' ')}`,
      header: at,
      bars: [at + 1, at + rows.length],
      labels: 1,
      segments: columns.map(({ status, hatched }, i) => ({
        column: FIGURES + i,
        tone: statusTone(status),
        hatched: hatched === true,
      })),
    },
  };
}

/** A framework by its outermost headings; `at` is the row of the header. */
export function sectionTable(framework: MatrixFramework, audience: Audience, at: number): SheetCell[][] {
  const open = SEES[audience].status !== 'none';
  const sheet = sheetName(framework);
  const sections = new Map<string, MatrixRequirement[]>();
  for (const requirement of framework.requirements) {
    const title = sectionTitle(headingPath(requirement, framework));
    const own = sections.get(title);
    if (own) own.push(requirement);
    else sections.set(title, [requirement]);
  }
  const starts = sectionRows(framework);
  const rows = [...sections].map(([title, requirements], i): SheetCell[] => {
    const here: Formula = ['(', { sheet, column: 'Section' }, '=', { cell: [at + 1 + i, 1] }, ')'];
    const shown: Formula = ['*(', { sheet, column: 'Shown' }, '=1)'];
    return [
      { text: title, link: { sheet, row: starts.get(title) ?? 1 } },
      { formula: ['SUMPRODUCT(', ...here, '*(', { sheet, column: KEY }, '<>""))'], result: requirements.length },
      { formula: ['SUMPRODUCT(', ...here, ...shown, ')'], result: requirements.length },
      ...OWNERSHIP_COLUMNS.map(
        ({ ownership }): SheetCell => ({
          formula: [
            'SUMPRODUCT(',
            ...here,
            ...shown,
            '*(',
            { sheet, column: 'Ownership' },
            `=${quoted(ownershipLabel(ownership, framework))}))`,
          ],
          result: requirements.filter(({ row }) => row.ownership === ownership).length,
        }),
      ),
      ...(open
        ? [
            {
              formula: [
                'SUMPRODUCT(',
                ...here,
                ...shown,
                '*(',
                ...OPEN.flatMap(
                  (status, n): Formula => [
                    n > 0 ? '+(' : '(',
                    { sheet, column: FIELDS.status },
                    `=${quoted(statusLabel(status, audience))})`,
                  ],
                ),
                '))',
              ],
              result: requirements.filter(({ row }) => row.status !== undefined && OPEN.includes(row.status)).length,
            },
          ]
        : []),
    ];
  });
  return [
    headers([
      'Section',
      'Requirements',
      'Shown',
      ...OWNERSHIP_COLUMNS.map(({ ownership }) => ownershipLabel(ownership, framework)),
      ...(open ? ['Open'] : []),
    ]),
    ...rows,
  ];
}

function owned(framework: MatrixFramework, ownership: Ownership): Formula {
  const sheet = sheetName(framework);
  return [
    'SUMPRODUCT((',
    { sheet, column: 'Ownership' },
    `=${quoted(ownershipLabel(ownership, framework))})*(`,
    { sheet, column: 'Shown' },
    '=1))',
  ];
}

function totals(results: number[], first: number, last: number): SheetCell[] {
  return [
    { text: 'Total', bold: true },
    ...results.map(
      (result, i): SheetCell => ({ formula: ['SUM(', { cell: [first, i + 2], to: [last, i + 2] }, ')'], result, bold: true }),
    ),
  ];
}
