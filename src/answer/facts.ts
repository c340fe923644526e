import type { AssuranceType } from '../model/catalogue.ts';
import { afterColon, joinNames } from '../sentence.ts';
import type { Answer, AnswerSource } from './answer.ts';
import { explain } from './explanation.ts';
import type { Knowledge } from './knowledge.ts';
import type { Asked, FactAsked } from './scheme.ts';

/** How sure an answer is that the description itself states. */
const SURE = 0.95;

/** Answers what the description states by itself: names, kinds of data, roles, countries, papers on file. */
export function factAnswer(asked: Asked, fact: FactAsked, knowledge: Knowledge): Answer {
  const { matrix } = knowledge;
  if (fact.text) {
    const text = { organization: matrix.organization.name, system: matrix.system.name, description: matrix.system.description }[
      fact.text
    ];
    return answered({ text }, '', [described(fact.text)]);
  }
  if (fact.holds) return holds(fact.holds, knowledge);
  if (fact.role) {
    const [framework = '', role = ''] = fact.role.split(':');
    const found = matrix.frameworks.find((candidate) => candidate.id === framework);
    const title = found?.roles.find((candidate) => candidate.id === role)?.title.toLowerCase() ?? role;
    if (!found) return unknown(`${framework} is not in the scope of the description.`);
    const is = found.organizationRoles.includes(role);
    return answered({ means: is ? 'yes' : 'no' }, `Under ${found.title} the organization is ${is ? '' : 'not '}a ${title}.`, [
      described(`roles.${framework}`),
    ]);
  }
  if (fact.condition) return stands(fact.condition, asked, knowledge);
  if (fact.countries) return stays(fact.countries, knowledge);
  return fact.proof ? proofs(asked, fact.proof, knowledge) : unknown('Nothing in the description states it.');
}

/** Whether a condition holds that the description states. What nobody has stated is assumed to hold, which answers nothing. */
function stands(id: string, asked: Asked, { matrix, standings }: Knowledge): Answer {
  const condition = matrix.conditions.find((candidate) => candidate.id === id);
  if (!condition?.stated) return unknown('The description does not state it.');
  if (condition.holds && asked.inverse)
    return unknown('The description states something wider, of which this need not be a part.');
  // What is done about it explains a yes; a denial needs no more than its reason.
  const done = condition.holds ? asked.controls.flatMap((control) => standings.control(control) ?? []) : [];
  const said = done.length > 0 ? explain(done, matrix) : '';
  const comment =
    [condition.reason, said].filter((text) => text !== '').join(' ') || `As described: ${afterColon(condition.title)}.`;
  return answered({ means: condition.holds ? 'yes' : 'no' }, comment, [described(`conditions.${id}`)]);
}

function holds(kinds: readonly string[], { matrix }: Knowledge): Answer {
  const touches = (held: readonly string[]): boolean => held.some((kind) => kinds.includes(kind));
  const services = matrix.services.filter((service) => touches(service.data));
  const titles = joinNames(
    matrix.dataKinds.filter((kind) => kinds.includes(kind.id)).map((kind) => afterColon(kind.title)),
    3,
    'or',
  );
  const names = joinNames(
    services.map((service) => service.name),
    3,
  );
  const sources = [described('services')];
  if (services.length > 0) return answered({ means: 'yes' }, `Held in ${names}.`, sources);
  if (matrix.services.some((service) => touches(service.affects)))
    return unknown(
      `No service holds ${titles}; where they pass through, or their security depends on a service, people judge what is meant.`,
    );
  return answered({ means: 'no' }, `No service of the system holds or handles ${titles}.`, sources);
}

/**
 * Whether data are kept in some countries. Never "no": whoever asks where data are kept asks too where they come from and who reaches
 * them, and the description does not say that of every country.
 */
function stays(countries: readonly string[], { matrix }: Knowledge): Answer {
  const holding = matrix.services.filter((service) => service.data.some((kind) => kind !== 'none'));
  const inside = holding.filter((service) => service.countries.some(({ country }) => country && countries.includes(country)));
  const sources = [described('services')];
  if (inside.length > 0) {
    const names = joinNames(
      inside.map((service) => service.name),
      3,
    );
    return answered({ means: 'yes' }, `Data are kept there in ${names}.`, sources);
  }
  return unknown(
    'No service is known to keep data there. Whether data come from there or are reached from there, people have to say.',
  );
}

/** Whether everybody who holds parts of some controls has given a kind of proof that covers them and counts. */
function proofs(asked: Asked, type: AssuranceType, { standings }: Knowledge): Answer {
  const held = asked.controls.flatMap((id) => standings.heldUnder(id, [type]));
  if (held.length === 0) return unknown('No provider holds a part of it.');
  const missing = new Set(held.filter((one) => one.unproven.length > 0).map((one) => one.party.short));
  if (missing.size > 0) return unknown(`It is not on file, or no longer live, for ${joinNames([...missing], 3)}.`);
  const given = [...new Set(held.flatMap((one) => one.proofs))];
  if (given.length === 0) return unknown('No service is known for which it would count.');
  return answered(
    { means: 'yes' },
    `On file: ${joinNames(given.map((assurance) => assurance.title))}.`,
    given.map((assurance) => ({ kind: 'assurance', id: assurance.id, title: assurance.title })),
  );
}

function described(what: string): AnswerSource {
  return { kind: 'description', id: what, title: 'The description of the system' };
}

function answered(what: Pick<Answer, 'means' | 'text'>, comment: string, sources: AnswerSource[]): Answer {
  return { ...what, ...(comment === '' ? {} : { comment }), evidence: [], confidence: SURE, sources, owners: [], notes: [] };
}

function unknown(says: string): Answer {
  return { evidence: [], confidence: 0, sources: [], owners: [], blank: { code: 'not-known', says }, notes: [] };
}
