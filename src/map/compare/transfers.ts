import type { TransferChange, TransferState } from '../../comparison.ts';
import type { Matrix, MatrixTransfer } from '../../model/matrix.ts';
import { differing, pairs, sameSet } from './differences.ts';
import type { Ledger } from './ledger.ts';
import { legOf, SAFEGUARD, safeguardName } from './registers.ts';

/** Where personal data go outside the European Economic Area on one side alone, or in another way. */
export function compareTransfers(before: Matrix, after: Matrix, ledger: Ledger): TransferChange[] {
  const parties = [before, after].map(({ services }) => new Map(services.map(({ id, partyId }) => [id, partyId])));
  return [...pairs(before.transfers, after.transfers, legOf)].flatMap(([, { from, to }]): TransferChange[] => {
    const { service, country, countryTitle } = (to ?? from) as MatrixTransfer;
    const [was, is] = [from && stateOf(from), to && stateOf(to)];
    const fields: string[] =
      was && is
        ? [
            ...differing(was, is, ['via', 'status', 'safeguard', 'reference']),
            ...(sameSet(was.regions, is.regions) ? [] : ['regions']),
          ]
        : ['existence'];
    if (fields.length === 0) return [];
    const name = `service:${service}`;
    const has = (...names: string[]): boolean => names.some((field) => fields.includes(field));
    const because = new Set<string>();
    const known = (...ids: string[]): void => {
      for (const id of ledger.known(...ids)) because.add(id);
    };
    known(name);
    if (parties[0]?.get(service) !== parties[1]?.get(service)) known(`${name}/delivery`);
    if (has('existence', 'via', 'regions')) known(`${name}/regions`);
    if (has('existence')) known(`${name}/data`, `${name}/affects`);
    if (has('safeguard', 'reference'))
      for (const record of [to?.record, from?.record]) if (record) known(`${SAFEGUARD}:${safeguardName(record)}`);
    if (because.size === 0) because.add(ledger.beyond({ id: `country:${country}`, title: `what is known of ${countryTitle}` }));
    const sides = { ...(was ? { from: was } : {}), ...(is ? { to: is } : {}) };
    return [{ service, country, countryTitle, ...sides, fields, causes: [...because] }];
  });
}

function stateOf({ via, regions, status, record }: MatrixTransfer): TransferState {
  return { via, regions, status, ...(record ? { safeguard: record.safeguard, reference: record.reference } : {}) };
}
