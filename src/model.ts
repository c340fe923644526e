/**
 * Every type that travels between the stages. This file imports nothing and holds no code, so that any stage can be
 * read, tested and replaced by looking at the types alone.
 *
 * Three families: the catalogue (what demarc knows), the system (what a customer says), the matrix (what follows).
 * A document and a workbook are the matrix laid out for readers; writers turn those into bytes.
 */

// ---------------------------------------------------------------------------------------------------------------
// The catalogue: components, models, facts, conditions, controls, frameworks, providers
// ---------------------------------------------------------------------------------------------------------------

/** Who holds a component of a service. `configured`: the provider supplies it, only the customer can set and use it. */
export type Holder = 'provider' | 'customer' | 'configured' | 'shared' | 'absent' | 'undetermined';

/** A place that a reader can open: the title of a page or document, and where it is. */
export interface Source {
  title: string;
  url: string;
}

/** Where a duty falls: a layer of the stack, something that cuts across it, or an organization. */
export interface Component {
  id: string;
  title: string;
  /** How often it exists: per service (`stack`, `cross-cutting`), once per system (`system`), once per provider (`provider`). */
  layer: 'stack' | 'cross-cutting' | 'system' | 'provider';
  /** The component inside a sentence, with its article: "the operating system". */
  phrase: string;
  description: string;
  /** The condition that must hold for the component to exist in a system (for `premises` and `endpoint`). */
  when?: string;
}

/** A service model (IaaS, PaaS …): who holds each component, and what the model implies about facts. */
export interface ServiceModel {
  id: string;
  title: string;
  description: string;
  holders: Record<string, Holder>;
  facts: Record<string, string>;
}

/** One answer to a fact's question, with who then holds the duty and what it changes about components. */
export interface FactValue {
  holder?: Holder;
  says: string;
  components: Record<string, Holder>;
}

/** Something about a service that its model cannot know, such as whether encryption at rest can be switched off. */
export interface Fact {
  id: string;
  title: string;
  question: string;
  /** True where a control that asks it is about what the service holds: a service that holds nothing in scope has no provider part then. */
  ofData: boolean;
  /** The component a provider must run for the fact to make a duty the provider's: nobody else can guarantee it. */
  needs?: string;
  values: Record<string, FactValue>;
}

/** A fact of a whole system on which requirements depend, such as whether payment terminals are in use. */
export interface Condition {
  id: string;
  title: string;
  question: string;
  /** The reason printed where a requirement falls away because the condition does not hold. */
  absent: string;
  /** Data kinds that make the condition hold whatever the description says: data in use cannot be denied. */
  impliedBy: string[];
}

/** A kind of data a service may hold, such as cardholder data. */
export interface DataKind {
  id: string;
  title: string;
  description: string;
  implies: string[];
}

/** A component at which a control is exercised; with `fact`, the service's fact says who holds that duty there. */
export interface Surface {
  component: string;
  fact?: string;
}

/** Under which of a control's sentences a part is written. */
export type Voice =
  | 'provider'
  | 'provides'
  | 'configure'
  | 'implement'
  | 'organization'
  | 'premises'
  | 'endpoint'
  | 'provider-organization';

/** How often something is due. */
export type Frequency =
  | 'continuous'
  | 'daily'
  | 'weekly'
  | 'monthly'
  | 'quarterly'
  | 'six-monthly'
  | 'annual'
  | 'two-yearly'
  | 'three-yearly'
  | 'on-change'
  | 'risk-based';

/** What somebody must do, named once and used by every framework. */
export interface Control {
  id: string;
  family: string;
  title: string;
  objective: string;
  surface: Surface[];
  /** Sentence templates; the placeholders are `{{service}}`, `{{provider}}` and `{{components}}`. */
  parts: Partial<Record<Voice, string>>;
  evidence: { provider: string[]; customer: string[] };
  review: Frequency;
  anchors: { 'nist-800-53': string[]; 'nist-csf': string[] };
}

/** A control that a requirement names, perhaps narrowed to some components of the control's surface. */
export interface ControlUse {
  control: string;
  at?: string[];
}

/** A heading of a framework: a principal requirement, a section, an article. It asks nothing by itself. */
export interface Heading {
  id: string;
  parent?: string;
  title: string;
}

/** One aspect of a criterion, with who typically carries it outside the organization (SOC 2). */
export interface Point {
  text: string;
  typically: ('csoc' | 'cuec')[];
}

