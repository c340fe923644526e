import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Statement, System } from '../src/model/system.ts';
import { readSystem } from '../src/read/system.ts';
import { ALL_FRAMEWORKS, catalogue, ROOT, use } from './support.ts';

/** One thing about a description that is made otherwise, and the cause by which a comparison has to name it. */
export interface Mutation {
  name: string;
  /** What ids of its causes look like. */
  cause: RegExp;
  mutate(system: System): void;
  /** The day as of which it is mapped then. */
  asOf?: string;
}

type Key = string | number;

/** A sample as it is read. */
export function sample(name: string): System {
  return readSystem('system.yaml', (path) => readFileSync(join(ROOT, 'samples', name, path), 'utf8'), catalogue());
}

/** What names an entry of a list, or stands where the reader fills it in: without it there is no description. */
const NEEDED =
  /^(?:statements\.\d+\.(?:status|control|requirement|services)|services\.\d+\.(?:id|service|model|provider|purpose|options|facts|components)|(?:assurances|customerDuties|activities|parties|frameworks)\.\d+\.id|assurances\.\d+\.(?:provider|type|excludes.*|cuecs\.\d+\.id)|(?:suppressions|exclusions)\.\d+\.(?:finding|requirement)|providerRecords\.\d+\.provider|transfers\.\d+\.(?:service|provider|country)|conditions\.[^.]+\.holds|.*period\.(?:from|to)|parties\.\d+|.*\.(?:title|text|purposes|name)|organization\.name|system\.name)$/;
const OUTSIDE = new Set(['place', 'files', 'catalogue', 'policy', 'asOf', 'attachments']);

/** Everything that can be taken out of a description, set otherwise in it or added to it, one at a time. */
export function mutations(system: System): Mutation[] {
  return [...takenOrSet(system), ...added(system), ...days()];
}

function takenOrSet(system: System): Mutation[] {
  const found: Mutation[] = [];
  const at = (root: object, path: readonly Key[]): Record<Key, unknown> =>
    path.reduce((node, key) => (node as Record<Key, object>)[key] as object, root) as Record<Key, unknown>;
  const walk = (node: unknown, path: Key[]): void => {
    const name = path.join('.');
    const key = path.at(-1) ?? '';
    const parent = (root: System) => at(root, path.slice(0, -1));
    if (path.length > 0 && !NEEDED.test(name)) {
      const cause = causeAt(system, path);
      if (typeof key === 'number')
        found.push({ name: `take ${name}`, cause, mutate: (one) => void (parent(one) as unknown as unknown[]).splice(key, 1) });
      else if (path.length > 1 && !Array.isArray(node))
        found.push({
          name: `take ${name}`,
          cause,
          mutate(one) {
            delete parent(one)[key];
          },
        });
    }
    if (typeof node === 'object' && node !== null) {
      for (const [inner, value] of Array.isArray(node) ? node.entries() : Object.entries(node))
        if (!OUTSIDE.has(String(inner))) walk(value, [...path, inner]);
      return;
    }
    for (const value of othersOf(node, path, system))
      found.push({
        name: `set ${name} to ${value}`,
        cause: causeAt(system, path),
        mutate(one) {
          parent(one)[key] = value;
        },
      });
  };
  walk(system, []);
  return found;
}

