import type { Party } from '../../model/matrix.ts';
import type { Claim } from '../../model/system.ts';
import { CUSTOMER } from '../service.ts';
import { isRunBy, recordsOf } from './kept.ts';
import { slug } from './keys.ts';
import type { Scene } from './scene.ts';

/** A claim in the responsibility matrix of a provider that this matrix contradicts. */
export interface Contradiction {
  party: Party;
  claim: Claim;
  key: string;
  /** Both sides leave a part to the other; else both claim it. */
  disclaimed: boolean;
  /** What this matrix says. */
  ours: 'shared' | 'the provider\u2019s alone' | 'yours alone';
  /** Names of the services on which the requirement has parts. */
  services: string[];
}

/**
 * Holds the claims of providers against the matrix. Over several services both sides are a union, as in the provider's own document.
 * What the organization does for itself under the same requirement is no part that a provider could claim, but it is a part that
 * a provider may leave to it.
 */
export function contradictions(scene: Scene): Contradiction[] {
  const { matrix } = scene;
  const providers = new Set(matrix.parties.filter((party) => party.kind === 'provider').map((party) => party.id));
  return matrix.parties.flatMap((party) =>
    recordsOf(party, scene).flatMap((record) =>
      record.claims.flatMap((claim): Contradiction[] => {
        const row = scene.requirements.get(claim.requirement)?.requirement.row;
        if (!row || party.kind === 'customer') return [];
        const services = new Set<string>();
        let provider = false;
        let customer = false;
        let elsewhere = false;
        for (const position of row.parts) {
          const part = matrix.parts[position];
          if (!part) continue;
          if (part.service === undefined) {
            elsewhere ||= part.party === CUSTOMER;
            continue;
          }
          const service = scene.services.get(part.service);
          if (!service || !isRunBy(service, party)) continue;
          if (claim.services.length > 0 && !claim.services.includes(service.id)) continue;
          if (part.party === party.id) provider = true;
          else if (providers.has(part.party)) continue;
          else customer = true;
          services.add(service.name);
        }
        if (services.size === 0) return [];
        const left = claim.says === 'customer' || claim.says === 'shared';
        const taken = claim.says === 'provider' || claim.says === 'shared';
        const disclaimed = (provider && !taken) || (left && !customer && !elsewhere);
        if (!disclaimed && !(claim.says === 'provider' && customer)) return [];
        return [
          {
            party,
            claim,
            key: [slug(party.id), claim.requirement, ...[...claim.services].sort()].join('/'),
            disclaimed,
            ours: provider && customer ? 'shared' : provider ? 'the provider\u2019s alone' : 'yours alone',
            services: [...services],
          },
        ];
      }),
    ),
  );
}
