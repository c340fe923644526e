import type { AssuranceType, Holder } from './catalogue.ts';

/** What a customer says about itself. */

/** Where in the description something stands. Line and column count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** Where the implementation of a customer's part stands; not the same thing as who owns it. */
export type Status = 'implemented' | 'partial' | 'planned' | 'alternative' | 'not-applicable' | 'unanswered';

/** A span of days, both ends included (ISO dates). */
export interface Period {
  from: string;
  to: string;
}

/** Somebody who is not in the catalogue but holds parts: who runs layers for the customer, or provides a declared service. */
export interface ThirdParty {
  id: string;
  name: string;
  short?: string;
  description?: string;
  place?: Place;
}

/** A third party that runs some of the customer's layers of a service. */
export interface ManagedBy {
  party: string;
  components: string[];
  note?: string;
}

/** A service in use, from the catalogue (`service`) or declared (`model`, `provider`). */
export interface ServiceInUse {
  id: string;
  title?: string;
  service?: string;
  model?: string;
  provider?: string;
  purpose: string;
  data: string[];
  affects: string[];
  regions: string[];
  owner?: string;
  options: Record<string, string>;
  facts: Record<string, string>;
  components: Record<string, { holder: Holder; reason: string }>;
  managedBy: ManagedBy[];
  place?: Place;
}

/** That somebody looked at something, and when. */
export interface Review {
  by: string;
  on: string;
  /** What the look brought to light. */
  note?: string;
}

/**
 * A complementary user entity control that a provider's report expects of its customers: met by controls of ours, or of no concern
 * to this system for a reason.
 */
export interface Cuec {
  /** The number or name that the report gives it. */
  id: string;
  text: string;
  controls: string[];
  owner?: string;
  notRelevant?: string;
  place?: Place;
}

/** What the auditor of a report concluded. */
export type Opinion = 'unqualified' | 'qualified' | 'adverse' | 'disclaimer';

/** A report, agreement or attestation on file. */
export interface Assurance {
  id: string;
  provider: string;
  type: AssuranceType;
  title: string;
  period?: Period;
  issued?: string;
  expires?: string;
  services: string[];
  regions: string[];
  /** Services and regions that the document leaves out by name. */
  excludes: { services: string[]; regions: string[] };
  /** The report whose gap a bridge letter closes, by its id here. */
  bridges?: string;
  /** Providers behind this one whose controls the report leaves to reports of their own. */
  carvesOut: string[];
  opinion?: Opinion;
  cuecs: Cuec[];
  reviewed?: Review;
  file?: string;
  url?: string;
  note?: string;
  place?: Place;
}

/** A signed paper on file: an agreement, an acknowledgment. */
export interface Paper {
  title: string;
  on: string;
  expires?: string;
  file?: string;
  url?: string;
}

/** Somebody behind a provider that handles the same data. */
export interface SubProcessor {
  name: string;
  /** ISO 3166 alpha-2 code. */
  country: string;
  purpose: string;
  /** Services in use that it stands behind; empty means all of the provider. */
  services: string[];
}

/** What a provider's own responsibility matrix says of one requirement. */
export interface Claim {
  /** `framework:requirement`. */
  requirement: string;
  /** Services in use it speaks of; empty means all of the provider. */
  services: string[];
  says: 'provider' | 'customer' | 'shared' | 'not-applicable';
  note?: string;
  place?: Place;
}

/** What the organization keeps on file about a provider beside its assurances. */
export interface ProviderRecord {
  /** As under `services` and `assurances`: a provider's id, a party's id, or the name of a declared provider. */
  provider: string;
  description?: string;
  owner?: string;
  agreement?: Paper;
  /** The provider's written word that it answers for its part. */
  acknowledgment?: Paper;
  /** The look taken at the provider before it was engaged. */
  dueDiligence?: Review;
  /** The last look at the provider's compliance status. */
  statusChecked?: Review;
  /** Whether its controls are left to its own report (`carve-out`) or audited with ours (`inclusive`). */
  method?: 'carve-out' | 'inclusive';
  /** How it may engage sub-processors. */
  authorization?: 'general' | 'specific';
  subProcessors: SubProcessor[];
  subProcessorsChecked?: Review;
  claims: Claim[];
  place?: Place;
}

/** What the organization expects of its own customers so that its service holds. */
export interface CustomerDuty {
  id: string;
  text: string;
  controls: string[];
  /** `framework:requirement`. */
  requirements: string[];
  /** Services in use it concerns; empty means the system as a whole. */
  services: string[];
  place?: Place;
}

/** Somebody named in a record of processing. */
export interface Contact {
  name: string;
  contact?: string;
  representative?: string;
  officer?: string;
}

