import { daysAfter } from '../days.ts';
import type { Tone } from '../document.ts';
import type { Evidence } from '../model/system.ts';

/** How something on file stands on the day of the pack. */
export type Standing = 'In force' | 'Ends within 90 days' | 'Expired' | 'Not yet begun';

/** How each standing is colored. */
export const STANDING_TONES: Partial<Record<Standing, Tone>> = {
  'Ends within 90 days': 'amber',
  Expired: 'red',
  'Not yet begun': 'gray',
};

/** How something stands that counts from one day to another, both included, on a third (ISO). */
export function standingOf(begins: string | undefined, lastDay: string | undefined, asOf: string): Standing {
  if (begins && begins > asOf) return 'Not yet begun';
  if (lastDay && lastDay < asOf) return 'Expired';
  return lastDay && lastDay <= daysAfter(asOf, 90) ? 'Ends within 90 days' : 'In force';
}

/** How evidence stands; unlike an assurance, it ends on the day from which it no longer counts. */
export function evidenceStanding({ date, expires }: Pick<Evidence, 'date' | 'expires'>, asOf: string): Standing {
  return expires === asOf ? 'Expired' : standingOf(date, expires, asOf);
}
