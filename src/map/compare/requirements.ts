import type { Aspect, RequirementChange, Standing } from '../../comparison.ts';
import type { Requirement } from '../../model/catalogue.ts';
import { differing, sameSet } from './differences.ts';
import type { Ledger } from './ledger.ts';
import { ofText, type Pair, type Side } from './pairs.ts';
import type { Reasons } from './reasons.ts';

/** What a requirement says, apart from its place among the others and from what it used to be called. */
const CONTENT = [
  'id',
  'title',
  'text',
  'official',
  'controls',
  'noDuty',
  'binds',
  'helpedBy',
  'when',
  'effective',
  'frequency',
  'evidence',
  'designation',
  'category',
  'tier',
  'status',
  'points',
] as const;

/** Finds every requirement that stands otherwise or reads otherwise, each once. */
export function compareRequirements(pairs: readonly Pair[], reasons: Reasons, ledger: Ledger): RequirementChange[] {
  return pairs.flatMap((pair) => compareRequirement(pair, reasons, ledger) ?? []);
}

function compareRequirement(pair: Pair, reasons: Reasons, ledger: Ledger): RequirementChange | undefined {
  const { key, from, to } = pair;
  const { framework, requirement } = (to ?? from) as Side;
  const change = {
    key,
    framework: framework.id,
    title: requirement.title,
    ...(from ? { from: standing(from) } : {}),
    ...(to ? { to: standing(to) } : {}),
  };
  if (!from || !to) return { ...change, aspects: ['existence'], causes: [...reasons.gates(pair)] };
  const aspects = aspectsOf(from, to, reasons.asksOtherwise(pair));
  if (aspects.length === 0) return undefined;
  const causes = new Set<string>();
  const because = (ids: Iterable<string>): void => {
    for (const id of ids) causes.add(id);
  };
  const has = (...names: Aspect[]): boolean => names.some((name) => aspects.includes(name));
  if (has('applicability')) {
    // What lets it apply explains its owners and its status too.
    because(reasons.gates(pair));
    if (causes.size === 0) because(reasons.ofParts(pair));
  } else {
    if (has('ownership', 'parties', 'parts')) because(reasons.ofParts(pair));
    if (has('reason')) because(reasons.ofReason(pair));
    if (has('status')) because(reasons.ofStatus(pair));
    if (has('owners')) because(reasons.ofOwners(pair));
  }
  // A framework that came to have a service in its scope, or lost the last, says so of requirements that have no part.
  if (causes.size === 0 && has('applicability', 'ownership', 'reason')) because(reasons.ofScope(pair));
  if (has('in-force'))
    because(
      from.requirement.effective === to.requirement.effective
        ? ledger.known('as-of')
        : ofText(framework.id, requirement.id, ledger),
    );
  if (has('text')) because(ofText(framework.id, requirement.id, ledger));
  if (causes.size === 0) because([ledger.beyond({ id: key, title: key })]);
  return { ...change, aspects, causes: [...causes] };
}

function standing({ requirement, matrix }: Side): Standing {
  const { ownership, parties, status, owners, reason } = requirement.row;
  return {
    ownership,
    parties,
    ...(status ? { status } : {}),
    owners,
    ...(reason ? { reason } : {}),
    inForce: requirement.effective === undefined || requirement.effective <= matrix.asOf,
  };
}

function aspectsOf(from: Side, to: Side, otherParts: boolean): Aspect[] {
  const was = standing(from);
  const is = standing(to);
  const applied = was.ownership !== 'not-applicable';
  const applies = is.ownership !== 'not-applicable';
  const differs: Record<Exclude<Aspect, 'existence'>, boolean> = {
    applicability: applied !== applies,
    ownership: applied && applies && was.ownership !== is.ownership,
    parties: applied && applies && !sameSet(was.parties, is.parties),
    parts: applied && applies && otherParts,
    status: was.status !== is.status,
    owners: !sameSet(was.owners, is.owners),
    reason: applied === applies && was.reason !== is.reason,
    'in-force': was.inForce !== is.inForce,
    text: differing<Requirement>(from.requirement, to.requirement, CONTENT).length > 0,
  };
  return (Object.keys(differs) as (keyof typeof differs)[]).filter((aspect) => differs[aspect]);
}
