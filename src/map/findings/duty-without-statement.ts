import { counted, joinNames } from '../../sentence.ts';
import { ownParts } from '../own-parts.ts';
import type { Rule } from './index.ts';

/** A control under which the customer holds parts and has not said how it meets them. */
export const dutyWithoutStatement: Rule = {
  id: 'duty-without-statement',
  title: 'Duty without a statement',
  severity: 'medium',
  help: 'You hold parts under a control and no statement says how you meet them. The matrix shows whose the duty is, but not that it is done.',
  remedy:
    'Add a statement for the control under `statements:` with status, owner, narrative and evidence; it answers every framework at once.',
  find: (matrix) => {
    const open = new Map<string, { requirements: Set<string>; services: Set<string> }>();
    for (const { row, part, statement } of ownParts(matrix)) {
      if (statement || part.undetermined) continue;
      const entry = open.get(part.control) ?? { requirements: new Set(), services: new Set() };
      entry.requirements.add(row.key);
      if (part.service) entry.services.add(part.service);
      open.set(part.control, entry);
    }
    const names = new Map(matrix.services.map((service) => [service.id, service.name]));
    return matrix.controls.flatMap((control) => {
      const entry = open.get(control.id);
      if (!entry) return [];
      const services = [...entry.services].map((id) => names.get(id) ?? id);
      return [
        {
          key: control.id,
          title: `No statement on: ${control.title}`,
          detail: `Not answered: your parts of ${counted(entry.requirements.size, 'requirement')}${services.length > 0 ? ` on ${joinNames(services, 5)}` : ''}.`,
          requirements: [...entry.requirements],
        },
      ];
    });
  },
};
