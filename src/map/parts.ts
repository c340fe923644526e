import { findService } from '../catalogue-entries.ts';
import type { Catalogue, Component, Control, Fact, Voice } from '../model/catalogue.ts';
import type { MatrixService, Mode, Part, Party } from '../model/matrix.ts';
import type { ManagedBy } from '../model/system.ts';
import { onBehalf, sentence } from '../sentence.ts';
import { CUSTOMER, type Half, halvesAt } from './service.ts';

/** All parts of a system, with those of each control by position. */
export interface PartTable {
  parts: Part[];
  byControl: Map<string, number[]>;
  /** Parts from published statements about one requirement, by `framework:requirement`. */
  overrides: Map<string, number[]>;
  /** Positions of parts that are about what the service holds, by the fact that their control asks there. */
  ofData: Set<number>;
}

/** What the derivation of parts needs to know of a system. */
export interface PartContext {
  catalogue: Catalogue;
  services: MatrixService[];
  parties: Map<string, Party>;
  /** Ids of conditions that do not hold. */
  failing: ReadonlySet<string>;
}

/**
 * Derives every part of the system: control × component × service (or once per system, once per provider), each held by one party
 * with one sentence. Requirements then only pick from these, so the same part says the same thing in every framework.
 */
export function deriveParts(context: PartContext): PartTable {
  const { catalogue } = context;
  const components = new Map(catalogue.components.map((component) => [component.id, component]));
  const facts = new Map(catalogue.facts.map((fact) => [fact.id, fact]));
  const table: PartTable = { parts: [], byControl: new Map(), overrides: new Map(), ofData: new Set() };
  for (const control of catalogue.controls) {
    const positions: number[] = [];
    const add = (part: Part): void => {
      positions.push(table.parts.length);
      table.parts.push(part);
    };
    for (const { component: id, fact: factId } of control.surface) {
      const component = components.get(id);
      if (!component) continue;
      if (component.layer === 'system') addSystemPart(context, control, component, add);
      else if (component.layer === 'provider') addProviderParts(context, control, component, add);
      else {
        const fact = factId ? facts.get(factId) : undefined;
        const first = table.parts.length;
        for (const service of context.services) addServiceParts(context, control, component, fact, service, add);
        if (fact?.ofData) for (let position = first; position < table.parts.length; position++) table.ofData.add(position);
      }
    }
    table.byControl.set(control.id, positions);
  }
  addOverrides(context, table);
  return table;
}

type Add = (part: Part) => void;

function addSystemPart(context: PartContext, control: Control, component: Component, add: Add): void {
  if (component.when && context.failing.has(component.when)) return;
  const voice = component.id as Voice;
  add({
    control: control.id,
    component: component.id,
    party: CUSTOMER,
    mode: 'implement',
    voice,
    dependent: false,
    undetermined: false,
    text: control.parts[voice] ?? '',
    basis: { kind: 'system', says: `${component.title}: always the customer's own, whatever services it uses.` },
  });
}

function addProviderParts(context: PartContext, control: Control, component: Component, add: Add): void {
  for (const party of context.parties.values()) {
    if (party.kind === 'customer') continue;
    const voice = 'provider-organization';
    add({
      control: control.id,
      component: component.id,
      party: party.id,
      mode: 'operate',
      voice,
      dependent: false,
      undetermined: false,
      text: sentence(control.parts[voice] ?? '', { provider: party.short }),
      basis: { kind: 'role', says: `A duty of ${party.short} toward its customer; it discharges none of the customer's own.` },
    });
  }
}

function addServiceParts(
  context: PartContext,
  control: Control,
  component: Component,
  fact: Fact | undefined,
  service: MatrixService,
  add: Add,
): void {
  const managed = service.managedBy.find((entry) => entry.components.includes(component.id));
  for (const half of halvesAt(service, component, fact)) add(servicePart(context, control, component, service, half, managed));
}

function servicePart(
  context: PartContext,
  control: Control,
  component: Component,
  service: MatrixService,
  half: Half,
  managed: ManagedBy | undefined,
): Part {
  const provider = service.partyId ? context.parties.get(service.partyId) : undefined;
  const byProvider = half.holder === 'provider' && provider !== undefined && provider.kind !== 'customer';
  const voice: Voice = byProvider ? 'provider' : half.holder === 'configured' ? 'configure' : 'implement';
  const values = { service: service.name, provider: provider?.short ?? 'the provider', components: component.phrase };
  const text = sentence(control.parts[voice] ?? '', values);
  const third = !byProvider && managed ? context.parties.get(managed.party) : undefined;
  const mode: Mode = byProvider ? 'operate' : half.holder === 'configured' ? 'configure' : 'implement';
  return {
    control: control.id,
    component: component.id,
    service: service.id,
    party: byProvider ? provider.id : (third?.id ?? CUSTOMER),
    mode,
    voice,
    dependent: half.dependent,
    undetermined: half.holder === 'undetermined',
    text: third ? onBehalf(third, text) : text,
    ...(half.holder === 'configured' && control.parts.provides ? { provides: sentence(control.parts.provides, values) } : {}),
    basis:
      third && managed
        ? {
            kind: 'managed-by',
            says: managed.note ?? `${third.name} runs ${component.phrase} of ${service.name} for the customer.`,
          }
        : half.basis,
  };
}

/** Published statements about one requirement, which replace what the derivation found on that service. */
function addOverrides(context: PartContext, table: PartTable): void {
  for (const service of context.services) {
    const known = service.service === undefined ? undefined : findService(context.catalogue, service.service);
    for (const override of known?.service.overrides ?? []) {
      const both = override.provider !== undefined && override.customer !== undefined;
      for (const side of ['provider', 'customer'] as const) {
        const text = override[side];
        if (text === undefined) continue;
        const positions = table.overrides.get(override.requirement) ?? [];
        table.overrides.set(override.requirement, [...positions, table.parts.length]);
        table.parts.push({
          control: override.control,
          component: '',
          service: service.id,
          party: side === 'provider' ? (service.partyId ?? CUSTOMER) : CUSTOMER,
          mode: side === 'provider' ? 'operate' : 'implement',
          voice: side === 'provider' ? 'provider' : 'implement',
          dependent: both,
          undetermined: false,
          text,
          basis: {
            kind: 'override',
            says: 'The documentation of the service is finer here than the service model.',
            source: override.source,
          },
          only: override.requirement,
        });
      }
    }
  }
}
