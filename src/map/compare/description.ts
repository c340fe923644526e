import type { CauseKind, ServiceChange } from '../../comparison.ts';
import type { Exclusion, Matrix, MatrixFramework, Organization, Place } from '../../model.ts';
import { arrow, differing, differingKeys, pairs, same, sameSet } from './differences.ts';
import type { Ledger } from './ledger.ts';
import { compareServices } from './services.ts';

/** Enters everything that the two descriptions say differently, but for statements and assurances. Gives the services that differ. */
export function compareDescriptions(before: Matrix, after: Matrix, ledger: Ledger): ServiceChange[] {
  compareHead(before, after, ledger);
  compareFrameworks(before, after, ledger);
  for (const [id, { from, to }] of pairs(before.conditions, after.conditions, (condition) => condition.id)) {
    // One that only one catalogue asks about is the catalogue's doing, and shows in the requirements that depend on it.
    if (!from || !to || differing(from, to, ['holds', 'stated', 'reason', 'frameworks']).length === 0) continue;
    const held = conditionText(from);
    const holds = conditionText(to);
    const says = held === holds ? `condition ${id}: remark differs` : `condition ${id}: ${arrow(held, holds)}`;
    ledger.add({ id: `condition:${id}`, kind: 'condition', origin: 'description', says }, [id]);
  }
  for (const [key, { from, to }] of pairs(before.exclusions, after.exclusions, (exclusion) => exclusion.requirement)) {
    if (from && to && differing(from, to, ['reason', 'approvedBy', 'until']).length === 0) continue;
    const says = `exclusion of ${key} ${from && to ? exclusionDifference(from, to) : from ? 'was lifted' : 'was added'}`;
    const cause = { says, detail: from ? undefined : to?.reason, place: to?.place };
    ledger.add({ id: `exclusion:${key}`, kind: 'exclusion', origin: 'description', ...cause }, [key]);
  }
  compareParties(before, after, ledger);
  compareRecords(before, after, ledger);
  return compareServices(before, after, ledger);
}

function compareHead(before: Matrix, after: Matrix, ledger: Ledger): void {
  const field = (
    id: string,
    kind: CauseKind,
    what: string,
    from: string | undefined,
    to: string | undefined,
    prose = false,
  ): void => {
    if (from !== to)
      ledger.add({ id, kind, origin: 'description', says: prose ? `${what} differs` : `${what} ${arrow(from, to)}` });
  };
  for (const name of differingKeys(before.organization, after.organization) as (keyof Organization)[]) {
    const what = name === 'name' ? 'organization' : `${name} of the organization`;
    field(`organization.${name}`, 'organization', what, before.organization[name], after.organization[name], name === 'note');
  }
  field('system.name', 'system', 'system', before.system.name, after.system.name);
  field('system.owner', 'owner', 'owner of the system', before.system.owner, after.system.owner);
  field('system.description', 'system', 'description of the system', before.system.description, after.system.description, true);
  const period = ({ period }: Matrix): string | undefined => period && `${period.from} to ${period.to}`;
  field('period', 'period', 'period', period(before), period(after));
  if (!same(before.signatories, after.signatories))
    ledger.add({ id: 'signatories', kind: 'signatories', origin: 'description', says: 'signatories differ' });
  if (before.asOf !== after.asOf)
    ledger.add({ id: 'as-of', kind: 'as-of', origin: 'time', says: `as of ${arrow(before.asOf, after.asOf)}` });
}

function compareFrameworks(before: Matrix, after: Matrix, ledger: Ledger): void {
  for (const [id, { from, to }] of pairs(before.frameworks, after.frameworks, (framework) => framework.id)) {
    if (!from || !to) {
      const framework = (from ?? to) as MatrixFramework;
      const says = `framework ${id} ${from ? 'was removed' : 'was added'}`;
      const detail = `${framework.title} ${framework.version}`;
      ledger.add({ id: `framework:${id}`, kind: 'framework', origin: 'description', says, detail }, [id]);
      continue;
    }
    if (from.version !== to.version) {
      const says = `${to.title} ${arrow(from.version, to.version)}`;
      ledger.add({ id: `framework-version:${id}`, kind: 'framework-version', origin: 'catalogue', says });
    }
    if (!sameSet(from.organizationRoles, to.organizationRoles)) {
      const says = `${id}: role ${arrow(from.organizationRoles.join(', '), to.organizationRoles.join(', '))}`;
      ledger.add({ id: `roles:${id}`, kind: 'roles', origin: 'description', says }, [id]);
    }
    if (!sameSet(from.chosenCategories, to.chosenCategories)) {
      const says = `${id}: categories ${arrow(from.chosenCategories.join(', '), to.chosenCategories.join(', '))}`;
      ledger.add({ id: `categories:${id}`, kind: 'categories', origin: 'description', says }, [id]);
    }
  }
}

