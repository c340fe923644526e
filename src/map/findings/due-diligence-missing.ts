import { joinNames } from '../../sentence.ts';
import { askedOf, DENIED, placeOf } from './kept.ts';
import { slug } from './keys.ts';
import type { Rule } from './rule.ts';

/** Nothing on file shows that a provider was examined before it was trusted. */
export const dueDiligenceMissing: Rule = {
  id: 'due-diligence-missing',
  title: 'Provider without due diligence',
  severity: 'medium',
  help: 'Frameworks ask that a provider is examined before it is engaged (PCI DSS 12.8.3, GDPR Art. 28(1), SOC 2 CC9.2). Nothing is on file that shows it for a provider in scope. A statement says that there is such a process; an assessor then picks a provider and asks for the record.',
  remedy: 'Record the examination under `providers:` as `due-diligence: {by, on, note}`, or carry it out now.',
  find: (scene) =>
    askedOf(scene, 'due-diligence').flatMap((about) => {
      const { party, services, frameworks, requirements, records, denied } = about;
      if (records.some((record) => record.dueDiligence && record.dueDiligence.on <= scene.matrix.asOf)) return [];
      const place = placeOf(about);
      return [
        {
          key: slug(party.id),
          title: `No due diligence on ${party.name}`,
          detail: `In the scope of ${joinNames(frameworks.map((framework) => framework.title))} with ${joinNames(
            services.map((service) => service.name),
            4,
          )}.${denied ? ` ${DENIED}` : ''}`,
          requirements,
          ...(place ? { place } : {}),
        },
      ];
    }),
};
