import type { Comparison, Review } from '../comparison.ts';
import type { PackFile } from '../disk.ts';
import { mapFor } from '../map/audience.ts';
import { RULES } from '../map/findings/index.ts';
import { aheadOf, judge, newHighFindings, nextReview, openFindings, policyTitle } from '../map/review.ts';
import type { Shape } from '../pack.ts';
import { reviewMarkdown } from '../report/review-markdown.ts';
import { type Verdict, writeJunit } from '../write/junit.ts';
import { writeSarif } from '../write/sarif.ts';
import type { Mapped } from './context.ts';
import type { Previous } from './saved.ts';

/** What a review comes to, from the inputs of its pack alone, so that whoever has the pack can work it out again. */
export function reviewOf(
  { matrix, system, catalogue }: Pick<Mapped, 'matrix' | 'system' | 'catalogue'>,
  { period, policy }: NonNullable<Shape['review']>,
  earlier: { previous: Previous; comparison: Comparison } | undefined,
): Review {
  const next = nextReview(matrix.asOf, policy.every);
  // What opens by itself until then is what the rules say on that day and not today.
  const later = mapFor(matrix.audience, system, catalogue, { asOf: next, toolVersion: matrix.tool.version });
  const { folder, asOf, manifest } = earlier?.previous ?? {};
  return {
    format: 'demarc-review',
    formatVersion: 1,
    period,
    organization: matrix.organization.name,
    system: matrix.system.name,
    asOf: matrix.asOf,
    nextReview: next,
    policy,
    breaches: judge(policy, { later, ...(earlier ? { comparison: earlier.comparison } : {}) }),
    findings: openFindings(matrix),
    ...(folder !== undefined && asOf !== undefined && manifest !== undefined ? { previous: { folder, asOf, manifest } } : {}),
    ...(earlier ? { comparison: earlier.comparison } : {}),
    ahead: aheadOf(matrix, later),
  };
}

/** The files that a review adds to its pack: for people, for scripts, for code scanning, for build servers. */
export function reviewFiles({ matrix }: Pick<Mapped, 'matrix'>, review: Review): PackFile[] {
  const findings = { matrix, rules: RULES, folder: '.' };
  // Tests fail where the review fails, so that a build server and the exit code say the same.
  const { policy, breaches, comparison } = review;
  const failing = new Set(policy.failOn.includes('new-high-findings') ? newHighFindings(comparison).map(({ id }) => id) : []);
  const verdicts = policy.failOn.map((rule): Verdict => {
    const breach = breaches.find((candidate) => candidate.rule === rule);
    return { rule, title: policyTitle(rule), ...(breach ? { breach } : {}) };
  });
  const texts: [path: string, text: string][] = [
    ['review.md', reviewMarkdown(review)],
    ['review.json', `${JSON.stringify(review, null, 2)}\n`],
    ['findings.sarif', writeSarif(findings)],
    ['findings.junit.xml', writeJunit(findings, (finding) => failing.has(finding.id), verdicts)],
  ];
  return texts.map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
}
