import type { Catalogue, Service } from '../model/catalogue.ts';

/** `framework:id` of the requirement that a description names so, by its id or by another one of it; nothing where there is none. */
export function findRequirement(catalogue: Catalogue, reference: string): string | undefined {
  const framework = catalogue.frameworks.find(({ id }) => reference.startsWith(`${id}:`));
  const name = reference.slice(reference.indexOf(':') + 1);
  const requirement = framework?.requirements.find(({ id, aliases }) => id === name || aliases.includes(name));
  return framework && requirement && `${framework.id}:${requirement.id}`;
}

/** The catalogue's entry for `provider/service`, if there is one. */
export function findService(catalogue: Catalogue, reference: string): Service | undefined {
  const [providerId, ...rest] = reference.split('/');
  const provider = catalogue.providers.find((candidate) => candidate.id === providerId);
  return provider?.services.find((candidate) => candidate.id === rest.join('/'));
}
