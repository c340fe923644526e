import { posix } from 'node:path';
import { didYouMean, type Problem } from '../problem.ts';
import { type ChangeFile, changeFile } from './change-file.ts';
import { readShape, type Schema } from './shape.ts';
import { assurance, providerRecord, type SystemFile, service } from './system-file.ts';
import { type Path, readYaml, type YamlFile } from './yaml.ts';

/** A file of a description as read, with the means to say where each value stands. */
export interface Loaded {
  yaml: YamlFile;
  content: SystemFile;
}

/** Lists of a description that a change can lay itself over, with what makes two entries the same one. */
const LISTS = {
  frameworks: (item) => (typeof item === 'string' ? item : item.id),
  parties: (item) => item.id,
  services: (item) => item.id,
  assurances: (item) => item.id,
  statements: (item) => [item.requirement ?? item.control ?? '', ...[...item.services].sort()].join('/'),
  exclusions: (item) => item.requirement,
  providers: (item) => item.provider,
  'customer-duties': (item) => item.id,
  processing: (item) => item.id,
  transfers: (item) => [item.service, item.provider, item.country].join('/'),
  suppressions: (item) => item.finding,
} as const satisfies { [K in ListKey]: (item: SystemFile[K][number]) => string };
type ListKey = Exclude<keyof ChangeFile & keyof SystemFile, 'demarc' | 'roles' | 'conditions'>;
type Item = Record<string, unknown>;

/** Lists whose entries are laid over key by key, with what an entry has to say where it is new. Others are replaced as a whole. */
const FULL: Partial<Record<ListKey, Schema>> = { services: service, assurances: assurance, providers: providerRecord };
/** What a service is; one that becomes another loses the choices that belonged to the old one. */
const DELIVERY = ['service', 'model', 'provider'];
const OF_DELIVERY = ['options', 'facts', 'components', 'managed-by'];
/** Maps whose keys are laid over one by one. */
const MAPS = new Set(['options', 'facts', 'components']);

/** Where a value of the merged description stands: in a file of the description, and over it in the change. */
interface Origin {
  yaml: YamlFile;
  path: Path;
  over?: { yaml: YamlFile; path: Path };
}

/** Reads a change. Problems are added to `problems`; nothing is given then. */
export function readChange(text: string, file: string, problems: Problem[]): { yaml: YamlFile; content: ChangeFile } | undefined {
  const yaml = readYaml(text, file);
  problems.push(...yaml.problems);
  if (yaml.value === undefined) return undefined;
  const shaped = readShape(changeFile, yaml, [], yaml.value ?? {});
  problems.push(...shaped.problems);
  return shaped.value && { yaml, content: shaped.value };
}

/**
 * Lays a change over the files of a description: entries with the same id are replaced (services, assurances and provider records only in
 * what the change says), others are added at the end, what it removes goes, with everything that spoke of it alone. Problems found later
 * name the change where it said something, and the description elsewhere.
 */
export function layOver(
  loaded: readonly Loaded[],
  change: { yaml: YamlFile; content: ChangeFile },
  problems: Problem[],
): Loaded[] {
  const origins = loaded.map(({ yaml, content }) => {
    const found = new Map<string, Origin>();
    for (const key of listKeys())
      content[key].forEach((_, i) => {
        found.set(`${key}.${i}`, { yaml, path: [key, i] });
      });
    return found;
  });
  const merged = loaded.map(({ content }) => structuredClone(content));
  for (const key of listKeys()) layList(key, merged, origins, loaded, change, problems);
  for (const key of ['roles', 'conditions'] as const) {
    for (const [name, value] of Object.entries(change.content[key])) {
      const at = merged.findIndex((content) => Object.hasOwn(content[key], name));
      const content = merged[Math.max(0, at)];
      if (content) Object.assign(content[key], { [name]: value });
      origins[Math.max(0, at)]?.set(`${key}.${name}`, { yaml: change.yaml, path: [key, name] });
    }
  }
  const before = namesIn(loaded.map(({ content }) => content));
  remove(merged, origins, change, problems);
  forget(merged, origins, before);
  return loaded.map(({ yaml }, i) => ({
    yaml: relocated(yaml, origins[i] ?? new Map()),
    content: merged[i] as SystemFile,
  }));
}

function listKeys(): ListKey[] {
  return Object.keys(LISTS) as ListKey[];
}

