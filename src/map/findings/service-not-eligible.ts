import { isInForce } from '../../assurances.ts';
import { monthsAfter } from '../../days.ts';
import type { MatrixService } from '../../model/matrix.ts';
import { afterColon } from '../../sentence.ts';
import { ASSURANCE } from '../../terms.ts';
import { holdsScoped } from './kept.ts';
import type { Rule } from './rule.ts';
import type { Scene } from './scene.ts';

/** A service holds data for which its provider does not offer it. */
export const serviceNotEligible: Rule = {
  id: 'service-not-eligible',
  title: 'Service not eligible for the data it holds',
  severity: 'high',
  help: 'Providers publish lists of the services to which a proof extends, such as the services under their business associate agreement or their PCI DSS attestation. A service in use holds data of a framework that expects this proof, and the list as demarc knows it does not name the service. It may not hold such data unless the provider has agreed to it in writing. Services that only affect such data are not held to the list. The severity is medium where the framework is not about certain kinds of data (SOC 2), and where the list was seen more than a year before the day of the pack, or nobody knows when: look at the current one. A document on file that names the service itself (`services:`) outweighs the list.',
  remedy:
    'Look the service up in the current list. If it is there, or the provider confirms it in writing, record that as a document of its own under `assurances:`, of the same type and with this service alone in `services:`. If not, move the data to an eligible service.',
  find: (scene) =>
    scene.matrix.frameworks.flatMap((framework) =>
      scene.matrix.services.flatMap((service) => {
        if (!framework.services.includes(service.id) || !holdsScoped(service, framework, scene)) return [];
        return service.listings.flatMap((listing) => {
          if (listing.listed || !framework.expects.includes(listing.type) || isNamed(service, listing.type, scene)) return [];
          const known = listing.date !== 'unknown' && monthsAfter(`${listing.date}-01`, 13) > scene.matrix.asOf;
          return [
            {
              key: `${framework.id}/${service.id}`,
              ...(known && framework.scope.data !== 'all' ? {} : { severity: 'medium' as const }),
              title: `${service.name} is not on the list of ${service.providerName} for a ${afterColon(ASSURANCE[listing.type])}`,
              detail: `It holds data in the scope of ${framework.title}. ${listing.list.title}, as seen ${listing.date === 'unknown' ? 'on an unknown day' : `in ${listing.date}`}, does not name it.`,
              requirements: scene.proofs
                .filter((proof) => proof.framework === framework && proof.services.includes(service))
                .flatMap((proof) => proof.requirements),
              references: [listing.list],
              ...(service.place ? { place: service.place } : {}),
            },
          ];
        });
      }),
    ),
};

function isNamed(service: MatrixService, type: string, { matrix }: Scene): boolean {
  return matrix.assurances.some(
    (assurance) =>
      assurance.type === type &&
      isInForce(assurance, matrix.asOf) &&
      assurance.services.some((name) => name === service.id || name === service.service),
  );
}
