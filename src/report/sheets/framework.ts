import { SEES } from '../../audience.ts';
import type { Comparison } from '../../comparison.ts';
import type { Sheet, SheetCell, SheetRow, Tone } from '../../document.ts';
import { DUTIES, FIELDS, type Field, type FormRow, KEY, requirementRows, rolledUp } from '../../form.ts';
import type { Heading, Source } from '../../model/catalogue.ts';
import type { Matrix, MatrixFramework, MatrixRequirement, Part } from '../../model/matrix.ts';
import { sentenceCase } from '../../sentence.ts';
import { FREQUENCY, OWNERSHIPS } from '../../terms.ts';
import { applicability } from '../applicability.ts';
import { headingPath } from '../blocks/matrix-table.ts';
import { changeTexts } from '../changes.ts';
import { type Line, type LineIndex, linesOf } from '../lines.ts';
import { ownershipLabel, ownershipTone, partyNames, servicesByOwnership, statusLabel } from '../ownership.ts';
import { relianceIn } from '../reliance.ts';
import { CHANGES } from './changes.ts';
import { type ColumnOf, positionOf, tableOf } from './columns.ts';
import { ownLine } from './duties.ts';
import { formCell, formColumns, OVERDUE, SHOWN, statusTones } from './form.ts';

/** Names of the framework sheets; the summary's formulas and links refer to them. */
export function sheetName(framework: Pick<MatrixFramework, 'title'>): string {
  return framework.title;
}

/** The heading under which a requirement is counted: the outermost. */
export function sectionTitle(path: readonly Heading[]): string {
  const [top] = path;
  return top ? headingTitle(top) : 'Without a section';
}

/** What is answered for a requirement. */
const ANSWERED: Field[] = ['status', 'owner', 'due', 'evidence', 'narrative', 'reviewedBy', 'reviewedOn'];

/** How many services or reasons a cell names; the note beside it, and All parts, name them all. */
const NAMED_SERVICES = 4;
const NAMED_REASONS = 4;
const NAMED_SOURCES = 12;

/** What a row is made from. */
interface Item {
  requirement: MatrixRequirement;
  path: Heading[];
  lines: Line[];
  answered: FormRow | undefined;
}

