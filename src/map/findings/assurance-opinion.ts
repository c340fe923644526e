import { isInForce } from '../../assurances.ts';
import type { Opinion } from '../../model/system.ts';
import { requirementsFor } from './proofs.ts';
import type { Rule } from './rule.ts';

const WORDS: Record<Opinion, string> = {
  unqualified: 'is unqualified',
  qualified: 'is qualified',
  adverse: 'is adverse',
  disclaimer: 'is withheld',
};

/** An auditor did not vouch for a report, and nobody has said what that means here. */
export const assuranceOpinion: Rule = {
  id: 'assurance-opinion',
  title: 'Opinion that nobody has weighed',
  severity: 'medium',
  help: 'The auditor of a report found that some controls did not hold (a qualified opinion), that the system as a whole did not (adverse), or could not tell (a disclaimer). The report may still serve, if somebody has looked at what failed and whether it touches the services in use. No note of the review says so. Adverse opinions and disclaimers are of high severity.',
  remedy: 'Read what the auditor objects to and what it means for your use, and write it in `reviewed: {by, on, note}`.',
  find: (scene) =>
    scene.matrix.assurances.flatMap((assurance) => {
      const { opinion, reviewed } = assurance;
      if (opinion === undefined || opinion === 'unqualified' || reviewed?.note) return [];
      if (!isInForce(assurance, scene.matrix.asOf)) return [];
      return [
        {
          key: assurance.id,
          ...(opinion === 'qualified' ? {} : { severity: 'high' as const }),
          title: `The auditor\u2019s opinion on ${assurance.title} ${WORDS[opinion]}`,
          detail: reviewed
            ? `The review of ${reviewed.on} has no note on it.`
            : 'No review is recorded that says what it means here.',
          requirements: requirementsFor(assurance, scene),
          ...(assurance.place ? { place: assurance.place } : {}),
        },
      ];
    }),
};