/** The cause of a difference at a path of the description. */
function causeAt(system: System, [root, second = '', field, name]: readonly Key[]): RegExp {
  const exactly = (id: string): RegExp => new RegExp(`^${id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
  const entry = (system as unknown as Record<Key, Record<Key, Record<string, string>>>)[root ?? '']?.[second] ?? {};
  switch (root) {
    case 'services': {
      const id = `service:${entry.id}`;
      if (field === undefined) return new RegExp(`^${id}$|^condition:`);
      if (field === 'options' || field === 'facts' || field === 'components')
        return exactly(`${id}/${field.slice(0, -1)}:${name}`);
      const renamed: Record<string, string> = {
        service: 'delivery',
        model: 'delivery',
        provider: 'delivery',
        managedBy: 'managed-by',
      };
      return exactly(`${id}/${renamed[field] ?? field}`);
    }
    case 'frameworks':
      return exactly(`${field === 'categories' ? 'categories' : 'framework'}:${entry.id}`);
    case 'statements':
      return new RegExp(`^statement:${(entry.requirement ?? entry.control ?? '').replace(/[.()]/g, '\\$&')}(?:[/#]|$)`);
    case 'organization':
    case 'system':
      return exactly(`${root}.${second}`);
    case 'transfers':
      return /^safeguard of transfers by:/;
    case 'period':
    case 'signatories':
      return exactly(root);
    default: {
      const names: Record<string, [what: string, key: string]> = {
        roles: ['roles', ''],
        conditions: ['condition', ''],
        parties: ['party', 'id'],
        assurances: ['assurance', 'id'],
        exclusions: ['exclusion', 'requirement'],
        providerRecords: ['record of provider', 'provider'],
        customerDuties: ['duty of customers', 'id'],
        activities: ['processing activity', 'id'],
        suppressions: ['suppression', 'finding'],
      };
      const [what = '', key = ''] = names[root ?? ''] ?? [];
      return exactly(`${what}:${key === '' ? second : entry[key]}`);
    }
  }
}

/** Other values that may stand at a path. */
function othersOf(value: unknown, path: readonly Key[], system: System): unknown[] {
  const [root, position, field, name] = path;
  const key = String(path.at(-1));
  const but = (values: readonly string[]): string[] => values.filter((other) => other !== value);
  if (typeof value === 'boolean') return [!value];
  if (typeof value !== 'string') return [];
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return ['2020-01-01', '2026-11-15', '2029-01-01'];
  if (root === 'statements' && key === 'status') return but(['implemented', 'partial', 'planned', 'not-applicable'] as const);
  if (root === 'services') {
    const service = system.services[Number(position)];
    if (field === 'id' || field === 'provider' || key === 'party') return [];
    if (field === 'service') return but(['aws/ec2', 'azure/virtual-machines', 'aws/s3']);
    if (field === 'model') return but(['iaas', 'saas', 'unknown']);
    if (field === 'data' || field === 'affects') return but(['personal', 'health', 'cardholder', 'public']);
    if (field === 'regions') return but(['us-east-1', 'westeurope', 'nowhere']);
    if (field === 'options') {
      const [provider, id] = service?.service?.split('/') ?? [];
      const entry = catalogue()
        .providers.find((one) => one.id === provider)
        ?.services.find((one) => one.id === id);
      return but(Object.keys(entry?.options.find((option) => option.id === name)?.values ?? {}));
    }
    if (field === 'facts') return but(Object.keys(catalogue().facts.find((fact) => fact.id === name)?.values ?? {}));
    if (key === 'holder') return but(['customer', 'provider', 'shared', 'undetermined']);
    if (field === 'managedBy') return key === 'note' ? [`${value} Otherwise.`] : [];
  }
  if (NEEDED.test(path.join('.')) && root !== 'assurances') return [];
  if (key === 'type') return but(['soc2-type2', 'dpa', 'other']);
  if (key === 'provider') return but(['azure', 'aws']);
  if (key === 'opinion') return but(['qualified', 'unqualified']);
  if (key === 'safeguard') return but(['adequacy', 'derogation']);
  if (key === 'role') return but(['controller', 'processor']);
  if (key === 'country') return but(['US', 'DE']);
  if (field === 'services') return but(system.services.map(({ id }) => id)).slice(0, 2);
  if (field === 'controls' || key === 'id' || root === 'roles' || root === 'frameworks') return [];
  return [`${value} Otherwise`];
}

/** What a description does not have yet. */
function added(system: System): Mutation[] {
  const found: Mutation[] = [];
  const add = (name: string, cause: RegExp, mutate: (system: System) => void): void => {
    found.push({ name: `add ${name}`, cause, mutate });
  };
  for (const service of ['aws/rds', 'azure/virtual-machines', 'github/github'])
    add(service, /^service:fresh$/, ({ services }) =>
      services.push(use({ id: 'fresh', service, data: ['personal', 'cardholder', 'health'], regions: ['us-east-1'] })),
    );
  add('a service of nobody knows what', /^service:fresh$/, ({ services }) =>
    services.push(use({ id: 'fresh', model: 'unknown', provider: 'Newcomer', data: ['personal'] })),
  );
  for (const choice of ALL_FRAMEWORKS)
    if (!system.frameworks.some(({ id }) => id === choice.id))
      add(choice.id, /^framework:/, ({ frameworks }) => frameworks.push(structuredClone(choice)));
  for (const { id, roles } of catalogue().frameworks)
    for (const role of roles)
      if (system.roles[id] && !system.roles[id].includes(role.id))
        add(`${id} role ${role.id}`, new RegExp(`^roles:${id}$`), (one) => one.roles[id]?.push(role.id));
  for (const { id } of catalogue().conditions)
    if (!system.conditions[id])
      add(`condition ${id}`, new RegExp(`^condition:${id}$`), ({ conditions }) => {
        conditions[id] = { holds: false };
      });
  for (const { id } of system.services) {
    const change = (name: string, mutate: (service: System['services'][number]) => void): void =>
      add(`${name} of ${id}`, new RegExp(`^service:${id}/${name}$`), ({ services }) => {
        for (const service of services) if (service.id === id) mutate(service);
      });
    const { facts, components } = system.services.find((service) => service.id === id) ?? use({ id });
    if (!components['operating-system'])
      change('component:operating-system', (service) => {
        service.components['operating-system'] = { holder: 'shared', reason: 'A test.' };
      });
    if (!facts['audit-logs'])
      change('fact:audit-logs', (service) => {
        service.facts['audit-logs'] = 'always';
      });
  }
  for (const [position, { id }] of catalogue().controls.entries()) {
    if (position % 9 > 0) continue;
    const statement: Statement = { control: id, services: [], status: 'implemented', owner: 'Zoe', evidence: [] };
    add(`statement on ${id}`, new RegExp(`^statement:${id}(?:#|$)`), ({ statements }) => statements.push(statement));
  }
  for (const { id, requirements } of catalogue().frameworks) {
    const requirement = `${id}:${requirements[5]?.id}`;
    if (system.frameworks.some((choice) => choice.id === id) && !system.exclusions.some((one) => one.requirement === requirement))
      add(`exclusion of ${requirement}`, /^exclusion:/, ({ exclusions }) =>
        exclusions.push({ requirement, reason: 'A test.', approvedBy: 'Ann' }),
      );
  }
  return found;
}

/** The same description on other days. */
function days(): Mutation[] {
  return ['2024-01-01', '2026-11-30', '2027-03-31', '2028-10-31'].map((asOf) => ({
    name: `as of ${asOf}`,
    cause: /^as-of$/,
    mutate: () => {},
    asOf,
  }));
}
