/** Keeps the table of figures in docs/agreement.md up to date, between two markers. */
import { UsageError } from '../../src/problem.ts';
import { fixed, percent } from './print.ts';
import type { SourceScore } from './tally.ts';

const BEGIN = '<!-- figures: written by `npm run score -- FILE --write-docs` -->';
const END = '<!-- end of figures -->';

/** The page with fresh figures between its markers. @throws UsageError when the markers are not there. */
export function withFigures(page: string, scores: readonly SourceScore[], catalogueVersion: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) {
    throw new UsageError('the page has no place for the figures', `It needs the lines \`${BEGIN}\` and \`${END}\`.`);
  }
  return `${page.slice(0, begin + BEGIN.length)}\n\n${figures(scores, catalogueVersion)}\n${page.slice(end)}`;
}

function figures(scores: readonly SourceScore[], catalogueVersion: string): string {
  const head = [
    'Source',
    'Kind',
    'Rows',
    'Coverage',
    'By model alone',
    'With sites or devices',
    'Agreement',
    'Kappa',
    "Customer's part",
    "Provider's part",
    'Recall',
    'Hidden duties',
  ];
  const lines = scores.map((score) => [
    score.source,
    score.kind,
    String(score.rows),
    percent(score.answered / score.rows),
    String(score.byModel),
    String(score.withSites),
    score.kind === 'exact' ? percent(score.agreement) : '',
    score.kind === 'exact' ? fixed(score.kappa) : '',
    score.customerPart ? percent(score.customerPart.agreement) : '',
    score.providerPart ? percent(score.providerPart.agreement) : '',
    score.kind === 'one-sided' ? percent(score.recall) : '',
    String(score.hiddenDuties.length),
  ]);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column < 2 ? '---' : '---:'));
  return `${[row(head), row(rule), ...lines.map(row)].join('\n')}\n\nCatalogue ${catalogueVersion}.\n`;
}
