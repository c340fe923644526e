import type { Matrix, MatrixFramework, MatrixService, Part, Party, Row, ServiceSplit } from '../../model/matrix.ts';
import type { LineIndex } from '../lines.ts';
import { type Engaged, engagedUnder, isRunBy } from './engaged.ts';
import { halfText } from './sides.ts';

/** Who is responsible for a requirement on some system components. */
export type Responsible = 'TPSP solely' | 'Jointly' | 'Entity solely' | 'Not determined' | 'Not applicable';

/** One way in which a requirement is split, with each TPSP that it is split with and on which services. */
export interface Split {
  responsible: Responsible;
  /** The halves in few words, where both sides hold one; where the requirement does not apply, the reason stands in the entity's. */
  tpspHalf: string;
  entityHalf: string;
  with: With[];
}

/** A TPSP and services. Without a TPSP, what the entity runs itself; without services too, what it does as a whole. */
export interface With {
  tpsp?: Engaged;
  services: MatrixService[];
}

/** Splits the requirements of a framework between the entity and its TPSPs. */
export interface Splitter {
  tpsps: Engaged[];
  /** The ways in which a requirement is split: what TPSPs hold alone first, what the entity holds alone last. */
  split(row: Row): Split[];
}

/** Prepares to split the rows of a framework. */
export function splitter(framework: MatrixFramework, matrix: Matrix, index: LineIndex): Splitter {
  const tpsps = engagedUnder(framework, matrix);
  const involved = new Map(matrix.services.map((service) => [service.id, tpsps.filter(({ party }) => isRunBy(service, party))]));
  return {
    tpsps,
    split(row) {
      if (row.parts.length > 0) return splitsOf(row, involved, index);
      const responsible = row.ownership === 'not-applicable' ? 'Not applicable' : 'Not determined';
      return [{ responsible, tpspHalf: '', entityHalf: row.reason ?? '', with: [] }];
    },
  };
}

function splitsOf(row: Row, involved: ReadonlyMap<string, Engaged[]>, index: LineIndex): Split[] {
  const alone: With[] = [];
  const own: With[] = [];
  const shared: { service: MatrixService; tpsps: Engaged[] }[] = [];
  for (const split of row.services) {
    const service = index.services.get(split.service);
    if (!service) continue;
    const all = involved.get(split.service) ?? [];
    const holding = all.filter(({ party }) => split.parties.includes(party.id));
    // Where no TPSP holds a part the line is the provider's: it manages nothing of it.
    const shown = holding.length > 0 ? holding : all.filter(({ party }) => service.partyId === party.id);
    if (isEntityAlone(split, row, index)) for (const tpsp of shown.length > 0 ? shown : [undefined]) put(own, tpsp, service);
    else if (split.parties.length === 1 && holding.length === 1) put(alone, holding[0], service);
    else shared.push({ service, tpsps: shown });
  }
  const { parts } = index.matrix;
  if (row.parts.some((position) => parts[position]?.service === undefined)) own.push({ services: [] });
  return [
    ...(alone.length > 0 ? [{ responsible: 'TPSP solely' as const, tpspHalf: 'All of it', entityHalf: '', with: alone }] : []),
    ...sharedSplits(row, shared, index),
    ...(own.length > 0 ? [{ responsible: 'Entity solely' as const, tpspHalf: '', entityHalf: 'All of it', with: own }] : []),
  ];
}

function isEntityAlone({ service, parties }: ServiceSplit, row: Row, index: LineIndex): boolean {
  const only = parties.length === 1 ? index.parties.get(parties[0] ?? '') : undefined;
  return only?.kind === 'customer' && !row.undetermined.includes(service);
}

function put(list: With[], tpsp: Engaged | undefined, service: MatrixService): void {
  const known = list.find((entry) => entry.tpsp === tpsp && entry.services.length > 0);
  if (known) known.services.push(service);
  else list.push({ ...(tpsp ? { tpsp } : {}), services: [service] });
}

/** From the point of view of one TPSP, whose a part is. */
type Side = 'this' | 'other' | 'entity' | 'nobody';

/** The parts of each side, and with whom on which services. */
type Way = Record<Side, Part[]> & { with: With[] };

/** Services on which the same sides hold parts of the same controls are split alike; the layers are then named together. */
function sharedSplits(row: Row, shared: { service: MatrixService; tpsps: Engaged[] }[], index: LineIndex): Split[] {
  if (shared.length === 0) return [];
  const byService = new Map<string, Part[]>(shared.map(({ service }) => [service.id, []]));
  for (const position of row.parts) {
    const part = index.matrix.parts[position];
    if (part?.service !== undefined) byService.get(part.service)?.push(part);
  }
  const ways = new Map<string, Way>();
  for (const { service, tpsps } of shared) {
    const parts = byService.get(service.id) ?? [];
    for (const tpsp of tpsps.length > 0 ? tpsps : [undefined]) {
      const sides = parts.map((part) => sideOf(part, tpsp?.party, index));
      const key = signature(parts, sides);
      const way: Way = ways.get(key) ?? { this: [], entity: [], other: [], nobody: [], with: [] };
      ways.set(key, way);
      parts.forEach((part, i) => {
        way[sides[i] ?? 'nobody'].push(part);
      });
      put(way.with, tpsp, service);
    }
  }
  return [...ways.values()].map((way) => splitOf(way, index));
}

function sideOf(part: Part, tpsp: Party | undefined, index: LineIndex): Side {
  if (part.undetermined) return 'nobody';
  if (part.party === tpsp?.id) return 'this';
  return index.parties.get(part.party)?.kind === 'customer' ? 'entity' : 'other';
}

const BITS: Record<Side, number> = { this: 1, entity: 2, other: 4, nobody: 8 };

/** Which sides hold a part of which controls. The parts of a control stand together, in the order of the requirement's controls. */
function signature(parts: readonly Part[], sides: readonly Side[]): string {
  let key = '';
  let control = '';
  let bits = 0;
  parts.forEach((part, i) => {
    if (part.control !== control) {
      key += `${control}${bits},`;
      control = part.control;
      bits = 0;
    }
    bits |= BITS[sides[i] ?? 'nobody'];
  });
  return `${key}${control}${bits}`;
}

function splitOf({ this: own, entity, other, nobody, with: who }: Way, index: LineIndex): Split {
  const behind = [...new Set(other.map((part) => part.party))].map((id) => {
    const half = halfText(
      other.filter((part) => part.party === id),
      index,
    );
    return `With ${index.parties.get(id)?.name ?? id}: ${half}`;
  });
  const entityHalf = [
    halfText(entity, index),
    nobody.length > 0 ? `Nobody has said who holds ${halfText(nobody, index)}; it counts as the entity's` : '',
    ...behind,
  ];
  return {
    responsible: nobody.length > 0 ? 'Not determined' : 'Jointly',
    tpspHalf: halfText(own, index),
    entityHalf: entityHalf.filter(Boolean).join('. '),
    with: who,
  };
}
