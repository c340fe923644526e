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

/** How a text is told in one column of one sheet. */
export type Teller = (text: string) => Held;

/** The texts of a workbook that come again, each written once; cells refer to them by number, so they are never read as formulas. */
export interface SharedStrings {
  /** A teller of its own for each column, because texts come again in some and hardly in others. */
  teller(): Teller;
  /** The part that holds the texts, in pieces. To be taken when all cells are written. */
  xml(): Iterable<string>;
}

/** So many texts are shared at most, which bounds the memory for them; later ones stand in their cells. */
const MOST = 65536;
/** After so many new texts in a column of which hardly one came again, looking for further ones costs more than it saves. */
const PATIENCE = 4096;
const PIECE = 65536;

export function sharedStrings(): SharedStrings {
  const shared = new Map<string, Held>();
  let references = 0;
  return {
    teller() {
      let fresh = 0;
      let again = 0;
      // The text of the row above, which most texts are: rows of one requirement stand together.
      let above = '';
      let heldAbove: Held | undefined;
      return (text) => {
        const isWorthIt = fresh < PATIENCE || again > fresh / 4;
        const known = heldAbove && text === above ? heldAbove : isWorthIt ? shared.get(text) : undefined;
        if (known) {
          again++;
          references++;
          above = text;
          heldAbove = known;
          return known;
        }
        fresh++;
        const shown = cellText(text);
        const about = { quote: needsQuote(text), cut: shown.length !== text.length };
        if (!isWorthIt || shared.size >= MOST) return { ...about, rest: ` t="inlineStr"><is>${textXml(shown)}</is></c>` };
        const held = { ...about, rest: ` t="s"><v>${shared.size}</v></c>` };
        shared.set(text, held);
        references++;
        return held;
      };
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