function columnsOf(
  framework: MatrixFramework,
  matrix: Matrix,
  index: LineIndex,
  comparison: Comparison | undefined,
): ColumnOf<Item>[] {
  const { words } = framework;
  const sight = SEES[matrix.audience];
  const reliance = relianceIn(matrix);
  const [status, ...fields] = formColumns(ANSWERED, matrix).map((column, at): ColumnOf<Item> => {
    const field = ANSWERED[at] as Field;
    return {
      ...column,
      // What is answered by service is shown here and filled in among the duties.
      of: ({ requirement, answered }) =>
        formCell(field, answered?.answers, requirement.row.status === undefined ? {} : rolledUp(requirement, matrix)),
    };
  });
  return [
    { title: sentenceCase(words.requirement), width: 12, wrap: true, of: ({ requirement }) => requirement.id },
    { title: 'Title', width: 24, wrap: true, of: ({ requirement }) => requirement.title },
    {
      title: 'What is asked',
      width: 36,
      wrap: true,
      outline: true,
      of: ({ requirement }) => requirement.official ?? requirement.text,
    },
    { title: 'Applicability', width: 24, wrap: true, of: ({ requirement }) => applicability(requirement, framework, matrix) },
    {
      title: 'Ownership',
      width: 14,
      wrap: true,
      of: ({ requirement }) => ownershipLabel(requirement.row.ownership, framework),
    },
    {
      title: sentenceCase(words['provider-short']),
      width: 15,
      wrap: true,
      of: ({ requirement }) => otherParties(requirement, matrix).join(', '),
    },
    {
      title: sight.services ? 'Services' : 'Service models',
      width: 24,
      wrap: true,
      note: 'Who owns it on which services. Where many are named, point at the cell for all of them.',
      of: ({ requirement }) => servicesCell(requirement, framework, index),
    },
    {
      title: sentenceCase(words['provider-part']),
      width: 46,
      wrap: true,
      of: ({ lines }) =>
        [
          ...lines.filter((line) => line.side !== 'customer').map((line) => line.text),
          ...new Set(lines.flatMap((line) => (line.provides ? [`Provides: ${line.provides}`] : []))),
        ].join('\n'),
    },
    {
      title: sentenceCase(words['customer-part']),
      width: 46,
      wrap: true,
      note: 'Configure: a provider supplies the feature, and only the customer can set and use it rightly.\nImplement: the whole thing is the customer\u2019s.',
      of: ({ lines }) =>
        lines
          .filter((line) => line.side === 'customer')
          .map(ownLine)
          .join('\n'),
    },
    ...(sight.answers && status
      ? [
          {
            ...status,
            note: `Where you stand. What is written in this row answers this one requirement and goes before the answers to its controls; the sheet “${DUTIES}” answers a control for all requirements at once.`,
          },
          ...fields,
        ]
      : []),
    comparison !== undefined && changeColumn(comparison, framework),
    !sight.answers &&
      sight.status !== 'none' && {
        title: FIELDS.status,
        width: 18,
        of: ({ requirement }) => (requirement.row.status ? statusLabel(requirement.row.status, matrix.audience) : ''),
      },
    {
      title: sight.answers ? 'Our controls' : 'Controls',
      width: 26,
      wrap: true,
      of: ({ requirement }) =>
        requirement.controls.map((use) => index.controls.get(use.control)?.title ?? use.control).join('\n'),
    },
    sight.assurances === 'full' && {
      title: 'Assurance relied on',
      width: 64,
      wrap: true,
      of: ({ requirement }) => reliance(requirement, framework).join('\n'),
    },
    sight.services && {
      title: 'Basis',
      width: 60,
      wrap: true,
      note: 'Why the parts are held as they are. Point at a cell for the sources.',
      of: ({ requirement }) => basisCell(requirement, matrix),
    },
    sight.services && {
      title: 'Regions',
      width: 16,
      wrap: true,
      of: ({ requirement: { row } }) =>
        [...new Set(row.services.flatMap((split) => index.services.get(split.service)?.regions ?? []))].join(', '),
    },
    {
      title: 'Frequency',
      width: 16,
      wrap: true,
      of: ({ requirement }) => requirement.frequency.map((frequency) => FREQUENCY[frequency]).join(', '),
    },
    sight.answers && {
      title: 'What would show it',
      width: 44,
      wrap: true,
      of: ({ requirement: { evidence } }) => [...evidence.customer, ...evidence.provider].join('\n'),
    },
    { title: 'Remark', width: 36, wrap: true, of: ({ requirement }) => remark(requirement, matrix) },
    { title: 'Section', width: 26, wrap: true, of: ({ path }) => sectionTitle(path) },
    { title: 'Subsection', width: 26, wrap: true, of: ({ path }) => path.slice(1).map(headingTitle).join(' › ') },
    { title: KEY, width: 20, hidden: true, of: ({ requirement }) => requirement.row.key },
    SHOWN,
  ];
}

/** What differs from the pack before, and why. */
function changeColumn(comparison: Comparison, framework: MatrixFramework): ColumnOf<Item> {
  const texts = changeTexts(comparison, framework.id);
  return {
    title: 'Change since last pack',
    width: 40,
    wrap: true,
    note: `What differs from the pack as of ${comparison.from.asOf}, and why. Requirements that are gone, and changes of statements, evidence and findings, stand on the sheet “${CHANGES}” of a whole pack.`,
    of: ({ requirement }) => texts.get(requirement.row.key) ?? '',
  };
}

/** Parties with a part beside the customer. */
function otherParties(requirement: MatrixRequirement, matrix: Matrix): string[] {
  const kinds = new Map(matrix.parties.map((party) => [party.id, party.kind]));
  return partyNames(requirement, matrix).filter((_, i) => kinds.get(requirement.row.parties[i] ?? '') !== 'customer');
}

function remark(requirement: MatrixRequirement, matrix: Matrix): string {
  const said = [
    requirement.designation ? sentenceCase(requirement.designation) : '',
    requirement.status?.note ?? '',
    requirement.effective ? `In force since ${requirement.effective}.` : '',
    ...requirement.row.statements.map((position) => {
      const decision = matrix.statements[position]?.decision;
      return decision ? `Decided by ${decision.by} on ${decision.on}: ${decision.reason}` : '';
    }),
  ];
  return [...new Set(said.filter(Boolean))].join(' ');
}

function ownershipTones(framework: MatrixFramework): Record<string, Tone> {
  return Object.fromEntries(OWNERSHIPS.map((ownership) => [ownershipLabel(ownership, framework), ownershipTone(ownership)]));
}