/** The same question for every list; the type of an entry is known to its own function alone. */
function nameOf(key: ListKey, item: unknown): string {
  return (LISTS[key] as (item: unknown) => string)(item);
}

function layList(
  key: ListKey,
  merged: SystemFile[],
  origins: Map<string, Origin>[],
  loaded: readonly Loaded[],
  { yaml, content }: { yaml: YamlFile; content: ChangeFile },
  problems: Problem[],
): void {
  content[key].forEach((item, i) => {
    const over = { yaml, path: [key, i] };
    const name = nameOf(key, item);
    for (const [at, target] of merged.entries()) {
      const list = target[key] as unknown[];
      const position = list.findIndex((entry) => nameOf(key, entry) === name);
      if (position === -1) continue;
      const file = loaded[at]?.yaml.file ?? '';
      list[position] = laidOver(list[position], rebased(item, yaml.file, file), key);
      const origin = origins[at]?.get(`${key}.${position}`);
      if (origin) origins[at]?.set(`${key}.${position}`, FULL[key] ? { ...origin, over } : over);
      return;
    }
    const whole = FULL[key] ? wholeEntry(FULL[key], over, problems) : item;
    if (whole === undefined) return;
    // At the very end, because of two statements that fit alike the later one holds.
    const list = merged.at(-1)?.[key] as unknown[];
    list.push(rebased(whole, yaml.file, loaded.at(-1)?.yaml.file ?? ''));
    origins.at(-1)?.set(`${key}.${list.length - 1}`, over);
  });
}

/** A new entry has to say everything that a description has to say. */
function wholeEntry(schema: Schema, { yaml, path }: { yaml: YamlFile; path: Path }, problems: Problem[]): unknown {
  const [key = '', i = 0] = path;
  const raw = (yaml.value as Record<string, unknown[]>)[key]?.[Number(i)];
  const shaped = readShape(schema, yaml, path, raw);
  problems.push(...shaped.problems);
  return shaped.value;
}

function laidOver(base: unknown, item: unknown, key: ListKey): unknown {
  if (!FULL[key]) return item;
  const old = base as Item;
  const given = item as Item;
  const other = key === 'services' && DELIVERY.some((name) => given[name] !== undefined && given[name] !== old[name]);
  const kept = other ? Object.fromEntries(Object.entries(old).filter(([name]) => !DELIVERY.includes(name))) : { ...old };
  if (other) for (const name of OF_DELIVERY) kept[name] = name === 'managed-by' ? [] : {};
  for (const [name, value] of Object.entries(given))
    kept[name] = MAPS.has(name) ? { ...(kept[name] as Item), ...(value as Item) } : value;
  return kept;
}

/** Files are named from the file that names them; what moves from the change into another file names them from there. */
function rebased<T>(item: T, from: string, to: string): T {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === 'file' && typeof inner === 'string'
          ? posix.relative(posix.dirname(to), posix.join(posix.dirname(from), inner))
          : walk(inner),
      ]),
    );
  };
  return walk(item) as T;
}

/** Takes out what the change removes. Each name has to be there. */
function remove(
  merged: SystemFile[],
  origins: Map<string, Origin>[],
  { yaml, content }: { yaml: YamlFile; content: ChangeFile },
  problems: Problem[],
): void {
  for (const [key, names] of Object.entries(content.remove ?? {}) as [ListKey, string[]][]) {
    const called = (item: unknown): string[] => {
      if (key !== 'statements') return [nameOf(key, item)];
      const { control, requirement } = item as SystemFile['statements'][number];
      return [requirement ?? control ?? ''];
    };
    const known = new Set(merged.flatMap((target) => (target[key] as unknown[]).flatMap(called)));
    names.forEach((name, i) => {
      if (known.has(name)) return;
      const meant = didYouMean(name, known);
      const message = `the description has nothing called \`${name}\` under \`${key}\``;
      const hint = meant ? { hint: `Did you mean \`${meant}\`?` } : {};
      problems.push(yaml.problemAt(['remove', key, i], { code: 'nothing-to-remove', message, ...hint }));
    });
    drop(merged, origins, key, (item) => called(item).some((name) => names.includes(name)));
  }
}

