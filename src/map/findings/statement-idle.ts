import { statementKey } from './keys.ts';
import type { Rule } from './rule.ts';
import { standing, statementTitle } from './statements.ts';

/** A statement answers no part of this system. */
export const statementIdle: Rule = {
  id: 'statement-idle',
  title: 'Statement that answers nothing',
  severity: 'low',
  help: 'A statement is given for a control or requirement under which you hold no part: the requirement is not applicable, its framework is out of scope, the providers hold all of it, or closer statements answer every part. It does no harm, but it is shown nowhere and grows old unseen; and it may stand for a scope that was meant to be wider.',
  remedy:
    'Remove the statement, or bring what it speaks of into scope (`frameworks:`, `conditions:`, the `services:` of the statement).',
  find: (scene) => {
    const reaching = new Set(standing(scene).map(({ statement }) => statementKey(statement)));
    return scene.matrix.statements.flatMap((statement) => {
      const key = statementKey(statement);
      if (reaching.has(key)) return [];
      return [
        {
          key,
          title: `Nothing is answered by: ${statementTitle(statement, scene)}`,
          detail: 'No part of yours is under it in the frameworks in scope.',
          requirements: [],
          ...(statement.place ? { place: statement.place } : {}),
        },
      ];
    });
  },
};
