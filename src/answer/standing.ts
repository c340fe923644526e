import type { AssuranceType, Control } from '../model/catalogue.ts';
import type { Matrix, MatrixFramework, MatrixRequirement, Part } from '../model/matrix.ts';
import type { Statement, Status } from '../model/system.ts';
import { indexStatements, rollUpStatus, type StatementIndex, statementFor } from '../statements.ts';
import { type Held, heldByOthers, proofAmong } from './proof.ts';
import { plainId } from './scheme.ts';

/** How one control stands in the system, whoever asks: the organization's own parts with their statements, and the parts of others. */
export interface Standing {
  id: string;
  title: string;
  /** How the organization's own parts stand; absent where it holds none. */
  own?: Status;
  /** Whether its own parts exist once for the organization, on services, or both. */
  ownAt?: 'own-corporate' | 'own' | 'own-hybrid';
  /** Statements that answer its own parts, in the order of the description. */
  statements: Statement[];
  /** Names of services on which an own part has no statement; empty with `own: unanswered` where it has none at all. */
  open: string[];
  /** Who answers for its own parts. */
  owners: string[];
  others: Held[];
  /** True where it carries parts itself at places at which its own customers hold duties under other controls. */
  besideReaders?: true;
  /** Why there is nothing to do at all, where the description says so. */
  absent?: string;
}

/** Finds how controls and requirements stand. */
export interface Standings {
  /** One control, or `control@component` for its parts at one component; undefined for an id that the matrix does not know. */
  control(id: string): Standing | undefined;
  /** The parts of others under a control, or at one component of it, judged by some kinds of documents alone. */
  heldUnder(id: string, types: readonly AssuranceType[]): Held[];
  /** The requirements that `framework:requirement` means, all of those below it for a heading; empty for an unknown id. */
  requirements(key: string): Standing[];
}

/** Statements on one requirement say nothing about its control elsewhere. */
const NO_REQUIREMENT = '-';

/** The customer's id among the parties of a matrix. */
const CUSTOMER = 'customer';

/** How the controls of a matrix stand. The matrix must have been mapped with every control. */
export function standingsOf(matrix: Matrix): Standings {
  const statements = indexStatements(matrix.statements);
  const controls = new Map(matrix.controls.map((control) => [control.id, control]));
  const parts = new Map<string, Part[]>();
  for (const part of matrix.parts) {
    // A provider's duty toward its customer discharges none of the customer's; a published statement is about one requirement alone.
    if (part.component === 'provider-organization' || part.only) continue;
    const own = parts.get(part.control);
    if (own) own.push(part);
    else parts.set(part.control, [part]);
  }
  const readers = readersPlaces(matrix);
  const partsUnder = (name: string, component: string | undefined): Part[] =>
    (parts.get(name) ?? []).filter((part) => component === undefined || part.component === component);
  const known = new Map<string, Standing>();
  return {
    control: (id) => {
      const [name = '', component] = id.split('@');
      const control = controls.get(name);
      if (!control) return undefined;
      let standing = known.get(id);
      if (!standing) {
        standing = controlStanding(control, partsUnder(name, component), component, matrix, statements, readers);
        known.set(id, standing);
      }
      return standing;
    },
    heldUnder: (id, types) => {
      const [name = '', component] = id.split('@');
      return heldByOthers(partsUnder(name, component), matrix, types);
    },
    requirements: (key) => {
      const [id = '', ...rest] = key.split(':');
      const framework = matrix.frameworks.find((candidate) => candidate.id === id);
      if (!framework) return [];
      return requirementsNamed(rest.join(':'), framework).map((found) =>
        requirementStanding(found, framework, matrix, statements),
      );
    },
  };
}

function controlStanding(
  control: Control,
  parts: readonly Part[],
  component: string | undefined,
  matrix: Matrix,
  index: StatementIndex,
  readers: ReadonlySet<string>,
): Standing {
  const besideReaders = parts.some((part) => part.party === CUSTOMER && readers.has(placeOf(part)));
  const surface = control.surface.map((entry) => entry.component).filter((id) => component === undefined || id === component);
  const absent = parts.length === 0 ? whyAbsent(surface, matrix) : undefined;
  return {
    id: control.id,
    title: control.title,
    ...ownSide(parts, NO_REQUIREMENT, matrix, index),
    others: heldByOthers(parts, matrix),
    ...(besideReaders ? { besideReaders } : {}),
    ...(absent === undefined ? {} : { absent }),
  };
}

