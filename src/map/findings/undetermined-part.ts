import { counted } from '../../sentence.ts';
import type { Rule } from './index.ts';

/** Requirements on a service have parts that no party has been named for; they count as the customer's. */
export const undeterminedPart: Rule = {
  id: 'undetermined-part',
  title: 'Parts that nobody holds',
  severity: 'high',
  help: "On a service, some requirements have parts whose holder is not determined. They are counted as yours, because silence is never the provider's, but an assessor will ask who answers for them.",
  remedy: 'Declare the model of the service, or name the holder of each open layer under `components:`.',
  find: (matrix) =>
    matrix.services.flatMap((service) => {
      const open = Object.entries(service.holders)
        .filter(([, held]) => held.holder === 'undetermined')
        .map(([component]) => component);
      const requirements = matrix.frameworks.flatMap((framework) =>
        framework.requirements
          .filter((requirement) => requirement.row.undetermined.includes(service.id))
          .map((requirement) => requirement.row.key),
      );
      if (requirements.length === 0) return [];
      const titles = matrix.components
        .filter((component) => open.includes(component.id))
        .map((component) => component.title.toLowerCase());
      return [
        {
          key: service.id,
          title: `Nobody holds parts of ${counted(requirements.length, 'requirement')} on ${service.name}`,
          detail: `Open layers: ${titles.join(', ')}.`,
          requirements,
          ...(service.place ? { place: service.place } : {}),
        },
      ];
    }),
};
