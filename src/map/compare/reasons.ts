import type { Component, Control, Requirement } from '../../model/catalogue.ts';
import type { Matrix, MatrixService, Part } from '../../model/matrix.ts';
import { isExcluded } from '../exclusions.ts';
import { holdsIn } from '../rows.ts';
import { CUSTOMER } from '../service.ts';
import { differing, unique } from './differences.ts';
import type { Ledger } from './ledger.ts';
import { ofText, type Pair, type Side } from './pairs.ts';
import type { PartComparison } from './parts.ts';
import type { StatementComparison } from './statements.ts';

/** What explains that a requirement stands otherwise, as far as its parts themselves do not: whom it binds, what it asks, what is in scope. */
export interface Reasons {
  /** What decides whether it asks anything of this system, where that differs. */
  gates(pair: Pair): readonly string[];
  /** Why parts that the requirement asks for differ: the parts themselves, or that it asks for them on one side only. */
  ofParts(pair: Pair): string[];
  /** True where it asks for other parts, or parts that are held otherwise. */
  asksOtherwise(pair: Pair): boolean;
  /** Why other services are in the scope of its framework. */
  ofScope(pair: Pair): string[];
  /** Why the requirement asks for a part on one side only. */
  ofSelection(part: Part, pair: Pair): string[];
  /** Why the printed reason differs, while it asks something on both sides, or nothing on both. */
  ofReason(pair: Pair): string[];
  ofStatus(pair: Pair): string[];
  ofOwners(pair: Pair): string[];
}

/** What decides whether a requirement asks anything, and of whom. */
const DECIDING = ['controls', 'when', 'binds', 'helpedBy', 'category', 'noDuty', 'status'] as const;

/** What is looked up on one side. */
interface Index {
  services: Map<string, MatrixService>;
  controls: Map<string, Control>;
  components: Map<string, Component>;
  conditions: Map<string, Matrix['conditions'][number]>;
  /** Services in the scope of each framework. */
  scope: Map<string, ReadonlySet<string>>;
}

function indexOf(matrix: Matrix): Index {
  return {
    services: new Map(matrix.services.map((service) => [service.id, service])),
    controls: new Map(matrix.controls.map((control) => [control.id, control])),
    components: new Map(matrix.components.map((component) => [component.id, component])),
    conditions: new Map(matrix.conditions.map((condition) => [condition.id, condition])),
    scope: new Map(matrix.frameworks.map(({ id, services }) => [id, new Set(services)])),
  };
}

