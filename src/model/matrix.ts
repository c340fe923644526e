import type {
  AssuranceType,
  Component,
  Control,
  Country,
  FrameworkInfo,
  Heading,
  Holder,
  Offer,
  Requirement,
  Source,
  Transfer,
  Voice,
} from './catalogue.ts';
import type {
  Assurance,
  Attachment,
  CustomerDuty,
  Exclusion,
  Period,
  Place,
  ProcessingActivity,
  ProviderRecord,
  ServiceInUse,
  Statement,
  Status,
  Suppression,
  System,
  TransferRecord,
} from './system.ts';

/** What follows from the catalogue and a system. Documents and workbooks lay it out for readers; writers turn those into bytes. */

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
