import type { Comparison } from '../comparison.ts';
import { becauseText, gatherCauses, placesText } from './causes.ts';
import { type ChangeEntry, type ChangeMember, changeSections, shortList } from './changes.ts';

/** How many names stand in a line, causes in a list and places behind a cause, before the rest is counted. */
const MOST_NAMES = 6;
const MOST_CAUSES = 20;
const MOST_PLACES = 3;
/** With how many groups a section is still told by what brought each about. */
const MOST_GROUPS = 12;

/** A comparison as it is told in text, on a terminal and in Markdown alike. */
export interface ToldChanges {
  causes: ToldCause[];
  /** How many causes stand behind those. */
  moreCauses: number;
  sections: ToldSection[];
}

/** A cause, and where it stands in the description; nowhere is an empty text. */
export interface ToldCause {
  text: string;
  where: string;
}

export interface ToldSection {
  title: string;
  /** How many things changed. */
  count: number;
  /** Entries with the same causes, which are an empty text where there are none to tell. */
  groups: { because: string; entries: ToldEntry[] }[];
}

/** What happened, to how many, and these: by name in one line, each on its own, or not at all. */
export interface ToldEntry extends Pick<ChangeEntry, 'what' | 'count'> {
  names?: string;
  members: ChangeMember[];
}

/** How much is told: everything, or of a what-if the duties and findings one by one. */
export interface Telling {
  verbose?: boolean;
  whatIf?: boolean;
}

/** Decides what of a comparison is told by name and what is counted. */
export function toldChanges(comparison: Comparison, { verbose = false, whatIf = false }: Telling): ToldChanges {
  const causes = gatherCauses(comparison.causes, verbose ? {} : { most: MOST_NAMES });
  const shown = verbose ? causes : causes.slice(0, MOST_CAUSES);
  return {
    causes: shown.map(({ text, places }) => ({ text, where: placesText(places, MOST_PLACES) })),
    moreCauses: causes.slice(shown.length).reduce((sum, { count }) => sum + count, 0),
    sections: changeSections(comparison, verbose ? undefined : MOST_GROUPS).map(({ id, title, groups }) => {
      const whole = verbose || (whatIf && (id === 'duties' || id === 'findings'));
      return {
        title,
        count: groups.flatMap(({ entries }) => entries).reduce((sum, { members }) => sum + members.length, 0),
        groups: groups.map(({ because, entries }) => ({
          because: because.length > 0 ? becauseText(because) : '',
          entries: entries.map((entry) => told(entry, whole, id === 'wording')),
        })),
      };
    }),
  };
}

function told({ what, count, members }: ChangeEntry, whole: boolean, counted: boolean): ToldEntry {
  if (whole) return { what, count, members };
  const names = members.map(({ name }) => name);
  return { what, count, ...(counted ? {} : { names: shortList(names, MOST_NAMES) }), members: [] };
}