/** One requirement of a framework. Either `controls` name what satisfies it or `noDuty` says why it asks nothing. */
export interface Requirement {
  id: string;
  parent?: string;
  title: string;
  text: string;
  /** The official wording, where the user holds a license to it and has supplied it. */
  official?: string;
  controls: ControlUse[];
  noDuty?: string;
  /** Roles bound by it; empty when everybody in scope is. */
  binds: string[];
  /** Conditions that must all hold. */
  when: string[];
  effective?: string;
  frequency: Frequency[];
  evidence: { customer: string[]; provider: string[] };
  designation?: string;
  category?: string;
  tier?: string;
  status?: { state: 'vacated' | 'partly-vacated' | 'superseded' | 'reserved'; note: string };
  aliases: string[];
  points: Point[];
}

/** The framework's own terms, used by every output. */
export interface Words {
  requirement: string;
  requirements: string;
  provider: string;
  'provider-short': string;
  customer: string;
  'provider-part': string;
  'customer-part': string;
  proof: string;
  assessor: string;
}

/** Something that a framework can ask to have on file about a provider, or about what it does with data. */
export type Keeping =
  | 'assurance'
  | 'acknowledgment'
  | 'due-diligence'
  | 'status-check'
  | 'sub-processors'
  | 'transfer-safeguards'
  | 'processing-records';

/** One thing to have on file, the requirements (by id) that ask it, and how often it has to be renewed. */
export interface KeptOnFile {
  keep: Keeping;
  requirements: string[];
  within?: Frequency;
}

/** Everything about a framework but its requirements. */
export interface FrameworkInfo {
  id: string;
  title: string;
  name: string;
  version: string;
  published: string;
  publisher: string;
  source: Source;
  text: 'own-words' | 'law';
  notice: string;
  words: Words;
  /** Data kinds that bring a service into scope, or `all`. */
  scope: { data: string[] | 'all' };
  roles: { id: string; title: string }[];
  /** Kinds of proof that the framework expects of a provider holding parts under it; any one of them will do. */
  expects: AssuranceType[];
  /** What it asks to have on file about each provider in its scope, with the requirements that ask it. */
  onFile: KeptOnFile[];
  /** Designations of requirements that may be met otherwise or not at all, if somebody decides so and writes down why. */
  decided: string[];
  /** The role a provider plays under this text when its own duties toward the customer are parts. */
  providerRole?: string;
  categories: { id: string; title: string; always: boolean }[];
  glossary: { term: string; means: string }[];
}

/** A framework: its requirements in the order of the text. */
export interface Framework extends FrameworkInfo {
  headings: Heading[];
  requirements: Requirement[];
}

/** Who runs a component of one service where that differs from the model, and why. */
export interface ComponentOverride {
  holder: Holder;
  reason: string;
  source?: Source;
}

/** One value of an option, and what choosing it changes. */
export interface OptionValue {
  title: string;
  says?: string;
  components: Record<string, Holder>;
  facts: Record<string, string>;
}

/** A choice in the customer's hands that moves the line, such as a launch type. */
export interface ServiceOption {
  id: string;
  title: string;
  default?: string;
  values: Record<string, OptionValue>;
}

/** A published statement about one requirement that is finer than the derivation. */
export interface RequirementOverride {
  requirement: string;
  /** The control of the requirement under which it stands, so that a statement on the control answers it. */
  control: string;
  /** What the provider does, where it holds a part. */
  provider?: string;
  /** What the customer does, where it holds a part. */
  customer?: string;
  source: Source;
}

/** A service of a provider. */
export interface Service {
  id: string;
  title: string;
  model: string;
  summary: string;
  configure: string;
  aliases: string[];
  facts: Record<string, string>;
  components: Record<string, ComponentOverride>;
  options: ServiceOption[];
  overrides: RequirementOverride[];
  source?: Source;
  checked?: string;
}

/** Proof that a provider has on offer: a report, an attestation, an agreement. */
export interface Offer {
  type: AssuranceType;
  title: string;
  how: string;
  url?: string;
}

/** A list that a provider publishes of the services for which a proof of a type holds, and which of its services the list names. */
export interface Coverage {
  type: AssuranceType;
  list: Source;
  /** The month of the list as it was seen (such as 2026-05), or `unknown`. */
  date: string;
  /** Ids of the provider's services that the list names. One that is not here is not named; it is not thereby excluded. */
  services: string[];
}

/** Kinds of proof from a provider. */
export type AssuranceType =
  | 'soc2-type2'
  | 'soc1-type2'
  | 'soc3'
  | 'pci-aoc'
  | 'baa'
  | 'dpa'
  | 'iso27001'
  | 'iso27017'
  | 'iso27018'
  | 'iso27701'
  | 'hitrust'
  | 'fedramp'
  | 'c5'
  | 'bridge-letter'
  | 'other';

