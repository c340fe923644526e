import type { Statement } from '../../model/system.ts';
import { statementKey } from './keys.ts';
import type { Found } from './rule.ts';
import type { Scene } from './scene.ts';

/** What a statement is about, in words: its control or requirement, and the services it is limited to. */
export function statementTitle(statement: Statement, { controls, requirements, services }: Scene): string {
  const { control = '', requirement = '' } = statement;
  const known = requirements.get(requirement);
  const title = known
    ? `${known.framework.title} ${known.requirement.id}, ${known.requirement.title}`
    : (controls.get(control)?.title ?? (control || requirement));
  if (statement.services.length === 0) return title;
  return `${title} (${statement.services.map((id) => services.get(id)?.name ?? id).join(', ')})`;
}

/** Every statement that answers something, with its position. */
export function standing({ matrix, reach }: Scene): { statement: Statement; position: number }[] {
  return matrix.statements.flatMap((statement, position) => (reach.has(position) ? [{ statement, position }] : []));
}

/** What findings about a statement share: the key, the requirements it answers, and its place. */
export function aboutStatement(position: number, scene: Scene): Pick<Found, 'key' | 'requirements' | 'place'> {
  const statement = scene.matrix.statements[position] as Statement;
  return {
    key: statementKey(statement),
    requirements: scene.inOrder(scene.reach.get(position) ?? []),
    ...(statement.place ? { place: statement.place } : {}),
  };
}
