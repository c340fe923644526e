import type { MatrixTransfer } from '../../model/matrix.ts';
import { joinNames } from '../../sentence.ts';
import { DENIED } from './kept.ts';
import { slug } from './keys.ts';
import type { Rule } from './rule.ts';
import { transfersByParty, wayOf } from './transfers.ts';

/** Personal data reach a country outside the European Economic Area, and nothing on file makes that lawful. */
export const transferUnguarded: Rule = {
  id: 'transfer-unguarded',
  title: 'Transfer without a safeguard',
  severity: 'high',
  help: 'Personal data reach a country outside the European Economic Area, because a service is used in a region there or because its provider is there and can reach them. No adequacy decision covers every recipient in that country, and no safeguard is on file (GDPR Art. 44 to 49); or the safeguard on file is an adequacy decision where there is none. Where a decision covers some recipients, such as those certified under the EU-U.S. Data Privacy Framework, the severity is medium: if the provider is one of them, write that down. Countries with a decision for every recipient are no finding.',
  remedy:
    'Record under `transfers:` what makes it lawful: `provider` or `service`, `country`, `safeguard` and `reference` (such as the clauses annexed to the agreement, or the entry of the provider in the list of certified organizations).',
  find: (scene) =>
    transfersByParty(scene).flatMap(({ party, transfers, requirements, denied }) => {
      const open = transfers.filter((transfer) => !isGuarded(transfer));
      const [first] = open;
      if (!first) return [];
      const wrong = open.find((transfer) => transfer.record);
      const place = wrong?.record?.place ?? scene.services.get(first.service)?.place;
      return [
        {
          key: `${slug(party.id)}/${first.country}`,
          ...(first.status === 'partial' ? { severity: 'medium' as const } : {}),
          title: `No safeguard on file: transfer to ${party.name} (${first.countryTitle})`,
          detail: `${joinNames(
            open.map((transfer) => scene.services.get(transfer.service)?.name ?? transfer.service),
            4,
          )}: ${wayOf(open, party)}. ${wrong ? 'On file is an adequacy decision. ' : ''}${first.basis}${denied ? ` ${DENIED}` : ''}`,
          requirements,
          references: [first.source],
          ...(place ? { place } : {}),
        },
      ];
    }),
};

function isGuarded({ status, record }: MatrixTransfer): boolean {
  if (status === 'eea' || status === 'adequate') return true;
  return record !== undefined && !(status === 'none' && record.safeguard === 'adequacy');
}
