import type { Matrix, MatrixService } from '../../model/matrix.ts';
import type { TransferRecord } from '../../model/system.ts';
import { sameSet } from './differences.ts';
import { legOf, REGISTERS, SAFEGUARD, safeguardName } from './registers.ts';
import { statementIds } from './statements.ts';

/**
 * What can be taken from one matrix and laid into another, so that the rules can be asked what they would have found: lists whose entries
 * the description says one by one, the days, and all the rest together.
 */
export interface Layer {
  /** Whether a cause, by its id, is a difference in this layer. */
  holds(cause: string): boolean;
  /** The first matrix with what the second has in this layer: everything, or the entries that the causes name. */
  lay(into: Matrix, from: Matrix, causes?: ReadonlySet<string>): Matrix;
  /** True where single entries can be laid over. */
  entries: boolean;
}

/** A list of the matrix, with the cause that names each entry. */
function list<T>(
  prefix: string,
  get: (matrix: Matrix) => readonly T[],
  set: (matrix: Matrix, entries: T[]) => Partial<Matrix>,
  name: (entries: readonly T[]) => string[],
): Layer {
  return {
    holds: (cause) => cause.startsWith(prefix),
    lay(into, from, causes) {
      const keep = (matrix: Matrix, wanted: (cause: string) => boolean): T[] => {
        const names = name(get(matrix));
        return get(matrix).filter((_, position) => wanted(names[position] ?? ''));
      };
      const entries = causes
        ? [...keep(into, (cause) => !causes.has(cause)), ...keep(from, (cause) => causes.has(cause))]
        : [...get(from)];
      // Entries may name files that only their own matrix knows.
      const known = new Set(into.attachments.map(({ path }) => path));
      const attachments = [...into.attachments, ...from.attachments.filter(({ path }) => !known.has(path))];
      return { ...into, attachments, ...set(into, entries) };
    },
    entries: true,
  };
}

/** Something that a matrix has once. */
function single(id: string, set: (from: Matrix, into: Matrix) => Partial<Matrix>): Layer {
  return { holds: (cause) => cause === id, lay: (into, from) => ({ ...into, ...set(from, into) }), entries: false };
}

/** Something about services that are there on both sides; `moves` where data go elsewhere with it. */
function ofServices(holds: RegExp, take: (from: MatrixService, into: MatrixService) => MatrixService, moves = false): Layer {
  return {
    holds: (cause) => holds.test(cause),
    lay(into, from, causes) {
      const named = causes && new Set([...causes].map((cause) => holds.exec(cause)?.[1]));
      const others = new Map(from.services.map((service) => [service.id, service]));
      const taken = (id: string): boolean => others.has(id) && (!named || named.has(id));
      const services = into.services.map((service) => {
        const other = others.get(service.id);
        return other && taken(service.id) ? take(other, service) : service;
      });
      if (!moves) return { ...into, services };
      const moved = new Set(
        into.services.flatMap(({ id, regions }) => (taken(id) && !sameSet(regions, others.get(id)?.regions ?? []) ? id : [])),
      );
      const transfers = [
        ...into.transfers.filter(({ service }) => !moved.has(service)),
        ...from.transfers.filter(({ service }) => moved.has(service)),
      ];
      return { ...into, services, transfers };
    },
    entries: true,
  };
}

const APART: readonly Layer[] = [
  single('as-of', ({ asOf }) => ({ asOf })),
  {
    ...single('period', () => ({})),
    lay({ period: _, ...into }, { period }) {
      return { ...into, ...(period ? { period } : {}) };
    },
  },
  single('system.owner', ({ system: { owner } }, { system: { owner: _, ...system } }) => ({
    system: { ...system, ...(owner === undefined ? {} : { owner }) },
  })),
  list(
    'statement:',
    ({ statements }) => statements,
    (_, statements) => ({ statements }),
    statementIds,
  ),
  list(
    'assurance:',
    ({ assurances }) => assurances,
    (_, assurances) => ({ assurances }),
    (entries) => entries.map(({ id }) => `assurance:${id}`),
  ),
  ...REGISTERS.map(({ what, get, set, id }) =>
    list(
      `${what}:`,
      get,
      (_, entries) => set(entries),
      (entries) => entries.map((entry) => `${what}:${id(entry)}`),
    ),
  ),
  // Regions and owners of services that are there on both sides move no part.
  ofServices(/^service:([^/]*)\/regions$/, ({ regions, countries }, service) => ({ ...service, regions, countries }), true),
  ofServices(/^service:([^/]*)\/owner$/, ({ owner }, { owner: _, ...service }) => ({
    ...service,
    ...(owner === undefined ? {} : { owner }),
  })),
  // Where data go is the doing of services; only what is on file for it is said by itself.
  {
    holds: (cause) => cause.startsWith(`${SAFEGUARD}:`),
    lay(into, from, causes) {
      const named = (record: TransferRecord | undefined): boolean =>
        record !== undefined && causes?.has(`${SAFEGUARD}:${safeguardName(record)}`) === true;
      const legs = new Map(from.transfers.map((transfer) => [legOf(transfer), transfer]));
      const transfers = into.transfers.map((transfer) => {
        const other = legs.get(legOf(transfer));
        if (!other || (causes && !named(transfer.record) && !named(other.record))) return transfer;
        const { record: _, ...rest } = transfer;
        return { ...rest, ...(other.record ? { record: other.record } : {}) };
      });
      return { ...into, transfers };
    },
    entries: true,
  },
  {
    holds: (cause) => cause.startsWith('file:'),
    lay(into, from, causes) {
      const files = new Map(from.attachments.map((file) => [file.path, file]));
      const wanted = (path: string): boolean => causes === undefined || causes.has(`file:${path}`);
      return { ...into, attachments: into.attachments.map((file) => (wanted(file.path) && files.get(file.path)) || file) };
    },
    entries: true,
  },
];

/** Who holds what, with everything from which that follows. */
const STRUCTURE: Layer = {
  holds: (cause) => APART.every((layer) => !layer.holds(cause)),
  lay: (into, from) => APART.reduce((matrix, layer) => layer.lay(matrix, into), from),
  entries: false,
};

/** Every layer; each cause lies in one of them. */
export const LAYERS: readonly Layer[] = [STRUCTURE, ...APART];

/** True for the layer of services, parts and requirements. */
export function isStructure(layer: Layer): boolean {
  return layer === STRUCTURE;
}
