import * as v from 'valibot';
import { isDay } from '../days.ts';
import type { AssuranceType, Frequency, Holder, Keeping, ProviderKind, Transfer } from '../model/catalogue.ts';
import type { Claim, Opinion, ProviderRecord, Safeguard, Status } from '../model/system.ts';

/** Schemas for the small closed vocabularies and formats that catalogue and system files share. */

export const FREQUENCIES = [
  'continuous',
  'daily',
  'weekly',
  'monthly',
  'quarterly',
  'six-monthly',
  'annual',
  'two-yearly',
  'three-yearly',
  'on-change',
  'risk-based',
] as const satisfies readonly Frequency[];

export const HOLDERS = [
  'provider',
  'customer',
  'configured',
  'shared',
  'absent',
  'undetermined',
] as const satisfies readonly Holder[];

export const STATUSES = [
  'implemented',
  'partial',
  'planned',
  'alternative',
  'not-applicable',
  'unanswered',
] as const satisfies readonly Status[];

export const PROVIDER_KINDS = ['cloud', 'saas', 'managed-service', 'self'] as const satisfies readonly ProviderKind[];

export const ASSURANCE_TYPES = [
  'soc2-type2',
  'soc1-type2',
  'soc3',
  'pci-aoc',
  'baa',
  'dpa',
  'iso27001',
  'iso27017',
  'iso27018',
  'iso27701',
  'hitrust',
  'fedramp',
  'c5',
  'bridge-letter',
  'other',
] as const satisfies readonly AssuranceType[];

export const OPINIONS = ['unqualified', 'qualified', 'adverse', 'disclaimer'] as const satisfies readonly Opinion[];

export const METHODS = ['carve-out', 'inclusive'] as const satisfies readonly ProviderRecord['method'][];

export const AUTHORIZATIONS = ['general', 'specific'] as const satisfies readonly ProviderRecord['authorization'][];

export const CLAIMS = ['provider', 'customer', 'shared', 'not-applicable'] as const satisfies readonly Claim['says'][];

export const SAFEGUARDS = [
  'adequacy',
  'standard-clauses',
  'binding-corporate-rules',
  'code-of-conduct',
  'certification',
  'derogation',
] as const satisfies readonly Safeguard[];

export const TRANSFERS = ['eea', 'adequate', 'partial', 'none'] as const satisfies readonly Transfer[];

export const KEEPINGS = [
  'assurance',
  'acknowledgment',
  'due-diligence',
  'status-check',
  'sub-processors',
  'transfer-safeguards',
  'processing-records',
] as const satisfies readonly Keeping[];

/** Text with something in it. */
export const text = v.pipe(
  v.string(),
  v.check((value) => value.trim().length > 0, 'the text is empty'),
);

/** A lower-case name of letters, digits and dashes. */
export const id = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write lower-case letters, digits and single dashes, such as `patient-portal`'),
  v.check((value) => value !== 'constructor', 'choose another name; JavaScript reserves this one'),
);

/** A day of the calendar, written 2026-03-31. */
export const date = v.pipe(v.string(), v.check(isDay, 'write a day of the calendar as year-month-day, such as 2026-03-31'));

/** Path of a file beside the one that names it. */
export const path = v.pipe(
  text,
  v.check(
    (value) => !/^([/\\\\]|[A-Za-z]:)/.test(value),
    'write the path relative to this file, so that the description can be read on another machine',
  ),
);

/** A web address. */
export const url = v.pipe(v.string(), v.regex(/^https?:\/\/\S+$/, 'write an address that begins with https://'));
