import { SEES } from '../../audience.ts';
import type { Block, Cell, Run, TableRow } from '../../document.ts';
import type { Heading } from '../../model/catalogue.ts';
import type { Matrix, MatrixFramework, MatrixRequirement } from '../../model/matrix.ts';
import type { Statement } from '../../model/system.ts';
import { joinNames, longDate, sentenceCase } from '../../sentence.ts';
import { FREQUENCY, MODE } from '../../terms.ts';
import { bold, cell, plain, textCell } from '../cells.ts';
import { type Line, type LineIndex, linesOf } from '../lines.ts';
import { ownershipBadge, partyNames, servicesByOwnership, statusBadge } from '../ownership.ts';

/** The anchor of a requirement in the document. */
export function requirementAnchor(key: string): string {
  return `req-${key.replace(/[^A-Za-z0-9.-]+/g, '-')}`;
}

/** The responsibility matrix of one framework: one row a requirement, under the framework's own headings. */
export function matrixTable(framework: MatrixFramework, matrix: Matrix, index: LineIndex): Block[] {
  const { words } = framework;
  const sight = SEES[matrix.audience];
  const rows: TableRow[] = [];
  let open: Heading[] = [];
  for (const requirement of framework.requirements) {
    const path = headingPath(requirement, framework);
    path.forEach((heading, depth) => {
      if (open[depth]?.id !== heading.id) {
        rows.push({ kind: 'group', title: `${heading.id}  ${heading.title}`, level: depth === 0 ? 1 : 2 });
      }
    });
    open = path;
    rows.push({
      kind: 'row',
      anchor: requirementAnchor(requirement.row.key),
      cells: requirementCells(requirement, framework, matrix, index),
    });
  }
  return [
    {
      kind: 'table',
      caption: `Responsibility matrix: ${framework.title} ${framework.version}`,
      dense: true,
      columns: [
        { title: sentenceCase(words.requirement), share: 19 },
        { title: 'Ownership', share: 10 },
        { title: sentenceCase(words['provider-part']), share: 27 },
        { title: sentenceCase(words['customer-part']), share: 30 },
        ...(sight.status === 'none' ? [] : [{ title: sight.answers ? 'Status, owner, evidence' : 'Status', share: 14 }]),
      ],
      rows,
    },
  ];
}

/** The headings above a requirement, outermost first; a requirement that stands above another is passed through. */
export function headingPath(
  requirement: { parent?: string },
  framework: Pick<MatrixFramework, 'headings' | 'requirements'>,
): Heading[] {
  const path: Heading[] = [];
  let parent = requirement.parent;
  while (parent !== undefined) {
    const id: string = parent;
    const heading = framework.headings.find((candidate) => candidate.id === id);
    if (heading) path.unshift(heading);
    parent = (heading ?? framework.requirements.find((candidate) => candidate.id === id))?.parent;
  }
  return path;
}

function requirementCells(requirement: MatrixRequirement, framework: MatrixFramework, matrix: Matrix, index: LineIndex): Cell[] {
  const { row } = requirement;
  const official: Run[][] = requirement.official ? [[{ text: requirement.official, italic: true }]] : [];
  const head = cell([[bold(requirement.id), plain(`  ${requirement.title}`)], ...official, ...remarks(requirement)]);
  head.rowHeader = true;
  const badge = ownershipBadge(row.ownership, framework);
  if (row.ownership === 'not-applicable') {
    return [
      head,
      cell([], [badge]),
      cell([[{ text: row.reason ?? '', italic: true }]]),
      textCell(''),
      ...answerCell(requirement, matrix),
    ];
  }
  const lines = linesOf(requirement, index);
  const others = lines.filter((line) => line.side !== 'customer');
  const own = lines.filter((line) => line.side === 'customer');
  const providerCell = cell([...others.map(lineRuns), ...provided(own)]);
  const customerCell = cell(own.map(lineRuns));
  return [
    head,
    cell(
      [
        joinNames(partyNames(requirement, matrix)),
        ...splitByService(requirement, framework, index),
        ...(row.reason ? [row.reason] : []),
      ],
      [badge],
    ),
    providerCell,
    customerCell,
    ...answerCell(requirement, matrix),
  ];
}

/** What a reader must know of the requirement itself: addressable, dates, frequency. */
function remarks(requirement: MatrixRequirement): string[] {
  const said: string[] = [];
  if (requirement.designation === 'required' || requirement.designation === 'addressable')
    said.push(sentenceCase(requirement.designation));
  if (requirement.frequency.length > 0)
    said.push(sentenceCase(joinNames(requirement.frequency.map((frequency) => FREQUENCY[frequency]))));
  if (requirement.effective) said.push(`Since ${longDate(requirement.effective)}`);
  const remarks = said.length > 0 ? [said.join(' · ')] : [];
  if (requirement.status && requirement.status.state !== 'superseded') remarks.push(requirement.status.note);
  return remarks;
}

function lineRuns(line: Line): Run[] {
  const runs: Run[] = [];
  if (line.side === 'customer') runs.push(bold(`${line.undetermined ? 'Not determined' : MODE[line.mode]}: `));
  runs.push(plain(line.text));
  return runs;
}

/** What providers supply beside the customer's configuring, each said once. */
function provided(own: Line[]): Run[][] {
  return [...new Set(own.flatMap((line) => line.provides ?? []))].map((text) => [
    { text: 'Provides: ', italic: true },
    plain(text),
  ]);
}

/** Where services split a requirement differently, which split how: the largest group is counted and the exceptions are named. */
function splitByService(requirement: MatrixRequirement, framework: MatrixFramework, index: LineIndex): Run[][] {
  const groups = servicesByOwnership(requirement, framework, index);
  const [only] = groups;
  if (!only) return [];
  if (groups.length === 1)
    return [[plain(only.names.length > 3 ? `Alike on all ${only.names.length} services with a part` : only.names.join(', '))]];
  const largest = groups.reduce((most, group) => (group.names.length > most.names.length ? group : most));
  return groups.map((group) => [
    bold(`${group.label}: `),
    plain(group === largest && group.names.length > 3 ? `${group.names.length} services` : group.names.join(', ')),
  ]);
}

/** The cell of the last column, where the audience has one. */
function answerCell(requirement: MatrixRequirement, matrix: Matrix): Cell[] {
  const { row } = requirement;
  if (SEES[matrix.audience].status === 'none') return [];
  if (!row.status) return [textCell('')];
  const statements = row.statements.map((position) => matrix.statements[position] as Statement);
  const evidence = [...new Set(statements.flatMap((statement) => statement.evidence.map((item) => item.title)))];
  const due = statements
    .map((statement) => statement.due)
    .filter((day): day is string => day !== undefined)
    .sort()
    .at(-1);
  const paragraphs: (string | Run[])[] = [joinNames(row.owners)];
  if (due && row.status !== 'implemented') paragraphs.push(`Due ${longDate(due)}`);
  if (evidence.length > 0)
    paragraphs.push([
      bold('Evidence: '),
      plain(evidence.slice(0, 4).join('; ') + (evidence.length > 4 ? ` and ${evidence.length - 4} more` : '')),
    ]);
  return [cell(paragraphs, [statusBadge(row.status, matrix.audience)])];
}
