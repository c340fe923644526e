import { counted } from '../../sentence.ts';
import type { Rule } from './rule.ts';

/** A customer's part for which no person or team answers. */
export const dutyWithoutOwner: Rule = {
  id: 'duty-without-owner',
  title: 'Duty without an owner',
  severity: 'high',
  help: 'A part is yours, and neither a statement, nor the service, nor the system names who answers for it. Assessors ask for the person before they ask for the proof.',
  remedy:
    'Name an owner in the statement, on the service (`owner:`), or for everything else on the system (`system: {owner: …}`).',
  find: (scene) => {
    const { matrix, controls, services, own } = scene;
    if (matrix.system.owner) return [];
    const open = new Map<string, { requirements: string[]; service?: string }>();
    for (const { control, service, statements, requirements } of own) {
      if (service && services.get(service)?.owner) continue;
      if (statements.some((position) => matrix.statements[position]?.owner)) continue;
      const entry = open.get(control) ?? { requirements: [] };
      entry.requirements.push(...requirements);
      entry.service ??= service;
      open.set(control, entry);
    }
    return [...open].map(([control, { requirements, service }]) => {
      const concerned = scene.inOrder(requirements);
      const place = services.get(service ?? '')?.place;
      return {
        key: control,
        title: `Nobody answers for: ${controls.get(control)?.title ?? control}`,
        detail: `Your parts of ${counted(concerned.length, 'requirement')} under this control have no owner.`,
        requirements: concerned,
        ...(place ? { place } : {}),
      };
    });
  },
};
