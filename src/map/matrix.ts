import { impliedKinds } from '../data-kinds.ts';
import type { Catalogue, Component, Framework } from '../model/catalogue.ts';
import type { Matrix, MatrixFramework, MatrixService, Party } from '../model/matrix.ts';
import type { FrameworkChoice, System } from '../model/system.ts';
import { indexStatements, type StatementIndex } from '../statements.ts';
import { noCounts } from '../terms.ts';
import { isExcluded } from './exclusions.ts';
import { findAll, RULES } from './findings/index.ts';
import { deriveParts, type PartTable } from './parts.ts';
import { deriveRow, holdsIn, type RowContext, type StandingCondition } from './rows.ts';
import { partiesOf, understandService } from './service.ts';
import { answerRow } from './status.ts';
import { transfersOf } from './transfers.ts';

/** What the matrix depends on beside the system and the catalogue. */
export interface MapOptions {
  /** The day as of which everything is judged (ISO). */
  asOf: string;
  /** Version of demarc itself. */
  toolVersion: string;
  /** Keeps controls and parts that no chosen framework asks for: questions of others go further than frameworks. */
  everyControl?: boolean;
}

/** Draws the line: derives the whole responsibility matrix of a system. Pure; the same input gives the same matrix. */
export function mapSystem(system: System, catalogue: Catalogue, options: MapOptions): Matrix {
  const { parties: partyList, providers } = partiesOf(system, catalogue);
  const parties = new Map(partyList.map((party) => [party.id, party]));
  const services = system.services.map((use) => understandService(use, catalogue, providers));
  const conditions = standingConditions(system, catalogue);
  const failing = new Set([...conditions.values()].filter((condition) => !condition.holds).map((condition) => condition.id));
  const table = deriveParts({ catalogue, services, parties, failing });
  const statements = indexStatements(system.statements);
  const frameworks = system.frameworks.flatMap((choice) => {
    const framework = catalogue.frameworks.find((candidate) => candidate.id === choice.id);
    return framework
      ? [
          mapFramework(framework, choice, {
            asOf: options.asOf,
            catalogue,
            system,
            parties,
            services,
            conditions,
            table,
            statements,
          }),
        ]
      : [];
  });
  const providersInUse = new Set([...providers.values()].flatMap((provider) => provider.catalogueId ?? []));
  const matrix: Matrix = {
    format: 'demarc-matrix',
    formatVersion: 1,
    audience: 'internal',
    tool: { name: 'demarc', version: options.toolVersion },
    catalogue: { version: catalogue.version },
    asOf: options.asOf,
    organization: system.organization,
    system: system.system,
    ...(system.period ? { period: system.period } : {}),
    conditions: [...conditions.values()].map(({ absent: _, ...condition }) => ({
      ...condition,
      title: catalogue.conditions.find((candidate) => candidate.id === condition.id)?.title ?? condition.id,
    })),
    components: catalogue.components,
    dataKinds: catalogue.dataKinds.map(({ id, title, implies }) => ({ id, title, implies })),
    facts: factsIn(services, catalogue),
    countries: countriesIn(services, system, catalogue, providersInUse),
    parties: partyList,
    providers: catalogue.providers
      .filter((provider) => providersInUse.has(provider.id))
      .map(({ id, title, country, assurances, sharedResponsibility, subProcessors }) => ({
        id,
        title,
        country,
        offers: assurances,
        ...(sharedResponsibility ? { sharedResponsibility } : {}),
        ...(subProcessors ? { subProcessors } : {}),
      })),
    services,
    controls: catalogue.controls,
    frameworks,
    parts: table.parts,
    statements: system.statements,
    assurances: system.assurances,
    exclusions: system.exclusions,
    providerRecords: system.providerRecords,
    customerDuties: system.customerDuties,
    activities: system.activities,
    transfers: transfersOf(services, system, catalogue),
    suppressions: system.suppressions,
    attachments: system.attachments,
    signatories: system.signatories,
    findings: [],
    rules: [],
    files: system.files,
  };
  if (!options.everyControl) keepWhatIsUsed(matrix);
  matrix.findings = findAll(matrix);
  const broken = new Set(matrix.findings.map((finding) => finding.rule));
  matrix.rules = RULES.filter((rule) => broken.has(rule.id)).map(({ id, title, help, remedy }) => ({ id, title, help, remedy }));
  return matrix;
}

/** The facts that are in force on some service, with the values that they have there. */
function factsIn(services: readonly MatrixService[], catalogue: Catalogue): Matrix['facts'] {
  return catalogue.facts.flatMap(({ id, title, values }) => {
    const used = Object.entries(values).filter(([value]) => services.some((service) => service.factsInForce[id] === value));
    return used.length > 0 ? [{ id, title, values: Object.fromEntries(used.map(([value, { says }]) => [value, says])) }] : [];
  });
}

/** The countries where services are used, where their providers are, and where those behind them are. */
function countriesIn(
  services: readonly MatrixService[],
  system: System,
  catalogue: Catalogue,
  providers: ReadonlySet<string>,
): Matrix['countries'] {
  const named = new Set([
    ...services.flatMap((service) => service.countries.flatMap(({ country }) => country ?? [])),
    ...catalogue.providers.flatMap((provider) => (providers.has(provider.id) ? [provider.country] : [])),
    ...system.providerRecords.flatMap((record) => record.subProcessors.map((sub) => sub.country)),
  ]);
  return catalogue.countries.filter(({ id }) => named.has(id)).map(({ id, title, transfer }) => ({ id, title, transfer }));
}

