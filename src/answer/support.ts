import type { Statement } from '../model/system.ts';
import type { AnswerWord, OwnerWord } from '../questionnaire/questionnaire.ts';
import { afterColon, joinNames, longDate, sentenceEnd } from '../sentence.ts';
import { STATUS } from '../terms.ts';
import type { Answer, BlankCode } from './answer.ts';
import { explain, isOverdue, shortened } from './explanation.ts';
import { factAnswer } from './facts.ts';
import type { Knowledge } from './knowledge.ts';
import { type Asked, WINDOWS, type Window } from './scheme.ts';
import { evidenceOf, sourcesOf } from './sources.ts';
import type { Standing } from './standing.ts';

/** How sure an answer is that rests on statements and live assurances, by how the question came to its controls. */
const SURE = { met: 0.95, policy: 0.9, review: 0.9, describe: 0.9, near: 0, fact: 0.95 } as const;
/** What remains of it where a provider's part of a duty is not proven by any document on file. */
const UNPROVEN = 0.9;

/** The control whose statement says that policies and procedures are written, approved, made known and reviewed. */
const POLICY = 'security-policy';

/** What statements and assurances support of a question, or why they support nothing. Says nothing of how the form wants it. */
export function supported(asked: Asked, knowledge: Knowledge): Answer {
  if (asked.fact) return factAnswer(asked, asked.fact, knowledge);
  const topics = [
    ...asked.controls.flatMap((id) => knowledge.standings.control(id) ?? []),
    ...asked.requirements.flatMap((key) => knowledge.standings.requirements(key)),
  ];
  if (asked.sense === 'near') return nearest(topics, knowledge);
  if (topics.length === 0 || topics.length < asked.controls.length + Math.min(asked.requirements.length, 1)) {
    return blank('not-known', 'Nothing in the matrix speaks of it.', topics, knowledge);
  }
  const standings = asked.sense === 'policy' || asked.sense === 'review' ? withPolicy(topics, asked.sense, knowledge) : topics;
  if (!Array.isArray(standings)) return standings;
  // Policies can be reviewed while not all of them are carried out yet.
  const judged = asked.sense === 'review' && topics.every(isBegun) ? standings.filter((one) => one.id === POLICY) : standings;
  const word = together(judged.map(wordOf));
  if (typeof word !== 'string') return blank(word.code, word.says, standings, knowledge);
  // An alternative measure is a yes too. Where "partly" would be written as such, it may be another part than the question asks about.
  const claims = word === 'yes' || word === 'alternative';
  const refused =
    (claims ? dated(asked, topics, knowledge) : undefined) ??
    (claims || (word === 'partial' && asked.exact) ? spoken(asked, topics, knowledge) : undefined);
  if (refused) return refused;
  const condition = asked.unless ? knowledge.matrix.conditions.find(({ id }) => id === asked.unless) : undefined;
  if (condition && (condition.holds || !condition.stated)) {
    const says = `It asks more than the control says unless the description denies this: ${afterColon(condition.title)}.`;
    return blank('asks-more', says, standings, knowledge);
  }
  if (asked.inverse && word !== 'yes') {
    const says = `What would make the answer "no" is ${STATUS[standings[0]?.own ?? 'unanswered'].toLowerCase()}, so neither answer is supported.`;
    return blank('unanswered', says, standings, knowledge);
  }
  // The organization's policies are its own, whatever providers and customers carry of their topic.
  const asksPolicy = asked.sense === 'policy' || asked.sense === 'review';
  const policies = asksPolicy ? standings.find((standing) => standing.id === POLICY) : undefined;
  const spokenFor = policies ? standings.map((standing) => ({ ...standing, others: [] })) : standings;
  const unproven = spokenFor.some((standing) => standing.others.some((held) => held.unproven.length > 0));
  const text = explain(spokenFor, knowledge.matrix);
  const customer = policies ? '' : customerText(standings, knowledge);
  return {
    ...(asked.sense === 'describe' ? { text } : { means: asked.inverse ? 'no' : word }),
    // A policy on what is carried out in part may well be written: neither answer is supported.
    ...((asked.exact || policies) && word === 'partial' ? { exact: true } : {}),
    ownership: ownersOf(spokenFor, word, customer !== ''),
    ...openToReaders(standings, customer),
    ...ownPlace(policies ? [policies] : standings),
    comment:
      asked.sense === 'review' ? reviewText(knowledge) : `${text}${word === 'yes' ? whenText(asked, topics, knowledge) : ''}`,
    ...(customer === '' ? {} : { customer }),
    evidence: evidenceOf(standings),
    confidence: SURE[asked.sense] * (unproven ? UNPROVEN : 1),
    sources: sourcesOf(spokenFor, knowledge),
    owners: [...new Set(standings.flatMap((standing) => standing.owners))],
    notes: [...overdueNotes(standings, knowledge), ...unprovenNotes(spokenFor)],
  };
}

