import { counted } from '../../sentence.ts';
import { ownParts } from '../own-parts.ts';
import { ownerOf } from '../status.ts';
import type { Rule } from './index.ts';

/** A customer's part for which no person or team answers. */
export const dutyWithoutOwner: Rule = {
  id: 'duty-without-owner',
  title: 'Duty without an owner',
  severity: 'high',
  help: 'A part is yours, and neither a statement, nor the service, nor the system names who answers for it. Assessors ask for the person before they ask for the proof.',
  remedy:
    'Name an owner in the statement, on the service (`owner:`), or for everything else on the system (`system: {owner: …}`).',
  find: (matrix) => {
    const services = new Map(matrix.services.map((service) => [service.id, service]));
    const controls = new Map(matrix.controls.map((control) => [control.id, control]));
    const open = new Map<string, Set<string>>();
    for (const { row, part, statement } of ownParts(matrix)) {
      if (ownerOf(part, statement, matrix, services)) continue;
      const keys = open.get(part.control) ?? new Set();
      open.set(part.control, keys.add(row.key));
    }
    return [...open].map(([control, requirements]) => ({
      key: control,
      title: `Nobody answers for: ${controls.get(control)?.title ?? control}`,
      detail: `Your parts of ${counted(requirements.size, 'requirement')} under this control have no owner.`,
      requirements: [...requirements],
    }));
  },
};
