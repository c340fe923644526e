import { assuranceEnd, firstDayOf, isParty } from '../assurances.ts';
import type { Counts, Matrix, Severity } from '../model/matrix.ts';
import type { Status } from '../model/system.ts';
import { ASSURANCE, OWNERSHIPS, SEVERITY, STATUS } from '../terms.ts';
import { type Standing, standingOf } from './standing.ts';

/** How many requirements a framework asks, who holds them, and how far they are met. */
export interface Figures {
  requirements: number;
  ownership: Counts;
  status: Record<Status, number>;
}

interface NamedFramework {
  id: string;
  title: string;
  version: string;
}

/** One system in the register: where its pack is and what the pack's matrix says. */
export interface RegisterEntry {
  /** The folder of the pack, as it was found. */
  pack: string;
  /** SHA-256 of the pack's manifest, which names every file of the pack. */
  manifest: string;
  organization: string;
  system: string;
  asOf: string;
  services: number;
  frameworks: (NamedFramework & Figures)[];
  /** Findings by severity; those that are lived with for now are counted apart. */
  findings: Record<Severity, number>;
  suppressed: number;
  rules: { id: string; title: string; severity: Severity; findings: number }[];
  providers: { id: string; name: string; services: string[]; assurances: RegisteredAssurance[] }[];
}

/** A report or agreement on file, as it stands on the day of the pack. */
export interface RegisteredAssurance {
  kind: string;
  title: string;
  /** The last day on which it counts (ISO); absent where it has no end. */
  until?: string;
  standing: Standing;
}

/** The packs of many systems in one table, with totals. */
export interface Register {
  format: 'demarc-register';
  formatVersion: 1;
  totals: {
    systems: number;
    services: number;
    /** One version of a framework, over the systems that are held against it. */
    frameworks: (NamedFramework & Figures & { systems: number })[];
    findings: Record<Severity, number>;
    suppressed: number;
    rules: { id: string; title: string; severity: Severity; systems: number; findings: number }[];
    providers: { id: string; name: string; systems: number; services: number }[];
  };
  systems: RegisterEntry[];
  /** Packs that are not counted, descriptions without a pack, and packs of descriptions that have changed. */
  open: { path: string; says: string }[];
}

const STATUSES = Object.keys(STATUS) as Status[];
const SEVERITIES = Object.keys(SEVERITY) as Severity[];

/** What the register says of one pack. */
export function registerEntry(matrix: Matrix, pack: string, manifest: string): RegisterEntry {
  const counting = matrix.findings.filter((finding) => !finding.suppressed);
  const carried = new Set(matrix.parts.map(({ party, service }) => `${party} ${service}`));
  return {
    pack,
    manifest,
    organization: matrix.organization.name,
    system: matrix.system.name,
    asOf: matrix.asOf,
    services: matrix.services.length,
    frameworks: matrix.frameworks.map(({ id, title, version, requirements, counts }) => ({
      id,
      title,
      version,
      requirements: requirements.length,
      ownership: counts,
      status: tally(STATUSES, (status) => requirements.filter(({ row }) => row.status === status).length),
    })),
    findings: tally(SEVERITIES, (severity) => counting.filter((finding) => finding.severity === severity).length),
    suppressed: matrix.findings.length - counting.length,
    rules: matrix.rules.flatMap(({ id, title }) => {
      const own = counting.filter((finding) => finding.rule === id);
      return SEVERITIES.flatMap((severity) => {
        const findings = own.filter((finding) => finding.severity === severity).length;
        return findings > 0 ? [{ id, title, severity, findings }] : [];
      });
    }),
    providers: matrix.parties
      .filter(({ kind }) => kind !== 'customer')
      .map((party) => ({
        id: party.id,
        name: party.name,
        services: matrix.services
          .filter(({ id, partyId }) => partyId === party.id || carried.has(`${party.id} ${id}`))
          .map(({ name }) => name),
        assurances: matrix.assurances
          .filter(({ provider }) => isParty(provider, party))
          .map((assurance) => {
            const until = assuranceEnd(assurance);
            const standing = standingOf(firstDayOf(assurance), until, matrix.asOf);
            return { kind: ASSURANCE[assurance.type], title: assurance.title, ...(until ? { until } : {}), standing };
          }),
      })),
  };
}

/** Joins entries with what is open about them. Systems are in the order of organizations, names and folders; totals in that of weight. */
export function registerOf(entries: readonly RegisterEntry[], open: Register['open']): Register {
  const systems = [...entries].sort((a, b) => order([a.organization, a.system, a.pack], [b.organization, b.system, b.pack]));
  const sum = (of: (entry: RegisterEntry) => number): number => systems.reduce((total, entry) => total + of(entry), 0);
  return {
    format: 'demarc-register',
    formatVersion: 1,
    totals: {
      systems: systems.length,
      services: sum(({ services }) => services),
      frameworks: grouped(
        systems.flatMap(({ frameworks }) => frameworks),
        ({ id, version }) => `${id} ${version}`,
        ([first, ...more]) => ({ ...[first, ...more].reduce(added), systems: more.length + 1 }),
      ).sort((a, b) => order([a.id, a.version], [b.id, b.version])),
      findings: tally(SEVERITIES, (severity) => sum(({ findings }) => findings[severity])),
      suppressed: sum(({ suppressed }) => suppressed),
      rules: grouped(
        systems.flatMap(({ rules }) => rules),
        ({ id, severity }) => `${id} ${severity}`,
        (own) => ({ ...own[0], systems: own.length, findings: own.reduce((total, { findings }) => total + findings, 0) }),
      ).sort(
        (a, b) =>
          SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.findings - a.findings || order([a.id], [b.id]),
      ),
      providers: grouped(
        systems.flatMap(({ providers }) => providers),
        ({ id, name }) => `${id} ${name}`,
        (own) => ({
          id: own[0].id,
          name: own[0].name,
          systems: own.length,
          services: own.reduce((total, { services }) => total + services.length, 0),
        }),
      ).sort((a, b) => b.systems - a.systems || b.services - a.services || order([a.name], [b.name])),
    },
    systems,
    open: [...open].sort((a, b) => order([a.path, a.says], [b.path, b.says])),
  };
}

function added<T extends Figures>(a: T, b: Figures): T {
  return {
    ...a,
    requirements: a.requirements + b.requirements,
    ownership: tally(OWNERSHIPS, (ownership) => a.ownership[ownership] + b.ownership[ownership]),
    status: tally(STATUSES, (status) => a.status[status] + b.status[status]),
  };
}

function tally<K extends string>(keys: readonly K[], of: (key: K) => number): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<K, number>;
}

/** Items of one key made into one, in the order in which keys first come. */
function grouped<T, R>(items: readonly T[], key: (item: T) => string, make: (own: [T, ...T[]]) => R): R[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const own = groups.get(key(item));
    if (own) own.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()].map(make);
}

/** Compares by the first words that differ. Not by the rules of a language, which differ between machines. */
function order(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((word, position) => word !== b[position]);
  if (at === -1) return 0;
  return (a[at] ?? '') < (b[at] ?? '') ? -1 : 1;
}
