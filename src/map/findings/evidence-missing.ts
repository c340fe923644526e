import type { Rule } from './rule.ts';
import { aboutStatement, standing, statementTitle } from './statements.ts';

/** A duty is said to be met, and nothing shows it. */
export const evidenceMissing: Rule = {
  id: 'evidence-missing',
  title: 'Statement without evidence',
  severity: 'low',
  help: 'A statement says that a duty is met, or met by other means, and names no evidence. An assessor takes no word for it: each such statement becomes a request while the assessment runs. `demarc explain` of the requirement says what evidence is usual.',
  remedy: 'Name what shows it under `evidence:`: a title, better with file or address and date.',
  find: (scene) =>
    standing(scene)
      .filter(
        ({ statement: { status, evidence } }) => (status === 'implemented' || status === 'alternative') && evidence.length === 0,
      )
      .map(({ statement, position }) => {
        const asked =
          scene.requirements.get(statement.requirement ?? '')?.requirement ?? scene.controls.get(statement.control ?? '');
        const usual = asked?.evidence.customer ?? [];
        return {
          ...aboutStatement(position, scene),
          title: `No evidence: ${statementTitle(statement, scene)}`,
          detail: usual.length > 0 ? `Usual: ${usual.join('; ')}.` : 'Nothing shows what it says.',
        };
      }),
};
