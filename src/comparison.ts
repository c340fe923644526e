import type { Finding, MatrixTransfer, Mode, Ownership, Severity } from './model/matrix.ts';
import type { Assurance, Place, Policy, PolicyRule, Safeguard, Statement, Status } from './model/system.ts';

/**
 * What differs between two matrices, and why. Like the model, this file holds types alone, because the comparison is worked out in one
 * part of the house and printed in others.
 *
 * Everything that differs has `from` (absent where it is new) and `to` (absent where it is gone), so that comparing the other way round
 * swaps the two and changes nothing else. Everything names its causes by id: the differences underneath that brought it about.
 */
export interface Comparison {
  format: 'demarc-comparison';
  formatVersion: 1;
  from: ComparedMatrix;
  to: ComparedMatrix;
  /** What differs underneath: in the description first, then time, the catalogue and demarc itself. */
  causes: Cause[];
  services: ServiceChange[];
  frameworks: FrameworkChange[];
  /** Each requirement that differs, once. */
  requirements: RequirementChange[];
  parts: PartChange[];
  /** What the part changes mean for the customer, gathered by control and service. */
  duties: DutyChange[];
  statements: StatementChange[];
  evidence: EvidenceChange[];
  assurances: AssuranceChange[];
  transfers: TransferChange[];
  findings: FindingChange[];
  /** What the ids above are called, as the newer matrix calls them. */
  names: Record<'services' | 'parties' | 'controls' | 'components' | 'frameworks', Record<string, string>>;
}

/** One of the two matrices. */
export interface ComparedMatrix {
  organization: string;
  system: string;
  asOf: string;
  catalogue: string;
  tool: string;
  frameworks: { id: string; title: string; version: string }[];
}

/** Who can have brought a cause about: the description, the calendar, the catalogue with its frameworks, demarc, or nobody can tell. */
export type Origin = 'description' | 'time' | 'catalogue' | 'tool' | 'unknown';

/** What kind of difference a cause is. */
export type CauseKind =
  | 'organization'
  | 'system'
  | 'period'
  | 'signatories'
  | 'framework'
  | 'framework-version'
  | 'categories'
  | 'roles'
  | 'condition'
  | 'exclusion'
  | 'party'
  | 'service'
  | 'delivery'
  | 'option'
  | 'fact'
  | 'component'
  | 'managed-by'
  | 'data'
  | 'region'
  | 'owner'
  | 'wording'
  | 'statement'
  | 'assurance'
  | 'record'
  | 'file'
  | 'as-of'
  | 'catalogue'
  | 'tool'
  | 'unexplained';

/** A difference underneath, such as an option that has another value. */
export interface Cause {
  /** Names the thing that differs, such as `service:records/option:public-access`; the same whichever way round one compares. */
  id: string;
  kind: CauseKind;
  origin: Origin;
  /** What differs, as a phrase: "records: option public-access no → yes". */
  says: string;
  /** What more there is to know of it, such as what a service is that was added. */
  detail?: string;
  /** Where it stands in the newer description. */
  place?: Place;
}

/** Something that differs, with the ids of its causes. */
export interface Change<T> {
  from?: T;
  to?: T;
  causes: string[];
}

/** A service in use that is new, gone or described otherwise; each cause is one thing about it that differs. */
export interface ServiceChange extends Change<{ name: string; service?: string; model: string; provider: string }> {
  id: string;
}

/** A framework that is new, gone, or whose text changed. */
export interface FrameworkChange extends Change<{ version: string }> {
  id: string;
  title: string;
  /** Requirements that kept their place under another id. */
  renumbered: { from: string; to: string }[];
  added: string[];
  removed: string[];
}

/** How a requirement stands on one side of a comparison. */
export interface Standing {
  ownership: Ownership;
  parties: string[];
  status?: Status;
  owners: string[];
  reason?: string;
  /** False before the day from which it is in force. */
  inForce: boolean;
}

/** In what respect a requirement differs. */
export type Aspect =
  | 'existence'
  | 'applicability'
  | 'ownership'
  | 'parties'
  | 'parts'
  | 'status'
  | 'owners'
  | 'reason'
  | 'in-force'
  | 'text';

