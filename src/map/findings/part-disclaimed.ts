import { joinNames } from '../../sentence.ts';
import { contradictions } from './claims.ts';
import type { Rule } from './rule.ts';

/** The matrix leaves a part to a party whose own matrix leaves it to the other. */
export const partDisclaimed: Rule = {
  id: 'part-disclaimed',
  title: 'Part that both sides leave to the other',
  severity: 'high',
  help: 'The responsibility matrix of a provider, recorded under `claims:`, says of a requirement that it is not the provider\u2019s, or is shared; this matrix gives it to the provider, or to the provider alone. Each side counts on the other, so nobody carries the part. An assessor who lays the two documents side by side finds it at once.',
  remedy:
    'Settle with the provider who carries the part. If it is right, say so in the description (`components:`, `facts:` or `options:` of the service) and take the part over; if it is wrong, have it confirm the part in writing and correct the claim.',
  find: (scene) =>
    contradictions(scene)
      .filter(({ disclaimed }) => disclaimed)
      .map(({ party, claim, key, ours, services }) => ({
        key,
        title: `Left to each other by you and ${party.short}: ${claim.requirement}`,
        detail: `${party.short} says: ${claim.says}. Here it is ${ours} on ${joinNames(services, 4)}.${claim.note ? ` ${claim.note}` : ''}`,
        requirements: [claim.requirement],
        ...(claim.place ? { place: claim.place } : {}),
      })),
};
