import { joinNames } from '../../sentence.ts';
import { SAFEGUARD } from '../../terms.ts';
import { slug } from './keys.ts';
import type { Rule } from './rule.ts';
import { transfersByParty } from './transfers.ts';

const NEEDS_ASSESSMENT: ReadonlySet<string> = new Set([
  'standard-clauses',
  'binding-corporate-rules',
  'code-of-conduct',
  'certification',
]);

/** A safeguard is on file, and nobody has assessed whether it holds in that country. */
export const transferUnassessed: Rule = {
  id: 'transfer-unassessed',
  title: 'Transfer without an assessment',
  severity: 'medium',
  help: 'A transfer to a third country rests on clauses, binding corporate rules, a code or a certification. Such safeguards are promises between parties; whether law and practice of the country let them be kept has to be assessed for each transfer and documented (CJEU, C-311/18, Schrems II; clause 14 of the standard contractual clauses). No assessment is on file.',
  remedy: 'Make the transfer impact assessment and record it in the entry under `transfers:` as `assessment: {reference, on}`.',
  find: (scene) =>
    transfersByParty(scene).flatMap(({ party, transfers, requirements }) => {
      const open = transfers.filter(
        ({ status, record }) =>
          (status === 'none' || status === 'partial') &&
          record !== undefined &&
          NEEDS_ASSESSMENT.has(record.safeguard) &&
          !record.assessment,
      );
      const [first] = open;
      if (!first?.record) return [];
      const { record } = first;
      return [
        {
          key: `${slug(party.id)}/${first.country}`,
          title: `No assessment on file: transfer to ${party.name} (${first.countryTitle})`,
          detail: `${joinNames(
            open.map((transfer) => scene.services.get(transfer.service)?.name ?? transfer.service),
            4,
          )}: ${SAFEGUARD[record.safeguard]}, ${record.reference}.`,
          requirements,
          references: [first.source],
          ...(record.place ? { place: record.place } : {}),
        },
      ];
    }),
};
