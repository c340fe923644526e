import { counted, joinNames } from '../../sentence.ts';
import type { Rule } from './rule.ts';

/** A control under which the customer holds parts and has not said how it meets them. */
export const dutyWithoutStatement: Rule = {
  id: 'duty-without-statement',
  title: 'Duty without a statement',
  severity: 'medium',
  help: 'You hold parts under a control and no statement says how you meet them, or the statement is still `unanswered`. The matrix shows whose the duty is, but not that it is done.',
  remedy:
    'Add a statement for the control under `statements:` with status, owner, narrative and evidence; it answers every framework at once. Where it answers only some services, complete its `services:`.',
  find: (scene) => {
    const { matrix, services } = scene;
    const open = new Map<string, { requirements: string[]; services: Set<string> }>();
    for (const { control, service, statements, undetermined, requirements } of scene.own) {
      const answered = statements.some((position) => matrix.statements[position]?.status !== 'unanswered');
      if (answered || undetermined) continue;
      const entry = open.get(control) ?? { requirements: [], services: new Set() };
      entry.requirements.push(...requirements);
      if (service) entry.services.add(service);
      open.set(control, entry);
    }
    return matrix.controls.flatMap((control) => {
      const entry = open.get(control.id);
      if (!entry) return [];
      const requirements = scene.inOrder(entry.requirements);
      const [first] = entry.services;
      const place = services.get(first ?? '')?.place;
      const names = [...entry.services].map((id) => services.get(id)?.name ?? id);
      return [
        {
          key: control.id,
          title: `No statement on: ${control.title}`,
          detail: `Not answered: your parts of ${counted(requirements.length, 'requirement')}${names.length > 0 ? ` on ${joinNames(names, 4)}` : ''}.`,
          requirements,
          ...(place ? { place } : {}),
        },
      ];
    });
  },
};
