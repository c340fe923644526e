import type { Rule } from './index.ts';

/**
 * A service is described with `model: unknown`: nobody has said how it is delivered, so nobody but the customer can be held to any
 * layer of it.
 */
export const unknownService: Rule = {
  id: 'unknown-service',
  title: 'Service of unknown model',
  severity: 'high',
  help: 'A service in use is described with `model: unknown`, or with components that nobody holds. Until its model is known, every layer of it counts as yours, and no assurance of its provider can cover a part.',
  remedy:
    'Ask the provider which layers it runs, then set `model:` (saas, paas, iaas …), or `components:` for the layers that differ.',
  find: (matrix) =>
    matrix.services
      .filter((service) => service.model === 'unknown')
      .map((service) => ({
        key: service.id,
        title: `It is not known how ${service.name} is delivered`,
        detail: `${service.purpose} Nobody has said which layers of it ${service.providerName} runs.`,
        requirements: [],
        ...(service.place ? { place: service.place } : {}),
      })),
};
