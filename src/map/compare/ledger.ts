import { isDeepStrictEqual } from 'node:util';
import type { Cause, CauseKind, Origin } from '../../comparison.ts';
import type { Matrix, Place } from '../../model.ts';

/** The causes found so far. Changes refer to them by id; what nothing in the description explains falls to the catalogue or to demarc. */
export interface Ledger {
  /** Enters a difference. `about` names what it is about: ids of services, parties, controls, requirements … */
  add(
    cause: Omit<Cause, 'place' | 'detail'> & { place?: Place | undefined; detail?: string | undefined },
    about?: readonly (string | undefined)[],
  ): void;
  /** Those of the ids that are differences. */
  known(...ids: string[]): string[];
  /** Every difference in how the description describes a service, in the order of its fields. */
  ofService(id: string): string[];
  /** Differences that are about any of the names, as they are or in another spelling. */
  about(names: Iterable<string>, spelling: (name: string) => string): string[];
  /**
   * What explains a difference that the description does not: the catalogue (named by its entry, where there is one), demarc itself
   * where the catalogue is the same, else nothing.
   */
  beyond(entry?: { id: string; title: string }): string;
  all(): Cause[];
}

const ORDER: Record<Origin, number> = { description: 0, time: 1, catalogue: 2, tool: 3, unknown: 4 };

/** An empty ledger for two matrices. */
export function openLedger(before: Matrix, after: Matrix): Ledger {
  const causes = new Map<string, Cause>();
  const subjects = new Map<string, string[]>();
  const services = new Map<string, string[]>();
  let spelled: Map<string, string> | undefined;
  const file = (map: Map<string, string[]>, key: string, id: string): void => {
    const list = map.get(key);
    if (list) list.push(id);
    else map.set(key, [id]);
  };
  const enter = (id: string, kind: CauseKind, origin: Origin, says: string): string => {
    if (!causes.has(id)) causes.set(id, { id, kind, origin, says });
    return id;
  };
  const catalogues = `catalogue ${before.catalogue.version} → ${after.catalogue.version}`;
  return {
    add({ place, detail, ...cause }, about = []) {
      causes.set(cause.id, { ...cause, ...(detail ? { detail } : {}), ...(place ? { place: placeOnly(place) } : {}) });
      for (const name of new Set(about)) if (name !== undefined) file(subjects, name, cause.id);
      const service = /^service:([^/]*)/.exec(cause.id)?.[1];
      if (service !== undefined) file(services, service, cause.id);
    },
    known: (...ids) => ids.filter((id) => causes.has(id)),
    ofService: (id) => services.get(id) ?? [],
    about(names, spelling) {
      spelled ??= new Map([...subjects.keys()].map((name) => [spelling(name), name]));
      const known = spelled;
      return [...new Set([...names].flatMap((name) => subjects.get(name) ?? subjects.get(known.get(name) ?? '') ?? []))];
    },
    beyond(entry) {
      if (before.catalogue.version !== after.catalogue.version) {
        if (!entry) return enter('catalogue', 'catalogue', 'catalogue', catalogues);
        return enter(`catalogue:${entry.id}`, 'catalogue', 'catalogue', `${catalogues}: ${entry.title} differs`);
      }
      if (before.tool.version !== after.tool.version)
        return enter('tool', 'tool', 'tool', `demarc ${before.tool.version} → ${after.tool.version}`);
      return enter('unexplained', 'unexplained', 'unknown', 'nothing that the two matrices record explains it');
    },
    all: () => [...causes.values()].sort((a, b) => ORDER[a.origin] - ORDER[b.origin]),
  };
}

/** Includes may give places more than these; a cause needs no more. */
function placeOnly({ file, line, column }: Place): Place {
  return { file, line, column };
}

/** True for values that say the same, whatever the order of their keys. */
export function same(a: unknown, b: unknown): boolean {
  return a === b || isDeepStrictEqual(a, b);
}

/** True for lists with the same items in any order. */
export function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return same(new Set(a), new Set(b));
}

/** The names of the keys whose values differ, but for places: moving an entry in its file changes nothing. */
export function differingKeys<T extends object>(a: T, b: T): string[] {
  const [from, to] = [placeless(a), placeless(b)] as [Record<string, unknown>, Record<string, unknown>];
  return [...new Set([...Object.keys(to), ...Object.keys(from)])].filter((key) => !same(from[key], to[key]));
}

function placeless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(placeless);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (key === 'place' ? [] : [[key, placeless(inner)]])));
}

/** The names of those fields that differ. */
export function differing<T extends object>(a: T, b: T, fields: readonly (keyof T & string)[]): (keyof T & string)[] {
  return fields.filter((field) => !same(a[field], b[field]));
}

/** Both values with an arrow between them. */
export function arrow(from: string | undefined, to: string | undefined): string {
  return `${from || 'none'} → ${to || 'none'}`;
}

/** The items of both lists by id, those of the newer in its order, then what is gone. */
export function pairs<T>(before: readonly T[], after: readonly T[], id: (item: T) => string): Map<string, { from?: T; to?: T }> {
  const found = new Map<string, { from?: T; to?: T }>(after.map((to) => [id(to), { to }]));
  for (const from of before) found.set(id(from), { ...found.get(id(from)), from });
  return found;
}

/** Several differences in two parts: what a cause says, and its details. A change of status says most. */
export function inShort(differences: readonly { field: string; says: string }[]): { says: string; detail?: string } {
  const [only] = differences;
  if (only && differences.length === 1) return { says: only.says };
  const status = differences.find(({ field }) => field === 'status');
  const rest = differences.filter((difference) => difference !== status);
  return { says: status?.says ?? 'differs', detail: rest.map(({ says }) => says).join(', ') };
}

/** What became of a review. */
export function reviewText({ reviewed }: { reviewed?: { on: string } }): string {
  return reviewed ? `reviewed on ${reviewed.on}` : 'review removed';
}