function conditionText({ holds, stated, frameworks }: Matrix['conditions'][number]): string {
  if (!stated) return 'not stated';
  return holds ? (frameworks ? `holds for ${frameworks.join(', ')}` : 'holds') : 'does not hold';
}

function exclusionDifference(from: Exclusion, to: Exclusion): string {
  if (from.until !== to.until) return `until ${arrow(from.until, to.until)}`;
  if (from.approvedBy !== to.approvedBy) return `approved by ${arrow(from.approvedBy, to.approvedBy)}`;
  return 'has another reason';
}

/**
 * Parties of the description that are called otherwise. What the catalogue calls its providers is its own doing; that a party is new or
 * gone shows in the services it provides or runs.
 */
function compareParties(before: Matrix, after: Matrix, ledger: Ledger): void {
  const catalogued = new Set([...before.providers, ...after.providers].map((provider) => provider.id));
  for (const [id, { from, to }] of pairs(before.parties, after.parties, (party) => party.id)) {
    if (!from || !to || id === 'customer') continue;
    const fields = differing(from, to, ['name', 'short', 'kind']);
    if (fields.length === 0 || catalogued.has(id)) continue;
    const says = `party ${id}: ${fields.map((field) => `${field} ${arrow(from[field], to[field])}`).join(', ')}`;
    ledger.add({ id: `party:${id}`, kind: 'party', origin: 'description', says }, [id]);
  }
}

/** What is kept on file beside statements and assurances, entry by entry, and the files that the description names. */
function compareRecords(before: Matrix, after: Matrix, ledger: Ledger): void {
  const register = <T extends { place?: Place }>(
    what: string,
    from: readonly T[],
    to: readonly T[],
    id: (item: T) => string,
    about: (item: T) => string[] = () => [],
  ): void => {
    for (const [name, pair] of pairs(from, to, id)) {
      const keys = pair.from && pair.to ? differingKeys(pair.from, pair.to) : [];
      if (pair.from && pair.to && keys.length === 0) continue;
      const says = `${what} ${name} ${keys.length > 0 ? `differs in ${keys.map(spaced).join(', ')}` : pair.from ? 'was removed' : 'was added'}`;
      const either = (pair.to ?? pair.from) as T;
      const known = { id: `${what}:${name}`, kind: 'record', origin: 'description', says, place: pair.to?.place } as const;
      ledger.add(known, [name, ...about(either)]);
    }
  };
  register('record of provider', before.providerRecords, after.providerRecords, ({ provider }) => provider);
  register(
    'duty of customers',
    before.customerDuties,
    after.customerDuties,
    ({ id }) => id,
    ({ controls }) => controls,
  );
  register(
    'processing activity',
    before.activities,
    after.activities,
    ({ id }) => id,
    ({ services }) => services,
  );
  register('suppression', before.suppressions, after.suppressions, ({ finding }) => finding);
  const safeguards = ({ transfers }: Matrix) =>
    transfers.flatMap(({ service, country, record }) => (record ? [{ ...record, service, country }] : []));
  const leg = ({ service, country }: { service: string; country: string }): string => `${service} to ${country}`;
  register('safeguard of transfer', safeguards(before), safeguards(after), leg, ({ service }) => [service]);
  for (const [path, { from, to }] of pairs(before.attachments, after.attachments, (file) => file.path)) {
    // A file that is no longer named, or newly named, shows where it was named.
    if (!from || !to || from.sha256 === to.sha256) continue;
    const says = `file ${path} ${to.sha256 === undefined ? 'is missing now' : from.sha256 === undefined ? 'is there now' : 'has other content'}`;
    ledger.add({ id: `file:${path}`, kind: 'file', origin: 'description', says }, [path]);
  }
}

/** A key as words: `dueDiligence` is "due diligence". */
function spaced(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
