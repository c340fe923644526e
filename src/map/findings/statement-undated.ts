import type { Rule } from './rule.ts';
import { aboutStatement, standing, statementTitle } from './statements.ts';

/** A statement promises something without a day. */
export const statementUndated: Rule = {
  id: 'statement-undated',
  title: 'Plan without a date',
  severity: 'medium',
  help: 'A statement is planned or partial and does not say by when it will be met. A plan without a date cannot be late, and so it is never done; assessors ask for the date first.',
  remedy: 'Add `due:` to the statement, or set its status to `implemented` if the work is done.',
  find: (scene) =>
    standing(scene)
      .filter(({ statement: { status, due } }) => (status === 'planned' || status === 'partial') && due === undefined)
      .map(({ statement, position }) => ({
        ...aboutStatement(position, scene),
        title: `No due date: ${statementTitle(statement, scene)}`,
        detail: `It is ${statement.status}.${statement.owner ? ` Owner: ${statement.owner}.` : ''}`,
      })),
};
