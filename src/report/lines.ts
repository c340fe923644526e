import type { Control, Voice } from '../model/catalogue.ts';
import type { Matrix, MatrixRequirement, MatrixService, Mode, Part, Party } from '../model/matrix.ts';
import { joinNames, onBehalf, sentence } from '../sentence.ts';
import { indexStatements, type StatementIndex } from '../statements.ts';

/**
 * What one side does under one control, in one sentence over all services on which it does so. Services, layers and providers that
 * differ are named together, so that a requirement stays readable with forty services; the stack pictures and the list of parts
 * tell them apart.
 */
export interface Line {
  control: string;
  side: Party['kind'];
  parties: Party[];
  mode: Mode;
  components: string[];
  /** Empty for what exists once per system or provider. */
  services: string[];
  text: string;
  /** What providers supply beside it. */
  provides?: string;
  /** True when it is met only together with another party's half on some service. */
  dependent: boolean;
  undetermined: boolean;
}

/** How many services a sentence names before it says "and 3 more"; all of them stand beside the ownership. */
const NAMED_SERVICES = 3;

/** Looks up what lines need, once per matrix. */
export interface LineIndex {
  matrix: Matrix;
  controls: Map<string, Control>;
  services: Map<string, MatrixService>;
  parties: Map<string, Party>;
  phrases: Map<string, string>;
  /** Titles of components. */
  titles: Map<string, string>;
  /** Statements by what they answer. */
  statements: StatementIndex;
  /** Lines already made, by the parts they say: requirements with the same controls share them. */
  made: Map<string, Line[]>;
}

/** Prepares the look-ups for a matrix. */
export function lineIndex(matrix: Matrix): LineIndex {
  return {
    matrix,
    controls: new Map(matrix.controls.map((control) => [control.id, control])),
    services: new Map(matrix.services.map((service) => [service.id, service])),
    parties: new Map(matrix.parties.map((party) => [party.id, party])),
    phrases: new Map(matrix.components.map((component) => [component.id, component.phrase])),
    titles: new Map(matrix.components.map((component) => [component.id, component.title])),
    statements: indexStatements(matrix.statements),
    made: new Map(),
  };
}

/** The parts of a requirement as lines, in the order of its controls. */
export function linesOf(requirement: MatrixRequirement, index: LineIndex): Line[] {
  return linesOfParts(requirement.row.parts, index);
}

type Group = { parts: Part[]; voice: Voice };

/** Any set of parts as lines. */
export function linesOfParts(positions: readonly number[], index: LineIndex): Line[] {
  const key = positions.join();
  const known = index.made.get(key);
  if (known) return known;
  const groups = new Map<string, Group>();
  for (const position of positions) {
    const part = index.matrix.parts[position];
    if (!part) continue;
    const kind = index.parties.get(part.party)?.kind;
    // Providers are named together; a third party is always named for itself.
    const id = [
      part.control,
      kind === 'third-party' ? part.party : kind,
      part.voice,
      part.undetermined,
      part.only ? part.text : '',
    ].join('\u0000');
    const group = groups.get(id);
    if (group) group.parts.push(part);
    else groups.set(id, { parts: [part], voice: part.voice });
  }
  const lines = [...groups.values()].map((group) => lineOf(group, index));
  index.made.set(key, lines);
  return lines;
}

function lineOf({ parts, voice }: Group, index: LineIndex): Line {
  const first = parts[0] as Part;
  const parties = unique(parts.map((part) => part.party)).flatMap((id) => index.parties.get(id) ?? []);
  const services = unique(parts.flatMap((part) => part.service ?? []));
  const components = unique(parts.map((part) => part.component));
  const side = parties[0]?.kind ?? 'customer';
  const line = {
    control: first.control,
    side,
    parties,
    mode: first.mode,
    components,
    services,
    dependent: parts.some((part) => part.dependent),
    undetermined: first.undetermined,
  };
  const control = index.controls.get(first.control);
  const template = control?.parts[voice];
  if (parts.length === 1 || first.only || template === undefined) {
    return { ...line, text: first.text, ...(first.provides ? { provides: first.provides } : {}) };
  }
  const values = {
    service: joinNames(
      services.map((id) => index.services.get(id)?.name ?? id),
      NAMED_SERVICES,
    ),
    components: componentsPhrase(parts, components, side, index),
  };
  const text = sentence(template, { ...values, provider: named(parties) });
  const offering = unique(services.flatMap((id) => index.services.get(id)?.partyId ?? [])).flatMap(
    (id) => index.parties.get(id) ?? [],
  );
  const provides =
    first.provides && control?.parts.provides
      ? sentence(control.parts.provides, { ...values, provider: named(offering) })
      : undefined;
  const third = side === 'third-party' && first.basis.kind === 'managed-by' ? parties[0] : undefined;
  return { ...line, text: third ? onBehalf(third, text) : text, ...(provides ? { provides } : {}) };
}

/** One provider by its name; several take the same singular verb as "Each provider". */
function named(parties: Party[]): string {
  const [only] = parties;
  return parties.length === 1 && only ? only.short : 'Each provider';
}

/** The layers by name where they are the same on every service, else all of them together. */
function componentsPhrase(parts: Part[], components: string[], side: Party['kind'], index: LineIndex): string {
  const perService = new Map<string, string[]>();
  for (const part of parts) perService.set(part.service ?? '', [...(perService.get(part.service ?? '') ?? []), part.component]);
  const alike = [...perService.values()].every((own) => new Set(own).size === components.length);
  if (alike) return joinNames(components.map((id) => index.phrases.get(id) ?? id));
  return side === 'customer' ? 'the layers you run' : 'the layers it runs';
}

function unique<T>(items: T[]): T[] {
  return [...new Set(items)];
}
