import type { Comparison } from '../comparison.ts';
import { becauseText, type ChangeEntry, causeText, changeSections, changesHeadline, placeText, shortList } from './changes.ts';

const MOST_NAMES = 6;
const MOST_CAUSES = 20;

/**
 * A comparison as Markdown, for a comment on a pull request and for `review.md`. Alike changes are counted; `verbose` names them all, and
 * a what-if names the duties with their evidence.
 */
export function changesMarkdown(
  comparison: Comparison,
  options: { verbose?: boolean; whatIf?: boolean; level?: number } = {},
): string {
  const { verbose = false, whatIf = false, level = 2 } = options;
  const mark = '#'.repeat(level);
  const { from, to } = comparison;
  const sides = from.asOf === to.asOf ? `as of ${to.asOf}` : `${from.asOf} → ${to.asOf}`;
  const lines = [
    `${mark} ${whatIf ? 'What the change would bring about' : 'Changes'}: ${markdownText(to.system)}, ${sides}`,
    '',
    markdownText(changesHeadline(comparison)),
  ];
  if (comparison.causes.length > 0) {
    lines.push('', `${mark}# What differs underneath`, '');
    const shown = verbose ? comparison.causes : comparison.causes.slice(0, MOST_CAUSES);
    for (const cause of shown)
      lines.push(`- ${markdownText(causeText(cause))}${cause.place ? ` \`${placeText(cause).replaceAll('`', '')}\`` : ''}`);
    if (shown.length < comparison.causes.length) lines.push(`- and ${comparison.causes.length - shown.length} more`);
  }
  for (const section of changeSections(comparison)) {
    lines.push('', `${mark}# ${section.title}`, '');
    const whole = verbose || (whatIf && (section.id === 'duties' || section.id === 'findings'));
    for (const { because, entries } of section.groups) {
      lines.push(`- because *${markdownText(becauseText(because))}*`);
      for (const entry of entries)
        lines.push(...entryLines(entry, whole ? 'whole' : section.id === 'wording' ? 'number' : 'names'));
    }
  }
  return `${lines.join('\n')}\n`;
}

function entryLines({ what, count, members }: ChangeEntry, told: 'whole' | 'names' | 'number'): string[] {
  const head = `  - **${markdownText(what)}**, ${count}`;
  if (told === 'number') return [head];
  if (told === 'names')
    return [
      `${head}: ${markdownText(
        shortList(
          members.map(({ name }) => name),
          MOST_NAMES,
        ),
      )}`,
    ];
  return [
    head,
    ...members.flatMap(({ name, lines }) => [
      `    - ${markdownText(name)}`,
      ...lines.map((line) => `      - ${markdownText(line)}`),
    ]),
  ];
}

/** Text that prints as itself, escaped only where Markdown or HTML would take it for more, so that the source stays readable. */
export function markdownText(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~&#]/g, '\\$&')
    .replace(/\s+/g, ' ')
    .trim();
}
