import { posix } from 'node:path';
import type { Finding, Matrix, Severity } from '../model/matrix.ts';
import { pagesOf } from '../report/references.ts';
import { counted, joinNames } from '../sentence.ts';
import { SEVERITY } from '../terms.ts';
import { columns, indented } from './terminal.ts';

const SEVERITIES: readonly Severity[] = ['high', 'medium', 'low'];

/**
 * Findings for a terminal, gathered by severity and rule with each rule's remedy once, those suppressed after them, and how many there
 * are at the end, where a reader of a long list is. Places are named as the reader has to open them, from `folder`, that of the
 * description.
 */
export function findingsText(matrix: Matrix, folder: string, width: number): string {
  const live = matrix.findings.filter((finding) => !finding.suppressed);
  const suppressed = matrix.findings.filter((finding) => finding.suppressed);
  const lines: string[] = [];
  for (const { finding: first, findings } of groups(live)) {
    const rule = matrix.rules.find((candidate) => candidate.id === first.rule);
    lines.push(`${SEVERITY[first.severity].toUpperCase()}  ${rule?.title ?? first.rule} (${findings.length})`);
    lines.push(indented(rule?.remedy ?? '', 2, width), '');
    for (const finding of findings) lines.push(...findingLines(finding, rule?.remedy, matrix, folder, width), '');
  }
  if (suppressed.length > 0) {
    lines.push(`SUPPRESSED (${suppressed.length})`);
    lines.push(indented('Known and lived with until a day; they do not count above or in the exit code.', 2, width), '');
    for (const finding of suppressed) lines.push(...suppressedLines(finding, folder, width), '');
  }
  if (live.length > 1) lines.push(byRule(matrix, live, width), '');
  lines.push(tally(matrix, live, suppressed.length));
  return `${lines.join('\n')}\n`;
}

/** Findings of one severity and rule together, in their order. */
function groups(findings: readonly Finding[]): { finding: Finding; findings: Finding[] }[] {
  const all = new Map<string, { finding: Finding; findings: Finding[] }>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.rule}`;
    const group = all.get(key) ?? { finding, findings: [] };
    group.findings.push(finding);
    all.set(key, group);
  }
  return [...all.values()];
}

function findingLines(
  finding: Finding,
  usualRemedy: string | undefined,
  matrix: Matrix,
  folder: string,
  width: number,
): string[] {
  return [
    indented(finding.title, 4, width, '  - '),
    indented(finding.detail, 4, width),
    ...(finding.requirements.length > 0 ? [indented(`Concerns ${joinNames(finding.requirements, 6)}.`, 4, width)] : []),
    ...(finding.remedy === usualRemedy ? [] : [indented(`Remedy: ${finding.remedy}`, 4, width)]),
    ...pagesOf(finding, matrix).map(({ url }) => `    ${url}`),
    `    ${placeAndId(finding, folder)}`,
  ];
}

function suppressedLines(finding: Finding, folder: string, width: number): string[] {
  const { until, approvedBy, reason } = finding.suppressed ?? { until: '', approvedBy: '', reason: '' };
  return [
    indented(`${finding.title} (${SEVERITY[finding.severity].toLowerCase()})`, 4, width, '  - '),
    indented(`Until ${until} by decision of ${approvedBy}: ${reason}`, 4, width),
    `    ${placeAndId(finding, folder)}`,
  ];
}

function placeAndId(finding: Finding, folder: string): string {
  const place = finding.place ? `${posix.join(folder, finding.place.file)}:${finding.place.line}  ` : '';
  return `${place}[${finding.id}]`;
}

/** How many findings of each rule, and where the rule is explained. */
function byRule(matrix: Matrix, findings: readonly Finding[], width: number): string {
  const rows = groups(findings).map(({ finding, findings: all }) => [
    `  ${SEVERITY[finding.severity]}`,
    String(all.length).padStart(4),
    matrix.rules.find((rule) => rule.id === finding.rule)?.title ?? finding.rule,
    `finding:${finding.rule}`,
  ]);
  return `${columns(rows, width)}\n\n  demarc explain finding:<rule> says what each is about, why it matters and what exactly counts.`;
}

/** The last line: how many of each severity. */
function tally(matrix: Matrix, live: readonly Finding[], suppressed: number): string {
  const where = `in ${matrix.system.name} as of ${matrix.asOf}`;
  const also = suppressed > 0 ? ` ${suppressed} suppressed.` : '';
  if (live.length === 0) return `No findings ${where}.${also}`;
  const parts = SEVERITIES.map((severity) => `${live.filter((finding) => finding.severity === severity).length} ${severity}`);
  return `${counted(live.length, 'finding')} ${where}: ${parts.join(', ')}.${also}`;
}
