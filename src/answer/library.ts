import * as v from 'valibot';
import { isDay } from '../days.ts';
import type { Place } from '../model/system.ts';
import type { AnswerWord } from '../questionnaire/questionnaire.ts';
import { readQuestion } from './question-text.ts';
import { plainId } from './scheme.ts';

/** One answer of the organization's own library, written once and given wherever the same is asked. */
export interface LibraryAnswer {
  /** The question in the words of different forms. */
  questions: string[];
  /** Ids of known forms that ask it, as `scheme:id`. */
  ids: string[];
  means?: AnswerWord;
  /** The answer in words, where it is not one of yes, no … */
  text?: string;
  explanation?: string;
  evidence: string[];
  owner?: string;
  /** The last day on which it may be given. */
  validUntil?: string;
  place?: Place;
}

const filled = v.pipe(
  v.string(),
  v.check((value) => value.trim() !== '', 'the text is empty'),
);
const day = v.pipe(v.string(), v.check(isDay, 'write a day of the calendar as year-month-day, such as 2026-03-31'));
const says = <T extends v.GenericSchema>(schema: T, description: string) => v.pipe(schema, v.description(description));

/** The shape of an answer library, with the descriptions that editors show. */
export const libraryFile = v.strictObject({
  answers: v.array(
    v.strictObject({
      questions: says(v.pipe(v.array(filled), v.minLength(1, 'name at least one question')), 'The question as forms ask it.'),
      ids: v.optional(
        says(
          v.array(v.pipe(v.string(), v.regex(/^[a-z0-9-]+:\S/, 'write form:id, such as hecvat-4:HFIH-04'))),
          'Ids of known forms that ask it.',
        ),
        [],
      ),
      answer: says(
        v.union([filled, v.boolean(), v.number()]),
        'yes, no, partial, planned, alternative, not-applicable, or a text.',
      ),
      explanation: v.optional(says(filled, 'What is written beside the answer.')),
      evidence: v.optional(says(v.array(filled), 'What shows it.'), []),
      owner: v.optional(says(filled, 'Who answers for it.')),
      'valid-until': v.optional(says(day, 'The last day on which it may be given.')),
    }),
  ),
});

/** A library as read from its file. */
export type LibraryFile = v.InferOutput<typeof libraryFile>;

/** A library's answers, each with its place. */
export function libraryOf(file: LibraryFile, placeOf: (position: number) => Place): LibraryAnswer[] {
  return file.answers.map(({ answer, 'valid-until': validUntil, ...entry }, position) => {
    const written = answer === true ? 'yes' : answer === false ? 'no' : String(answer);
    const means = wordWritten(written);
    return {
      ...entry,
      ...(means ? { means } : { text: written }),
      ...(validUntil ? { validUntil } : {}),
      place: placeOf(position),
    };
  });
}

const WORDS: readonly AnswerWord[] = ['yes', 'no', 'partial', 'planned', 'alternative', 'not-applicable'];

/** An answer in one of our own words; everything else is a text. */
export function wordWritten(text: string): AnswerWord | undefined {
  const written = text.trim().toLowerCase();
  return WORDS.find((word) => word === (written === 'n/a' ? 'not-applicable' : written));
}

/** Looks answers up by id and by the very words of a question. */
export class LibraryIndex {
  private readonly ids = new Map<string, LibraryAnswer>();
  private readonly texts = new Map<string, LibraryAnswer>();

  constructor(library: readonly LibraryAnswer[]) {
    // A later answer replaces an earlier one: libraries grow at their end.
    for (const answer of library) {
      for (const id of answer.ids) this.ids.set(idKey(id), answer);
      for (const question of answer.questions) this.texts.set(textKey(question), answer);
    }
  }

  /** By the id of a known form's question, as `scheme:id`. */
  byId(id: string): LibraryAnswer | undefined {
    return this.ids.get(idKey(id));
  }

  byText(question: string): LibraryAnswer | undefined {
    return this.texts.get(textKey(question));
  }
}

function idKey(id: string): string {
  const [scheme = '', ...rest] = id.split(':');
  return `${scheme}:${plainId(rest.join(':'))}`;
}

/** A question's text with nothing but its letters and digits: forms differ in white space, quotes and stars. */
export function textKey(question: string): string {
  return (
    question
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\d]+/gu)
      ?.join(' ') ?? ''
  );
}

/** Whether two questions want the same, apart from the words that both leave out: numbers and denials must agree. */
export function sameDemands(a: string, b: string): boolean {
  const demands = (text: string): string =>
    (text.toLowerCase().match(/\d+(?:\.\d+)*|\b(?:not|no|never|without|except|unless|prohibit\w*|n't)\b/g) ?? [])
      .sort()
      .join(' ');
  const [one, other] = [readQuestion(a), readQuestion(b)];
  return (
    demands(a) === demands(b) &&
    one.form === other.form &&
    one.within === other.within &&
    one.policy === other.policy &&
    one.review === other.review
  );
}
