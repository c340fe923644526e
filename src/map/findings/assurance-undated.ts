import { isOverAPeriod } from '../../assurances.ts';
import { requirementsFor } from './proofs.ts';
import type { Rule } from './rule.ts';

/** Nobody can tell from when to when a document on file counts. */
export const assuranceUndated: Rule = {
  id: 'assurance-undated',
  title: 'Assurance without its dates',
  severity: 'medium',
  help: 'A document on file says neither when it was issued nor until when it counts; or it is a report over a period and its period is not given. Nobody can then tell whether it covers the time in question, and demarc passes over that question.',
  remedy: 'Add the `period:` of a Type 2 report; else `issued:`, and `expires:` where it has an end.',
  find: (scene) =>
    scene.matrix.assurances
      .filter(({ type, period, issued, expires }) =>
        isOverAPeriod(type) ? !period : !period && issued === undefined && expires === undefined,
      )
      .map((assurance) => ({
        key: assurance.id,
        title: `${isOverAPeriod(assurance.type) ? 'No period' : 'No date'} is given of ${assurance.title}`,
        detail: 'Whether it covers the time in question cannot be judged.',
        requirements: requirementsFor(assurance, scene),
        ...(assurance.place ? { place: assurance.place } : {}),
      })),
};
