import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Place } from '../model/system.ts';
import type { Problem } from '../problem.ts';

/** Keys and positions that lead from the top of a YAML file to one value. */
export type Path = readonly (string | number)[];

/** A YAML file read into plain values, with the place of each. */
export interface YamlFile {
  file: string;
  value: unknown;
  problems: Problem[];
  /** The place of the value at a path, or of the nearest thing above it that exists. */
  placeOf(path: Path): Place;
  /** The place of a key rather than of its value. */
  placeOfKey(path: Path): Place;
  /** A problem at a path, with the text of its line for the caret. */
  problemAt(path: Path, problem: Pick<Problem, 'code' | 'message' | 'hint'>, options?: { key?: boolean }): Problem;
}

/** Descriptions are written by people; anything larger is a mistake or an attack, and would take seconds to parse. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Deeper nesting than any description has; the parser would otherwise run out of stack. */
const MAX_DEPTH = 100;

/**
 * Reads one YAML file. Nothing is thrown: syntax errors, duplicate keys, runaway aliases, deep nesting and oversized files come
 * back as problems, with `value` undefined where nothing usable was read.
 */
export function readYaml(text: string, file: string): YamlFile {
  const problems: Problem[] = [];
  const lines = new LineCounter();
  let document: Document.Parsed | undefined;
  let value: unknown;

  const excerptAt = (line: number): string | undefined => {
    const start = lines.lineStarts[line - 1];
    if (start === undefined) return undefined;
    const end = lines.lineStarts[line] ?? text.length + 1;
    return text.slice(start, end).replace(/\r?\n$/, '');
  };
  const placeAtOffset = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const report = (place: Place, problem: Pick<Problem, 'code' | 'message' | 'hint'>): Problem => {
    const excerpt = excerptAt(place.line);
    return { ...problem, ...place, ...(excerpt === undefined ? {} : { excerpt }) };
  };

  const tooBig = Buffer.byteLength(text) > MAX_BYTES;
  const tooDeep = !tooBig && flowDepthOffset(text);
  if (tooBig) {
    problems.push({
      code: 'file-too-large',
      file,
      line: 0,
      column: 0,
      message: `the file is larger than ${MAX_BYTES / 1024 / 1024} MB`,
      hint: 'Split it into several files and list them under `include:`.',
    });
  } else if (tooDeep) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
    problems.push(report(placeAtOffset(tooDeep), nestingProblem()));
  } else {
    try {
      // The parser's own check for duplicate keys compares each with each: 20,000 keys take seconds. See duplicateKeys.
      document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, stringKeys: true });
      for (const error of [...document.errors, ...document.warnings]) {
        problems.push(report(placeAtOffset(error.pos[0]), { code: `yaml-${kebab(error.code)}`, message: plain(error.message) }));
      }
      for (const { offset, key } of duplicateKeys(document.contents)) {
        problems.push(
          report(placeAtOffset(offset), {
            code: 'yaml-duplicate-key',
            message: `the key \`${key}\` is given twice in the same map`,
            hint: 'Keep one of them, or merge the two.',
          }),
        );
      }
      if (document.errors.length === 0) value = document.toJS({ maxAliasCount: 100 });
    } catch (error) {
      if (error instanceof RangeError) {
        problems.push({ file, line: 1, column: 1, ...nestingProblem() });
      } else {
        const message = error instanceof Error ? plain(error.message) : String(error);
        problems.push({
          code: 'yaml-unreadable',
          file,
          line: 1,
          column: 1,
          message: `the file cannot be read as YAML: ${message}`,
          hint: 'Anchors and aliases (& and *) are rarely needed here; write the values out.',
        });
      }
      value = undefined;
    }
  }

  const find = (path: Path): { node: Node | null; key: Node | null } => {
    let node: Node | null = document?.contents ?? null;
    let key: Node | null = null;
    for (const step of path) {
      const target: unknown = isAlias(node) && document ? node.resolve(document) : node;
      if (isMap(target)) {
        const pair = target.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
        if (!pair) return { node, key };
        key = pair.key as Node;
        node = (pair.value as Node | null) ?? key;
      } else if (isSeq(target)) {
        const item = target.items[Number(step)] as Node | null | undefined;
        if (!item) return { node, key };
        node = item;
        key = item;
      } else return { node, key };
    }
    return { node, key };
  };
  const placeOf = (path: Path): Place => placeAtOffset(find(path).node?.range?.[0] ?? 0);
  const placeOfKey = (path: Path): Place => {
    const found = find(path);
    return placeAtOffset((found.key ?? found.node)?.range?.[0] ?? 0);
  };
  return {
    file,
    value,
    problems,
    placeOf,
    placeOfKey,
    problemAt: (path, problem, options) => report(options?.key ? placeOfKey(path) : placeOf(path), problem),
  };
}

function nestingProblem(): Pick<Problem, 'code' | 'message' | 'hint'> {
  return {
    code: 'nested-too-deep',
    message: `lists and maps are nested deeper than ${MAX_DEPTH} levels`,
    hint: 'A system description needs no more than ten levels; check for stray brackets.',
  };
}

/** Keys that stand twice in one map, with the offset of the second. */
function duplicateKeys(top: unknown): { offset: number; key: string }[] {
  const found: { offset: number; key: string }[] = [];
  const walk = (node: unknown): void => {
    if (isMap(node)) {
      const seen = new Set<string>();
      for (const { key, value } of node.items) {
        if (isScalar(key)) {
          const name = String(key.value);
          if (seen.has(name)) found.push({ offset: key.range?.[0] ?? 0, key: name });
          seen.add(name);
        }
        walk(value);
      }
    } else if (isSeq(node)) {
      for (const item of node.items) walk(item);
    }
  };
  walk(top);
  return found;
}

/** The offset at which brackets nest too deep, before the parser gets to see them; 0 when they do not. */
function flowDepthOffset(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 0x5b || char === 0x7b) {
      depth++;
      if (depth > MAX_DEPTH) return i;
    } else if ((char === 0x5d || char === 0x7d) && depth > 0) depth--;
    else if (char === 0x0a && depth > 0 && /^\S/.test(text.slice(i + 1, i + 2)) && /^[\w-]+:/.test(text.slice(i + 1, i + 40)))
      depth = 0;
  }
  return 0;
}

function kebab(code: string): string {
  return code.toLowerCase().replaceAll('_', '-');
}

/** The parser's message as one sentence without its position, which is printed beside it. */
function plain(message: string): string {
  const first = message.split('\n')[0] ?? message;
  return first.replace(/ at line \d+, column \d+:?$/, '');
}
