import type { Matrix } from '../../model/matrix.ts';
import type { Assurance } from '../../model/system.ts';
import { linesOfParts } from '../lines.ts';
import type { Annex, AnnexCell } from './annex.ts';
import { assuranceText, lines, remedy } from './cells.ts';
import { carriedParts } from './criteria.ts';
import { type Engaged, engagedUnder } from './engaged.ts';
import { isWhole, type Proofs, proofCell, proofsFor } from './proofs.ts';

/** SOC 2: complementary subservice organization controls, those that the design of our controls assumes at each organization. */
export const subserviceControls: Annex = {
  id: 'soc2-csoc',
  framework: 'soc2',
  title: 'SOC 2: controls expected of subservice organizations (CSOCs)',
  sheet: 'SOC 2 CSOCs',
  answers: ['CC9.2'],
  make(context) {
    const { matrix, framework, index } = context;
    const carried = carriedParts(context, (part) => (part.undetermined ? undefined : part.party));
    return {
      columns: [
        { title: 'Subservice organization', width: 30, paper: 'band' },
        { title: 'Method and reports', width: 60, paper: 'detail' },
        { title: 'Control', width: 34, paper: 17 },
        { title: 'What we expect of it', width: 80, paper: 51 },
        { title: 'Services', width: 50 },
        { title: 'Criteria', width: 30, paper: 20 },
        { title: 'Covered by a report', width: 24, paper: 12 },
        { title: 'Report', width: 60 },
      ],
      rows: engagedUnder(framework, matrix).flatMap((engaged) => {
        const { party, services } = engaged;
        const reports = proofsFor(services, engaged, framework.expects, matrix.asOf);
        const about = methodAndReports(engaged, reports, matrix);
        const isCovered = isWhole(reports, matrix.asOf);
        return (carried.get(party.id) ?? []).map(({ control, parts, requirements }): AnnexCell[] => {
          const touched = new Set(parts.flatMap((position) => matrix.parts[position]?.service ?? []));
          const own = touched.size > 0 ? services.filter((service) => touched.has(service.id)) : services;
          const mine = isCovered ? reports : proofsFor(own, engaged, framework.expects, matrix.asOf);
          return [
            party.name,
            about,
            index.controls.get(control)?.title ?? control,
            lines(linesOfParts(parts, index).map((line) => line.text)),
            own.map((service) => service.name).join(', '),
            requirements.join(', '),
            isCovered ? 'Yes' : proofCell(own, engaged, framework.expects, matrix),
            onFile(mine)
              .map(({ title }) => title)
              .join(', '),
          ];
        });
      }),
      empty: 'No other organization holds a part of a criterion in scope, so no control is expected of one.',
    };
  },
};

function methodAndReports({ record }: Engaged, proofs: Proofs, matrix: Matrix): string {
  const method =
    record?.method === 'inclusive'
      ? 'Inclusive method: examined with ours'
      : record?.method === 'carve-out'
        ? 'Carve-out method'
        : ['Method not on record', remedy(matrix, '(providers: method)')].filter(Boolean).join(' ');
  const reports = onFile(proofs).map(assuranceText);
  return [method, ...(reports.length > 0 ? reports : ['no report on file'])].join(' · ');
}

/** Reports on file, each once; what they do not cover is said of each control. */
function onFile({ relied, elsewhere }: Proofs): Assurance[] {
  return [...new Set([...relied, ...elsewhere].map(({ assurance }) => assurance))];
}
