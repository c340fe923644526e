import type { Rule } from './rule.ts';
import { aboutStatement, standing, statementTitle } from './statements.ts';

/** A statement promised something by a day that has passed. */
export const overdueStatement: Rule = {
  id: 'overdue-statement',
  title: 'Planned past its date',
  severity: 'high',
  help: 'A statement is planned or partial and its due date has passed. A plan that is late reads as a duty that is not met, and worse: the date was the organization\u2019s own, and nobody has looked at it since.',
  remedy: 'Bring the statement up to date: its status if the work is done, or a new date with the reason.',
  find: (scene) =>
    standing(scene)
      .filter(
        ({ statement: { status, due } }) =>
          (status === 'planned' || status === 'partial') && due !== undefined && due < scene.matrix.asOf,
      )
      .map(({ statement, position }) => ({
        ...aboutStatement(position, scene),
        title: `Due on ${statement.due}: ${statementTitle(statement, scene)}`,
        detail: `It is still ${statement.status}.${statement.owner ? ` Owner: ${statement.owner}.` : ''}`,
      })),
};
