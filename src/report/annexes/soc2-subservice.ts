import type { Matrix } from '../../model/matrix.ts';
import { joinNames } from '../../sentence.ts';
import { cell } from '../cells.ts';
import type { Annex, AnnexCell } from './annex.ts';
import { missing } from './cells.ts';
import { carriedParts } from './criteria.ts';
import { engagedUnder } from './engaged.ts';
import { proofCell } from './proofs.ts';

/** SOC 2: subservice organizations, with the method by which the report treats each. */
export const subserviceOrganizations: Annex = {
  id: 'soc2-subservice',
  framework: 'soc2',
  title: 'SOC 2: subservice organizations',
  sheet: 'SOC 2 subservice orgs',
  answers: ['CC9.2'],
  make(context) {
    const { matrix, framework } = context;
    const carried = carriedParts(context, (part) => (part.undetermined ? undefined : part.party));
    return {
      columns: [
        { title: 'Subservice organization', width: 30, paper: 18 },
        { title: 'What it does', width: 44, paper: 'under' },
        { title: 'Services', width: 60, paper: 26 },
        { title: 'Method', width: 22, paper: 13 },
        { title: 'Criteria that rest on it', width: 44, paper: 17 },
        { title: 'Report on file', width: 60, paper: 26 },
        { title: 'Left to reports of others', width: 34, paper: 'led' },
      ],
      rows: engagedUnder(framework, matrix).map((engaged) => {
        const { party, services, record, assurances } = engaged;
        const held = new Set(carried.get(party.id)?.flatMap((control) => control.requirements));
        const ids = framework.requirements.map(({ id }) => id).filter((id) => held.has(id));
        return [
          party.name,
          record?.description ?? '',
          services.map((service) => service.name).join('; '),
          method(record?.method, matrix),
          ids.length > 0 ? ids.join(', ') : 'None: it holds no part of a criterion in scope.',
          proofCell(services, engaged, framework.expects, matrix),
          joinNames([...new Set(assurances.flatMap((assurance) => assurance.carvesOut))]),
        ];
      }),
      empty: 'No other organization provides or runs a service of this system, so there is no subservice organization.',
      remedy: 'If there is one, name it under services: (provider) or managed-by:.',
    };
  },
};

function method(method: 'carve-out' | 'inclusive' | undefined, matrix: Matrix): AnnexCell {
  if (method === 'carve-out') return cell(['Carve-out: its controls are left to its own report.']);
  if (method === 'inclusive') return cell(['Inclusive: its controls are described and examined with ours.']);
  return missing(matrix, 'providers: method');
}
