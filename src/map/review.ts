import type { Breach, Comparison, DutyChange } from '../comparison.ts';
import { monthsAfter } from '../days.ts';
import type { Finding, Matrix, Severity } from '../model/matrix.ts';
import type { Policy, PolicyRule } from '../model/system.ts';
import { counted } from '../sentence.ts';

/** How a review is judged where the description says nothing of it. */
export const USUAL_POLICY: Policy = { every: 'quarterly', failOn: ['new-high-findings', 'duties-without-statement'] };

const MONTHS: Record<Policy['every'], number> = { monthly: 1, quarterly: 3, 'six-monthly': 6, annual: 12 };

/** The name of the period in which a day lies: 2026-09, 2026-Q3, 2026-H2 or 2026. */
export function periodName(day: string, every: Policy['every']): string {
  const [year = '', month = ''] = day.split('-');
  if (every === 'annual') return year;
  if (every === 'monthly') return `${year}-${month}`;
  const letter = every === 'quarterly' ? 'Q' : 'H';
  return `${year}-${letter}${Math.ceil(Number(month) / MONTHS[every])}`;
}

/** The day of the next review: one period later, or the last day of that month where it is shorter. */
export function nextReview(day: string, every: Policy['every']): string {
  return monthsAfter(day, MONTHS[every]);
}

/** How many findings of each severity are open. */
export function openFindings({ findings }: Pick<Matrix, 'findings'>): Record<Severity, number> {
  const count = (severity: Severity): number =>
    findings.filter((finding) => finding.severity === severity && !finding.suppressed).length;
  return { high: count('high'), medium: count('medium'), low: count('low') };
}

/** Findings that time alone will open: those of the later day that are not open today. */
export function aheadOf(matrix: Matrix, later: Matrix): Finding[] {
  const open = new Set(matrix.findings.filter((finding) => !finding.suppressed).map(({ id }) => id));
  return later.findings.filter((finding) => !finding.suppressed && !open.has(finding.id));
}

/** What a policy judges: the matrix on the day of the review and on that of the next one, and what differs from the last pack. */
export interface Judged {
  later: Matrix;
  /** Absent for the first review, in which nothing can be new. */
  comparison?: Comparison;
}

/** The rules of the policy that a review broke. */
export function judge(policy: Policy, judged: Judged): Breach[] {
  return policy.failOn.flatMap((rule) => {
    const items = JUDGES[rule].items(judged);
    return items.length > 0 ? [{ rule, says: `${counted(items.length, ...JUDGES[rule].unit)}.`, items }] : [];
  });
}

type Judge = { title: string; unit: [one: string, many: string]; items(judged: Judged): string[] };

const JUDGES: Record<PolicyRule, Judge> = {
  'new-high-findings': {
    title: 'no finding of high severity is new',
    unit: ['high finding opened since the last pack', 'high findings opened since the last pack'],
    items: ({ comparison }) => newHighFindings(comparison).map(({ id, title }) => `${title} [${id}]`),
  },
  'duties-without-statement': {
    title: 'every duty that was gained has a statement',
    unit: [
      'duty was gained since the last pack and no statement says how it is met',
      'duties were gained since the last pack and no statement says how they are met',
    ],
    items: ({ comparison }) =>
      (comparison?.duties ?? [])
        .filter(({ change, answered }) => change === 'gained' && !answered)
        .map((duty) => dutyText(duty, comparison as Comparison)),
  },
  'assurances-ending': {
    title: 'every assurance still counts at the next review',
    unit: ['assurance no longer counts at the next review', 'assurances no longer count at the next review'],
    items: ({ later }) =>
      later.findings
        .filter(({ rule, suppressed }) => rule === 'assurance-expired' && !suppressed)
        .map(({ title, detail }) => `${title}. ${detail}`),
  },
  drift: {
    title: 'nothing changed hands that the description did not move',
    unit: [
      'requirement changed hands though nothing in the description moved it',
      'requirements changed hands though nothing in the description moved them',
    ],
    items: ({ comparison }) => drifted(comparison),
  },
};

/** Open findings of high severity that are new since the last pack, or worse: one of less weight that became a high one is new too. */
export function newHighFindings(comparison: Pick<Comparison, 'findings'> | undefined): Finding[] {
  return (comparison?.findings ?? []).flatMap(({ change, from, to }) =>
    to?.severity === 'high' && !to.suppressed && (change === 'opened' || from?.severity !== 'high') ? to : [],
  );
}

/** What a rule of the policy asks, in words. */
export function policyTitle(rule: PolicyRule): string {
  return JUDGES[rule].title;
}

function dutyText({ title, service }: DutyChange, { names }: Comparison): string {
  return service === undefined ? title : `${title} on ${names.services[service] ?? service}`;
}

/** Requirements that were moved by the catalogue, a framework's text or demarc alone. */
function drifted(comparison: Comparison | undefined): string[] {
  if (!comparison) return [];
  const own = new Set(
    comparison.causes.filter(({ origin }) => origin === 'description' || origin === 'time').map(({ id }) => id),
  );
  const moves = ['existence', 'applicability', 'ownership', 'parties', 'parts'] as const;
  return comparison.requirements
    .filter(({ aspects, causes }) => moves.some((aspect) => aspects.includes(aspect)) && !causes.some((cause) => own.has(cause)))
    .map(({ key, title }) => `${key} ${title}`);
}
