import { coversRegion, coversService, isInForce, isParty } from '../../assurances.ts';
import { impliedKinds } from '../../data-kinds.ts';
import type { AssuranceType, Offer } from '../../model/catalogue.ts';
import type { Matrix, MatrixFramework, MatrixService, Party } from '../../model/matrix.ts';
import type { Assurance, ProviderRecord } from '../../model/system.ts';

/** A provider or third party with its services in the scope of a framework and what is kept on file about it. */
export interface Engaged {
  party: Party;
  services: MatrixService[];
  record?: ProviderRecord;
  assurances: Assurance[];
  /** What the catalogue knows that it offers as proof. */
  offers: Offer[];
  /** Country of its seat (ISO 3166 alpha-2), where the catalogue knows it. */
  country?: string;
  /** Where it publishes who stands behind it. */
  subProcessors?: string;
}

/** Everybody whose services, or whose hands on services, are in the scope of a framework, in the order of the matrix. */
export function engagedUnder(framework: MatrixFramework, matrix: Matrix): Engaged[] {
  const inScope = new Set(framework.services);
  return matrix.parties.flatMap((party): Engaged[] => {
    if (party.kind === 'customer') return [];
    const services = matrix.services.filter((service) => inScope.has(service.id) && isRunBy(service, party));
    if (services.length === 0) return [];
    const record = matrix.providerRecords.find(({ provider }) => isParty(provider, party));
    const known = matrix.providers.find((provider) => provider.id === party.id);
    return [
      {
        party,
        services,
        ...(record ? { record } : {}),
        assurances: matrix.assurances.filter(({ provider }) => isParty(provider, party)),
        offers: known?.offers ?? [],
        ...(known ? { country: known.country } : {}),
        ...(known?.subProcessors ? { subProcessors: known.subProcessors } : {}),
      },
    ];
  });
}

/** Whether a party provides a service or runs layers of it. */
export function isRunBy(service: MatrixService, party: Party): boolean {
  return service.partyId === party.id || service.managedBy.some((managed) => managed.party === party.id);
}

/** Regions of a service in use of which a paper does not speak. */
export function regionsLeftOut(assurance: Assurance, service: MatrixService): string[] {
  return service.countries.filter((entry) => !coversRegion(assurance, entry)).map(({ region }) => region);
}

/** A service as it is in one of its regions. */
export function inRegion(service: MatrixService, region: string): MatrixService {
  return { ...service, regions: [region], countries: service.countries.filter((entry) => entry.region === region) };
}

/** Whether a paper about a service is about none of the regions in which it is used. */
export function isElsewhere(assurance: Assurance, service: MatrixService): boolean {
  const out = regionsLeftOut(assurance, service).length;
  return out > 0 && out === service.regions.length;
}

/**
 * The paper of some kinds that speaks best for a service on a day: one for a region in use before one for others only, one in force
 * before others, one for all of its regions before one for some, then the latest.
 */
export function proofFor(
  service: MatrixService,
  from: Engaged,
  types: readonly AssuranceType[],
  asOf: string,
): Assurance | undefined {
  const ranked = from.assurances
    .filter((assurance) => types.includes(assurance.type) && coversService(assurance, service))
    .map((assurance) => ({
      assurance,
      rank:
        (isElsewhere(assurance, service) ? 0 : 4) +
        (isInForce(assurance, asOf) ? 2 : 0) +
        (regionsLeftOut(assurance, service).length === 0 ? 1 : 0),
      dated: assurance.issued ?? assurance.period?.to ?? '',
    }));
  return ranked.sort((a, b) => b.rank - a.rank || (a.dated < b.dated ? 1 : a.dated > b.dated ? -1 : 0))[0]?.assurance;
}

/** Kinds of data that bring a service into the scope of a framework, with every kind that is one of them. */
export function kindsInScope(framework: MatrixFramework, matrix: Matrix): { id: string; title: string }[] {
  const wanted = framework.scope.data;
  if (wanted === 'all') return matrix.dataKinds;
  return matrix.dataKinds.filter(({ id }) => impliedKinds([id], matrix).some((kind) => wanted.includes(kind)));
}
