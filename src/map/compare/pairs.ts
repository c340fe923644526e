import type { FrameworkChange } from '../../comparison.ts';
import type { Matrix, MatrixFramework, MatrixRequirement } from '../../model/matrix.ts';
import type { Ledger } from './ledger.ts';

/** A requirement with its framework and matrix. */
export interface Side {
  matrix: Matrix;
  framework: MatrixFramework;
  requirement: MatrixRequirement;
}

/** A requirement on both sides, or on the one that has it. */
export interface Pair {
  /** `framework:requirement`, as the newer matrix has it; the older where it is gone. */
  key: string;
  from?: Side;
  to?: Side;
}

/** Matches the requirements of two matrices by id, then by alias: those of the newer in its order, then what is gone. */
export function pairRequirements(
  before: Matrix,
  after: Matrix,
  ledger: Ledger,
): { pairs: Pair[]; frameworks: FrameworkChange[] } {
  const pairs: Pair[] = [];
  const gone: Pair[] = [];
  const frameworks: FrameworkChange[] = [];
  const older = new Map(before.frameworks.map((framework) => [framework.id, framework]));
  for (const framework of after.frameworks) {
    const earlier = older.get(framework.id);
    older.delete(framework.id);
    const { matched, unmatched } = match(earlier?.requirements ?? [], framework.requirements);
    for (const requirement of framework.requirements) {
      const to: Side = { matrix: after, framework, requirement };
      const old = matched.get(requirement);
      const from = old && earlier ? { from: { matrix: before, framework: earlier, requirement: old } } : {};
      pairs.push({ key: requirement.row.key, to, ...from });
    }
    for (const requirement of unmatched) gone.push(goneFrom(before, earlier as MatrixFramework, requirement));
    const change: FrameworkChange = {
      id: framework.id,
      title: framework.title,
      ...(earlier ? { from: { version: earlier.version } } : {}),
      to: { version: framework.version },
      renumbered: [...matched].flatMap(([to, from]) => (to.id === from.id ? [] : [{ from: from.id, to: to.id }])),
      added: framework.requirements.filter((requirement) => !matched.has(requirement)).map(({ id }) => id),
      removed: unmatched.map(({ id }) => id),
      causes: [],
    };
    const alike = change.renumbered.length + change.added.length + change.removed.length === 0;
    if (earlier?.version !== framework.version || !alike)
      frameworks.push({ ...change, causes: ofText(framework.id, undefined, ledger) });
  }
  for (const framework of older.values()) {
    for (const requirement of framework.requirements) gone.push(goneFrom(before, framework, requirement));
    frameworks.push({
      id: framework.id,
      title: framework.title,
      from: { version: framework.version },
      renumbered: [],
      added: [],
      removed: framework.requirements.map(({ id }) => id),
      causes: ofText(framework.id, undefined, ledger),
    });
  }
  return { pairs: [...pairs, ...gone], frameworks };
}

function goneFrom(matrix: Matrix, framework: MatrixFramework, requirement: MatrixRequirement): Pair {
  return { key: requirement.row.key, from: { matrix, framework, requirement } };
}

/** One-to-one: an older requirement that became part of several, or several that became one, keep one successor. */
function match(
  before: readonly MatrixRequirement[],
  after: readonly MatrixRequirement[],
): { matched: Map<MatrixRequirement, MatrixRequirement>; unmatched: MatrixRequirement[] } {
  const open = new Map(before.map((requirement) => [requirement.id, requirement]));
  const matched = new Map<MatrixRequirement, MatrixRequirement>();
  const settle = (from: MatrixRequirement | undefined, to: MatrixRequirement): void => {
    if (!from || matched.has(to)) return;
    matched.set(to, from);
    open.delete(from.id);
  };
  for (const to of after) settle(open.get(to.id), to);
  // The newer text usually knows what it used to be called; read the other way round, the older one does.
  const called = new Map([...open.values()].flatMap((from) => from.aliases.map((alias) => [alias, from] as const)));
  for (const to of after) {
    const alias = to.aliases.find((id) => open.has(id));
    const known = called.get(to.id);
    settle(alias === undefined ? (known && open.has(known.id) ? known : undefined) : open.get(alias), to);
  }
  return { matched, unmatched: [...open.values()] };
}

/** What explains that a framework's text differs: it came or went, has another version, or the catalogue says it otherwise. */
export function ofText(framework: string, requirement: string | undefined, ledger: Ledger): string[] {
  const known = ledger.known(`framework:${framework}`, `framework-version:${framework}`);
  const name = requirement === undefined ? framework : `${framework}:${requirement}`;
  return known.length > 0 ? known : [ledger.beyond({ id: name, title: name })];
}
