import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Answers } from '../form.ts';
import { statementFields, statementText, type Value } from './rendering.ts';
import { evidenceItems, plain, StatementText } from './statement-text.ts';
import { columnOf, commentsOf, endOf, isEmpty, isJson, lineEnd, type Splice, type TextMap } from './yaml-text.ts';

/**
 * Changes statements in the text of a description, touching nothing but the values that change: everything else stays byte for byte,
 * with its comments, order, quotes and line ends. An edit after which the text would not say exactly what was asked, or would have
 * lost a comment, is refused.
 */

/** A statement to change, by where it begins, or to make. */
export interface StatementEdit {
  at?: { line: number; column: number };
  subject: { control: string } | { requirement: string };
  services: readonly string[];
  /** The fields that change; '' takes one away. A status is an id, evidence a line an item. */
  fields: Partial<Answers>;
}

/** The text after the edits, and what was refused. */
export interface Edited {
  text: string;
  refused: StatementEdit[];
}

/** Edits one file. All edits at once where that works, else one after the other, so that a bad one does not hold up the rest. */
export function editStatements(text: string, edits: readonly StatementEdit[]): Edited {
  if (edits.length === 0) return { text, refused: [] };
  const whole = attempt(text, edits);
  if (whole !== undefined) return { text: whole, refused: [] };
  if (edits.length === 1) return { text, refused: [...edits] };
  // From the end, so that the places of those before stay true; new statements last.
  const order = [...edits].sort((a, b) => (b.at?.line ?? -1) - (a.at?.line ?? -1) || (b.at?.column ?? 0) - (a.at?.column ?? 0));
  let result = text;
  const refused: StatementEdit[] = [];
  for (const edit of [...order.filter(({ at }) => at), ...edits.filter(({ at }) => !at)]) {
    const next = attempt(result, [edit]);
    if (next === undefined) refused.push(edit);
    else result = next;
  }
  return { text: result, refused };
}

/** Where new statements would go: whether the text has a list of statements with something in it, an empty one, or none. */
export function statementList(text: string): 'filled' | 'empty' | 'none' {
  const list = parseDocument(text).get('statements', true);
  return isSeq(list) && list.items.length > 0 ? 'filled' : list === undefined ? 'none' : 'empty';
}

function attempt(given: string, edits: readonly StatementEdit[]): string | undefined {
  const mark = given.startsWith('\ufeff') ? '\ufeff' : '';
  const crlf = given.includes('\r\n');
  const text = (crlf ? given.replaceAll('\r\n', '\n') : given).slice(mark.length);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const list = document.get('statements', true);
  const expected = document.toJS() as { statements?: Record<string, unknown>[] };
  const statements = [...(expected?.statements ?? [])];
  const splices: Splice[] = [];
  const added: StatementEdit[] = [];
  for (const edit of edits) {
    if (!edit.at) {
      added.push(edit);
      continue;
    }
    const { line, column } = edit.at;
    const index = isSeq(list)
      ? list.items.findIndex((item) => {
          const place = lines.linePos((item as Node).range?.[0] ?? 0);
          return place.line === line && place.col === column;
        })
      : -1;
    const map = isSeq(list) ? list.items[index] : undefined;
    const before = statements[index];
    if (!isMap(map) || before === undefined) return undefined;
    const editor = new StatementText(text, map as TextMap);
    statements[index] = editor.change(edit.fields, before);
    splices.push(...editor.splices);
  }
  if (added.length > 0) {
    const made = added.map((edit) => newStatement(edit));
    statements.push(...made.map(({ value }) => value));
    splices.push(...appended(text, document.contents, list, made));
  }
  const result = spliced(text, splices);
  if (!isDeepStrictEqual(dataOf(result), { ...expected, statements })) return undefined;
  return keepsComments(text, result) ? mark + (crlf ? result.replaceAll('\n', '\r\n') : result) : undefined;
}

/** What a text says; nothing where it says nothing whole. */
function dataOf(text: string): unknown {
  try {
    const document = parseDocument(text);
    return document.errors.length === 0 ? document.toJS() : undefined;
  } catch {
    // A name is referred to that stands no longer.
    return undefined;
  }
}

function newStatement({ subject, services, fields }: StatementEdit): {
  head: Record<string, string | string[]>;
  fields: [string, Value][];
  value: Record<string, unknown>;
} {
  const head = { ...subject, ...(services.length > 0 ? { services: [...services] } : {}) };
  const values = statementFields(fields, evidenceItems(fields.evidence ?? ''));
  return { head, fields: values, value: plain({ ...head, ...Object.fromEntries(values) }) };
}

/** New statements at the end of the list, in its own style; a list where there is none yet. */
function appended(text: string, top: unknown, list: unknown, made: ReturnType<typeof newStatement>[]): Splice[] {
  const items = (dash: number): string =>
    made
      .map(({ head, fields }) => `\n${' '.repeat(dash)}- ${statementText(head, fields, { indent: dash + 2, flow: false })}`)
      .join('');
  if (isSeq(list) && list.items.length > 0) {
    const last = list.items.at(-1) as Node;
    if (list.flow) {
      const inner = made
        .map(({ head, fields }) => `, {${statementText(head, fields, { indent: 0, flow: true, json: isJson(last) })}}`)
        .join('');
      return [{ from: endOf(text, last), to: endOf(text, last), text: inner }];
    }
    const dash = columnOf(text, list.range?.[0] ?? 0);
    const end = lineEnd(text, endOf(text, last));
    return [{ from: end, to: end, text: items(dash) }];
  }
  if (list !== undefined && isMap(top)) {
    const pair = top.items.find((item) => isScalar(item.key) && item.key.value === 'statements');
    const key = pair?.key as Node | undefined;
    const colon = text.indexOf(':', key?.range?.[1] ?? 0);
    const value = pair?.value as Node | null | undefined;
    if (isEmpty(value))
      return [{ from: lineEnd(text, colon), to: lineEnd(text, colon), text: items(columnOf(text, key?.range?.[0] ?? 0) + 2) }];
    return [{ from: colon + 1, to: value.range?.[1] ?? colon + 1, text: items(columnOf(text, key?.range?.[0] ?? 0) + 2) }];
  }
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  return [{ from: text.length, to: text.length, text: `${gap}statements:${items(2)}\n` }];
}

function spliced(text: string, splices: Splice[]): string {
  const ordered = splices.map((splice, at) => ({ ...splice, at })).sort((a, b) => a.from - b.from || a.at - b.at);
  let result = '';
  let done = 0;
  for (const { from, to, text: piece } of ordered) {
    result += text.slice(done, Math.max(done, from)) + piece;
    done = Math.max(done, to);
  }
  return result + text.slice(done);
}

/** Whether every comment of one text is in the other as well. */
function keepsComments(before: string, after: string): boolean {
  const left = commentsOf(after);
  return commentsOf(before).every((comment) => {
    const at = left.indexOf(comment);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}
