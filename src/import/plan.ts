import { FIELD_NAMES, FIELDS, type Field } from '../form.ts';
import type { Matrix } from '../model/matrix.ts';
import { STATUS } from '../terms.ts';
import type { NotTaken, StatementChange } from './changes.ts';
import { editStatements, type StatementEdit, statementList } from './edit.ts';

/** What an import would do: new texts for files of the description, and every change with its place. */
export interface ImportPlan {
  files: { path: string; before: string; after: string }[];
  changes: PlannedChange[];
  notTaken: NotTaken[];
}

/** A change with the file it goes into; without a line for a statement that is new. */
export interface PlannedChange extends StatementChange {
  file: string;
  line?: number;
}

/**
 * Plans the changes in the texts of a description. `texts` holds its files in reading order, as their places name them; new
 * statements go into the last one that has some.
 */
export function planImport(changes: readonly StatementChange[], matrix: Matrix, texts: ReadonlyMap<string, string>): ImportPlan {
  let home: string | undefined;
  const planned = changes.map((change): PlannedChange => {
    const place = change.statement === undefined ? undefined : matrix.statements[change.statement]?.place;
    if (place) return { ...change, file: place.file, line: place.line };
    home ??= homeOfStatements(texts);
    return { ...change, file: home };
  });
  const plan: ImportPlan = { files: [], changes: [], notTaken: [] };
  for (const [path, before] of texts) {
    const own = planned.filter(({ file }) => file === path);
    const edits = new Map(own.map((change) => [editOf(change, matrix), change]));
    const { text, refused } = editStatements(before, [...edits.keys()]);
    for (const [edit, change] of edits) {
      if (!refused.includes(edit)) plan.changes.push(change);
      else {
        plan.notTaken.push({
          key: change.key,
          sheet: change.sheet,
          row: change.row,
          message: `${path}${change.line ? `:${change.line}` : ''} is written in a way that cannot be changed without loss`,
          hint: 'Change it there by hand.',
        });
      }
    }
    if (text !== before) plan.files.push({ path, before, after: text });
  }
  return plan;
}

/** One line a field: what it was and what it becomes; evidence item by item. */
export function changeLines({ before, fields }: Pick<StatementChange, 'before' | 'fields'>): string[] {
  const width = Math.max(...FIELD_NAMES.filter((field) => fields[field] !== undefined).map((field) => FIELDS[field].length));
  return FIELD_NAMES.flatMap((field) => {
    const after = fields[field];
    if (after === undefined) return [];
    const name = FIELDS[field].padEnd(width);
    const was = before[field] ?? '';
    if (field === 'evidence') {
      const [old, now] = [linesOf(was), linesOf(after)];
      return [
        ...old.filter((line) => !now.includes(line)).map((line) => `- ${name}  ${line}`),
        ...now.filter((line) => !old.includes(line)).map((line) => `+ ${name}  ${line}`),
      ];
    }
    return [
      ...(was === '' ? [] : [`- ${name}  ${said(field, was)}`]),
      ...(after === '' ? [] : [`+ ${name}  ${said(field, after)}`]),
    ];
  });
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}

function said(field: Field, value: string): string {
  const text = field === 'status' ? (STATUS[value as keyof typeof STATUS] ?? value) : value;
  return text.replaceAll('\n', ' / ');
}

function editOf({ statement, subject, services, fields }: PlannedChange, matrix: Matrix): StatementEdit {
  const place = statement === undefined ? undefined : matrix.statements[statement]?.place;
  return { ...(place ? { at: { line: place.line, column: place.column } } : {}), subject, services, fields };
}

/** The last file that has statements, else one that could, else the main file. */
function homeOfStatements(texts: ReadonlyMap<string, string>): string {
  const lists = [...texts].map(([path, text]) => ({ path, list: /\bstatements\b/.test(text) ? statementList(text) : 'none' }));
  const found = lists.findLast(({ list }) => list === 'filled') ?? lists.findLast(({ list }) => list === 'empty') ?? lists[0];
  return found?.path ?? '';
}
