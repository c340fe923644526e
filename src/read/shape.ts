import * as v from 'valibot';
import { didYouMean, type Problem } from '../problem.ts';
import type { Path, YamlFile } from './yaml.ts';

/** How many problems of one file are shown. */
const MOST_PROBLEMS = 100;

/** Any schema this project validates YAML with. */
export type Schema<T = unknown> = v.GenericSchema<unknown, T>;

/**
 * Holds a YAML value against a schema. Every deviation is reported with its place: unknown keys (with the key that was probably
 * meant), missing keys, wrong types, values outside a list, impossible dates. Returns undefined where anything was wrong.
 */
export function readShape<T>(
  schema: Schema<T>,
  yaml: YamlFile,
  path: Path = [],
  value: unknown = yaml.value,
): { value?: T; problems: Problem[] } {
  const problems: Problem[] = [];
  let more = 0;
  // A misspelled key is one mistake, not an unknown key and a missing one.
  const misspelled = new Set<string>();
  const wrongKind = (at: Path): void => {
    const name = nameOf(at, yaml.value);
    problems.push(
      yaml.problemAt(at, {
        code: 'wrong-type',
        message: `${name} should be a map of keys and values, but here is a list`,
        hint: 'Write `key: value` lines without dashes.',
      }),
    );
  };
  unknownKeys(schema, value, path, wrongKind, (at, known) => {
    // Finding the place of each of a hundred thousand keys would take minutes, and nobody would read them.
    if (problems.length >= MOST_PROBLEMS) {
      more += 1;
      return;
    }
    const key = String(at.at(-1));
    const meant = didYouMean(key, known);
    if (meant) misspelled.add([...at.slice(0, -1), meant].join('.'));
    problems.push(
      yaml.problemAt(
        at,
        {
          code: 'unknown-key',
          message: `unknown key \`${key}\``,
          hint: meant
            ? `Did you mean \`${meant}\`?`
            : known.length > 0
              ? `Known keys here: ${known.join(', ')}.`
              : 'Choose another name.',
        },
        { key: true },
      ),
    );
  });
  const result = v.safeParse(schema, value);
  if (!result.success) {
    for (const issue of result.issues) {
      if (problems.length >= MOST_PROBLEMS) more += 1;
      else collect(issue as Issue, path, yaml, problems, misspelled);
    }
  }
  if (more > 0)
    problems.push(yaml.problemAt([], { code: 'more-problems', message: `${more} further problems in this file are not shown` }));
  return problems.length === 0 && result.success ? { value: result.output, problems } : { problems };
}

type Issue = v.BaseIssue<unknown>;

function collect(issue: Issue, base: Path, yaml: YamlFile, problems: Problem[], misspelled: ReadonlySet<string>): void {
  const path = [...base, ...(issue.path ?? []).map((item) => item.key as string | number)];
  if (issue.type === 'strict_object' && issue.expected === 'never') return; // unknownKeys has reported all of them
  if (issue.type === 'union' && issue.issues) {
    // A short form or a map: judge what was written by the branch of its own kind.
    const isMap = typeof issue.input === 'object' && issue.input !== null && !Array.isArray(issue.input);
    const nested = issue.issues.filter((inner) =>
      isMap ? inner.path !== undefined : inner.path === undefined && inner.type !== 'strict_object',
    );
    const relevant = nested.filter((inner) => isMap || typeName(inner.input) !== 'map' || inner.kind !== 'schema');
    if (isMap && nested.length > 0) {
      for (const inner of nested) collect(inner as Issue, path, yaml, problems, misspelled);
      return;
    }
    const validation = relevant.find((inner) => inner.kind === 'validation');
    if (validation) {
      collect(validation as Issue, path, yaml, problems, misspelled);
      return;
    }
  }
  const name = nameOf(path, yaml.value);
  if (issue.kind === 'schema' && issue.received === 'undefined') {
    if (misspelled.has(path.join('.'))) return;
    const options = issue.type === 'picklist' ? { hint: `Write one of: ${optionsOf(issue).join(', ')}.` } : {};
    const owner = path.slice(0, -1);
    const where = typeof owner.at(-1) === 'number' ? `in ${nameOf(owner, yaml.value)}` : 'here';
    problems.push(yaml.problemAt(owner, { code: 'missing-key', message: `the key ${name} is missing ${where}`, ...options }));
    return;
  }
  if (issue.type === 'picklist') {
    const options = optionsOf(issue);
    const meant = typeof issue.input === 'string' ? didYouMean(issue.input, options) : undefined;
    problems.push(
      yaml.problemAt(path, {
        code: 'unknown-value',
        message: `${shown(issue.input)} is not a value of ${name}`,
        hint: meant ? `Did you mean \`${meant}\`?` : `Write one of: ${options.join(', ')}.`,
      }),
    );
    return;
  }
  if (issue.kind === 'validation') {
    problems.push(yaml.problemAt(path, { code: 'bad-value', message: `${name}: ${issue.message}` }));
    return;
  }
  const hint =
    issue.expected === 'string' && typeof issue.input === 'number'
      ? 'Put it in quotes: YAML reads 1.10 as the number 1.1.'
      : `Write ${typeText(issue.expected)}.`;
  problems.push(
    yaml.problemAt(path, {
      code: 'wrong-type',
      message: `${name} should be ${typeText(issue.expected)}, but here is ${typeName(issue.input)}`,
      hint,
    }),
  );
}

