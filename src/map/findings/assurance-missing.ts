import { isParty } from '../../assurances.ts';
import { afterColon, counted } from '../../sentence.ts';
import { ASSURANCE } from '../../terms.ts';
import { DENIED } from './kept.ts';
import { slug } from './keys.ts';
import type { Rule } from './rule.ts';

/** A provider is in the scope of a framework, and the proof which that framework expects is not on file at all. */
export const assuranceMissing: Rule = {
  id: 'assurance-missing',
  title: 'Assurance missing',
  severity: 'high',
  help: 'A provider holds parts under a framework, and nothing of the proof that the framework expects is on file: an Attestation of Compliance under PCI DSS, a business associate agreement under HIPAA, a data processing agreement under GDPR, a SOC 2 Type 2 report under SOC 2. Without it, the parts of the provider are claims. A document whose day of issue is still ahead does not count. Where something is on file but does not reach far enough, other findings say so: services, regions, period, expiry.',
  remedy: 'Obtain the document from the provider, review it, and record it under `assurances:`.',
  find: ({ matrix, proofs }) =>
    proofs
      .filter(({ onFile }) => onFile.length === 0)
      .map(({ framework, party, services, requirements, denied }) => {
        const proof = framework.expects.map((type) => ASSURANCE[type]).join(' or ');
        const offer = matrix.providers
          .find((provider) => provider.id === party.id)
          ?.offers.find((candidate) => framework.expects.includes(candidate.type));
        const resting = framework.requirements.filter(({ row }) =>
          row.parts.some((position) => matrix.parts[position]?.party === party.id),
        ).length;
        const future = matrix.assurances.find(
          (assurance) => framework.expects.includes(assurance.type) && isParty(assurance.provider, party),
        );
        const place = services[0]?.place;
        return {
          key: `${framework.id}/${slug(party.id)}`,
          title: `No ${afterColon(proof)} from ${party.name}`,
          detail: [
            `In the scope of ${framework.title} without it: ${services.map((service) => service.name).join(', ')}.`,
            resting > 0
              ? `${counted(resting, `${framework.words.requirement} rests`, `${framework.words.requirements} rest`)} on parts of ${party.short}.`
              : '',
            future ? `${future.title} begins only on ${future.issued ?? future.period?.from}.` : '',
            denied ? DENIED : '',
          ]
            .filter(Boolean)
            .join(' '),
          requirements,
          ...(offer ? { remedy: `${offer.title}: ${offer.how.replace(/\.$/, '')}. Record it under \`assurances:\`.` } : {}),
          ...(offer?.url ? { references: [{ title: offer.title, url: offer.url }] } : {}),
          ...(place ? { place } : {}),
        };
      }),
};
