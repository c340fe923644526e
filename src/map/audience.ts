import { SEES } from '../audience.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Audience, Matrix, MatrixService, Part, Party, Row } from '../model/matrix.ts';
import type { Status, System } from '../model/system.ts';
import { byModel } from './by-model.ts';
import { type MapOptions, mapSystem } from './matrix.ts';
import { ownershipOf } from './ownership.ts';
import { redact } from './redact.ts';
import { CUSTOMER } from './service.ts';

/**
 * The matrix of a system as an audience may see it. The description is cut first, so that nothing is derived from what they may not
 * see; then what was derived is. Every output is made from the result, so none can show more.
 */
export function mapFor(audience: Audience, system: System, catalogue: Catalogue, options: MapOptions): Matrix {
  const sight = SEES[audience];
  const matrix = { ...mapSystem(redact(system, catalogue, audience), catalogue, options), audience };
  if (!sight.remedies) hideRemedies(matrix);
  if (!sight.findings) {
    matrix.findings = [];
    matrix.rules = [];
    settleSilence(matrix);
  }
  if (!sight.reasons) matrix.exclusions = [];
  if (!sight.system) matrix.conditions = [];
  if (!sight.signOff) matrix.signatories = [];
  if (!sight.answers) hideAnswers(matrix, sight.status);
  if (!sight.official) hideOfficial(matrix);
  if (!sight.answers) nameOrganization(matrix);
  return sight.services ? matrix : byModel(matrix);
}

function hideRemedies(matrix: Matrix): void {
  matrix.findings = matrix.findings.map(({ place: _, ...finding }) => ({ ...finding, remedy: '' }));
  matrix.rules = matrix.rules.map((rule) => ({ ...rule, remedy: '' }));
}

/**
 * What nobody has said counts: a part that nobody holds as the customer's, a fact that nobody stated as holding. Those who are not told
 * of holes see it as that.
 */
function settleSilence(matrix: Matrix): void {
  matrix.conditions = matrix.conditions.map((condition) => ({ ...condition, stated: true }));
  const unknown = new Set(matrix.services.filter(({ model }) => model === 'unknown').map(({ id }) => id));
  matrix.parts = matrix.parts.map((part) => {
    if (part.undetermined) return { ...part, party: CUSTOMER, undetermined: false, basis: SETTLED };
    return unknown.has(part.service ?? '') ? { ...part, basis: SETTLED } : part;
  });
  const parties = new Map(matrix.parties.map((party) => [party.id, party]));
  for (const framework of matrix.frameworks) {
    for (const { row } of framework.requirements) {
      if (row.parts.length > 0) settle(row, matrix.parts, parties);
    }
    recount(framework);
  }
  matrix.services = matrix.services.map(settledService);
}

const SETTLED: Part['basis'] = { kind: 'description', says: 'It stands with the customer.' };

function settle(row: Row, all: readonly Part[], parties: ReadonlyMap<string, Party>): void {
  const parts = row.parts.map((position) => all[position] as Part);
  row.ownership = ownershipOf(parts, parties);
  row.undetermined = [];
  row.services = row.services.map((split) => ({
    ...split,
    ownership: ownershipOf(
      parts.filter((part) => part.service === split.service),
      parties,
    ),
  }));
  delete row.reason;
}

function recount(framework: Matrix['frameworks'][number]): void {
  for (const ownership of Object.keys(framework.counts) as (keyof typeof framework.counts)[]) {
    framework.counts[ownership] = framework.requirements.filter(({ row }) => row.ownership === ownership).length;
  }
}

function settledService(service: MatrixService): MatrixService {
  const isUnknown = service.model === 'unknown';
  const holders = Object.entries(service.holders).map(([component, held]) => [
    component,
    held.holder === 'undetermined'
      ? { ...held, holder: 'customer' as const, basis: SETTLED }
      : { ...held, ...(isUnknown ? { basis: SETTLED } : {}) },
  ]);
  const { model: _, ...rest } = service;
  return { ...(isUnknown ? { ...rest, modelTitle: 'Other' } : service), holders: Object.fromEntries(holders) };
}

/** Takes away how the organization meets its parts, and with it what only those who set the services up need to know. */
function hideAnswers(matrix: Matrix, status: 'full' | 'met' | 'none'): void {
  matrix.statements = [];
  matrix.services = matrix.services.map(({ place: _, configure: __, ...service }) => ({
    ...service,
    options: {},
    facts: {},
    components: {},
    factsInForce: {},
    unanswered: [],
  }));
  for (const framework of matrix.frameworks) {
    for (const { row } of framework.requirements) {
      if (row.status && status === 'met') row.status = metOrNot(row.status);
      else delete row.status;
      row.owners = [];
      row.statements = [];
    }
  }
}

function hideOfficial(matrix: Matrix): void {
  for (const framework of matrix.frameworks)
    framework.requirements = framework.requirements.map(({ official: _, ...requirement }) => requirement);
}

/** Readers outside take "customer" or "entity" for themselves. */
function nameOrganization(matrix: Matrix): void {
  const name = matrix.organization.short ?? matrix.organization.name;
  for (const framework of matrix.frameworks)
    framework.words = { ...framework.words, customer: name, 'customer-part': `responsibility of ${name}` };
}

/** Whether a part is met; what is planned or partly done is not, and no more is said. */
function metOrNot(status: Status): Status {
  if (status === 'implemented' || status === 'alternative') return 'implemented';
  return status === 'not-applicable' ? status : 'unanswered';
}
