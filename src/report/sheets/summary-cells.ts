import type { SheetCell } from '../../document.ts';
import type { Status } from '../../model/system.ts';
import { STATUS } from '../../terms.ts';

/** Small makers for the summary. */

/** The heading of a block. */
export const heading = (text: string): SheetCell => ({ text, look: 'heading' });
/** Headers of a block: names, then figures. */
export const headers = (texts: string[]): SheetCell[] => texts.map((text, i) => ({ text, look: 'header', figure: i > 0 }));
/** A text inside a formula. */
export const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The status that a label names. */
export function statusOf(label: string): Status {
  return (Object.keys(STATUS) as Status[]).find((status) => STATUS[status] === label) ?? 'unanswered';
}
