import type { Comparison } from '../comparison.ts';
import { numberText } from '../sentence.ts';
import { changesHeadline } from './changes.ts';
import { type Telling, type ToldEntry, toldChanges } from './changes-told.ts';

/** How many characters a comment on a pull request holds, less what a workflow may put around it. */
const LONGEST = 65_000;

interface MarkdownOptions extends Telling {
  /** Of the first heading; 2 where it is not said. */
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
  const { causes, moreCauses, sections } = toldChanges(comparison, { verbose, whatIf: whatIf && !short });
  if (causes.length > 0) {
    lines.push('', `${mark}# What differs underneath`, '');
    for (const { text, where } of causes)
      lines.push(`- ${markdownText(text)}${where === '' ? '' : ` \`${where.replaceAll('`', '')}\``}`);
    if (moreCauses > 0) lines.push(`- and ${moreCauses} more`);
  }
  for (const { title, groups } of sections) {
    lines.push('', `${mark}# ${title}`, '');
    for (const { because, entries } of groups) {
      if (because !== '') lines.push(`- because *${markdownText(because)}*`);
      const indent = because === '' ? '' : '  ';
      for (const entry of entries) for (const line of entryLines(entry)) lines.push(`${indent}${line}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function entryLines({ what, count, names, members }: ToldEntry): string[] {
  return [
    `- **${markdownText(what)}**, ${count}${names === undefined ? '' : `: ${markdownText(names)}`}`,
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
