/** Puts the questions of a table to the mapping: one small system for each subject, as a customer would describe it. */

import { mapSystem } from '../../src/map/matrix.ts';
import { ownershipOf } from '../../src/map/ownership.ts';
import type { Catalogue, Framework, Provider, Requirement, Service } from '../../src/model/catalogue.ts';
import type { Matrix, MatrixFramework, Part } from '../../src/model/matrix.ts';
import type { ServiceInUse, System } from '../../src/model/system.ts';
import { emptySystem } from '../../src/read/system.ts';
import { findService } from './names.ts';
import type { Label, Question } from './table.ts';

/** What the mapping says: the labels of a publisher, or that it asks nothing here. */
export type Said = Label | 'none';

/** The mapping's answer to a question, or why it has none. */
export interface Answer {
  question: Question;
  said?: Said;
  /** True when a service is not in the catalogue and its service model alone gave the answer. */
  byModel: boolean;
  /** True when the requirement is about nothing but work sites or devices, and was asked with them. */
  withSites: boolean;
  /** Why there is no answer. */
  unanswered?: string;
  /** The parts behind the answer, one line each; the reasons where there are none. */
  because: string[];
}

/** Answers every question of a table. */
export function askAll(questions: readonly Question[], catalogue: Catalogue): Answer[] {
  const matrices = new Map<string, Matrix>();
  const matrixOf = (framework: Framework, services: ServiceInUse[], withSites: boolean): Matrix => {
    const key = JSON.stringify([framework.id, withSites, services]);
    const known = matrices.get(key);
    const matrix =
      known ?? mapSystem(systemOf(framework, services, withSites), catalogue, { asOf: '2026-01-01', toolVersion: '0.0.0' });
    matrices.set(key, matrix);
    return matrix;
  };
  return questions.map((question) => {
    const nothing = { question, byModel: false, withSites: false, because: [] };
    const framework = catalogue.frameworks.find((candidate) => candidate.id === question.framework);
    if (!framework) return { ...nothing, unanswered: `no framework \`${question.framework}\`` };
    const ids = requirementIds(question, framework);
    if (typeof ids === 'string') return { ...nothing, unanswered: ids };
    const inForce = framework.requirements.filter(
      (requirement) => ids.has(requirement.id) && requirement.status?.state !== 'superseded',
    );
    if (inForce.length === 0) return { ...nothing, unanswered: `no longer in force in ${framework.title} ${framework.version}` };
    const subject = subjectOf(question, framework, catalogue);
    if (typeof subject === 'string') return { ...nothing, unanswered: subject };
    const { services, byModel } = subject;
    const withSites = inForce.every((requirement) => isAboutSites(requirement, catalogue));
    return { ...nothing, byModel, withSites, ...rollUp(matrixOf(framework, services, withSites), ids) };
  });
}

/** Whether a requirement is about nothing but work sites and devices: what exists only where a system has them. */
function isAboutSites(requirement: Requirement, catalogue: Catalogue): boolean {
  const components = requirement.controls.flatMap(({ control, at }) => {
    const surface = catalogue.controls.find((candidate) => candidate.id === control)?.surface ?? [];
    return surface.map((entry) => entry.component).filter((id) => !at || at.includes(id));
  });
  return (
    components.length > 0 &&
    components.every((id) => catalogue.components.find((component) => component.id === id)?.when !== undefined)
  );
}

