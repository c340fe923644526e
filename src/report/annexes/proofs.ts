import { assuranceEnd, hasBegun, isInForce } from '../../assurances.ts';
import type { Cell, Run } from '../../document.ts';
import type { AssuranceType } from '../../model/catalogue.ts';
import type { Matrix, MatrixService } from '../../model/matrix.ts';
import type { Assurance } from '../../model/system.ts';
import { joinNames, longDate } from '../../sentence.ts';
import { ASSURANCE } from '../../terms.ts';
import { cell, plain } from '../cells.ts';
import { assuranceText, missing } from './cells.ts';
import { type Engaged, isElsewhere, proofFor, regionsLeftOut } from './engaged.ts';

/** Which papers on file speak for some services of a provider, and what they leave open. */
export interface Proofs {
  /** Each paper relied on with the services it speaks for. */
  relied: OnFile[];
  /** Each paper that is on file for services, but for none of the regions in which they are used. */
  elsewhere: OnFile[];
  /** Services for which there is none. */
  without: MatrixService[];
}

/** A paper on file with the services it is about. */
interface OnFile {
  assurance: Assurance;
  services: MatrixService[];
}

/** The best paper of some kinds for each of the services. */
export function proofsFor(
  services: readonly MatrixService[],
  from: Engaged,
  types: readonly AssuranceType[],
  asOf: string,
): Proofs {
  const proofs: Proofs = { relied: [], elsewhere: [], without: [] };
  for (const service of services) {
    const proof = proofFor(service, from, types, asOf);
    if (!proof) {
      proofs.without.push(service);
      continue;
    }
    const among = isElsewhere(proof, service) ? proofs.elsewhere : proofs.relied;
    const known = among.find(({ assurance }) => assurance === proof);
    if (known) known.services.push(service);
    else among.push({ assurance: proof, services: [service] });
  }
  return proofs;
}

/** Whether there is a paper for every service, and nothing is to be said against any. */
export function isWhole({ relied, elsewhere, without }: Proofs, asOf: string): boolean {
  const isSound = ({ assurance, services }: OnFile): boolean => reservations(assurance, services, asOf).length === 0;
  return without.length === 0 && elsewhere.length === 0 && relied.every(isSound);
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
  const proofs = proofsFor(services, from, types, asOf);
  const { relied, elsewhere, without } = proofs;
  if (without.length === services.length) return missing(matrix, 'assurances:', `No ${kind}`);
  const line = ({ assurance, services: own }: OnFile): Run[] => {
    const open = reservations(assurance, own, asOf);
    return [
      plain(assuranceText(assurance)),
      ...(own.length < services.length ? [plain(`; for ${namesAmong(own, services)}`)] : []),
      ...(open.length > 0 ? [{ text: `; ${joinNames(open)}`, bold: true }] : []),
    ];
  };
  const paragraphs = [
    ...[...relied, ...elsewhere].map(line),
    ...(without.length > 0 ? [[plain(`None for ${joinNames(without.map((service) => service.name))}.`)]] : []),
  ];
  return cell(paragraphs, isWhole(proofs, asOf) ? [] : [{ text: shortcoming(proofs, asOf), tone: 'amber' }]);
}

/** In a word why papers on file are not the whole proof. */
function shortcoming({ relied }: Proofs, asOf: string): string {
  if (relied.length === 0) return 'On file for other regions';
  return relied.some(({ assurance }) => isInForce(assurance, asOf)) ? 'In part' : 'Not in force';
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
