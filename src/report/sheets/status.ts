import type { Tone } from '../../document.ts';
import type { Audience, Status } from '../../model.ts';
import { STATUS } from '../../terms.ts';
import { statusLabel, statusTone } from '../ownership.ts';

/** What people choose a status from. */
export const STATUS_LIST = Object.values(STATUS);

/** How each status is colored, by the words in which the audience reads it. */
export function statusTones(audience: Audience): Record<string, Tone> {
  const statuses = Object.keys(STATUS) as Status[];
  return Object.fromEntries(statuses.map((status) => [statusLabel(status, audience), statusTone(status)]));
}
