import { counted } from '../../sentence.ts';
import type { Rule } from './rule.ts';

/** Requirements on a service have parts that no party has been named for; they count as the customer's. */
export const undeterminedPart: Rule = {
  id: 'undetermined-part',
  title: 'Parts that nobody holds',
  severity: 'high',
  help: 'On a service whose model is known, some layers are described with `holder: undetermined`, and requirements have parts there. They are counted as yours, because silence is never the provider\u2019s, but an assessor will ask who answers for them. A service of which nothing is known is a finding of its own (unknown-service).',
  remedy: 'Name the holder of each open layer under `components:` of the service, with the reason.',
  find: ({ matrix }) =>
    matrix.services.flatMap((service) => {
      if (service.model === 'unknown') return [];
      const requirements = matrix.frameworks.flatMap((framework) =>
        framework.requirements.filter(({ row }) => row.undetermined.includes(service.id)).map(({ row }) => row.key),
      );
      if (requirements.length === 0) return [];
      const open = matrix.components
        .filter((component) => service.holders[component.id]?.holder === 'undetermined')
        .map((component) => component.title.toLowerCase());
      return [
        {
          key: service.id,
          title: `Nobody holds parts of ${counted(requirements.length, 'requirement')} on ${service.name}`,
          detail: `Open: ${open.join(', ')}.`,
          requirements,
          ...(service.place ? { place: service.place } : {}),
        },
      ];
    }),
};
