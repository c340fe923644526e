import { isMap, isScalar, isSeq, type Node, type Scalar, type YAMLSeq } from 'yaml';
import { type Answers, evidenceLine, readEvidenceLine } from '../form.ts';
import type { Evidence } from '../model/system.ts';
import { itemText, pairText, type Setting, type Value, WIDTH } from './rendering.ts';
import {
  columnOf,
  commentsOf,
  type Entry,
  edge,
  endOf,
  find,
  isBlock,
  isEmpty,
  isJson,
  lineEnd,
  lineStart,
  type Splice,
  type TextMap,
} from './yaml-text.ts';

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

/** One statement in the text, with what is to be put in its place. */
export class StatementText {
  readonly splices: Splice[] = [];
  readonly #text: string;
  readonly #map: TextMap;

  constructor(text: string, map: TextMap) {
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
        if (by !== known.by) this.#set(map as TextMap, 'by', by, inner);
        if (on !== known.on) this.#set(map as TextMap, 'on', on, inner);
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
    const line = `[${pieces({ indent: 0, flow: true, json: isJson(this.#map) }).join(', ')}]`;
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
  #set(map: TextMap, key: string, value: Value | undefined, after: Record<string, unknown>): void {
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
        json: isJson(map),
        single: /^[ \t]*#/.test(text.slice(end, lineEnd(text, end))),
        like: old?.type as Scalar.Type | undefined,
      };
      // The key stays as it is written.
      const written = pairText(key, value, setting).slice(setting.json ? key.length + 2 : key.length);
      this.splices.push({ from: start, to: end, text: heading + text.slice(start, pair.key.range?.[1]) + written });
      return;
    }
    const removed = new Set(this.splices.map(({ from }) => from));
    const before = map.items.filter(
      (item) =>
        ORDER.indexOf(String((item.key as Scalar).value)) < ORDER.indexOf(key) && !removed.has(this.#removal(map, item).from),
    );
    const last = (before.length > 0 ? before : map.items).reduce((a, b) => (edge(text, a) > edge(text, b) ? a : b));
    if (flow)
      this.splices.push({
        from: edge(text, last),
        to: edge(text, last),
        text: `, ${pairText(key, value, { indent: 0, flow, json: isJson(map) })}`,
      });
    else {
      const indent = columnOf(text, map.items[0]?.key.range?.[0] ?? 0);
      const end = lineEnd(text, edge(text, last));
      this.splices.push({ from: end, to: end, text: `\n${' '.repeat(indent)}${pairText(key, value, { indent, flow })}` });
    }
  }

  /** A pair with its line, or with the comma before it; a comment behind it stays. */
  #removal(map: TextMap, pair: Entry): Splice {
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

/** Evidence as it is written for a new statement. */
export function evidenceItems(lines: string): (string | Evidence)[] {
  return matched(lines, []) as (string | Evidence)[];
}

/** Plain data without what is undefined. */
export function plain(value: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}
