import type { Exclusion } from '../model/system.ts';

/** Whether an exclusion takes its requirement out on a day: a decision that has passed its last day no longer does. */
export function isExcluded({ until }: Exclusion, day: string): boolean {
  return until === undefined || until >= day;
}
