import type { EvidenceChange, EvidenceState, StatementChange } from '../../comparison.ts';
import type { Matrix } from '../../model/matrix.ts';
import type { Statement } from '../../model/system.ts';
import { STATUS } from '../../terms.ts';
import { arrow, differing, differingKeys, inShort, pairs, reviewText } from './differences.ts';
import type { Ledger } from './ledger.ts';

/** The statements of two matrices, held against each other. */
export interface StatementComparison {
  changes: StatementChange[];
  /** The id of each statement, as causes name it, by position in the older and the newer matrix. */
  ids: { from: string[]; to: string[] };
  /** Which fields of a statement differ, by id; `existence` where it is new or gone. */
  fields: Map<string, readonly string[]>;
}

/** Enters every statement that differs as a cause, and gives the changes. */
export function compareStatements(before: Matrix, after: Matrix, ledger: Ledger): StatementComparison {
  const ids = { from: statementIds(before.statements), to: statementIds(after.statements) };
  const fields = new Map<string, readonly string[]>();
  const titles = new Map([...before.controls, ...after.controls].map((control) => [control.id, control.title]));
  const list = (statements: readonly Statement[], names: readonly string[]) =>
    statements.map((statement, position) => ({ statement, id: names[position] ?? '' }));
  const found = pairs(list(before.statements, ids.from), list(after.statements, ids.to), ({ id }) => id);
  const changes = [...found].flatMap(([id, pair]): StatementChange[] => {
    const from = pair.from?.statement;
    const to = pair.to?.statement;
    const statement = (to ?? from) as Statement;
    const differ: readonly string[] = from && to ? differingKeys(from, to) : ['existence'];
    if (differ.length === 0) return [];
    fields.set(id, differ);
    const key = id.slice('statement:'.length);
    const cause =
      from && to
        ? inShort(differ.map((field) => ({ field, says: statementDifference(field, from, to) })))
        : { says: from ? 'was removed' : 'was added', detail: STATUS[statement.status].toLowerCase() };
    const says = `statement on ${key}${from && to && cause.says !== 'differs' ? ':' : ''} ${cause.says}`;
    const about = [key, statement.control, statement.requirement, ...statement.services];
    ledger.add({ id, kind: 'statement', origin: 'description', ...cause, says, place: to?.place }, about);
    return [
      {
        key,
        title: titles.get(statement.control ?? '') ?? statement.requirement ?? statement.control ?? '',
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
        fields: [...differ],
        causes: [id],
      },
    ];
  });
  return { changes, ids, fields };
}

/** The cause that names each statement: what it answers, and for which services; several of the same are told apart by their order. */
export function statementIds(statements: readonly Statement[]): string[] {
  const seen = new Map<string, number>();
  return statements.map((statement) => {
    const name = [`statement:${statement.requirement ?? statement.control ?? ''}`, ...[...statement.services].sort()].join('/');
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}#${count}`;
  });
}

function statementDifference(field: string, from: Statement, to: Statement): string {
  if (field === 'status') return arrow(STATUS[from.status].toLowerCase(), STATUS[to.status].toLowerCase());
  if (field === 'owner' || field === 'due' || field === 'implemented') return `${field} ${arrow(from[field], to[field])}`;
  if (field === 'reviewed') return reviewText(to);
  return field === 'evidence' ? 'other evidence' : `another ${field}`;
}

/** Evidence that came, went, differs, or passed the day from which it no longer counts. */
export function compareEvidence(
  before: Matrix,
  after: Matrix,
  statements: StatementComparison,
  ledger: Ledger,
): EvidenceChange[] {
  const older = evidenceOf(before, statements.ids.from);
  const newer = evidenceOf(after, statements.ids.to);
  return [...pairs([...older], [...newer], ([key]) => key)].flatMap(([key, pair]): EvidenceChange[] => {
    const from = pair.from?.[1];
    const to = pair.to?.[1];
    const fields: string[] =
      from && to ? differing(from.state, to.state, ['date', 'expires', 'supports', 'counts']) : ['existence'];
    if (fields.length === 0) return [];
    const causes = new Set<string>();
    if (fields.some((field) => field !== 'counts')) {
      for (const id of [...(to?.statements ?? []), ...(from?.statements ?? [])]) if (statements.fields.has(id)) causes.add(id);
    }
    if (fields.includes('counts') && from?.state.expires === to?.state.expires)
      for (const id of ledger.known('as-of')) causes.add(id);
    if (causes.size === 0) causes.add(ledger.beyond());
    return [
      {
        key: key.replace('\u0000', ' '),
        ...(from ? { from: from.state } : {}),
        ...(to ? { to: to.state } : {}),
        fields,
        causes: [...causes],
      },
    ];
  });
}

type Evidenced = { state: EvidenceState; statements: string[] };

/** Evidence by title and place, each once, with the statements that point to it. */
function evidenceOf(matrix: Matrix, ids: readonly string[]): Map<string, Evidenced> {
  const found = new Map<string, Evidenced>();
  matrix.statements.forEach((statement, position) => {
    for (const item of statement.evidence) {
      const where = item.file ?? item.url ?? '';
      const key = where === '' ? item.title : `${item.title}\u0000${where}`;
      const entry = found.get(key) ?? {
        state: {
          title: item.title,
          where,
          ...(item.date ? { date: item.date } : {}),
          ...(item.expires ? { expires: item.expires } : {}),
          supports: [],
          counts: item.expires === undefined || item.expires > matrix.asOf,
        },
        statements: [],
      };
      found.set(key, entry);
      const answers = statement.requirement ?? statement.control ?? '';
      if (!entry.state.supports.includes(answers)) entry.state.supports.push(answers);
      entry.statements.push(ids[position] ?? '');
    }
  });
  return found;
}
