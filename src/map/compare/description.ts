import type { CauseKind, ServiceChange } from '../../comparison.ts';
import type { Matrix, MatrixFramework } from '../../model/matrix.ts';
import type { Exclusion, Organization } from '../../model/system.ts';
import { joinNames, spaced } from '../../sentence.ts';
import { arrow, daysText, differing, differingKeys, pairs, same, sameSet } from './differences.ts';
import type { Ledger } from './ledger.ts';
import { type Entry, REGISTERS, SAFEGUARD, safeguards } from './registers.ts';
import { compareServices } from './services.ts';

/** Enters everything that the two descriptions say differently, but for statements and assurances. Gives the services that differ. */
export function compareDescriptions(before: Matrix, after: Matrix, ledger: Ledger): ServiceChange[] {
  compareHead(before, after, ledger);
  compareFrameworks(before, after, ledger);
  for (const [id, { from, to }] of pairs(before.conditions, after.conditions, (condition) => condition.id)) {
    // One that only one catalogue asks about is the catalogue's doing, and shows in the requirements that depend on it.
    if (!from || !to || differing(from, to, ['holds', 'stated', 'reason', 'frameworks']).length === 0) continue;
    // Data in use make it hold, or no longer do: what differs is the services, and not what is said of it.
    const [was, is] = [from.impliedBy ?? [], to.impliedBy ?? []];
    if ((was.length === 0) !== (is.length === 0)) {
      const kinds = [...is, ...was].flatMap((service) => ['', '/data', '/affects'].map((field) => `service:${service}${field}`));
      ledger.follows(`condition:${id}`, kinds, [id]);
      continue;
    }
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
  field('period', 'period', 'period', daysText(before.period), daysText(after.period));
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
  return joinNames([
    ...(from.until === to.until ? [] : [`until ${arrow(from.until, to.until)}`]),
    ...(from.approvedBy === to.approvedBy ? [] : [`approved by ${arrow(from.approvedBy, to.approvedBy)}`]),
    ...(from.reason === to.reason ? [] : ['has another reason']),
  ]);
}

/**
 * Parties of the description that are called otherwise. What the catalogue calls its providers is its own doing. That a party is new or
 * gone shows in the services it provides or runs, unless these name it on both sides: then it was described on one of them alone.
 */
function compareParties(before: Matrix, after: Matrix, ledger: Ledger): void {
  const catalogued = new Set([...before.providers, ...after.providers].map((provider) => provider.id));
  const named = new Map(pairs(before.services, after.services, ({ id }) => id));
  const described = new Set(
    [...named.values()].flatMap(({ from, to }) =>
      from && to && from.service === to.service && from.provider === to.provider && from.partyId !== to.partyId
        ? [from.partyId, to.partyId]
        : [],
    ),
  );
  for (const [id, { from, to }] of pairs(before.parties, after.parties, (party) => party.id)) {
    if (id === 'customer') continue;
    if (!from || !to) {
      if (!described.has(id) || id.startsWith('provider:') || catalogued.has(id)) continue;
      const says = `party ${id} was ${from ? 'removed' : 'added'}`;
      ledger.add({ id: `party:${id}`, kind: 'party', origin: 'description', says }, [id]);
      continue;
    }
    const fields = differing(from, to, ['name', 'short']);
    if (fields.length === 0 || catalogued.has(id)) continue;
    const says = `party ${id}: ${fields.map((field) => `${field} ${arrow(from[field], to[field])}`).join(', ')}`;
    ledger.add({ id: `party:${id}`, kind: 'party', origin: 'description', says }, [id]);
  }
}

/** What is kept on file beside statements and assurances, entry by entry, and the files that the description names. */
function compareRecords(before: Matrix, after: Matrix, ledger: Ledger): void {
  const enter = (what: string, name: string, keys: string[], from: unknown, to: Entry | undefined, about: string[]): void => {
    const says = `${what} ${name} ${keys.length > 0 ? `differs in ${keys.map(spaced).join(', ')}` : from ? 'was removed' : 'was added'}`;
    const cause = { id: `${what}:${name}`, kind: 'record', origin: 'description', says, place: to?.place } as const;
    ledger.add(cause, [name, ...about]);
  };
  for (const { what, get, id, about } of REGISTERS) {
    for (const [name, { from, to }] of pairs(get(before), get(after), id)) {
      const keys = from && to ? differingKeys(from, to) : [];
      if (from && to && keys.length === 0) continue;
      enter(
        what,
        name,
        keys,
        from,
        to,
        [to, from].flatMap((entry) => (entry ? about(entry) : [])),
      );
    }
  }
  for (const [name, { from, to, about }] of safeguards(before, after)) {
    const keys = from && to ? differingKeys(from, to) : [];
    if (!from || !to || keys.length > 0) enter(SAFEGUARD, name, keys, from, to, [...about]);
  }
  for (const [path, { from, to }] of pairs(before.attachments, after.attachments, (file) => file.path)) {
    // A file that is no longer named, or newly named, shows where it was named.
    if (!from || !to || from.sha256 === to.sha256) continue;
    const says = `file ${path} ${to.sha256 === undefined ? 'is missing now' : from.sha256 === undefined ? 'is there now' : 'has other content'}`;
    ledger.add({ id: `file:${path}`, kind: 'file', origin: 'description', says }, [path]);
  }
}
