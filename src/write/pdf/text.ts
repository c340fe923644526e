import type { Run } from '../../document.ts';
import type { Face, Part } from './face.ts';
import type { FaceName } from './fonts.ts';
import { color, type Type } from './style.ts';
import type { Typesetter, Word } from './typesetter.ts';

/** The look of a stretch of text, and where it leads. */
export interface Ink {
  face: FaceName;
  size: number;
  color: string;
  link?: string;
  /** The words of the link, for readers that list links. */
  label?: string;
}

/** Text of one look; a paragraph is a list of these. */
export interface Inked {
  text: string;
  ink: Ink;
}

/** A stretch of a line in one face: what is shown, in pieces, so that no string is made of them. */
export interface Span {
  x: number;
  width: number;
  ink: Ink;
  face: Face;
  rise: number;
  isMoved: boolean;
  pieces: string[];
}

/** One set line; positions count from its left end. */
export interface Line {
  width: number;
  spans: Span[];
}

/** What can be broken no further unless it must: a word or the part of one up to a hyphen. */
interface Atom {
  word: Word;
  ink: Ink;
  width: number;
  /** Width of the space after it; none where it is glued to the next. */
  space: number;
  end: 'glued' | 'breakable' | 'hyphen' | 'newline';
}

const UNCLEAN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\u0000-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF0-\uFFFB\uFFFE\uFFFF]|[\uFE00-\uFE0F]|\p{Cs}/u;
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200C-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF0-\uFFFB]|[\uFE00-\uFE0F]/g;
const BREAKERS = /[-\u2010\u2013\u2014/\u00AD\u200B]/;
const INNER_BREAK = /(?<=\p{L}\p{L}[-\u2010/])(?=\p{L}\p{L})|(?<=[\u2013\u2014\u00AD\u200B])(?=.)/u;
/** More words than this are rarely in one paragraph. */
const REUSED = 400;
const PREFERRED = /[/\\._\-:,;?&=@#+|)\]}]/;

/** Takes out what cannot be printed: controls, stray surrogates, invisible direction marks. Line ends and break marks stay. */
export function clean(text: string): string {
  if (!UNCLEAN.test(text)) return text;
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/[\t\v\f]/g, ' ')
    .replace(/\p{Cs}|\uFFFE|\uFFFF/gu, '\uFFFD')
    .replace(INVISIBLE, '');
}

/** Gives runs their ink in a type style. */
export function inkRuns(runs: Run[], type: Type, leads: (link: string) => boolean, tone = type.color): Inked[] {
  return runs.map((run) => ({ text: run.text, ink: inkOf(run, type, leads, tone) }));
}

function inkOf(run: Run, type: Type, leads: (link: string) => boolean, tone: string): Ink {
  const bold = run.bold || type.face === 'bold';
  const face: FaceName = run.code ? 'mono' : bold ? (run.italic ? 'boldItalic' : 'bold') : run.italic ? 'italic' : type.face;
  const ink: Ink = { face, size: run.code ? type.size * 0.93 : type.size, color: tone };
  if (run.link && leads(run.link)) {
    ink.color = color.link;
    ink.link = run.link;
    ink.label = clean(run.text).replaceAll('\n', ' ');
  }
  return ink;
}

let graphemes: Intl.Segmenter | undefined;

