import { assuranceEnd, hasBegun } from '../../assurances.ts';
import type { Cell, Run } from '../../document.ts';
import type { AssuranceType } from '../../model/catalogue.ts';
import type { Matrix, MatrixService } from '../../model/matrix.ts';
import type { Assurance } from '../../model/system.ts';
import { joinNames, longDate } from '../../sentence.ts';
import { ASSURANCE } from '../../terms.ts';
import { cell, plain } from '../cells.ts';
import { assuranceText, missing } from './cells.ts';
import { type Engaged, proofFor, regionsLeftOut } from './engaged.ts';

/** Which papers on file speak for some services of a provider, and what they leave open. */
export interface Proofs {
  /** Each paper relied on with the services it speaks for. */
  relied: { assurance: Assurance; services: MatrixService[] }[];
  /** Services for which there is none. */
  without: MatrixService[];
}

/** The best paper of some kinds for each of the services. */
export function proofsFor(
  services: readonly MatrixService[],
  from: Engaged,
  types: readonly AssuranceType[],
  asOf: string,
): Proofs {
  const relied = new Map<Assurance, MatrixService[]>();
  const without: MatrixService[] = [];
  for (const service of services) {
    const proof = proofFor(service, from, types, asOf);
    if (proof) relied.set(proof, [...(relied.get(proof) ?? []), service]);
    else without.push(service);
  }
  return { relied: [...relied].map(([assurance, own]) => ({ assurance, services: own })), without };
}

/** Whether there is a paper for every service, and nothing is to be said against any. */
export function isWhole({ relied, without }: Proofs, asOf: string): boolean {
  return without.length === 0 && relied.every(({ assurance, services }) => reservations(assurance, services, asOf).length === 0);
}

/** What keeps a paper from being proof for services on a day, each as a predicate of it: not begun, run out, regions it leaves out. */
export function reservations(assurance: Assurance, services: readonly MatrixService[], asOf: string): string[] {
  const end = assuranceEnd(assurance);
  const regions = new Set(services.flatMap((service) => regionsLeftOut(assurance, service)));
  return [
    ...(end !== undefined && end < asOf
      ? [assurance.expires ? 'has run out' : `has run out, having counted until ${longDate(end)}`]
      : []),
    ...(hasBegun(assurance, asOf) ? [] : [`is not yet there on ${longDate(asOf)}`]),
    ...(regions.size > 0 ? [`does not cover ${joinNames([...regions])}`] : []),
  ];
}

/** The papers in lines: each with the services it speaks for where it is not all of them, and what is left open. */
export function proofCell(
  services: readonly MatrixService[],
  from: Engaged,
  types: readonly AssuranceType[],
  matrix: Pick<Matrix, 'audience' | 'asOf'>,
): Cell {
  const { asOf } = matrix;
  const kind = types.map((type) => ASSURANCE[type]).join(' or ');
  const { relied, without } = proofsFor(services, from, types, asOf);
  if (relied.length === 0) return missing(matrix, 'assurances:', `No ${kind}`);
  const paragraphs = relied.map(({ assurance, services: own }): Run[] => {
    const open = reservations(assurance, own, asOf);
    return [
      plain(assuranceText(assurance)),
      ...(own.length < services.length ? [plain(`; for ${namesAmong(own, services)}`)] : []),
      ...(open.length > 0 ? [{ text: `; ${joinNames(open)}`, bold: true }] : []),
    ];
  });
  if (without.length === 0) return cell(paragraphs);
  const none: Run[] = [plain(`None for ${joinNames(without.map((service) => service.name))}.`)];
  return cell([...paragraphs, none], [{ text: 'In part', tone: 'amber' }]);
}

/** Some of the services by name, or those that are left out where they are fewer. */
export function namesAmong(
  some: readonly MatrixService[],
  all: readonly MatrixService[],
  nameOf: (service: MatrixService) => string = ({ name }) => name,
): string {
  const rest = all.filter((service) => !some.includes(service));
  if (rest.length === 0 && all.length > 3) return `all ${all.length} services`;
  return some.length > 3 && rest.length < some.length ? `all but ${joinNames(rest.map(nameOf))}` : joinNames(some.map(nameOf));
}
