import type { BookRow } from '../book/book.ts';
import { plain, shortened } from './wording.ts';

/** The headings that stand above the questions of a sheet while its rows are read from the top. */
export interface Sections {
  /** Takes a row that is a heading. */
  open(row: BookRow): void;
  /** The headings in force, from the widest to the nearest, as one text. */
  current(): string | undefined;
}

interface Heading {
  /** What headings of the same rank have in common. */
  rank: string;
  text: string;
}

/** Longer texts are cut; without a number they are instructions. */
const LONGEST = 200;
const WORDS = 'words';
const DEEPEST = 3;

/** Nothing opened yet. */
export function sections(): Sections {
  const open: Heading[] = [];
  return {
    open(row) {
      const heading = headingOf(row);
      if (!heading) return;
      const same = open.findIndex((other) => other.rank === heading.rank);
      if (same !== -1) open.length = same;
      else if (open.length === DEEPEST) open.length = DEEPEST - 1;
      open.push(heading);
    },
    current: () => (open.length === 0 ? undefined : open.map(({ text }) => text).join(' › ')),
  };
}

function headingOf(row: BookRow): Heading | undefined {
  const filled = row.cells.filter((cell) => plain(cell.text) !== '');
  const first = filled[0];
  if (!first) return undefined;
  const second = filled[1];
  // A number alone belongs to the words beside it: "3 | Access control".
  const numbered = second && second.column === first.column + 1 && /^[A-Z]{0,3}[\d.]{1,8}[.)]?$/i.test(plain(first.text));
  const text = numbered ? `${plain(first.text)} ${plain(second.text)}` : plain(first.text);
  const rank = rankOf(text);
  if (!/\p{L}{2}/u.test(text) || (rank === WORDS && text.length > LONGEST)) return undefined;
  return { rank: `${first.column} ${rank}`, text: shortened(text, LONGEST) };
}

/** What a heading begins with: `Requirement 3`, `3.2`, `A.`, or words alone. */
function rankOf(text: string): string {
  const word = /^(\p{L}+) (?:[A-Z]{0,2}\d+|[IVX]+|[A-Z])\b/u.exec(text);
  if (word) return word[1]?.toLowerCase() ?? '';
  const number = /^[A-Z]{0,3}(\d+(?:\.\d+)*)/.exec(text);
  if (number) return `depth ${number[1]?.split('.').length}`;
  if (/^[A-Z]{1,3}[.)]\s/.test(text)) return 'letter';
  return WORDS;
}
