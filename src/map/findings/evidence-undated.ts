import { joinNames } from '../../sentence.ts';
import type { Rule } from './rule.ts';
import { aboutStatement, standing, statementTitle } from './statements.ts';

/** Evidence of which nobody can tell how old it is. */
export const evidenceUndated: Rule = {
  id: 'evidence-undated',
  title: 'Evidence without a date',
  severity: 'low',
  help: 'Evidence is named without the day it was made or the day until which it counts. Nobody can then tell whether it is of the period in question, and demarc cannot tell when it has grown too old.',
  remedy: 'Write the evidence as a map with `title` and `date` (and `expires`, where it has an end).',
  find: (scene) =>
    standing(scene).flatMap(({ statement, position }) => {
      const undated = statement.evidence.filter((item) => item.date === undefined && item.expires === undefined);
      if (undated.length === 0) return [];
      return [
        {
          ...aboutStatement(position, scene),
          title: `No date: evidence on ${statementTitle(statement, scene)}`,
          detail: `${joinNames(undated.map((item) => item.title))}.`,
        },
      ];
    }),
};
