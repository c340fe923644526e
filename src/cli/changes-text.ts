import type { Comparison } from '../comparison.ts';
import { type ChangeMember, changesHeadline } from '../report/changes.ts';
import { type ToldEntry, toldChanges } from '../report/changes-told.ts';
import { numberText } from '../sentence.ts';
import { indented } from './terminal.ts';

/** A comparison for the terminal. With `verbose`, everything by name and with what there is to say of it. */
export function changesText(comparison: Comparison, options: { width: number; verbose?: boolean; whatIf?: boolean }): string {
  const { width } = options;
  const lines = [...headLines(comparison), '', indented(changesHeadline(comparison), 0, width)];
  const { causes, moreCauses, sections } = toldChanges(comparison, options);
  if (causes.length > 0) {
    lines.push('', `What differs underneath (${comparison.causes.length})`);
    for (const { text, where } of causes) lines.push(indented(where === '' ? text : `${text} [${where}]`, 4, width, '  - '));
    if (moreCauses > 0) lines.push(`  - and ${moreCauses} more (--verbose)`);
  }
  for (const { title, count, groups } of sections) {
    lines.push('', `${title} (${numberText(count)})`);
    for (const { because, entries } of groups) {
      if (because !== '') lines.push(indented(`because ${because}`, 2, width, '  '));
      for (const entry of entries) lines.push(...entryLines(entry, width));
    }
  }
  return `${lines.join('\n')}\n`;
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

function entryLines({ what, count, names, members }: ToldEntry, width: number): string[] {
  const head = `${what}, ${count}${names === undefined ? '' : `: ${names}`}`;
  return [indented(head, 6, width, '    - '), ...members.flatMap((member) => memberLines(member, width))];
}

function memberLines({ name, lines }: ChangeMember, width: number): string[] {
  return [indented(name, 8, width, '      * '), ...lines.map((line) => indented(line, 10, width, ' '.repeat(10)))];
}
