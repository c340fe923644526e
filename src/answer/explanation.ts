import type { Matrix } from '../model/matrix.ts';
import type { Statement } from '../model/system.ts';
import { afterColon, joinNames, longDate, sentenceCase, sentenceEnd } from '../sentence.ts';
import type { Held } from './proof.ts';
import type { Standing } from './standing.ts';

/** How many services, providers or documents a sentence names before it says "and 3 more". */
const NAMED = 3;
/** Explanations are read in a cell; what is longer is cut at a sentence. */
const LONGEST = 1500;

/**
 * What the organization and its providers do under some controls, in sentences: the organization's own words where its statements
 * have any, and who carries the rest under which proof. Nothing is said that neither supports.
 */
export function explain(standings: readonly Standing[], matrix: Matrix): string {
  const sentences = new Set<string>();
  for (const standing of standings) {
    for (const statement of standing.statements) sentences.add(statementText(statement, standing, matrix));
    if (standing.absent !== undefined) sentences.add(standing.absent);
  }
  const own = standings.some((standing) => standing.own !== undefined && standing.own !== 'not-applicable');
  const others = othersText(
    standings.flatMap((standing) => standing.others),
    own,
    matrix,
  );
  return shortened([...sentences, others].filter((text) => text !== '').join(' '));
}

/** One statement in the organization's own words, with what its status adds. */
function statementText(statement: Statement, standing: Standing, matrix: Matrix): string {
  const { narrative } = statement;
  const names = statement.services.map((id) => matrix.services.find((service) => service.id === id)?.name ?? id);
  const lead = [joinNames(names, NAMED), statusText(statement, matrix.asOf)].filter((text) => text !== '').join(', ');
  if (narrative === undefined) return `${lead === '' ? 'In place' : sentenceCase(lead)}: ${afterColon(standing.title)}.`;
  const own = sentenceEnd(narrative);
  return lead === '' ? own : `${sentenceCase(lead)}: ${lowered(own)}`;
}

/** What a status adds to the organization's words; nothing where they hold as they stand. */
function statusText(statement: Statement, asOf: string): string {
  const { status, due } = statement;
  const day = due ? longDate(due) : '';
  switch (status) {
    case 'partial':
      if (!due) return 'in part';
      return isOverdue(statement, asOf) ? `in part, due on ${day} and not completed` : `in part, to be completed by ${day}`;
    case 'planned':
      if (!due) return 'planned';
      return isOverdue(statement, asOf) ? `planned for ${day} and not in place` : `planned by ${day}`;
    case 'alternative':
      return 'by an alternative measure';
    case 'not-applicable':
      return 'not applicable';
    default:
      return '';
  }
}

/** Whether the day has passed on which something was to be in place that is not. */
export function isOverdue({ status, due }: Statement, asOf: string): boolean {
  return (status === 'partial' || status === 'planned') && due !== undefined && due < asOf;
}

/** What providers and third parties carry, as far as it is proven. */
function othersText(others: readonly Held[], shared: boolean, matrix: Matrix): string {
  const proven = others.filter((held) => held.proofs.length > 0);
  if (proven.length === 0) return '';
  const parties = [...new Set(proven.map((held) => held.party.short))];
  const components = [...new Set(proven.flatMap((held) => held.components))].flatMap(
    (id) => matrix.components.find((component) => component.id === id)?.phrase ?? [],
  );
  const titles = [...new Set(proven.flatMap((held) => held.proofs.map((proof) => proof.title)))];
  const what = shared ? (parties.length > 1 ? 'their parts' : 'its part') : 'it';
  const at = components.length > 0 && components.length <= NAMED ? ` at ${joinNames(components)}` : '';
  return `${joinNames(parties, NAMED)} ${parties.length > 1 ? 'carry' : 'carries'} ${what}${at}, examined in ${joinNames(titles, NAMED)}.`;
}

function lowered(text: string): string {
  // A name at the beginning keeps its capital: only words that are common at the head of a sentence are lowered.
  return /^(?:The|A|An|Each|Every|All|No|Some|Our|We|It|This|These|In|On|At|By|For|From|Only)\b/.test(text)
    ? afterColon(text)
    : text;
}

/** Text within what people read in a cell, cut after a sentence. */
export function shortened(text: string, longest = LONGEST): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest);
  const end = cut.lastIndexOf('. ');
  return end > longest / 2 ? cut.slice(0, end + 1) : `${cut.slice(0, cut.lastIndexOf(' '))} …`;
}
