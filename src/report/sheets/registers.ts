import { assuranceEnd, firstDayOf } from '../../assurances.ts';
import { SEES } from '../../audience.ts';
import type { Sheet } from '../../document.ts';
import type { Finding, Matrix } from '../../model/matrix.ts';
import type { Assurance } from '../../model/system.ts';
import { sentenceCase, withoutCode } from '../../sentence.ts';
import { ASSURANCE, SEVERITY } from '../../terms.ts';
import { assuranceScope } from '../assurance-scope.ts';
import { type EvidenceOnFile, evidenceOnFile } from '../evidence.ts';
import { pagesOf } from '../references.ts';
import { evidenceStanding, STANDING_TONES, standingOf } from '../standing.ts';
import { addressCell, type ColumnOf, dayCell, positionOf, tableOf } from './columns.ts';
import { sheetName } from './framework.ts';

/** Names of the sheets; the summary counts and links there. */
export const ASSURANCES = 'Assurances';
export const EVIDENCE = 'Evidence';
export const FINDINGS = 'Findings';

const HASH = 'SHA-256 of the file';
const NO_FILE = 'No such file when the pack was made';

/** The hash of a file that the description names, or that it was not there. */
function hashes(matrix: Matrix): (file: string | undefined) => string {
  const files = new Map(matrix.attachments.map((attachment) => [attachment.path, attachment.sha256]));
  return (file) => (file === undefined ? '' : (files.get(file) ?? NO_FILE));
}

/** Reports and agreements on file. */
export function assurancesSheet(matrix: Matrix): Sheet {
  const parties = new Map(matrix.parties.map((party) => [party.id, party.name]));
  const hash = hashes(matrix);
  const full = SEES[matrix.audience].assurances === 'full';
  const { columns, cells } = tableOf<Assurance>([
    { title: 'Provider', width: 24, wrap: true, of: ({ provider }) => parties.get(provider) ?? provider },
    { title: 'Kind', width: 28, wrap: true, of: ({ type }) => ASSURANCE[type] },
    full && { title: 'Title', width: 40, wrap: true, of: ({ title }) => title },
    {
      title: 'State',
      width: 16,
      wrap: true,
      of: (assurance) => standingOf(firstDayOf(assurance), assuranceEnd(assurance), matrix.asOf),
    },
    { title: 'Period from', width: 12, of: ({ period }) => dayCell(period?.from) },
    { title: 'Period to', width: 12, of: ({ period }) => dayCell(period?.to) },
    { title: 'Issued', width: 12, of: ({ issued }) => dayCell(issued) },
    { title: 'Expires', width: 12, of: ({ expires }) => dayCell(expires) },
    {
      title: 'Covers services',
      width: 32,
      wrap: true,
      of: (assurance) => assuranceScope(assurance, matrix).services.join(', ') || 'All in use',
    },
    { title: 'Covers regions', width: 20, wrap: true, of: ({ regions }) => regions.join(', ') || 'All' },
    {
      title: 'Leaves out',
      width: 24,
      wrap: true,
      of: (assurance) => assuranceScope(assurance, matrix).leavesOut.join(', '),
    },
    full && { title: 'Opinion', width: 14, of: ({ opinion }) => (opinion ? sentenceCase(opinion) : '') },
    full && { title: 'Reviewed by', width: 20, wrap: true, of: ({ reviewed }) => reviewed?.by ?? 'Not reviewed' },
    full && { title: 'Reviewed on', width: 12, of: ({ reviewed }) => dayCell(reviewed?.on) },
    full && { title: 'File', width: 32, wrap: true, of: ({ file }) => file ?? '' },
    full && { title: HASH, width: 30, wrap: true, of: ({ file }) => hash(file) },
    full && { title: 'Address', width: 60, wrap: true, of: ({ url }) => addressCell(url) },
    full && {
      title: 'Note',
      width: 40,
      wrap: true,
      of: ({ note, reviewed }) => [note, reviewed?.note].filter(Boolean).join('\n'),
    },
    full && { title: 'Closes the gap of', width: 20, of: ({ bridges }) => bridges ?? '' },
    full && { title: 'Id', width: 20, of: ({ id }) => id },
  ]);
  return {
    name: ASSURANCES,
    title: 'Reports and agreements on file',
    intro: [`How they stand is judged as of ${matrix.asOf}.`],
    columns,
    rows: matrix.assurances.map(cells),
    tones: {
      State: STANDING_TONES,
      'Reviewed by': { 'Not reviewed': 'amber' },
      Opinion: { Qualified: 'amber', Adverse: 'red', Disclaimer: 'red' },
      [HASH]: { [NO_FILE]: 'red' },
    },
    freezeColumns: 1,
    printColumns: 12,
    landscape: true,
    table: true,
    tabTone: 'teal',
  };
}