/** What a provider is: a cloud, a SaaS, somebody who runs the customer's own layers, or the organization itself. */
export type ProviderKind = 'cloud' | 'saas' | 'managed-service' | 'self';

/** A provider with its services. */
export interface Provider {
  id: string;
  title: string;
  /** How sentences call it. */
  short: string;
  kind: ProviderKind;
  country: string;
  website?: string;
  sharedResponsibility?: Source;
  assurances: Offer[];
  /** Published lists that could be seen; where there is none for a type, its coverage is unknown. */
  coverage: Coverage[];
  subProcessors?: string;
  regions: { id: string; title: string; country: string }[];
  services: Service[];
}

/**
 * How the GDPR treats a transfer of personal data to a country: none to a third country (`eea`), covered by an adequacy decision for
 * every recipient (`adequate`) or only for some (`partial`), or in need of safeguards (`none`).
 */
export type Transfer = 'eea' | 'adequate' | 'partial' | 'none';

/** A country in which a provider is or runs a region; `id` is its ISO 3166 alpha-2 code. */
export interface Country {
  id: string;
  title: string;
  transfer: Transfer;
  /** The act on which the transfer status rests, with its number and date. */
  basis: string;
  source: Source;
}

/** Everything demarc knows, validated and resolved. `version` is a hash over the content. */
export interface Catalogue {
  version: string;
  components: Component[];
  models: ServiceModel[];
  facts: Fact[];
  conditions: Condition[];
  dataKinds: DataKind[];
  countries: Country[];
  controls: Control[];
  frameworks: Framework[];
  providers: Provider[];
}

// ---------------------------------------------------------------------------------------------------------------
// The system: what a customer says about itself
// ---------------------------------------------------------------------------------------------------------------

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

// ---------------------------------------------------------------------------------------------------------------
// The matrix: what follows
// ---------------------------------------------------------------------------------------------------------------

/** Who owns a requirement, derived from its parts and never typed. */
export type Ownership =
  | 'provider'
  | 'customer'
  | 'shared-independent'
  | 'shared-dependent'
  | 'third-party'
  | 'not-applicable'
  | 'not-determined';

/** Somebody who holds parts: the customer, a provider, or a third party that runs the customer's layers. */
export interface Party {
  id: string;
  name: string;
  /** How sentences call it. */
  short: string;
  kind: 'customer' | 'provider' | 'third-party';
}

/** Why a component or a part is held as it is: the model, the service, an option, a fact, the description. */
export interface Basis {
  kind: 'model' | 'service' | 'option' | 'fact' | 'description' | 'managed-by' | 'override' | 'system' | 'role';
  /** The option or fact that decided. */
  by?: string;
  says: string;
  source?: Source;
}

/** How a party carries a part: it operates a layer, configures what a provider supplies, or implements all of it. */
export type Mode = 'operate' | 'configure' | 'implement';

/**
 * One part: service × control × component, held by one party, with the sentence that party answers for. Rows refer to parts
 * by position, because the same part serves every requirement that names its control.
 */
export interface Part {
  control: string;
  component: string;
  /** The service in use; absent for parts that exist once per system or once per provider. */
  service?: string;
  party: string;
  mode: Mode;
  voice: Voice;
  /** True when the other half must hold as well: both operate the component. */
  dependent: boolean;
  /** True when nobody has said who holds it; it then counts as the customer's. */
  undetermined: boolean;
  text: string;
  /** What the provider supplies beside a customer's `configure` part. */
  provides?: string;
  basis: Basis;
  /** The requirement (framework:id) it is for, where a published statement is finer than the derivation. */
  only?: string;
}

/** Who owns a requirement on one service. */
export interface ServiceSplit {
  service: string;
  ownership: Ownership;
  parties: string[];
}

/** One requirement in the matrix. */
export interface Row {
  /** `framework:requirement`. */
  key: string;
  id: string;
  ownership: Ownership;
  /** Why it is not applicable, or not determined. */
  reason?: string;
  /** Parties with a part, the customer first. */
  parties: string[];
  /** Positions in `Matrix.parts`. */
  parts: number[];
  /** One per service in scope that has a part, in the order of the description. */
  services: ServiceSplit[];
  /** Services on which the split is not determined. */
  undetermined: string[];
  /** How the customer's parts stand; absent where it has none. */
  status?: Status;
  /** Who answers for the customer's parts. */
  owners: string[];
  /** Positions in `Matrix.statements` of the statements that answer it. */
  statements: number[];
}

/** A requirement as the matrix carries it: the row with the framework's own facts. */
export interface MatrixRequirement extends Requirement {
  row: Row;
}

