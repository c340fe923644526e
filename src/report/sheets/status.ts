import type { Tone } from '../../document.ts';
import { STATUS } from '../../terms.ts';
import { statusTone } from '../ownership.ts';

/** What people choose a status from. */
export const STATUS_LIST = Object.values(STATUS);

/** How each status is colored. */
export const STATUS_TONES: Record<string, Tone> = Object.fromEntries(
  Object.entries(STATUS).map(([status, label]) => [label, statusTone(status as keyof typeof STATUS)]),
);
