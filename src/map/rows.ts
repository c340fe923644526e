import type { Catalogue, Framework, Requirement } from '../model/catalogue.ts';
import type { MatrixService, Part, Party, Row, ServiceSplit } from '../model/matrix.ts';
import type { Exclusion, FrameworkChoice, System } from '../model/system.ts';
import { joinNames } from '../sentence.ts';
import { ownershipOf } from './ownership.ts';
import type { PartTable } from './parts.ts';
import { CUSTOMER } from './service.ts';

/** A condition as it stands in this system. */
export interface StandingCondition {
  id: string;
  holds: boolean;
  stated: boolean;
  reason: string;
  /** Where it holds only in the scope of some frameworks, which ones. */
  frameworks?: string[];
  /** Services whose data make it hold, where there are some. */
  impliedBy?: string[];
  /** The reason printed in a framework in whose scope it does not hold. */
  absent: string;
}

/** Whether a condition holds in the scope of a framework. */
export function holdsIn(condition: Pick<StandingCondition, 'holds' | 'frameworks'>, framework: string): boolean {
  return condition.holds && (condition.frameworks?.includes(framework) ?? true);
}

/** What the rows of one framework are derived from. */
export interface RowContext {
  catalogue: Catalogue;
  system: System;
  framework: Framework;
  choice: FrameworkChoice;
  roles: string[];
  parties: Map<string, Party>;
  services: MatrixService[];
  /** Services in scope of the framework, each with whether it holds the data that bring it into scope. */
  scope: Map<string, { holdsData: boolean }>;
  conditions: Map<string, StandingCondition>;
  table: PartTable;
  exclusions: Map<string, Exclusion>;
  /** Parties that provide or run services in scope. */
  providersInScope: ReadonlySet<string | undefined>;
  /** Components that do not exist in the scope of the framework, such as premises. */
  missing: ReadonlySet<string>;
}

/** The row of one requirement, before statements are laid on it. */
export function deriveRow(requirement: Requirement, context: RowContext): Row {
  const { framework, parties, table } = context;
  const key = `${framework.id}:${requirement.id}`;
  const row: Row = {
    key,
    id: requirement.id,
    ownership: 'not-applicable',
    parties: [],
    parts: [],
    services: [],
    undetermined: [],
    owners: [],
    statements: [],
  };
  const reason = whyNot(requirement, context);
  if (reason) return { ...row, reason };

  row.parts = selectParts(requirement, key, context);
  const parts = row.parts.map((position) => table.parts[position] as Part);
  if (parts.length === 0) return { ...row, ...withoutParts(requirement, context) };

  row.ownership = ownershipOf(parts, parties);
  const present = new Set(parts.map((part) => (part.undetermined ? CUSTOMER : part.party)));
  row.parties = [...parties.keys()].filter((id) => present.has(id));
  const byService = new Map<string | undefined, Part[]>();
  for (const part of parts) {
    const own = byService.get(part.service);
    if (own) own.push(part);
    else byService.set(part.service, [part]);
  }
  for (const service of context.services) {
    const own = byService.get(service.id);
    if (!own) continue;
    const split: ServiceSplit = {
      service: service.id,
      ownership: ownershipOf(own, parties),
      parties: [...parties.keys()].filter((id) => own.some((part) => (part.undetermined ? CUSTOMER : part.party) === id)),
    };
    row.services.push(split);
    if (own.some((part) => part.undetermined)) row.undetermined.push(service.id);
  }
  if (row.ownership === 'not-determined') {
    row.reason = `Nobody has said who runs ${joinNames(row.undetermined.map((id) => nameOf(id, context)))}; until then it counts as the customer's.`;
  }
  return row;
}

