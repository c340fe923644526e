import type { Sheet, SheetCell, SheetColumn, Tone } from '../../document.ts';
import type { Matrix, MatrixFramework, Ownership, Part } from '../../model/matrix.ts';
import { numberText } from '../../sentence.ts';
import { HOLDER, MODE, OWNERSHIPS, STATUS } from '../../terms.ts';
import { headingPath } from '../blocks/matrix-table.ts';
import type { LineIndex } from '../lines.ts';
import { ownershipTitles, ownershipTone } from '../ownership.ts';
import { positionOf } from './columns.ts';
import { sectionTitle } from './framework.ts';

/** The sheet's name. */
const ALL_PARTS = 'All parts';

/** Excel holds 1,048,576 rows on a sheet; the title and the header take some. */
const MOST_ROWS = 1_048_000;

const COLUMNS: SheetColumn[] = [
  { title: 'Framework', width: 14 },
  { title: 'Requirement', width: 16 },
  { title: 'Title', width: 34 },
  { title: 'Ownership', width: 20 },
  { title: 'Service', width: 30 },
  { title: 'Provider', width: 20 },
  { title: 'Control', width: 30 },
  { title: 'Component', width: 24 },
  { title: 'Party', width: 24 },
  { title: 'Side', width: 12 },
  { title: 'Mode', width: 12 },
  { title: 'Other half needed', width: 12 },
  { title: 'What the party does', width: 90 },
  { title: 'What is provided for it', width: 60 },
  { title: 'Status of the requirement', width: 18 },
  { title: 'Basis', width: 60 },
  { title: 'Source', width: 40 },
  { title: 'Address of the source', width: 40 },
  { title: 'Section', width: 30 },
  { title: 'Service id', width: 20 },
  { title: 'Control id', width: 24 },
];

/** One row a requirement, service and part: the data behind everything, to filter, sort and pivot. */
export function allPartsSheet(matrix: Matrix, index: LineIndex): Sheet {
  const titleOf = ownershipTitles(matrix);
  const rows: SheetCell[][] = [];
  let left = 0;
  for (const framework of matrix.frameworks) {
    for (const requirement of framework.requirements) {
      const { row } = requirement;
      const section = sectionTitle(headingPath(requirement, framework));
      for (const position of row.parts) {
        if (rows.length >= MOST_ROWS) left++;
        else rows.push(partRow(matrix.parts[position] as Part, { framework, requirement, section, index, titleOf }));
      }
    }
  }
  return {
    name: ALL_PARTS,
    title: 'All parts',
    intro: [
      'One row a requirement, service and part. The sheet is not protected, so that it can be filtered, sorted and pivoted; nothing is read back from it.',
      ...(left > 0 ? [`Excel holds no more rows: ${numberText(left)} more parts stand in matrix.json.`] : []),
    ],
    columns: COLUMNS,
    rows,
    tones: {
      Ownership: Object.fromEntries(
        OWNERSHIPS.map((ownership): [string, Tone] => [titleOf(ownership), ownershipTone(ownership)]),
      ),
      Side: { Customer: 'amber', Provider: 'blue', 'Third party': 'teal', [HOLDER.undetermined]: 'red' },
    },
    freezeColumns: 2,
    printColumns: positionOf(COLUMNS, 'What is provided for it'),
    landscape: true,
    table: true,
    open: true,
    tabTone: 'violet',
  };
}

const SIDES = { customer: 'Customer', provider: 'Provider', 'third-party': 'Third party' };

function partRow(
  part: Part,
  context: {
    framework: MatrixFramework;
    requirement: MatrixFramework['requirements'][number];
    section: string;
    index: LineIndex;
    titleOf: (ownership: Ownership) => string;
  },
): SheetCell[] {
  const { framework, requirement, section, index, titleOf } = context;
  const { row } = requirement;
  const service = part.service === undefined ? undefined : index.services.get(part.service);
  const party = index.parties.get(part.party);
  return [
    framework.title,
    requirement.id,
    requirement.title,
    titleOf(row.ownership),
    service?.name ?? '',
    service?.providerName ?? '',
    index.controls.get(part.control)?.title ?? part.control,
    index.titles.get(part.component) ?? part.component,
    party?.name ?? part.party,
    part.undetermined ? HOLDER.undetermined : SIDES[party?.kind ?? 'customer'],
    MODE[part.mode],
    part.dependent ? 'Yes' : 'No',
    part.text,
    part.provides ?? '',
    row.status ? STATUS[row.status] : '',
    part.basis.says,
    part.basis.source?.title ?? '',
    part.basis.source?.url ?? '',
    section,
    part.service ?? '',
    part.control,
  ];
}
