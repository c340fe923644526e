import type { Audience } from './model/matrix.ts';

/**
 * What the readers of a pack see. This is the one place that says so: the matrix is cut by it before any output is made, and reports
 * leave out the columns and sections that would stand empty.
 */
export interface Sight {
  /** How the parts of the organization stand: each status, only whether it is met, or nothing. */
  status: 'full' | 'met' | 'none';
  /** Services by name, with provider, purpose, kinds of data and regions, and who holds each layer; else by service model alone. */
  services: boolean;
  /** Reports and agreements of providers: all of it, only of which kind and from when to when, or nothing. */
  assurances: 'full' | 'kind' | 'none';
  /** What the system does, where the organization is, and the facts of the system on which requirements depend. */
  system: boolean;
  /** How the organization meets its parts: owners, narratives, evidence, dates, reviews. */
  answers: boolean;
  /** The organization's own words beside facts, exclusions and differences: notes and reasons. */
  reasons: boolean;
  /** The holes that were found. */
  findings: boolean;
  /** How a hole is mended in the description, and where. */
  remedies: boolean;
  /** Official texts that the organization is licensed to use. */
  official: boolean;
  /** The page on which people sign. */
  signOff: boolean;
  /** The description itself and whatever else the pack is computed from. */
  inputs: boolean;
}

/** What each audience sees. */
export const SEES: Readonly<Record<Audience, Sight>> = {
  internal: {
    status: 'full',
    services: true,
    assurances: 'full',
    system: true,
    answers: true,
    reasons: true,
    findings: true,
    remedies: true,
    official: true,
    signOff: true,
    inputs: true,
  },
  assessor: {
    status: 'full',
    services: true,
    assurances: 'full',
    system: true,
    answers: true,
    reasons: true,
    findings: true,
    remedies: false,
    official: true,
    signOff: true,
    inputs: true,
  },
  customer: {
    status: 'met',
    services: true,
    assurances: 'kind',
    system: true,
    answers: false,
    reasons: false,
    findings: false,
    remedies: false,
    official: false,
    signOff: false,
    inputs: false,
  },
  public: {
    status: 'none',
    services: false,
    assurances: 'none',
    system: false,
    answers: false,
    reasons: false,
    findings: false,
    remedies: false,
    official: false,
    signOff: false,
    inputs: false,
  },
};

/** Every audience, from those who see most to those who see least. */
export const AUDIENCES = Object.keys(SEES) as [Audience, ...Audience[]];

/** How a cover names them. */
export const AUDIENCE: Readonly<Record<Audience, string>> = {
  internal: 'Internal use',
  assessor: 'Assessors',
  customer: 'Customers',
  public: 'The public',
};
