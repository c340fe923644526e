import { Document, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Answers } from '../form.ts';
import type { Evidence } from '../model/system.ts';

/** How wide lines of YAML may become. */
export const WIDTH = 130;

/** A value of a statement as plain data; a list for evidence. */
export type Value = string | string[] | (string | Evidence)[] | { by?: string; on?: string };

/** Where a piece of YAML will stand. */
export interface Setting {
  /** Spaces before the lines that follow the first. */
  indent: number;
  /** Inside brackets or braces. */
  flow: boolean;
  /** As JSON, where the file is written so. */
  json?: boolean;
  /** A comment follows on the same line, so that the piece must end as one. */
  single?: boolean;
  /** How the scalar was written before. */
  like?: Scalar.Type | undefined;
}

/** `key: value` as YAML that can be put in its place. */
export function pairText(key: string, value: Value, setting: Setting): string {
  if (setting.json) return `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  const map = new YAMLMap();
  map.set(key, nodeOf(key, value, setting));
  return write(map, setting);
}

/** An item of a list, without its dash. */
export function itemText(value: string | Evidence, setting: Setting): string {
  if (setting.json) return JSON.stringify(value);
  if (setting.flow) return write(listOf([value], true), setting);
  // The list around it indents what follows its first line by two already.
  return write(nodeOf('evidence', [value], setting), { ...setting, indent: setting.indent - 2 }).replace(/^- /, '');
}

/** A whole statement, without the dash before it. */
export function statementText(head: Record<string, string | string[]>, fields: [string, Value][], setting: Setting): string {
  if (setting.json) return JSON.stringify({ ...head, ...Object.fromEntries(fields) }).slice(1, -1);
  const map = new YAMLMap();
  for (const [key, value] of [...Object.entries(head), ...fields]) map.set(key, nodeOf(key, value, setting));
  return write(map, setting);
}

/** The keys and values that the fields of the form stand for, in the order in which statements have them. */
export function statementFields(answers: Partial<Answers>, evidence: (string | Evidence)[] | undefined): [string, Value][] {
  const fields: [string, Value | undefined][] = [
    ['status', answers.status],
    ['owner', answers.owner],
    ['narrative', answers.narrative],
    ['implemented', answers.implemented],
    ['due', answers.due],
    ['evidence', evidence],
    ['reviewed', answers.reviewedBy && answers.reviewedOn ? { by: answers.reviewedBy, on: answers.reviewedOn } : undefined],
  ];
  return fields.flatMap(([key, value]): [string, Value][] =>
    value === undefined || value === '' || (Array.isArray(value) && value.length === 0) ? [] : [[key, value]],
  );
}

function nodeOf(key: string, value: Value, setting: Setting): unknown {
  if (typeof value === 'string') return scalarOf(key, value, setting);
  if (Array.isArray(value)) return listOf(value, setting.flow || key === 'services');
  return mapOf({ ...value }, true);
}

function listOf(items: readonly (string | Evidence)[], flow: boolean): YAMLSeq {
  const list = new YAMLSeq();
  list.flow = flow;
  for (const item of items) {
    if (typeof item === 'string') list.add(new Scalar(item));
    else {
      // On one line where it fits; broken inside braces it would be hard to read.
      const line = new Document(mapOf({ ...item }, true)).toString({ lineWidth: 0, flowCollectionPadding: false });
      list.add(mapOf({ ...item }, flow || line.length < WIDTH - 10));
    }
  }
  return list;
}

function mapOf(entries: Record<string, string | undefined>, flow: boolean): YAMLMap {
  const map = new YAMLMap();
  map.flow = flow;
  for (const [key, value] of Object.entries(entries)) {
    if (value !== undefined) map.set(key, scalarOf(key, value, { indent: 0, flow: true }));
  }
  return map;
}

/** Days in quotes, as they are written elsewhere: other readers of YAML take them for times. */
function scalarOf(key: string, value: string, { indent, flow, single, like }: Setting): Scalar {
  const scalar = new Scalar(value);
  if ((flow || single) && value.includes('\n')) scalar.type = Scalar.QUOTE_DOUBLE;
  else if (like && !like.startsWith('BLOCK')) scalar.type = like;
  else if (/^\d{4}-\d{2}-\d{2}$/.test(value)) scalar.type = Scalar.QUOTE_DOUBLE;
  const block = !flow && !single && key === 'narrative';
  if (block && value.includes('\n')) scalar.type = Scalar.BLOCK_LITERAL;
  else if (
    block &&
    (like === Scalar.BLOCK_FOLDED ||
      (like !== Scalar.QUOTE_DOUBLE && like !== Scalar.QUOTE_SINGLE && value.length + indent > WIDTH - 15))
  )
    scalar.type = Scalar.BLOCK_FOLDED;
  return scalar;
}

function write(node: unknown, { indent, flow, single }: Setting): string {
  // What stands in brackets is written inside some, which are taken off again.
  if (flow && (node instanceof YAMLMap || node instanceof YAMLSeq)) node.flow = true;
  const text = new Document(node)
    .toString({
      lineWidth: flow || single ? 0 : WIDTH - indent,
      flowCollectionPadding: false,
      ...(flow || single ? { blockQuote: false, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER } : {}),
    })
    .trimEnd();
  if (flow) return text.slice(1, -1);
  const [first = '', ...rest] = text.split('\n');
  return [first, ...rest.map((line) => (line === '' ? line : ' '.repeat(indent) + line))].join('\n');
}
