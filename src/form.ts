import { heldText } from './cell-text.ts';
import type { Matrix, MatrixFramework, MatrixRequirement, Part } from './model/matrix.ts';
import type { Evidence, Statement } from './model/system.ts';
import { STATUS } from './terms.ts';

/**
 * The form in the workbook: which rows people answer, what stands in their fields before, and how a field is read back. Workbook and
 * import both use it, so what one shows the other understands.
 */

/** A field of the form; each is a column. */
export type Field = 'status' | 'owner' | 'implemented' | 'due' | 'evidence' | 'narrative' | 'reviewedBy' | 'reviewedOn';

/** Headers of the form's columns, in their order. */
export const FIELDS: Readonly<Record<Field, string>> = {
  status: 'Status',
  owner: 'Owner',
  implemented: 'In place since',
  due: 'Due',
  evidence: 'Evidence',
  narrative: 'Narrative',
  reviewedBy: 'Reviewed by',
  reviewedOn: 'Reviewed on',
};

/** The sheet that says whose form it is, and what stands before the names there. */
export const READ_ME = 'Read me';
export const WHOSE = { organization: 'Organization', system: 'System' } as const;

/** Names of the sheet of duties, and of the columns beside the fields that say what a row answers. */
export const DUTIES = 'Customer duties';
export const CONTROL = 'Control';
export const SERVICES = 'For which services';
export const FAMILY = 'Family';
/** The hidden column with a row's key, on every sheet of the form. */
export const KEY = 'Key';
/** The sheet, out of sight, that keeps what stood in the form when it was written. */
export const ORIGINALS = 'Original answers';

/** Fields that hold days. */
export const DAYS: ReadonlySet<Field> = new Set(['implemented', 'due', 'reviewedOn']);

/** Every field in its order. */
export const FIELD_NAMES = Object.keys(FIELDS) as Field[];

/** What the fields of a row hold, as text: a status by its label, a date as 2026-03-31, evidence a line an item. '' is empty. */
export type Answers = Record<Field, string>;

/** One row that people answer. */
export interface FormRow {
  /** Stays the same from pack to pack: `hardening`, `hardening@switch+settlement`, `pci-dss:8.4.2`. */
  key: string;
  subject: { control: string } | { requirement: string };
  /** The services it speaks for; empty for all. */
  services: string[];
  /** Position in `Matrix.statements` of the statement the row shows; without one, an answer makes a new statement. */
  statement?: number;
  answers: Answers;
  /** Positions in `Matrix.parts` of the customer's parts that it answers. */
  parts: number[];
}

/** The stable name of a row. */
export function formKey(subject: FormRow['subject'], services: readonly string[]): string {
  const name = 'control' in subject ? subject.control : subject.requirement;
  return services.length === 0 ? name : `${name}@${[...services].sort().join('+')}`;
}

/**
 * The rows of the customer's duties: one a control for all services, one for each statement that speaks for some services only, and at
 * the end one for each statement on a single requirement that does so. Where two statements say the same, the later one is in force.
 */
export function dutyRows(matrix: Matrix): FormRow[] {
  const own = ownPartsByControl(matrix);
  const owners = ownersIn(matrix);
  const rows = matrix.controls.flatMap((control) => {
    const parts = own.get(control.id);
    if (!parts) return [];
    const groups = new Map<string, { services: string[]; statement?: number; parts: number[] }>([
      ['', { services: [], parts: [] }],
    ]);
    matrix.statements.forEach((statement, position) => {
      if (statement.control === control.id)
        groups.set(formKey({ control: '' }, statement.services), {
          services: statement.services,
          statement: position,
          parts: [],
        });
    });
    const specific = [...groups.values()]
      .filter((group) => group.services.length > 0)
      .sort((a, b) => (a.statement ?? 0) - (b.statement ?? 0));
    const general = groups.get('') as { services: string[]; statement?: number; parts: number[] };
    for (const position of parts) {
      const service = matrix.parts[position]?.service;
      const named = service === undefined ? undefined : specific.findLast((group) => group.services.includes(service));
      (named ?? general).parts.push(position);
    }
    return [...(general.parts.length > 0 || general.statement !== undefined ? [general] : []), ...specific].map((group) =>
      formRow({ control: control.id }, group, matrix, owners),
    );
  });
  const single = new Map<string, FormRow>();
  const inScope = new Map(requirementsOf(matrix));
  matrix.statements.forEach((statement, position) => {
    const requirement = statement.requirement === undefined ? undefined : inScope.get(statement.requirement);
    if (!requirement || statement.services.length === 0) return;
    const parts = customerParts(requirement, matrix).filter((part) =>
      statement.services.includes(matrix.parts[part]?.service ?? ''),
    );
    const row = formRow(
      { requirement: requirement.row.key },
      { services: statement.services, statement: position, parts },
      matrix,
      owners,
    );
    single.set(row.key, row);
  });
  return [...rows, ...single.values()];
}

/**
 * The rows of a framework in which people answer one requirement for itself: all with a part of the customer, but those that are
 * answered by service among the duties. Where no statement is for this requirement, a row shows what the controls' statements come to.
 */
export function requirementRows(framework: MatrixFramework, matrix: Matrix): Map<string, FormRow> {
  const byService = new Set(
    matrix.statements.filter((statement) => statement.services.length > 0).flatMap((statement) => statement.requirement ?? []),
  );
  const owners = ownersIn(matrix);
  const rows = framework.requirements.flatMap((requirement): [string, FormRow][] => {
    const { row } = requirement;
    if (row.status === undefined || byService.has(row.key)) return [];
    const position = matrix.statements.findLastIndex((statement) => statement.requirement === row.key);
    const parts = customerParts(requirement, matrix);
    if (position >= 0)
      return [[row.key, formRow({ requirement: row.key }, { services: [], statement: position, parts }, matrix, owners)]];
    return [
      [row.key, { key: row.key, subject: { requirement: row.key }, services: [], answers: rolledUp(requirement, matrix), parts }],
    ];
  });
  return new Map(rows);
}

