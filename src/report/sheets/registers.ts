import { SEES } from '../../audience.ts';
import type { Sheet, SheetCell } from '../../document.ts';
import type { Matrix } from '../../model.ts';
import { withoutCode } from '../../sentence.ts';
import { ASSURANCE, SEVERITY } from '../../terms.ts';
import { pagesOf } from '../references.ts';

/** Reports and agreements on file. */
export function assurancesSheet(matrix: Matrix): Sheet {
  const day = (value: string | undefined): SheetCell => (value ? { date: value } : '');
  const names = new Map(matrix.services.map((service) => [service.id, service.name]));
  const full = SEES[matrix.audience].assurances === 'full';
  return {
    name: 'Assurances',
    title: 'Reports and agreements on file',
    intro: [],
    columns: [
      { title: 'Provider', width: 28, wrap: true },
      { title: 'Kind', width: 32, wrap: true },
      ...(full ? [{ title: 'Title', width: 44, wrap: true }] : []),
      { title: 'Period from', width: 14 },
      { title: 'Period to', width: 14 },
      { title: 'Issued', width: 14 },
      { title: 'Expires', width: 14 },
      { title: 'Covers', width: 36, wrap: true },
      ...(full
        ? [
            { title: 'Reviewed by', width: 24, wrap: true },
            { title: 'Reviewed on', width: 14 },
          ]
        : []),
    ],
    rows: matrix.assurances.map((assurance) => [
      matrix.parties.find((party) => party.id === assurance.provider)?.name ?? assurance.provider,
      ASSURANCE[assurance.type],
      ...(full ? [assurance.title] : []),
      day(assurance.period?.from),
      day(assurance.period?.to),
      day(assurance.issued),
      day(assurance.expires),
      assurance.services.length > 0 ? assurance.services.map((id) => names.get(id) ?? id).join(', ') : 'All services',
      ...(full ? [assurance.reviewed?.by ?? '', day(assurance.reviewed?.on)] : []),
    ]),
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'teal',
  };
}

/** The holes, worst first. */
export function findingsSheet(matrix: Matrix): Sheet {
  const { remedies } = SEES[matrix.audience];
  return {
    name: 'Findings',
    title: 'Findings',
    intro: [
      'A finding is a hole. Its id stays the same from pack to pack. What is suppressed is known, and lived with until the day named.',
    ],
    columns: [
      { title: 'Severity', width: 12 },
      { title: 'Finding', width: 50, wrap: true },
      { title: 'Detail', width: 60, wrap: true },
      ...(remedies ? [{ title: 'Remedy', width: 60, wrap: true }] : []),
      { title: 'Requirements', width: 50, wrap: true },
      { title: 'See', width: 40, wrap: true },
      { title: 'Suppressed', width: 40, wrap: true },
      ...(remedies ? [{ title: 'Where', width: 26, wrap: true }] : []),
      { title: 'Id', width: 40 },
    ],
    rows: matrix.findings.map((finding) => [
      SEVERITY[finding.severity],
      finding.title,
      withoutCode(finding.detail),
      ...(remedies ? [withoutCode(finding.remedy)] : []),
      finding.requirements.join(', '),
      pagesOf(finding, matrix)
        .map(({ title, url }) => `${title}: ${url}`)
        .join('\n'),
      finding.suppressed
        ? `Until ${finding.suppressed.until} by decision of ${finding.suppressed.approvedBy}: ${finding.suppressed.reason}`
        : '',
      ...(remedies ? [finding.place ? `${finding.place.file}:${finding.place.line}` : ''] : []),
      finding.id,
    ]),
    tones: { Severity: { High: 'red', Medium: 'amber', Low: 'gray' } },
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'red',
  };
}

/** A line to sign for each signatory. */
export function signOffSheet(matrix: Matrix): Sheet {
  return {
    name: 'Sign-off',
    title: 'Sign-off',
    intro: [
      `Each signatory confirms the description of ${matrix.system.name} as of ${matrix.asOf} and accepts the parts assigned to ${matrix.organization.short ?? matrix.organization.name}.`,
    ],
    columns: [
      { title: 'Name', width: 30 },
      { title: 'Title', width: 34 },
      { title: 'Signs for', width: 40, wrap: true },
      { title: 'Place and date', width: 28, input: true },
      { title: 'Signature', width: 40, input: true },
    ],
    rows: matrix.signatories.map((signatory) => [signatory.name ?? '', signatory.title, signatory.role ?? '', '', '']),
    freezeColumns: 0,
    landscape: true,
    table: true,
    tabTone: 'gray',
  };
}
