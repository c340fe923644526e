import * as v from 'valibot';
import type { AssuranceType } from '../model/catalogue.ts';

/**
 * What the questions of a known form ask, by id. A scheme names ids and controls alone; the questions' texts are their publishers'.
 * The rule for an entry: the question claims no more than the sentences of its controls, taken together. One that claims more is
 * `near`: nothing is answered from the controls, and what is nearest is shown to the person who answers it.
 */
export interface Scheme {
  id: string;
  title: string;
  questions: Map<string, Asked>;
  /** Questions in our own words for forms without known ids; see `by-text.ts`. */
  phrases: (Asked & { ask: string })[];
  /** Controls whose titles are no questions: they name what is governed ("International transfers"), not what is done about it. */
  untitled: string[];
}

/** How often something must have been done, for questions that ask since when. */
export const WINDOWS = {
  monthly: 31,
  quarterly: 92,
  'six-monthly': 184,
  annual: 366,
  'two-yearly': 731,
  'three-yearly': 1096,
} as const;

/** A word for a span of time within which proof must be dated. */
export type Window = keyof typeof WINDOWS;

/**
 * What one question asks. `met`: whether the controls are in place; `policy`: whether policies on them are; `review`: whether those
 * are reviewed every year; `describe`: how they are met; `near`: more than they say; `fact`: something the description states.
 */
export interface Asked {
  sense: 'met' | 'policy' | 'review' | 'describe' | 'near' | 'fact';
  controls: string[];
  /** `framework:requirement`, for forms that ask by a framework's ids. */
  requirements: string[];
  /** Each control's proof must carry a day within this span. */
  within?: Window;
  /** One of these words must stand in a statement, or in the parts of providers that carry it alone: the question claims it, and not every control that is met does. */
  says: string[];
  /** True where it asks whether something is done at all: what is done in part is then neither a yes nor a no. */
  exact: boolean;
  /** True where what the control demands makes the right answer "no". */
  inverse: boolean;
  /** A condition that must be denied: while it holds, the question asks more than the controls say. */
  unless?: string;
  fact?: FactAsked;
}

/** What asks whether some controls are in place at all, and nothing else. */
export function metBy(controls: string[]): Asked {
  return { sense: 'met', controls, requirements: [], says: [], exact: true, inverse: false };
}

/** Something that the description states by itself. */
export interface FactAsked {
  /** A text of the description. */
  text?: 'organization' | 'system' | 'description';
  /** Kinds of data of which any is held or handled. */
  holds?: string[];
  /** A role of the organization, as `framework:role`. */
  role?: string;
  /** Countries (ISO 3166) in which data are held. */
  countries?: string[];
  /** A condition that the description states. With `answer: no` only its denial answers: the question asks about a part of it. */
  condition?: string;
  /** A kind of proof that is on file, live, for everybody who holds parts of the controls. */
  proof?: AssuranceType;
}

const names = v.pipe(v.array(v.pipe(v.string(), v.minLength(1, 'the name is empty'))), v.minLength(1, 'name at least one'));

const entry = {
  met: v.optional(names),
  policy: v.optional(names),
  review: v.optional(names),
  describe: v.optional(names),
  near: v.optional(v.array(v.string())),
  requirements: v.optional(names),
  within: v.optional(v.picklist(Object.keys(WINDOWS) as [Window, ...Window[]])),
  says: v.optional(names),
  partly: v.optional(v.literal('blank')),
  unless: v.optional(v.string()),
  answer: v.optional(v.literal('no')),
  text: v.optional(v.picklist(['organization', 'system', 'description'])),
  holds: v.optional(names),
  role: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9-]+:[a-z0-9-]+$/, 'write framework:role'))),
  countries: v.optional(names),
  condition: v.optional(v.string()),
  proof: v.optional(v.picklist(['soc2-type2', 'pci-aoc', 'iso27001', 'baa', 'dpa'])),
  of: v.optional(names),
};

const SENSES = ['met', 'policy', 'review', 'describe', 'near'] as const;
const FACTS = ['text', 'holds', 'role', 'countries', 'condition', 'proof'] as const;

const PURPOSES = [...SENSES, 'requirements', ...FACTS] as const;

function hasOnePurpose(written: object): boolean {
  return PURPOSES.filter((key) => (written as Record<string, unknown>)[key] !== undefined).length === 1;
}

const ONE_PURPOSE = `give one of ${PURPOSES.join(', ')}`;

/** The shape of a file in `questionnaires/schemes/`. */
export const schemeFile = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write lower-case letters, digits and dashes')),
  title: v.string(),
  questions: v.optional(
    v.record(
      v.string(),
      v.pipe(
        v.strictObject(entry),
        v.check((written) => hasOnePurpose(written), ONE_PURPOSE),
      ),
    ),
    {},
  ),
  /** Questions that neither matrix nor statements can answer. */
  library: v.optional(v.array(v.string()), []),
  untitled: v.optional(v.array(v.string()), []),
  phrases: v.optional(
    v.array(
      v.pipe(
        v.strictObject({ ask: v.string(), ...entry }),
        v.check((written) => hasOnePurpose(written), ONE_PURPOSE),
      ),
    ),
    [],
  ),
});

/** A scheme as read from its file. */
export type SchemeFile = v.InferOutput<typeof schemeFile>;
type Entry = SchemeFile['questions'][string];

/** A file's content as a scheme. */
export function schemeOf(file: SchemeFile): Scheme {
  return {
    id: file.id,
    title: file.title,
    questions: new Map([
      ...Object.entries(file.questions).map(([id, written]) => [plainId(id), askedOf(written)] as const),
      ...file.library.map((id) => [plainId(id), askedOf({ near: [] })] as const),
    ]),
    phrases: file.phrases.map(({ ask, ...written }) => ({ ask, ...askedOf(written) })),
    untitled: file.untitled,
  };
}

function askedOf(written: Partial<Entry>): Asked {
  const sense = SENSES.find((name) => written[name] !== undefined);
  const { text, holds, role, countries, condition, proof } = written;
  const fact: FactAsked = {
    ...(text ? { text } : {}),
    ...(holds ? { holds } : {}),
    ...(role ? { role } : {}),
    ...(countries ? { countries } : {}),
    ...(condition ? { condition } : {}),
    ...(proof ? { proof } : {}),
  };
  const isFact = Object.keys(fact).length > 0;
  return {
    sense: sense ?? (isFact ? 'fact' : 'met'),
    controls: (sense ? written[sense] : written.of) ?? [],
    requirements: written.requirements ?? [],
    ...(written.within ? { within: written.within } : {}),
    says: written.says ?? [],
    exact: written.partly === 'blank',
    inverse: written.answer === 'no',
    ...(written.unless ? { unless: written.unless } : {}),
    ...(isFact ? { fact } : {}),
  };
}

/** An id as it is compared: without white space, section signs and trailing marks, in capitals. */
export function plainId(id: string): string {
  return id
    .replace(/[\s§*]/g, '')
    .replace(/[.:]+$/, '')
    .toUpperCase();
}
