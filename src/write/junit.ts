import { posix } from 'node:path';
import type { Finding } from '../model/matrix.ts';
import { type FindingsSource, suppressionText } from './sarif.ts';

/** A rule of a review's policy, with what broke it. */
export interface Verdict {
  rule: string;
  title: string;
  breach?: { says: string; items: readonly string[] };
}

/**
 * Findings as JUnit XML, which build servers show as tests: a suite for each rule, in it a failed test for each finding, or one that passed
 * where the rule found nothing. Findings that do not count, being suppressed or below a severity, are skipped tests with the reason.
 * The policy of a review comes first, a test for each of its rules.
 */
export function writeJunit(
  { matrix, rules, folder }: FindingsSource,
  counts: (finding: Finding) => boolean,
  verdicts: readonly Verdict[] = [],
): string {
  const suites = rules.map((rule) => ({ rule, findings: matrix.findings.filter((finding) => finding.rule === rule.id) }));
  const tally = (findings: readonly Finding[], tests: number): string => {
    const failures = findings.filter(counts).length;
    return `tests="${tests}" failures="${failures}" errors="0" skipped="${findings.length - failures}"`;
  };
  const broken = verdicts.filter(({ breach }) => breach).length;
  const failing = matrix.findings.filter(counts).length;
  const all = suites.reduce((sum, { findings }) => sum + Math.max(1, findings.length), verdicts.length);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="demarc" tests="${all}" failures="${failing + broken}" errors="0" skipped="${matrix.findings.length - failing}">`,
  ];
  if (verdicts.length > 0) {
    lines.push(`  <testsuite name="policy" tests="${verdicts.length}" failures="${broken}" errors="0" skipped="0">`);
    lines.push(...verdicts.flatMap(verdictCase), '  </testsuite>');
  }
  for (const { rule, findings } of suites) {
    lines.push(`  <testsuite name="${xml(rule.id)}" ${tally(findings, Math.max(1, findings.length))}>`);
    if (findings.length === 0) lines.push(`    <testcase classname="demarc.${xml(rule.id)}" name="${xml(rule.title)}"/>`);
    for (const finding of findings) lines.push(...testCase(finding, folder, counts(finding)));
    lines.push('  </testsuite>');
  }
  return `${[...lines, '</testsuites>'].join('\n')}\n`;
}

function verdictCase({ rule, title, breach }: Verdict): string[] {
  const head = `    <testcase classname="demarc.policy" name="${xml(`${rule}: ${title}`)}"`;
  if (!breach) return [`${head}/>`];
  const failure = `<failure message="${xml(breach.says)}" type="policy">${xml(breach.items.join('\n'))}</failure>`;
  return [`${head}>`, `      ${failure}`, '    </testcase>'];
}

function testCase(finding: Finding, folder: string, failed: boolean): string[] {
  const { id, rule, title, detail, remedy, severity, requirements, place, suppressed } = finding;
  const at = place ? ` file="${xml(posix.join(folder, place.file))}" line="${place.line}"` : '';
  const head = `    <testcase classname="demarc.${xml(rule)}" name="${xml(id)}"${at}>`;
  if (!failed) {
    const why = suppressed ? suppressionText(suppressed) : `${title} (${severity})`;
    return [head, `      <skipped message="${xml(why)}"/>`, '    </testcase>'];
  }
  const text = [detail, `Remedy: ${remedy}`, ...(requirements.length > 0 ? [`Concerns ${requirements.join(', ')}.`] : [])];
  return [head, `      <failure message="${xml(title)}" type="${severity}">${xml(text.join('\n'))}</failure>`, '    </testcase>'];
}

const SPECIAL = /[&<>"\p{Cc}\p{Cs}\ufffe\uffff]/gu;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;' };

/** Text or attribute value; characters that XML cannot hold become U+FFFD. */
function xml(text: string): string {
  return text.replace(SPECIAL, (found) => ENTITIES[found] ?? '\ufffd');
}
