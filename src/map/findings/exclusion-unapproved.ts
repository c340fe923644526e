import { joinNames } from '../../sentence.ts';
import { isExcluded } from '../exclusions.ts';
import type { Rule } from './rule.ts';

/** A requirement was taken out of scope without anybody's approval, or the approval has run out. */
export const exclusionUnapproved: Rule = {
  id: 'exclusion-unapproved',
  title: 'Exclusion without approval',
  severity: 'medium',
  help: 'A requirement is excluded, and nobody is named who approved that, or the decision has passed its last day (`until:`). Assessors treat the former as a requirement not met; the latter excludes nothing any more, so the requirement is back with its parts and duties. A reason has to be given for every exclusion; a description without one is refused.',
  remedy: 'Add `approved-by:` to the exclusion, and a new `until:` where the old one has passed; or remove the exclusion.',
  find: ({ matrix }) =>
    matrix.exclusions
      .filter((exclusion) => !exclusion.approvedBy || !isExcluded(exclusion, matrix.asOf))
      .map((exclusion) => ({
        key: exclusion.requirement,
        title: `The exclusion of ${exclusion.requirement} ${joinNames([...(isExcluded(exclusion, matrix.asOf) ? [] : [`ended on ${exclusion.until}`]), ...(exclusion.approvedBy ? [] : ['has no approver'])])}`,
        detail: `Reason given: ${exclusion.reason}`,
        requirements: [exclusion.requirement],
        ...(exclusion.place ? { place: exclusion.place } : {}),
      })),
};
