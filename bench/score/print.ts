/** Prints the score for people: one block a source, and on request the parts behind every disagreement. */
import type { Answer } from './ask.ts';
import { agrees, type Binary, type Confusion, LABELS, nameOf, SAID, type SourceScore } from './tally.ts';

const MOST_UNANSWERED = 10;

/** The figures of every source as text. */
export function printScores(scores: readonly SourceScore[]): string {
  return scores.map(printSource).join('\n');
}

function printSource(score: SourceScore): string {
  const byModel = score.byModel > 0 ? `, ${score.byModel} more by service model alone` : '';
  const lines = [
    `${score.source} (${score.kind})`,
    `  rows            ${score.rows}`,
    `  coverage        ${score.answered} (${percent(score.answered / score.rows)})${byModel}`,
  ];
  if (score.withSites > 0) lines.push(`  sites, devices  ${score.withSites} asked with them, being about nothing else`);
  if (score.kind === 'exact') {
    lines.push(`  agreement       ${percent(score.agreement)}`, `  kappa           ${fixed(score.kappa)}`);
    if (score.customerPart) lines.push(`  customer's part ${printBinary(score.customerPart)}`);
    if (score.providerPart) lines.push(`  provider's part ${printBinary(score.providerPart)}`);
    if (score.confusion) lines.push(...printConfusion(score.confusion));
  } else lines.push(`  recall          ${percent(score.recall)}`);
  lines.push(...printList('hidden duties', score.hiddenDuties), ...printList('dropped duties', score.droppedDuties));
  if (score.unanswered.length > 0) lines.push(...printList('unanswered', score.unanswered, MOST_UNANSWERED));
  return `${lines.join('\n')}\n`;
}

function printConfusion(confusion: Confusion): string[] {
  const cells = (values: readonly (string | number)[]): string => values.map((value) => String(value).padStart(10)).join('');
  return [
    `  ${'published \\ ours'.padEnd(16)}${cells(SAID)}`,
    ...LABELS.map((label) => `  ${label.padEnd(16)}${cells(SAID.map((said) => confusion[label][said]))}`),
  ];
}

function printBinary({ agreement, kappa, precision, recall }: Binary): string {
  return `agreement ${percent(agreement)}, kappa ${fixed(kappa)}, precision ${percent(precision)}, recall ${percent(recall)}`;
}

function printList(title: string, names: readonly string[], most = Number.POSITIVE_INFINITY): string[] {
  const more = names.length > most ? [`    and ${names.length - most} more`] : [];
  return [`  ${title.padEnd(15)} ${names.length}`, ...names.slice(0, most).map((name) => `    ${name}`), ...more];
}

/** Every disagreement with what the publisher says, what the mapping says, and the parts behind it. */
export function printDisagreements(answers: readonly Answer[]): string {
  const blocks = answers
    .filter((answer) => answer.said !== undefined && !agrees(answer))
    .map(({ question, said, byModel, because }) => {
      const note = byModel ? ', by service model alone' : '';
      const title = `${question.source}, line ${question.line}: ${nameOf(question)}`;
      return [
        title,
        `  published ${question.accept.join(' or ')}, ours ${said}${note}`,
        ...because.map((line) => `    ${line}`),
      ].join('\n');
    });
  return blocks.length === 0 ? 'No disagreements.\n' : `${blocks.join('\n')}\n`;
}

/** A share as a percentage with one decimal. */
export function percent(value: number | null): string {
  return value === null ? 'n/a' : `${(value * 100).toFixed(1)} %`;
}

/** A coefficient with two decimals. */
export function fixed(value: number | null): string {
  return value === null ? 'n/a' : value.toFixed(2);
}
