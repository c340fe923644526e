import type { Holding, PartChange } from '../../comparison.ts';
import type { Control } from '../../model/catalogue.ts';
import type { Basis, Matrix, MatrixService, Part } from '../../model/matrix.ts';
import { same, unique } from './differences.ts';
import type { Ledger } from './ledger.ts';
import type { Pair } from './pairs.ts';
import type { Reasons } from './reasons.ts';

/** The parts of two matrices, held against each other. */
export interface PartComparison {
  /** What differs, by key; `causes` and `requirements` are still open. Keys are numbers, because rows name parts by the million. */
  changes: Map<number, PartChange>;
  /** The key of each part by position, in the older and the newer matrix. */
  keys: { from: number[]; to: number[] };
  /** The parts of a key on both sides, the newer first. */
  both(key: number): readonly Part[];
  /** Why a part itself differs, by key; empty where it only came to be asked for, or is no longer asked for. */
  causes(key: number): readonly string[];
}

/** Parts are the same duty where control, component and service agree; a provider's own duties also by provider. */
function dutyOf(part: Part): string {
  const owner = part.service ?? (part.voice === 'provider-organization' ? part.party : '');
  return `${part.control}\u0000${part.component}\u0000${owner}\u0000${part.only ?? ''}`;
}

/** Finds parts that other parties hold, in another way or in other words, and those on one side alone. */
export function compareParts(before: Matrix, after: Matrix, ledger: Ledger): PartComparison {
  const duties = new Map<string, number>();
  const keyOf = (part: Part): number => {
    const duty = dutyOf(part);
    const key = duties.get(duty) ?? duties.size;
    duties.set(duty, key);
    return key;
  };
  // The newer first, so that what differs is told in its order.
  const later = after.parts.map(keyOf);
  const keys = { from: before.parts.map(keyOf), to: later };
  const older = gather(before.parts, keys.from);
  const newer = gather(after.parts, keys.to);
  const changes = new Map<number, PartChange>();
  for (let key = 0; key < duties.size; key++) {
    const from = older.get(key) ?? [];
    const to = newer.get(key) ?? [];
    const moved = joined(from, holder) !== joined(to, holder);
    if (!moved && joined(from, wording) === joined(to, wording)) continue;
    const part = (to[0] ?? from[0]) as Part;
    changes.set(key, {
      control: part.control,
      component: part.component,
      ...(part.service === undefined ? {} : { service: part.service }),
      ...(part.only === undefined ? {} : { only: part.only }),
      from: from.map(holding),
      to: to.map(holding),
      reworded: !moved,
      requirements: [],
      causes: [],
    });
  }
  const explain = explainer(before, after, ledger);
  const known = new Map<number, string[]>();
  const causes = (key: number): readonly string[] => {
    const change = changes.get(key);
    if (!change) return [];
    const found = known.get(key) ?? explain(older.get(key) ?? [], newer.get(key) ?? [], change.reworded);
    known.set(key, found);
    return found;
  };
  const both = (key: number): readonly Part[] => [...(newer.get(key) ?? []), ...(older.get(key) ?? [])];
  return { changes, keys, both, causes };
}

function gather(parts: readonly Part[], keys: readonly number[]): Map<number, Part[]> {
  const byKey = new Map<number, Part[]>();
  parts.forEach((part, position) => {
    const key = keys[position] as number;
    const list = byKey.get(key);
    if (list) list.push(part);
    else byKey.set(key, [part]);
  });
  return byKey;
}

/** What is said of each part of a key, in an order of its own. */
function joined(parts: readonly Part[], say: (part: Part) => string): string {
  const [only] = parts;
  return parts.length === 1 && only ? say(only) : parts.map(say).sort().join('\u0001');
}

function holding({ party, mode, dependent, undetermined, text }: Part): Holding {
  return { party, mode, dependent, undetermined, text };
}

function holder({ party, mode, dependent, undetermined }: Part): string {
  return `${party}\u0000${mode}\u0000${dependent}\u0000${undetermined}`;
}

