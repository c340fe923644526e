import { STATUS } from '../../terms.ts';
import type { Rule } from './rule.ts';
import { aboutStatement, standing, statementTitle } from './statements.ts';

/** A statement says that a duty does not apply, or is met otherwise, and not why. */
export const statementUnexplained: Rule = {
  id: 'statement-unexplained',
  title: 'Status without a reason',
  severity: 'medium',
  help: 'A statement says that a duty does not apply (`not-applicable`) or is met by other means (`alternative`), and gives neither a narrative nor a decision. Every framework wants the reason on paper: without it, an assessor reads the duty as not met.',
  remedy: 'Say in `narrative:` why it does not apply or what is done instead, or record the `decision:` (by, on, reason).',
  find: (scene) =>
    standing(scene)
      .filter(
        ({ statement: { status, narrative, decision } }) =>
          (status === 'not-applicable' || status === 'alternative') && !narrative && !decision,
      )
      .map(({ statement, position }) => ({
        ...aboutStatement(position, scene),
        title: `${STATUS[statement.status]}, and not said why: ${statementTitle(statement, scene)}`,
        detail: 'The statement has neither a narrative nor a decision.',
      })),
};
