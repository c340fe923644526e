import type { Matrix, Part } from '../../model/matrix.ts';
import { indexStatements, statementsFor } from '../../statements.ts';
import { CUSTOMER } from '../service.ts';

/** The customer's parts under one control on one service (or once per system), answered by the same statements. */
export interface OwnParts {
  control: string;
  service?: string;
  undetermined: boolean;
  /** Positions of the statements that answer them; several where some say it equally closely. */
  statements: readonly number[];
  /** Requirements that they serve, in the order of the frameworks. */
  requirements: string[];
}

/** The customer's parts with the statements that answer them, and the same the other way round. */
export function answersOf(matrix: Matrix): { own: OwnParts[]; reach: Map<number, Set<string>> } {
  const index = indexStatements(matrix.statements);
  const own = new Map<string, OwnParts>();
  const entryOf = (part: Part, key: string): OwnParts => {
    const statements = statementsFor(key, part, matrix.statements, index);
    const alike = [part.control, part.service, part.undetermined, statements].join('\u0000');
    const entry = own.get(alike) ?? {
      control: part.control,
      ...(part.service ? { service: part.service } : {}),
      undetermined: part.undetermined,
      statements,
      requirements: [],
    };
    own.set(alike, entry);
    return entry;
  };
  // But for requirements with a statement of their own, what answers a part is the same in every row.
  const usual = new Map<number, OwnParts>();
  for (const framework of matrix.frameworks) {
    for (const { row } of framework.requirements) {
      const special = index.has(row.key);
      for (const position of row.parts) {
        const part = matrix.parts[position];
        if (part?.party !== CUSTOMER) continue;
        const entry = (special ? undefined : usual.get(position)) ?? entryOf(part, row.key);
        if (!special) usual.set(position, entry);
        if (entry.requirements.at(-1) !== row.key) entry.requirements.push(row.key);
      }
    }
  }
  const reach = new Map<number, Set<string>>();
  for (const { statements, requirements } of own.values()) {
    for (const position of statements) {
      const reached = reach.get(position) ?? new Set();
      for (const requirement of requirements) reached.add(requirement);
      reach.set(position, reached);
    }
  }
  return { own: [...own.values()], reach };
}
