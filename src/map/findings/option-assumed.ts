import type { Rule } from './rule.ts';

/** A choice that moves the line between the provider and the customer is not stated. */
export const optionAssumed: Rule = {
  id: 'option-assumed',
  title: 'Choice not stated',
  severity: 'low',
  help: 'A service can be used in several ways, and who runs a layer depends on the choice, such as whether nodes are your own virtual machines or the provider\u2019s. The description does not say which it is. What is usual is assumed; where nothing is, the layers stay as the service has them without the choice. The matrix may give the provider something that is yours.',
  remedy: 'State the choice under `options:` of the service. `demarc explain` of the service shows what can be chosen.',
  find: ({ matrix }) =>
    matrix.services
      .filter((service) => service.unanswered.length > 0)
      .map((service) => ({
        key: service.id,
        title: `Not stated for ${service.name}: ${service.unanswered.map(({ option }) => option).join(', ')}`,
        detail: `${service.unanswered.map(({ title, assumed }) => `${title}: ${assumed ? `assumed is ${assumed}` : 'nothing is assumed'}`).join('; ')}.`,
        requirements: [],
        ...(service.place ? { place: service.place } : {}),
      })),
};
