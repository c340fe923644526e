import { findService } from '../catalogue-entries.ts';
import type { Catalogue, Component, Fact, Holder } from '../model/catalogue.ts';
import type { Basis, MatrixService, Party } from '../model/matrix.ts';
import type { ServiceInUse, System } from '../model/system.ts';

/** The id of the customer among the parties. */
export const CUSTOMER = 'customer';

/** Somebody who provides services to this system. */
export interface ProviderInUse {
  party: Party;
  /** The catalogue's entry, where it has one. */
  catalogueId?: string;
}

/** By what a service in use names the one who provides it. */
function partyReference({ service, provider }: ServiceInUse): string {
  return (service === undefined ? provider : service.split('/')[0]) ?? '';
}

/** The parties of a system: the customer first, then providers in order of use, then third parties. */
export function partiesOf(system: System, catalogue: Catalogue): { parties: Party[]; providers: Map<string, ProviderInUse> } {
  const name = system.organization.name;
  const parties: Party[] = [{ id: CUSTOMER, name, short: system.organization.short ?? name, kind: 'customer' }];
  const providers = new Map<string, ProviderInUse>();
  for (const service of system.services) {
    const reference = partyReference(service);
    if (providers.has(reference)) continue;
    const known = catalogue.providers.find((provider) => provider.id === reference);
    const self = known ? known.kind === 'self' : reference === 'self';
    if (self) {
      providers.set(reference, { party: parties[0] as Party, ...(known ? { catalogueId: known.id } : {}) });
      continue;
    }
    const declared = system.parties.find((candidate) => candidate.id === reference);
    const party: Party = known
      ? {
          id: known.id,
          name: known.title,
          short: known.short,
          kind: known.kind === 'managed-service' ? 'third-party' : 'provider',
        }
      : declared
        ? { id: declared.id, name: declared.name, short: declared.short ?? declared.name, kind: 'provider' }
        : { id: `provider:${reference}`, name: reference, short: reference, kind: 'provider' };
    parties.push(party);
    providers.set(reference, { party, ...(known ? { catalogueId: known.id } : {}) });
  }
  for (const party of system.parties) {
    if (parties.some((other) => other.id === party.id)) continue;
    parties.push({ id: party.id, name: party.name, short: party.short ?? party.name, kind: 'third-party' });
  }
  return { parties, providers };
}

/**
 * Works out who holds each component of a service in use. Later words win: the model, what facts change, what the service says,
 * the options chosen, what the description says. Then third parties take over the customer's layers that they run.
 */
