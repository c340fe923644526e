import type { Catalogue, Provider, Service } from './model/catalogue.ts';

/** `framework:id` of the requirement that a description names so, by its id or by another one of it; nothing where there is none. */
export function findRequirement(catalogue: Catalogue, reference: string): string | undefined {
  const framework = catalogue.frameworks.find(({ id }) => reference.startsWith(`${id}:`));
  const name = reference.slice(reference.indexOf(':') + 1);
  const requirement = framework?.requirements.find(({ id, aliases }) => id === name || aliases.includes(name));
  return framework && requirement && `${framework.id}:${requirement.id}`;
}

/** The catalogue's entry for `provider/service`, and that of its provider, if there is one. */
export function findService(catalogue: Catalogue, reference: string): { provider: Provider; service: Service } | undefined {
  const [providerId, ...rest] = reference.split('/');
  const provider = catalogue.providers.find(({ id }) => id === providerId);
  const service = provider?.services.find(({ id }) => id === rest.join('/'));
  return provider && service && { provider, service };
}