/** Why silence about those who ask is no answer: they have an organization of their own, or hold other duties at the same places. */
function openToReaders(standings: readonly Standing[], customer: string): Pick<Answer, 'openToReaders'> {
  if (customer !== '') return {};
  if (standings.some(({ own, ownAt }) => own !== undefined && own !== 'not-applicable' && ownAt !== 'own'))
    return {
      openToReaders: 'What you do once for your own organization does not do it for theirs: what is left to them is open.',
    };
  if (!standings.some((standing) => standing.besideReaders)) return {};
  return {
    openToReaders:
      'Your customers hold other duties at the same places, and `customer-duties` names none for this: whether they take it over whole is open.',
  };
}

/** Whose parts of some controls no live assurance covers, for the person who judges the answer. */
function unprovenNotes(standings: readonly Standing[]): string[] {
  return standings.flatMap((standing) =>
    standing.others
      .filter((held) => held.unproven.length > 0)
      .map(
        (held) =>
          `No live assurance on file covers the part of ${held.party.short} in ${afterColon(standing.title)} (${joinNames(held.unproven, 3)}).`,
      ),
  );
}

/** Which statements promise something for a day that has passed: they should be brought up to date before they are sent. */
function overdueNotes(standings: readonly Standing[], { matrix }: Knowledge): string[] {
  const late = standings.flatMap((standing) =>
    standing.statements
      .filter((statement) => isOverdue(statement, matrix.asOf))
      .map(
        (statement) =>
          `The day set for ${afterColon(standing.title)}, ${longDate(statement.due ?? '')}, has passed. Say how it stands.`,
      ),
  );
  return [...new Set(late)];
}

/** An answer that is none, with what is nearest to it. */
export function blank(code: BlankCode, says: string, standings: readonly Standing[], knowledge: Knowledge): Answer {
  return {
    evidence: [],
    confidence: 0,
    sources: sourcesOf(standings, knowledge),
    owners: [...new Set(standings.flatMap((standing) => standing.owners))],
    blank: { code, says },
    notes: [],
  };
}

function nearest(standings: readonly Standing[], knowledge: Knowledge): Answer {
  const answered = standings.filter((standing) => standing.statements.length > 0);
  const titles = joinNames(standings.map((standing) => afterColon(standing.title)));
  const says =
    standings.length === 0
      ? 'Neither matrix nor statements say anything of it.'
      : `It asks more than the ${standings.length === 1 ? 'control' : 'controls'} ${titles} ${standings.length === 1 ? 'says' : 'say'}.`;
  const answer = blank(standings.length === 0 ? 'not-known' : 'asks-more', says, standings, knowledge);
  if (answered.length > 0) answer.notes.push(`Nearest: ${explain(answered, knowledge.matrix)}`);
  return answer;
}