/** Prepares the look-ups once for all requirements. */
export function reasonsFor(
  before: Matrix,
  after: Matrix,
  parts: PartComparison,
  statements: StatementComparison,
  ledger: Ledger,
): Reasons {
  const old = indexOf(before);
  const now = indexOf(after);

  /** Conditions on which a requirement depends, itself or through the components where its controls are exercised. */
  const conditionsOf = (requirement: Requirement, { controls, components }: Index): string[] => [
    ...requirement.when,
    ...requirement.controls.flatMap(({ control, at }) =>
      (controls.get(control)?.surface ?? [])
        .filter(({ component }) => !at || at.includes(component))
        .flatMap(({ component }) => components.get(component)?.when ?? []),
    ),
  ];
  const conditions = (from: Side, to: Side, differs: (id: string) => boolean): string[] =>
    unique([...conditionsOf(to.requirement, now), ...conditionsOf(from.requirement, old)])
      .filter(differs)
      .flatMap((id) => ledger.known(`condition:${id}`));
  const holds = (id: string, framework: string, { conditions: known }: Index): boolean => {
    const condition = known.get(id);
    return condition === undefined || holdsIn(condition, framework);
  };
  const binds = ({ requirement, framework }: Side): boolean =>
    requirement.binds.length === 0 || requirement.binds.some((role) => framework.organizationRoles.includes(role));
  const chosen = ({ requirement, framework }: Side): boolean =>
    requirement.category === undefined || framework.chosenCategories.includes(requirement.category);

  const findGates = ({ from, to }: Pair): string[] => {
    if (!from || !to) return ofText(((to ?? from) as Side).framework.id, (to ?? from)?.requirement.id, ledger);
    const { id } = to.framework;
    const decided = ledger.known(`exclusion:${from.requirement.row.key}`, `exclusion:${to.requirement.row.key}`);
    const ended = isOut(from.requirement.row.key, before) !== isOut(to.requirement.row.key, after);
    return unique([
      ...decided,
      ...(ended && decided.length === 0 ? ledger.known('as-of') : []),
      ...conditions(from, to, (condition) => holds(condition, id, old) !== holds(condition, id, now)),
      ...(binds(from) === binds(to) ? [] : ledger.known(`roles:${id}`)),
      ...(chosen(from) === chosen(to) ? [] : ledger.known(`categories:${id}`)),
      ...(differing<Requirement>(from.requirement, to.requirement, DECIDING).length > 0
        ? ofText(id, to.requirement.id, ledger)
        : []),
    ]);
  };

  // A pair is asked for each of its parts, and pairs are asked one after another.
  const gates = once(findGates);

  const inScope = (service: string, framework: string, { scope }: Index): boolean => scope.get(framework)?.has(service) === true;
  /** Why a service came into the scope of a framework or left it. */
  const ofScope = (service: string, framework: string): string[] => {
    if (!old.scope.has(framework) || !now.scope.has(framework)) return [];
    if (inScope(service, framework, old) === inScope(service, framework, now)) return [];
    const name = `service:${service}`;
    const known = ledger.known(name, `${name}/data`, `${name}/affects`);
    return known.length > 0 ? known : [ledger.beyond({ id: framework, title: framework })];
  };
  /** Why a provider came into the scope of a framework or left it: the services that it provides or runs. */
  const ofProvider = (party: string, framework: string): string[] =>
    unique([
      ...(isKnown(party, before) === isKnown(party, after) ? [] : ledger.known(`party:${party.replace(UNDESCRIBED, '')}`)),
      ...[old, now].flatMap(({ services }) =>
        [...services.values()]
          .filter(({ partyId, managedBy }) => partyId === party || managedBy.some((managed) => managed.party === party))
          .flatMap(({ id }) => [
            ...ofScope(id, framework),
            ...ledger.known(`service:${id}`, `service:${id}/delivery`, `service:${id}/managed-by`),
          ]),
      ),
    ]);
  const selection = (part: Part, pair: Pair): string[] => {
    const found = [...gates(pair)];
    if (!pair.from || !pair.to) return found;
    const framework = pair.to.framework.id;
    if (part.service !== undefined) found.push(...ofScope(part.service, framework));
    else if (part.voice === 'provider-organization') found.push(...ofProvider(part.party, framework));
    // A service that stays in scope may have begun to hold the data there, or ceased to.
    if (found.length === 0 && part.service !== undefined)
      found.push(...ledger.known(`service:${part.service}/data`, `service:${part.service}/affects`));
    // A published statement that came or went is the catalogue's doing.
    if (found.length === 0 && part.only !== undefined) {
      const known = (now.services.get(part.service ?? '') ?? old.services.get(part.service ?? ''))?.service;
      found.push(ledger.beyond({ id: `service:${part.service}`, title: known ?? part.service ?? '' }));
    }
    return unique(found);
  };
  const ofPart = (key: number, pair: Pair): readonly string[] => {
    const own = parts.causes(key);
    const part = parts.both(key)[0];
    return own.length > 0 || !part ? own : selection(part, pair);
  };

  /** Keys of the parts that differ in a requirement: held otherwise, or asked for on one side only. */
  const moved = once(({ from, to }: Pair): number[] => {
    const was = new Set(from?.requirement.row.parts.map((position) => parts.keys.from[position] ?? -1));
    const is = new Set(to?.requirement.row.parts.map((position) => parts.keys.to[position] ?? -1));
    const all = new Set([...is, ...was]);
    return [...all].filter((key) => was.has(key) !== is.has(key) || parts.changes.get(key)?.reworded === false);
  });
  const ofParts = (pair: Pair, which: (part: Part) => boolean = () => true): string[] =>
    unique(
      moved(pair)
        .filter((key) => parts.both(key).some(which))
        .flatMap((key) => ofPart(key, pair)),
    );
  const isOwn = ({ party }: Part): boolean => party === CUSTOMER;

  const ofStatements = ({ from, to }: Pair, field: 'status' | 'owner'): string[] =>
    unique([
      ...(to?.requirement.row.statements.map((position) => statements.ids.to[position] ?? '') ?? []),
      ...(from?.requirement.row.statements.map((position) => statements.ids.from[position] ?? '') ?? []),
    ]).filter((id) => statements.fields.get(id)?.some((name) => name === 'existence' || name === field));

  return {
    gates,
    ofParts,
    asksOtherwise: (pair) => moved(pair).length > 0,
    ofScope({ from, to }) {
      const framework = ((to ?? from) as Side).framework.id;
      const services = new Set([...(now.scope.get(framework) ?? []), ...(old.scope.get(framework) ?? [])]);
      return unique([...services].flatMap((service) => ofScope(service, framework)));
    },
    ofSelection: selection,
    ofReason(pair) {
      const { from, to } = pair;
      if (!from || !to) return [...gates(pair)];
      const remarks = conditions(from, to, () => true);
      const found = [...gates(pair), ...remarks];
      if (from.requirement.binds.length > 0) found.push(...ledger.known(`roles:${to.framework.id}`));
      found.push(...ofParts(pair));
      if (found.length > 0) return unique(found);
      const undetermined = [...from.requirement.row.undetermined, ...to.requirement.row.undetermined];
      const named = undetermined.map((id) => `service:${id}/title`);
      return unique(ledger.known('organization.short', 'organization.name', ...named));
    },
    ofStatus: (pair) => unique([...ofStatements(pair, 'status'), ...ofParts(pair, isOwn)]),
    ofOwners(pair) {
      const was = pair.from?.requirement.row.owners ?? [];
      const is = pair.to?.requirement.row.owners ?? [];
      const differ = (...owners: (string | undefined)[]): boolean =>
        owners.some((owner) => owner !== undefined && was.includes(owner) !== is.includes(owner));
      const services = unique(
        [pair.from, pair.to].flatMap((side) =>
          (side?.requirement.row.parts ?? []).flatMap((position) => side?.matrix.parts[position]?.service ?? []),
        ),
      );
      return unique([
        ...ofStatements(pair, 'owner'),
        ...services
          .filter((id) =>
            differ(old.services.get(id)?.owner ?? before.system.owner, now.services.get(id)?.owner ?? after.system.owner),
          )
          .flatMap((id) => ledger.known(`service:${id}/owner`)),
        ...(differ(before.system.owner, after.system.owner) ? ledger.known('system.owner') : []),
        ...ofParts(pair, isOwn),
      ]);
    },
  };
}

/** Whether an exclusion takes a requirement out on the day of a matrix. */
function isOut(key: string, { exclusions, asOf }: Matrix): boolean {
  return exclusions.some((exclusion) => exclusion.requirement === key && isExcluded(exclusion, asOf));
}

/** What stands before the id of a provider that is named and neither described nor in the catalogue. */
const UNDESCRIBED = /^provider:/;

function isKnown(party: string, { parties }: Matrix): boolean {
  return parties.some(({ id }) => id === party);
}

/** Remembers what was last found, for as long as the same pair is asked again. */
function once<T>(find: (pair: Pair) => readonly T[]): (pair: Pair) => readonly T[] {
  let last: { pair: Pair; found: readonly T[] } | undefined;
  return (pair) => {
    if (last?.pair !== pair) last = { pair, found: find(pair) };
    return last.found;
  };
}
