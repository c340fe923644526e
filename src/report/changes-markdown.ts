import type { Comparison } from '../comparison.ts';
import { numberText } from '../sentence.ts';
import { becauseText, gatherCauses, placesText } from './causes.ts';
import { type ChangeEntry, changeSections, changesHeadline, shortList } from './changes.ts';

const MOST_NAMES = 6;
const MOST_CAUSES = 20;
const MOST_PLACES = 3;
/** With how many groups a section is still told by what brought each about. */
const MOST_GROUPS = 12;

/** How many characters a comment on a pull request holds, less what a workflow may put around it. */
const LONGEST = 65_000;

interface MarkdownOptions {
  verbose?: boolean;
  whatIf?: boolean;
  level?: number;
}

/**
 * A comparison as Markdown, for a comment on a pull request and for `review.md`. Alike changes are counted; `verbose` names them all, and
 * a what-if names the duties with their evidence. Unless everything is asked for, it fits into a comment: first by counting, then by
 * leaving out its end, which it says.
 */
export function changesMarkdown(comparison: Comparison, options: MarkdownOptions = {}): string {
  const text = markdownOf(comparison, options);
  if (options.verbose || text.length <= LONGEST) return text;
  const shorter = options.whatIf ? markdownOf(comparison, { ...options, short: true }) : text;
  if (shorter.length <= LONGEST) return shorter;
  const end = shorter.lastIndexOf('\n', LONGEST);
  const more = shorter.slice(end + 1).split('\n').length - 1;
  return `${shorter.slice(0, end)}\n\n*${numberText(more)} lines more do not fit into a comment.*\n`;
}

function markdownOf(comparison: Comparison, options: MarkdownOptions & { short?: boolean }): string {
  const { verbose = false, whatIf = false, level = 2, short = false } = options;
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
    const causes = gatherCauses(comparison.causes, verbose ? {} : { most: MOST_NAMES });
    const shown = verbose ? causes : causes.slice(0, MOST_CAUSES);
    for (const { text, places } of shown) {
      const where = placesText(places, MOST_PLACES).replaceAll('`', '');
      lines.push(`- ${markdownText(text)}${where === '' ? '' : ` \`${where}\``}`);
    }
    const more = causes.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
    if (more > 0) lines.push(`- and ${more} more`);
  }
  for (const section of changeSections(comparison, verbose ? undefined : MOST_GROUPS)) {
    lines.push('', `${mark}# ${section.title}`, '');
    const whole = verbose || (whatIf && !short && (section.id === 'duties' || section.id === 'findings'));
    for (const { because, entries } of section.groups) {
      if (because.length > 0) lines.push(`- because *${markdownText(becauseText(because))}*`);
      const indent = because.length > 0 ? '  ' : '';
      for (const entry of entries)
        for (const line of entryLines(entry, whole ? 'whole' : section.id === 'wording' ? 'number' : 'names'))
          lines.push(`${indent}${line}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function entryLines({ what, count, members }: ChangeEntry, told: 'whole' | 'names' | 'number'): string[] {
  const head = `- **${markdownText(what)}**, ${count}`;
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
    ...members.flatMap(({ name, lines }) => [`  - ${markdownText(name)}`, ...lines.map((line) => `    - ${markdownText(line)}`)]),
  ];
}

/** Text that prints as itself, escaped only where Markdown or HTML would take it for more, so that the source stays readable. */
export function markdownText(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~&#]/g, '\\$&')
    .replace(/\s+/g, ' ')
    .trim();
}