/** One framework: a row a requirement, under bands for its sections; with what changed, where there is an earlier pack. */
export function frameworkSheet(
  framework: MatrixFramework,
  matrix: Matrix,
  index: LineIndex,
  comparison: Comparison | undefined,
): Sheet {
  const sight = SEES[matrix.audience];
  const { columns, cells } = tableOf(columnsOf(framework, matrix, index, comparison));
  const form = sight.answers ? requirementRows(framework, matrix) : new Map<string, FormRow>();
  const width = positionOf(columns, 'Section');
  const rows: SheetRow[] = [];
  eachRow(framework, (requirement, path, opened) => {
    for (const { depth, heading } of opened) {
      const band: SheetCell[] = [headingTitle(heading), ...Array.from({ length: width - 1 }, (): SheetCell => null)];
      band.push(sectionTitle(path), depth > 0 ? headingTitle(heading) : null);
      rows.push({ band: depth === 0 ? 1 : 2, cells: band });
    }
    rows.push(cells({ requirement, path, lines: linesOf(requirement, index), answered: form.get(requirement.row.key) }));
  });
  const last = [FIELDS.owner, FIELDS.status, sentenceCase(framework.words['customer-part'])];
  return {
    name: sheetName(framework),
    title: `${framework.title} ${framework.version}: responsibility matrix`,
    intro: [
      framework.notice,
      ...(sight.answers
        ? [
            'Fill in the tinted columns; all others are derived and follow the description. Prints up to the owner; the columns behind are for the screen.',
          ]
        : []),
    ],
    columns,
    rows,
    tones: {
      Ownership: ownershipTones(framework),
      ...(sight.status === 'none' ? {} : { [FIELDS.status]: statusTones(matrix.audience) }),
    },
    ...(sight.answers ? { rules: [OVERDUE] } : {}),
    freezeColumns: 2,
    printColumns: Math.max(...last.map((title) => positionOf(columns, title) + 1)),
    landscape: true,
    table: true,
    tabTone: 'blue',
  };
}

/** Goes through the rows of a framework's sheet as they stand: the headings that open before each requirement, then it. */
function eachRow(
  framework: MatrixFramework,
  visit: (requirement: MatrixRequirement, path: Heading[], opened: { depth: number; heading: Heading }[]) => void,
): void {
  let open: Heading[] = [];
  for (const requirement of framework.requirements) {
    const path = headingPath(requirement, framework);
    const changed = path.findIndex((heading, depth) => open[depth]?.id !== heading.id);
    const opened = changed < 0 ? [] : path.slice(changed).map((heading, i) => ({ depth: changed + i, heading }));
    open = path;
    visit(requirement, path, opened);
  }
}

/** The row (from 1) at which each section of a framework's sheet begins, by its title. */
export function sectionRows(framework: MatrixFramework): Map<string, number> {
  const rows = new Map<string, number>();
  let count = 0;
  eachRow(framework, (_, path, opened) => {
    const title = sectionTitle(path);
    if (!rows.has(title)) rows.set(title, count + 1);
    count += opened.length + 1;
  });
  return rows;
}

function servicesCell(requirement: MatrixRequirement, framework: MatrixFramework, index: LineIndex): SheetCell {
  const groups = servicesByOwnership(requirement, framework, index);
  const text = groups
    .map(({ label, names }) => {
      const more = names.length - NAMED_SERVICES;
      return `${label}: ${more > 1 ? `${names.slice(0, NAMED_SERVICES).join(', ')} and ${more} more` : names.join(', ')}`;
    })
    .join('\n');
  const abridged = groups.some(({ names }) => names.length > NAMED_SERVICES + 1);
  return abridged
    ? { text, note: groups.map(({ label, names }) => `${label} (${names.length}): ${names.join(', ')}`).join('\n\n') }
    : text;
}

/** Why the parts are held as they are; the note names where that is said. */
function basisCell({ row }: MatrixRequirement, matrix: Matrix): SheetCell {
  const reasons = new Set<string>();
  const sources = new Map<string, Source>();
  for (const position of row.parts) {
    const { basis } = matrix.parts[position] as Part;
    reasons.add(basis.says);
    if (basis.source) sources.set(basis.source.url, basis.source);
  }
  const shown = [...reasons].slice(0, NAMED_REASONS);
  const text = [
    ...shown,
    ...(reasons.size > shown.length
      ? [`and ${reasons.size - shown.length} more reasons, each beside its part on All parts`]
      : []),
  ].join('\n');
  if (sources.size === 0) return text;
  const named = [...sources.values()].slice(0, NAMED_SOURCES).map((source) => `${source.title}\n${source.url}`);
  const more = sources.size > named.length ? [`and ${sources.size - named.length} more on All parts`] : [];
  return { text, note: ['Sources', ...named, ...more].join('\n') };
}

function headingTitle(heading: Heading): string {
  return `${heading.id}  ${heading.title}`;
}
