import type { FindingChange, PartChange, RequirementChange } from '../../comparison.ts';
import type { Finding, Matrix } from '../../model/matrix.ts';
import { findAll } from '../findings/index.ts';
import { slug } from '../findings/keys.ts';
import { pairs, same, sameSet } from './differences.ts';
import { isStructure, LAYERS, type Layer } from './layers.ts';
import type { Ledger } from './ledger.ts';

/** For how many differences of one layer the rules are asked about each alone. */
const MOST_ASKED = 40;

/** Findings that opened, closed, or differ in severity, in the requirements they concern, or in whether they are suppressed. */
export function compareFindings(
  before: Matrix,
  after: Matrix,
  changes: { requirements: readonly RequirementChange[]; parts: readonly PartChange[] },
  ledger: Ledger,
): FindingChange[] {
  const explain = explainer(before, after, changes, ledger);
  return [...pairs(before.findings, after.findings, ({ id }) => id)].flatMap(([id, { from, to }]): FindingChange[] => {
    const fields = from && to ? findingDifferences(from, to) : ['existence'];
    if (fields.length === 0) return [];
    const { severity } = (to ?? from) as Finding;
    const was = isOpen(from);
    const is = isOpen(to);
    const change = was === is ? 'differs' : is ? 'opened' : 'closed';
    return [
      { id, change, severity, ...(from ? { from } : {}), ...(to ? { to } : {}), fields, causes: explain({ id, from, to }) },
    ];
  });
}

function isOpen(finding: Finding | undefined): boolean {
  return finding !== undefined && !finding.suppressed;
}

function findingDifferences(from: Finding, to: Finding): string[] {
  return [
    ...(from.severity === to.severity ? [] : ['severity']),
    ...(sameSet(from.requirements, to.requirements) ? [] : ['requirements']),
    ...(same(from.suppressed, to.suppressed) ? [] : ['suppressed']),
  ];
}

/** A finding that differs, as it is on each side. */
interface Changed {
  id: string;
  from: Finding | undefined;
  to: Finding | undefined;
}

type Found = ReadonlyMap<string, Finding>;

/**
 * Finds what brought a change of a finding about. The rules themselves are asked: what they would find in the newer matrix with one layer
 * of the older one, and the other way round. Within a layer, the finding's id says what it is about.
 */
function explainer(
  before: Matrix,
  after: Matrix,
  changes: { requirements: readonly RequirementChange[]; parts: readonly PartChange[] },
  ledger: Ledger,
): (changed: Changed) => string[] {
  const causes = ledger.all();
  const layers = LAYERS.map((layer) => ({ layer, causes: causes.flatMap(({ id }) => (layer.holds(id) ? id : [])) }));
  const beyond = ({ id }: Changed): string => {
    const rule = id.slice(0, id.indexOf(':'));
    return ledger.beyond({ id: `finding:${rule}`, title: `the rule ${rule}` });
  };
  const sameMakers = before.catalogue.version === after.catalogue.version && before.tool.version === after.tool.version;
  const candidates = layers.filter(({ layer, causes }) => causes.length > 0 || (isStructure(layer) && !sameMakers));
  const asked = new Map<string, Found>();
  /** What the rules find in a matrix, or would find with a layer of the other one in it. */
  const found = (side: Matrix, layer?: Layer, cause?: string): Found => {
    const key = [side === after, layer ? LAYERS.indexOf(layer) : '', cause ?? ''].join();
    const known = asked.get(key);
    if (known) return known;
    const other = side === after ? before : after;
    const matrix = layer ? layer.lay(side, other, cause === undefined ? undefined : new Set([cause])) : side;
    const findings = new Map(findAll(matrix).map((finding) => [finding.id, finding]));
    asked.set(key, findings);
    return findings;
  };
  /** Those without which the newer matrix would be as the older one is; where any of several would do, those that would do alone. */
  const decisive = <T>(changed: Changed, items: readonly T[], lay: (item: T) => [layer: Layer, cause?: string]): T[] => {
    const on = (side: Matrix): T[] => items.filter((item) => !alike(changed, found(side, ...lay(item)), found(side)));
    const needed = on(after);
    return needed.length > 0 ? needed : on(before);
  };
  const name = namer(before, after, changes, ledger);
  /** Of the differences in a layer those that the finding is about, or else those that change it. */
  const within = (changed: Changed, { layer, causes: own }: (typeof layers)[number]): string[] => {
    if (own.length === 1) return own;
    const named = name(changed, layer, new Set(own));
    if (named.length > 0) {
      const few = layer.entries && named.length > 1 && named.length <= MOST_ASKED;
      const changing = few ? decisive(changed, named, (cause) => [layer, cause]) : named;
      return changing.length > 0 ? changing : named;
    }
    if (isStructure(layer) && !sameMakers) return [beyond(changed)];
    if (!layer.entries || own.length > MOST_ASKED) return own;
    const changing = decisive(changed, own, (cause) => [layer, cause]);
    return changing.length > 0 ? changing : own;
  };
  return (changed) => {
    const [only] = candidates;
    if (!only) return [beyond(changed)];
    if (sameMakers && candidates.length === 1) return within(changed, only);
    // What the rules of today find alike on both sides, the rules of another demarc found otherwise.
    if (!sameMakers && alike(changed, found(before), found(after))) return [beyond(changed)];
    const deciding = decisive(changed, candidates, ({ layer }) => [layer]);
    return [...new Set((deciding.length > 0 ? deciding : candidates).flatMap((entry) => within(changed, entry)))];
  };
}

