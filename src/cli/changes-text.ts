import type { Comparison } from '../comparison.ts';
import { becauseText, type GatheredCause, gatherCauses, placesText } from '../report/causes.ts';
import { type ChangeEntry, type ChangeMember, changeSections, changesHeadline, shortList } from '../report/changes.ts';
import { numberText } from '../sentence.ts';
import { indented } from './terminal.ts';

/** How many names stand in a line, and causes in a list, before the rest is counted. */
const MOST_NAMES = 6;
const MOST_CAUSES = 20;
const MOST_PLACES = 3;
/** With how many groups a section is still told by what brought each about. */
const MOST_GROUPS = 12;

/** A comparison for the terminal. With `verbose`, everything by name and with what there is to say of it. */
export function changesText(comparison: Comparison, options: { width: number; verbose?: boolean; whatIf?: boolean }): string {
  const { width, verbose = false } = options;
  const lines = [...headLines(comparison), '', indented(changesHeadline(comparison), 0, width)];
  if (comparison.causes.length > 0) {
    lines.push('', `What differs underneath (${comparison.causes.length})`);
    const causes = gatherCauses(comparison.causes, verbose ? {} : { most: MOST_NAMES });
    const shown = verbose ? causes : causes.slice(0, MOST_CAUSES);
    for (const cause of shown) lines.push(indented(placed(cause), 4, width, '  - '));
    const more = causes.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
    if (more > 0) lines.push(`  - and ${more} more (--verbose)`);
  }
  for (const section of changeSections(comparison, verbose ? undefined : MOST_GROUPS)) {
    const count = section.groups.flatMap(({ entries }) => entries).reduce((sum, { members }) => sum + members.length, 0);
    lines.push('', `${section.title} (${numberText(count)})`);
    for (const { because, entries } of section.groups) {
      if (because.length > 0) lines.push(indented(`because ${becauseText(because)}`, 2, width, '  '));
      const whole = verbose || (options.whatIf === true && (section.id === 'duties' || section.id === 'findings'));
      for (const entry of entries)
        lines.push(...entryLines(entry, whole ? 'whole' : section.id === 'wording' ? 'number' : 'names', width));
    }
  }
  return `${lines.join('\n')}\n`;
}

function placed({ text, places }: GatheredCause): string {
  return places.length > 0 ? `${text} [${placesText(places, MOST_PLACES)}]` : text;
}

function headLines({ from, to }: Comparison): string[] {
  const side = (one: Comparison['from'], other: Comparison['from']): string =>
    [
      one.organization === other.organization && one.system === other.system ? '' : `${one.system} of ${one.organization}, `,
      `as of ${one.asOf}`,
      one.catalogue === other.catalogue ? '' : `, catalogue ${one.catalogue}`,
      one.tool === other.tool ? '' : `, demarc ${one.tool}`,
    ].join('');
  const same = from.organization === to.organization && from.system === to.system;
  const sides = side(from, to) === side(to, from) ? side(to, from) : `${side(from, to)} → ${side(to, from)}`;
  return [same ? `${to.system} of ${to.organization}, ${sides}` : sides];
}

function entryLines({ what, count, members }: ChangeEntry, told: 'whole' | 'names' | 'number', width: number): string[] {
  const head = (tail: string): string => indented(`${what}, ${count}${tail}`, 6, width, '    - ');
  if (told === 'whole') return [head(''), ...members.flatMap((member) => memberLines(member, width))];
  return [
    head(
      told === 'number'
        ? ''
        : `: ${shortList(
            members.map(({ name }) => name),
            MOST_NAMES,
          )}`,
    ),
  ];
}

function memberLines({ name, lines }: ChangeMember, width: number): string[] {
  return [indented(name, 8, width, '      * '), ...lines.map((line) => indented(line, 10, width, ' '.repeat(10)))];
}
