import { counted } from '../../sentence.ts';
import { indexStatements, ownerOf, statementFor } from '../status.ts';
import type { Rule } from './index.ts';

/** A customer's part for which no person or team answers. */
export const dutyWithoutOwner: Rule = {
  id: 'duty-without-owner',
  title: 'Duty without an owner',
  severity: 'high',
  help: 'A part is yours, and neither a statement, nor the service, nor the system names who answers for it. Assessors ask for the person before they ask for the proof.',
  remedy: 'Name an owner in the statement, on the service (`owner:`), or for everything else on the system (`system: {owner: …}`).',
  find: (matrix) => {
    const statements = indexStatements(matrix.statements);
    const services = new Map(matrix.services.map((service) => [service.id, service]));
    const controls = new Map(matrix.controls.map((control) => [control.id, control]));
    const open = new Map<string, Set<string>>();
    for (const framework of matrix.frameworks) {
      for (const { row } of framework.requirements) {
        for (const position of row.parts) {
          const part = matrix.parts[position];
          if (!part || part.party !== 'customer') continue;
          const found = statementFor(row.key, part, matrix.statements, statements);
          const statement = found === undefined ? undefined : matrix.statements[found];
          if (ownerOf(part, statement, matrix, services)) continue;
          const keys = open.get(part.control) ?? new Set();
          keys.add(row.key);
          open.set(part.control, keys);
        }
      }
    }
    return [...open].map(([control, requirements]) => ({
      key: control,
      title: `Nobody answers for: ${controls.get(control)?.title ?? control}`,
      detail: `Your parts of ${counted(requirements.size, 'requirement')} under this control have no owner.`,
      requirements: [...requirements],
    }));
  },
};
