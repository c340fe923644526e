import type { Rule } from './rule.ts';
import { aboutStatement, standing, statementTitle } from './statements.ts';

/** A duty is promised for a later day and not met on the day of the pack. */
export const dutyUnmet: Rule = {
  id: 'duty-unmet',
  title: 'Duty not met yet',
  severity: 'medium',
  help: 'A statement is planned or partial and its due date is ahead. The plan is sound, but on the day of the pack the duty is not met, and an assessor of that day marks it so. It stays a finding until the work is done; where you decide to live with it until then, suppress it with the reason, who approved that, and the due date as its end.',
  remedy: 'Finish the work and set the status to `implemented`, with evidence; or suppress the finding until the due date.',
  find: (scene) =>
    standing(scene)
      .filter(
        ({ statement: { status, due } }) =>
          (status === 'planned' || status === 'partial') && due !== undefined && due >= scene.matrix.asOf,
      )
      .map(({ statement, position }) => ({
        ...aboutStatement(position, scene),
        title: `Promised for ${statement.due}: ${statementTitle(statement, scene)}`,
        detail: `On ${scene.matrix.asOf} it is ${statement.status}.${statement.owner ? ` Owner: ${statement.owner}.` : ''}`,
      })),
};
