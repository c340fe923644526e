import type { Matrix } from '../../model/matrix.ts';
import { joinNames } from '../../sentence.ts';
import { contradictions } from './claims.ts';
import type { Found, Rule } from './rule.ts';

/** Two parties are named for one part. */
export const partClaimedTwice: Rule = {
  id: 'part-claimed-twice',
  title: 'Part that two parties claim',
  severity: 'medium',
  help: 'Two parties are named for the same part. Either the responsibility matrix of a provider, recorded under `claims:`, takes a requirement that this matrix gives to you; or `managed-by:` names two third parties for one layer, or one for a layer that the provider itself runs. A part with two owners is done by neither when it matters, and exactly one has to be accountable.',
  remedy:
    'Settle who carries it: name one party under `managed-by:` for each of your own layers, or describe the service as the provider confirms it (`components:`, `facts:`, `options:`) and keep the confirmation.',
  find: (scene) => [
    ...contradictions(scene)
      .filter(({ disclaimed }) => !disclaimed)
      .map(
        ({ party, claim, key, ours, services }): Found => ({
          key,
          title: `Claimed by you and by ${party.short}: ${claim.requirement}`,
          detail: `${party.short} says: ${claim.says}. Here it is ${ours} on ${joinNames(services, 4)}.${claim.note ? ` ${claim.note}` : ''}`,
          requirements: [claim.requirement],
          ...(claim.place ? { place: claim.place } : {}),
        }),
      ),
    ...rivals(scene.matrix),
  ],
};

/** Layers for which a description names more than one party that runs them. */
function rivals(matrix: Matrix): Found[] {
  return matrix.services.flatMap((service) =>
    matrix.components.flatMap((component): Found[] => {
      const named = [
        ...new Set(service.managedBy.filter((entry) => entry.components.includes(component.id)).map((entry) => entry.party)),
      ];
      const held = service.holders[component.id]?.holder;
      if (named.length === 0 || (named.length === 1 && held !== 'provider')) return [];
      const names = matrix.parties.filter((party) => named.includes(party.id)).map((party) => party.short);
      const all = held === 'provider' ? [service.providerName, ...names] : names;
      return [
        {
          key: `${service.id}/${component.id}`,
          title: `${component.title} of ${service.name} is run by ${joinNames(all)}`,
          detail:
            held === 'provider'
              ? `${service.holders[component.id]?.basis.says} Under \`managed-by:\` it is ${joinNames(names)}.`
              : 'Under `managed-by:` several parties are named for this layer.',
          requirements: [],
          ...(service.place ? { place: service.place } : {}),
        },
      ];
    }),
  );
}