/** The services in use that a question is about, or why nobody can tell. */
function subjectOf(
  question: Question,
  framework: Framework,
  catalogue: Catalogue,
): { services: ServiceInUse[]; byModel: boolean } | string {
  const provider = catalogue.providers.find((candidate) => candidate.id === question.provider);
  const model = catalogue.models.find(
    (candidate) => candidate.id === question.model || MODEL_NAMES[question.model] === candidate.id,
  );
  if (question.services.length === 0) {
    const services = [model ? byModel('any', model.id, question.provider, framework) : genericProvider(framework, catalogue)];
    return { services, byModel: false };
  }
  const services = new Map<string, ServiceInUse>();
  const unknown: string[] = [];
  for (const name of question.services) {
    const service = provider ? findService(name, provider) : undefined;
    if (provider && service) services.set(service.id, fromCatalogue(service, provider, framework));
    else if (model) services.set(`by model: ${name}`, byModel(name, model.id, question.provider, framework));
    else unknown.push(name);
  }
  if (unknown.length > 0) {
    const whose = provider ? provider.title : `a provider \`${question.provider}\``;
    return `no service ${unknown.map((name) => `\`${name}\``).join(', ')} of ${whose}`;
  }
  return { services: [...services.values()], byModel: [...services.keys()].some((id) => id.startsWith('by model: ')) };
}

/** How tables call service models that have another id here. */
const MODEL_NAMES: Record<string, string> = { caas: 'containers', kubernetes: 'managed-kubernetes', 'on-prem': 'on-premises' };

const OWNER = 'Owner';
const IN_USE = {
  purpose: 'Asked by a table of published assignments',
  regions: [],
  owner: OWNER,
  options: {},
  components: {},
  managedBy: [],
};

function fromCatalogue(service: Service, provider: Provider, framework: Framework): ServiceInUse {
  const kinds = kindsInScope(framework);
  const empty = service.facts.hosts === 'none';
  return {
    ...IN_USE,
    id: service.id,
    service: `${provider.id}/${service.id}`,
    data: empty ? [] : kinds,
    affects: empty ? kinds : [],
    facts: {},
  };
}

function byModel(name: string, model: string, provider: string, framework: Framework): ServiceInUse {
  return {
    ...IN_USE,
    id: name,
    model,
    provider: provider || 'a provider',
    data: kindsInScope(framework),
    affects: [],
    facts: {},
  };
}

/** A provider that plays its role under the framework while nothing is said of what it runs. */
function genericProvider(framework: Framework, catalogue: Catalogue): ServiceInUse {
  const perService = catalogue.components.filter(
    (component) => component.layer === 'stack' || component.layer === 'cross-cutting',
  );
  const nothing = { holder: 'absent' as const, reason: 'No service is named.' };
  return {
    ...byModel('any provider', 'saas', '', framework),
    components: Object.fromEntries(perService.map((component) => [component.id, nothing])),
  };
}

/** Data kinds that bring a service into the scope of the framework. */
function kindsInScope(framework: Framework): string[] {
  return framework.scope.data === 'all' ? ['confidential'] : [...framework.scope.data];
}

/**
 * The system of a question. Labels are about services, so it has no premises and no endpoint devices unless the requirement is about
 * nothing else; every other condition is unstated and taken to hold; the organization has every role but the one its providers play.
 */
function systemOf(framework: Framework, services: ServiceInUse[], withSites: boolean): System {
  const roles = framework.roles.map((role) => role.id).filter((role) => role !== framework.providerRole);
  return {
    ...emptySystem(),
    organization: { name: 'The organization' },
    system: { name: 'The system', description: 'As a table of published assignments asks.', owner: OWNER },
    frameworks: [{ id: framework.id, categories: framework.categories.map((category) => category.id) }],
    roles: { [framework.id]: roles },
    conditions: withSites ? {} : { premises: { holds: false }, endpoints: { holds: false } },
    services,
  };
}

/** The requirements a question names, with all that stand below a heading or an article; or which of them nobody knows. */
function requirementIds(question: Question, framework: Framework): Set<string> | string {
  const parents = new Map([...framework.headings, ...framework.requirements].map((entry) => [entry.id, entry.parent]));
  const isBelow = (id: string | undefined, above: string): boolean => {
    for (let at = id; at !== undefined; at = parents.get(at)) if (at === above) return true;
    return false;
  };
  const ids = new Set<string>();
  const unknown: string[] = [];
  for (const name of question.requirements) {
    const wanted = name.toLowerCase();
    const isNamed = (id: string): boolean => id.toLowerCase() === wanted;
    const requirement =
      framework.requirements.find((entry) => isNamed(entry.id)) ??
      framework.requirements.find((entry) => entry.aliases.some(isNamed));
    const heading = framework.headings.find((entry) => isNamed(entry.id));
    const found = requirement
      ? [requirement]
      : framework.requirements.filter((entry) => heading && isBelow(entry.id, heading.id));
    if (found.length === 0) unknown.push(name);
    for (const { id } of found) ids.add(id);
  }
  return unknown.length > 0 ? `no requirement ${unknown.map((name) => `\`${name}\``).join(', ')} in ${framework.title}` : ids;
}

/** One answer for several requirements: the union of their parts, rolled up as the mapping rolls up a row. */
function rollUp(matrix: Matrix, ids: ReadonlySet<string>): Pick<Answer, 'said' | 'because'> {
  const rows = (matrix.frameworks[0] as MatrixFramework).requirements
    .map((requirement) => requirement.row)
    .filter((row) => ids.has(row.id));
  const positions = [...new Set(rows.flatMap((row) => row.parts))];
  if (positions.length === 0) {
    const open = rows.some((row) => row.ownership === 'not-determined');
    return {
      said: open ? 'customer' : 'none',
      because: rows.map((row) => `${row.id}: ${row.ownership}, ${row.reason ?? 'no reason'}`),
    };
  }
  const parts = positions.map((position) => matrix.parts[position] as Part);
  const ownership = ownershipOf(parts, new Map(matrix.parties.map((party) => [party.id, party])));
  const said = ownership === 'provider' ? 'provider' : ownership.startsWith('shared') ? 'shared' : 'customer';
  return { said, because: describe(parts, matrix) };
}

/** The parts as lines, those that differ only in the service on one. */
function describe(parts: readonly Part[], matrix: Matrix): string[] {
  const names = new Map(matrix.services.map((service) => [service.id, service.name]));
  const lines = new Map<string, string[]>();
  for (const part of parts) {
    const party = part.undetermined ? 'not determined' : part.party;
    const duty = part.control ? `${part.control} @ ${part.component}` : 'published statement';
    const name = part.service === undefined ? '' : (names.get(part.service) ?? part.service);
    // The reason names the service where a fact decides; without the name, services of one kind share a line.
    const why = name === '' ? part.basis.says : part.basis.says.replace(`${name}: `, '');
    const line = `${party} (${part.mode}): ${duty}: ${why}`;
    lines.set(line, [...(lines.get(line) ?? []), ...(name === '' ? [] : [name])]);
  }
  return [...lines].map(([line, services]) => (services.length > 0 ? `${line} [${services.join(', ')}]` : line));
}
