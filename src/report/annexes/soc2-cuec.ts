import type { Cuec } from '../../model/system.ts';
import { joinNames } from '../../sentence.ts';
import { linesOfParts } from '../lines.ts';
import type { Annex, AnnexCell, AnnexContext } from './annex.ts';
import { judged, lines, missing, remedy } from './cells.ts';
import { type Carried, carriedParts, requirementsOf } from './criteria.ts';
import { type Engaged, engagedUnder } from './engaged.ts';
import { standingOfControl, statusCell } from './standing.ts';

/** SOC 2: complementary user entity controls that fall on us under each provider's report, with the controls of ours that meet them. */
export const userEntityControls: Annex = {
  id: 'soc2-cuec',
  framework: 'soc2',
  title: 'SOC 2: user entity controls expected of us (CUECs)',
  sheet: 'SOC 2 CUECs on us',
  answers: ['CC9.2'],
  make(context) {
    const { index } = context;
    const ours = carriedParts(context, (part) =>
      part.undetermined || index.parties.get(part.party)?.kind === 'customer'
        ? index.services.get(part.service ?? '')?.partyId
        : undefined,
    );
    return {
      columns: [
        { title: 'Report', width: 44, paper: 'band' },
        { title: 'Where it comes from', width: 44, paper: 'detail' },
        { title: 'CUEC', width: 16, paper: 11 },
        { title: 'What is expected of us', width: 80, paper: 40 },
        { title: 'Control that meets it', width: 44, paper: 22 },
        { title: 'Criteria', width: 30, paper: 'under' },
        { title: 'Status', width: 20, paper: 13 },
        { title: 'Owner', width: 26, paper: 14 },
        { title: 'In full', width: 80 },
      ],
      rows: engagedUnder(context.framework, context.matrix).flatMap((engaged) => {
        const recorded = engaged.assurances.filter((assurance) => assurance.cuecs.length > 0);
        if (recorded.length === 0) return derived(engaged, ours.get(engaged.party.id) ?? [], context);
        return recorded.flatMap((assurance) =>
          assurance.cuecs.map((cuec) => [
            `${engaged.party.name}: ${assurance.title}`,
            'Taken from the report.',
            ...meeting(cuec, engaged, context),
            '',
          ]),
        );
      }),
      empty: 'No provider of this system leaves a control to us.',
      remedy: 'What a report expects of its user entities is recorded under assurances: (cuecs).',
    };
  },
};

function meeting(cuec: Cuec, { services }: Engaged, { matrix, framework, index }: AnnexContext): AnnexCell[] {
  if (cuec.notRelevant) return [cuec.id, cuec.text, cuec.notRelevant, '', judged('Not relevant', 'gray'), cuec.owner ?? ''];
  if (cuec.controls.length === 0)
    return [cuec.id, cuec.text, missing(matrix, 'assurances: cuecs: controls'), '', '', cuec.owner ?? ''];
  const each = cuec.controls.map((control) => ({
    title: index.controls.get(control)?.title ?? control,
    ...standingOfControl(
      control,
      services.map((service) => service.id),
      index,
    ),
  }));
  const statuses = [...new Set(each.flatMap((one) => one.statuses))];
  return [
    cuec.id,
    cuec.text,
    lines(each.map((one) => one.title)),
    requirementsOf(framework, cuec.controls).join(', '),
    statusCell(statuses),
    cuec.owner ?? joinNames([...new Set(each.flatMap((one) => one.owners))]),
  ];
}

/** What the matrix lays on us on a provider's services stands in for its report's own list until that is recorded. */
function derived({ party }: Engaged, ours: readonly Carried[], { matrix, index }: AnnexContext): AnnexCell[][] {
  return ours.map(({ control, parts, requirements }) => {
    const touched = [...new Set(parts.flatMap((position) => matrix.parts[position]?.service ?? []))];
    const { statuses, owners } = standingOfControl(control, touched, index);
    const title = index.controls.get(control)?.title ?? control;
    return [
      `${party.name}: expected by this matrix`,
      `Derived from our parts on its services and not from its report. ${remedy(matrix, 'Record what the report says under assurances: (cuecs).')}`.trim(),
      'Derived',
      `${title} on ${joinNames(
        touched.map((id) => index.services.get(id)?.name ?? id),
        3,
      )}`,
      title,
      requirements.join(', '),
      statusCell(statuses),
      joinNames(owners),
      lines(linesOfParts(parts, index).map((line) => line.text)),
    ];
  });
}
