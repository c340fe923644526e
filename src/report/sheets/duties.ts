import type { Sheet, SheetCell, SheetColumn, SheetRow } from '../../document.ts';
import { CONTROL, DUTIES, dutyRows, FAMILY, FIELD_NAMES, FIELDS, type FormRow, formKey, KEY, SERVICES } from '../../form.ts';
import type { Control } from '../../model/catalogue.ts';
import type { Matrix, MatrixFramework } from '../../model/matrix.ts';
import { FREQUENCY, MODE } from '../../terms.ts';
import { familyTitle } from '../blocks/duties.ts';
import { type Line, type LineIndex, linesOfParts } from '../lines.ts';
import { positionOf } from './columns.ts';
import { formCell, formColumns, OVERDUE, SHOWN, statusTones } from './form.ts';

/** Empty rows in which people answer a control for some services only. */
const SPARE_ROWS = 12;

/** A line of the customer with its mode before it. */
export function ownLine(line: Line): string {
  return `${line.undetermined ? 'Not determined' : MODE[line.mode]}: ${line.text}`;
}

/** Everything that falls on the organization: a row a control, and more where services are answered apart. */
export function dutiesSheet(matrix: Matrix, index: LineIndex): Sheet {
  const form = dutyRows(matrix);
  const controls = [...new Set(form.flatMap(({ subject }) => ('control' in subject ? [subject.control] : [])))].flatMap(
    (id) => index.controls.get(id) ?? [],
  );
  const { of: _, ...shownColumn } = SHOWN;
  const columns: SheetColumn[] = [
    {
      title: CONTROL,
      width: 26,
      wrap: true,
      list: controls.map((control) => control.title),
      listName: 'Controls',
    },
    {
      title: SERVICES,
      width: 24,
      wrap: true,
      note: 'In the spare rows at the end, write names or ids from the sheet Services, with commas between them.',
    },
    { title: 'What to do', width: 80, wrap: true },
    ...formColumns(FIELD_NAMES, matrix),
    { title: 'What would show it', width: 36, wrap: true },
    { title: 'Look at it again', width: 18, wrap: true },
    ...matrix.frameworks.map((framework): SheetColumn => ({ title: framework.title, width: 26, wrap: true })),
    { title: FAMILY, width: 20 },
    { title: 'Stands in', width: 22, note: 'File and line of the statement that answers it today.' },
    { title: KEY, width: 20, hidden: true },
    shownColumn,
  ];
  const asked = matrix.frameworks.map(requirementsByPart);
  const familyAt = positionOf(columns, FAMILY);
  const band = (title: string): SheetRow => ({
    band: 1,
    cells: [title, ...Array.from({ length: familyAt - 1 }, (): SheetCell => null), title],
  });
  const rows: SheetRow[] = [];
  let open = '';
  for (const row of form) {
    const control = 'control' in row.subject ? index.controls.get(row.subject.control) : undefined;
    const family = control ? familyTitle(control.family) : SINGLE;
    if (family !== open) rows.push(band(family));
    open = family;
    const split = form.some((other) => other !== row && other.services.length > 0 && formKey(other.subject, []) === row.key);
    rows.push(dutyRow(row, control, { family, everything: split ? 'All others' : 'All' }, { matrix, index, asked }));
  }
  rows.push(band('Answers for some services only'));
  const spare: SheetCell[] = [{ text: '', field: true }, { text: '', field: true }, ''];
  for (let i = 0; i < SPARE_ROWS; i++) rows.push([...spare, ...FIELD_NAMES.map(() => null)]);
  const short = matrix.organization.short ?? matrix.organization.name;
  return {
    name: DUTIES,
    title: `What ${short} has to do`,
    intro: [
      'All parts that fall on the organization, gathered by control: one answer to a control settles it in every framework. Fill in the tinted columns, then run: demarc import statements <this file> --system <system.yaml>',
      'Where some services are answered differently, use one of the spare rows at the end: choose the control and name the services.',
    ],
    columns,
    rows,
    tones: { Status: statusTones(matrix.audience) },
    rules: [OVERDUE],
    freezeColumns: 1,
    printColumns: positionOf(columns, FIELDS.narrative),
    landscape: true,
    table: true,
    tabTone: 'amber',
  };
}

const SINGLE = 'Single requirements, answered for some services';

interface Context {
  matrix: Matrix;
  index: LineIndex;
  /** For each framework, the ids of the requirements that ask for a part. */
  asked: Map<number, string[]>[];
}

function requirementsByPart(framework: MatrixFramework): Map<number, string[]> {
  const asked = new Map<number, string[]>();
  for (const { row } of framework.requirements) {
    for (const part of row.parts) {
      const ids = asked.get(part);
      if (ids) ids.push(row.id);
      else asked.set(part, [row.id]);
    }
  }
  return asked;
}

function dutyRow(
  row: FormRow,
  control: Control | undefined,
  { family, everything }: { family: string; everything: string },
  { matrix, index, asked }: Context,
): SheetCell[] {
  const place = row.statement === undefined ? undefined : matrix.statements[row.statement]?.place;
  return [
    control?.title ?? row.key.replace(/@.*$/, ''),
    row.services.map((id) => index.services.get(id)?.name ?? id).join(', ') || everything,
    linesOfParts(row.parts, index).map(ownLine).join('\n'),
    ...FIELD_NAMES.map((field) => formCell(field, row.answers)),
    (control?.evidence.customer ?? []).join('\n'),
    control ? FREQUENCY[control.review] : '',
    ...matrix.frameworks.map(({ requirements }, at) => {
      const ids = new Set(row.parts.flatMap((part) => asked[at]?.get(part) ?? []));
      return requirements
        .filter(({ id }) => ids.has(id))
        .map(({ id }) => id)
        .join(', ');
    }),
    family,
    place ? `${place.file}:${place.line}` : '',
    row.key,
    SHOWN.of(),
  ];
}
