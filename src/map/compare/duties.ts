import type { DutyChange, Holding, PartChange } from '../../comparison.ts';
import type { Control } from '../../model/catalogue.ts';
import type { Matrix, MatrixService } from '../../model/matrix.ts';
import type { Status } from '../../model/system.ts';
import { joinNames, sentence } from '../../sentence.ts';
import { indexStatements, rollUpStatus, statementFor } from '../../statements.ts';
import { CUSTOMER } from '../service.ts';
import { ownerOf } from '../status.ts';
import { unique } from './differences.ts';

type Kind = DutyChange['change'];

/** What part changes mean for the customer: duties it gained, lost, or now carries in another way, gathered by control and service. */
export function dutyChanges(before: Matrix, after: Matrix, changes: readonly PartChange[]): DutyChange[] {
  const groups = new Map<string, { kind: Kind; control: string; changes: PartChange[] }>();
  for (const change of changes) {
    const kind = kindOf(change);
    if (!kind) continue;
    const key = `${change.control}\u0000${change.service ?? ''}\u0000${kind}`;
    const group = groups.get(key);
    if (group) group.changes.push(change);
    else groups.set(key, { kind, control: change.control, changes: [change] });
  }
  const sides = { before: sideOf(before), after: sideOf(after) };
  const order: Kind[] = ['gained', 'changed', 'lost'];
  return [...groups.values()]
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .map((group) => ({
      ...dutyChange(group, group.kind === 'lost' ? sides.before : sides.after),
      ...(group.kind === 'changed' ? { before: textsOf(group, 'from', sides.before) } : {}),
    }));
}

function own(holdings: readonly Holding[]): Holding | undefined {
  return holdings.find(({ party }) => party === CUSTOMER);
}

function kindOf({ from, to, reworded }: PartChange): Kind | undefined {
  if (reworded) return undefined;
  const was = own(from);
  const is = own(to);
  if (was && is) return was.mode === is.mode && was.undetermined === is.undetermined ? undefined : 'changed';
  return is ? 'gained' : was ? 'lost' : undefined;
}

/** The side of the comparison on which the duty is to be done, or was. */
interface DutySide {
  matrix: Matrix;
  controls: Map<string, Control>;
  services: Map<string, MatrixService>;
  phrases: Map<string, string>;
  statements: ReturnType<typeof indexStatements>;
}

function sideOf(matrix: Matrix): DutySide {
  return {
    matrix,
    controls: new Map(matrix.controls.map((control) => [control.id, control])),
    services: new Map(matrix.services.map((service) => [service.id, service])),
    phrases: new Map(matrix.components.map(({ id, phrase }) => [id, phrase])),
    statements: indexStatements(matrix.statements),
  };
}

function dutyChange(
  { kind, control: id, changes }: { kind: Kind; control: string; changes: PartChange[] },
  side: DutySide,
): DutyChange {
  const { matrix, services } = side;
  const service = changes[0]?.service;
  const control = side.controls.get(id);
  const owners = new Set<string>();
  const statuses = new Set<Status>();
  for (const change of changes) {
    // A statement may answer one requirement alone, so that the part stands otherwise in each.
    for (const key of change.requirements) {
      const position = statementFor(key, change, matrix.statements, side.statements);
      const statement = position === undefined ? undefined : matrix.statements[position];
      statuses.add(statement?.status ?? 'unanswered');
      const owner = ownerOf(change, statement, matrix, services);
      if (owner !== undefined) owners.add(owner);
    }
  }
  const others = changes.flatMap(({ from, to }) =>
    (kind === 'lost' ? to : kind === 'gained' ? from : []).flatMap(({ party }) => (party === CUSTOMER ? [] : [party])),
  );
  return {
    control: id,
    title: control?.title ?? id,
    change: kind,
    ...(service === undefined ? {} : { service }),
    texts: textsOf({ control: id, changes }, kind === 'lost' ? 'from' : 'to', side),
    others: unique(others),
    requirements: unique(changes.flatMap(({ requirements }) => requirements)),
    owners: [...owners],
    ...(kind === 'lost' ? {} : { status: rollUpStatus(statuses) }),
    answered: kind === 'lost' || !statuses.has('unanswered'),
    evidence: kind === 'lost' ? [] : (control?.evidence.customer ?? []),
    causes: unique(changes.flatMap(({ causes }) => causes)),
  };
}

/** The sentences of the duty: layers that share one are named together. */
function textsOf(
  { control: id, changes }: { control: string; changes: readonly PartChange[] },
  when: 'from' | 'to',
  side: DutySide,
): string[] {
  const control = side.controls.get(id);
  const templates = new Map<string, string[]>();
  const texts: string[] = [];
  for (const { [when]: holdings, service, only, component } of changes) {
    const holding = own(holdings) as Holding;
    const template = control?.parts[holding.mode === 'configure' ? 'configure' : 'implement'];
    if (service === undefined || only !== undefined || template === undefined) texts.push(holding.text);
    else templates.set(template, [...(templates.get(template) ?? []), side.phrases.get(component) ?? component]);
  }
  const service = side.services.get(changes[0]?.service ?? '');
  for (const [template, components] of templates) {
    const values = {
      service: service?.name ?? '',
      provider: service?.providerName || 'the provider',
      components: joinNames(components),
    };
    texts.push(sentence(template, values));
  }
  return unique(texts);
}
