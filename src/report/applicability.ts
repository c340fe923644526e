import type { Matrix, MatrixFramework, MatrixRequirement } from '../model/matrix.ts';
import { joinNames } from '../sentence.ts';

/** Whether a requirement asks something of this system, and why or why not. */
export function applicability(
  requirement: MatrixRequirement,
  framework: MatrixFramework,
  matrix: Pick<Matrix, 'conditions'>,
): string {
  const { row } = requirement;
  if (row.ownership === 'not-applicable') return `Not applicable. ${row.reason ?? ''}`.trim();
  const role = (id: string): string => framework.roles.find((candidate) => candidate.id === id)?.title.toLowerCase() ?? id;
  const roles = requirement.binds.filter((id) => framework.organizationRoles.includes(id));
  const bound = roles.length > 0 ? roles : requirement.binds.filter((id) => id === framework.providerRole);
  const conditions = requirement.when.flatMap(
    (id) => matrix.conditions.find((condition) => condition.id === id)?.title.toLowerCase() ?? [],
  );
  const reasons = [
    ...(bound.length > 0 ? [`It binds a ${joinNames(bound.map(role))}.`] : []),
    ...(conditions.length > 0 ? [`Here: ${joinNames(conditions)}.`] : []),
    ...(row.reason ? [row.reason] : []),
  ];
  return ['Applies.', ...reasons].join(' ');
}
