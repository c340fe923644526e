import { bridgedSpan, coversService, hasBegun, reportedSpan } from '../../assurances.ts';
import { daysAfter, daysIn, type Span, shared, uncovered } from '../../days.ts';
import type { AssuranceType } from '../../model/catalogue.ts';
import type { Matrix, MatrixService } from '../../model/matrix.ts';
import type { Assurance, Opinion } from '../../model/system.ts';
import { counted, joinNames, longDate, periodText, sentenceCase } from '../../sentence.ts';
import { ASSURANCE } from '../../terms.ts';
import { assuranceScope } from '../assurance-scope.ts';
import type { Annex, AnnexCell } from './annex.ts';
import { day, judged, missing, remedy, reviewText, where } from './cells.ts';
import { type Engaged, engagedUnder } from './engaged.ts';
import { namesAmong } from './proofs.ts';

/** SOC 2: the reports of subservice organizations, how far their periods reach into ours, bridge letters and reviews. */
export const reportRegister: Annex = {
  id: 'soc2-reports',
  framework: 'soc2',
  title: 'SOC 2: reports and bridge letters',
  sheet: 'SOC 2 reports',
  answers: ['CC9.2'],
  make: ({ matrix, framework }) => ({
    columns: [
      { title: 'Subservice organization', width: 30, paper: 'band' },
      { title: 'Our period', width: 60, paper: 'detail' },
      { title: 'Report or letter', width: 44, paper: 24 },
      { title: 'Kind', width: 26, paper: 'under' },
      { title: 'Kept at', width: 40, paper: 'led' },
      { title: 'Period from', width: 14, paper: 17 },
      { title: 'Period to', width: 14, paper: 'led' },
      { title: 'Issued', width: 14, paper: 'led' },
      { title: 'Days of ours', width: 12, paper: 10 },
      { title: 'Part of ours', width: 12, paper: 'under' },
      { title: 'Opinion', width: 20, paper: 23 },
      { title: 'Speaks for', width: 44, paper: 'led' },
      { title: 'Leaves out', width: 36, paper: 'led' },
      { title: 'Left to reports of others', width: 34, paper: 'led' },
      { title: 'Reviewed', width: 60, paper: 26 },
      { title: 'Note', width: 60, paper: 'led' },
    ],
    rows: engagedUnder(framework, matrix).flatMap((engaged): AnnexCell[][] => {
      const name = engaged.party.name;
      const reports = engaged.assurances.filter((assurance) => REPORTS.includes(assurance.type));
      const sum = sumText(engaged, framework.expects, matrix);
      if (reports.length === 0)
        return [[name, sum, missing(matrix, 'assurances:', 'No report'), ...BLANKS, offerText(engaged, framework.expects), '']];
      return reports.map((assurance) => [name, sum, ...reportCells(assurance, engaged, matrix)]);
    }),
    empty: 'No other organization provides or runs a service of this system, so there is no report to keep.',
  }),
};

const REPORTS: AssuranceType[] = ['soc2-type2', 'soc1-type2', 'soc3', 'bridge-letter'];
const BLANKS = Array.from({ length: 11 }, () => '');

const OPINION: Record<Opinion, string> = {
  unqualified: 'Unqualified',
  qualified: 'Qualified',
  adverse: 'Adverse',
  disclaimer: 'Disclaimer of opinion',
};

function reportCells(assurance: Assurance, engaged: Engaged, matrix: Matrix): AnnexCell[] {
  const bridged = engaged.assurances.find((other) => other.id === assurance.bridges);
  const span = spanOf(assurance, engaged);
  const ours: Span | undefined = matrix.period && [matrix.period.from, matrix.period.to];
  const both = ours && span && shared(ours, span);
  const days = both ? daysIn(both) : 0;
  const { services, regions, leavesOut } = assuranceScope(assurance, matrix);
  return [
    bridged ? `${assurance.title} (closes the gap after ${bridged.title})` : assurance.title,
    ASSURANCE[assurance.type],
    where(assurance),
    span ? { date: span[0] } : missing(matrix, 'assurances: period'),
    day(span?.[1]),
    day(assurance.issued),
    ours ? counted(days, 'day') : missing(matrix, 'period:'),
    ours ? percent(days, ours) : '',
    assurance.type === 'bridge-letter'
      ? 'None: a letter of management, not examined'
      : assurance.opinion
        ? judged(OPINION[assurance.opinion], assurance.opinion === 'unqualified' ? 'green' : 'red')
        : missing(matrix, 'assurances: opinion'),
    joinNames([...services, ...regions]) || 'Everything it provides',
    joinNames(leavesOut),
    joinNames(assurance.carvesOut),
    assurance.reviewed ? reviewText(assurance.reviewed) : missing(matrix, 'assurances: reviewed', 'Not reviewed'),
    assurance.note ?? '',
  ];
}

