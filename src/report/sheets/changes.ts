import type { Comparison } from '../../comparison.ts';
import type { Sheet, SheetCell } from '../../document.ts';
import { becauseText, causeText, placeText } from '../causes.ts';
import { changeSections, changesHeadline } from '../changes.ts';

/** The sheet's name. */
export const CHANGES = 'Changes';

/** Every change since the pack before, a row each, with its cause. */
export function changesSheet(comparison: Comparison): Sheet {
  const causes = comparison.causes.map((cause): SheetCell[] => [
    'What differs underneath',
    '',
    causeText(cause),
    placeText(cause),
    '',
  ]);
  const changes = changeSections(comparison).flatMap(({ title, groups }) =>
    groups.flatMap(({ because, entries }) => {
      const why = becauseText(because, Number.POSITIVE_INFINITY);
      return entries.flatMap(({ what, members }) =>
        members.map(({ name, lines }): SheetCell[] => [title, what, name, lines.join('\n'), why]),
      );
    }),
  );
  return {
    name: CHANGES,
    title: 'Changes since the last pack',
    intro: [`Compared with the pack as of ${comparison.from.asOf}. ${changesHeadline(comparison)}`],
    columns: [
      { title: 'Of what', width: 26, wrap: true },
      { title: 'What happened', width: 44, wrap: true },
      { title: 'To what', width: 50, wrap: true },
      { title: 'Detail', width: 70, wrap: true },
      { title: 'Because', width: 60, wrap: true },
    ],
    rows: [...causes, ...changes],
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'violet',
  };
}
