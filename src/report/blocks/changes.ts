import type { Comparison } from '../../comparison.ts';
import type { Block, TableRow } from '../../document.ts';
import { numberText } from '../../sentence.ts';
import { becauseText, gatherCauses, placesText } from '../causes.ts';
import { cell, plain, textCell } from '../cells.ts';
import { type ChangeSection, changeSections, shortList } from '../changes.ts';

/** How many names stand in a cell, and causes in the table; the workbook has them all. */
const MOST_NAMES = 24;
const MOST_CAUSES = 60;
const MOST_PLACES = 3;
/** With how many groups a section is still told by what brought each about. */
const MOST_GROUPS = 24;

/** What differs from the pack before, each change with its cause. Nothing where nothing differs. */
export function changesBlocks(comparison: Comparison): Block[] {
  const causes = gatherCauses(comparison.causes, { most: MOST_NAMES });
  const sections = changeSections(comparison, MOST_GROUPS);
  const more = causes.slice(MOST_CAUSES).reduce((sum, { count }) => sum + count, 0);
  const underneath: Block[] = [
    { kind: 'heading', level: 2, text: 'What differs underneath' },
    {
      kind: 'table',
      caption: 'Differences in the description, the day and the catalogue',
      dense: true,
      columns: [
        { title: 'What differs', share: 76 },
        { title: 'Where it is described', share: 24 },
      ],
      rows: causes.slice(0, MOST_CAUSES).map(({ text, places }) => ({
        kind: 'row',
        cells: [{ ...textCell(text), rowHeader: true }, textCell(placesText(places, MOST_PLACES))],
      })),
    },
    ...(more > 0 ? [note(`${numberText(more)} more are in the workbook.`)] : []),
  ];
  return [...(causes.length > 0 ? underneath : []), ...sections.flatMap(sectionBlocks)];
}

function note(text: string): Block {
  return { kind: 'paragraph', style: 'small', runs: [plain(text)] };
}

function sectionBlocks(section: ChangeSection): Block[] {
  const rows = section.groups.flatMap(({ because, entries }): TableRow[] => [
    ...(because.length > 0 ? [{ kind: 'group', level: 1, title: `Because ${becauseText(because)}` } as const] : []),
    ...entries.map(({ what, count, members }): TableRow => {
      const names =
        section.id === 'wording'
          ? ''
          : `: ${shortList(
              members.map(({ name }) => name),
              MOST_NAMES,
            )}`;
      return { kind: 'row', cells: [{ ...textCell(what), rowHeader: true }, cell([`${count}${names}`])] };
    }),
  ]);
  return [
    { kind: 'heading', level: 2, text: section.title },
    {
      kind: 'table',
      caption: `${section.title}, by what brought them about`,
      dense: true,
      columns: [
        { title: 'What happened', share: 34 },
        { title: 'To what', share: 66 },
      ],
      rows,
    },
  ];
}
