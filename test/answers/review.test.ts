import { describe, expect, test } from 'vitest';
import type { Answer, AnswerSource } from '../../src/answer/answer.ts';
import type { Clipped } from '../../src/answer/clipping.ts';
import type { Row } from '../../src/answer/fill.ts';
import { changesSince, countsOf, type ReviewedQuestion, reviewedQuestions, reviewFrom } from '../../src/answer/review.ts';
import type { Patched } from '../../src/book/book.ts';
import { questionOf } from './knowledge.ts';

const answerOf = (more: Partial<Answer> = {}): Answer => ({
  means: 'yes',
  evidence: [],
  confidence: 0.954,
  sources: [],
  owners: [],
  notes: [],
  ...more,
});
const rowOf = (more: Partial<Row> = {}): Row => ({
  question: questionOf({ id: 'Q-1', text: ' Do\nyou? ' }),
  answer: answerOf(),
  state: 'answered',
  shown: 'Yes',
  owner: '',
  edits: [
    { sheet: 'S', row: 2, column: 2, value: 'Yes' },
    { sheet: 'S', row: 2, column: 3, value: 'It is.' },
  ],
  ...more,
});
const one = (row: Row, patched: Partial<Patched> = {}, clipped: Clipped[] = []): ReviewedQuestion =>
  reviewedQuestions([row], { refused: [], cut: [], ...patched }, clipped)[0] as ReviewedQuestion;

describe('a reviewed question', () => {
  test('names its cell and says what it rests on', () => {
    expect(one(rowOf())).toMatchObject({
      sheet: 'S',
      cell: 'B2',
      id: 'Q-1',
      question: 'Do you?',
      state: 'answered',
      answer: 'Yes',
      confidence: 0.95,
      clipped: [],
    });
  });
  test('an answer that the workbook refused counts as blank; an explanation that it refused is noted', () => {
    const [answer, comment] = rowOf().edits;
    const refused = one(rowOf(), { refused: [{ edit: answer as never, reason: 'locked' }] });
    expect(refused).toMatchObject({ state: 'refused', blank: { code: 'refused', says: 'The cell is locked by the form.' } });
    const beside = one(rowOf(), { refused: [{ edit: comment as never, reason: 'formula' }] });
    expect(beside).toMatchObject({ state: 'answered', notes: ['The cell holds a formula.'] });
    expect(countsOf([refused, beside])).toEqual({ questions: 2, answered: 1, blank: 1, kept: 0 });
  });
  test('cells that are cut off are named', () => {
    expect(one(rowOf(), {}, [{ sheet: 'S', cell: 'C2', height: 15, needed: 60 }]).clipped).toEqual(['C2']);
    const [, comment] = rowOf().edits;
    expect(one(rowOf(), { cut: [comment as never] }).notes).toEqual(['A cell holds 32,767 characters; the text is cut there.']);
  });
  test('nothing is claimed where nothing was answered', () => {
    const blank = one(
      rowOf({
        state: 'blank',
        shown: '',
        edits: [],
        answer: answerOf({ comment: 'Not said', blank: { code: 'unanswered', says: 'Why.' } }),
      }),
    );
    expect(blank).toMatchObject({ explanation: '', evidence: [], blank: { says: 'Why.' } });
  });
});

describe('what changed since the last year', () => {
  const source = (state: string): AnswerSource => ({
    kind: 'statement',
    id: 'multi-factor-authentication',
    title: 'statements.yaml:1',
    state,
  });
  const asked = (more: Partial<ReviewedQuestion> = {}): ReviewedQuestion => ({
    ...one(rowOf()),
    sources: [source('Implemented')],
    ...more,
  });

  test.each<[string, ReviewedQuestion, ReviewedQuestion, string[] | undefined]>([
    ['nothing', asked(), asked(), undefined],
    [
      'a status',
      asked({ answer: 'No', sources: [source('Planned, due 2026-12-31')] }),
      asked(),
      ['Statement multi-factor-authentication: Planned, due 2026-12-31 before, Implemented now.'],
    ],
    [
      'new evidence',
      asked({ explanation: 'a' }),
      asked({
        explanation: 'b',
        sources: [source('Implemented'), { kind: 'evidence', id: 'Report', title: 'Report', state: '2026-09-01' }],
      }),
      ['New evidence Report (2026-09-01).'],
    ],
    [
      'something gone',
      asked({ answer: 'Yes' }),
      asked({ state: 'blank', answer: '', sources: [], blank: { code: 'unanswered', says: 'No statement.' } }),
      ['No longer: statement multi-factor-authentication.', 'No statement.'],
    ],
    [
      'the library, which says it in one sentence',
      asked({ answer: 'No' }),
      asked({ sources: [{ kind: 'library', id: 'Do you?', title: 'answers.yaml:3', state: 'until 2027-09-30' }] }),
      ['The answer library answers it now (until 2027-09-30).'],
    ],
    [
      'a library that contradicts statements',
      asked({ answer: 'No' }),
      asked({
        state: 'blank',
        sources: [{ kind: 'library', id: 'Do you?', title: 'answers.yaml:3' }],
        blank: { code: 'contradiction', says: 'Settle it.' },
      }),
      ['Settle it.'],
    ],
    ['its words', asked({ explanation: 'a' }), asked({ explanation: 'b' }), ['Its wording changed.']],
    ['a person', asked(), asked({ state: 'kept', answer: 'No' }), ['Somebody answered it by hand.']],
    ['another form: found by its text', asked(), asked({ sheet: 'Other', id: 'R-9', answer: 'No' }), ['Its wording changed.']],
  ])('%s', (_, before, now, why) => {
    expect(changesSince({ questions: [before] }, [now]).map((change) => change.why)).toEqual(why ? [why] : []);
  });

  test('a question that was not asked before is new', () => {
    const changes = changesSince({ questions: [asked()] }, [asked({ id: 'Q-2', question: 'Something else?' })]);
    expect(changes).toEqual([expect.objectContaining({ before: '', why: ['The question is new.'] })]);
  });
});

test.each([
  'null',
  '[]',
  '{"format":"demarc-review"}',
  '{"format":"demarc-review","formatVersion":1,"filled":{"sha256":""},"review":{"sha256":""},"questions":[{}]}',
  '{"format":"demarc-review","formatVersion":1,"filled":{"sha256":""},"review":{"sha256":""},"questions":[null]}',
  '{"format":"demarc-review","formatVersion":2,"filled":{"sha256":""},"review":{"sha256":""},"questions":[]}',
  '{',
  '',
])('no review: %s', (text) => {
  expect(reviewFrom(text)).toBeUndefined();
});
