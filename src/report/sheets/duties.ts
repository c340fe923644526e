import type { Sheet, SheetColumn } from '../../document.ts';
import type { Matrix } from '../../model.ts';
import { MODE, STATUS } from '../../terms.ts';
import { customerDuties, familyTitle } from '../blocks/duties.ts';
import type { Line, LineIndex } from '../lines.ts';
import { STATUS_LIST, statusTones } from './status.ts';

/** A line of the customer with its mode before it. */
export function ownLine(line: Line): string {
  return `${line.undetermined ? 'Not determined' : MODE[line.mode]}: ${line.text}`;
}

/** Everything that falls on the organization, a row a control. */
export function dutiesSheet(matrix: Matrix, index: LineIndex): Sheet {
  return {
    name: 'Customer duties',
    title: `What ${matrix.organization.short ?? matrix.organization.name} has to do`,
    intro: [
      'All parts that fall on the organization, gathered by control: one answer to a control settles it in every framework.',
    ],
    columns: [
      { title: 'Control', width: 32, wrap: true },
      { title: 'Family', width: 18 },
      { title: 'What to do', width: 90, wrap: true },
      ...matrix.frameworks.map((framework): SheetColumn => ({ title: framework.title, width: 28, wrap: true })),
      { title: 'Status', width: 18, list: STATUS_LIST, input: true },
      { title: 'Owner', width: 26, wrap: true, input: true },
      { title: 'Due', width: 14, input: true },
      { title: 'Evidence', width: 36, wrap: true, input: true },
      { title: 'Narrative', width: 60, wrap: true, input: true },
    ],
    rows: customerDuties(matrix, index).map((duty) => [
      duty.title,
      familyTitle(duty.family),
      duty.lines.map(ownLine).join('\n'),
      ...matrix.frameworks.map((framework) => (duty.requirements.get(framework.id) ?? []).join(', ')),
      STATUS[duty.status],
      duty.owners.join(', '),
      duty.due ? { date: duty.due } : '',
      duty.evidence.join('\n'),
      duty.narratives.join('\n'),
    ]),
    tones: { Status: statusTones(matrix.audience) },
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'amber',
  };
}