/** Why a requirement asks nothing here, if it does not. */
function whyNot(requirement: Requirement, context: RowContext): string | undefined {
  const { framework, choice, roles, exclusions } = context;
  if (requirement.noDuty) return requirement.noDuty;
  if (requirement.status?.state === 'superseded') return requirement.status.note;
  if (requirement.category && !choice.categories.includes(requirement.category)) {
    const category = framework.categories.find((candidate) => candidate.id === requirement.category);
    return `The category ${category?.title ?? requirement.category} is not in the scope of this description.`;
  }
  const exclusion = exclusions.get(`${framework.id}:${requirement.id}`);
  if (exclusion) {
    return `Excluded${exclusion.approvedBy ? ` by ${exclusion.approvedBy}` : ''}: ${exclusion.reason}`;
  }
  for (const id of requirement.when) {
    const condition = context.conditions.get(id);
    if (condition && !holdsIn(condition, framework.id)) return condition.absent;
  }
  if (!bindsOrganization(requirement, context) && !bindsProvider(requirement, context)) {
    const title = (id: string): string => framework.roles.find((role) => role.id === id)?.title.toLowerCase() ?? id;
    return `It binds a ${joinNames(requirement.binds.map(title))}; ${context.system.organization.short ?? context.system.organization.name} is described as a ${joinNames(roles.map(title))}.`;
  }
  return undefined;
}

function bindsOrganization(requirement: Requirement, { roles }: RowContext): boolean {
  return requirement.binds.length === 0 || requirement.binds.some((role) => roles.includes(role));
}

function bindsProvider(requirement: Requirement, { framework }: RowContext): boolean {
  return (
    framework.providerRole !== undefined && (requirement.binds.length === 0 || requirement.binds.includes(framework.providerRole))
  );
}

/** Positions of the parts that a requirement asks for, in the order of its controls. */
function selectParts(requirement: Requirement, key: string, context: RowContext): number[] {
  const { table, scope, parties } = context;
  const organizationBound = bindsOrganization(requirement, context);
  const { providerRole } = context.framework;
  const providerBound =
    bindsProvider(requirement, context) || (providerRole !== undefined && (requirement.helpedBy ?? []).includes(providerRole));
  const overridden = new Set<string>();
  const chosen: number[] = [];
  for (const position of table.overrides.get(key) ?? []) {
    const service = table.parts[position]?.service;
    if (!service || !scope.has(service)) continue;
    overridden.add(service);
    chosen.push(position);
  }
  for (const use of requirement.controls) {
    for (const position of table.byControl.get(use.control) ?? []) {
      const part = table.parts[position] as Part;
      if (context.missing.has(part.component) || (use.at && !use.at.includes(part.component))) continue;
      const kind = parties.get(part.party)?.kind;
      if (part.component === 'provider-organization') {
        if (!providerBound || !context.providersInScope.has(part.party)) continue;
      } else if (!organizationBound && kind !== 'provider') continue;
      if (part.service) {
        const within = scope.get(part.service);
        if (!within || overridden.has(part.service)) continue;
        if (!within.holdsData && (part.component === 'data' || (kind === 'provider' && table.ofData.has(position)))) continue;
      }
      chosen.push(position);
    }
  }
  return [...new Set(chosen)];
}

/** A requirement that applies but has no part in this system: everything it is about is absent, or nothing is in scope. */
function withoutParts(requirement: Requirement, context: RowContext): Pick<Row, 'ownership' | 'reason'> {
  const { catalogue, framework, scope } = context;
  const surfaces = requirement.controls.flatMap((use) => {
    const surface = catalogue.controls.find((control) => control.id === use.control)?.surface ?? [];
    return surface.filter((entry) => !use.at || use.at.includes(entry.component));
  });
  const components = catalogue.components.filter((component) => surfaces.some((entry) => entry.component === component.id));
  const denied = components.flatMap((component) => {
    const condition = component.when ? context.conditions.get(component.when) : undefined;
    return condition && !holdsIn(condition, framework.id) ? [condition.absent] : [];
  });
  if (components.length > 0 && denied.length === components.length)
    return { ownership: 'not-applicable', reason: denied.join(' ') };
  if (scope.size === 0) {
    return {
      ownership: 'not-determined',
      reason: `No service of this system is in the scope of ${framework.title}, so nobody carries it.`,
    };
  }
  const names = joinNames(components.filter((component) => !component.when).map((component) => component.phrase));
  return {
    ownership: 'not-applicable',
    reason: `No service in scope has ${names} of the kind this is about.${denied.length > 0 ? ` ${denied.join(' ')}` : ''}`,
  };
}

function nameOf(id: string, context: RowContext): string {
  return context.services.find((service) => service.id === id)?.name ?? id;
}