/** Every row of the form by its key. */
export function formOf(matrix: Matrix): Map<string, FormRow> {
  const rows = new Map(dutyRows(matrix).map((row) => [row.key, row]));
  for (const framework of matrix.frameworks) for (const [key, row] of requirementRows(framework, matrix)) rows.set(key, row);
  return rows;
}

/** What a row says where only statements on its controls answer it. Reviewed is the oldest review, where all of them were reviewed. */
export function rolledUp({ row }: MatrixRequirement, matrix: Matrix): Answers {
  const statements = row.statements.flatMap((position) => matrix.statements[position] ?? []);
  const reviews = statements.flatMap((statement) => statement.reviewed ?? []).sort((a, b) => (a.on < b.on ? -1 : 1));
  const oldest = reviews.length === statements.length ? reviews[0] : undefined;
  const due = statements
    .filter((statement) => !isMet(statement))
    .flatMap((statement) => statement.due ?? [])
    .sort()
    .at(-1);
  return {
    status: row.status ? STATUS[row.status] : '',
    owner: clean(row.owners.join(', ')),
    implemented: '',
    due: due ?? '',
    evidence: distinct(statements.flatMap((statement) => statement.evidence.map(evidenceLine))).join('\n'),
    narrative: clean(distinct(statements.flatMap((statement) => statement.narrative ?? [])).join('\n')),
    reviewedBy: clean(oldest?.by ?? ''),
    reviewedOn: oldest?.on ?? '',
  };
}

/** Evidence on one line: `title | file | address | day | until day`, each but the title left out where it is not said. */
export function evidenceLine(item: Evidence): string {
  const pieces = [item.title, item.file ?? '', item.url ?? '', item.date ?? '', item.expires ? `until ${item.expires}` : ''];
  return clean(pieces.filter(Boolean).join(' | ')).replace(/\s*\n\s*/g, ' ');
}

/** Reads a line of evidence: what is written of it is said again by `evidenceLine`. */
export function readEvidenceLine(line: string): Evidence {
  const pieces = line.trim().split(/\s+\|\s+/);
  const take = (pattern: RegExp): string | undefined => {
    const match = pieces.length > 1 ? pattern.exec(pieces.at(-1) ?? '') : null;
    if (match) pieces.pop();
    return match?.[1];
  };
  const expires = take(/^until (\d{4}-\d{2}-\d{2})$/i);
  const date = take(/^(\d{4}-\d{2}-\d{2})$/);
  const url = take(/^(https?:\/\/\S+)$/i);
  const file = take(/^(.+)$/);
  return {
    title: pieces.join(' | '),
    ...(file ? { file } : {}),
    ...(url ? { url } : {}),
    ...(date ? { date } : {}),
    ...(expires ? { expires } : {}),
  };
}

/** Text as a cell of a workbook gives it back, without white space at either end. */
export function clean(text: string): string {
  return heldText(text).trim();
}

/** Whether nothing remains to be done. */
export function isMet(statement: Pick<Statement, 'status'>): boolean {
  return statement.status === 'implemented' || statement.status === 'alternative' || statement.status === 'not-applicable';
}

function formRow(
  subject: FormRow['subject'],
  { services, statement, parts }: { services: string[]; statement?: number; parts: number[] },
  matrix: Matrix,
  owners: ReadonlyMap<string, string | undefined>,
): FormRow {
  const said = statement === undefined ? undefined : matrix.statements[statement];
  const derived = (): string[] =>
    distinct(parts.flatMap((part) => owners.get(matrix.parts[part]?.service ?? '') ?? matrix.system.owner ?? []));
  return {
    key: formKey(subject, services),
    subject,
    services,
    ...(statement === undefined ? {} : { statement }),
    answers: {
      status: STATUS[said?.status ?? 'unanswered'],
      owner: clean(said?.owner ?? derived().join(', ')),
      implemented: said?.implemented ?? '',
      due: said?.due ?? '',
      evidence: (said?.evidence ?? []).map(evidenceLine).join('\n'),
      narrative: clean(said?.narrative ?? ''),
      reviewedBy: clean(said?.reviewed?.by ?? ''),
      reviewedOn: said?.reviewed?.on ?? '',
    },
    parts,
  };
}

/** Who answers for each service. */
function ownersIn(matrix: Matrix): Map<string, string | undefined> {
  return new Map(matrix.services.map((service) => [service.id, service.owner]));
}

function ownPartsByControl(matrix: Matrix): Map<string, number[]> {
  const own = new Map<string, Set<number>>();
  for (const [, requirement] of requirementsOf(matrix)) {
    for (const position of customerParts(requirement, matrix)) {
      const { control } = matrix.parts[position] as Part;
      const found = own.get(control) ?? new Set();
      own.set(control, found.add(position));
    }
  }
  return new Map([...own].map(([control, positions]) => [control, [...positions].sort((a, b) => a - b)]));
}

function requirementsOf(matrix: Matrix): [string, MatrixRequirement][] {
  return matrix.frameworks.flatMap((framework) =>
    framework.requirements.map((requirement): [string, MatrixRequirement] => [requirement.row.key, requirement]),
  );
}

function customerParts({ row }: MatrixRequirement, matrix: Matrix): number[] {
  return row.parts.filter((position) => matrix.parts[position]?.party === 'customer');
}

function distinct(items: string[]): string[] {
  return [...new Set(items)];
}
