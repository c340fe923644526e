import type { MatrixService, Part, Row, Statement, Status, System } from '../model.ts';
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

/** Positions of statements by what they answer: a control's id or a requirement's key. */
export type StatementIndex = ReadonlyMap<string, number[]>;

/** Sorts statements by what they answer. */
export function indexStatements(statements: readonly Statement[]): StatementIndex {
  const index = new Map<string, number[]>();
  statements.forEach((statement, position) => {
    const key = statement.requirement ?? statement.control ?? '';
    index.set(key, [...(index.get(key) ?? []), position]);
  });
  return index;
}

/**
 * The position of the statement that answers a part: one for this very requirement before one for its control, one for this service
 * before one for all, and a later one before an earlier.
 */
export function statementFor(
  key: string,
  part: Pick<Part, 'control' | 'service'>,
  statements: readonly Statement[],
  index: StatementIndex,
): number | undefined {
  let best: number | undefined;
  let bestRank = 0;
  for (const [answered, importance] of [
    [part.control, 0],
    [key, 2],
  ] as const) {
    for (const position of index.get(answered) ?? []) {
      const services = statements[position]?.services ?? [];
      const named = part.service !== undefined && services.includes(part.service);
      if (services.length > 0 && !named) continue;
      const rank = 1 + importance + (named ? 1 : 0);
      if (rank < bestRank) continue;
      best = position;
      bestRank = rank;
    }
  }
  return best;
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

/** One status for several: only what holds everywhere is called implemented. */
export function rollUpStatus(statuses: ReadonlySet<Status>): Status {
  const relevant = [...statuses].filter((status) => status !== 'not-applicable');
  if (relevant.length === 0) return 'not-applicable';
  const [first] = relevant;
  if (relevant.length === 1 && first) return first;
  if (relevant.every((status) => status === 'implemented' || status === 'alternative')) return 'alternative';
  return 'partial';
}
