import { coversRegion, coversService, isInForce, isParty, spansOf } from '../assurances.ts';
import type { AssuranceType } from '../model/catalogue.ts';
import type { Matrix, MatrixService, Part, Party } from '../model/matrix.ts';
import type { Assurance } from '../model/system.ts';

/**
 * Documents in which somebody independent has looked at a provider's controls, those that say most first. Contracts such as a BAA or DPA
 * are promises, not proof.
 */
const ATTESTED: readonly AssuranceType[] = [
  'soc2-type2',
  'fedramp',
  'c5',
  'hitrust',
  'iso27001',
  'iso27017',
  'iso27018',
  'iso27701',
  'pci-aoc',
  'soc3',
];

/** Others' parts of a duty, held by one provider or third party, and what proves that they are carried. */
export interface Held {
  party: Party;
  /** Components at which it holds parts, in the order of the parts. */
  components: string[];
  /** What its parts say, each sentence once. */
  texts: string[];
  /** Assurances that cover these parts, the first one for each service. */
  proofs: Assurance[];
  /** Names of services on which no live assurance covers its parts. */
  unproven: string[];
}

/** Of the documents that a framework expects of providers those that are proof; all kinds of proof where it names none. */
export function proofAmong(expected: readonly AssuranceType[]): readonly AssuranceType[] {
  const proof = expected.filter((type) => ATTESTED.includes(type));
  return proof.length > 0 ? proof : ATTESTED;
}

/** The parts that others hold, by party in the order of the parts, each with its proofs. `types` narrows which documents count. */
export function heldByOthers(parts: readonly Part[], matrix: Matrix, types: readonly AssuranceType[] = ATTESTED): Held[] {
  const byParty = new Map<string, Part[]>();
  for (const part of parts) {
    const party = matrix.parties.find((candidate) => candidate.id === part.party);
    if (!party || party.kind === 'customer') continue;
    const own = byParty.get(party.id);
    if (own) own.push(part);
    else byParty.set(party.id, [part]);
  }
  const counted = matrix.assurances.filter((assurance) => types.includes(assurance.type));
  counted.sort((a, b) => types.indexOf(a.type) - types.indexOf(b.type));
  return [...byParty].map(([id, own]) => {
    const party = matrix.parties.find((candidate) => candidate.id === id) as Party;
    const live = counted.filter(
      (assurance) =>
        isParty(assurance.provider, party) &&
        (isLive(assurance, matrix.asOf) ||
          spansOf(assurance, matrix).some(([from, to]) => from <= matrix.asOf && to >= matrix.asOf)),
    );
    const proofs = new Set<Assurance>();
    const unproven: string[] = [];
    const services = matrix.services.filter((candidate) => own.some((part) => part.service === candidate.id));
    for (const service of services) {
      const proof = live.find((assurance) => covers(assurance, service));
      if (proof) proofs.add(proof);
      else unproven.push(service.name);
    }
    // A document is judged by the services it covers: a part at none of them is proven by nothing.
    if (services.length === 0) unproven.push(party.short);
    const components = [...new Set(own.map((part) => part.component))];
    const texts = [...new Set(own.map((part) => part.text))];
    return { party, components, texts, proofs: [...proofs], unproven };
  });
}

/** Whether an assurance counts on a day: begun, not run out, and not an opinion that the controls fail. */
function isLive(assurance: Assurance, day: string): boolean {
  if (assurance.opinion === 'adverse' || assurance.opinion === 'disclaimer') return false;
  return isInForce(assurance, day);
}

function covers(assurance: Assurance, service: MatrixService): boolean {
  return coversService(assurance, service) && service.countries.every((region) => coversRegion(assurance, region));
}
