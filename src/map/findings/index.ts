import type { Finding, Matrix, Severity } from '../../model.ts';
import { assuranceExpired } from './assurance-expired.ts';
import { assuranceMissing } from './assurance-missing.ts';
import { conditionUnstated } from './condition-unstated.ts';
import { dutyWithoutOwner } from './duty-without-owner.ts';
import { dutyWithoutStatement } from './duty-without-statement.ts';
import { exclusionUnapproved } from './exclusion-unapproved.ts';
import { overdueStatement } from './overdue-statement.ts';
import { undeterminedPart } from './undetermined-part.ts';
import { unknownService } from './unknown-service.ts';

/** What a rule finds, before it gets the rule's name and a stable id. `key` tells findings of one rule apart. */
export type Found = Omit<Finding, 'id' | 'rule' | 'severity' | 'remedy'> & { key: string; severity?: Severity; remedy?: string };

/** A rule: one kind of hole in a matrix. The help page of a rule is its `help`. */
export interface Rule {
  id: string;
  title: string;
  severity: Severity;
  /** What is wrong, why it matters to an assessor, and how it is put right. */
  help: string;
  remedy: string;
  find(matrix: Matrix): Found[];
}

/** Every rule, in the order in which findings of equal severity are listed. */
export const RULES: readonly Rule[] = [
  unknownService,
  undeterminedPart,
  dutyWithoutOwner,
  dutyWithoutStatement,
  overdueStatement,
  assuranceMissing,
  assuranceExpired,
  exclusionUnapproved,
  conditionUnstated,
];

const ORDER: Record<Severity, number> = { high: 0, medium: 1, low: 2 };

/** Every hole in the matrix, worst first. Ids stay the same when the description is re-ordered. */
export function findAll(matrix: Matrix): Finding[] {
  return RULES.flatMap((rule) =>
    rule.find(matrix).map(({ key, severity, remedy, ...found }) => ({
      id: `${rule.id}:${key}`,
      rule: rule.id,
      severity: severity ?? rule.severity,
      remedy: remedy ?? rule.remedy,
      ...found,
    })),
  ).sort((a, b) => ORDER[a.severity] - ORDER[b.severity] || rank(a.rule) - rank(b.rule));
}

function rank(rule: string): number {
  return RULES.findIndex((candidate) => candidate.id === rule);
}