/** True where each of some parts is held as one of the others is; also where there are none. */
function holdersAmong(some: readonly Part[], others: readonly Part[]): boolean {
  const known = new Set(others.map(holder));
  return some.every((part) => known.has(holder(part)));
}

function wording({ text, provides }: Part): string {
  return `${text}\u0000${provides ?? ''}`;
}

/** Explains one part from what lies under it on both sides. */
function explainer(
  before: Matrix,
  after: Matrix,
  ledger: Ledger,
): (from: readonly Part[], to: readonly Part[], reworded: boolean) => string[] {
  const index = (matrix: Matrix) => ({
    services: new Map(matrix.services.map((service) => [service.id, service])),
    controls: new Map(matrix.controls.map((control) => [control.id, control])),
    components: new Map(matrix.components.map((component) => [component.id, component])),
    parties: new Map(matrix.parties.map((party) => [party.id, party])),
    failing: new Set(matrix.conditions.filter(({ holds }) => !holds).map(({ id }) => id)),
  });
  const old = index(before);
  const now = index(after);

  const ofControl = (id: string): string[] => {
    const a = old.controls.get(id);
    const b = now.controls.get(id);
    if (!a || !b || (same(a.surface, b.surface) && same(a.parts, b.parts))) return [];
    return [ledger.beyond({ id: `control:${id}`, title: `the control ${id}` })];
  };
  const ofParty = (id: string): string[] => {
    const a = old.parties.get(id);
    const b = now.parties.get(id);
    if (!a || !b || (a.name === b.name && a.short === b.short)) return [];
    if (id === 'customer') return ledger.known('organization.name', 'organization.short');
    const [renamed] = ledger.known(`party:${id}`);
    return [renamed ?? ledger.beyond({ id: `provider:${id}`, title: `the provider ${id}` })];
  };

  return (from, to, reworded) => {
    const part = (to[0] ?? from[0]) as Part;
    if (part.service === undefined) {
      if (part.voice === 'provider-organization')
        return unique([...(reworded ? ofParty(part.party) : []), ...ofControl(part.control)]);
      const when = (now.components.get(part.component) ?? old.components.get(part.component))?.when;
      const turned = when !== undefined && old.failing.has(when) !== now.failing.has(when);
      return unique([...(turned ? ledger.known(`condition:${when}`) : []), ...ofControl(part.control)]);
    }
    const a = old.services.get(part.service);
    const b = now.services.get(part.service);
    const name = `service:${part.service}`;
    if (!a || !b) return ledger.known(name);
    const entry = { id: name, title: b.service ?? a.service ?? b.modelTitle };
    const found = ledger.known(`${name}/delivery`);
    if (reworded) {
      if (a.name !== b.name) found.push(...ledger.known(`${name}/title`));
      for (const one of [...from, ...to]) found.push(...ofParty(one.party));
      if (a.partyId === b.partyId) found.push(...ofParty(a.partyId ?? ''));
      else found.push(...ledger.known(`party:${a.partyId}`, `party:${b.partyId}`));
      found.push(...ofControl(part.control));
      if (found.length === 0 && (a.name !== b.name || part.only !== undefined)) found.push(ledger.beyond(entry));
      return unique(found);
    }
    const surface = [old, now].map(
      ({ controls }) => controls.get(part.control)?.surface.find(({ component }) => component === part.component)?.fact,
    );
    found.push(...ofComponent(part.component, surface, a, b, name, ledger, entry));
    if (found.length === 0 && surfaceDiffers(part, old.controls, now.controls)) found.push(...ofControl(part.control));
    // Where every holder of one side is on the other too, the part itself is as it was: one more is asked to hold it, or one fewer.
    if (found.length > 0 || holdersAmong(from, to) || holdersAmong(to, from)) return unique(found);
    // A fact may hold only on what lies below, so that something else about the service moved this component too.
    const moving = /\/(?:option|fact|component):|\/(?:managed-by|data|affects)$/;
    found.push(...ledger.ofService(part.service).filter((id) => moving.test(id)));
    return found.length > 0 ? unique(found) : [ledger.beyond(entry)];
  };
}

