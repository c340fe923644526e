import type { Control, Matrix, MatrixRequirement, MatrixService, Mode, Part, Party } from '../model.ts';
import { joinNames, onBehalf, sentence } from '../sentence.ts';

/** What one party does under one control, over all services on which it does the same. */
export interface Line {
  control: string;
  party: Party;
  mode: Mode;
  components: string[];
  /** Empty for what exists once per system or provider. */
  services: string[];
  text: string;
  /** What the provider supplies beside it. */
  provides?: string;
  /** True when the line is met only together with the other party's. */
  dependent: boolean;
  undetermined: boolean;
}

/** How many services a sentence names before it says "and 3 more"; all of them stand in the services column. */
const NAMED_SERVICES = 4;

/** Looks up what lines need, once per matrix. */
export interface LineIndex {
  matrix: Matrix;
  controls: Map<string, Control>;
  services: Map<string, MatrixService>;
  parties: Map<string, Party>;
  phrases: Map<string, string>;
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
    made: new Map(),
  };
}

/** The parts of a requirement as lines, in the order of its controls; services that split a control alike share a line. */
export function linesOf(requirement: MatrixRequirement, index: LineIndex): Line[] {
  return linesOfParts(requirement.row.parts, index);
}

/** Any set of parts as lines. */
export function linesOfParts(positions: readonly number[], index: LineIndex): Line[] {
  const key = positions.join();
  const known = index.made.get(key);
  if (known) return known;
  // First what one party does on one service, with all components on which it does it; then the services alike.
  const perService = new Map<string, { part: Part; components: string[] }>();
  for (const position of positions) {
    const part = index.matrix.parts[position];
    if (!part) continue;
    const id = [part.control, part.party, part.voice, part.service ?? '', part.undetermined, part.dependent, part.only ? part.text : ''].join('\u0000');
    const entry = perService.get(id);
    if (entry) {
      if (!entry.components.includes(part.component)) entry.components.push(part.component);
    } else perService.set(id, { part, components: [part.component] });
  }
  const groups = new Map<string, { part: Part; components: string[]; services: string[] }>();
  for (const { part, components } of perService.values()) {
    const provider = part.service ? (index.services.get(part.service)?.partyId ?? '') : '';
    const id = [part.control, part.party, part.voice, part.undetermined, part.dependent, components.join(), provider, part.only ? part.text : ''].join('\u0000');
    const group = groups.get(id) ?? { part, components, services: [] };
    if (part.service) group.services.push(part.service);
    groups.set(id, group);
  }
  const lines = [...groups.values()].map(({ part, components, services }) => lineOf(part, components, services, index));
  index.made.set(key, lines);
  return lines;
}

function lineOf(part: Part, components: string[], services: string[], index: LineIndex): Line {
  const party = index.parties.get(part.party) as Party;
  const line = { control: part.control, party, mode: part.mode, components, services, dependent: part.dependent, undetermined: part.undetermined };
  const template = index.controls.get(part.control)?.parts[part.voice];
  if (part.only || template === undefined || (services.length <= 1 && components.length <= 1)) {
    return { ...line, text: part.text, ...(part.provides ? { provides: part.provides } : {}) };
  }
  const owner = services[0] ? index.services.get(services[0])?.partyId : part.party;
  const values = {
    service: joinNames(services.map((id) => index.services.get(id)?.name ?? id), NAMED_SERVICES),
    provider: index.parties.get(owner ?? part.party)?.short ?? 'the provider',
    components: joinNames(components.map((id) => index.phrases.get(id) ?? id)),
  };
  const text = sentence(template, values);
  const provides = index.controls.get(part.control)?.parts.provides;
  const third = party.kind === 'third-party' && part.basis.kind === 'managed-by';
  return { ...line, text: third ? onBehalf(party, text) : text, ...(part.provides && provides ? { provides: sentence(provides, values) } : {}) };
}
