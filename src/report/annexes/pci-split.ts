import type { Matrix, MatrixFramework, MatrixService, Part, Row } from '../../model.ts';
import type { LineIndex } from '../lines.ts';
import { type Engaged, engagedUnder, isRunBy } from './engaged.ts';
import { halfText } from './sides.ts';

/** Who is responsible for a requirement on some system components. */
export type Responsible = 'TPSP solely' | 'Jointly' | 'Entity solely' | 'Not determined' | 'Not applicable';

/** One way in which a requirement is split, with each TPSP that it is split with and on which services. */
export interface Split {
  responsible: Responsible;
  /** The halves in few words; where nobody is responsible, the reason stands in the entity's. */
  tpspHalf: string;
  entityHalf: string;
  /** Without a TPSP, what the entity runs itself; without services too, what it does as a whole. */
  with: { tpsp?: Engaged; services: MatrixService[] }[];
}

/** Splits the requirements of a framework between the entity and its TPSPs. */
export interface Splitter {
  tpsps: Engaged[];
  /** The ways in which a requirement is split: what TPSPs hold alone first, what the entity holds alone last. */
  split(row: Row): Split[];
}

const ORDER: Responsible[] = ['TPSP solely', 'Jointly', 'Entity solely', 'Not determined'];

/** Prepares to split the rows of a framework. */
export function splitter(framework: MatrixFramework, matrix: Matrix, index: LineIndex): Splitter {
  const tpsps = engagedUnder(framework, matrix);
  const involved = new Map(matrix.services.map((service) => [service.id, tpsps.filter(({ party }) => isRunBy(service, party))]));
  // Requirements with the same controls are split alike.
  const known = new Map<string, Split[]>();
  return {
    tpsps,
    split(row) {
      if (row.parts.length === 0) {
        const responsible = row.ownership === 'not-applicable' ? 'Not applicable' : 'Not determined';
        return [{ responsible, tpspHalf: '', entityHalf: row.reason ?? '', with: [] }];
      }
      const key = row.parts.join();
      const splits = known.get(key) ?? splitsOf(row, involved, index);
      known.set(key, splits);
      return splits;
    },
  };
}

/** Services on which the same sides hold parts of the same controls are split alike; the layers are then named together. */
function splitsOf(row: Row, involved: ReadonlyMap<string, Engaged[]>, index: LineIndex): Split[] {
  const byService = new Map<string, Part[]>();
  for (const position of row.parts) {
    const part = index.matrix.parts[position];
    if (!part) continue;
    const own = byService.get(part.service ?? '');
    if (own) own.push(part);
    else byService.set(part.service ?? '', [part]);
  }
  const ways = new Map<string, Way>();
  const add = (tpsp: Engaged | undefined, service: MatrixService | undefined, parts: readonly Part[]): void => {
    const sides = parts.map((part) => sideOf(part, tpsp, index));
    const key = signature(parts, sides);
    const way: Way = ways.get(key) ?? { this: [], entity: [], other: [], nobody: [], who: new Map() };
    ways.set(key, way);
    parts.forEach((part, i) => {
      way[sides[i] ?? 'nobody'].push(part);
    });
    const services = way.who.get(tpsp) ?? [];
    way.who.set(tpsp, services);
    if (service) services.push(service);
  };
  for (const { service: id } of row.services) {
    const service = index.services.get(id);
    if (!service) continue;
    const own = byService.get(id) ?? [];
    const holding = new Set(own.filter((part) => !part.undetermined).map((part) => part.party));
    const all = involved.get(id) ?? [];
    const named = all.filter(({ party }) => holding.has(party.id));
    // Where no TPSP holds a part the line is the provider's: it manages nothing of it.
    const shown = named.length > 0 ? named : all.filter(({ party }) => service.partyId === party.id);
    if (shown.length === 0) add(undefined, service, own);
    for (const tpsp of shown) add(tpsp, service, own);
  }
  const whole = byService.get('') ?? [];
  if (whole.length > 0) add(undefined, undefined, whole);
  return [...ways.values()]
    .map((way) => splitOf(way, index))
    .sort((a, b) => ORDER.indexOf(a.responsible) - ORDER.indexOf(b.responsible));
}

/** From the point of view of one TPSP, whose a part is. */
type Side = 'this' | 'other' | 'entity' | 'nobody';

/** The parts of each side, and with whom on which services. */
type Way = Record<Side, Part[]> & { who: Map<Engaged | undefined, MatrixService[]> };

function sideOf(part: Part, tpsp: Engaged | undefined, index: LineIndex): Side {
  if (part.undetermined) return 'nobody';
  if (part.party === tpsp?.party.id) return 'this';
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

function splitOf({ this: own, entity, other, nobody, who }: Way, index: LineIndex): Split {
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
    responsible: responsibleFor(own.length > 0, entity.length > 0, other.length > 0, nobody.length > 0),
    tpspHalf: halfText(own, index),
    entityHalf: entityHalf.filter(Boolean).join('. '),
    with: [...who].map(([tpsp, services]) => ({ ...(tpsp ? { tpsp } : {}), services })),
  };
}

function responsibleFor(isTpsp: boolean, isEntity: boolean, isOther: boolean, isNobody: boolean): Responsible {
  if (isNobody) return 'Not determined';
  if (!isTpsp && !isOther) return 'Entity solely';
  return isEntity || isOther ? 'Jointly' : 'TPSP solely';
}
