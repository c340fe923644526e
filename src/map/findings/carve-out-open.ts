import { isInForce, isParty } from '../../assurances.ts';
import { ASSURANCE } from '../../terms.ts';
import { slug } from './keys.ts';
import { requirementsFor } from './proofs.ts';
import type { Rule } from './rule.ts';

/** A report leaves a provider behind the provider to a report of its own, which is not on file. */
export const carveOutOpen: Rule = {
  id: 'carve-out-open',
  title: 'Carved-out provider without proof',
  severity: 'medium',
  help: 'A provider stands on another: a service runs in somebody else\u2019s cloud. Its report leaves out what that other does (the carve-out method) and points to a report of the other\u2019s own. The chain of proof holds only when that report is on file as well. demarc follows the chain as far as reports name who they leave out (`carves-out:`), so a carved-out provider of a carved-out provider is found too.',
  remedy:
    'Obtain the report of the provider that is left out and record it under `assurances:` with the same `type:`, and as `provider:` the name that `carves-out:` gives it.',
  find: (scene) => {
    const { matrix } = scene;
    return matrix.assurances.flatMap((assurance) => {
      if (!isInForce(assurance, matrix.asOf)) return [];
      return assurance.carvesOut.flatMap((name) => {
        const party = matrix.parties.find((candidate) => isParty(name, candidate));
        const isFound = matrix.assurances.some(
          (other) =>
            other.type === assurance.type &&
            (other.provider === name || (party !== undefined && isParty(other.provider, party))) &&
            isInForce(other, matrix.asOf),
        );
        if (isFound) return [];
        return [
          {
            key: `${assurance.id}/${slug(name)}`,
            title: `${assurance.title} leaves out ${party?.name ?? name}, of whom nothing is on file`,
            detail: `No ${ASSURANCE[assurance.type]} of ${party?.name ?? name} counts on ${matrix.asOf}.`,
            requirements: requirementsFor(assurance, scene),
            ...(assurance.place ? { place: assurance.place } : {}),
          },
        ];
      });
    });
  },
};
