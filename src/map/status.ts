import type { MatrixService, Part, Row } from '../model/matrix.ts';
import type { Statement, Status, System } from '../model/system.ts';
import { rollUpStatus, type StatementIndex, statementFor } from '../statements.ts';
import { CUSTOMER } from './service.ts';

/** Lays the customer's statements on a row: its status, who answers for it, and which statements say so. */
export function answerRow(
  row: Row,
  parts: readonly Part[],
  system: System,
  index: StatementIndex,
  services: ReadonlyMap<string, MatrixService>,
): void {
  const own = row.parts.map((position) => parts[position] as Part).filter((part) => part.party === CUSTOMER);
  if (own.length === 0) return;
  const statuses = new Set<Status>();
  const owners = new Set<string>();
  const used = new Set<number>();
  for (const part of own) {
    const position = statementFor(row.key, part, system.statements, index);
    const statement = position === undefined ? undefined : system.statements[position];
    statuses.add(statement?.status ?? 'unanswered');
    if (position !== undefined) used.add(position);
    const owner = ownerOf(part, statement, system, services);
    if (owner) owners.add(owner);
  }
  row.status = rollUpStatus(statuses);
  row.owners = [...owners];
  row.statements = [...used].sort((a, b) => a - b);
}

/** Who answers for a customer's part: whom the statement names, else the service's owner, else the system's. */
export function ownerOf(
  part: Pick<Part, 'service'>,
  statement: Statement | undefined,
  system: Pick<System, 'system'>,
  services: ReadonlyMap<string, Pick<MatrixService, 'owner'>>,
): string | undefined {
  return statement?.owner ?? (part.service ? services.get(part.service)?.owner : undefined) ?? system.system.owner;
}