/** The days for which a paper speaks; those of a bridge letter follow its report. */
function spanOf(assurance: Assurance, { assurances }: Engaged): Span | undefined {
  const bridged = assurances.find((other) => other.id === assurance.bridges);
  if (assurance.type === 'bridge-letter' && bridged) return bridgedSpan(assurance, bridged);
  return reportedSpan(assurance);
}

function percent(days: number, span: Span): string {
  return `${Math.round((100 * days) / Math.max(1, daysIn(span)))} %`;
}

/**
 * How much of our period the expected reports and their bridge letters cover together, and which days they leave open. Reports that
 * speak for some services only leave the others open: services that are covered alike are named together.
 */
function sumText(engaged: Engaged, expected: readonly AssuranceType[], matrix: Matrix): string {
  if (!matrix.period)
    return `Our period is not on record. ${remedy(matrix, 'Say under period: which time the pack is about.')}`.trim();
  const ours: Span = [matrix.period.from, matrix.period.to];
  const begun = engaged.assurances.filter((assurance) => hasBegun(assurance, matrix.asOf));
  const groups = new Map<string, MatrixService[]>();
  for (const service of engaged.services) {
    const reports = begun.filter((assurance) => expected.includes(assurance.type) && coversService(assurance, service));
    const letters = begun.filter((assurance) => reports.some((report) => report.id === assurance.bridges));
    const text = coveredText(ours, spansFor(reports, engaged), spansFor(letters, engaged), matrix.asOf);
    groups.set(text, [...(groups.get(text) ?? []), service]);
  }
  const lead = `Of our ${counted(daysIn(ours), 'day')} (${spanText(ours)}) its reports cover `;
  const said = [...groups].map(([text, services]) =>
    groups.size === 1 ? text : `for ${namesAmong(services, engaged.services)} ${text}`,
  );
  return `${lead}${said.join('; ')}.`;
}

function spansFor(papers: readonly Assurance[], engaged: Engaged): Span[] {
  return papers.map((paper) => spanOf(paper, engaged)).filter((span) => span !== undefined);
}

function coveredText(ours: Span, reports: Span[], letters: Span[], asOf: string): string {
  const daysOf = (spans: readonly Span[]): number => spans.reduce((sum, span) => sum + daysIn(span), 0);
  const open = uncovered(ours, [...reports, ...letters]);
  const openDays = daysOf(open);
  const byReports = daysIn(ours) - daysOf(uncovered(ours, reports));
  const bridged = daysIn(ours) - openDays - byReports;
  const words = `${byReports} (${percent(byReports, ours)})`;
  const letterWords = bridged > 0 ? `, bridge letters ${bridged} more (${percent(bridged, ours)})` : '';
  if (open.length === 0) return `${words}${letterWords}, and no day is open`;
  const rest: Span = [daysAfter(asOf, 1), ours[1]];
  const later = daysOf(open.map((span) => shared(span, rest)).filter((span) => span !== undefined));
  const ahead = later > 0 ? `, ${later === openDays ? 'all' : later} of them after ${longDate(asOf)}` : '';
  return `${words}${letterWords}; open are ${joinNames(open.map(spanText))} (${counted(openDays, 'day')}${ahead})`;
}

function spanText([from, to]: Span): string {
  return periodText({ from, to });
}

/** How the expected report can be had, where the catalogue knows. */
function offerText({ offers }: Engaged, expected: readonly AssuranceType[]): string {
  const offer = offers.find((candidate) => expected.includes(candidate.type));
  return offer ? sentenceCase(`${offer.title}: ${offer.how}`) : '';
}
