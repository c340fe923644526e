import { coversService } from '../../assurances.ts';
import { slug } from './keys.ts';
import type { Rule } from './rule.ts';

/** Proof is on file, and a service in use is not in it. */
export const assuranceService: Rule = {
  id: 'assurance-service',
  title: 'Assurance that leaves out a service',
  severity: 'high',
  help: 'The proof that a framework expects of a provider is on file, but a service in use is none of those it names (`services:`), or is one that it leaves out by name (`excludes:`). What the provider does on that service is not attested. This is how most business associate agreements and attestations fail: they hold for the provider, and not for the service that was added last year.',
  remedy:
    'Look up the service in the document and complete `services:` where it is covered. Where it is not, obtain proof for it, or move the data to a service that is covered.',
  find: ({ proofs }) =>
    proofs.flatMap(({ framework, party, services, onFile, requirements }) => {
      if (onFile.length === 0) return [];
      const open = services.filter((service) => !onFile.some((assurance) => coversService(assurance, service)));
      if (open.length === 0) return [];
      const place = open[0]?.place;
      return [
        {
          key: `${framework.id}/${slug(party.id)}`,
          title: `${onFile.length === 1 ? onFile[0]?.title : `What is on file from ${party.name}`} does not cover ${open.length === 1 ? open[0]?.name : `${open.length} services in use`}`,
          detail: `In the scope of ${framework.title} and not covered: ${open.map((service) => service.name).join(', ')}.`,
          requirements,
          ...(place ? { place } : {}),
        },
      ];
    }),
};
