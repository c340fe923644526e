import { sentenceEnd } from '../../sentence.ts';
import type { Rule } from './rule.ts';

/** Nobody has said how a service is delivered, so nobody but the customer can be held to any layer of it. */
export const unknownService: Rule = {
  id: 'unknown-service',
  title: 'Service of unknown model',
  severity: 'high',
  help: 'A service in use is described with `model: unknown`. Until its model is known, every layer of it counts as yours, because silence is never the provider\u2019s, and no assurance of its provider can cover a part. An assessor will ask who answers for each of the requirements listed.',
  remedy:
    'Ask the provider which layers it runs, then set `model:` (saas, paas, iaas …), or `components:` for the layers that differ.',
  find: ({ matrix }) =>
    matrix.services
      .filter(
        (service) =>
          service.model === 'unknown' && Object.values(service.holders).some(({ holder }) => holder === 'undetermined'),
      )
      .map((service) => ({
        key: service.id,
        title: `It is not known how ${service.name} is delivered`,
        detail: `${sentenceEnd(service.purpose)} Nobody has said which layers of it ${service.providerName} runs.`,
        requirements: matrix.frameworks.flatMap((framework) =>
          framework.requirements.filter(({ row }) => row.undetermined.includes(service.id)).map(({ row }) => row.key),
        ),
        ...(service.place ? { place: service.place } : {}),
      })),
};
