import type { MatrixRequirement } from '../../model/matrix.ts';
import { joinNames } from '../../sentence.ts';
import { familyTitle } from '../blocks/duties.ts';
import { linesOfParts } from '../lines.ts';
import { ownLine } from '../sheets/duties.ts';
import type { Annex, AnnexCell, AnnexContext } from './annex.ts';
import { lines } from './cells.ts';
import { standingOfControl, statusCell } from './standing.ts';

/** GDPR Art. 32: the technical and organizational measures, of the processors and of the organization, by point and theme. */
export const measures: Annex = {
  id: 'gdpr-32',
  framework: 'gdpr',
  title: 'GDPR Art. 32: technical and organizational measures',
  sheet: 'GDPR Art. 32 measures',
  answers: ['32(1)', '32(1)(a)', '32(1)(b)', '32(1)(c)', '32(1)(d)', '32(2)', '32(4)'],
  make(context) {
    const us = context.matrix.organization.short ?? context.matrix.organization.name;
    return {
      columns: [
        { title: 'Point', width: 34, paper: 'band' },
        { title: 'Theme', width: 20, paper: 'band' },
        { title: 'Measure', width: 36, paper: 17 },
        { title: 'By processors', width: 70, paper: 32 },
        { title: `By ${us}`, width: 70, paper: 37 },
        { title: 'Status', width: 20, paper: 14 },
        { title: 'Owner', width: 26, paper: 'under' },
      ],
      rows: context.framework.requirements
        .filter((requirement) => /^32\(/.test(requirement.id) && requirement.row.ownership !== 'not-applicable')
        .flatMap((requirement) => measuresOf(requirement, context)),
      empty: 'Article 32 asks nothing here.',
    };
  },
};

/** The measures behind one point, those of a theme together. */
function measuresOf(requirement: MatrixRequirement, { matrix, index }: AnnexContext): AnnexCell[][] {
  const controls = requirement.controls.flatMap((use) => index.controls.get(use.control) ?? []);
  const families = [...new Set(controls.map((control) => control.family))];
  return families.flatMap((family) =>
    controls
      .filter((control) => control.family === family)
      .flatMap((control): AnnexCell[][] => {
        const parts = requirement.row.parts.filter((position) => matrix.parts[position]?.control === control.id);
        if (parts.length === 0) return [];
        const said = linesOfParts(parts, index);
        const own = said.filter((line) => line.side === 'customer');
        const services = [...new Set(own.flatMap((line) => line.services))];
        const { statuses, owners } = standingOfControl(control.id, services, index);
        return [
          [
            `${requirement.id}  ${requirement.title}`,
            familyTitle(family),
            control.title,
            lines([
              ...said.filter((line) => line.side !== 'customer').map((line) => line.text),
              ...own.flatMap((line) => (line.provides ? [`Provides: ${line.provides}`] : [])),
            ]),
            lines(own.map(ownLine)),
            own.length === 0 || statuses.length === 0 ? 'Rests with others' : statusCell(statuses),
            own.length === 0 ? '' : joinNames(owners),
          ],
        ];
      }),
  );
}
