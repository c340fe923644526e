import type { Assurance, Matrix, MatrixService, Party } from '../../model.ts';
import { afterColon } from '../../sentence.ts';
import { ASSURANCE } from '../../terms.ts';
import type { Found, Rule } from './index.ts';

/** A provider holds parts under a framework, and the proof which that framework expects is not on file for all its services in use. */
export const assuranceMissing: Rule = {
  id: 'assurance-missing',
  title: 'Assurance missing',
  severity: 'high',
  help: 'A provider holds parts under a framework, and the proof that the framework expects (an AOC under PCI DSS, a BAA under HIPAA, a DPA under GDPR, a SOC 2 Type 2 report) is not on file, or does not cover every service in use. Without it, its parts are claims.',
  remedy: 'Obtain the document from the provider, review it, and record it under `assurances:`.',
  find: (matrix: Matrix): Found[] =>
    matrix.frameworks.flatMap((framework) => {
      if (framework.expects.length === 0) return [];
      const inScope = matrix.services.filter((service) => framework.services.includes(service.id));
      return matrix.parties.flatMap((party): Found[] => {
        if (party.kind === 'customer') return [];
        const onFile = matrix.assurances.filter(
          (assurance) =>
            framework.expects.includes(assurance.type) && isFrom(assurance, party) && hasBegun(assurance, matrix.asOf),
        );
        const open = inScope.filter(
          (service) => isRunBy(service, party) && !onFile.some((assurance) => covers(assurance, service)),
        );
        if (open.length === 0) return [];
        const offer = matrix.providers
          .find((provider) => provider.id === party.id)
          ?.offers.find((candidate) => framework.expects.includes(candidate.type));
        const proof = framework.expects.map((type) => ASSURANCE[type]).join(' or ');
        const place = open[0]?.place;
        return [
          {
            key: `${framework.id}/${party.id}`,
            title: `No ${afterColon(proof)} from ${party.name}${onFile.length > 0 ? ' for every service' : ''}`,
            detail: `In the scope of ${framework.title} without it: ${open.map((service) => service.name).join(', ')}.`,
            requirements: [],
            ...(offer ? { remedy: `${offer.title}: ${offer.how.replace(/\.$/, '')}. Record it under \`assurances:\`.` } : {}),
            ...(place ? { place } : {}),
          },
        ];
      });
    }),
};

function isFrom(assurance: Assurance, party: Party): boolean {
  return assurance.provider === party.id || assurance.provider === party.name;
}

function isRunBy(service: MatrixService, party: Party): boolean {
  return service.partyId === party.id || service.managedBy.some((managed) => managed.party === party.id);
}

function covers(assurance: Assurance, service: MatrixService): boolean {
  return assurance.services.length === 0 || assurance.services.some((name) => name === service.id || name === service.service);
}

/** A report of next year proves nothing today. */
function hasBegun(assurance: Assurance, asOf: string): boolean {
  return (assurance.issued ?? assurance.period?.from ?? asOf) <= asOf;
}
