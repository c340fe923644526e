import { isCut } from '../cell-text.ts';
import { isDay } from '../days.ts';
import { type Answers, DAYS, FIELDS, type Field, type FormRow, formKey, readEvidenceLine } from '../form.ts';
import type { Matrix } from '../model/matrix.ts';
import type { Status } from '../model/system.ts';
import { didYouMean } from '../problem.ts';
import { joinNames } from '../sentence.ts';
import { STATUS } from '../terms.ts';
import type { FilledRow } from './filled.ts';

/** A statement to change or to make. */
export interface StatementChange {
  key: string;
  subject: FormRow['subject'];
  services: string[];
  /** Position in `Matrix.statements`; absent for a new statement. */
  statement?: number;
  /** The new content of the fields that change; '' empties one. A status is an id here. */
  fields: Partial<Answers>;
  /** What the fields hold today. */
  before: Partial<Answers>;
  sheet: string;
  row: number;
}

/** Something in the workbook that is not taken over, and why. */
export interface NotTaken {
  key: string;
  sheet: string;
  row: number;
  message: string;
  hint?: string;
}

/** What comes of a filled form. */
export interface Changes {
  changes: StatementChange[];
  notTaken: NotTaken[];
  /** Rows that say what the description says already. */
  already: number;
}

/**
 * What people changed in the form, against the description as it is today. A row of which the description says something else by now
 * is a conflict and left alone as a whole, as is one with a field that cannot be read.
 */
export function changesIn(rows: readonly FilledRow[], form: ReadonlyMap<string, FormRow>, matrix: Matrix): Changes {
  const result: Changes = { changes: [], notTaken: [], already: 0 };
  const seen = new Map<string, FilledRow>();
  for (const row of rows) {
    const leave = (message: string, hint?: string): void => {
      result.notTaken.push({ key: row.key, sheet: row.sheet, row: row.row, message, ...(hint ? { hint } : {}) });
    };
    const asked: Asked | Refusal = row.key === '' ? spareRow(row, form, matrix) : row;
    if ('message' in asked) {
      leave(asked.message, asked.hint);
      continue;
    }
    const fields = Object.keys(asked.answers) as Field[];
    const changed = fields.filter((field) =>
      asked.today
        ? asked.answers[field] !== ''
        : canonical(field, asked.answers[field] ?? '') !== canonical(field, row.before[field]),
    );
    if (changed.length === 0) continue;
    const twin = seen.get(asked.key);
    if (twin) {
      leave(`\`${asked.key}\` is answered in row ${twin.row} of ${twin.sheet} as well`, 'Keep one of the two.');
      continue;
    }
    seen.set(asked.key, row);
    const wrong =
      changed.map((field) => problemOf(field, asked.answers[field] ?? '', row.before[field])).find(Boolean) ??
      reviewProblem(asked);
    if (wrong) {
      leave(wrong);
      continue;
    }
    const today = asked.today ?? form.get(row.key);
    if (!today) {
      leave(
        'it is no longer asked: the description or the catalogue has changed since the pack was made',
        'Make a new pack and answer there.',
      );
      continue;
    }
    const said = (field: Field): string => canonical(field, today.answers[field]);
    const filled = (field: Field): string => canonical(field, asked.answers[field] ?? '');
    const open = asked.today
      ? changed
      : changed.filter((field) => said(field) !== filled(field) && !isDerived(field, filled(field), today, matrix));
    if (open.length === 0) {
      result.already++;
      continue;
    }
    const conflict = open.find((field) => !asked.today && said(field) !== canonical(field, row.before[field]));
    if (conflict) {
      const place = today.statement === undefined ? undefined : matrix.statements[today.statement]?.place;
      leave(
        `${FIELDS[conflict]} was ${shown(row.before[conflict])}; the workbook says ${shown(asked.answers[conflict] ?? '')} and the description ${place ? `(${place.file}:${place.line}) ` : ''}says ${shown(today.answers[conflict])} by now`,
        'Settle it by hand in one of the two.',
      );
      continue;
    }
    // A new statement on a requirement goes before what its controls say, so it takes along all that the row shows.
    const taken = today.statement === undefined && 'requirement' in today.subject ? fields : open;
    const values = Object.fromEntries(
      taken
        .map((field) => [field, open.includes(field) ? filled(field) : said(field)] as const)
        .filter(([, value]) => today.statement !== undefined || value !== ''),
    ) as Partial<Answers>;
    if (today.statement === undefined) values.status ??= said('status');
    result.changes.push({
      key: today.key,
      subject: today.subject,
      services: today.services,
      ...(today.statement === undefined ? {} : { statement: today.statement }),
      fields: values,
      before: today.statement === undefined ? {} : Object.fromEntries(taken.map((field) => [field, said(field)])),
      sheet: row.sheet,
      row: row.row,
    });
  }
  return result;
}

/** A field's content in one way of writing: a status by its id. */
function canonical(field: Field, text: string): string {
  return field === 'status' ? (statusOf(text) ?? text) : text;
}

/** Whether an owner is taken away whom the statement does not name: the row shows the owner of the service or the system then. */
function isDerived(field: Field, filled: string, { statement }: FormRow, matrix: Matrix): boolean {
  return field === 'owner' && filled === '' && (statement === undefined || matrix.statements[statement]?.owner === undefined);
}

