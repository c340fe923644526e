import type { Source } from '../../model/catalogue.ts';
import type { Finding, Matrix, Severity } from '../../model/matrix.ts';
import type { Place, Suppression } from '../../model/system.ts';
import { acknowledgmentMissing } from './acknowledgment-missing.ts';
import { activityUnrecorded } from './activity-unrecorded.ts';
import { assuranceExpired } from './assurance-expired.ts';
import { assuranceGap } from './assurance-gap.ts';
import { assuranceMissing } from './assurance-missing.ts';
import { assuranceOpinion } from './assurance-opinion.ts';
import { assurancePeriod } from './assurance-period.ts';
import { assuranceRegion } from './assurance-region.ts';
import { assuranceService } from './assurance-service.ts';
import { assuranceUndated } from './assurance-undated.ts';
import { assuranceUnreviewed } from './assurance-unreviewed.ts';
import { bridgeLetterLong } from './bridge-letter-long.ts';
import { carveOutOpen } from './carve-out-open.ts';
import { conditionUnstated } from './condition-unstated.ts';
import { cuecOpen } from './cuec-open.ts';
import { dateInFuture } from './date-in-future.ts';
import { decisionMissing } from './decision-missing.ts';
import { dueDiligenceMissing } from './due-diligence-missing.ts';
import { dutyUnmet } from './duty-unmet.ts';
import { dutyWithoutOwner } from './duty-without-owner.ts';
import { dutyWithoutStatement } from './duty-without-statement.ts';
import { evidenceExpired } from './evidence-expired.ts';
import { evidenceMissing } from './evidence-missing.ts';
import { evidenceStale } from './evidence-stale.ts';
import { evidenceUndated } from './evidence-undated.ts';
import { exclusionUnapproved } from './exclusion-unapproved.ts';
import { fileChanged } from './file-changed.ts';
import { fileMissing } from './file-missing.ts';
import { frameworkWithoutService } from './framework-without-service.ts';
import { optionAssumed } from './option-assumed.ts';
import { overdueStatement } from './overdue-statement.ts';
import { partClaimedTwice } from './part-claimed-twice.ts';
import { partDisclaimed } from './part-disclaimed.ts';
import { regionUnknown } from './region-unknown.ts';
import type { Found, Rule } from './rule.ts';
import { type Scene, sceneOf } from './scene.ts';
import { serviceNotEligible } from './service-not-eligible.ts';
import { statementContradicted } from './statement-contradicted.ts';
import { statementIdle } from './statement-idle.ts';
import { statementUndated } from './statement-undated.ts';
import { statementUnexplained } from './statement-unexplained.ts';
import { statusUnchecked } from './status-unchecked.ts';
import { subProcessorUnauthorized } from './sub-processor-unauthorized.ts';
import { subProcessorUnlisted } from './sub-processor-unlisted.ts';
import { suppressionIdle } from './suppression-idle.ts';
import { transferUnassessed } from './transfer-unassessed.ts';
import { transferUnguarded } from './transfer-unguarded.ts';
import { undeterminedPart } from './undetermined-part.ts';
import { unknownService } from './unknown-service.ts';

/** Every rule, in the order in which findings of equal severity are listed: who holds it, is it met, what shows it, who vouches for it. */
export const RULES: readonly Rule[] = [
  frameworkWithoutService,
  unknownService,
  undeterminedPart,
  partDisclaimed,
  partClaimedTwice,
  dutyWithoutOwner,
  dutyWithoutStatement,
  overdueStatement,
  dutyUnmet,
  statementUndated,
  decisionMissing,
  statementUnexplained,
  statementContradicted,
  statementIdle,
  exclusionUnapproved,
  fileMissing,
  fileChanged,
  evidenceExpired,
  evidenceStale,
  evidenceMissing,
  evidenceUndated,
  assuranceMissing,
  assuranceExpired,
  assuranceService,
  assuranceRegion,
  assurancePeriod,
  assuranceGap,
  bridgeLetterLong,
  assuranceUndated,
  assuranceUnreviewed,
  assuranceOpinion,
  carveOutOpen,
  cuecOpen,
  serviceNotEligible,
  acknowledgmentMissing,
  dueDiligenceMissing,
  statusUnchecked,
  subProcessorUnlisted,
  subProcessorUnauthorized,
  transferUnguarded,
  transferUnassessed,
  regionUnknown,
  activityUnrecorded,
  dateInFuture,
  optionAssumed,
  conditionUnstated,
  suppressionIdle,
];

