import type { Sheet, SheetCell, SheetColumn } from '../../document.ts';
import type { Matrix, Ownership } from '../../model.ts';
import { OWNERSHIPS } from '../../terms.ts';
import { ownershipLabel, ownershipsExplained } from '../ownership.ts';
import { frameworkColumns, sheetName } from './framework.ts';

/** The number of requirements by ownership, as formulas over the framework sheets. */
export function summary(matrix: Matrix): Sheet {
  const counted = OWNERSHIPS.filter((ownership) => matrix.frameworks.some((framework) => framework.counts[ownership] > 0));
  const labels = new Map(ownershipsExplained(matrix).map(({ ownership, label }) => [ownership, label]));
  const titleOf = (ownership: Ownership): string => labels.get(ownership) ?? ownership;
  return {
    name: 'Summary',
    title: 'Summary',
    intro: [
      'Number of requirements by ownership. The figures count the rows of each framework sheet and follow changes made there.',
    ],
    columns: [
      { title: 'Framework', width: 28 },
      { title: 'Version', width: 18 },
      { title: 'Requirements', width: 14 },
      ...counted.map((ownership): SheetColumn => ({ title: titleOf(ownership), width: 16, wrap: true })),
    ],
    rows: matrix.frameworks.map((framework) => {
      const name = sheetName(framework).replaceAll("'", "''");
      const letter = String.fromCharCode(
        65 + frameworkColumns(framework, matrix.audience).findIndex((column) => column.title === 'Ownership'),
      );
      const column = `'${name}'!$${letter}:$${letter}`;
      return [
        { text: framework.title, link: { sheet: sheetName(framework), row: 1 } },
        framework.version,
        framework.requirements.length,
        ...counted.map(
          (ownership): SheetCell => ({
            formula: `COUNTIF(${column},"${ownershipLabel(ownership, framework).replaceAll('"', '""')}")`,
            result: framework.counts[ownership],
          }),
        ),
      ];
    }),
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'gray',
  };
}
