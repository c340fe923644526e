import { joinNames } from '../../sentence.ts';
import { asked, servicesOf } from './kept.ts';
import { slug } from './keys.ts';
import type { Rule } from './rule.ts';

/** Names that say where data are closely enough, though they name no country: what matters is whether they leave it. */
const WITHIN: ReadonlySet<string> = new Set(['eu', 'eea']);

/** Nobody can tell in which country a provider handles personal data. */
export const regionUnknown: Rule = {
  id: 'region-unknown',
  title: 'Region of unknown country',
  severity: 'low',
  help: 'A service is used in a region of which the catalogue does not know the country, or no region is given. Whether data leave the European Economic Area cannot be told then, and a transfer may go unseen. Regions of large clouds are known by the names that the provider gives them; for other providers, write the two-letter code of the country, or `eu` where it is enough to know that.',
  remedy: 'Write the region as the provider calls it, or the two-letter code of the country, such as DE, under `regions:`.',
  find: (scene) => {
    const asking = asked(scene, 'transfer-safeguards');
    return scene.matrix.parties.flatMap((party) => {
      const own = asking.filter(({ framework }) => servicesOf(party, framework, scene).length > 0);
      const services = new Set(own.flatMap(({ framework }) => servicesOf(party, framework, scene)));
      const open = [...services].flatMap((service) => {
        if (service.partyId !== party.id) return [];
        const unknown = service.countries
          .filter(({ region, country }) => country === undefined && !WITHIN.has(region.toLowerCase()))
          .map(({ region }) => region);
        return service.regions.length === 0 || unknown.length > 0 ? [{ service, unknown }] : [];
      });
      const place = open[0]?.service.place;
      if (open.length === 0) return [];
      return [
        {
          key: slug(party.id),
          title: `Country not known: ${party.name}`,
          detail: `${joinNames(
            open.map(({ service, unknown }) => `${service.name}: ${unknown.length > 0 ? unknown.join(', ') : 'no region given'}`),
            5,
          )}.`,
          requirements: scene.inOrder(own.flatMap(({ requirements }) => requirements)),
          ...(place ? { place } : {}),
        },
      ];
    });
  },
};