/** How many requirements have each ownership; they add up to the number of requirements. */
export type Counts = Record<Ownership, number>;

/** One framework in the matrix. */
export interface MatrixFramework extends FrameworkInfo {
  chosenCategories: string[];
  organizationRoles: string[];
  /** Ids of services in scope. */
  services: string[];
  headings: Heading[];
  requirements: MatrixRequirement[];
  counts: Counts;
  /** Where the description brings it into scope. */
  place?: Place;
}

/** A service in use as the mapping understood it: who holds each component, and the facts in force. */
export interface MatrixService extends ServiceInUse {
  name: string;
  modelTitle: string;
  providerName: string;
  partyId?: string;
  summary?: string;
  configure?: string;
  source?: Source;
  /** Published lists of the provider on which its kind of service could stand, and whether this one does. */
  listings: Listing[];
  /** The country of each region in use; absent where the catalogue does not know the region. */
  countries: { region: string; country?: string }[];
  /** Component id → holder, after options, facts and overrides. */
  holders: Record<string, { holder: Holder; party: string; basis: Basis }>;
  factsInForce: Record<string, string>;
  /** Choices that move the line and that the description leaves open, each with what is assumed until it is made. */
  unanswered: { option: string; title: string; assumed?: string }[];
  /** Where a fact in force does not come from the model: `service`, `description`, or `option:` with the option's id. */
  factOrigins?: Record<string, string>;
}

/** Whether a provider's published list of the services that a kind of proof covers names a service. */
export interface Listing {
  type: AssuranceType;
  listed: boolean;
  list: Source;
  /** The month of the list as it was seen, or `unknown`. */
  date: string;
}

/** Personal data on the way to a country outside the European Economic Area: through a region, or within reach of a provider there. */
export interface MatrixTransfer {
  service: string;
  /** ISO 3166 alpha-2 code. */
  country: string;
  countryTitle: string;
  via: 'region' | 'provider';
  regions: string[];
  status: Transfer;
  /** The act on which the status rests. */
  basis: string;
  source: Source;
  /** What the organization has on file for it. */
  record?: TransferRecord;
}

/** How bad a finding is. */
export type Severity = 'high' | 'medium' | 'low';

/** A hole, with a stable id that survives re-ordering. */
export interface Finding {
  id: string;
  rule: string;
  severity: Severity;
  title: string;
  detail: string;
  remedy: string;
  /** Requirements concerned (framework:id), in the order of the frameworks. */
  requirements: string[];
  /** Documents that say more. */
  references?: Source[];
  /** Where the organization has decided to live with it for now. */
  suppressed?: { reason: string; approvedBy: string; until: string };
  place?: Place;
}

/** For whom a pack is made; what each of them sees is declared in `audience.ts`. */
export type Audience = 'internal' | 'assessor' | 'customer' | 'public';

/** The responsibility matrix: everything that outputs need and nothing that they have to decide. */
export interface Matrix {
  format: 'demarc-matrix';
  formatVersion: 1;
  audience: Audience;
  tool: { name: 'demarc'; version: string };
  catalogue: { version: string };
  asOf: string;
  organization: System['organization'];
  system: System['system'];
  period?: Period;
  conditions: {
    id: string;
    title: string;
    holds: boolean;
    stated: boolean;
    reason: string;
    frameworks?: string[];
    /** Services in use whose data make it hold whatever the description says of it; absent where there are none. */
    impliedBy?: string[];
  }[];
  components: Component[];
  dataKinds: { id: string; title: string; implies: string[] }[];
  /** What the values of facts in force mean, in words. */
  facts: { id: string; title: string; values: Record<string, string> }[];
  /** Countries of regions in use, of providers and of those behind them. */
  countries: Pick<Country, 'id' | 'title' | 'transfer'>[];
  parties: Party[];
  /** Providers of the catalogue that are in use. */
  providers: {
    id: string;
    title: string;
    country: string;
    offers: Offer[];
    sharedResponsibility?: Source;
    subProcessors?: string;
  }[];
  services: MatrixService[];
  controls: Control[];
  frameworks: MatrixFramework[];
  parts: Part[];
  statements: Statement[];
  assurances: Assurance[];
  exclusions: Exclusion[];
  providerRecords: ProviderRecord[];
  customerDuties: CustomerDuty[];
  activities: ProcessingActivity[];
  transfers: MatrixTransfer[];
  suppressions: Suppression[];
  attachments: Attachment[];
  signatories: System['signatories'];
  findings: Finding[];
  /** The rules behind the findings: what each is about, why it matters, and the usual remedy. */
  rules: { id: string; title: string; help: string; remedy: string }[];
  files: System['files'];
}