/** True where the control asks about the component on one side only, or asks another fact there. */
function surfaceDiffers(part: Part, before: Map<string, Control>, after: Map<string, Control>): boolean {
  const on = (controls: Map<string, Control>) =>
    controls.get(part.control)?.surface.filter(({ component }) => component === part.component);
  return before.has(part.control) && after.has(part.control) && !same(on(before), on(after));
}

/** Why a component of a service, or a fact that decides there, is held otherwise. */
function ofComponent(
  component: string,
  facts: readonly (string | undefined)[],
  a: MatrixService,
  b: MatrixService,
  name: string,
  ledger: Ledger,
  entry: { id: string; title: string },
): string[] {
  const found: string[] = [];
  const runner = (service: MatrixService): string | undefined =>
    service.managedBy.find((managed) => managed.components.includes(component))?.party;
  if (runner(a) !== runner(b)) found.push(...ledger.known(`${name}/managed-by`));
  const was = a.holders[component];
  const is = b.holders[component];
  if (was?.holder !== is?.holder || was?.party !== is?.party) {
    found.push(...ledger.known(`${name}/component:${component}`));
    if (a.partyId !== b.partyId) found.push(...ledger.known(`party:${a.partyId}`, `party:${b.partyId}`));
    for (const basis of [was?.basis, is?.basis]) if (basis) found.push(...ofBasis(basis, a, b, name, ledger));
    if (found.length === 0) found.push(...(ledger.known(`${name}/delivery`).length > 0 ? [] : [ledger.beyond(entry)]));
  }
  for (const fact of facts) if (fact !== undefined) found.push(...ofFact(fact, a, b, name, ledger, entry));
  return found;
}

function ofBasis(basis: Basis, a: MatrixService, b: MatrixService, name: string, ledger: Ledger): string[] {
  if (basis.kind === 'option' && basis.by !== undefined) return ledger.known(`${name}/option:${basis.by}`);
  if (basis.kind === 'fact' && basis.by !== undefined) return ofFact(basis.by, a, b, name, ledger);
  if (basis.kind === 'description') return ledger.known(`${name}/data`);
  return [];
}

/** Why a fact has another value: the description says so, an option sets it, else the catalogue. */
function ofFact(
  fact: string,
  a: MatrixService,
  b: MatrixService,
  name: string,
  ledger: Ledger,
  entry?: { id: string; title: string },
): string[] {
  if (a.factsInForce[fact] === b.factsInForce[fact]) return [];
  const found = ledger.known(`${name}/fact:${fact}`);
  for (const { factOrigins } of [a, b]) {
    const origin = factOrigins?.[fact];
    if (origin?.startsWith('option:')) found.push(...ledger.known(`${name}/${origin}`));
    // A matrix of an older demarc does not say which option set it.
    if (!factOrigins) found.push(...ledger.ofService(a.id).filter((id) => id.startsWith(`${name}/option:`)));
  }
  if (found.length === 0 && entry && ledger.known(`${name}/delivery`).length === 0) found.push(ledger.beyond(entry));
  return found;
}

/** Tells each part change which requirements it serves, and, where it came or went with one, why that one asks for it on one side only. */
export function placeParts(pairs: readonly Pair[], parts: PartComparison, reasons: Reasons, ledger: Ledger): void {
  const { changes } = parts;
  if (changes.size === 0) return;
  for (const pair of pairs) {
    const seen = new Set<number>();
    for (const [side, keys] of [
      [pair.to, parts.keys.to],
      [pair.from, parts.keys.from],
    ] as const)
      for (const position of side?.requirement.row.parts ?? []) seen.add(keys[position] ?? -1);
    for (const key of seen) {
      const change = changes.get(key);
      if (!change) continue;
      change.requirements.push(pair.key);
      const [part] = parts.both(key);
      if (part && parts.causes(key).length === 0) change.causes.push(...reasons.ofSelection(part, pair));
    }
  }
  for (const [key, change] of changes) {
    const own = parts.causes(key);
    change.causes = own.length > 0 ? [...own] : unique(change.causes);
    if (change.causes.length === 0) change.causes = [ledger.beyond()];
  }
}