/** Every condition of the catalogue as it stands: stated, implied by data in use, or assumed to hold because nobody has said. */
function standingConditions(system: System, catalogue: Catalogue): Map<string, StandingCondition> {
  const kinds = system.services.map(({ id, data, affects }) => ({
    id,
    kinds: new Set(impliedKinds([...data, ...affects], catalogue)),
  }));
  return new Map(
    catalogue.conditions.map((condition) => {
      const answer = system.conditions[condition.id];
      const impliedBy = kinds.flatMap((service) =>
        condition.impliedBy.some((kind) => service.kinds.has(kind)) ? service.id : [],
      );
      const implied = impliedBy.length > 0;
      const holds = implied || (answer?.holds ?? true);
      const note = answer?.note ? ` ${answer.note}` : '';
      const standing: StandingCondition = {
        id: condition.id,
        holds,
        stated: implied || answer !== undefined,
        reason: holds ? note.trim() : `${condition.absent}${note}`,
        ...(answer?.frameworks && !implied ? { frameworks: answer.frameworks } : {}),
        ...(implied ? { impliedBy } : {}),
        absent: `${condition.absent}${note}`,
      };
      return [condition.id, standing];
    }),
  );
}

type FrameworkContext = {
  asOf: string;
  catalogue: Catalogue;
  system: System;
  parties: Map<string, Party>;
  services: MatrixService[];
  conditions: Map<string, StandingCondition>;
  table: PartTable;
  statements: StatementIndex;
};

function mapFramework(framework: Framework, choice: FrameworkChoice, context: FrameworkContext): MatrixFramework {
  const { catalogue, system, services, table } = context;
  const scope: RowContext['scope'] = new Map();
  for (const service of services) {
    const wanted = framework.scope.data;
    const touches = (kinds: string[]): boolean =>
      wanted === 'all' || impliedKinds(kinds, catalogue).some((kind) => wanted.includes(kind));
    const holdsData = touches(service.data);
    if (holdsData || touches(service.affects)) scope.set(service.id, { holdsData });
  }
  const exclusions = new Map(
    system.exclusions
      .filter((exclusion) => isExcluded(exclusion, context.asOf))
      .map((exclusion) => [exclusion.requirement, exclusion]),
  );
  const roles = system.roles[framework.id] ?? [];
  const inScope = services.filter((service) => scope.has(service.id));
  const providersInScope = new Set(
    inScope.flatMap((service) => [service.partyId, ...service.managedBy.map((managed) => managed.party)]),
  );
  const isMissing = ({ when }: Component): boolean => {
    const condition = when ? context.conditions.get(when) : undefined;
    return condition !== undefined && !holdsIn(condition, framework.id);
  };
  const missing = new Set(catalogue.components.filter(isMissing).map((component) => component.id));
  const rowContext: RowContext = { ...context, framework, choice, roles, scope, exclusions, providersInScope, missing };
  const byId = new Map(services.map((service) => [service.id, service]));
  const counts = noCounts();
  const { headings, requirements, wordsAsProvider, ...info } = framework;
  const isProvider = roles.length > 0 && roles.every((role) => role === framework.providerRole);
  return {
    ...info,
    words: isProvider ? { ...info.words, ...wordsAsProvider } : info.words,
    chosenCategories: choice.categories,
    organizationRoles: roles,
    services: [...scope.keys()],
    headings,
    requirements: requirements.map((requirement) => {
      const row = deriveRow(requirement, rowContext);
      answerRow(row, table.parts, system, context.statements, byId);
      counts[row.ownership] += 1;
      return { ...requirement, row };
    }),
    counts,
    ...(choice.place ? { place: choice.place } : {}),
  };
}

/** Drops parts that no row of the chosen frameworks refers to, and controls that nothing does, and renumbers the rows. */
function keepWhatIsUsed(matrix: Matrix): void {
  const rows = matrix.frameworks.flatMap((framework) => framework.requirements.map((requirement) => requirement.row));
  const used = [...new Set(rows.flatMap((row) => row.parts))].sort((a, b) => a - b);
  const renumbered = new Map(used.map((position, index) => [position, index]));
  for (const row of rows) row.parts = row.parts.map((position) => renumbered.get(position) ?? 0);
  const all = matrix.parts;
  matrix.parts = used.flatMap((position) => all[position] ?? []);
  const controls = new Set([
    ...matrix.frameworks.flatMap((framework) =>
      framework.requirements.flatMap((requirement) => requirement.controls.map((use) => use.control)),
    ),
    ...matrix.assurances.flatMap((assurance) => assurance.cuecs.flatMap((cuec) => cuec.controls)),
    ...matrix.customerDuties.flatMap((duty) => duty.controls),
    // Statements say more than frameworks ask, and are listed with their evidence.
    ...matrix.statements.flatMap((statement) => statement.control ?? []),
  ]);
  matrix.controls = matrix.controls.filter((control) => controls.has(control.id));
}
