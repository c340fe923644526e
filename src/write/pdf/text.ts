import type { Run } from '../../document.ts';
import type { Part } from './face.ts';
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

/** A piece of a line in one face. */
export interface Span {
  x: number;
  width: number;
  ink: Ink;
  part: Part;
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

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const pieces = new Map<string, string[]>();

function breakWord(word: string): string[] {
  if (!BREAKERS.test(word)) return [word];
  let parts = pieces.get(word);
  if (!parts) {
    if (pieces.size > 20_000) pieces.clear();
    parts = word.split(INNER_BREAK);
    pieces.set(word, parts);
  }
  return parts;
}

function atomize(setter: Typesetter, stretches: Inked[]): Atom[] {
  const atoms: Atom[] = [];
  for (const { text, ink } of stretches) {
    const scale = ink.size / 1000;
    const space = setter.word(ink.face, ' ').width * scale;
    const source = clean(text);
    let from = 0;
    for (let i = 0; i <= source.length; i++) {
      const at = i === source.length ? -1 : source.charCodeAt(i);
      if (at !== 32 && at !== 10 && at !== -1) continue;
      if (i > from) {
        for (const piece of breakWord(source.slice(from, i))) {
          const soft = piece.endsWith('\u00AD');
          const visible = soft || piece.endsWith('\u200B') ? piece.slice(0, -1) : piece;
          const word = setter.word(ink.face, visible.replaceAll('\u00AD', '').replaceAll('\u200B', ''));
          atoms.push({ word, ink, width: word.width * scale, space: 0, end: soft ? 'hyphen' : 'breakable' });
        }
        if (at === -1) (atoms.at(-1) as Atom).end = 'glued';
      }
      if (at === 32 || at === 10) {
        let last = atoms.at(-1);
        if (!last || last.end === 'newline') {
          if (at === 32) {
            from = i + 1;
            continue;
          }
          last = { word: setter.word(ink.face, ''), ink, width: 0, space: 0, end: 'glued' };
          atoms.push(last);
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
  return atoms;
}

/** Sets stretches of text into lines no wider than `width`. A word wider than the line is broken, never let out. */
export function wrap(setter: Typesetter, stretches: Inked[], width: number): Line[] {
  const atoms = atomize(setter, stretches);
  const lines: Line[] = [];
  let start = 0;
  let used = 0;
  let chance = -1;
  for (let i = 0; i < atoms.length; i++) {
    const atom = atoms[i] as Atom;
    const hyphen = atom.end === 'hyphen' ? setter.word(atom.ink.face, '-').width * (atom.ink.size / 1000) : 0;
    if (used + atom.width + hyphen > width + 0.01) {
      if (chance >= start) {
        lines.push(compose(setter, atoms, start, chance + 1));
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
        chance = i;
        used += head.width;
        continue;
      }
    }
    used += atom.width + atom.space;
    if (atom.end === 'newline') {
      lines.push(compose(setter, atoms, start, i + 1));
      start = i + 1;
      used = 0;
      chance = -1;
    } else if (atom.end !== 'glued') chance = i;
  }
  if (start < atoms.length) lines.push(compose(setter, atoms, start, atoms.length));
  return lines;
}

/** Cuts a word so that its head fits, best after a separator near the end. */
function cut(setter: Typesetter, atom: Atom, room: number, isFirst: boolean): [Atom | undefined, Atom | undefined] {
  const { ink } = atom;
  const scale = ink.size / 1000;
  const characters = [...graphemes.segment(atom.word.text)].map((s) => s.segment);
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

function compose(setter: Typesetter, atoms: Atom[], from: number, to: number): Line {
  const spans: Span[] = [];
  let x = 0;
  let span: Span | undefined;
  for (let i = from; i < to; i++) {
    const atom = atoms[i] as Atom;
    const scale = atom.ink.size / 1000;
    const isLast = i === to - 1;
    // The space at a line's end is kept, unseen, so that words of two lines do not run together when read aloud.
    const extra = isLast && atom.end === 'hyphen' ? '-' : atom.space > 0 ? ' ' : '';
    for (const part of atom.word.parts) append(part, atom.ink, scale);
    if (extra) for (const part of setter.word(atom.ink.face, extra).parts) append(part, atom.ink, scale);
    if (isLast && extra === ' ') {
      x -= atom.space;
      if (span) span.width -= atom.space;
    }
  }
  return { width: x, spans };

  function append(part: Part, ink: Ink, scale: number) {
    const width = part.width * scale;
    if (span && span.ink === ink && span.part.face === part.face && span.part.rise === part.rise) {
      span.part.show += part.show;
      span.part.width += part.width;
      span.width += width;
    } else {
      span = { x, width, ink, part: { face: part.face, show: part.show, width: part.width, rise: part.rise } };
      spans.push(span);
    }
    x += width;
  }
}
