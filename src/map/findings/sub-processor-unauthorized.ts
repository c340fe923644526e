import { joinNames } from '../../sentence.ts';
import { askedOf, placeOf } from './kept.ts';
import { slug } from './keys.ts';
import type { Rule } from './rule.ts';

/** Sub-processors are known, and it is not on file how they were authorized. */
export const subProcessorUnauthorized: Rule = {
  id: 'sub-processor-unauthorized',
  title: 'Sub-processors without authorization on file',
  severity: 'low',
  help: 'Sub-processors of a provider are listed, and it is not recorded whether the provider may engage them under a general authorization (it announces changes and you can object) or a specific one (you approve each). The agreement says which; GDPR Art. 28(2) knows no third way.',
  remedy:
    'Look it up in the data processing agreement and record it under `providers:` as `authorization: general` or `specific`.',
  find: (scene) =>
    askedOf(scene, 'sub-processors').flatMap((about) => {
      const { party, requirements, records } = about;
      const listed = records.flatMap((record) => record.subProcessors);
      if (listed.length === 0 || records.some((record) => record.authorization)) return [];
      const place = placeOf(about);
      return [
        {
          key: slug(party.id),
          title: `It is not on file how ${party.name} may engage sub-processors`,
          detail: `Listed: ${joinNames(
            listed.map(({ name }) => name),
            5,
          )}.`,
          requirements,
          ...(place ? { place } : {}),
        },
      ];
    }),
};