export interface RequirementChange extends Change<Standing> {
  /** `framework:requirement`, as the newer matrix has it; the older where it is gone. */
  key: string;
  framework: string;
  title: string;
  aspects: Aspect[];
}

/** How one party holds a part. */
export interface Holding {
  party: string;
  mode: Mode;
  dependent: boolean;
  undetermined: boolean;
  text: string;
}

/** A control at a component of a service that other parties hold, in another way, or in other words. */
export interface PartChange {
  control: string;
  component: string;
  service?: string;
  /** The requirement it is for, where a published statement is finer than the derivation. */
  only?: string;
  /** Empty where it is new. */
  from: Holding[];
  /** Empty where it is gone. */
  to: Holding[];
  /** True where only the words differ. */
  reworded: boolean;
  /** Keys of the requirements that it serves. */
  requirements: string[];
  causes: string[];
}

/** What the customer has to do now and had not, no longer has to do, or has to do in another way, under one control on one service. */
export interface DutyChange {
  control: string;
  title: string;
  change: 'gained' | 'lost' | 'changed';
  /** Absent where it is about the organization as a whole. */
  service?: string;
  /** What to do, or what fell away. */
  texts: string[];
  /** What it was, where it is carried in another way. */
  before?: string[];
  /** Who held a gained duty before, or holds a lost one now; empty where nobody does. */
  others: string[];
  requirements: string[];
  /** Who answers for it. */
  owners: string[];
  /** How its statements stand. Only for what is to be done. */
  status?: Status;
  /** False where nobody has said of some part how it is met. */
  answered: boolean;
  /** Evidence that the control suggests. */
  evidence: string[];
  causes: string[];
}

export interface StatementChange extends Change<Statement> {
  /** What it answers and, after a slash each, the services it is for. */
  key: string;
  title: string;
  fields: string[];
}

/** A piece of evidence with what it supports, and whether it counts on the day of the matrix. */
export interface EvidenceState {
  title: string;
  where: string;
  date?: string;
  expires?: string;
  supports: string[];
  counts: boolean;
}

export interface EvidenceChange extends Change<EvidenceState> {
  key: string;
  fields: string[];
}

/** An assurance, whether it counts on the day of the matrix, and whether it is there yet. */
export type AssuranceState = Assurance & { counts: boolean; begun: boolean };

export interface AssuranceChange extends Change<AssuranceState> {
  id: string;
  fields: string[];
}

/** How personal data reach a country outside the European Economic Area, and what is on file for it. */
export type TransferState = Pick<MatrixTransfer, 'via' | 'regions' | 'status'> & { safeguard?: Safeguard; reference?: string };

/** Personal data that come to leave the European Economic Area with a service, no longer do, or do so in another way. */
export interface TransferChange extends Change<TransferState> {
  service: string;
  /** ISO 3166 alpha-2 code. */
  country: string;
  countryTitle: string;
  fields: string[];
}

/** A finding that came, went, or differs. One that is suppressed is not open. */
export interface FindingChange extends Change<Finding> {
  id: string;
  change: 'opened' | 'closed' | 'differs';
  /** The severity it has now, or had. */
  severity: Severity;
  fields: string[];
}

/** A rule of the policy that a review broke, with what broke it. */
export interface Breach {
  rule: PolicyRule;
  says: string;
  items: string[];
}

/** What a review came to: the comparison with the last pack, what time will bring until the next review, and how the policy judges it. */
export interface Review {
  format: 'demarc-review';
  formatVersion: 1;
  /** The name of the pack's folder, such as 2026-Q3. */
  period: string;
  organization: string;
  system: string;
  asOf: string;
  nextReview: string;
  policy: Policy;
  breaches: Breach[];
  /** Open findings by severity. */
  findings: Record<Severity, number>;
  /** The pack before; absent for the first review. */
  previous?: { folder: string; asOf: string; manifest: string };
  comparison?: Comparison;
  /** Findings that open by the next review if nothing is done. */
  ahead: Finding[];
}
