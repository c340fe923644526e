import type { MatrixRequirement } from '../../model/matrix.ts';
import type { Statement } from '../../model/system.ts';
import { joinNames, longDate, sentenceCase } from '../../sentence.ts';
import { STATUS } from '../../terms.ts';
import { headingPath } from '../blocks/matrix-table.ts';
import { statusTone } from '../ownership.ts';
import type { Annex, AnnexCell, AnnexContext } from './annex.ts';
import { day, judged, lines, missing } from './cells.ts';

/** HIPAA: required and addressable specifications, and the decision that 164.306(d)(3) asks for on each addressable one. */
export const addressableDecisions: Annex = {
  id: 'hipaa-addressable',
  framework: 'hipaa',
  title: 'HIPAA: required and addressable specifications',
  sheet: 'HIPAA addressable',
  answers: ['164.306(d)(3)(i)', '164.306(d)(3)(ii)(A)', '164.306(d)(3)(ii)(B)(1)', '164.306(d)(3)(ii)(B)(2)', '164.306(d)(2)'],
  make: (context) => ({
    columns: [
      { title: 'Section', width: 40, paper: 'band' },
      { title: 'Specification', width: 26, paper: 24 },
      { title: 'Title', width: 40, paper: 'beside' },
      { title: 'Designation', width: 16, paper: 12 },
      { title: 'Decision', width: 34, paper: 17 },
      { title: 'How it is met, or the reason', width: 80, paper: 33 },
      { title: 'Decided by', width: 24, paper: 14 },
      { title: 'Decided on', width: 14, paper: 'led' },
      { title: 'Owner', width: 26, paper: 'led' },
    ],
    rows: context.framework.requirements
      .filter(({ designation }) => designation === 'required' || designation === 'addressable')
      .map((requirement) => [
        headingPath(requirement, context.framework)
          .map((heading) => `${heading.id} ${heading.title}`)
          .at(0) ?? '',
        requirement.id,
        requirement.title,
        sentenceCase(requirement.designation ?? ''),
        ...decision(requirement, context),
      ]),
    empty: 'HIPAA has no specifications here.',
  }),
};

/** Decision, reason, by whom, when, and who answers for it. */
function decision(requirement: MatrixRequirement, { matrix, index }: AnnexContext): AnnexCell[] {
  const { row } = requirement;
  const owners = joinNames(row.owners);
  if (row.ownership === 'not-applicable') return [judged('Not applicable', 'gray'), row.reason ?? '', '', '', ''];
  const statements = row.statements.flatMap((position) => matrix.statements[position] ?? []);
  if (row.status === undefined) {
    const others = joinNames(row.parties.map((id) => index.parties.get(id)?.name ?? id));
    return [judged('Implemented by others', 'blue'), `Rests with ${others} alone.`, '', '', ''];
  }
  const decisions = statements.flatMap((statement) => statement.decision ?? []);
  const days = [...new Set(decisions.map(({ on }) => on))];
  const facts = [lines(decisions.map(({ by }) => by)), days.length > 1 ? lines(days.map(longDate)) : day(days[0]), owners];
  if (row.status === 'unanswered')
    return [
      missing(matrix, 'statements:', requirement.designation === 'addressable' ? 'No decision' : 'No answer'),
      '',
      ...facts,
    ];
  const said = statements.map((statement) => reasonOf(statement, index.controls.get(statement.control ?? '')?.title));
  if (requirement.designation === 'required' && (row.status === 'alternative' || row.status === 'not-applicable'))
    return [judged(`${STATUS[row.status]}, though required`, 'red'), lines(said), ...facts];
  if (requirement.designation === 'addressable' && statements.some((statement) => needsDecision(statement, matrix.asOf)))
    return [missing(matrix, 'statements: decision', `${wordFor(row.status)}, reason not recorded`), lines(said), ...facts];
  return [judged(wordFor(row.status), statusTone(row.status)), lines(said), ...facts];
}

/** Neither an alternative nor leaving it out stands without a written reason (164.306(d)(3)(ii)(B)). */
function needsDecision({ status, decision }: Statement, asOf: string): boolean {
  return (status === 'alternative' || status === 'not-applicable') && (!decision || decision.on > asOf);
}

function wordFor(status: NonNullable<MatrixRequirement['row']['status']>): string {
  switch (status) {
    case 'implemented':
      return 'Implemented';
    case 'alternative':
      return 'Alternative measure';
    case 'not-applicable':
      return 'Not reasonable and appropriate';
    default:
      return STATUS[status];
  }
}

function reasonOf(statement: Statement, control: string | undefined): string {
  const words = statement.decision?.reason ?? statement.narrative ?? '';
  const due = statement.due && statement.status !== 'implemented' ? ` Due ${longDate(statement.due)}.` : '';
  const lead = control ? `${control} (${STATUS[statement.status].toLowerCase()})` : STATUS[statement.status];
  return words ? `${lead}: ${words}${due}` : `${lead}.${due}`;
}
