import { isDeepStrictEqual } from 'node:util';
import {
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { type Answers, evidenceLine, readEvidenceLine } from '../form.ts';
import type { Evidence } from '../model.ts';
import { itemText, pairText, type Setting, statementFields, statementText, type Value, WIDTH } from './rendering.ts';

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

interface Splice {
  from: number;
  to: number;
  text: string;
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
    const editor = new StatementText(text, map as YAMLMap<Node, Node | null>);
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
      const inner = made.map(({ head, fields }) => `, {${statementText(head, fields, { indent: 0, flow: true })}}`).join('');
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

/** Keys in the order in which a new one finds its place. */
const ORDER = [
  'control',
  'requirement',
  'services',
  'status',
  'owner',
  'narrative',
  'implemented',
  'due',
  'evidence',
  'reviewed',
  'decision',
];

type Entry = Pair<Node, Node | null>;

/** One statement in the text, with what is to be put in its place. */
class StatementText {
  readonly splices: Splice[] = [];
  readonly #text: string;
  readonly #map: YAMLMap<Node, Node | null>;

  constructor(text: string, map: YAMLMap<Node, Node | null>) {
    this.#text = text;
    this.#map = map;
  }

  /** Gathers the splices for the changed fields; gives what the statement then says. */
  change(fields: Partial<Answers>, before: Record<string, unknown>): Record<string, unknown> {
    const after = { ...before };
    const map = this.#map;
    for (const key of ['status', 'owner', 'narrative', 'implemented', 'due'] as const) {
      const value = fields[key];
      if (value !== undefined) this.#set(map, key, value === '' ? undefined : value, after);
    }
    if (fields.evidence !== undefined) this.#setEvidence(fields.evidence, before, after);
    if (fields.reviewedBy !== undefined || fields.reviewedOn !== undefined) this.#setReview(fields, after);
    return plain(after);
  }

  #setReview(fields: Partial<Answers>, after: Record<string, unknown>): void {
    const known = (after.reviewed ?? {}) as Record<string, string>;
    const by = fields.reviewedBy ?? known.by ?? '';
    const on = fields.reviewedOn ?? known.on ?? '';
    if (by === '' && on === '') this.#set(this.#map, 'reviewed', undefined, after);
    else {
      const map = find(this.#map, 'reviewed')?.value;
      if (!isMap(map)) this.#set(this.#map, 'reviewed', { by, on }, after);
      else {
        const inner = { ...known };
        if (by !== known.by) this.#set(map as YAMLMap<Node, Node | null>, 'by', by, inner);
        if (on !== known.on) this.#set(map as YAMLMap<Node, Node | null>, 'on', on, inner);
        after.reviewed = inner;
      }
    }
  }

  #setEvidence(wanted: string, before: Record<string, unknown>, after: Record<string, unknown>): void {
    const old = ((before.evidence ?? []) as (string | Evidence)[]).map((item) =>
      typeof item === 'string' ? { title: item } : item,
    );
    const entries = matched(wanted, old);
    const items = entries.map((entry) =>
      typeof entry === 'number' ? (((before.evidence ?? []) as unknown[])[entry] as string | Evidence) : entry,
    );
    const list = find(this.#map, 'evidence')?.value;
    if (items.length === 0 || !isSeq(list) || list.items.length === 0) {
      this.#set(this.#map, 'evidence', items.length === 0 ? undefined : items, after);
      return;
    }
    after.evidence = items;
    this.splices.push(this.#map.flow || list.flow ? this.#flowList(list, entries) : this.#blockList(list, entries));
  }

  /** A list in brackets: it stays one while it fits on a line, or where it stands in braces itself. */
  #flowList(list: YAMLSeq, entries: (number | string | Evidence)[]): Splice {
    const text = this.#text;
    const [from = 0, to = 0] = list.range ?? [];
    const pieces = (setting: Setting): string[] =>
      entries.map((entry) => {
        const node = typeof entry === 'number' ? (list.items[entry] as Node) : undefined;
        return node ? text.slice(node.range?.[0], endOf(text, node)) : itemText(entry as string | Evidence, setting);
      });
    const line = `[${pieces({ indent: 0, flow: true }).join(', ')}]`;
    const key = find(this.#map, 'evidence')?.key as Node;
    const indent = columnOf(text, key.range?.[0] ?? 0);
    if (this.#map.flow || (!line.includes('\n') && indent + 10 + line.length <= WIDTH)) return { from, to, text: line };
    const dash = ' '.repeat(indent + 2);
    const block = pieces({ indent: indent + 4, flow: false }).map((piece) => `\n${dash}- ${piece}`);
    return { from: text.indexOf(':', key.range?.[1] ?? 0) + 1, to, text: block.join('') };
  }

  /** A list with dashes: kept items with the comments about them, new ones between; comments about what is gone stay where they were. */
  #blockList(list: YAMLSeq, entries: (number | string | Evidence)[]): Splice {
    const text = this.#text;
    const nodes = list.items as Node[];
    const dashes = nodes.map((node) => text.lastIndexOf('-', (node.range?.[0] ?? 0) - 1));
    const ends = nodes.map((node) => lineEnd(text, endOf(text, node)));
    const margin = ' '.repeat(columnOf(text, dashes[0] ?? 0));
    const out: string[] = [];
    let next = 0;
    const leadOf = (at: number): string[] =>
      at === 0
        ? []
        : text
            .slice((ends[at - 1] ?? 0) + 1, lineStart(text, dashes[at] ?? 0))
            .split('\n')
            .slice(0, -1);
    const passed = (until: number): void => {
      for (; next < until; next++) {
        out.push(...leadOf(next).filter((line) => line.includes('#')));
        out.push(...commentsOf(text.slice(dashes[next], ends[next])).map((comment) => margin + comment));
      }
    };
    for (const entry of entries) {
      if (typeof entry === 'number') {
        passed(entry);
        out.push(...leadOf(entry), margin + text.slice(dashes[entry], ends[entry]));
        next = entry + 1;
      } else {
        // What stood here and is gone was probably this, written otherwise: what is noted about it comes first.
        if (next < nodes.length && !entries.includes(next)) passed(next + 1);
        out.push(`${margin}- ${itemText(entry, { indent: margin.length + 2, flow: false })}`);
      }
    }
    passed(nodes.length);
    return { from: lineStart(text, dashes[0] ?? 0), to: ends.at(-1) ?? 0, text: out.join('\n') };
  }

  /** Sets a key of a map, puts it in, or takes it away. */
  #set(map: YAMLMap<Node, Node | null>, key: string, value: Value | undefined, after: Record<string, unknown>): void {
    const pair = find(map, key);
    if (value === undefined) {
      delete after[key];
      if (pair) this.splices.push(this.#removal(map, pair));
      return;
    }
    after[key] = value;
    const text = this.#text;
    const flow = map.flow === true;
    if (pair) {
      const start = pair.key.range?.[0] ?? 0;
      const colon = text.indexOf(':', pair.key.range?.[1] ?? 0);
      const end = isEmpty(pair.value) ? colon + 1 : endOf(text, pair.value);
      const old = isScalar(pair.value) ? pair.value : undefined;
      const heading = isBlock(old) && old?.comment ? `#${old.comment}\n${' '.repeat(columnOf(text, start))}` : '';
      const setting: Setting = {
        indent: columnOf(text, start),
        flow,
        single: /^[ \t]*#/.test(text.slice(end, lineEnd(text, end))),
        like: old?.type as Scalar.Type | undefined,
      };
      this.splices.push({ from: start, to: end, text: heading + pairText(key, value, setting) });
      return;
    }
    const removed = new Set(this.splices.map(({ from }) => from));
    const before = map.items.filter(
      (item) =>
        ORDER.indexOf(String((item.key as Scalar).value)) < ORDER.indexOf(key) && !removed.has(this.#removal(map, item).from),
    );
    const last = (before.length > 0 ? before : map.items).reduce((a, b) => (edge(text, a) > edge(text, b) ? a : b));
    if (flow)
      this.splices.push({ from: edge(text, last), to: edge(text, last), text: `, ${pairText(key, value, { indent: 0, flow })}` });
    else {
      const indent = columnOf(text, map.items[0]?.key.range?.[0] ?? 0);
      const end = lineEnd(text, edge(text, last));
      this.splices.push({ from: end, to: end, text: `\n${' '.repeat(indent)}${pairText(key, value, { indent, flow })}` });
    }
  }

  /** A pair with its line, or with the comma before it; a comment behind it stays. */
  #removal(map: YAMLMap<Node, Node | null>, pair: Entry): Splice {
    const text = this.#text;
    const at = map.items.indexOf(pair);
    const start = pair.key.range?.[0] ?? 0;
    const end = edge(text, pair);
    const following = map.items[at + 1]?.key.range?.[0];
    if (map.flow) {
      const previous = map.items[at - 1];
      return previous ? { from: edge(text, previous), to: end, text: '' } : { from: start, to: following ?? end, text: '' };
    }
    if (at === 0) return { from: start, to: following ?? end, text: '' };
    const margin = ' '.repeat(columnOf(text, start));
    const inside = commentsOf(text.slice(start, end));
    const behind = text.slice(end, lineEnd(text, end)).trim();
    if (behind.startsWith('#'))
      return { from: start, to: text.indexOf('#', end), text: inside.map((comment) => `${comment}\n${margin}`).join('') };
    if (inside.length > 0) return { from: start, to: end, text: inside.join(`\n${margin}`) };
    return { from: lineStart(text, start) - 1, to: lineEnd(text, end), text: '' };
  }
}

/** For each wanted line of evidence, the item that says it, or what is to be written; items keep their order. */
function matched(wanted: string, old: Evidence[]): (number | string | Evidence)[] {
  let next = 0;
  const lines = wanted === '' ? [] : wanted.split('\n');
  const kept = lines.map((line) => {
    const found = old.findIndex((item, at) => at >= next && evidenceLine(item) === line);
    if (found >= 0) next = found + 1;
    return found;
  });
  return kept.map((at, i) => {
    if (at >= 0) return at;
    const item = readEvidenceLine(lines[i] ?? '');
    // The file is the same, and so is what it hashed to.
    const same = old.find(
      (other, j) => !kept.includes(j) && other.file !== undefined && other.file === item.file && other.sha256,
    );
    const value = { ...item, ...(same?.sha256 ? { sha256: same.sha256 } : {}) };
    return Object.keys(value).length === 1 ? value.title : value;
  });
}

function evidenceItems(lines: string): (string | Evidence)[] {
  return matched(lines, []) as (string | Evidence)[];
}

function find(map: YAMLMap<Node, Node | null>, key: string): Entry | undefined {
  return map.items.find((item) => isScalar(item.key) && item.key.value === key);
}

/** Whether nothing is written for a value. */
function isEmpty(node: Node | null | undefined): node is null | undefined {
  return !node?.range || node.range[0] === node.range[1];
}

function isBlock(node: Node | null | undefined): boolean {
  return isScalar(node) && (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL');
}

/** Where a pair ends, comments behind it left out. */
function edge(text: string, pair: Entry): number {
  return isEmpty(pair.value) ? text.indexOf(':', pair.key.range?.[1] ?? 0) + 1 : endOf(text, pair.value);
}

/** Where a value ends: after its last word or bracket, before any comment behind it. */
function endOf(text: string, node: Node): number {
  const [start = 0, end = 0] = node.range ?? [];
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1) as Entry | undefined;
    return last ? edge(text, last) : end;
  }
  if (isSeq(node) && !node.flow) {
    const last = node.items.at(-1) as Node | undefined;
    return last ? endOf(text, last) : end;
  }
  // A block scalar reaches over its line's end.
  return isBlock(node) ? start + text.slice(start, end).trimEnd().length : end;
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

/** The comments of a piece of YAML, in their order. */
function commentsOf(text: string): string[] {
  return [...new Lexer().lex(text)].filter((piece) => piece.startsWith('#')).map((piece) => piece.trim());
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

/** Plain data without what is undefined. */
function plain(value: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Column of a place, from 0. */
function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}
