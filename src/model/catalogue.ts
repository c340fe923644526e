/**
 * What demarc knows: components, models, facts, conditions, controls, frameworks, providers. The types of `model/` travel between the
 * stages and hold no code, so that any stage can be read, tested and replaced by looking at them alone.
 */

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
  /** Roles that it does not bind and that hold a part of it, such as the processor who owes the controller the facts of a breach. */
  helpedBy?: string[];
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
  /** Terms that are others for an organization whose only role is that of a provider: its own providers are sub-processors. */
  wordsAsProvider?: Partial<Words>;
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
