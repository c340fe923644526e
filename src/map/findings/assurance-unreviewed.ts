import { isInForce } from '../../assurances.ts';
import { requirementsFor } from './proofs.ts';
import type { Rule } from './rule.ts';

/** A document is on file that nobody has read. */
export const assuranceUnreviewed: Rule = {
  id: 'assurance-unreviewed',
  title: 'Assurance not reviewed',
  severity: 'medium',
  help: 'A report or agreement that counts is on file, and nobody is named who has read it; or it was read before it was issued, so that an earlier one was meant. A report has to be read for its scope, its exceptions and what it expects of its user; a report in a drawer is no control. Where no framework in scope expects that kind of proof, the severity is low.',
  remedy: 'Read it, and record `reviewed:` with who (`by`), when (`on`), and what it brought to light (`note`).',
  find: (scene) =>
    scene.matrix.assurances.flatMap((assurance) => {
      const { reviewed, issued } = assurance;
      const early = reviewed !== undefined && issued !== undefined && reviewed.on < issued;
      if (assurance.type === 'bridge-letter' || !isInForce(assurance, scene.matrix.asOf) || (reviewed && !early)) return [];
      const expected = scene.matrix.frameworks.some((framework) => framework.expects.includes(assurance.type));
      return [
        {
          key: assurance.id,
          ...(expected ? {} : { severity: 'low' as const }),
          title: `Nobody has reviewed ${assurance.title}`,
          detail: early ? `The review is of ${reviewed.on}, the document of ${issued}.` : 'No review is recorded.',
          requirements: requirementsFor(assurance, scene),
          ...(assurance.place ? { place: assurance.place } : {}),
        },
      ];
    }),
};
