import type { Statement } from '../../model/system.ts';
import { joinNames } from '../../sentence.ts';
import { STATUS } from '../../terms.ts';
import type { Rule } from './rule.ts';
import { statementTitle } from './statements.ts';

/** Two statements answer the same parts equally closely. */
export const statementContradicted: Rule = {
  id: 'statement-contradicted',
  title: 'Two statements on one thing',
  severity: 'medium',
  help: 'Two statements answer the same control or requirement for the same service, or both for all services, and neither is closer than the other. The later one counts, which nobody who reads the description can see. Where their status differs they contradict each other; where it does not, one of them is out of date or too many. A statement for one requirement goes before one for its control, and one for a service before one for all: such pairs are no finding.',
  remedy: 'Join the two, or limit each with `services:` to what it holds for.',
  find: (scene) => {
    const byTarget = new Map<string, Map<string, Statement[]>>();
    for (const statement of scene.matrix.statements) {
      const target = statement.control ?? statement.requirement ?? '';
      const byScope = byTarget.get(target) ?? new Map<string, Statement[]>();
      byTarget.set(target, byScope);
      for (const scope of statement.services.length > 0 ? new Set(statement.services) : [EVERYWHERE]) {
        const alike = byScope.get(scope);
        if (alike) alike.push(statement);
        else byScope.set(scope, [statement]);
      }
    }
    return [...byTarget].flatMap(([target, byScope]) => {
      const rivals = new Set([...byScope.values()].filter((alike) => alike.length > 1).flat());
      const ordered = scene.matrix.statements.filter((statement) => rivals.has(statement));
      const last = ordered.at(-1);
      if (!last) return [];
      const differ = new Set(ordered.map((statement) => statement.status)).size > 1;
      const said = ordered.map(
        ({ status, place }) => `${STATUS[status].toLowerCase()}${place ? ` (${place.file}:${place.line})` : ''}`,
      );
      return [
        {
          key: target,
          ...(differ ? {} : { severity: 'low' as const }),
          title: `${ordered.length === 2 ? 'Two' : ordered.length} statements on one thing: ${statementTitle({ ...last, services: [] }, scene)}`,
          detail: `They say ${joinNames(said, 6)}; the last one counts.`,
          requirements: last.requirement ? [last.requirement] : [],
          ...(last.place ? { place: last.place } : {}),
        },
      ];
    });
  },
};

/** The scope of a statement that names no service; no service has such an id. */
const EVERYWHERE = '';
