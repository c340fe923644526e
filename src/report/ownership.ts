import { SEES } from '../audience.ts';
import type { Badge, Tone } from '../document.ts';
import type { Holder } from '../model/catalogue.ts';
import type { Audience, Matrix, MatrixFramework, MatrixRequirement, Ownership, Party, Severity } from '../model/matrix.ts';
import type { Status } from '../model/system.ts';
import { sentenceCase } from '../sentence.ts';
import { MET, OWNERSHIP, OWNERSHIPS, SEVERITY, STATUS } from '../terms.ts';

/** How ownership, status and severity look in every output: a tone, always with words. */

const OWNERSHIP_TONE: Record<Ownership, Tone> = {
  provider: 'blue',
  customer: 'amber',
  'shared-independent': 'violet',
  'shared-dependent': 'violet',
  'third-party': 'teal',
  'not-applicable': 'gray',
  'not-determined': 'red',
};
const STATUS_TONE: Record<Status, Tone> = {
  implemented: 'green',
  alternative: 'teal',
  partial: 'amber',
  planned: 'amber',
  'not-applicable': 'gray',
  unanswered: 'red',
};
const SEVERITY_TONE: Record<Severity, Tone> = { high: 'red', medium: 'amber', low: 'gray' };
const HOLDER_TONE: Record<Holder, Tone> = {
  provider: 'blue',
  customer: 'amber',
  configured: 'amber',
  shared: 'violet',
  absent: 'plain',
  undetermined: 'red',
};

export const ownershipTone = (ownership: Ownership): Tone => OWNERSHIP_TONE[ownership];
export const statusTone = (status: Status): Tone => STATUS_TONE[status];
export const holderTone = (holder: Holder): Tone => HOLDER_TONE[holder];

/** The ownership of a requirement in the framework's own words: "TPSP", "Entity", "Shared (dependent)". */
export function ownershipLabel(ownership: Ownership, framework: Pick<MatrixFramework, 'words'>): string {
  if (ownership === 'provider') return sentenceCase(framework.words['provider-short']);
  if (ownership === 'customer') return sentenceCase(framework.words.customer);
  return OWNERSHIP[ownership].short;
}

/** Each ownership that readers meet, with its label over all frameworks and what it means. */
export function ownershipsExplained(matrix: Matrix): { ownership: Ownership; label: string; means: string }[] {
  const { answers, findings } = SEES[matrix.audience];
  const name = matrix.organization.short ?? matrix.organization.name;
  // Readers outside would take "the customer" for themselves.
  const said = (text: string): string => (answers ? text : text.replace(/\b(the )?customer\b/gi, () => name));
  const isShown = (ownership: Ownership): boolean =>
    findings || ownership !== 'not-determined' || matrix.frameworks.some(({ counts }) => counts[ownership] > 0);
  return OWNERSHIPS.filter(isShown).map((ownership) => ({
    ownership,
    label: said(OWNERSHIP[ownership].short),
    means: said(OWNERSHIP[ownership].means),
  }));
}

/** The label of an ownership over all frameworks, as the audience reads it. */
export function ownershipTitles(matrix: Matrix): (ownership: Ownership) => string {
  const labels = new Map(ownershipsExplained(matrix).map(({ ownership, label }) => [ownership, label]));
  return (ownership) => labels.get(ownership) ?? OWNERSHIP[ownership].short;
}

export function ownershipBadge(ownership: Ownership, framework: Pick<MatrixFramework, 'words'>): Badge {
  return { text: ownershipLabel(ownership, framework), tone: OWNERSHIP_TONE[ownership] };
}

/** A status in words: as it is, or for those outside only whether the part is met. */
export function statusLabel(status: Status, audience: Audience): string {
  return (SEES[audience].status === 'met' ? MET[status] : undefined) ?? STATUS[status];
}

export function statusBadge(status: Status, audience: Audience): Badge {
  return { text: statusLabel(status, audience), tone: STATUS_TONE[status] };
}

export function severityBadge(severity: Severity): Badge {
  return { text: SEVERITY[severity], tone: SEVERITY_TONE[severity] };
}

/** The parties of a requirement by their short names, the customer first; where nobody but the customer has a name, by their kind. */
export function partyNames(requirement: MatrixRequirement, matrix: Matrix): string[] {
  const isNamed = (party: Party): boolean => SEES[matrix.audience].services || party.kind === 'customer';
  return requirement.row.parties.map((id) => {
    const party = matrix.parties.find((candidate) => candidate.id === id);
    return party ? (isNamed(party) ? party.short : party.name) : id;
  });
}

/** The services of a requirement by who owns it there, in the order of the description. */
export function servicesByOwnership(
  requirement: MatrixRequirement,
  framework: Pick<MatrixFramework, 'words'>,
  index: { services: ReadonlyMap<string, { name: string }> },
): { label: string; names: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const split of requirement.row.services) {
    const label = ownershipLabel(split.ownership, framework);
    const names = groups.get(label) ?? [];
    names.push(index.services.get(split.service)?.name ?? split.service);
    groups.set(label, names);
  }
  return [...groups].map(([label, names]) => ({ label, names }));
}
