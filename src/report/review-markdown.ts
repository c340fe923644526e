import type { Review } from '../comparison.ts';
import { counted } from '../sentence.ts';
import { SEVERITY } from '../terms.ts';
import { changesMarkdown, markdownText } from './changes-markdown.ts';

/** How many items of one breach are named. */
const MOST_ITEMS = 20;
/** How many findings that time will open are told; the worst come first. */
const MOST_AHEAD = 60;

/** `review.md`: the verdict first, then what broke the policy, what time will bring, and what differs from the last pack. */
export function reviewMarkdown(review: Review): string {
  const { policy, breaches, findings, ahead, previous, comparison } = review;
  const open = findings.high + findings.medium + findings.low;
  const lines = [
    `# Review ${review.period}: ${markdownText(review.system)} of ${markdownText(review.organization)}`,
    '',
    `As of ${review.asOf}. ${previous ? `Compared with ${markdownText(previous.folder)}, as of ${previous.asOf}.` : 'First review: there is no earlier pack to compare with.'} Next review: ${review.nextReview}.`,
    '',
    verdict(review),
    '',
    `Open: ${counted(open, 'finding')} (${findings.high} high, ${findings.medium} medium, ${findings.low} low).`,
    '',
    '## Policy',
    '',
  ];
  if (policy.failOn.length === 0) lines.push('Nothing makes this review fail.');
  for (const rule of policy.failOn) {
    const breach = breaches.find((candidate) => candidate.rule === rule);
    lines.push(`- \`${rule}\`: ${breach ? markdownText(breach.says) : 'nothing.'}`);
    for (const item of breach?.items.slice(0, MOST_ITEMS) ?? []) lines.push(`  - ${markdownText(item)}`);
    const more = (breach?.items.length ?? 0) - MOST_ITEMS;
    if (more > 0) lines.push(`  - and ${more} more`);
  }
  if (ahead.length > 0) {
    lines.push('', `## What opens until ${review.nextReview} if nothing is done`, '');
    for (const { severity, title, detail } of ahead.slice(0, MOST_AHEAD))
      lines.push(`- **${SEVERITY[severity]}**: ${markdownText(title)}. ${markdownText(detail)}`);
    if (ahead.length > MOST_AHEAD) lines.push(`- and ${ahead.length - MOST_AHEAD} more, which \`review.json\` names`);
  }
  return `${lines.join('\n')}\n${comparison ? `\n${changesMarkdown(comparison)}` : ''}`;
}

function verdict({ breaches, policy }: Review): string {
  if (breaches.length > 0) return `**Failed:** ${breaches.map(({ rule }) => `\`${rule}\``).join(', ')}.`;
  return policy.failOn.length > 0 ? '**Passed.**' : '**Not judged.**';
}
