import { joinNames } from '../../sentence.ts';
import { askedOf, DENIED, placeOf } from './kept.ts';
import { slug } from './keys.ts';
import type { Rule } from './rule.ts';

/** It is not on file who stands behind a provider. */
export const subProcessorUnlisted: Rule = {
  id: 'sub-processor-unlisted',
  title: 'Sub-processors not listed',
  severity: 'medium',
  help: 'A processor may engage another only with your authorization (GDPR Art. 28(2)), which you can give only for somebody you know of. For a provider in scope neither a sub-processor is listed nor a look at its list recorded. Large providers publish the list; `demarc explain <provider>` gives its address where it is known.',
  remedy:
    'Take the list over under `providers:` as `sub-processors:`, or, where it names none that touch your data, record the look as `sub-processors-checked: {by, on, note}`.',
  find: (scene) =>
    askedOf(scene, 'sub-processors').flatMap((about) => {
      const { party, services, frameworks, requirements, records, denied } = about;
      if (records.some((record) => record.subProcessors.length > 0 || record.subProcessorsChecked)) return [];
      const page = scene.matrix.providers.find((provider) => provider.id === party.id)?.subProcessors;
      const url = page?.startsWith('https://') ? page : undefined;
      const place = placeOf(about);
      return [
        {
          key: slug(party.id),
          title: `Sub-processors of ${party.name} are not on file`,
          detail: `In the scope of ${joinNames(frameworks.map((framework) => framework.title))} with ${joinNames(
            services.map((service) => service.name),
            4,
          )}.${denied ? ` ${DENIED}` : ''}`,
          requirements,
          ...(url ? { references: [{ title: `Sub-processors of ${party.short}`, url }] } : {}),
          ...(place ? { place } : {}),
        },
      ];
    }),
};
