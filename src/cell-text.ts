/**
 * What becomes of a text in a cell of a workbook, whether demarc writes the workbook or fills in somebody else's.
 */

/** What a cell can hold, counted as Excel counts: UTF-16 units. */
export const CELL_LIMIT = 32767;
const CUT = '… (cut at 32,767 characters)';

const SPECIAL = /\r\n?|[&<>"\p{Cc}\p{Cs}\ufffe\uffff]|_(?=x[\dA-Fa-f]{4}_)/gu;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '\t', '\n': '\n' };

/**
 * Text or attribute value of spreadsheet XML. Line ends become LF. Other control characters and lone surrogates become U+FFFD,
 * visible and the same in every reader, where `_xHHHH_` would carry terminal escapes on into CSV exports. A literal `_x0041_`
 * would be decoded to `A`, so its underscore is escaped, each one alone: `_x0041_x0042_` overlaps.
 */
export function xml(text: string): string {
  return text.replace(SPECIAL, replacement);
}

function replacement(found: string): string {
  if (found === '_') return '_x005F_';
  if (found.startsWith('\r')) return '\n';
  return ENTITIES[found] ?? '\ufffd';
}

/** The text as it is after `xml` has written it and a reader has read it. */
export function heldText(text: string): string {
  return text.replace(SPECIAL, (found) =>
    found === '_' || found in ENTITIES ? found : found.startsWith('\r') ? '\n' : '\ufffd',
  );
}

/** Shortens to `limit` UTF-16 units without halving a surrogate pair. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : text.slice(0, limit).replace(/\p{Cs}$/u, '');
}

/** The text a cell shows: whole, or visibly cut where Excel's limit is passed. */
export function cellText(text: string): string {
  return text.length <= CELL_LIMIT ? text : cut(text, CELL_LIMIT - CUT.length) + CUT;
}

/** Whether a cell's text was cut at the limit, so that it holds only the beginning. */
export function isCut(text: string): boolean {
  return text.endsWith(CUT);
}