/** The characters of a text as readers count them. */
function charactersOf(text: string): string[] {
  if (/^[ -~]*$/.test(text)) return text.split('');
  // Made for the first text that needs it: that takes as long as some pages.
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

const pieces = new Map<string, string[]>();

/** Cutting looks at a whole word each time, so that a word of thousands of characters would take seconds on every line. */
const LONGEST_PIECE = 80;

function chunks(part: string): string[] {
  const found: string[] = [];
  let chunk = '';
  for (const character of charactersOf(part)) {
    chunk += character;
    if (chunk.length < LONGEST_PIECE) continue;
    found.push(chunk);
    chunk = '';
  }
  return chunk === '' ? found : [...found, chunk];
}

function breakWord(word: string): string[] {
  let parts = pieces.get(word);
  if (!parts) {
    if (pieces.size > 20_000) pieces.clear();
    parts = word.split(INNER_BREAK).flatMap((part) => (part.length > LONGEST_PIECE ? chunks(part) : [part]));
    pieces.set(word, parts);
  }
  return parts;
}

/** The atoms of the paragraph that is being set. They are used again for the next: most of the words of a document pass here. */
const atoms: Atom[] = [];
let count = 0;

function addAtom(word: Word, ink: Ink, width: number, end: Atom['end']): Atom {
  let atom = atoms[count];
  if (atom) {
    atom.word = word;
    atom.ink = ink;
    atom.width = width;
    atom.space = 0;
    atom.end = end;
  } else {
    atom = { word, ink, width, space: 0, end };
    atoms.push(atom);
  }
  count++;
  return atom;
}

function atomize(setter: Typesetter, stretches: Inked[]): void {
  count = 0;
  if (atoms.length > REUSED) atoms.length = REUSED;
  for (const { text, ink } of stretches) {
    const scale = ink.size / 1000;
    const space = setter.word(ink.face, ' ').width * scale;
    const source = clean(text);
    let from = 0;
    for (let i = 0; i <= source.length; i++) {
      const at = i === source.length ? -1 : source.charCodeAt(i);
      if (at !== 32 && at !== 10 && at !== -1) continue;
      let last: Atom | undefined = count > 0 ? atoms[count - 1] : undefined;
      if (i > from) {
        const word = source.slice(from, i);
        if (word.length > LONGEST_PIECE || BREAKERS.test(word))
          for (const piece of breakWord(word)) last = addPiece(setter, piece, ink, scale);
        else {
          const set = setter.word(ink.face, word);
          last = addAtom(set, ink, set.width * scale, 'breakable');
        }
        if (at === -1 && last) last.end = 'glued';
      }
      if (at === 32 || at === 10) {
        if (!last || last.end === 'newline') {
          if (at === 32) {
            from = i + 1;
            continue;
          }
          last = addAtom(setter.word(ink.face, ''), ink, 0, 'glued');
        }
        if (at === 10) last.end = 'newline';
        else {
          last.space = space;
          last.end = 'breakable';
        }
      }
      from = i + 1;
    }
  }
}

/** Adds what stands between two places where a word may be broken; the mark of a place where it may be is not printed. */
function addPiece(setter: Typesetter, piece: string, ink: Ink, scale: number): Atom {
  const soft = piece.endsWith('\u00AD');
  const visible = soft || piece.endsWith('\u200B') ? piece.slice(0, -1) : piece;
  const word = setter.word(ink.face, visible.replaceAll('\u00AD', '').replaceAll('\u200B', ''));
  return addAtom(word, ink, word.width * scale, soft ? 'hyphen' : 'breakable');
}

/** Sets stretches of text into lines no wider than `width`. A word wider than the line is broken, never let out. */
export function wrap(setter: Typesetter, stretches: Inked[], width: number): Line[] {
  atomize(setter, stretches);
  const lines: Line[] = [];
  let start = 0;
  let used = 0;
  let chance = -1;
  for (let i = 0; i < count; i++) {
    const atom = atoms[i] as Atom;
    const hyphen = atom.end === 'hyphen' ? setter.word(atom.ink.face, '-').width * (atom.ink.size / 1000) : 0;
    if (used + atom.width + hyphen > width + 0.01) {
      if (chance >= start) {
        lines.push(compose(setter, start, chance + 1));
        i = chance;
        start = chance + 1;
        used = 0;
        chance = -1;
        continue;
      }
      const [head, tail] = cut(setter, atom, width - used, i === start);
      if (tail) {
        atoms.splice(i, 1, ...(head ? [head, tail] : [tail]));
        if (!head) {
          // Nothing of it fits after the words it is glued to: they end the line here.
          (atoms[i - 1] as Atom).end = 'breakable';
          chance = i - 1;
          i--;
          continue;
        }
        count++;
        chance = i;
        used += head.width;
        continue;
      }
    }
    used += atom.width + atom.space;
    if (atom.end === 'newline') {
      lines.push(compose(setter, start, i + 1));
      start = i + 1;
      used = 0;
      chance = -1;
    } else if (atom.end !== 'glued') chance = i;
  }
  if (start < count) lines.push(compose(setter, start, count));
  return lines;
}

/** Cuts a word so that its head fits, best after a separator near the end. */
function cut(setter: Typesetter, atom: Atom, room: number, isFirst: boolean): [Atom | undefined, Atom | undefined] {
  const { ink } = atom;
  const scale = ink.size / 1000;
  const characters = charactersOf(atom.word.text);
  let fits = 0;
  let used = 0;
  for (const character of characters) {
    used += setter.word(ink.face, character).width * scale;
    // Kerning between the characters is left out here, so a little is kept in hand.
    if (used + ink.size * 0.1 > room) break;
    fits++;
  }
  if (fits === 0 && isFirst) fits = 1;
  if (fits === 0) return [undefined, atom];
  if (fits >= characters.length) return isFirst && characters.length === 1 ? [atom, undefined] : half(characters.length - 1);
  for (let i = fits; i > fits * 0.6; i--) if (PREFERRED.test(characters[i - 1] ?? '')) return half(i);
  return half(fits);

  function half(at: number): [Atom, Atom] {
    const head = setter.word(ink.face, characters.slice(0, at).join(''));
    const tail = setter.word(ink.face, characters.slice(at).join(''));
    return [
      { word: head, ink, width: head.width * scale, space: 0, end: 'breakable' },
      { ...atom, word: tail, width: tail.width * scale },
    ];
  }
}

/** Puts atoms on a line. */
function compose(setter: Typesetter, from: number, to: number): Line {
  const line: Line = { width: 0, spans: [] };
  for (let i = from; i < to; i++) {
    const { word, ink, space, end } = atoms[i] as Atom;
    const isLast = i === to - 1;
    for (const part of word.parts) append(line, part, ink);
    // The space at a line's end is kept, unseen, so that words of two lines do not run together when read aloud.
    const extra = isLast && end === 'hyphen' ? '-' : space > 0 ? ' ' : '';
    if (extra === '') continue;
    for (const part of setter.word(ink.face, extra).parts) append(line, part, ink);
    if (isLast && extra === ' ') {
      line.width -= space;
      const span = line.spans.at(-1);
      if (span) span.width -= space;
    }
  }
  return line;
}

function append(line: Line, part: Part, ink: Ink): void {
  const width = (part.width * ink.size) / 1000;
  const span = line.spans.at(-1);
  if (span && span.ink === ink && span.face === part.face && span.rise === part.rise) {
    span.pieces.push(part.show);
    span.width += width;
    span.isMoved ||= part.isMoved;
  } else {
    const { face, rise, isMoved } = part;
    line.spans.push({ x: line.width, width, ink, face, rise, isMoved, pieces: [part.show] });
  }
  line.width += width;
}
