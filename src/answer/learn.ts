import { isMap, isSeq, parseDocument, stringify } from 'yaml';
import type { Book } from '../book/book.ts';
import { monthsAfter } from '../days.ts';
import type { Mapping, Question } from '../questionnaire/questionnaire.ts';
import { answerWord } from '../questionnaire/vocabulary.ts';
import { folded } from '../questionnaire/wording.ts';
import { explanationRole, isAt, type Row } from './fill.ts';
import { currentAnswer, heldTexts, isHeld } from './held.ts';
import { type LibraryAnswer, LibraryIndex } from './library.ts';

/** An answer that somebody gave in a workbook, for the library. */
export interface Learned {
  question: string;
  /** `scheme:id`, where the form is a known one. */
  id?: string;
  answer: string;
  explanation?: string;
  validUntil: string;
  /** The entry of the library that it replaces, by its position. */
  replaces?: number;
  /** Why it will not be given by itself, where statements say otherwise. */
  contradicts?: string;
}

/**
 * The answers of a corrected workbook that demarc would not have given so: those of people. `rows` are what it would write now, with
 * everything overwritten. They hold for a year: what nobody confirms again should not be given for ever.
 */
export function learnedFrom(
  book: Book,
  mapping: Mapping,
  rows: readonly Row[],
  library: readonly LibraryAnswer[],
  asOf: string,
): Learned[] {
  const held = heldTexts(book);
  const index = new LibraryIndex(library);
  const given = new Set<LibraryAnswer>();
  const corrections = rows.flatMap(({ question, answer, state, shown, edits }): { learned: Learned; known?: LibraryAnswer }[] => {
    const now = currentAnswer(question, held);
    if (now === '') return [];
    const id = question.id !== undefined && mapping.scheme !== undefined ? `${mapping.scheme}:${question.id}` : undefined;
    const known = (id === undefined ? undefined : index.byId(id)) ?? index.byText(question.text);
    const marked = question.options.find((option) => option.text === now);
    const word = marked ? marked.means : answerWord(now);
    const place = question.cells[explanationRole(question, word)];
    const said = place ? held(question.sheet, place).trim() : '';
    const would = edits.find((edit) => isAt(edit, place))?.value;
    const sameWords = said === '' || (typeof would === 'string' && folded(said) === folded(would));
    if (state === 'answered' && shown !== '' && folded(shown) === folded(now) && sameWords) {
      if (known) given.add(known);
      return [];
    }
    const contradiction = answer.found !== 'library' && answer.means !== undefined && word !== undefined && answer.means !== word;
    const learned = {
      question: question.text.replace(/\s+/g, ' ').trim(),
      ...(id === undefined ? {} : { id }),
      answer: word ?? now,
      ...(said === '' ? {} : { explanation: said.replace(/\s+/g, ' ') }),
      validUntil: monthsAfter(asOf, 12),
      ...(contradiction && answer.means ? { contradicts: answer.means } : {}),
    };
    return [{ learned, ...(known ? { known } : {}) }];
  });
  return corrections.map(({ learned, known }) => {
    // An entry that still answers another question, or that was replaced already, stays: what is added behind it comes first.
    if (!known || given.has(known)) return learned;
    given.add(known);
    return { ...learned, replaces: library.indexOf(known) };
  });
}

/** What people wrote beside answers and nobody can learn: who holds a duty and what customers do follow from the description. */
export function notLearned(book: Book, rows: readonly Row[]): { question: Question; roles: ('ownership' | 'customer')[] }[] {
  const held = heldTexts(book);
  return rows.flatMap(({ question, edits }) => {
    if (currentAnswer(question, held) === '') return [];
    const roles = (['ownership', 'customer'] as const).filter((role) => {
      const cell = question.cells[role];
      if (!cell) return false;
      const now = held(question.sheet, cell);
      const ours = edits.find((edit) => isAt(edit, cell))?.value;
      return isHeld(now) && folded(now) !== folded(typeof ours === 'string' ? ours : '');
    });
    return roles.length > 0 ? [{ question, roles }] : [];
  });
}

const HEAD = `# The organization's own answers to questionnaires. Each is given wherever a form asks one of its questions; see docs/questionnaires.md.
answers:
`;

/**
 * A library's text with learned answers in it: new ones at the end of the list, others in the place of what they replace. Everything else
 * stays as it was written, comments and all. Undefined for a text whose list is not written one item a line block by block.
 */
export function withLearned(
  text: string | undefined,
  learned: readonly Learned[],
  library: readonly LibraryAnswer[],
): string | undefined {
  if (text === undefined || text.trim() === '') return HEAD + learned.map((one) => itemText(entryOf(one), 2)).join('');
  const document = parseDocument(text, { stringKeys: true });
  const list = isMap(document.contents) ? document.contents.get('answers', true) : undefined;
  if (!isSeq(list) || !list.range) return undefined;
  if (list.items.length === 0) {
    const [start, end] = list.range;
    const items = learned.map((one) => itemText(entryOf(one), 2)).join('');
    return `${text.slice(0, start).trimEnd()}\n${items}${text.slice(end).replace(/^[ \t]*\n/, '')}`;
  }
  if (list.flow) return undefined;
  const [first] = list.range;
  const indent = first - (text.lastIndexOf('\n', first - 1) + 1);
  const splices: { from: number; to: number; text: string }[] = [];
  for (const one of learned) {
    if (one.replaces === undefined) continue;
    const node = list.items[one.replaces];
    const old = library[one.replaces];
    if (!isMap(node) || !node.range || !old) return undefined;
    const written = itemText(entryOf(one, old), indent)
      .slice(indent + 2)
      .trimEnd();
    splices.push({ from: node.range[0], to: endOf(text, node.range[1]), text: written });
  }
  const end = endOf(text, list.range[1]);
  const added = learned.filter((one) => one.replaces === undefined).map((one) => itemText(entryOf(one), indent));
  if (added.length > 0) splices.push({ from: end, to: end, text: `\n${added.join('').trimEnd()}` });
  let result = text;
  for (const splice of splices.sort((a, b) => b.from - a.from))
    result = result.slice(0, splice.from) + splice.text + result.slice(splice.to);
  return result.endsWith('\n') ? result : `${result}\n`;
}

/** The end of a value without the line breaks that follow it. */
function endOf(text: string, end: number): number {
  return text.slice(0, end).trimEnd().length;
}

type Entry = Record<string, string | string[]>;

function entryOf(one: Learned, old?: LibraryAnswer): Entry {
  const ids = [...new Set([...(old?.ids ?? []), ...(one.id ? [one.id] : [])])];
  return {
    questions: [...new Set([...(old?.questions ?? []), one.question])],
    ...(ids.length > 0 ? { ids } : {}),
    answer: one.answer,
    ...(one.explanation !== undefined ? { explanation: one.explanation } : {}),
    ...(old && old.evidence.length > 0 ? { evidence: old.evidence } : {}),
    ...(old?.owner !== undefined ? { owner: old.owner } : {}),
    'valid-until': one.validUntil,
  };
}

/** One item of the list as YAML, its dash at a column. */
function itemText(entry: Entry, indent: number): string {
  const lines = stringify([entry], { lineWidth: 120 - indent, defaultStringType: 'PLAIN' })
    .trimEnd()
    .split('\n');
  return `${lines.map((line) => (line === '' ? line : ' '.repeat(indent) + line)).join('\n')}\n`;
}
