import type { Holder } from '../model/catalogue.ts';
import type { Matrix, MatrixService, Part, Party, ServiceSplit } from '../model/matrix.ts';
import { onBehalf, sentence, sentenceCase } from '../sentence.ts';
import { ownershipOf } from './ownership.ts';
import { CUSTOMER } from './service.ts';

const PROVIDERS: Party = { id: 'provider', name: 'Providers', short: 'The provider', kind: 'provider' };
const THIRD_PARTIES: Party = { id: 'third-party', name: 'Third parties', short: 'A third party', kind: 'third-party' };

/**
 * A matrix in which services of one model stand as one, and providers are just providers: the line of responsibility without the names
 * of what is in use. Whatever holds for any of the services holds for their group, so it can hide no duty.
 */
export function byModel(matrix: Matrix): Matrix {
  const sides = new Map(matrix.parties.map((party) => [party.id, party.kind]));
  // The generic parties are called by their kind, as the customer is.
  const party = (id: string): string => sides.get(id) ?? CUSTOMER;
  const groups = new Map(matrix.services.map((service) => [service.id, groupId(service)]));
  const members = new Map<string, MatrixService[]>();
  for (const service of matrix.services) members.set(groupId(service), [...(members.get(groupId(service)) ?? []), service]);
  const services = [...members].map(([id, group]) => merged(id, group, party));
  const parties = [
    ...matrix.parties.filter(({ kind }) => kind === 'customer'),
    ...[PROVIDERS, THIRD_PARTIES].filter(({ kind }) => matrix.parties.some((other) => other.kind === kind)),
  ];
  const { parts, places } = regrouped(matrix, services, groups, party);
  const byId = new Map(parties.map((one) => [one.id, one]));
  const group = (id: string): string => groups.get(id) ?? id;
  return {
    ...matrix,
    parties,
    providers: [],
    transfers: [],
    customerDuties: matrix.customerDuties.map((duty) => ({ ...duty, services: unique(duty.services.map(group)) })),
    services,
    parts,
    frameworks: matrix.frameworks.map((framework) => ({
      ...framework,
      services: unique(framework.services.map(group)),
      requirements: framework.requirements.map((requirement) => {
        const { row } = requirement;
        const positions = unique(row.parts.map((position) => places[position] as number));
        const own = positions.map((position) => parts[position] as Part);
        const splits = unique(row.services.map((split) => group(split.service))).map((service): ServiceSplit => {
          const here = own.filter((part) => part.service === service);
          return { service, ownership: ownershipOf(here, byId), parties: inOrder(parties, here) };
        });
        return { ...requirement, row: { ...row, parties: inOrder(parties, own), parts: positions, services: splits } };
      }),
    })),
  };
}

function groupId(service: MatrixService): string {
  return service.modelTitle.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

function inOrder(parties: Party[], parts: Part[]): string[] {
  return parties.map(({ id }) => id).filter((id) => parts.some((part) => part.party === id));
}

function merged(id: string, group: MatrixService[], party: (id: string) => string): MatrixService {
  const first = group[0] as MatrixService;
  const components = unique(group.flatMap((service) => Object.keys(service.holders)));
  const holders = components.map((component) => {
    const held = group.flatMap((service) => service.holders[component] ?? []);
    const holder = union(held.map((one) => one.holder));
    const holding = held.find((one) => one.holder === holder) ?? held[0];
    return [component, { holder, party: party(holding?.party ?? CUSTOMER), basis: basis('model') }] as const;
  });
  // A layer is run by third parties where they run it on every service that has it.
  const managed = components.filter((component) =>
    group.every(
      (service) =>
        (service.holders[component]?.holder ?? 'absent') === 'absent' ||
        service.managedBy.some((entry) => entry.components.includes(component)),
    ),
  );
  return {
    id,
    name: first.modelTitle,
    modelTitle: first.modelTitle,
    providerName: '',
    purpose: '',
    data: kinds(group.flatMap((service) => service.data)),
    affects: unique(group.flatMap((service) => service.affects)),
    regions: [],
    options: {},
    facts: {},
    components: {},
    listings: [],
    countries: [],
    managedBy: managed.length > 0 ? [{ party: THIRD_PARTIES.id, components: managed }] : [],
    holders: Object.fromEntries(holders),
    factsInForce: {},
    unanswered: [],
  };
}

/** All kinds of data; none only where there is no other. */
function kinds(all: string[]): string[] {
  const some = unique(all.filter((kind) => kind !== 'none'));
  return some.length > 0 ? some : unique(all);
}

/** Who holds a component of any of the services: what is run here by one side and there by the other is run by both. */
function union(holders: Holder[]): Holder {
  const present = unique(holders.filter((holder) => holder !== 'absent'));
  const [only] = present;
  if (only === undefined) return 'absent';
  if (present.length === 1) return only;
  return present.includes('provider') || present.includes('shared') ? 'shared' : 'customer';
}

function basis(kind: Part['basis']['kind']): Part['basis'] {
  return { kind, says: 'It follows from the service model and from the facts and options of the services in use.' };
}

/** The parts without names, each once, and where each of the old ones is among them. */
function regrouped(
  matrix: Matrix,
  services: MatrixService[],
  groups: ReadonlyMap<string, string>,
  party: (id: string) => string,
): { parts: Part[]; places: number[] } {
  const names = new Map(services.map((service) => [service.id, service.name]));
  const phrases = new Map(matrix.components.map((component) => [component.id, component.phrase]));
  const controls = new Map(matrix.controls.map((control) => [control.id, control]));
  const parts: Part[] = [];
  const seen = new Map<string, number>();
  const places = matrix.parts.map((part) => {
    const { only: _, provides, service, ...rest } = part;
    const group = service === undefined ? undefined : groups.get(service);
    const holder = party(part.party);
    const control = controls.get(part.control);
    const managed = part.basis.kind === 'managed-by';
    const values = {
      service: names.get(group ?? '') ?? '',
      provider: holder === THIRD_PARTIES.id && !managed ? THIRD_PARTIES.short : PROVIDERS.short,
      components: phrases.get(part.component) ?? 'the layers concerned',
    };
    const template = control?.parts[part.voice];
    // A published statement names its service; where the control has no words for it, its objective has.
    const said = sentence(template ?? control?.objective ?? '', values);
    const text = managed ? onBehalf(THIRD_PARTIES, said) : sentenceCase(said);
    const supplied = provides && control?.parts.provides ? { provides: sentence(control.parts.provides, values) } : {};
    const plain: Part = {
      ...rest,
      ...(group ? { service: group } : {}),
      party: holder,
      text,
      ...supplied,
      basis: basis(managed ? 'managed-by' : 'model'),
    };
    const key = JSON.stringify(plain);
    const known = seen.get(key);
    if (known !== undefined) return known;
    seen.set(key, parts.length);
    return parts.push(plain) - 1;
  });
  return { parts, places };
}

function unique<T>(items: T[]): T[] {
  return [...new Set(items)];
}
