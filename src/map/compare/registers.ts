import type { Matrix } from '../../model/matrix.ts';
import type { Place, TransferRecord } from '../../model/system.ts';

/** A list that the organization keeps beside its services, statements and assurances, entry by entry. */
export interface Register {
  /** One entry in words; ids of causes begin with it. */
  what: string;
  get(matrix: Matrix): readonly Entry[];
  set(entries: readonly Entry[]): Partial<Matrix>;
  id(entry: Entry): string;
  /** What else an entry is about. */
  about(entry: Entry): string[];
}

/** An entry of some register. */
export interface Entry {
  place?: Place;
}

/** Types of one register, checked where it is declared; outside, an entry is only ever given back to its own register. */
function register<T extends Entry>(
  what: string,
  get: (matrix: Matrix) => readonly T[],
  set: (entries: T[]) => Partial<Matrix>,
  id: (entry: T) => string,
  about: (entry: T) => string[] = () => [],
): Register {
  return {
    what,
    get,
    set: (entries) => set(entries as T[]),
    id: (entry) => id(entry as T),
    about: (entry) => about(entry as T),
  };
}

/** Every register. */
export const REGISTERS: readonly Register[] = [
  register(
    'record of provider',
    ({ providerRecords }) => providerRecords,
    (providerRecords) => ({ providerRecords }),
    ({ provider }) => provider,
  ),
  register(
    'duty of customers',
    ({ customerDuties }) => customerDuties,
    (customerDuties) => ({ customerDuties }),
    ({ id }) => id,
    ({ controls }) => controls,
  ),
  register(
    'processing activity',
    ({ activities }) => activities,
    (activities) => ({ activities }),
    ({ id }) => id,
    ({ services }) => services,
  ),
  register(
    'suppression',
    ({ suppressions }) => suppressions,
    (suppressions) => ({ suppressions }),
    ({ finding }) => finding,
  ),
];

/** What ids of causes about safeguards begin with. */
export const SAFEGUARD = 'safeguard of transfers by';

/** A safeguard as the description names it: by its service or provider, and by country where it is for one alone. */
export function safeguardName({ service, provider, country }: TransferRecord): string {
  return `${service ?? provider ?? ''}${country === undefined ? '' : ` to ${country}`}`;
}

/** A transfer by its service and country. */
export function legOf({ service, country }: { service: string; country: string }): string {
  return `${service} to ${country}`;
}

/** A safeguard on both sides, with what it is about: the services whose data it guards, their providers and countries. */
interface Safeguard {
  from?: TransferRecord;
  to?: TransferRecord;
  about: Set<string>;
}

/**
 * Safeguards by name, as far as transfers that are there on both sides rest on them: that data go somewhere else, or to somebody else, is
 * the doing of the service.
 */
export function safeguards(before: Matrix, after: Matrix): Map<string, Safeguard> {
  const parties = [before, after].map(({ services }) => new Map(services.map(({ id, partyId }) => [id, partyId])));
  const older = new Map(before.transfers.map((transfer) => [legOf(transfer), transfer]));
  const found = new Map<string, Safeguard>();
  for (const transfer of after.transfers) {
    const { service, country, record: to } = transfer;
    const earlier = older.get(legOf(transfer));
    const [was, is] = parties.map((known) => known.get(service));
    if (!earlier || was !== is) continue;
    const { record: from } = earlier;
    const alike = from && to && safeguardName(from) === safeguardName(to);
    // Of two that differ in name, the closer one came or went; the other was there all the time.
    const closer = !alike && from && to ? (closeness(to) > closeness(from) ? to : from) : undefined;
    const sides = {
      ...(from && (!closer || closer === from) ? { from } : {}),
      ...(to && (!closer || closer === to) ? { to } : {}),
    };
    const record = sides.to ?? sides.from;
    if (!record) continue;
    const name = safeguardName(record);
    const entry = found.get(name) ?? { about: new Set() };
    found.set(name, { ...entry, ...sides });
    for (const about of [service, `${is}/${country}`]) entry.about.add(about);
  }
  return found;
}

function closeness({ service, country }: TransferRecord): number {
  return (service === undefined ? 0 : 2) + (country === undefined ? 0 : 1);
}