export function understandService(use: ServiceInUse, catalogue: Catalogue, providers: Map<string, ProviderInUse>): MatrixService {
  const listed = use.service === undefined ? undefined : findService(catalogue, use.service);
  const service = listed?.service;
  const provider = listed?.provider ?? catalogue.providers.find(({ id }) => id === use.provider);
  const model = catalogue.models.find((candidate) => candidate.id === (service?.model ?? use.model));
  if (!model) throw new Error(`service ${use.id} has no model; readSystem must have refused it`);
  const party = providers.get(partyReference(use))?.party;

  const chosen = (service?.options ?? []).flatMap((option) => {
    const value = use.options[option.id] ?? option.default;
    const effect = value === undefined ? undefined : option.values[value];
    return value !== undefined && effect ? [{ option, value, effect }] : [];
  });
  const factsInForce: Record<string, string> = { ...model.facts };
  const factOrigins: Record<string, string> = {};
  const state = (facts: Record<string, string>, origin: string): void => {
    Object.assign(factsInForce, facts);
    for (const fact of Object.keys(facts)) factOrigins[fact] = origin;
  };
  state(service?.facts ?? {}, 'service');
  for (const { option, effect } of chosen) state(effect.facts, `option:${option.id}`);
  state(use.facts, 'description');

  const name = use.title ?? service?.title ?? use.id;
  const holders: MatrixService['holders'] = {};
  const set = (component: string, holder: Holder, basis: Basis): void => {
    holders[component] = { holder, party: partyOf(holder, party), basis };
  };
  for (const [component, holder] of Object.entries(model.holders)) {
    set(component, holder, {
      kind: 'model',
      says: `${model.title}: ${HOLDER_WORDS[holder]}.`,
      ...(provider?.sharedResponsibility ? { source: provider.sharedResponsibility } : {}),
    });
  }
  for (const fact of catalogue.facts) {
    const value = fact.values[factsInForce[fact.id] ?? ''];
    for (const [component, holder] of Object.entries(value?.components ?? {})) {
      // A fact takes nothing from the customer but an application on a platform that the provider runs.
      const before = model.holders[component];
      const onProvider = holder === 'provider' && model.holders[beneath(component, catalogue)] === 'provider';
      if (holder === before || (before === 'customer' && holder !== 'absent' && !onProvider)) continue;
      set(component, holder, {
        kind: 'fact',
        by: fact.id,
        says: `${name}: ${value?.says}.`,
        ...(service?.source ? { source: service.source } : {}),
      });
    }
  }
  for (const [component, difference] of Object.entries(service?.components ?? {})) {
    const source = difference.source ?? service?.source;
    set(component, difference.holder, { kind: 'service', says: difference.reason, ...(source ? { source } : {}) });
  }
  for (const { option, value, effect } of chosen) {
    for (const [component, holder] of Object.entries(effect.components)) {
      set(component, holder, {
        kind: 'option',
        by: option.id,
        says: effect.says ?? `${option.title}: ${effect.title}.`,
        ...(service?.source ? { source: service.source } : {}),
      });
    }
    if (use.options[option.id] === undefined) factsInForce[`option:${option.id}`] = `${value} (assumed)`;
    else factsInForce[`option:${option.id}`] = value;
  }
  // Data that are in use stay the customer's, whatever the catalogue says a service keeps.
  if (holders.data?.holder === 'absent' && use.data.some((kind) => kind !== 'none' && kind !== 'public')) {
    set('data', 'customer', { kind: 'description', says: `The description says that ${name} holds data of the organization.` });
  }
  for (const [component, said] of Object.entries(use.components))
    set(component, said.holder, { kind: 'description', says: said.reason });

  return {
    ...use,
    name,
    modelTitle: model.title,
    providerName: party?.name ?? '',
    ...(party ? { partyId: party.id } : {}),
    ...(service ? { summary: service.summary, configure: service.configure } : {}),
    ...(service?.source ? { source: service.source } : {}),
    listings: (service ? (provider?.coverage ?? []) : []).map(({ type, list, date, services }) => ({
      type,
      listed: services.includes(service?.id ?? ''),
      list,
      date,
    })),
    countries: use.regions.map((region) => {
      const country =
        provider?.regions.find((candidate) => candidate.id === region)?.country ??
        catalogue.countries.find((candidate) => candidate.id === region.toUpperCase())?.id;
      return { region, ...(country ? { country } : {}) };
    }),
    holders,
    factsInForce,
    unanswered: (service?.options ?? []).flatMap((option) => {
      if (use.options[option.id] !== undefined) return [];
      const assumed = option.default === undefined ? undefined : option.values[option.default]?.title;
      const moves = Object.values(option.values).some((value) => Object.keys(value.components).length > 0);
      return assumed === undefined && !moves ? [] : [{ option: option.id, title: option.title, ...(assumed ? { assumed } : {}) }];
    }),
    factOrigins,
  };
}

/** The layer of the stack on which a component stands. */
function beneath(component: string, catalogue: Catalogue): string {
  const stack = catalogue.components.filter((candidate) => candidate.layer === 'stack').map((candidate) => candidate.id);
  return stack[stack.indexOf(component) - 1] ?? '';
}

const HOLDER_WORDS: Record<Holder, string> = {
  provider: 'the provider runs it',
  customer: 'the customer runs it',
  configured: 'the provider supplies it and the customer sets it',
  shared: 'provider and customer both run it',
  absent: 'it does not exist here',
  undetermined: 'nobody has said who runs it',
};

function partyOf(holder: Holder, provider: Party | undefined): string {
  return (holder === 'provider' || holder === 'shared') && provider ? provider.id : CUSTOMER;
}

/** One half of what a component asks under a control: who holds it, in which mode, and why. */
export interface Half {
  holder: 'provider' | 'customer' | 'configured' | 'undetermined';
  dependent: boolean;
  basis: Basis;
}

/**
 * Who holds a duty at one component of a service: the component's holder, or what the fact says where the control asks one.
 * Empty when the component does not exist there.
 */
export function halvesAt(service: MatrixService, component: Component, fact: Fact | undefined): Half[] {
  const held = service.holders[component.id];
  if (!held || held.holder === 'absent') return [];
  let holder: Holder = held.holder;
  let basis = held.basis;
  if (fact && holder !== 'undetermined') {
    const value = fact.values[service.factsInForce[fact.id] ?? 'unknown'];
    // What the customer brings no code to is still an application where the model itself is one: a SaaS provider keeps its part.
    const isOwnSoftware = value?.holder === 'absent' && holder === 'provider' && basis.kind === 'model';
    if (value?.holder && !isOwnSoftware) {
      const needed = fact.needs ? service.holders[fact.needs]?.holder : undefined;
      const guaranteed = value.holder !== 'provider' || needed !== 'customer';
      holder = guaranteed ? value.holder : 'customer';
      basis = {
        kind: 'fact',
        by: fact.id,
        says: `${service.name}: ${value.says}.`,
        ...(service.source ? { source: service.source } : {}),
      };
    }
  }
  if (holder === 'absent') return [];
  if (holder === 'shared') {
    return [
      { holder: 'provider', dependent: true, basis },
      { holder: 'customer', dependent: true, basis },
    ];
  }
  return [{ holder, dependent: false, basis }];
}
