import type { MatrixTransfer, Party } from '../../model/matrix.ts';
import { asked } from './kept.ts';
import type { Scene } from './scene.ts';

/** Transfers of personal data to one country by the services of one party. */
export interface PartyTransfers {
  party: Party;
  transfers: MatrixTransfer[];
  requirements: string[];
  /** The conditions stated deny that there are any. */
  denied: boolean;
}

/**
 * The transfers to third countries, by party and country, where a framework in scope asks for their safeguards. What the organization
 * keeps on its own sites is no transfer to anybody.
 */
export function transfersByParty(scene: Scene): PartyTransfers[] {
  const asking = asked(scene, 'transfer-safeguards');
  const inScope = new Set(asking.flatMap(({ framework }) => framework.services));
  const all = new Map<string, PartyTransfers>();
  for (const transfer of scene.matrix.transfers) {
    const service = scene.services.get(transfer.service);
    const party = scene.matrix.parties.find((candidate) => candidate.id === service?.partyId);
    if (!service || !party || party.kind === 'customer' || !inScope.has(service.id)) continue;
    const key = JSON.stringify([party.id, transfer.country]);
    const entry = all.get(key) ?? {
      party,
      transfers: [],
      requirements: scene.inOrder(asking.flatMap(({ requirements }) => requirements)),
      denied: asking.every(({ denied }) => denied),
    };
    entry.transfers.push(transfer);
    all.set(key, entry);
  }
  return [...all.values()];
}

/** How data get there: through which regions, or because the provider is there. */
export function wayOf(transfers: readonly MatrixTransfer[], party: Party): string {
  const regions = [...new Set(transfers.flatMap((transfer) => transfer.regions))];
  const through = `through the ${regions.length === 1 ? 'region' : 'regions'} ${regions.join(', ')}`;
  return regions.length > 0 ? through : `${party.short} is there and can reach them`;
}
