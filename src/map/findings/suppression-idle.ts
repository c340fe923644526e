import { didYouMean } from '../../problem.ts';
import type { Rule } from './rule.ts';

/** For how many suppressions the finding that was probably meant is looked up; more would take seconds, and nobody reads them. */
const MOST_GUESSES = 50;

/** A suppression names a finding that is not there. It has to come after all other rules. */
export const suppressionIdle: Rule = {
  id: 'suppression-idle',
  title: 'Suppression that matches nothing',
  severity: 'low',
  help: 'A suppression names a finding that there is not: the hole has been closed, or the id is misspelled, so that what was meant is still open. Ids are printed by `demarc check` in square brackets and stay the same from run to run.',
  remedy: 'Remove the suppression, or correct the id.',
  find: ({ matrix }, before) =>
    matrix.suppressions
      .filter(({ finding }) => !before.has(finding) && !finding.startsWith('suppression-idle:'))
      .map(({ finding, place }, position) => {
        const rule = `${finding.split(':')[0]}:`;
        const alike = position < MOST_GUESSES ? [...before].filter((id) => id.startsWith(rule)) : [];
        const meant = didYouMean(finding, alike);
        return {
          key: finding,
          title: `There is no finding ${finding} to suppress`,
          detail: meant ? `Was ${meant} meant?` : 'The hole has been closed, or the id is not right.',
          requirements: [],
          ...(place ? { place } : {}),
        };
      }),
};
