import { assuranceEnd, coversService, isInForce, isParty } from '../../assurances.ts';
import type { Assurance } from '../../model/system.ts';
import { isRunBy } from './kept.ts';
import { requirementsFor } from './proofs.ts';
import type { Rule } from './rule.ts';
import type { Scene } from './scene.ts';

/** A report or agreement on file no longer counts on the day of the pack, and no other has taken its place. */
export const assuranceExpired: Rule = {
  id: 'assurance-expired',
  title: 'Assurance expired',
  severity: 'high',
  help: 'An assurance on file no longer counts on the day of the pack: its `expires` day has passed, or, where it has none, a year after the end of its period, a year after the issue of a PCI DSS attestation, three years after that of an ISO certificate, or two after that of a HITRUST certification. An older document may stay on file: it is no finding where another of the same kind from the same provider covers every service in use that it covered. Where no framework in scope expects that kind of proof, the severity is medium.',
  remedy: 'Obtain the current report or agreement and record it under `assurances:`.',
  find: (scene) =>
    scene.matrix.assurances.flatMap((assurance) => {
      const end = assuranceEnd(assurance);
      if (assurance.type === 'bridge-letter' || end === undefined || end >= scene.matrix.asOf) return [];
      if (isReplaced(assurance, scene)) return [];
      const expected = scene.matrix.frameworks.some((framework) => framework.expects.includes(assurance.type));
      return [
        {
          key: assurance.id,
          ...(expected ? {} : { severity: 'medium' as const }),
          title: `${assurance.title} no longer counts`,
          detail: `It counts until ${end}, which is before ${scene.matrix.asOf}.`,
          requirements: requirementsFor(assurance, scene),
          ...(assurance.place ? { place: assurance.place } : {}),
        },
      ];
    }),
};

/** Whether documents of the same kind that still count cover every service in use that this one covered. */
function isReplaced(old: Assurance, { matrix }: Scene): boolean {
  const party = matrix.parties.find((candidate) => isParty(old.provider, candidate));
  const successors = matrix.assurances.filter(
    (other) =>
      other.type === old.type &&
      (party ? isParty(other.provider, party) : other.provider === old.provider) &&
      isInForce(other, matrix.asOf),
  );
  const covered = matrix.services.filter((service) => party && isRunBy(service, party) && coversService(old, service));
  return successors.length > 0 && covered.every((service) => successors.some((other) => coversService(other, service)));
}
