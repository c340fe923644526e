import { findService } from '../catalogue-entries.ts';
import type { Catalogue, Framework, Provider, Requirement, Service } from '../model/catalogue.ts';
import { didYouMean, UsageError } from '../problem.ts';

/** What references on a command line name: `framework:requirement` and `provider/service`. */

/** The requirement that a reference names. @throws UsageError with the nearest name. */
export function findRequirement(
  reference: string,
  catalogue: Pick<Catalogue, 'frameworks'>,
): { framework: Framework; requirement: Requirement } {
  const [frameworkId = '', ...rest] = reference.split(':');
  const id = rest.join(':');
  const framework = catalogue.frameworks.find((candidate) => candidate.id === frameworkId);
  if (!framework) {
    const names = catalogue.frameworks.map((candidate) => candidate.id);
    const meant = didYouMean(frameworkId, names);
    throw new UsageError(
      `there is no framework ${frameworkId}`,
      meant ? `Did you mean ${meant}:${id}?` : `Write one of ${names.join(', ')}, a colon, and the requirement.`,
    );
  }
  const requirement = framework.requirements.find((candidate) => candidate.id === id || candidate.aliases.includes(id));
  if (!requirement) {
    if (framework.headings.some((heading) => heading.id === id)) {
      throw new UsageError(
        `${reference} is a heading and asks nothing by itself`,
        `Its requirements: ${framework.requirements
          .filter((candidate) => candidate.id.startsWith(id))
          .slice(0, 8)
          .map((candidate) => candidate.id)
          .join(', ')}.`,
      );
    }
    const meant = didYouMean(
      id,
      framework.requirements.map((candidate) => candidate.id),
    );
    throw new UsageError(
      `${framework.title} has no requirement ${id || '(none given)'}`,
      meant ? `Did you mean ${framework.id}:${meant}?` : `See demarc list requirements ${framework.id}.`,
    );
  }
  return { framework, requirement };
}

/** The provider that a bare id names. @throws UsageError with the nearest name, or with what a requirement is written like. */
export function findProvider(id: string, catalogue: Catalogue): Provider {
  const provider = catalogue.providers.find((candidate) => candidate.id === id);
  if (provider) return provider;
  if (catalogue.frameworks.some((framework) => framework.id === id)) {
    throw new UsageError(`${id} is a framework`, `Name one of its requirements: see demarc list requirements ${id}.`);
  }
  const known = catalogue.providers.map((candidate) => candidate.id);
  const meant = didYouMean(id, [...known, ...catalogue.frameworks.map((framework) => framework.id)]);
  throw new UsageError(
    `the catalogue has no provider ${id}`,
    meant ? `Did you mean ${meant}?` : 'See demarc list providers, or write framework:requirement or provider/service.',
  );
}

/** The service a reference names. @throws UsageError with the nearest name. */
export function findCatalogueService(reference: string, catalogue: Catalogue): { provider: Provider; service: Service } {
  const found = findService(catalogue, reference);
  if (found) return found;
  const known = catalogue.providers.flatMap((candidate) => candidate.services.map(({ id }) => `${candidate.id}/${id}`));
  const meant = didYouMean(reference, known);
  throw new UsageError(
    `the catalogue has no service ${reference}`,
    meant ? `Did you mean ${meant}?` : 'See demarc list services.',
  );
}
