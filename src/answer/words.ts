import type { AnswerWord, OwnerWord } from '../questionnaire/questionnaire.ts';
import { answerWord, ownerWord } from '../questionnaire/vocabulary.ts';
import { folded } from '../questionnaire/wording.ts';

/** What may stand for a word where a form has none of its own for it. Never something better than the truth. */
const INSTEAD: Record<AnswerWord, readonly AnswerWord[]> = {
  yes: [],
  no: [],
  alternative: ['yes'],
  partial: ['no'],
  planned: ['no'],
  'not-applicable': [],
};

/** What is written where anything may be. */
export const WRITTEN: Readonly<Record<AnswerWord, string>> = {
  yes: 'Yes',
  no: 'No',
  partial: 'Partially',
  planned: 'Planned',
  alternative: 'Yes, by an alternative measure',
  'not-applicable': 'Not applicable',
};

/** The words that may be given for an answer, the truest first; `exact` where none may stand in for it. */
export function wordsFor(word: AnswerWord, exact = false): AnswerWord[] {
  return exact ? [word] : [word, ...INSTEAD[word]];
}

/**
 * The form's value for a word: what its mapping says, else the allowed value that means it, else one that may stand for it. Undefined where
 * the form has none; where anything is allowed, the word itself.
 */
export function valueFor(
  word: AnswerWord,
  allowed: readonly string[],
  mapped: Partial<Record<AnswerWord, string>> = {},
  exact = false,
): string | undefined {
  // One value alone that looks like an answer may belong to another scale ("Open", "Closed").
  const isScale = new Set(allowed.map(answerWord).filter((meant) => meant !== undefined)).size > 1;
  for (const candidate of wordsFor(word, exact)) {
    const said = mapped[candidate];
    if (allowed.length === 0) return said ?? WRITTEN[candidate];
    const value =
      allowedAs(said, allowed) ?? (isScale ? only(allowed.filter((text) => answerWord(text) === candidate)) : undefined);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The form's value for an owner. Where anything is allowed and the mapping says nothing, none is written: forms differ too much. */
export function ownerFor(
  word: OwnerWord,
  allowed: readonly string[],
  mapped: Partial<Record<OwnerWord, string>> = {},
): string | undefined {
  const said = mapped[word];
  if (allowed.length === 0) return said;
  return allowedAs(said, allowed) ?? only(allowed.filter((text) => ownerWord(text) === word));
}

/** The allowed value that a text is, white space and capitals aside. */
export function allowedAs(text: string | undefined, allowed: readonly string[]): string | undefined {
  if (text === undefined) return undefined;
  return allowed.find((value) => value === text) ?? only(allowed.filter((value) => folded(value) === folded(text)));
}

/** The one value; several that mean the same leave open which is wanted, unless they differ in white space and capitals alone. */
function only(values: readonly string[]): string | undefined {
  return new Set(values.map(folded)).size === 1 ? values[0] : undefined;
}
