import type { FindingChange, PartChange, RequirementChange } from '../../comparison.ts';
import type { Finding, Matrix } from '../../model.ts';
import { findAll } from '../findings/index.ts';
import { slug } from '../findings/keys.ts';
import { pairs, same, sameSet } from './differences.ts';
import type { Ledger } from './ledger.ts';

/** Findings that opened, closed, or differ in severity, in the requirements they concern, or in whether they are suppressed. */
export function compareFindings(
  before: Matrix,
  after: Matrix,
  changes: { requirements: readonly RequirementChange[]; parts: readonly PartChange[] },
  ledger: Ledger,
): FindingChange[] {
  const explain = explainer(changes, ledger);
  const timed = passing(before, after);
  return [...pairs(before.findings, after.findings, ({ id }) => id)].flatMap(([id, { from, to }]): FindingChange[] => {
    const fields = from && to ? findingDifferences(from, to) : ['existence'];
    if (fields.length === 0) return [];
    const { severity } = (to ?? from) as Finding;
    const was = isOpen(from);
    const is = isOpen(to);
    const change = was === is ? 'differs' : is ? 'opened' : 'closed';
    const time = timed(id, from, to);
    const causes = [
      ...(time === 'none' ? [] : ledger.known('as-of')),
      ...(time === 'all' ? [] : explain((to ?? from) as Finding, from, to, fields)),
    ];
    return [{ id, change, severity, ...(from ? { from } : {}), ...(to ? { to } : {}), fields, causes }];
  });
}

function isOpen(finding: Finding | undefined): boolean {
  return finding !== undefined && !finding.suppressed;
}

function findingDifferences(from: Finding, to: Finding): string[] {
  return [
    ...(from.severity === to.severity ? [] : ['severity']),
    ...(sameSet(from.requirements, to.requirements) ? [] : ['requirements']),
    ...(same(from.suppressed, to.suppressed) ? [] : ['suppressed']),
  ];
}

/**
 * How much of a finding's change the passing of time explains. The rules themselves are asked what they would have found in the newer
 * description on the older day, and in the older one on the newer day.
 */
function passing(
  before: Matrix,
  after: Matrix,
): (id: string, from: Finding | undefined, to: Finding | undefined) => 'all' | 'some' | 'none' {
  if (before.asOf === after.asOf) return () => 'none';
  const onDay = (matrix: Matrix, asOf: string) => new Map(findAll({ ...matrix, asOf }).map((finding) => [finding.id, finding]));
  let asked: { newer: Map<string, Finding>; older: Map<string, Finding> } | undefined;
  return (id, from, to) => {
    asked ??= { newer: onDay(after, before.asOf), older: onDay(before, after.asOf) };
    const [newer, older] = [asked.newer.get(id), asked.older.get(id)];
    // Of a finding that opened or closed, it matters whether it is there, not what it concerns.
    const alike = (a: Finding | undefined, b: Finding | undefined): boolean => {
      if (isOpen(from) !== isOpen(to)) return isOpen(a) === isOpen(b);
      return a && b ? findingDifferences(a, b).length === 0 : a === b;
    };
    if (alike(newer, from) && alike(older, to)) return 'all';
    return alike(newer, to) && alike(older, from) ? 'none' : 'some';
  };
}

/**
 * Rules say in a finding's id what it is about: a service, a control, an assurance, a party. So its causes are the differences about
 * those, then those that changed the requirements it concerns.
 */
function explainer(
  { requirements, parts }: { requirements: readonly RequirementChange[]; parts: readonly PartChange[] },
  ledger: Ledger,
): (finding: Finding, from: Finding | undefined, to: Finding | undefined, fields: readonly string[]) => string[] {
  const moved = parts.filter(({ reworded }) => !reworded);
  const ofControl = (changes: readonly PartChange[]) => collect(changes, ({ control }) => [control]);
  const remaining = ofControl(moved.filter(({ to }) => to.length > 0));
  const earlier = ofControl(moved.filter(({ from }) => from.length > 0));
  const ofRequirement = collect([...requirements, ...parts], (change) => ('key' in change ? [change.key] : change.requirements));
  return ({ id, rule, requirements: concerned }, from, to, fields) => {
    if (fields.length === 1 && fields[0] === 'suppressed') {
      const known = ledger.known(`suppression:${id}`);
      if (known.length > 0) return known;
    }
    const key = id.slice(rule.length + 1);
    const exact = ledger.about([key], slug);
    if (exact.length > 0) return exact;
    const names = new Set(key.split('/'));
    const found = new Set(ledger.about(names, slug));
    const add = (known: ReadonlyMap<string, ReadonlySet<string>>, wanted: Iterable<string>): void => {
      for (const name of wanted) for (const cause of known.get(name) ?? []) found.add(cause);
    };
    // What opened comes rather from parts that are there than from parts that are gone, and what closed the other way round.
    if (to) add(remaining, names);
    if (from || found.size === 0) add(earlier, names);
    if (found.size === 0) add(remaining, names);
    if (found.size === 0) add(ofRequirement, [...concerned, ...(from?.requirements ?? [])]);
    return found.size > 0 ? [...found] : [ledger.beyond({ id: `finding:${rule}`, title: `the rule ${rule}` })];
  };
}

/** The causes of changes by what each is about. */
function collect<T extends { causes: string[] }>(
  changes: readonly T[],
  names: (change: T) => readonly string[],
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const change of changes) {
    for (const name of names(change)) {
      const causes = found.get(name) ?? new Set();
      found.set(name, causes);
      for (const cause of change.causes) causes.add(cause);
    }
  }
  return found;
}