/** The topics with the statement on policies beside them; or the reason why that says nothing. */
function withPolicy(topics: Standing[], sense: 'policy' | 'review', knowledge: Knowledge): Standing[] | Answer {
  // Where providers carry the whole topic, its policies are theirs.
  if (topics.every((standing) => standing.own === undefined || standing.own === 'not-applicable')) {
    if (sense === 'policy' || topics.every((standing) => standing.others.length === 0)) return topics;
    return blank(
      'no-date',
      "Whether its policies are reviewed every year only the provider's own report says.",
      topics,
      knowledge,
    );
  }
  const policy = knowledge.standings.control(POLICY);
  if (!policy) return blank('not-known', 'The matrix says nothing about policies.', topics, knowledge);
  if (sense === 'review' && (policy.own === 'implemented' || policy.own === 'alternative')) {
    const refused = dated({ within: 'annual' }, [policy], knowledge);
    if (refused) return refused;
  }
  return topics.some((standing) => standing.id === POLICY) ? topics : [...topics, policy];
}

/** Whether something of a topic is in place, so that there is something to review. */
function isBegun(standing: Standing): boolean {
  return standing.own === 'implemented' || standing.own === 'partial' || standing.own === 'alternative';
}

type Why = { code: BlankCode; says: string };

/** What one control lets an answer say. */
function wordOf(standing: Standing): AnswerWord | Why {
  const { own, others, title } = standing;
  const unproven = others.filter((held) => held.unproven.length > 0);
  if (own === 'unanswered') {
    const where = standing.open.length > 0 ? ` on ${joinNames(standing.open, 3)}` : '';
    return { code: 'unanswered', says: `No statement answers “${title}”${where}.` };
  }
  if (own === undefined || own === 'not-applicable') {
    if (others.length === 0) {
      if (own === 'not-applicable' || standing.absent !== undefined) return 'not-applicable';
      return { code: 'not-known', says: `Nobody in this system holds a part of ${afterColon(title)}.` };
    }
    if (unproven.length === 0) return 'yes';
    const names = joinNames(unproven.map((held) => held.party.short));
    return { code: 'unproven', says: `${title} rests on ${names}, and no live assurance on file covers it.` };
  }
  return own === 'implemented' ? 'yes' : own;
}

/** One word for several controls: only what holds under all of them is a yes. */
function together(words: readonly (AnswerWord | Why)[]): AnswerWord | Why {
  const why = words.filter((word): word is Why => typeof word !== 'string');
  if (why[0]) return { code: why[0].code, says: [...new Set(why.map((one) => one.says))].join(' ') };
  const said = new Set(words.filter((word) => word !== 'not-applicable') as AnswerWord[]);
  if (said.size === 0) return 'not-applicable';
  const [only] = said;
  if (said.size === 1 && only) return only;
  return [...said].every((word) => word === 'yes' || word === 'alternative') ? 'alternative' : 'partial';
}

/** Why proof of some controls is not recent enough for the question; undefined where it is. */
function dated(asked: Pick<Asked, 'within'>, standings: readonly Standing[], knowledge: Knowledge): Answer | undefined {
  if (!asked.within) return undefined;
  const { asOf } = knowledge.matrix;
  for (const standing of standings) {
    if (standing.own !== 'implemented' && standing.own !== 'alternative') {
      const says = `When ${afterColon(standing.title)} was last carried out only the provider's own report says.`;
      return blank('no-date', says, standings, knowledge);
    }
    const day = lastDay(standing.statements, asOf);
    if (day === undefined) {
      const says = `It asks for a frequency, and the statement on ${afterColon(standing.title)} carries neither dated evidence nor the day of a review.`;
      return blank('no-date', says, standings, knowledge);
    }
    if (daysBetween(day, asOf) > WINDOWS[asked.within as Window]) {
      const says = `It asks for a frequency, and the last day on record for ${afterColon(standing.title)} is ${longDate(day)}.`;
      return blank('too-old', says, standings, knowledge);
    }
  }
  return undefined;
}

