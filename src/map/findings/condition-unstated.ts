import { counted } from '../../sentence.ts';
import type { Rule } from './rule.ts';

/** Requirements depend on a fact of the system that nobody has stated; they are taken to apply. */
export const conditionUnstated: Rule = {
  id: 'condition-unstated',
  title: 'Condition not stated',
  severity: 'low',
  help: 'Requirements depend on a fact of your system (whether payment terminals are in use, say) and the description does not state it. They are taken to apply, because silence never removes a duty; you may be carrying requirements that are not yours.',
  remedy: 'State it under `conditions:`, true or false. See `demarc list conditions` for the question each one asks.',
  find: ({ matrix }) => {
    const components = new Map(
      matrix.components.flatMap((component) => (component.when ? [[component.id, component.when] as const] : [])),
    );
    const controls = new Map(matrix.controls.map((control) => [control.id, control]));
    return matrix.conditions
      .filter((condition) => !condition.stated)
      .flatMap((condition) => {
        const requirements = matrix.frameworks.flatMap((framework) =>
          framework.requirements
            .filter(
              (requirement) =>
                requirement.row.ownership !== 'not-applicable' &&
                (requirement.when.includes(condition.id) ||
                  requirement.controls.some((use) =>
                    controls
                      .get(use.control)
                      ?.surface.some(
                        (entry) =>
                          components.get(entry.component) === condition.id && (!use.at || use.at.includes(entry.component)),
                      ),
                  )),
            )
            .map((requirement) => requirement.row.key),
        );
        if (requirements.length === 0) return [];
        return [
          {
            key: condition.id,
            title: `Not stated: ${condition.title}`,
            detail: `Taken to hold; ${counted(requirements.length, 'requirement depends', 'requirements depend')} on it.`,
            requirements,
          },
        ];
      });
  },
};
