import type { CauseKind, ServiceChange } from '../../comparison.ts';
import type { Matrix, MatrixService } from '../../model/matrix.ts';
import type { ManagedBy } from '../../model/system.ts';
import { arrow, pairs, same, sameSet } from './differences.ts';
import type { Ledger } from './ledger.ts';

/** Enters what the two descriptions say differently of the services in use, and gives the services that differ. */
export function compareServices(before: Matrix, after: Matrix, ledger: Ledger): ServiceChange[] {
  const changes: ServiceChange[] = [];
  const summary = (service: MatrixService): NonNullable<ServiceChange['to']> => ({
    name: service.name,
    ...(service.service ? { service: service.service } : {}),
    model: service.modelTitle,
    provider: service.providerName,
  });
  for (const [id, { from, to }] of pairs(before.services, after.services, (service) => service.id)) {
    const either = (to ?? from) as MatrixService;
    const about = [
      id,
      from?.partyId,
      to?.partyId,
      ...[from, to].flatMap((one) => one?.managedBy.map(({ party }) => party) ?? []),
    ];
    const enter = (field: string, kind: CauseKind, says: string, detail?: string): void => {
      const name = field === '' ? `service:${id}` : `service:${id}/${field}`;
      ledger.add({ id: name, kind, origin: 'description', says, detail, place: to?.place }, about);
    };
    if (!from || !to)
      enter('', 'service', `service ${id} ${from ? 'was removed' : 'was added'}`, `${either.name}, ${deliveryOf(either)}`);
    else {
      for (const { field, kind, says } of serviceDifferences(from, to)) enter(field, kind, `${id}: ${says}`);
    }
    const causes = ledger.ofService(id);
    if (causes.length > 0)
      changes.push({ id, ...(from ? { from: summary(from) } : {}), ...(to ? { to: summary(to) } : {}), causes: [...causes] });
  }
  return changes;
}

/** What a service is, as the description names it. */
function deliveryOf({ service, model, provider }: MatrixService): string {
  return service ?? `${model} of ${provider}`;
}

type Difference = { field: string; kind: CauseKind; says: string };

/** How two descriptions of one service differ, field by field. */
function serviceDifferences(from: MatrixService, to: MatrixService): Difference[] {
  const found: Difference[] = [];
  const text = (field: string, kind: CauseKind, a: string | undefined, b: string | undefined, what = field): void => {
    if (a !== b) found.push({ field, kind, says: `${what} ${arrow(a, b)}` });
  };
  text('delivery', 'delivery', deliveryOf(from), deliveryOf(to), 'service');
  for (const name of keysOf(from.options, to.options)) {
    const value = (side: MatrixService): string => {
      if (Object.hasOwn(side.options, name)) return side.options[name] ?? '';
      const assumed = side.factsInForce[`option:${name}`];
      return assumed === undefined ? 'not set' : `not set, ${assumed.replace(' (assumed)', ' assumed')}`;
    };
    if (optionOf(from, name) !== optionOf(to, name))
      found.push({ field: `option:${name}`, kind: 'option', says: `option ${name} ${arrow(value(from), value(to))}` });
  }
  for (const name of keysOf(from.facts, to.facts)) text(`fact:${name}`, 'fact', from.facts[name], to.facts[name], `fact ${name}`);
  for (const name of keysOf(from.components, to.components)) {
    const a = from.components[name];
    const b = to.components[name];
    if (a?.holder !== b?.holder) text(`component:${name}`, 'component', a?.holder, b?.holder, `component ${name}`);
    else if (a?.reason !== b?.reason)
      found.push({ field: `component:${name}`, kind: 'component', says: `component ${name} has another reason` });
  }
  if (!same(from.managedBy, to.managedBy)) {
    const [a, b] = [managedText(from.managedBy), managedText(to.managedBy)];
    found.push({
      field: 'managed-by',
      kind: 'managed-by',
      says: a === b ? 'note on who runs its layers differs' : `layers run by others ${arrow(a, b)}`,
    });
  }
  for (const [field, kind] of [
    ['data', 'data'],
    ['affects', 'data'],
    ['regions', 'region'],
  ] as const)
    if (!sameSet(from[field], to[field])) text(field, kind, from[field].join(', '), to[field].join(', '));
  text('owner', 'owner', from.owner, to.owner);
  text('title', 'wording', from.title, to.title);
  if (from.purpose !== to.purpose) found.push({ field: 'purpose', kind: 'wording', says: 'purpose differs' });
  return found;
}

/** The option as the description sets it; one that it leaves alone is the catalogue's to change. */
function optionOf(service: MatrixService, name: string): string | undefined {
  return Object.hasOwn(service.options, name) ? service.options[name] : undefined;
}

function keysOf(a: object, b: object): string[] {
  return [...new Set([...Object.keys(b), ...Object.keys(a)])];
}

function managedText(managed: readonly ManagedBy[]): string {
  return managed.map(({ party, components }) => `${party} (${components.join(', ')})`).join(', ');
}
