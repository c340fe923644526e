import type { Block, TableRow } from '../../document.ts';
import type { Matrix, Part } from '../../model/matrix.ts';
import type { Status } from '../../model/system.ts';
import { joinNames, longDate, sentenceCase } from '../../sentence.ts';
import { MODE } from '../../terms.ts';
import { bold, cell, plain } from '../cells.ts';
import { type Line, type LineIndex, linesOfParts } from '../lines.ts';
import { statusBadge } from '../ownership.ts';

/** What the customer has to do under one control, for all frameworks at once. */
interface Duty {
  control: string;
  title: string;
  family: string;
  lines: Line[];
  /** Requirement ids by framework id. */
  requirements: Map<string, string[]>;
  status: Status;
  owners: string[];
  narratives: string[];
  evidence: string[];
  due?: string;
}

/** The customer's duties, one a control, in the catalogue's order of families and controls. */
function customerDuties(matrix: Matrix, index: LineIndex): Duty[] {
  const found = new Map<
    string,
    {
      parts: Set<number>;
      requirements: Map<string, string[]>;
      statuses: Set<Status>;
      owners: Set<string>;
      statements: Set<number>;
    }
  >();
  for (const framework of matrix.frameworks) {
    for (const { row, id } of framework.requirements) {
      for (const position of row.parts) {
        const part = matrix.parts[position] as Part;
        if (part.party !== 'customer' || part.control === '') continue;
        const entry = found.get(part.control) ?? {
          parts: new Set(),
          requirements: new Map(),
          statuses: new Set(),
          owners: new Set(),
          statements: new Set(),
        };
        found.set(part.control, entry);
        entry.parts.add(position);
        const ids = entry.requirements.get(framework.id) ?? [];
        if (ids.at(-1) !== id) ids.push(id);
        entry.requirements.set(framework.id, ids);
        for (const owner of row.owners) entry.owners.add(owner);
        for (const statement of row.statements) {
          if (matrix.statements[statement]?.control === part.control) entry.statements.add(statement);
        }
      }
    }
  }
  return matrix.controls.flatMap((control): Duty[] => {
    const entry = found.get(control.id);
    if (!entry) return [];
    const statements = [...entry.statements].flatMap((position) => matrix.statements[position] ?? []);
    const owners = [...new Set(statements.flatMap((statement) => statement.owner ?? []))];
    const due = statements
      .flatMap((statement) => statement.due ?? [])
      .sort()
      .at(-1);
    return [
      {
        control: control.id,
        title: control.title,
        family: control.family,
        lines: linesOfParts(
          [...entry.parts].sort((a, b) => a - b),
          index,
        ),
        requirements: entry.requirements,
        status: statements[0]?.status ?? 'unanswered',
        owners: owners.length > 0 ? owners : [...entry.owners],
        narratives: statements.flatMap((statement) => statement.narrative ?? []),
        evidence: [...new Set(statements.flatMap((statement) => statement.evidence.map((item) => item.title)))],
        ...(due ? { due } : {}),
      },
    ];
  });
}

/** The checklist of the customer's duties, grouped by family of controls. */
export function dutiesTable(matrix: Matrix, index: LineIndex): Block[] {
  const rows: TableRow[] = [];
  const titles = new Map(matrix.frameworks.map((framework) => [framework.id, framework.title]));
  let family = '';
  for (const duty of customerDuties(matrix, index)) {
    if (duty.family !== family) {
      family = duty.family;
      rows.push({ kind: 'group', title: familyTitle(family), level: 1 });
    }
    const references = [...duty.requirements].map(([framework, ids]) => [
      bold(`${titles.get(framework) ?? framework}: `),
      plain(abridged(ids)),
    ]);
    rows.push({
      kind: 'row',
      anchor: `duty-${duty.control}`,
      cells: [
        { ...cell([[bold(duty.title)], ...references]), rowHeader: true },
        cell([
          ...duty.lines.map((line) => [bold(`☐  ${MODE[line.mode]}: `), plain(line.text)]),
          ...duty.narratives.map((text) => [bold('Statement: '), plain(text)]),
        ]),
        cell(
          [
            joinNames(duty.owners),
            ...(duty.due && duty.status !== 'implemented' ? [`Due ${longDate(duty.due)}`] : []),
            ...(duty.evidence.length > 0 ? [[bold('Evidence: '), plain(duty.evidence.join('; '))]] : []),
          ],
          [statusBadge(duty.status, matrix.audience)],
        ),
      ],
    });
  }
  return [
    {
      kind: 'table',
      caption: 'Duties of the customer by control',
      dense: true,
      columns: [
        { title: 'Control and requirements', share: 28 },
        { title: 'What you do', share: 52 },
        { title: 'Status, owner, evidence', share: 20 },
      ],
      rows,
    },
  ];
}

/** A family's id as a title. */
export function familyTitle(family: string): string {
  return sentenceCase(family.replaceAll('-', ' '));
}

function abridged(ids: string[]): string {
  return ids.length > 12 ? `${ids.slice(0, 11).join(', ')} and ${ids.length - 11} more` : ids.join(', ');
}
