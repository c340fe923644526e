import { impliedKinds } from '../data-kinds.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { MatrixService, MatrixTransfer } from '../model/matrix.ts';
import type { System, TransferRecord } from '../model/system.ts';

/**
 * Where personal data leave the European Economic Area: each service that holds or handles them × each country of its regions, and the
 * country of its provider, from where it may reach them. Countries of the EEA are left out; what is on file for each is beside it.
 */
export function transfersOf(services: readonly MatrixService[], system: System, catalogue: Catalogue): MatrixTransfer[] {
  const countries = new Map(catalogue.countries.map((country) => [country.id, country]));
  return services.flatMap((service) => {
    if (!impliedKinds([...service.data, ...service.affects], catalogue).includes('personal')) return [];
    const regions = new Map<string, string[]>();
    for (const { region, country } of service.countries) {
      if (country !== undefined) regions.set(country, [...(regions.get(country) ?? []), region]);
    }
    const provider = catalogue.providers.find((candidate) => candidate.id === service.partyId);
    const reached = [...regions].map(([country, names]) => ({ country, via: 'region' as const, regions: names }));
    const home =
      provider && !regions.has(provider.country) ? [{ country: provider.country, via: 'provider' as const, regions: [] }] : [];
    return [...reached, ...home].flatMap(({ country: id, via, regions: names }): MatrixTransfer[] => {
      const country = countries.get(id);
      if (!country || country.transfer === 'eea') return [];
      const record = recordOf(service, id, system.transfers);
      return [
        {
          service: service.id,
          country: id,
          countryTitle: country.title,
          via,
          regions: names,
          status: country.transfer,
          basis: country.basis,
          source: country.source,
          ...(record ? { record } : {}),
        },
      ];
    });
  });
}

/** What is on file for transfers of a service to a country: for the service before its provider, for the country before all. */
function recordOf(service: MatrixService, country: string, records: readonly TransferRecord[]): TransferRecord | undefined {
  const provider = [service.partyId, service.provider, service.providerName];
  const own = records.filter((record) => record.service === service.id);
  const all = records.filter((record) => record.provider !== undefined && provider.includes(record.provider));
  for (const candidates of [own, all]) {
    const found =
      candidates.find((record) => record.country === country) ?? candidates.find((record) => record.country === undefined);
    if (found) return found;
  }
  return undefined;
}
