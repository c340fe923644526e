import type { Control } from '../model/catalogue.ts';
import type { Knowledge } from './knowledge.ts';
import { type Asking, readQuestion } from './question-text.ts';
import { BROAD } from './question-words.ts';
import { type Asked, metBy } from './scheme.ts';

/** A phrase that was found to ask the same, with how alike the two are (0 to 1). */
export interface Match<T> {
  entry: T;
  likeness: number;
  /** Words of the question that the phrase does not have. */
  more: string[];
}

/** How much a broad word weighs beside one that names a subject. */
const BROAD_WEIGHT = 0.15;
/** The most that broad words of a question together weigh against a phrase that has none of them. */
const BROAD_MOST = 2 * BROAD_WEIGHT;
/** How much a word weighs that no phrase knows: it may be what the question is about. */
const UNKNOWN_WEIGHT = 1.25;

/** Phrases that can be searched for the one that asks the same as a question. */
export class TextIndex<T> {
  /** Each phrase with its weight and, in `alike`, the words of all that are answered alike: they make no other question of it. */
  private readonly entries: { entry: T; asking: Asking; weight: number; alike: ReadonlySet<string> | undefined }[] = [];
  private readonly byWord = new Map<string, number[]>();
  private readonly most: number;

  /** `answeredAs` names what phrases are answered from; those of one name are answered alike. */
  constructor(phrases: readonly { text: string; entry: T }[], answeredAs: (entry: T) => string | undefined = () => undefined) {
    const read = phrases.map(({ text, entry }) => ({ entry, asking: readQuestion(text), name: answeredAs(entry) }));
    read.forEach(({ asking }, position) => {
      for (const word of asking.words) this.byWord.set(word, [...(this.byWord.get(word) ?? []), position]);
    });
    const alike = new Map<string, Set<string>>();
    for (const { asking, name } of read) {
      if (name === undefined || asking.policy || asking.denials !== '') continue;
      alike.set(name, new Set([...(alike.get(name) ?? []), ...asking.words]));
    }
    this.most = Math.log(1 + read.length);
    for (const { entry, asking, name } of read)
      this.entries.push({ entry, asking, weight: this.weigh(asking.words), alike: alike.get(name ?? '') });
  }

  /** The phrases most like a question, best first; alike in what they ask for, and in both directions in their words. */
  search(asking: Asking, most = 3): Match<T>[] {
    if (this.weigh(asking.words) === 0) return [];
    const common = new Map<number, number>();
    for (const word of asking.words) {
      const weight = this.weightOf(word);
      for (const position of this.byWord.get(word) ?? []) common.set(position, (common.get(position) ?? 0) + weight);
    }
    return [...common]
      .flatMap(([position, shared]) => {
        const found = this.entries[position] as (typeof this.entries)[number];
        // Whoever asks for a program or a process does not ask for a policy.
        if (found.asking.policy && !asking.policy) return [];
        const more = [...asking.words].filter((word) => !found.asking.words.has(word) && !found.alike?.has(word));
        const [broad, telling] = [more.filter((word) => BROAD.has(word)), more.filter((word) => !BROAD.has(word))];
        // A word that is the subject of other phrases and not of this one makes it another question.
        const other = telling.some((word) => this.byWord.has(word));
        const total = shared + Math.min(BROAD_MOST, this.weigh(broad)) + this.weigh(telling);
        return other || !wantsNoMore(asking, found.asking)
          ? []
          : [{ entry: found.entry, likeness: (2 * shared) / (total + found.weight), more, position }];
      })
      .sort((a, b) => b.likeness - a.likeness || a.position - b.position)
      .slice(0, most)
      .map(({ entry, likeness, more }) => ({ entry, likeness, more }));
  }

  private weigh(words: Iterable<string>): number {
    let sum = 0;
    for (const word of words) sum += this.weightOf(word);
    return sum;
  }

  /** A word's weight: rare words tell more, unknown ones most, broad ones little. */
  private weightOf(word: string): number {
    if (BROAD.has(word)) return BROAD_WEIGHT;
    const found = this.byWord.get(word)?.length ?? 0;
    return found === 0 ? UNKNOWN_WEIGHT : 0.5 + 0.5 * (1 - Math.log(1 + found) / this.most);
  }
}

/** Whether a question demands nothing that a phrase leaves out, and denies what it denies. */
function wantsNoMore(asking: Asking, phrase: Asking): boolean {
  return asking.denials === phrase.denials && [...asking.demands].every((demand) => phrase.demands.has(demand));
}

/** Below this, a phrase asks something else. */
const ALIKE = 0.8;
/** Two phrases this close to each other are both meant. */
const TIE = 0.02;

/** What the texts of questions can be found to ask: our own phrases, and the title of every control. */
export function phraseIndex(knowledge: Pick<Knowledge, 'schemes' | 'matrix'>): TextIndex<Asked> {
  const phrases = knowledge.schemes.flatMap((scheme) => scheme.phrases.map(({ ask, ...asked }) => ({ text: ask, entry: asked })));
  const untitled = new Set(knowledge.schemes.flatMap((scheme) => scheme.untitled));
  const titled = knowledge.matrix.controls.filter(({ id }) => !untitled.has(id));
  const titles = titled.map((control: Control) => ({
    text: `${control.title} is in place`,
    entry: metBy([control.id]),
  }));
  return new TextIndex([...phrases, ...titles], answeredFrom);
}

/** What makes phrases answered alike: the same controls, and nothing that a statement has to say beyond them. */
function answeredFrom({ sense, controls, says, inverse, unless }: Asked): string | undefined {
  return sense === 'met' && says.length === 0 && !inverse && !unless ? [...controls].sort().join(' ') : undefined;
}

/** What a question's text asks, as far as that is certain; with the likeness of the phrase that asks the same. */
export function askedByText(asking: Asking, index: TextIndex<Asked>): { asked: Asked; likeness: number } | undefined {
  if (asking.form === 'other') return undefined;
  const [best, ...others] = index.search(asking);
  if (!best || best.likeness < ALIKE) return undefined;
  // Whether something is so and whether it is done securely, or under rules, are two questions.
  if (best.entry.fact && (asking.governs || best.more.length > 0)) return undefined;
  const tied = others.filter((other) => best.likeness - other.likeness < TIE && other.entry.sense === best.entry.sense);
  const asked = {
    ...best.entry,
    controls: [...new Set([best, ...tied].flatMap((match) => match.entry.controls))],
    exact: true,
    ...(asking.within && !best.entry.within ? { within: asking.within } : {}),
  };
  if (asked.sense !== 'met') return { asked, likeness: best.likeness };
  const sense = asking.form === 'describe' ? 'describe' : asking.review ? 'review' : asking.policy ? 'policy' : 'met';
  return { asked: { ...asked, sense }, likeness: best.likeness };
}
