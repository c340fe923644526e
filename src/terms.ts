import type { AssuranceType, Frequency, Holder, ProviderKind, Transfer } from './model/catalogue.ts';
import type { Counts, Mode, Ownership, Severity } from './model/matrix.ts';
import type { Policy, PolicyRule, Safeguard, Status } from './model/system.ts';

/** The closed vocabularies of the field, with the words in which every output prints them. */

/** Every ownership, in the order in which outputs list them, with its label. */
export const OWNERSHIP: Readonly<Record<Ownership, { label: string; short: string; means: string }>> = {
  provider: { label: 'Provider', short: 'Provider', means: 'Only providers hold parts of it.' },
  customer: { label: 'Customer', short: 'Customer', means: 'Only the customer holds parts of it, implementing or configuring.' },
  'shared-independent': {
    label: 'Shared, independent halves',
    short: 'Shared (independent)',
    means: 'Several parties hold parts, and each can meet its own alone.',
  },
  'shared-dependent': {
    label: 'Shared, dependent halves',
    short: 'Shared (dependent)',
    means: 'Several parties hold parts of the same component, and it is met only when all of them hold.',
  },
  'third-party': {
    label: 'Third party',
    short: 'Third party',
    means: "Only a third party holds it, running the customer's own layers on its behalf.",
  },
  'not-applicable': {
    label: 'Not applicable',
    short: 'Not applicable',
    means: 'It asks nothing of this system; the reason is printed.',
  },
  'not-determined': {
    label: 'Not determined',
    short: 'Not determined',
    means: "Nobody has said who holds it. It counts as the customer's, and is a finding.",
  },
};

/** Every ownership in its order. */
export const OWNERSHIPS = Object.keys(OWNERSHIP) as Ownership[];

/** Counts with every ownership at zero. */
export function noCounts(): Counts {
  return Object.fromEntries(OWNERSHIPS.map((ownership) => [ownership, 0])) as Counts;
}

/** Labels of implementation status. */
export const STATUS: Readonly<Record<Status, string>> = {
  implemented: 'Implemented',
  partial: 'Partial',
  planned: 'Planned',
  alternative: 'Alternative measure',
  'not-applicable': 'Not applicable',
  unanswered: 'Unanswered',
};

/** Labels of status for those who are told only whether a part is met. */
export const MET: Readonly<Partial<Record<Status, string>>> = { implemented: 'In place', unanswered: 'Not in place' };

/** Labels of the modes in which a party carries a part. */
export const MODE: Readonly<Record<Mode, string>> = { operate: 'Operate', configure: 'Configure', implement: 'Implement' };

/** Labels of holders of a component. */
export const HOLDER: Readonly<Record<Holder, string>> = {
  provider: 'Provider',
  customer: 'Customer',
  configured: 'Customer configures',
  shared: 'Both',
  absent: 'Not present',
  undetermined: 'Not determined',
};

/** Labels of severities. */
export const SEVERITY: Readonly<Record<Severity, string>> = { high: 'High', medium: 'Medium', low: 'Low' };

/** Labels of assurance types. */
export const ASSURANCE: Readonly<Record<AssuranceType, string>> = {
  'soc2-type2': 'SOC 2 Type 2 report',
  'soc1-type2': 'SOC 1 Type 2 report',
  soc3: 'SOC 3 report',
  'pci-aoc': 'PCI DSS Attestation of Compliance',
  baa: 'Business associate agreement',
  dpa: 'Data processing agreement',
  iso27001: 'ISO/IEC 27001 certificate',
  iso27017: 'ISO/IEC 27017 certificate',
  iso27018: 'ISO/IEC 27018 certificate',
  iso27701: 'ISO/IEC 27701 certificate',
  hitrust: 'HITRUST certification',
  fedramp: 'FedRAMP authorization',
  c5: 'C5 attestation',
  'bridge-letter': 'Bridge letter',
  other: 'Other document',
};

/** Labels of kinds of provider. */
export const PROVIDER_KIND: Readonly<Record<ProviderKind, string>> = {
  cloud: 'Cloud',
  saas: 'Software as a service',
  'managed-service': 'Managed services',
  self: 'The organization itself',
};

/** What the GDPR says of a transfer of personal data to a country. */
export const TRANSFER: Readonly<Record<Transfer, string>> = {
  eea: 'European Economic Area',
  adequate: 'adequacy decision',
  partial: 'adequacy decision for some recipients only',
  none: 'no adequacy decision',
};

/** Labels of what makes a transfer lawful. */
export const SAFEGUARD: Readonly<Record<Safeguard, string>> = {
  adequacy: 'Adequacy decision (Art. 45)',
  'standard-clauses': 'Standard contractual clauses (Art. 46(2)(c))',
  'binding-corporate-rules': 'Binding corporate rules (Art. 47)',
  'code-of-conduct': 'Code of conduct (Art. 46(2)(e))',
  certification: 'Certification (Art. 46(2)(f))',
  derogation: 'Derogation (Art. 49)',
};

/** Labels of frequencies. */
export const FREQUENCY: Readonly<Record<Frequency, string>> = {
  continuous: 'continuously',
  daily: 'daily',
  weekly: 'weekly',
  monthly: 'monthly',
  quarterly: 'every three months',
  'six-monthly': 'every six months',
  annual: 'every twelve months',
  'two-yearly': 'every two years',
  'three-yearly': 'every three years',
  'on-change': 'on significant change',
  'risk-based': 'as your risk analysis sets it',
};

/** How often a review can be due. */
export const REVIEW_CYCLES = ['monthly', 'quarterly', 'six-monthly', 'annual'] as const satisfies readonly Policy['every'][];

/** Every rule that can make a review fail. */
export const POLICY_RULES = [
  'new-high-findings',
  'duties-without-statement',
  'assurances-ending',
  'drift',
] as const satisfies readonly PolicyRule[];