/** Of a finding that opened or closed, it matters whether it is there, not what it concerns. */
function alike({ id, from, to }: Changed, one: Found, other: Found): boolean {
  const [a, b] = [one.get(id), other.get(id)];
  if (isOpen(from) !== isOpen(to)) return isOpen(a) === isOpen(b);
  return a && b ? findingDifferences(a, b).length === 0 : a === b;
}

/**
 * Rules say in a finding's id what it is about: a service, a control, an assurance, a party, a framework. So its causes are the
 * differences about those, then those that moved parts of its controls, then those that changed the requirements it concerns.
 */
function namer(
  before: Matrix,
  after: Matrix,
  { requirements, parts }: { requirements: readonly RequirementChange[]; parts: readonly PartChange[] },
  ledger: Ledger,
): (changed: Changed, layer: Layer, own: ReadonlySet<string>) => string[] {
  const services = new Set([...before.services, ...after.services].map(({ id }) => id));
  const components = new Set([...before.components, ...after.components].map(({ id }) => id));
  const scopes = new Map<string, Set<string>>();
  for (const { frameworks } of [before, after])
    for (const { id, services: inScope } of frameworks) scopes.set(id, new Set([...(scopes.get(id) ?? []), ...inScope]));
  const moved = collect(
    parts.filter(({ reworded }) => !reworded),
    ({ control }) => [control],
  );
  const partsOf = collect(parts, (change) => change.requirements);
  const changesOf = collect(requirements, ({ key }) => [key]);
  return ({ id, from, to }, layer, own) => {
    const mine = (ids: Iterable<string>): string[] => [...new Set(ids)].filter((cause) => own.has(cause));
    const key = id.slice(id.indexOf(':') + 1);
    const exact = mine(ledger.about([key], slug));
    if (exact.length > 0) return exact;
    const names = new Set(key.split('/'));
    const other = (cause: string): boolean => {
      const [, component] = /\/component:(.*)$/.exec(cause) ?? [];
      return component !== undefined && !names.has(component) && [...names].some((name) => components.has(name));
    };
    const about = mine(ledger.about(names, slug)).filter((cause) => !other(cause));
    if (!isStructure(layer)) return about;
    // A finding that names a service is not about parts of its control on others.
    const onServices = [...names].some((name) => services.has(name));
    const there = ({ service }: PartChange): boolean => !onServices || service === undefined || names.has(service);
    const concerned = [...names].flatMap((name) => (moved.get(name) ?? []).filter(there));
    // What opened comes rather from parts that are there than from parts that are gone, and what closed the other way round.
    const remaining = concerned.filter((part) => part.to.length > 0);
    const earlier = concerned.filter((part) => part.from.length > 0);
    const of = (changes: readonly { causes: string[] }[]): string[] => changes.flatMap(({ causes }) => causes);
    const found = mine([...about, ...(to ? of(remaining) : []), ...(from ? of(earlier) : [])]);
    if (found.length > 0) return found;
    const others = mine(of(concerned));
    if (others.length > 0) return others;
    const [was, is] = [new Set(from?.requirements), new Set(to?.requirements)];
    const all = [...names, ...is, ...was];
    // Of a finding on both sides it is the requirements of one side alone that say why it differs.
    const keys = from && to ? all.filter((key) => was.has(key) !== is.has(key)) : all;
    for (const changes of [
      keys.flatMap((requirement) => (partsOf.get(requirement) ?? []).filter(there)),
      keys.flatMap((requirement) => changesOf.get(requirement) ?? []),
    ]) {
      const changed = mine(of(changes));
      if (changed.length > 0) return changed;
    }
    const inScope = [...names].flatMap((name) => [...(scopes.get(name) ?? [])]);
    return mine(inScope.flatMap((service) => ledger.ofService(service)).filter((cause) => BRINGING.test(cause)));
  };
}

/** What brings a service into the scope of a framework. */
const BRINGING = /^service:[^/]*(?:\/(?:delivery|data|affects))?$/;

/** Changes by what each is about. */
function collect<T>(changes: readonly T[], names: (change: T) => readonly string[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const change of changes) {
    for (const name of names(change)) {
      const list = found.get(name);
      if (list) list.push(change);
      else found.set(name, [change]);
    }
  }
  return found;
}
