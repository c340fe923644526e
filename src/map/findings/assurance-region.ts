import { coversRegion, coversService } from '../../assurances.ts';
import { slug } from './keys.ts';
import type { Rule } from './rule.ts';

/** Proof is on file for a service, and not for a region in which it is used. */
export const assuranceRegion: Rule = {
  id: 'assurance-region',
  title: 'Assurance that leaves out a region',
  severity: 'high',
  help: 'The proof that a framework expects of a provider covers a service, but not a region in which the service is used: the region is none of those it names (`regions:`), or one that it leaves out by name (`excludes:`). A document may name regions as the provider calls them or countries by their two-letter code. Sites are audited one by one, and a site that is not in the report is not attested.',
  remedy:
    'Look up the region in the document and complete `regions:` where it is covered. Where it is not, obtain proof for it, or move the service to a region that is covered.',
  find: ({ proofs }) =>
    proofs.flatMap(({ framework, party, services, onFile, requirements }) => {
      const open = services.flatMap((service) => {
        const covering = onFile.filter((assurance) => coversService(assurance, service));
        if (covering.length === 0) return [];
        const regions = service.countries.filter((entry) => !covering.some((assurance) => coversRegion(assurance, entry)));
        return regions.length > 0 ? [{ service, regions: regions.map(({ region }) => region) }] : [];
      });
      if (open.length === 0) return [];
      const regions = [...new Set(open.flatMap((entry) => entry.regions))];
      const place = open[0]?.service.place;
      return [
        {
          key: `${framework.id}/${slug(party.id)}`,
          title: `What is on file from ${party.name} for ${framework.title} does not cover ${regions.join(', ')}`,
          detail: `Used there: ${open.map((entry) => `${entry.service.name} (${entry.regions.join(', ')})`).join('; ')}.`,
          requirements,
          ...(place ? { place } : {}),
        },
      ];
    }),
};
