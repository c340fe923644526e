import type { Mapping, Question } from '../questionnaire/questionnaire.ts';
import type { Answer } from './answer.ts';
import { askedById } from './by-id.ts';
import { askedByText, phraseIndex, TextIndex } from './by-text.ts';
import type { Knowledge } from './knowledge.ts';
import { type LibraryAnswer, LibraryIndex, sameDemands } from './library.ts';
import { type Asking, readQuestion } from './question-text.ts';
import type { Asked } from './scheme.ts';
import { supported } from './support.ts';

/** How alike a question must be to one in the library for its answer to be given. */
const SAME_QUESTION = 0.88;
/** The most that can be certain of an answer found by a question's text alone. */
const BY_TEXT = 0.95;

/** Answers questions from the same knowledge, whose indexes are made once, and only when a question needs them. */
export function answerer(knowledge: Knowledge, mapping: Mapping): (question: Question) => Answer {
  const library = new LibraryIndex(knowledge.library);
  let phrases: TextIndex<Asked> | undefined;
  let variants: TextIndex<{ answer: LibraryAnswer; text: string }> | undefined;

  return (question) => {
    const { scheme } = mapping;
    const { id, text } = question;
    const asking = readQuestion(text);
    const byId = id !== undefined && scheme !== undefined ? askedById(id, scheme, question, knowledge) : undefined;
    const derived = ((): Answer => {
      if (byId) return { ...supported(byId, knowledge), found: 'id' };
      phrases ??= phraseIndex(knowledge);
      return fromText(asking, phrases, knowledge);
    })();

    let sure = 1;
    let own = (id !== undefined && scheme !== undefined ? library.byId(scheme, id) : undefined) ?? library.byText(text);
    if (!own && knowledge.library.length > 0) {
      variants ??= new TextIndex(
        knowledge.library.flatMap((answer) =>
          answer.questions.map((variant) => ({ text: variant, entry: { answer, text: variant } })),
        ),
      );
      const [best] = variants.search(asking, 1);
      if (best && best.likeness >= SAME_QUESTION && sameDemands(text, best.entry.text)) {
        own = best.entry.answer;
        sure = best.likeness;
      }
    }
    return own ? fromLibrary(own, sure, derived, knowledge) : derived;
  };
}

function fromText(asking: Asking, phrases: TextIndex<Asked>, knowledge: Knowledge): Answer {
  const none = { evidence: [], confidence: 0, sources: [], owners: [], notes: [] };
  if (asking.form === 'other') {
    const says = 'It asks for something that neither matrix nor statements can say. Answer it once in the answer library.';
    return { ...none, blank: { code: 'open-question', says } };
  }
  const found = askedByText(asking, phrases);
  if (!found) return { ...none, blank: { code: 'not-known', says: 'Nothing that demarc knows asks the same.' } };
  const answer = supported(found.asked, knowledge);
  return { ...answer, found: 'text', confidence: answer.confidence * Math.min(BY_TEXT, found.likeness) };
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
  if (!derived.blank && derived.means !== undefined && own.means !== undefined && derived.means !== own.means) {
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
