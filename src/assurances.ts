import { daysAfter, monthsAfter, type Span } from './days.ts';
import type { AssuranceType } from './model/catalogue.ts';
import type { Matrix, MatrixService, Party } from './model/matrix.ts';
import type { Assurance } from './model/system.ts';

/** What a report or agreement on file proves: from when to when, for which services and in which regions. */

/** Reports on how controls worked over a time, which say nothing of the days outside it. */
const OVER_A_PERIOD: ReadonlySet<AssuranceType> = new Set(['soc1-type2', 'soc2-type2', 'soc3']);

/** Agreements, which hold until somebody ends them. */
const AGREEMENTS: ReadonlySet<AssuranceType> = new Set(['baa', 'dpa']);

/** For how many months after its issue a proof counts by the rules of its publisher, where it does not say so itself. */
const MONTHS: Partial<Record<AssuranceType, number>> = {
  'pci-aoc': 12,
  iso27001: 36,
  iso27017: 36,
  iso27018: 36,
  iso27701: 36,
  hitrust: 24,
};

/** Whether a kind of proof is about a period. */
export function isOverAPeriod(type: AssuranceType): boolean {
  return OVER_A_PERIOD.has(type);
}

/**
 * The last day on which an assurance counts; nothing where it has no end. A report counts for a year after its period; a bridge letter
 * vouches for some days and does not run out.
 */
export function assuranceEnd(assurance: Pick<Assurance, 'type' | 'expires' | 'period' | 'issued'>): string | undefined {
  const { type, expires, period, issued } = assurance;
  if (expires !== undefined || type === 'bridge-letter') return expires;
  if (period) return AGREEMENTS.has(type) ? period.to : monthsAfter(period.to, 12);
  const months = MONTHS[type];
  return issued !== undefined && months !== undefined ? monthsAfter(issued, months) : undefined;
}

/** Whether an assurance was there on a day: a report of next year proves nothing today, nor one whose period is not over. */
export function hasBegun(assurance: Assurance, day: string): boolean {
  return (firstDayOf(assurance) ?? day) <= day;
}

/** The first day on which an assurance counts, where it says one: that of its issue, else the first that it can have been issued on. */
export function firstDayOf({ type, issued, period }: Pick<Assurance, 'type' | 'issued' | 'period'>): string | undefined {
  return issued ?? (isOverAPeriod(type) ? period?.to : period?.from);
}

/** Whether an assurance counts on a day. */
export function isInForce(assurance: Assurance, day: string): boolean {
  return hasBegun(assurance, day) && (assuranceEnd(assurance) ?? day) >= day;
}

/** Whether a name in the description means a party: its id, or the name that the description gives it. */
export function isParty(name: string, party: Party): boolean {
  return name === party.id || name === party.name;
}

/** Whether a document is about a service. */
export function coversService(assurance: Assurance, service: MatrixService): boolean {
  const isIt = (name: string): boolean => name === service.id || name === service.service;
  return (assurance.services.length === 0 || assurance.services.some(isIt)) && !assurance.excludes.services.some(isIt);
}

/**
 * Whether a document is about a region, named as the provider calls it or by its country. What runs in no region in particular is
 * covered with its service, unless the document leaves it out by name.
 */
export function coversRegion(assurance: Assurance, { region, country }: MatrixService['countries'][number]): boolean {
  const isIt = (name: string): boolean => name.toLowerCase() === region.toLowerCase() || name === country;
  const isNamed = assurance.regions.length === 0 || region.toLowerCase() === 'global' || assurance.regions.some(isIt);
  return isNamed && !assurance.excludes.regions.some(isIt);
}

/** A span that ends no later than a day, if that is known; nothing where it would end before it begins. */
function upTo(from: string, to: string, last: string | undefined): Span | undefined {
  const end = last !== undefined && last < to ? last : to;
  return from <= end ? [from, end] : undefined;
}

/**
 * The days that a bridge letter vouches for: from the end of the report it follows to the end it names, but not beyond the day it was
 * written. Nothing where the report has no period, or the letter no date.
 */
export function bridgedSpan(letter: Assurance, report: Assurance): Span | undefined {
  const to = letter.period?.to ?? letter.issued;
  if (to === undefined || !report.period) return undefined;
  return upTo(letter.period?.from ?? daysAfter(report.period.to, 1), to, letter.issued);
}

/** The days for which a report or agreement speaks itself. Nobody can have examined a day after the one of the report. */
export function reportedSpan({ type, period, issued }: Assurance): Span | undefined {
  return period && upTo(period.from, period.to, isOverAPeriod(type) ? issued : undefined);
}

/** The days for which a report and the bridge letters after it speak. */
export function spansOf(report: Assurance, matrix: Pick<Matrix, 'assurances' | 'asOf'>): Span[] {
  const own = reportedSpan(report);
  if (!own) return [];
  const letters = matrix.assurances.filter(
    (letter) => letter.type === 'bridge-letter' && letter.bridges === report.id && hasBegun(letter, matrix.asOf),
  );
  const bridged = letters.map((letter) => bridgedSpan(letter, report)).filter((span) => span !== undefined);
  return [own, ...bridged];
}
