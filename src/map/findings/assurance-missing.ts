import type { AssuranceType, Matrix } from '../../model.ts';
import type { Found, Rule } from './index.ts';

/** What proof a framework expects of a provider that holds parts under it. */
const EXPECTED: Record<string, AssuranceType[]> = {
  'pci-dss': ['pci-aoc'],
  hipaa: ['baa'],
  gdpr: ['dpa'],
  soc2: ['soc2-type2'],
};

/** A provider holds parts under a framework and the proof which that framework expects is not on file. */
export const assuranceMissing: Rule = {
  id: 'assurance-missing',
  title: 'Assurance missing',
  severity: 'high',
  help: 'A provider holds parts under a framework, and the proof that the framework expects (an AOC under PCI DSS, a BAA under HIPAA, a DPA under GDPR, a SOC 2 Type 2 report) is not on file. Without it, its parts are claims.',
  remedy: 'Obtain the document from the provider, review it, and record it under `assurances:`.',
  find: (matrix: Matrix): Found[] =>
    matrix.frameworks.flatMap((framework) => {
      const types = EXPECTED[framework.id] ?? [];
      const inScope = matrix.services.filter((service) => framework.services.includes(service.id));
      return types.flatMap((type) =>
        matrix.parties
          .filter((party) => party.kind !== 'customer')
          .flatMap((party) => {
            const own = inScope.filter((service) => service.partyId === party.id || service.managedBy.some((managed) => managed.party === party.id));
            if (own.length === 0) return [];
            const onFile = matrix.assurances.some((assurance) => assurance.type === type && (assurance.provider === party.id || assurance.provider === party.name));
            if (onFile) return [];
            const offer = matrix.providers.find((provider) => provider.id === party.id)?.offers.find((candidate) => candidate.type === type);
            return [
              {
                key: `${framework.id}/${type}/${party.id}`,
                title: `No ${framework.words.proof} from ${party.name}`,
                detail: `${party.name} provides ${own.map((service) => service.name).join(', ')} in the scope of ${framework.title}.`,
                requirements: [],
                ...(offer ? { remedy: `${offer.title}: ${offer.how}. Record it under \`assurances:\`.` } : {}),
                ...(own[0]?.place ? { place: own[0].place } : {}),
              },
            ];
          }),
      );
    }),
};
