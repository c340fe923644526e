import type { FindingChange, PartChange, RequirementChange } from '../../comparison.ts';
import type { Finding, Matrix } from '../../model.ts';
import { type Ledger, pairs, same, sameSet } from './ledger.ts';

/** Findings that opened, closed, or differ in severity, in the requirements they concern, or in whether they are suppressed. */
export function compareFindings(
  before: Matrix,
  after: Matrix,
  changes: { requirements: readonly RequirementChange[]; parts: readonly PartChange[] },
  ledger: Ledger,
): FindingChange[] {
  const explain = explainer(changes, ledger);
  return [...pairs(before.findings, after.findings, ({ id }) => id)].flatMap(([id, { from, to }]): FindingChange[] => {
    const fields = from && to ? findingDifferences(from, to) : ['existence'];
    if (fields.length === 0) return [];
    const { severity } = (to ?? from) as Finding;
    const was = from !== undefined && !from.suppressed;
    const is = to !== undefined && !to.suppressed;
    const change = was === is ? 'differs' : is ? 'opened' : 'closed';
    return [
      { id, change, severity, ...(from ? { from } : {}), ...(to ? { to } : {}), fields, causes: explain(from, to, fields) },
    ];
  });
}

function findingDifferences(from: Finding, to: Finding): string[] {
  return [
    ...(from.severity === to.severity ? [] : ['severity']),
    ...(sameSet(from.requirements, to.requirements) ? [] : ['requirements']),
    ...(same(from.suppressed, to.suppressed) ? [] : ['suppressed']),
  ];
}

/**
 * Rules say in a finding's id what it is about: a service, a control, an assurance, a party. So its causes are the differences about
 * those, then those that changed the requirements it concerns, then the day.
 */
function explainer(
  { requirements, parts }: { requirements: readonly RequirementChange[]; parts: readonly PartChange[] },
  ledger: Ledger,
): (from: Finding | undefined, to: Finding | undefined, fields: readonly string[]) => string[] {
  // What opened did not come from parts that are gone, nor what closed from parts that came.
  const moved = parts.filter(({ reworded }) => !reworded);
  const ofControl = (changes: readonly PartChange[]) => collect(changes, ({ control }) => [control]);
  const remaining = ofControl(moved.filter(({ to }) => to.length > 0));
  const earlier = ofControl(moved.filter(({ from }) => from.length > 0));
  const ofRequirement = collect([...requirements, ...parts], (change) => ('key' in change ? [change.key] : change.requirements));
  return (from, to, fields) => {
    const { id, rule, requirements: concerned } = (to ?? from) as Finding;
    if (fields.length === 1 && fields[0] === 'suppressed') {
      const known = ledger.known(`suppression:${id}`);
      return known.length > 0 ? known : orLater(ledger, rule);
    }
    const key = id.slice(rule.length + 1);
    const names = new Set([key, ...key.split('/')]);
    const found = new Set(ledger.about(names));
    for (const known of [...(to ? [remaining] : []), ...(from ? [earlier] : [])])
      for (const name of names) for (const cause of known.get(name) ?? []) found.add(cause);
    if (found.size === 0) {
      const all = new Set([...concerned, ...(from?.requirements ?? [])]);
      for (const requirement of all) for (const cause of ofRequirement.get(requirement) ?? []) found.add(cause);
    }
    return found.size > 0 ? [...found] : orLater(ledger, rule);
  };
}

/** With nothing else to blame: time has passed, or the rule itself is another. */
function orLater(ledger: Ledger, rule: string): string[] {
  const day = ledger.known('as-of');
  return day.length > 0 ? day : [ledger.beyond({ id: `finding:${rule}`, title: `the rule ${rule}` })];
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
