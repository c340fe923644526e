import { joinNames } from '../../sentence.ts';
import { askedOf, DENIED, placeOf } from './kept.ts';
import { slug } from './keys.ts';
import type { Rule } from './rule.ts';

/** A provider has not acknowledged in writing what it answers for. */
export const acknowledgmentMissing: Rule = {
  id: 'acknowledgment-missing',
  title: 'Provider without written acknowledgment',
  severity: 'high',
  help: 'A framework asks for the written word of each provider that it is responsible for the data in its hands and for its influence on the security of yours (PCI DSS 12.8.2 asks it of every TPSP; an Attestation of Compliance or a responsibility matrix does not replace it). None is on file for a provider in scope, or the one on file is dated after the day of the pack or has run out.',
  remedy:
    'Find the clause in the agreement with the provider, or have it sign one, and record it under `providers:` as `acknowledgment: {title, on, file}`.',
  find: (scene) =>
    askedOf(scene, 'acknowledgment').flatMap((about) => {
      const { party, services, frameworks, requirements, records, denied } = about;
      const papers = records.flatMap((record) => record.acknowledgment ?? []);
      const { asOf } = scene.matrix;
      if (papers.some((paper) => paper.on <= asOf && (paper.expires ?? asOf) >= asOf)) return [];
      const last = papers[0];
      const place = placeOf(about);
      return [
        {
          key: slug(party.id),
          title: `No written acknowledgment of ${party.name}`,
          detail: [
            last
              ? last.on > asOf
                ? `${last.title} is signed only on ${last.on}.`
                : `${last.title} counted until ${last.expires}.`
              : `In the scope of ${joinNames(frameworks.map((framework) => framework.title))} with ${joinNames(
                  services.map((service) => service.name),
                  4,
                )}.`,
            denied ? DENIED : '',
          ]
            .filter(Boolean)
            .join(' '),
          requirements,
          ...(place ? { place } : {}),
        },
      ];
    }),
};
