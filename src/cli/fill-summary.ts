import { blankReasons, type Review } from '../answer/review.ts';
import { counted, joinNames } from '../sentence.ts';
import { columns, indented } from './terminal.ts';

/** Where a filled workbook and its review lie. */
export interface FilledPaths {
  filled: string;
  workbook: string;
  json: string;
}

/** How many cells or changes a summary lists; the review has all of them. */
export const LISTED = 10;

/** What was answered and what was not, in a few lines. `untried`: the form is one of ours that nobody has tried on a workbook. */
export function summaryText(review: Review, paths: FilledPaths, untried: boolean, width: number): string {
  const { questions, counts } = review;
  const lines = [
    `${review.questionnaire.file}, read as ${review.questionnaire.mapping}, for ${review.system} as of ${review.asOf}`,
    '',
  ];
  const sheets = [...new Set(questions.map((question) => question.sheet))];
  const count = (sheet: string, ...states: string[]): number =>
    questions.filter((question) => question.sheet === sheet && states.includes(question.state)).length;
  lines.push(
    columns(
      [
        ...sheets.map((sheet) => [
          `  ${sheet}`,
          `${count(sheet, 'answered')} answered`,
          `${count(sheet, 'blank', 'refused')} blank`,
          `${count(sheet, 'kept')} kept`,
        ]),
        [
          `  ${counted(counts.questions, 'question')}`,
          `${counts.answered} answered`,
          `${counts.blank} blank`,
          `${counts.kept} kept`,
        ],
      ],
      width,
    ),
  );
  const reasons = blankReasons(questions);
  if (reasons.length > 0) lines.push('', '  Left blank:');
  for (const { says, count: many } of reasons) lines.push(`  ${String(many).padStart(5)}  ${says}`);
  if (untried)
    lines.push(
      '',
      indented('The layout of this form follows descriptions and was never tried: check the first answers.', 2, width, '  '),
    );
  const clipped = questions.flatMap((question) => question.clipped.map((cell) => `${question.sheet}!${cell}`));
  if (clipped.length > 0)
    lines.push(
      '',
      indented(`Fixed row heights cut off ${counted(clipped.length, 'text')}: ${joinNames(clipped, LISTED)}.`, 2, width, '  '),
    );
  if (review.changes) {
    lines.push(
      '',
      `  ${counted(review.changes.length, 'answer')} changed since the earlier review${review.changes.length > LISTED ? '; the first:' : ''}`,
    );
    for (const change of review.changes.slice(0, LISTED))
      lines.push(indented(`${change.sheet}!${change.cell} ${change.id ?? ''}: ${change.why.join(' ')}`, 4, width, '  - '));
  }
  lines.push(
    '',
    `  ${paths.filled}`,
    `  ${paths.workbook}  every answer with what it rests on, and why the others are blank`,
    `  ${paths.json}`,
  );
  return `${lines.join('\n')}\n`;
}
