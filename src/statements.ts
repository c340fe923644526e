import type { Part } from './model/matrix.ts';
import type { Statement, Status } from './model/system.ts';

/** Which of the customer's statements answers what: for rows of the matrix, and for questions of others. */

/** Positions of statements by what they answer: a control's id or a requirement's key. */
export type StatementIndex = ReadonlyMap<string, number[]>;

/** Sorts statements by what they answer. */
export function indexStatements(statements: readonly Statement[]): StatementIndex {
  const index = new Map<string, number[]>();
  statements.forEach((statement, position) => {
    const key = statement.requirement ?? statement.control ?? '';
    const positions = index.get(key);
    if (positions) positions.push(position);
    else index.set(key, [position]);
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
  return statementsFor(key, part, statements, index).at(-1);
}

/** Positions of all statements that answer a part equally closely, of which `statementFor` takes the last. */
export function statementsFor(
  key: string,
  part: Pick<Part, 'control' | 'service'>,
  statements: readonly Statement[],
  index: StatementIndex,
): number[] {
  let best: number[] = [];
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
      if (rank > bestRank) best = [];
      best.push(position);
      bestRank = rank;
    }
  }
  return best;
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
