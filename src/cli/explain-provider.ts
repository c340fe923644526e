import type { Catalogue, Country, Provider, Service } from '../model/catalogue.ts';
import { counted } from '../sentence.ts';
import { ASSURANCE, PROVIDER_KIND, TRANSFER } from '../terms.ts';
import { columns, indented } from './terminal.ts';

/** A provider: what it is and where, what it has on offer as proof, which services its published lists name, and its regions. */
export function explainProvider(provider: Provider, catalogue: Catalogue, width: number, json: boolean | undefined): string {
  if (json) return `${JSON.stringify({ ...provider, services: provider.services.map((service) => service.id) }, null, 2)}\n`;
  const countries = new Map(catalogue.countries.map((country) => [country.id, country]));
  const lines = [
    `${provider.id}  ${provider.title}`,
    '',
    indented(`${PROVIDER_KIND[provider.kind]}. Country: ${countryText(provider.country, countries)}.`, 2, width),
    indented(`${counted(provider.services.length, 'service')}: see demarc list services ${provider.id}.`, 2, width),
  ];
  if (provider.website) lines.push(indented(`Website: ${provider.website}`, 2, width));
  const shared = provider.sharedResponsibility;
  if (shared) lines.push(indented(`Shared responsibility: ${shared.title}, ${shared.url}`, 2, width));
  if (provider.subProcessors) lines.push(indented(`Sub-processors: ${provider.subProcessors}`, 2, width));

  const table = (title: string, rows: string[][]): void => {
    if (rows.length > 0)
      lines.push(
        '',
        title,
        columns(
          rows.map(([first, ...rest]) => [`  ${first}`, ...rest]),
          width,
        ),
      );
  };
  table(
    'Assurances on offer',
    provider.assurances.map((offer) => [
      ASSURANCE[offer.type],
      `${offer.title}. ${offer.how}${offer.url ? ` ${offer.url}` : ''}`,
    ]),
  );
  table(
    'Published lists of services',
    provider.coverage.map(({ type, list, date, services }) => [
      ASSURANCE[type],
      `${services.length} of ${counted(provider.services.length, 'service')} named in ${list.title} (${listDate(date)}), ${list.url}`,
    ]),
  );
  const inCountries = new Map<string, string[]>();
  for (const region of provider.regions) {
    inCountries.set(region.country, [...(inCountries.get(region.country) ?? []), `${region.title} (${region.id})`]);
  }
  table(
    'Regions by country, and what the GDPR says of transfers there (see demarc list countries)',
    [...inCountries].map(([id, regions]) => {
      const country = countries.get(id);
      return [country?.title ?? 'unknown', country?.transfer ?? 'unknown', regions.join(', ')];
    }),
  );
  return `${lines.join('\n')}\n`;
}

/** Which published lists of a provider name one of its services. */
export function coverageOf(
  provider: Provider,
  service: Service,
): { type: string; list: string; url: string; date: string; named: boolean }[] {
  return provider.coverage.map(({ type, list, date, services }) => ({
    type,
    list: list.title,
    url: list.url,
    date,
    named: services.includes(service.id),
  }));
}

/** The lines of a service's page about published lists: one for each list. */
export function coverageLines(provider: Provider, service: Service, width: number): string[] {
  if (provider.coverage.length === 0) return [];
  const rows = provider.coverage.map(({ type, list, date, services }) => [
    `  ${ASSURANCE[type]}`,
    `${services.includes(service.id) ? 'named' : 'not named'} in ${list.title} (${listDate(date)}), ${list.url}`,
  ]);
  return ['', `Published lists of ${provider.short}`, columns(rows, width)];
}

function listDate(date: string): string {
  return date === 'unknown' ? 'date unknown' : date;
}

function countryText(id: string, countries: ReadonlyMap<string, Country>): string {
  const country = countries.get(id);
  return country ? `${country.title} (${TRANSFER[country.transfer]})` : 'unknown';
}
