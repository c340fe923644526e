import { slug, statementKey } from './keys.ts';
import type { Rule } from './rule.ts';
import { aboutStatement, standing, statementTitle } from './statements.ts';

/** Evidence no longer counts on the day of the pack. */
export const evidenceExpired: Rule = {
  id: 'evidence-expired',
  title: 'Evidence expired',
  severity: 'high',
  help: 'Evidence has an `expires` day, and that day has come. What it showed is no longer shown. Where the statement names other evidence that is still alive, the finding is of medium severity, because the duty is shown in part.',
  remedy: 'Replace it with current evidence, or remove it where newer evidence has taken its place.',
  find: (scene) =>
    standing(scene).flatMap(({ statement, position }) => {
      const isOver = ({ expires }: { expires?: string }): boolean => expires !== undefined && expires <= scene.matrix.asOf;
      const alive = statement.evidence.some((item) => !isOver(item));
      return statement.evidence.filter(isOver).map((item) => ({
        ...aboutStatement(position, scene),
        key: `${statementKey(statement)}/${slug(item.title)}`,
        ...(alive ? { severity: 'medium' as const } : {}),
        title: `Expired on ${item.expires}: ${item.title}`,
        detail: `Evidence on ${statementTitle(statement, scene)}.`,
      }));
    }),
};