function drop(merged: SystemFile[], origins: Map<string, Origin>[], key: ListKey, goes: (item: unknown) => boolean): void {
  merged.forEach((content, at) => {
    const list = content[key] as unknown[];
    const kept = list.flatMap((item, i) => (goes(item) ? [] : [{ item, origin: origins[at]?.get(`${key}.${i}`) }]));
    if (kept.length === list.length) return;
    list.forEach((_, i) => {
      origins[at]?.delete(`${key}.${i}`);
    });
    list.splice(0, list.length, ...kept.map(({ item }) => item));
    kept.forEach(({ origin }, i) => {
      if (origin) origins[at]?.set(`${key}.${i}`, origin);
    });
  });
}

/** What the rest of a description calls services and providers by. */
function namesIn(contents: readonly SystemFile[]): { services: Set<string>; providers: Set<string> } {
  const services = contents.flatMap((content) => content.services);
  const references = services.flatMap((one) => one.service ?? []);
  return {
    services: new Set([...services.map((one) => one.id), ...references]),
    providers: new Set([
      ...references.map((reference) => reference.split('/')[0] ?? ''),
      ...services.flatMap((one) => one.provider ?? []),
      ...contents.flatMap((content) => content.parties.map((party) => party.id)),
    ]),
  };
}

/**
 * Takes out what spoke only of services and providers that are no longer there. A statement or assurance for two services is then one
 * for the other; one for nothing else goes, because for no service by name it would be for all.
 */
function forget(merged: SystemFile[], origins: Map<string, Origin>[], before: ReturnType<typeof namesIn>): void {
  const now = namesIn(merged);
  const gone = new Set([...before.services].filter((name) => !now.services.has(name)));
  const providers = new Set([...before.providers].filter((name) => !now.providers.has(name)));
  if (gone.size + providers.size === 0) return;
  const stays = (name: string): boolean => !gone.has(name);
  const idle = ({ services }: { services: string[] }): boolean => services.length > 0 && !services.some(stays);
  drop(merged, origins, 'statements', (item) => idle(item as SystemFile['statements'][number]));
  drop(merged, origins, 'customer-duties', (item) => idle(item as SystemFile['customer-duties'][number]));
  drop(merged, origins, 'transfers', (item) => {
    const { service = '', provider = '' } = item as SystemFile['transfers'][number];
    return gone.has(service) || providers.has(provider);
  });
  drop(merged, origins, 'providers', (item) => providers.has((item as SystemFile['providers'][number]).provider));
  drop(merged, origins, 'assurances', (item) => {
    const one = item as SystemFile['assurances'][number];
    return idle(one) || providers.has(one.provider);
  });
  for (const content of merged) {
    for (const one of [...content.statements, ...content['customer-duties'], ...content.processing, ...content.assurances])
      one.services = one.services.filter(stays);
    for (const { excludes } of content.assurances) excludes.services = excludes.services.filter(stays);
    for (const record of content.providers) {
      record['sub-processors'] = record['sub-processors'].filter((sub) => !idle(sub));
      record.claims = record.claims.filter((claim) => !idle(claim));
      for (const one of [...record['sub-processors'], ...record.claims]) one.services = one.services.filter(stays);
    }
  }
}

/** The file with its places looked up where each value came from. */
function relocated(yaml: YamlFile, origins: ReadonlyMap<string, Origin>): YamlFile {
  const find = (path: Path): { yaml: YamlFile; path: Path } => {
    const [key, index, ...rest] = path;
    const origin = origins.get(`${key}.${index}`);
    if (!origin) return { yaml, path };
    if (origin.over && says(origin.over, rest)) return { yaml: origin.over.yaml, path: [...origin.over.path, ...rest] };
    return { yaml: origin.yaml, path: [...origin.path, ...rest] };
  };
  return {
    ...yaml,
    placeOf: (path) => {
      const found = find(path);
      return found.yaml.placeOf(found.path);
    },
    placeOfKey: (path) => {
      const found = find(path);
      return found.yaml.placeOfKey(found.path);
    },
    problemAt: (path, problem, options) => {
      const found = find(path);
      return found.yaml.problemAt(found.path, problem, options);
    },
  };
}

/** True where a file has a value at a path. */
function says({ yaml, path }: { yaml: YamlFile; path: Path }, rest: Path): boolean {
  let value: unknown = yaml.value;
  for (const step of [...path, ...rest]) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return false;
    value = (value as Record<string | number, unknown>)[step];
  }
  return true;
}
