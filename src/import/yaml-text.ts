import { isMap, isScalar, isSeq, Lexer, type Node, type Pair, type YAMLMap } from 'yaml';

/** Where things stand in the text of YAML. */

/** A statement, and a key of it with its value. */
export type TextMap = YAMLMap<Node, Node | null>;
export type Entry = Pair<Node, Node | null>;

/** What is to be put in the place of a piece of text. */
export interface Splice {
  from: number;
  to: number;
  text: string;
}

/** A key of a map with its value. */
export function find(map: TextMap, key: string): Entry | undefined {
  return map.items.find((item) => isScalar(item.key) && item.key.value === key);
}

/** Whether a map in braces has its keys in quotes, as JSON has. */
export function isJson(map: unknown): boolean {
  const key = isMap(map) && map.flow ? map.items[0]?.key : undefined;
  return isScalar(key) && key.type === 'QUOTE_DOUBLE';
}

/** Whether nothing is written for a value. */
export function isEmpty(node: Node | null | undefined): node is null | undefined {
  return !node?.range || node.range[0] === node.range[1];
}

/** Whether a value is written as a block of lines of its own. */
export function isBlock(node: Node | null | undefined): boolean {
  return isScalar(node) && (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL');
}

/** Where a pair ends, comments behind it left out. */
export function edge(text: string, pair: Entry): number {
  return isEmpty(pair.value) ? text.indexOf(':', pair.key.range?.[1] ?? 0) + 1 : endOf(text, pair.value);
}

/** Where a value ends: after its last word or bracket, before any comment behind it. */
export function endOf(text: string, node: Node): number {
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

/** The comments of a piece of YAML, in their order. */
export function commentsOf(text: string): string[] {
  return [...new Lexer().lex(text)].filter((piece) => piece.startsWith('#')).map((piece) => piece.trim());
}

/** Where the line of a place begins. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Where the line of a place ends, before its line end. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Column of a place, from 0. */
export function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}
