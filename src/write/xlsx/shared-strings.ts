import { cellText, xml } from '../../cell-text.ts';
import { needsQuote } from './text.ts';

/** A text as cells have it. */
export interface Held {
  /** The cell's element after its reference and style. */
  rest: string;
  /** Has to be kept from being taken for a formula when a person edits it. */
  quote: boolean;
  /** Excel's limit has cut it. */
  cut: boolean;
}

/** The texts of a workbook, each written once; cells refer to them by number, so they are never read as formulas. */
export interface SharedStrings {
  of(text: string): Held;
  /** The part that holds them, in pieces. To be taken when all cells are written. */
  xml(): Iterable<string>;
}

/**
 * So many texts are shared at most, which bounds the memory for them; later ones stand in their cells, as they are in a very large
 * workbook whose texts hardly repeat.
 */
const MOST = 65536;
const PIECE = 1 << 18;

export function sharedStrings(): SharedStrings {
  const shared = new Map<string, Held>();
  let references = 0;
  return {
    of(text) {
      const known = shared.get(text);
      if (known) {
        references++;
        return known;
      }
      const shown = cellText(text);
      const about = { quote: needsQuote(text), cut: shown.length !== text.length };
      if (shared.size >= MOST) return { ...about, rest: ` t="inlineStr"><is>${textXml(shown)}</is></c>` };
      const held = { ...about, rest: ` t="s"><v>${shared.size}</v></c>` };
      shared.set(text, held);
      references++;
      return held;
    },
    *xml() {
      let piece =
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
        `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="${references}" uniqueCount="${shared.size}">`;
      for (const text of shared.keys()) {
        piece += `<si>${textXml(cellText(text))}</si>`;
        if (piece.length > PIECE) {
          yield piece;
          piece = '';
        }
      }
      yield `${piece}</sst>`;
    },
  };
}

function textXml(text: string): string {
  const edges = text.charCodeAt(0) <= 32 || text.charCodeAt(text.length - 1) <= 32;
  return `<t${edges ? ' xml:space="preserve"' : ''}>${xml(text)}</t>`;
}