/** The status that a label or an id names; an empty field says that nobody has answered. */
function statusOf(text: string): Status | undefined {
  const wanted = text.toLowerCase();
  if (wanted === '') return 'unanswered';
  return (Object.keys(STATUS) as Status[]).find((status) => status === wanted || STATUS[status].toLowerCase() === wanted);
}

function problemOf(field: Field, text: string, before: string): string | undefined {
  if (isCut(before))
    return `${FIELDS[field]} was too long for a cell, which shows only its beginning; change it in the description`;
  if (text === '') return undefined;
  if (field === 'status' && !statusOf(text))
    return `\`${text}\` is not a status; choose one of ${joinNames(Object.values(STATUS))}`;
  if (DAYS.has(field) && !isDay(text))
    return `${FIELDS[field]} is \`${text}\`, which is no day of the calendar; write it as 2026-03-31`;
  if (field === 'evidence') {
    const bad = text.split('\n').find((line) => {
      const { date, expires } = readEvidenceLine(line);
      return (date && !isDay(date)) || (expires && !isDay(expires));
    });
    const away = text
      .split('\n')
      .map((line) => readEvidenceLine(line).file ?? '')
      .find((file) => /^([/\\]|[A-Za-z]:)/.test(file));
    if (away) return `the file \`${away}\` is not written relative to the description, so that nobody else would find it`;
    if (bad) return `the evidence \`${bad}\` has a day that is not in the calendar`;
  }
  return undefined;
}

function reviewProblem({ answers }: { answers: Partial<Answers> }): string | undefined {
  const { reviewedBy, reviewedOn } = answers;
  if (reviewedBy === undefined || reviewedOn === undefined || (reviewedBy === '') === (reviewedOn === '')) return undefined;
  return `a review needs both who and when: ${reviewedBy === '' ? FIELDS.reviewedBy : FIELDS.reviewedOn} is empty`;
}

/** A row with what the description says of it today, where the form did not have it. */
type Asked = Pick<FilledRow, 'key' | 'answers'> & { today?: FormRow };
type Refusal = { message: string; hint?: string };

/** What a spare row asks for: a statement on a control for some services, which must not be there yet. */
function spareRow(row: FilledRow, form: ReadonlyMap<string, FormRow>, matrix: Matrix): Asked | Refusal {
  const asked = new Set([...form.values()].flatMap(({ subject }) => ('control' in subject ? [subject.control] : [])));
  const controls = matrix.controls.filter(({ id }) => asked.has(id));
  if (row.control === '')
    return { message: 'the row answers something and names no control', hint: 'Choose the control in its first column.' };
  const wanted = row.control.toLowerCase();
  const named = controls.filter((control) => control.id === wanted || control.title.toLowerCase() === wanted);
  const [control] = named;
  if (!control || named.length > 1) {
    const meant = didYouMean(
      row.control,
      controls.map(({ title }) => title),
    );
    return {
      message: control ? `several controls are called \`${row.control}\`` : `none of your duties is called \`${row.control}\``,
      hint: control
        ? `Write its id: ${joinNames(named.map(({ id }) => id))}.`
        : meant
          ? `Did you mean \`${meant}\`?`
          : 'Choose one of the list.',
    };
  }
  if (row.services === '')
    return {
      message: 'the row names no services',
      hint: `To answer ${control.title} for all services, fill in its own row above.`,
    };
  const services = servicesIn(row.services, matrix);
  if ('message' in services) return services;
  const key = formKey({ control: control.id }, services.ids);
  if (form.has(key))
    return { message: `${control.title} is answered for these services in a row of its own`, hint: 'Change it there.' };
  if (!row.answers.status) return { message: 'the row has no status', hint: 'Choose one.' };
  return {
    key,
    answers: row.answers,
    today: { key, subject: { control: control.id }, services: services.ids, answers: { ...row.before, status: '' }, parts: [] },
  };
}

/** The ids of services written by name or id with commas between them; a name may hold commas itself. */
function servicesIn(text: string, matrix: Matrix): { ids: string[] } | Refusal {
  const known = new Map<string, string>();
  // What stands in brackets behind a name need not be written, where the name alone is clear.
  const short = (name: string): string => name.replace(/ \([^()]*\)$/, '').toLowerCase();
  const shorts = matrix.services.map(({ name }) => short(name));
  for (const { id, name } of matrix.services)
    if (shorts.filter((other) => other === short(name)).length === 1) known.set(short(name), id);
  for (const { id, name } of matrix.services) known.set(name.toLowerCase(), id);
  for (const { id } of matrix.services) known.set(id, id);
  const pieces = text.split(/[,;\n]/).map((piece) => piece.trim());
  const ids = new Set<string>();
  for (let at = 0; at < pieces.length; ) {
    let end = pieces.length;
    while (end > at + 1 && !known.has(pieces.slice(at, end).join(', ').toLowerCase())) end--;
    const name = pieces.slice(at, end).join(', ');
    const id = known.get(name.toLowerCase());
    if (id !== undefined) ids.add(id);
    else if (name !== '') {
      const meant = didYouMean(
        name,
        matrix.services.map((service) => service.name),
      );
      return {
        message: `there is no service \`${name}\``,
        hint: meant ? `Did you mean \`${meant}\`?` : 'Their names and ids stand on the sheet Services.',
      };
    }
    at = end;
  }
  return { ids: matrix.services.map(({ id }) => id).filter((id) => ids.has(id)) };
}

function shown(text: string): string {
  return text === '' ? 'empty' : `“${text.length > 60 ? `${text.slice(0, 57)}…` : text}”`.replaceAll('\n', ' / ');
}