/** The latest day on which statements were reviewed or their evidence was made, up to a day. */
function lastDay(statements: readonly Statement[], asOf: string): string | undefined {
  return statements
    .flatMap((statement) => [
      statement.reviewed?.on,
      ...statement.evidence.filter((item) => item.expires === undefined || item.expires >= asOf).map((item) => item.date),
    ])
    .filter((day): day is string => day !== undefined && day <= asOf)
    .sort()
    .at(-1);
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

/** Why nothing on record says what the question claims beyond its controls; undefined where something does. */
function spoken(asked: Asked, standings: readonly Standing[], knowledge: Knowledge): Answer | undefined {
  if (asked.says.length === 0) return undefined;
  const texts = standings.flatMap((standing) =>
    // What providers carry alone, no statement can say; their parts do.
    standing.own === undefined
      ? standing.others.flatMap((held) => held.texts)
      : standing.statements.flatMap((statement) => [statement.narrative ?? '', ...statement.evidence.map((item) => item.title)]),
  );
  const sentences = texts.flatMap((text) => text.split(/(?<=[.;!?])\s+/));
  const words = new RegExp(`(?<![\\p{L}\\d])(?:${asked.says.map(escaped).join('|')})`, 'iu');
  // A sentence that denies something may deny just this.
  if (sentences.some((text) => words.test(text) && !/\b(?:not?|never|without|except|none|nor|nobody|yet)\b/i.test(text)))
    return undefined;
  const says = `It asks more than the control: no statement speaks of ${joinNames(asked.says, undefined, 'or')}.`;
  const answer = blank('says-less', says, standings, knowledge);
  answer.notes.push(`Nearest: ${explain(standings, knowledge.matrix)}`);
  return answer;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Who holds the duties, as the reader of an answer sees it. */
function ownersOf(standings: readonly Standing[], word: AnswerWord, reader: boolean): OwnerWord {
  if (word === 'not-applicable') return 'not-applicable';
  const own = standings.some((standing) => standing.own !== undefined && standing.own !== 'not-applicable');
  const others = standings.some((standing) => standing.others.length > 0);
  if (reader) return own || others ? 'own-and-reader' : 'reader';
  return own ? (others ? 'own-and-providers' : 'own') : 'providers';
}

/** Where the organization carries its own parts of some controls together. */
function ownPlace(standings: readonly Standing[]): Pick<Answer, 'ownAt'> {
  const places = new Set(standings.flatMap((standing) => (standing.own === 'not-applicable' ? [] : (standing.ownAt ?? []))));
  const [only] = places;
  return only ? { ownAt: places.size > 1 ? 'own-hybrid' : only } : {};
}

/** What the organization expects of those who ask. */
function customerText(standings: readonly Standing[], { matrix }: Knowledge): string {
  const ids = new Set(standings.map((standing) => standing.id));
  const duties = matrix.customerDuties.filter(
    (duty) => duty.controls.some((control) => ids.has(control)) || duty.requirements.some((key) => ids.has(key)),
  );
  return shortened(duties.map((duty) => sentenceEnd(duty.text)).join(' '));
}

/** The days of the last proofs, where the question asks for a frequency: by control where they differ. */
function whenText(asked: Asked, standings: readonly Standing[], { matrix }: Knowledge): string {
  if (!asked.within) return '';
  const proofs = standings.flatMap((standing) => {
    const day = lastDay(standing.statements, matrix.asOf);
    return day === undefined ? [] : [{ day, title: afterColon(standing.title) }];
  });
  const [first] = proofs;
  if (!first) return '';
  if (proofs.every(({ day }) => day === first.day)) return ` The last proof on record is of ${longDate(first.day)}.`;
  return ` The last proofs on record are of ${joinNames(proofs.map(({ day, title }) => `${longDate(day)} (${title})`))}.`;
}

function reviewText(knowledge: Knowledge): string {
  const policy = knowledge.standings.control(POLICY);
  const { asOf } = knowledge.matrix;
  const day = policy && lastDay(policy.statements, asOf);
  const said = policy ? explain([policy], knowledge.matrix) : '';
  return day === undefined ? said : `${said} The last review on record is of ${longDate(day)}.`;
}