const ORDER: Record<Severity, number> = { high: 0, medium: 1, low: 2 };

/** How many of the things that one finding is about are told apart in it. */
const MOST_DETAILS = 5;

/**
 * Every hole in the matrix, worst first, and those that the organization lives with for now after all others. Ids stay the same when
 * the description is re-ordered.
 */
export function findAll(matrix: Matrix): Finding[] {
  const scene = sceneOf(matrix);
  const ids = new Set<string>();
  const found: Finding[] = [];
  for (const rule of RULES) {
    const findings = findingsOf(rule, rule.find(scene, ids), scene);
    for (const { id } of findings) ids.add(id);
    found.push(...findings);
  }
  const suppressions = lastingSuppressions(matrix.suppressions);
  const rank = new Map(RULES.map((rule, position) => [rule.id, position]));
  return found
    .map((finding) => withSuppression(finding, suppressions.get(finding.id), matrix.asOf))
    .sort(
      (a, b) =>
        Number(a.suppressed !== undefined) - Number(b.suppressed !== undefined) ||
        ORDER[a.severity] - ORDER[b.severity] ||
        (rank.get(a.rule) ?? 0) - (rank.get(b.rule) ?? 0),
    );
}

/** What a rule has found as findings. What it says of one thing several times, such as of two statements that are alike, is one finding. */
function findingsOf(rule: Rule, found: readonly Found[], scene: Scene): Finding[] {
  const byKey = new Map<string, Found[]>();
  for (const one of found) {
    const alike = byKey.get(one.key);
    if (alike) alike.push(one);
    else byKey.set(one.key, [one]);
  }
  return [...byKey].flatMap(([key, alike]) => {
    const [first] = [...alike].sort((a, b) => ORDER[a.severity ?? rule.severity] - ORDER[b.severity ?? rule.severity]);
    if (!first) return [];
    const requirements = scene.inOrder(alike.flatMap((one) => one.requirements));
    const place = first.place ?? frameworkPlace(requirements, scene);
    return [
      {
        id: `${rule.id}:${key}`,
        rule: rule.id,
        severity: first.severity ?? rule.severity,
        title: first.title,
        detail: [...new Set([first, ...alike].map((one) => one.detail))].slice(0, MOST_DETAILS).join(' '),
        remedy: first.remedy ?? rule.remedy,
        requirements,
        references: [...alike.flatMap((one) => one.references ?? []), ...textsOf(requirements, scene)],
        ...(place ? { place } : {}),
      },
    ];
  });
}

/** The texts in which requirements stand. */
function textsOf(requirements: readonly string[], scene: Scene): Source[] {
  const frameworks = new Set(requirements.flatMap((key) => scene.requirements.get(key)?.framework ?? []));
  return [...frameworks].map((framework) => framework.source);
}

/** Where nothing in the description speaks of a hole, it stands because a framework is in scope. */
function frameworkPlace(requirements: readonly string[], scene: Scene): Place | undefined {
  return scene.requirements.get(requirements[0] ?? '')?.framework.place;
}

/** Suppressions by the finding they name. Of several for one finding, the one that reaches furthest counts. */
function lastingSuppressions(suppressions: readonly Suppression[]): Map<string, Suppression> {
  const byFinding = new Map<string, Suppression>();
  for (const suppression of suppressions) {
    const other = byFinding.get(suppression.finding);
    if (!other || other.until < suppression.until) byFinding.set(suppression.finding, suppression);
  }
  return byFinding;
}

function withSuppression(finding: Finding, suppression: Suppression | undefined, asOf: string): Finding {
  if (!suppression) return finding;
  const { reason, approvedBy, until } = suppression;
  if (until >= asOf) return { ...finding, suppressed: { reason, approvedBy, until } };
  return {
    ...finding,
    detail: `${finding.detail} Until ${until} it was suppressed by decision of ${approvedBy}; that has ended.`,
  };
}
