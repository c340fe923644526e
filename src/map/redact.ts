import { SEES, type Sight } from '../audience.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Audience } from '../model/matrix.ts';
import type { Assurance, ConditionAnswer, ProviderRecord, ServiceInUse, Statement, System } from '../model/system.ts';
import { ASSURANCE } from '../terms.ts';

/**
 * A description as an audience may see it, before anything is derived from it: what is not in here can be in no sentence, file or
 * property of a pack. Everything is copied by name, so that a key which the description gains later stays inside until somebody
 * decides otherwise. Ownership and status rest on what is kept, and come out the same.
 */
export function redact(system: System, catalogue: Pick<Catalogue, 'providers'>, audience: Audience): System {
  const sight = SEES[audience];
  if (sight.answers && sight.reasons) return system;
  // What the catalogue or demarc itself calls so is no name that the organization gave.
  const common = new Set(['self', ...catalogue.providers.map(({ id }) => id)]);
  const free = new Set(system.services.flatMap((service) => service.provider ?? []));
  const services = renamed(system.services, 'service', new Set());
  const parties = renamed(
    system.parties.filter(({ id }) => !common.has(id)),
    'party',
    free,
  );
  const { name, short, address, contact, representative, officer } = system.organization;
  return {
    organization: {
      name,
      ...(short ? { short } : {}),
      ...(sight.system && address ? { address } : {}),
      ...(sight.system && contact ? { contact } : {}),
      ...(sight.system && representative ? { representative } : {}),
      ...(sight.system && officer ? { officer } : {}),
    },
    system: { name: system.system.name, description: sight.system ? system.system.description : '' },
    ...(system.period ? { period: system.period } : {}),
    ...(system.asOf ? { asOf: system.asOf } : {}),
    frameworks: system.frameworks.map(({ id, categories }) => ({ id, categories })),
    roles: system.roles,
    conditions: Object.fromEntries(Object.entries(system.conditions).map(([id, answer]) => [id, withoutNote(answer)])),
    parties: system.parties.map((party) => ({
      id: parties(party.id),
      name: party.name,
      ...(party.short ? { short: party.short } : {}),
    })),
    services: system.services.map((service) => serviceSeen(service, sight, services, parties)),
    assurances:
      sight.assurances === 'none' ? [] : system.assurances.map((assurance, i) => assuranceSeen(assurance, i, services, parties)),
    statements: system.statements.map((statement) => statementSeen(statement, services)),
    exclusions: system.exclusions.map(({ requirement }) => ({
      requirement,
      reason: 'the organization has taken it out of scope.',
    })),
    providerRecords: sight.services ? system.providerRecords.flatMap((record) => subProcessorsOf(record, services, parties)) : [],
    // They are written for those outside.
    customerDuties: system.customerDuties.map(({ text, controls, requirements, services: named }, i) => ({
      id: `duty-${i + 1}`,
      text,
      controls,
      requirements,
      services: named.map(services),
    })),
    activities: [],
    transfers: sight.services
      ? system.transfers.map(({ service, provider, country, safeguard }) => ({
          ...(service ? { service: services(service) } : {}),
          ...(provider ? { provider: parties(provider) } : {}),
          ...(country ? { country } : {}),
          safeguard,
          reference: '',
        }))
      : [],
    suppressions: [],
    signatories: [],
    files: [],
    attachments: [],
  };
}

type Rename = (id: string) => string;

/** Ids are names that people gave, and say more than they look. Names that are no ids of the list stay; none of them is `taken`. */
function renamed(items: readonly { id: string }[], noun: string, taken: ReadonlySet<string>): Rename {
  const names = new Map<string, string>();
  let number = 0;
  for (const { id } of items) {
    do number += 1;
    while (taken.has(`${noun}-${number}`));
    names.set(id, `${noun}-${number}`);
  }
  return (id) => names.get(id) ?? id;
}

function withoutNote({ holds, frameworks }: ConditionAnswer): ConditionAnswer {
  return { holds, ...(frameworks ? { frameworks } : {}) };
}

function serviceSeen(service: ServiceInUse, sight: Sight, services: Rename, parties: Rename): ServiceInUse {
  return {
    id: services(service.id),
    ...(service.title && sight.services ? { title: service.title } : {}),
    ...(service.service ? { service: service.service } : {}),
    ...(service.model ? { model: service.model } : {}),
    ...(service.provider ? { provider: parties(service.provider) } : {}),
    purpose: sight.services ? service.purpose : '',
    data: service.data,
    affects: service.affects,
    regions: sight.services ? service.regions : [],
    options: service.options,
    facts: service.facts,
    components: Object.fromEntries(
      Object.entries(service.components).map(([id, { holder }]) => [id, { holder, reason: 'The description says so.' }]),
    ),
    managedBy: service.managedBy.map(({ party, components }) => ({ party: parties(party), components })),
  };
}

function assuranceSeen(assurance: Assurance, position: number, services: Rename, parties: Rename): Assurance {
  return {
    id: `assurance-${position + 1}`,
    provider: parties(assurance.provider),
    type: assurance.type,
    title: ASSURANCE[assurance.type],
    ...(assurance.period ? { period: assurance.period } : {}),
    ...(assurance.issued ? { issued: assurance.issued } : {}),
    ...(assurance.expires ? { expires: assurance.expires } : {}),
    services: assurance.services.map(services),
    regions: assurance.regions,
    excludes: { services: assurance.excludes.services.map(services), regions: assurance.excludes.regions },
    carvesOut: [],
    cuecs: [],
  };
}

/** Who stands behind a provider, which customers have a right to know, and nothing else that is on file about it. */
function subProcessorsOf(record: ProviderRecord, services: Rename, parties: Rename): ProviderRecord[] {
  if (record.subProcessors.length === 0) return [];
  const subProcessors = record.subProcessors.map(({ name, country, purpose, services: named }) => ({
    name,
    country,
    purpose,
    services: named.map(services),
  }));
  return [{ provider: parties(record.provider), subProcessors, claims: [] }];
}

function statementSeen({ control, requirement, services: named, status }: Statement, services: Rename): Statement {
  return {
    ...(control ? { control } : {}),
    ...(requirement ? { requirement } : {}),
    services: named.map(services),
    status,
    evidence: [],
  };
}
