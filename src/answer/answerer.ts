import type { Mapping, Question } from '../questionnaire/questionnaire.ts';
import type { Answer } from './answer.ts';
import { askedById, NIST } from './by-id.ts';
import { askedByText, phraseIndex, TextIndex } from './by-text.ts';
import type { Knowledge } from './knowledge.ts';
import { type LibraryAnswer, LibraryIndex, sameDemands } from './library.ts';
import { type Asking, questionsWithin, readQuestion } from './question-text.ts';
import { type Asked, metBy } from './scheme.ts';
import { supported } from './support.ts';

/** How alike a question must be to one in the library for its answer to be given. */
const SAME_QUESTION = 0.88;
/** The most that can be certain of an answer found by a question's text alone. */
const BY_TEXT = 0.95;

/** Answers questions from the same knowledge, whose indexes are made once, and only when a question needs them. */
export function answerer(knowledge: Knowledge, mapping: Mapping): (question: Question) => Answer {
  const { scheme } = mapping;
  const library = new LibraryIndex(knowledge.library);
  let phrases: TextIndex<Asked> | undefined;
  let variants: TextIndex<{ answer: LibraryAnswer; text: string }> | undefined;
  // Many ids ask the same: all lettered parts of a control, and the same control on several sheets.
  const alike = new Map<string, Answer>();

  const answerById = (id: string, question: Question): Answer | undefined => {
    const asked = askedById(id, scheme ?? '', question, knowledge);
    if (!asked) return undefined;
    const key = JSON.stringify(asked);
    let answer = alike.get(key);
    if (!answer) {
      answer = { ...supported(asked, knowledge), found: 'id' };
      if (scheme === NIST) answer = withoutInheritance(answer, knowledge);
      alike.set(key, answer);
    }
    return answer;
  };
  const answerByText = (asking: Asking, text: string): Answer => {
    phrases ??= phraseIndex(knowledge);
    return fromText(asking, text, phrases, knowledge);
  };
  const likeInLibrary = (text: string, asking: Asking): { answer: LibraryAnswer; sure: number } | undefined => {
    variants ??= new TextIndex(
      knowledge.library.flatMap((answer) =>
        answer.questions.map((variant) => ({ text: variant, entry: { answer, text: variant } })),
      ),
    );
    const [best] = variants.search(asking, 1);
    if (!best || best.likeness < SAME_QUESTION || !sameDemands(text, best.entry.text)) return undefined;
    return { answer: best.entry.answer, sure: best.likeness };
  };

  return (question) => {
    const { id } = question;
    const text = withoutId(question);
    const known = id !== undefined && scheme !== undefined ? answerById(id, question) : undefined;
    let own = (id !== undefined && scheme !== undefined ? library.byId(`${scheme}:${id}`) : undefined) ?? library.byText(text);
    if (known && (own || knowledge.library.length === 0)) return own ? fromLibrary(own, 1, known, knowledge) : known;
    const asking = readQuestion(text);
    const derived = known ?? answerByText(asking, text);
    let sure = 1;
    if (!own && knowledge.library.length > 0) {
      const like = likeInLibrary(text, asking);
      own = like?.answer;
      sure = like?.sure ?? 1;
    }
    return own ? fromLibrary(own, sure, derived, knowledge) : derived;
  };
}

/** A question's text without its own id, where that stands at its beginning. */
function withoutId({ id, text }: Question): string {
  if (id === undefined || !/\d/.test(id) || !text.trimStart().startsWith(id)) return text;
  const rest = text
    .trimStart()
    .slice(id.length)
    .replace(/^[\s.:)–-]+/, '');
  return rest === '' ? text : rest;
}

/** Under FedRAMP a part is inherited only from a provider that is authorized itself; no other proof will do. */
function withoutInheritance(answer: Answer, { matrix }: Knowledge): Answer {
  if (answer.ownership !== 'providers' && answer.ownership !== 'own-and-providers') return answer;
  const proofs = answer.sources.filter((source) => source.kind === 'assurance');
  const authorized = proofs.every(({ id }) => matrix.assurances.some((one) => one.id === id && one.type === 'fedramp'));
  // A note says where a part is not proven at all.
  if (authorized && proofs.length > 0 && answer.notes.length === 0) return answer;
  const { ownership: _, ...rest } = answer;
  const note = 'Who owns it is left open: a part is inherited only where a FedRAMP authorization of the provider is on file.';
  return { ...rest, notes: [...rest.notes, note] };
}