/** What statements name as evidence, and what rests on it. */
export function evidenceSheet(matrix: Matrix): Sheet {
  const hash = hashes(matrix);
  const { columns, cells } = tableOf<EvidenceOnFile>([
    { title: 'Evidence', width: 44, wrap: true, of: ({ title }) => title },
    { title: 'File', width: 40, wrap: true, of: ({ file }) => file ?? '' },
    { title: 'Address', width: 60, wrap: true, of: ({ url }) => addressCell(url) },
    { title: 'Date', width: 12, of: ({ date }) => dayCell(date) },
    { title: 'Expires', width: 12, of: ({ expires }) => dayCell(expires) },
    {
      title: 'State',
      width: 16,
      wrap: true,
      of: (item) => (item.date || item.expires ? evidenceStanding(item, matrix.asOf) : 'No date'),
    },
    { title: HASH, width: 30, wrap: true, of: ({ file }) => hash(file) },
    { title: 'Supports', width: 44, wrap: true, of: ({ supports }) => supports.join('\n') },
    { title: 'Owner', width: 24, wrap: true, of: ({ owners }) => owners.join(', ') },
    { title: 'Named in', width: 26, wrap: true, of: ({ places }) => places.join('\n') },
  ]);
  return {
    name: EVIDENCE,
    title: 'Evidence named in statements',
    intro: [
      `How it stands is judged as of ${matrix.asOf}. Evidence is added where it is answered: on Customer duties and on the framework sheets.`,
    ],
    columns,
    rows: evidenceOnFile(matrix).map(cells),
    tones: { State: STANDING_TONES, [HASH]: { [NO_FILE]: 'red' } },
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'green',
  };
}

/** The holes, worst first. */
export function findingsSheet(matrix: Matrix): Sheet {
  const { remedies, reasons } = SEES[matrix.audience];
  const { columns, cells } = tableOf<Finding>([
    { title: 'Severity', width: 12, of: ({ severity }) => SEVERITY[severity] },
    { title: 'Finding', width: 44, wrap: true, of: ({ title }) => title },
    { title: 'Detail', width: 54, wrap: true, of: ({ detail }) => withoutCode(detail) },
    remedies && { title: 'Remedy', width: 54, wrap: true, of: ({ remedy }) => withoutCode(remedy) },
    ...matrix.frameworks.map(
      (framework): ColumnOf<Finding> => ({
        title: sheetName(framework),
        width: 24,
        wrap: true,
        of: ({ requirements }) =>
          requirements
            .filter((key) => key.startsWith(`${framework.id}:`))
            .map((key) => key.slice(framework.id.length + 1))
            .join(', '),
      }),
    ),
    reasons && {
      title: 'Suppressed',
      width: 30,
      wrap: true,
      note: 'Who has decided to live with it until when, and why.',
      of: ({ suppressed }) => (suppressed ? `By ${suppressed.approvedBy} until ${suppressed.until}: ${suppressed.reason}` : ''),
    },
    remedies && { title: 'Where', width: 24, wrap: true, of: ({ place }) => (place ? `${place.file}:${place.line}` : '') },
    {
      title: 'More to read',
      width: 36,
      wrap: true,
      of: (finding) =>
        pagesOf(finding, matrix)
          .map((source) => `${source.title}: ${source.url}`)
          .join('\n'),
    },
    { title: 'Id', width: 40, of: ({ id }) => id },
  ]);
  return {
    name: FINDINGS,
    title: 'Findings',
    intro: [
      'A finding is a hole. Its id stays the same from pack to pack. What is suppressed is known, and lived with until the day named.',
    ],
    columns,
    rows: matrix.findings.map(cells),
    tones: { Severity: { High: 'red', Medium: 'amber', Low: 'gray' } },
    freezeColumns: 2,
    printColumns: positionOf(columns, 'More to read'),
    landscape: true,
    table: true,
    tabTone: 'red',
  };
}
