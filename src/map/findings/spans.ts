import { coversService, isOverAPeriod, spansOf } from '../../assurances.ts';
import { daysAfter, type Span, uncovered } from '../../days.ts';
import type { MatrixService } from '../../model/matrix.ts';
import type { Assurance } from '../../model/system.ts';
import type { Proof } from './proofs.ts';
import type { Scene } from './scene.ts';

/** How many months a bridge letter can reach by custom. */
export const BRIDGE_MONTHS = 3;

/** Days in the time judged for which no report speaks, alike for some services of a provider. */
export interface Gap {
  services: MatrixService[];
  reports: Assurance[];
  days: Span[];
  /** No report speaks for any day of the time judged. */
  whole: boolean;
}

/**
 * Where the reports of a party leave days of the pack's period open, until the day of the pack. Only services whose proof is about a
 * period are judged; without a period of the pack, only the days since the last report.
 */
export function gapsOf({ services, inForce }: Proof, { matrix }: Scene): Gap[] {
  const gaps = new Map<string, Gap>();
  for (const service of services) {
    const covering = inForce.filter((assurance) => coversService(assurance, service));
    const isOpen = (assurance: Assurance): boolean => !isOverAPeriod(assurance.type) || !assurance.period;
    if (covering.length === 0 || covering.some(isOpen)) continue;
    const spans = covering.flatMap((report) => spansOf(report, matrix));
    const last = spans.map(([, to]) => to).reduce((a, b) => (a > b ? a : b), '');
    const period = matrix.period && matrix.period.from <= matrix.asOf ? matrix.period : undefined;
    const to = period && period.to < matrix.asOf ? period.to : matrix.asOf;
    const judged: Span = [period?.from ?? daysAfter(last, 1), to];
    if (judged[0] > judged[1]) continue;
    const days = uncovered(judged, spans);
    if (days.length === 0) continue;
    const whole = period !== undefined && days.length === 1 && days[0]?.[0] === judged[0] && days[0][1] === judged[1];
    const key = JSON.stringify([days, covering.map((report) => report.id).sort()]);
    const gap = gaps.get(key) ?? { services: [], reports: covering, days, whole };
    gap.services.push(service);
    gaps.set(key, gap);
  }
  return [...gaps.values()];
}

/** Spans in words: "2026-04-01 to 2026-09-30 and 2026-12-31". */
export function spanText([from, to]: Span): string {
  return from === to ? from : `${from} to ${to}`;
}
