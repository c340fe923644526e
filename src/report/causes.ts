import type { Cause } from '../comparison.ts';
import type { Place } from '../model/system.ts';
import { joinNames, numberText } from '../sentence.ts';

/** Several causes that say the same of different things, told as one. */
export interface GatheredCause {
  text: string;
  /** Where they stand in the description. */
  places: Place[];
  count: number;
}

/** What a cause is about, as what, and what it says of that: "statement on ", "backup", ": ", "planned → implemented". */
const SAID = /^((?:[a-z][a-z -]* )?)([^ ]+?)(: | was | has | is )(.*)$/s;
const PLURAL: Readonly<Record<string, string>> = { ' was ': ' were ', ' has ': ' have ', ' is ': ' are ' };

/** Causes that say the same of different things, told together where the first of them stands. */
export function gatherCauses(causes: readonly Cause[], options: { most?: number; details?: boolean } = {}): GatheredCause[] {
  const { most = Number.POSITIVE_INFINITY, details = true } = options;
  const groups = new Map<string, { causes: Cause[]; names: string[]; what: string; link: string; says: string }>();
  for (const cause of causes) {
    const [, what = '', name = cause.id, link = '', says = ''] = SAID.exec(cause.says) ?? [];
    const detail = details ? (cause.detail ?? '') : '';
    const key = link === '' ? cause.id : [cause.kind, what, link, says, detail].join('\u0000');
    const group = groups.get(key) ?? { causes: [], names: [], what, link, says };
    groups.set(key, group);
    group.causes.push(cause);
    group.names.push(name);
  }
  return [...groups.values()].map(({ causes: alike, names, what, link, says }) => {
    const [first] = alike as [Cause];
    const text = alike.length === 1 ? first.says : `${what}${joinNames(names, most)}${PLURAL[link] ?? link}${says}`;
    return {
      text: details && first.detail ? `${text} (${first.detail})` : text,
      places: alike.flatMap(({ place }) => place ?? []),
      count: alike.length,
    };
  });
}

/** A cause with what more there is to know of it. */
export function causeText({ says, detail }: Cause): string {
  return detail ? `${says} (${detail})` : says;
}

/** Where a cause stands in the description. */
export function placeText({ place }: Cause): string {
  return place ? `${place.file}:${place.line}` : '';
}

/** Several places, the lines of one file together: "services.yaml:5, 13 and 7 more". */
export function placesText(places: readonly Place[], most: number): string {
  const known = [...new Set(places.map(({ file, line }) => `${file}:${line}`))];
  let last = '';
  const shown = known.slice(0, most).map((place) => {
    const [, file = '', line = ''] = /^(.*):(\d+)$/s.exec(place) ?? [];
    const text = file === last ? line : place;
    last = file;
    return text;
  });
  const more = known.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${numberText(more)} more` : ''}`;
}

/** Several causes in one phrase. Those that say the same are told together; past `most` of either, they are counted. */
export function becauseText(causes: readonly Cause[], most = 4): string {
  const gathered = gatherCauses(causes, { most, details: false });
  const shown = gathered.length > most ? gathered.slice(0, most - 1) : gathered;
  const more = gathered.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
  return `${shown.map(({ text }) => text).join('; ')}${more > 0 ? `; and ${numberText(more)} more` : ''}`;
}
