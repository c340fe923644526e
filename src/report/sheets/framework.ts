import { SEES } from '../../audience.ts';
import type { Sheet, SheetCell, SheetColumn, Tone } from '../../document.ts';
import type { Audience, Matrix, MatrixFramework, MatrixRequirement, Statement } from '../../model.ts';
import { sentenceCase } from '../../sentence.ts';
import { FREQUENCY, OWNERSHIPS } from '../../terms.ts';
import { headingPath } from '../blocks/matrix-table.ts';
import { type LineIndex, linesOf } from '../lines.ts';
import { ownershipLabel, ownershipTone, partyNames, servicesByOwnership, statusLabel } from '../ownership.ts';
import { ownLine } from './duties.ts';
import { STATUS_LIST, statusTones } from './status.ts';

/** Names of the framework sheets; the summary's formulas and links refer to them. */
export function sheetName(framework: MatrixFramework): string {
  return framework.title;
}

/** The columns of a framework's sheet, under the framework's own words. */
export function frameworkColumns({ words }: MatrixFramework, audience: Audience): SheetColumn[] {
  const sight = SEES[audience];
  return [
    { title: sentenceCase(words.requirement), width: 20 },
    { title: 'Section', width: 28, wrap: true, outline: true },
    { title: 'Title', width: 36, wrap: true },
    { title: 'What is asked', width: 48, wrap: true, outline: true },
    { title: 'Ownership', width: 20, wrap: true },
    { title: 'Parties', width: 22, wrap: true },
    { title: sight.services ? 'Services' : 'Service models', width: 36, wrap: true },
    { title: sentenceCase(words['provider-part']), width: 60, wrap: true },
    { title: sentenceCase(words['customer-part']), width: 60, wrap: true },
    { title: 'Controls', width: 26, wrap: true, outline: true },
    { title: 'Frequency', width: 16, wrap: true },
    ...(sight.answers
      ? [
          { title: 'Status', width: 18, list: STATUS_LIST, input: true },
          { title: 'Owner', width: 24, wrap: true, input: true },
          { title: 'Evidence', width: 36, wrap: true, input: true },
          { title: 'Narrative', width: 50, wrap: true, input: true },
        ]
      : sight.status === 'none'
        ? []
        : [{ title: 'Status', width: 18 }]),
    { title: 'Remark', width: 40, wrap: true },
  ];
}

function ownershipTones(framework: MatrixFramework): Record<string, Tone> {
  return Object.fromEntries(OWNERSHIPS.map((ownership) => [ownershipLabel(ownership, framework), ownershipTone(ownership)]));
}

/** One framework: a row a requirement. */
export function frameworkSheet(framework: MatrixFramework, matrix: Matrix, index: LineIndex): Sheet {
  return {
    name: sheetName(framework),
    title: `${framework.title} ${framework.version}: responsibility matrix`,
    intro: [framework.notice],
    columns: frameworkColumns(framework, matrix.audience),
    rows: framework.requirements.map((requirement) => requirementRow(requirement, framework, matrix, index)),
    tones: {
      Ownership: ownershipTones(framework),
      ...(SEES[matrix.audience].status === 'none' ? {} : { Status: statusTones(matrix.audience) }),
    },
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'blue',
  };
}

function requirementRow(
  requirement: MatrixRequirement,
  framework: MatrixFramework,
  matrix: Matrix,
  index: LineIndex,
): SheetCell[] {
  const { row } = requirement;
  const sight = SEES[matrix.audience];
  const lines = linesOf(requirement, index);
  const statements = row.statements.map((position) => matrix.statements[position] as Statement);
  const remark = [
    requirement.designation ? sentenceCase(requirement.designation) : '',
    row.reason ?? '',
    requirement.status?.note ?? '',
    requirement.effective ? `In force since ${requirement.effective}.` : '',
  ];
  return [
    requirement.id,
    headingPath(requirement, framework)
      .map((heading) => `${heading.id} ${heading.title}`)
      .join(' › '),
    requirement.title,
    requirement.official ?? requirement.text,
    ownershipLabel(row.ownership, framework),
    partyNames(requirement, matrix).join(', '),
    servicesByOwnership(requirement, framework, index)
      .map(({ label, names }) => `${label}: ${names.join(', ')}`)
      .join('\n'),
    [
      ...lines.filter((line) => line.side !== 'customer').map((line) => line.text),
      ...new Set(lines.flatMap((line) => (line.provides ? [`Provides: ${line.provides}`] : []))),
    ].join('\n'),
    lines
      .filter((line) => line.side === 'customer')
      .map(ownLine)
      .join('\n'),
    requirement.controls.map((use) => index.controls.get(use.control)?.title ?? use.control).join('\n'),
    requirement.frequency.map((frequency) => FREQUENCY[frequency]).join(', '),
    ...(sight.status === 'none' ? [] : [row.status ? statusLabel(row.status, matrix.audience) : '']),
    ...(sight.answers
      ? [
          row.owners.join(', '),
          [...new Set(statements.flatMap((statement) => statement.evidence.map((item) => item.title)))].join('\n'),
          statements.flatMap((statement) => statement.narrative ?? []).join('\n'),
        ]
      : []),
    [...new Set(remark.filter(Boolean))].join(' '),
  ];
}
