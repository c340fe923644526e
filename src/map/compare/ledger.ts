import type { Cause, CauseKind, Origin } from '../../comparison.ts';
import type { Matrix } from '../../model/matrix.ts';
import type { Place } from '../../model/system.ts';

/** The causes found so far. Changes refer to them by id; what nothing in the description explains falls to the catalogue or to demarc. */
export interface Ledger {
  /** Enters a difference. `about` names what it is about: ids of services, parties, controls, requirements … */
  add(
    cause: Omit<Cause, 'place' | 'detail'> & { place?: Place | undefined; detail?: string | undefined },
    about?: readonly (string | undefined)[],
  ): void;
  /** Says that what differs under an id is no difference of its own: others, as far as they are differences, brought it about. */
  follows(id: string, from: readonly string[], about: readonly string[]): void;
  /** Those of the ids that are differences; of those that only follow from others, the others. */
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
  const following = new Map<string, readonly string[]>();
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
  const known = (...ids: string[]): string[] => [
    ...new Set(ids.flatMap((id) => (causes.has(id) ? [id] : known(...(following.get(id) ?? []))))),
  ];
  const catalogues = `catalogue ${before.catalogue.version} → ${after.catalogue.version}`;
  return {
    add({ place, detail, ...cause }, about = []) {
      causes.set(cause.id, { ...cause, ...(detail ? { detail } : {}), ...(place ? { place: placeOnly(place) } : {}) });
      for (const name of new Set(about)) if (name !== undefined) file(subjects, name, cause.id);
      const service = /^service:([^/]*)/.exec(cause.id)?.[1];
      if (service !== undefined) file(services, service, cause.id);
    },
    follows(id, from, about) {
      following.set(id, from);
      for (const name of about) for (const cause of from) file(subjects, name, cause);
    },
    known,
    ofService: (id) => services.get(id) ?? [],
    about(names, spelling) {
      spelled ??= new Map([...subjects.keys()].map((name) => [spelling(name), name]));
      const spellings = spelled;
      const found = [...names].flatMap((name) => subjects.get(name) ?? subjects.get(spellings.get(name) ?? '') ?? []);
      return known(...found);
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
