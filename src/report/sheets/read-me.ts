import { AUDIENCE, SEES } from '../../audience.ts';
import type { Sheet, SheetCell } from '../../document.ts';
import { DUTIES, READ_ME, WHOSE } from '../../form.ts';
import type { Matrix } from '../../model/matrix.ts';
import { periodText } from '../../sentence.ts';
import { ownershipsExplained, ownershipTone } from '../ownership.ts';

/** One line a sheet: what it holds. */
const CONTENTS: Record<string, string> = {
  Summary: 'The counts, by framework, section and status, with charts and links to the rows.',
  'All parts': 'Every part of every requirement on every service, one a row, to filter, sort and pivot.',
  [DUTIES]: 'A checklist of what falls on the organization, by control. This is where answers are given.',
  Services: 'The services in use, with what they hold and what is to be configured.',
  Components: 'Who holds each layer of each service, and why.',
  Assurances: 'Reports and agreements of providers on file, and how they stand.',
  Evidence: 'What statements name as evidence, how it stands and what rests on it.',
  Findings: 'The holes, worst first, with what to do about them.',
  'Sign-off': 'Where the signatories sign.',
};

/** What is said of the form only where there is one. */
const FORM: ReadonlySet<string> = new Set(['Filling in', 'Handing back', 'Protection']);

const WORKING: [string, string][] = [
  [
    'Filling in',
    `Tinted cells are yours to fill: status, owner, dates, evidence and narrative. Answer a control on ${DUTIES} to settle it in every framework; answer a requirement on its framework's sheet to settle that one alone. Headers with a red corner explain themselves when pointed at.`,
  ],
  [
    'Handing back',
    'Save the file and run: demarc import statements <this file> --system <system.yaml>. It shows what changes in the description; with --write it writes it there. The next pack then shows the answers everywhere.',
  ],
  [
    'Protection',
    'Derived cells are protected so that they are not changed by accident. There is no password: Review, Unprotect Sheet lets you sort the form and fold its sections. Filters work without that.',
  ],
  [
    'Filters and figures',
    'Figures on the Summary are formulas. They count the rows that the filters of a framework sheet show, and follow when a status is changed. The column Shown tells whether a filter is set; folding sections hides nothing from the count.',
  ],
  [
    'What is cut',
    'A cell of Excel holds 32,767 characters; a longer text ends with a mark that says so and stands in full in matrix.json. Characters that the file format forbids are shown as \ufffd.',
  ],
];

/** What the workbook is, what its sheets hold, how to work in it, how ownership is counted, and what it does not claim. */
export function readMe(matrix: Matrix, sheets: readonly Sheet[]): Sheet {
  const sight = SEES[matrix.audience];
  const term = (text: string): SheetCell => ({ text, bold: true });
  const rows: SheetCell[][] = [
    [WHOSE.organization, matrix.organization.name],
    [WHOSE.system, matrix.system.name],
    ...(matrix.system.description === '' ? [] : [['Description', matrix.system.description]]),
    ...(matrix.period ? [['Period', periodText(matrix.period)]] : []),
    ['As of', { date: matrix.asOf }],
    ['Prepared for', AUDIENCE[matrix.audience]],
    ['Frameworks', matrix.frameworks.map((framework) => `${framework.title} ${framework.version}`).join(', ')],
    ['Catalogue version', matrix.catalogue.version],
    ['Made by', `demarc ${matrix.tool.version}`],
    [],
    [{ text: 'Sheets', look: 'heading' }],
    ...sheets
      .filter((sheet) => !sheet.hidden)
      .map((sheet): SheetCell[] => [
        { text: sheet.name, link: { sheet: sheet.name, row: 1 } },
        matrix.frameworks.some((framework) => framework.title === sheet.name)
          ? 'One row a requirement: who owns it, what each side does, on what that rests, and where it stands.'
          : (CONTENTS[sheet.name] ?? sheet.intro[0] ?? sheet.title),
      ]),
    [],
    [{ text: 'Working in it', look: 'heading' }],
    ...WORKING.filter(([name]) => sight.answers || !FORM.has(name)).map(([name, says]): SheetCell[] => [term(name), says]),
    [],
    [{ text: 'How ownership is counted', look: 'heading' }],
    [term('Counting'), 'Each requirement is counted once. Its ownership is derived from its parts; nobody has typed it.'],
    ...ownershipsExplained(matrix).map(({ ownership, label, means }): SheetCell[] => [
      { text: label, tone: ownershipTone(ownership) },
      means,
    ]),
    [
      term('Configure'),
      "A provider supplies the feature and only the customer can set and use it rightly; the duty is the customer's.",
    ],
    [term('Implement'), "The whole thing is the customer's to do."],
    ...(sight.answers
      ? []
      : [
          [term('You, the customer'), `In this workbook both are ${matrix.organization.name}, as the customer of its providers.`],
        ]),
    [],
    [{ text: 'What this workbook does not claim', look: 'heading' }],
    [
      term('Compliance'),
      `It says who has to do what${sight.status === 'none' ? '' : ', and what the organization says it has done'}. It does not say that anybody complies with anything.`,
    ],
    ...matrix.frameworks.map((framework): SheetCell[] => [term(framework.title), framework.notice]),
  ];
  const rowOf = (name: string): [number, number] => [rows.findIndex(([first]) => first === name) + 1, 2];
  return {
    name: READ_ME,
    title: `Responsibility matrix: ${matrix.system.name}`,
    intro: [matrix.organization.name],
    columns: [
      { title: 'Term', width: 26, wrap: true },
      { title: 'Meaning', width: 110, wrap: true },
    ],
    rows,
    names: { Organization: rowOf('Organization'), System: rowOf('System'), As_of: rowOf('As of') },
    freezeColumns: 0,
    landscape: false,
    table: false,
    tabTone: 'gray',
  };
}