/** Keys by which people know an entry of a list, the surest first. */
const NAMES = ['id', 'name', 'title', 'control', 'requirement', 'provider', 'service', 'finding', 'party', 'framework'];

/** How a message calls the value at a path: by its key, or as an entry of a list by its own name or its number there. */
function nameOf(path: Path, file: unknown): string {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  if (typeof last !== 'number') return `\`${last}\``;
  const list = path.slice(0, -1).findLast((step) => typeof step === 'string');
  const entry = path.reduce<unknown>(
    (value, step) => (isMap(value) || Array.isArray(value) ? value[step as never] : undefined),
    file,
  );
  const own = isMap(entry)
    ? NAMES.map((key) => entry[key]).find((value) => typeof value === 'string' && value !== '')
    : undefined;
  const what = own === undefined ? `entry ${last + 1}` : `the entry \`${shorten(own as string)}\``;
  return list === undefined ? what : `${what} of \`${list}\``;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function optionsOf(issue: Issue): string[] {
  return ((issue.requirement ?? (issue as { options?: unknown }).options ?? parseOptions(issue.expected)) as unknown[]).map(
    String,
  );
}

function parseOptions(expected: string | null): string[] {
  return (expected ?? '').replace(/[()"]/g, '').split(' | ');
}

function typeText(expected: string | null): string {
  if (expected === null) return 'a valid value';
  if (expected === 'Array') return 'a list';
  if (expected === 'Object') return 'a map of keys and values';
  if (expected === 'string') return 'text';
  if (expected === 'boolean') return 'true or false';
  if (expected.includes('|')) {
    const kinds = expected
      .replace(/[()]/g, '')
      .split(' | ')
      .filter((kind) => kind !== 'undefined');
    return [...new Set(kinds.map(typeText))].join(' or ');
  }
  return expected;
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return 'text';
  return `the ${typeof value} ${String(value)}`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `\`${value.slice(0, 60)}\`` : typeName(value);
}

type Loose = {
  type: string;
  entries?: Record<string, Loose>;
  item?: Loose;
  value?: Loose;
  wrapped?: Loose;
  options?: Loose[];
  pipe?: Loose[];
};

/** Names that JavaScript objects treat specially; the schema library passes over them in silence. */
const UNSAFE = new Set(['__proto__', 'prototype', 'constructor']);

/**
 * Walks a value beside its schema and reports what the schema library lets pass: keys that no strict object knows, and lists where
 * maps should be.
 */
function unknownKeys(
  schema: Schema,
  value: unknown,
  path: Path,
  wrongKind: (path: Path) => void,
  report: (path: Path, known: string[]) => void,
): void {
  const visit = (node: Loose, at: unknown, here: Path): void => {
    if (typeof at !== 'object' || at === null) return;
    if (node.wrapped) {
      visit(node.wrapped, at, here);
      return;
    }
    if (node.type === 'union') {
      const branch = node.options?.find((option) => (Array.isArray(at) ? unwrap(option).item : unwrap(option).entries));
      if (branch) visit(branch, at, here);
      return;
    }
    if (Array.isArray(at) && (node.entries || node.type === 'record')) wrongKind(here);
    else if (node.entries) {
      const known = Object.keys(node.entries);
      for (const [key, inner] of Object.entries(at)) {
        const child = Object.hasOwn(node.entries, key) ? node.entries[key] : undefined;
        if (child) visit(child, inner, [...here, key]);
        else report([...here, key], known);
      }
    } else if (node.item && Array.isArray(at)) {
      const item = node.item;
      at.forEach((inner, index) => {
        visit(item, inner, [...here, index]);
      });
    } else if (node.type === 'record' && node.value) {
      for (const [key, inner] of Object.entries(at)) {
        if (UNSAFE.has(key)) report([...here, key], []);
        else visit(node.value, inner, [...here, key]);
      }
    }
  };
  visit(schema as unknown as Loose, value, path);
}

function unwrap(node: Loose): Loose {
  return node.wrapped ? unwrap(node.wrapped) : node;
}