/** One entry of the records of processing activities: as a controller or on behalf of one. */
export interface ProcessingActivity {
  id: string;
  title: string;
  role: 'controller' | 'processor';
  purposes: string[];
  /** What is done on behalf of the controllers, for a processor. */
  processing: string[];
  subjects: string[];
  data: string[];
  recipients: string[];
  services: string[];
  /** The time limits envisaged for erasure. */
  erasure?: string;
  basis?: string;
  jointControllers: Contact[];
  /** On whose behalf, for a processor. */
  controllers: Contact[];
  owner?: string;
  place?: Place;
}

/** What makes a transfer to a third country lawful (GDPR chapter V). */
export type Safeguard =
  | 'adequacy'
  | 'standard-clauses'
  | 'binding-corporate-rules'
  | 'code-of-conduct'
  | 'certification'
  | 'derogation';

/** The safeguard on file for the transfers of one service, or of every service of a provider. */
export interface TransferRecord {
  service?: string;
  /** As under `providers`; a record for the service itself goes before it. */
  provider?: string;
  /** ISO 3166 alpha-2 code; absent for every country of the service. */
  country?: string;
  recipient?: string;
  safeguard: Safeguard;
  /** Where the safeguard is written down. */
  reference: string;
  /** The transfer impact assessment. */
  assessment?: { reference: string; on: string };
  place?: Place;
}

/** A finding that the organization knows and lives with until a day, that day included. */
export interface Suppression {
  finding: string;
  reason: string;
  approvedBy: string;
  until: string;
  place?: Place;
}

/** A piece of evidence that a statement points to. */
export interface Evidence {
  title: string;
  file?: string;
  url?: string;
  date?: string;
  expires?: string;
  /** What the file's SHA-256 was when the statement was made. */
  sha256?: string;
}

/** How the customer meets its part: for one control (used by every framework) or for one requirement. */
export interface Statement {
  control?: string;
  requirement?: string;
  services: string[];
  status: Status;
  owner?: string;
  narrative?: string;
  evidence: Evidence[];
  implemented?: string;
  due?: string;
  reviewed?: Review;
  /** Who decided to meet it otherwise or not at all, and why: what an addressable specification asks to be written down. */
  decision?: { by: string; on: string; reason: string };
  place?: Place;
}

/** A requirement that the organization has taken out of scope, with its reason. */
export interface Exclusion {
  requirement: string;
  reason: string;
  approvedBy?: string;
  until?: string;
  place?: Place;
}

/** What the description says of a condition. */
export interface ConditionAnswer {
  holds: boolean;
  /** Where it holds only for the scope of some frameworks, which ones. */
  frameworks?: string[];
  note?: string;
  place?: Place;
}

/** A framework in scope and, where it has categories, which of them. */
export interface FrameworkChoice {
  id: string;
  categories: string[];
  place?: Place;
}

/** What makes a review fail. */
export type PolicyRule = 'new-high-findings' | 'duties-without-statement' | 'assurances-ending' | 'drift';

/** How often the organization reviews its description, and what makes a review fail. */
export interface Policy {
  every: 'monthly' | 'quarterly' | 'six-monthly' | 'annual';
  failOn: PolicyRule[];
}

/** The organization that a description is about. */
export interface Organization {
  name: string;
  short?: string;
  address?: string;
  contact?: string;
  /** Its representative in the Union, where it has none there itself. */
  representative?: string;
  /** Its data protection officer, by office. */
  officer?: string;
  note?: string;
}

/** The description of one system, merged from its files. */
export interface System {
  organization: Organization;
  system: { name: string; description: string; owner?: string };
  period?: Period;
  asOf?: string;
  /** Folder of the organization's own catalogue, as the description writes it. */
  catalogue?: string;
  policy?: Policy;
  frameworks: FrameworkChoice[];
  /** Framework id → roles of the organization under it. */
  roles: Record<string, string[]>;
  conditions: Record<string, ConditionAnswer>;
  parties: ThirdParty[];
  services: ServiceInUse[];
  assurances: Assurance[];
  statements: Statement[];
  exclusions: Exclusion[];
  providerRecords: ProviderRecord[];
  customerDuties: CustomerDuty[];
  activities: ProcessingActivity[];
  transfers: TransferRecord[];
  suppressions: Suppression[];
  /** `name` is left out where the signature will supply it. */
  signatories: { name?: string; title: string; role?: string }[];
  /** The files it was read from, in reading order. */
  files: InputFile[];
  /** The files of evidence, reports and agreements that the description names. */
  attachments: Attachment[];
}

/** A file that the description names: its size and SHA-256, both absent where there is no such file. */
export interface Attachment {
  path: string;
  bytes?: number;
  sha256?: string;
}

/**
 * A file that a pack is computed from, by what it serves as. The path of a file of the description is relative to the main one, which
 * comes first; that of a catalogue's file to the catalogue's folder. Of an earlier pack, `previous`, it is the name of its folder and the file.
 */
export interface InputFile {
  role: 'description' | 'catalogue' | 'template' | 'logo' | 'previous';
  path: string;
  sha256: string;
}
