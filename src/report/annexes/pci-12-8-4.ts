import { monthsAfter } from '../../days.ts';
import type { Matrix } from '../../model/matrix.ts';
import { longDate } from '../../sentence.ts';
import type { Annex, AnnexCell } from './annex.ts';
import { day, judged, missing } from './cells.ts';
import { type Engaged, engagedUnder } from './engaged.ts';
import { proofCell } from './proofs.ts';

/** PCI DSS 12.8.4: the compliance status of each TPSP and when it was last looked at, at least once every twelve months. */
export const pciStatus: Annex = {
  id: 'pci-12.8.4',
  framework: 'pci-dss',
  title: 'PCI DSS 12.8.4: compliance status of TPSPs',
  sheet: 'PCI 12.8.4 TPSP status',
  answers: ['12.8.4'],
  make: ({ matrix, framework }) => ({
    columns: [
      { title: 'TPSP', width: 30, paper: 18 },
      { title: 'Attestation of Compliance relied on', width: 70, paper: 38 },
      { title: 'Last check', width: 14, paper: 18 },
      { title: 'Checked by', width: 26, paper: 'led' },
      { title: 'Next check due by', width: 16, paper: 'led' },
      { title: 'Within twelve months', width: 18, paper: 12 },
      { title: 'What the check brought to light', width: 60, paper: 20 },
    ],
    rows: engagedUnder(framework, matrix).map((engaged) => {
      const check = lastCheck(engaged, matrix);
      return [
        engaged.party.name,
        proofCell(engaged.services, engaged, framework.expects, matrix),
        day(check?.on),
        check?.by ?? '',
        day(check && monthsAfter(check.on, 12)),
        inTime(check?.on, matrix),
        check?.note ?? '',
      ];
    }),
    empty: 'No third party provides or runs a service in scope, so there is no status to watch.',
    remedy: 'Attestations are recorded under assurances:, checks under providers: (status-checked).',
  }),
};

/** The last day on which somebody looked at the TPSP's status: a check of its own, or the review of an attestation of it. */
function lastCheck({ record, assurances }: Engaged, matrix: Matrix): { by: string; on: string; note?: string } | undefined {
  const reviews = assurances.flatMap(({ type, reviewed, title }) =>
    type === 'pci-aoc' && reviewed ? [{ ...reviewed, note: reviewed.note ?? `Review of ${title}.` }] : [],
  );
  return [...(record?.statusChecked ? [record.statusChecked] : []), ...reviews]
    .filter((review) => review.on <= matrix.asOf)
    .sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0))[0];
}

function inTime(on: string | undefined, matrix: Matrix): AnnexCell {
  if (on === undefined) return missing(matrix, 'providers: status-checked', 'Never checked');
  const due = monthsAfter(on, 12);
  return due >= matrix.asOf ? judged('Yes', 'green') : judged('No', 'red', `Overdue since ${longDate(due)}.`);
}