function fromText(asking: Asking, text: string, phrases: TextIndex<Asked>, knowledge: Knowledge): Answer {
  const none = { evidence: [], confidence: 0, sources: [], owners: [], notes: [] };
  if (asking.form === 'other') {
    const says = 'It asks for something that neither matrix nor statements can say. Answer it once in the answer library.';
    return { ...none, blank: { code: 'open-question', says } };
  }
  const found = askedByText(asking, phrases);
  const several = found ? undefined : fromSeveral(questionsWithin(text), phrases, knowledge);
  if (several) return several;
  if (!found) return { ...none, blank: { code: 'not-known', says: 'Nothing that demarc knows asks the same.' } };
  const answer = supported(found.asked, knowledge);
  return { ...answer, found: 'text', confidence: answer.confidence * Math.min(BY_TEXT, found.likeness) };
}

/** One answer to several questions in one text: only where each can be answered by itself, and what is blank for one is blank for all. */
function fromSeveral(texts: readonly string[], phrases: TextIndex<Asked>, knowledge: Knowledge): Answer | undefined {
  const found = texts.map((text) => askedByText(readQuestion(text), phrases));
  const asked = found.flatMap((one) =>
    one && one.asked.sense === 'met' && !one.asked.inverse && !one.asked.unless ? one.asked : [],
  );
  if (texts.length < 2 || asked.length < texts.length) return undefined;
  const answers = asked.map((one) => supported(one, knowledge));
  const open = answers.find((answer) => answer.blank);
  if (open) return open;
  const controls = [...new Set(asked.flatMap((one) => one.controls))];
  const joined = supported(metBy(controls), knowledge);
  const likeness = Math.min(BY_TEXT, ...found.map((one) => one?.likeness ?? 0));
  return { ...joined, found: 'text', confidence: joined.confidence * likeness };
}

/** Below this an answer found by its text is no reason to doubt what people wrote. */
const WORTH_DOUBT = 0.8;

/** Whether statements say something else than the library, which is worth a person's look. */
function contradicts(own: LibraryAnswer, derived: Answer): boolean {
  if (derived.blank || derived.means === undefined || own.means === undefined) return false;
  if (derived.found === 'text' && derived.confidence < WORTH_DOUBT) return false;
  const plain = (word: string): string => (word === 'alternative' ? 'yes' : word);
  return plain(derived.means) !== plain(own.means);
}

/** The organization's own answer, unless it has run out or the matrix says otherwise. */
function fromLibrary(own: LibraryAnswer, sure: number, derived: Answer, { matrix }: Knowledge): Answer {
  const source = {
    kind: 'library' as const,
    id: own.questions[0] ?? '',
    title: own.place ? `${own.place.file}:${own.place.line}` : (own.questions[0] ?? ''),
    ...(own.validUntil ? { state: `until ${own.validUntil}` } : {}),
  };
  const owners = own.owner ? [own.owner] : derived.owners;
  if (own.validUntil !== undefined && own.validUntil < matrix.asOf) {
    if (!derived.blank)
      return { ...derived, notes: [...derived.notes, `The library's own answer ran out on ${own.validUntil}.`] };
    const says = `The library's answer ran out on ${own.validUntil}. Confirm it and give it a new day.`;
    return { ...derived, sources: [source], owners, blank: { code: 'expired', says } };
  }
  if (contradicts(own, derived)) {
    const says = `The library says ${own.means}, and statements say ${derived.means}. Settle which of them is right.`;
    return {
      ...derived,
      confidence: 0,
      sources: [source, ...derived.sources],
      owners: [...new Set([...owners, ...derived.owners])],
      blank: { code: 'contradiction', says },
    };
  }
  return {
    ...(own.means ? { means: own.means } : {}),
    ...(own.text !== undefined ? { text: own.text } : {}),
    ...(derived.ownership && !derived.blank ? { ownership: derived.ownership } : {}),
    ...(own.explanation !== undefined ? { comment: own.explanation } : {}),
    ...(derived.customer !== undefined ? { customer: derived.customer } : {}),
    evidence: own.evidence,
    confidence: sure,
    found: 'library',
    sources: [source],
    owners,
    notes: [],
  };
}
