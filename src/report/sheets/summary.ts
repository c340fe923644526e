import { assuranceEnd, firstDayOf } from '../../assurances.ts';
import { SEES } from '../../audience.ts';
import type { Sheet, SheetCell, SheetChart, SheetRow, Tone } from '../../document.ts';
import { DUTIES, dutyRows, FIELDS, isMet } from '../../form.ts';
import type { Finding, Matrix, Severity } from '../../model/matrix.ts';
import { SEVERITY, STATUS } from '../../terms.ts';
import { evidenceOnFile } from '../evidence.ts';
import { evidenceStanding, standingOf } from '../standing.ts';
import { OWNERSHIP_COLUMNS, ownershipRows, sectionTable, statusRows } from './counts.ts';
import { ASSURANCES, EVIDENCE, FINDINGS } from './registers.ts';
import { headers, heading, quoted, statusOf } from './summary-cells.ts';

/** How many rows the charts cover. */
const CHART_ROWS = 17;

/** The counts as formulas over the other sheets, so that they follow filters and answers, with charts and links to the rows. */
export function summary(matrix: Matrix): Sheet {
  const rows: SheetRow[] = [];
  const add = (...more: SheetCell[][]): number => rows.push(...more);
  add([heading('Ownership of requirements')]);
  const ownership = ownershipRows(matrix, rows.length + 1);
  add(...ownership.rows, []);
  const sight = SEES[matrix.audience];
  const short = matrix.organization.short ?? matrix.organization.name;
  if (sight.status !== 'none') add([heading(`Status of what ${short} has to do`)]);
  const status = sight.status === 'none' ? undefined : statusRows(matrix, rows.length + 1);
  if (status) add(...status.rows, []);
  const chartsAt = rows.length + 1;
  add(...Array.from({ length: CHART_ROWS + 1 }, () => []));
  const toLookAt = lookAtRows(matrix);
  if (toLookAt.length > 1) add([heading('To look at')], ...toLookAt, []);
  for (const framework of matrix.frameworks) {
    add([heading(`${framework.title} by section`)]);
    add(...sectionTable(framework, matrix.audience, rows.length + 1), []);
  }
  const place = (column: number, last: number): SheetChart['place'] => ({
    from: [chartsAt, column],
    to: [chartsAt + CHART_ROWS - 1, last],
  });
  const charts: SheetChart[] = [
    { ...ownership.chart, place: place(1, 4) },
    ...(status ? [{ ...status.chart, place: place(5, 11) }] : []),
  ];
  return {
    name: 'Summary',
    title: 'Summary',
    intro: [
      'Each requirement is counted once. The figures are formulas: they follow the filters set on the framework sheets and the answers given there. Names in blue lead to the rows.',
    ],
    columns: [
      { title: 'What', width: 46, wrap: true },
      { title: 'All', width: 13 },
      { title: 'Shown', width: 10 },
      ...OWNERSHIP_COLUMNS.map(() => ({ title: 'Figure', width: 13 })),
      { title: 'Open', width: 10 },
    ],
    rows,
    charts,
    freezeColumns: 0,
    landscape: true,
    table: false,
    tabTone: 'gray',
  };
}

/** What asks for attention, with a link to the first row of each kind. */
function lookAtRows(matrix: Matrix): SheetCell[][] {
  const line = (
    label: string,
    sheet: string,
    values: (string | undefined)[],
    wanted: string,
    column: string,
    tone?: Tone,
  ): SheetCell[] => {
    const first = values.indexOf(wanted);
    const result = values.filter((value) => value === wanted).length;
    return [
      { text: label, ...(tone && result > 0 ? { tone } : {}), ...(first < 0 ? {} : { link: { sheet, row: first + 1 } }) },
      { formula: ['COUNTIF(', { sheet, column }, `,${quoted(wanted)})`], result },
    ];
  };
  /** How many findings of a severity count: those that are suppressed are listed after them and do not. */
  const findingsLine = (severity: Severity): SheetCell[] => {
    const label = SEVERITY[severity];
    const counts = (finding: Finding): boolean => finding.severity === severity && !finding.suppressed;
    const first = matrix.findings.findIndex(counts);
    const result = matrix.findings.filter(counts).length;
    const column = (name: string): { sheet: string; column: string } => ({ sheet: FINDINGS, column: name });
    return [
      {
        text: `Findings of ${label.toLowerCase()} severity`,
        ...(severity === 'high' && result > 0 ? { tone: 'red' as const } : {}),
        ...(first < 0 ? {} : { link: { sheet: FINDINGS, row: first + 1 } }),
      },
      { formula: ['COUNTIFS(', column('Severity'), `,${quoted(label)},`, column('Suppressed'), ',"")'], result },
    ];
  };
  const assurances = matrix.assurances.map((assurance): string =>
    standingOf(firstDayOf(assurance), assuranceEnd(assurance), matrix.asOf),
  );
  const evidence = evidenceOnFile(matrix).map((item): string => evidenceStanding(item, matrix.asOf));
  const due = (row: { answers: { due: string; status: string } }): boolean =>
    row.answers.due !== '' && row.answers.due < matrix.asOf && !isMet({ status: statusOf(row.answers.status) });
  const column = (name: string): { sheet: string; column: string } => ({ sheet: DUTIES, column: name });
  const sight = SEES[matrix.audience];
  const onFile = (label: string, sheet: string, values: string[]): SheetCell[][] => [
    line(`${label} that ${sheet === EVIDENCE ? 'has' : 'have'} expired`, sheet, values, 'Expired', 'State', 'red'),
    line(
      `${label} that ${sheet === EVIDENCE ? 'ends' : 'end'} within 90 days`,
      sheet,
      values,
      'Ends within 90 days',
      'State',
      'amber',
    ),
  ];
  return [
    headers(['What', 'Number']),
    ...(sight.findings ? (Object.keys(SEVERITY) as Severity[]).map(findingsLine) : []),
    ...(sight.assurances === 'full' ? onFile('Assurances', ASSURANCES, assurances) : []),
    ...(sight.answers ? onFile('Evidence', EVIDENCE, evidence) : []),
    ...(sight.answers
      ? [
          [
            { text: 'Duties past their day', link: { sheet: DUTIES, row: 1 } },
            {
              formula: [
                'SUMPRODUCT(ISNUMBER(',
                column(FIELDS.due),
                ')*(',
                column(FIELDS.due),
                '<As_of)',
                ...(['implemented', 'alternative', 'not-applicable'] as const).flatMap((status) => [
                  '*(',
                  column(FIELDS.status),
                  `<>${quoted(STATUS[status])})`,
                ]),
                ')',
              ],
              result: dutyRows(matrix).filter(due).length,
            },
          ],
        ]
      : []),
  ];
}