/** The places, each a component of a service, at which the organization's own customers hold duties. */
function readersPlaces(matrix: Matrix): ReadonlySet<string> {
  const places = new Set<string>();
  for (const duty of matrix.customerDuties)
    for (const part of matrix.parts)
      if (part.service && duty.services.includes(part.service) && duty.controls.includes(part.control)) places.add(placeOf(part));
  return places;
}

function placeOf({ service, component }: Part): string {
  return `${service} ${component}`;
}

function requirementStanding(
  { row, title }: MatrixRequirement,
  framework: MatrixFramework,
  matrix: Matrix,
  index: StatementIndex,
): Standing {
  const parts = row.parts
    .flatMap((position) => matrix.parts[position] ?? [])
    .filter((part) => part.component !== 'provider-organization');
  const { expects } = framework;
  return {
    id: row.key,
    title: `${framework.title} ${row.id}: ${title}`,
    ...ownSide(parts, row.key, matrix, index),
    // A framework says what it expects of a provider. Where that is an agreement, it is a promise, and only proof beside it will do.
    others: heldByOthers(parts, matrix, proofAmong(expects)),
    ...(row.ownership === 'not-applicable' && row.reason ? { absent: row.reason } : {}),
  };
}

/** How the organization's own parts stand, by the statements that answer them. */
function ownSide(
  parts: readonly Part[],
  key: string,
  matrix: Matrix,
  index: StatementIndex,
): Pick<Standing, 'own' | 'ownAt' | 'statements' | 'open' | 'owners'> {
  const positions = new Set<number>();
  const statuses = new Set<Status>();
  const open = new Set<string>();
  const owners = new Set<string>();
  const places = new Set<'own-corporate' | 'own'>();
  for (const part of parts) {
    if (part.party !== CUSTOMER) continue;
    places.add(part.service === undefined ? 'own-corporate' : 'own');
    const position = statementFor(key, part, matrix.statements, index);
    const statement = position === undefined ? undefined : matrix.statements[position];
    if (position !== undefined) positions.add(position);
    const status = statement?.status ?? 'unanswered';
    statuses.add(status);
    const service = matrix.services.find((candidate) => candidate.id === part.service);
    if (status === 'unanswered' && service) open.add(service.name);
    const owner = statement?.owner ?? service?.owner ?? matrix.system.owner;
    if (owner) owners.add(owner);
  }
  return {
    ...(statuses.size > 0 ? { own: statuses.has('unanswered') ? 'unanswered' : rollUpStatus(statuses) } : {}),
    ...(places.size > 0 ? { ownAt: places.size > 1 ? 'own-hybrid' : ([...places][0] as 'own') } : {}),
    statements: [...positions].sort((a, b) => a - b).flatMap((position) => matrix.statements[position] ?? []),
    // Where nothing at all is answered, naming every service says no more than that.
    open: statuses.size > 1 ? [...open] : [],
    owners: [...owners],
  };
}

/** The requirements that an id means: itself, one that had this id in an earlier version, or all below a heading. */
function requirementsNamed(id: string, framework: MatrixFramework): MatrixRequirement[] {
  const wanted = plainId(id);
  const same = (other: string): boolean => plainId(other) === wanted;
  const named = framework.requirements.filter((requirement) => same(requirement.id) || requirement.aliases.some(same));
  if (named.length > 0) return named;
  const below = new Set(framework.headings.filter((heading) => same(heading.id)).map((heading) => heading.id));
  if (below.size === 0) return [];
  for (const heading of framework.headings) if (heading.parent && below.has(heading.parent)) below.add(heading.id);
  return framework.requirements.filter((requirement) => requirement.parent !== undefined && below.has(requirement.parent));
}

/** The reason for which a control asks nothing: the description denies everything at which it is exercised. */
function whyAbsent(surface: readonly string[], matrix: Matrix): string | undefined {
  const reasons = surface.map((component) => {
    const when = matrix.components.find((candidate) => candidate.id === component)?.when;
    const condition = matrix.conditions.find((candidate) => candidate.id === when);
    return condition && !condition.holds ? condition.reason : undefined;
  });
  if (reasons.length === 0 || reasons.some((reason) => reason === undefined)) return undefined;
  return [...new Set(reasons)].join(' ');
}
