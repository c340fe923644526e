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

/** Shortens to `limit` UTF-16 units without halving a surrogate pair. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : text.slice(0, limit).replace(/\p{Cs}$/u, '');
}

/** The text a cell shows: whole, or visibly cut where Excel's limit is passed. */
export function cellText(text: string): string {
  return text.length <= CELL_LIMIT ? text : cut(text, CELL_LIMIT - CUT.length) + CUT;
}

/** Excel takes typed text that begins so for a formula or drops the mark; the quote prefix keeps it text when a person edits it. */
export function needsQuote(text: string): boolean {
  return /^[=+\-@'\t\r]/.test(text);
}

/**
 * How many lines a text takes when wrapped at `width` (in average characters): words are kept together, wide characters count
 * twice. An estimate: Excel has no means to open a row at the height it needs but to be told.
 */
export function lineCount(text: string, width: number): number {
  if (text.length * 2 <= width && !text.includes('\n')) return 1;
  let lines = 1;
  let used = 0;
  let word = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) {
      lines++;
      used = 0;
      word = 0;
      continue;
    }
    const wide = code >= 0x1100 && (code < 0x2000 || code > 0x2bff);
    const size = wide ? 2 : 1;
    word = code === 32 || code === 45 || wide ? 0 : word + size;
    used += size;
    if (used > width && code !== 32) {
      lines++;
      // A word longer than the line is broken where it stands.
      used = word <= width && word > 0 ? word : size;
      word = used;
    }
  }
  return lines;
}
