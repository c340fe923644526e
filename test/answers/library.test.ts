import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerer } from '../../src/answer/answerer.ts';
import { fillRows } from '../../src/answer/fill.ts';
import { type Learned, learnedFrom, notLearned, withLearned } from '../../src/answer/learn.ts';
import { sameDemands } from '../../src/answer/library.ts';
import { libraryFrom } from '../../src/cli/answer-library.ts';
import { Problems } from '../../src/problem.ts';
import { bookOf } from '../questionnaires/build.ts';
import { libraryIn, mappingOf, questionOf, withStatements } from './knowledge.ts';

// The organization's own answers: given, run out, contradicted, learned.

const LIBRARY = `answers:
  - questions: ["Do you carry cyber insurance?", "Are you insured against cyber incidents?"]
    ids: ["hecvat-4:HFIH-04"]
    answer: yes
    explanation: Up to ten million.
    owner: Finance
    valid-until: "2026-12-31"
  - questions: [Where are your headquarters?]
    answer: Utrecht
  - questions: [Is security awareness training mandatory for all employees?]
    answer: yes
  - questions: [Do you hold an ISO 27001 certificate?]
    answer: no
    valid-until: "2026-06-30"
`;

describe('giving', () => {
  const known = withStatements([{ control: 'awareness-training', status: 'planned', due: '2026-12-31' }], {});
  known.library = libraryIn(LIBRARY);
  const give = (text: string, scheme?: string, id?: string) =>
    answerer(known, mappingOf(scheme))(questionOf({ text, ...(id ? { id } : {}) }));

  test.each([
    ['the very words', 'Do you carry cyber insurance?'],
    ['white space, case, stars', '  do you CARRY cyber\ninsurance?* '],
    ['another variant', 'Are you insured against cyber incidents?'],
  ])('%s', (_, text) => {
    expect(give(text)).toMatchObject({
      means: 'yes',
      comment: 'Up to ten million.',
      owners: ['Finance'],
      confidence: 1,
      found: 'library',
      sources: [{ kind: 'library', title: 'answers.yaml:2', state: 'until 2026-12-31' }],
    });
  });

  test('by the id of a known form, whatever it says there', () => {
    expect(give('Something else', 'hecvat-4', 'HFIH-04')).toMatchObject({ means: 'yes', found: 'library' });
    expect(give('Something else', 'caiq-4', 'HFIH-04').found).not.toBe('library');
  });

  test('nearly the same words, less certainly', () => {
    const near = give('Does your company carry a cyber insurance?');
    expect(near).toMatchObject({ means: 'yes', found: 'library' });
    expect(near.confidence).toBeGreaterThan(0.85);
    expect(give('Do you carry no cyber insurance?').found).not.toBe('library');
    expect(give('Do you carry cyber insurance of 5 million?').found).not.toBe('library');
    expect(give('Will you carry cyber insurance?').found).not.toBe('library');
  });

  test('words, where the answer is none of yes, no …', () => {
    expect(give('Where are your headquarters?')).toMatchObject({ text: 'Utrecht', found: 'library' });
  });

  test('an answer that has run out is not given', () => {
    expect(give('Do you hold an ISO 27001 certificate?').blank).toEqual({
      code: 'expired',
      says: "The library's answer ran out on 2026-06-30. Confirm it and give it a new day.",
    });
  });

  test('where statements say otherwise nothing is given', () => {
    expect(give('Is security awareness training mandatory for all employees?')).toMatchObject({
      confidence: 0,
      blank: { code: 'contradiction', says: 'The library says yes, and statements say planned. Settle which of them is right.' },
    });
  });

  test.each<[string, string, boolean]>([
    ['Do you test yearly?', 'Do you test every year?', true],
    ['Do you test yearly?', 'Do you test monthly?', false],
    ['Do you keep logs for 90 days?', 'Do you keep logs for 30 days?', false],
    ['Do you share data?', 'Do you never share data?', false],
    ['Do you have a backup policy?', 'Do you have backups?', false],
  ])('%s / %s', (a, b, same) => {
    expect(sameDemands(a, b)).toBe(same);
  });
});

describe('reading', () => {
  test.each<[string, string, RegExp]>([
    [
      'an unknown key',
      'answers:\n  - questions: [Q]\n    anser: yes\n',
      /answers\.yaml:3:5.*unknown key `anser`|unknown key `anser`/,
    ],
    ['no answer', 'answers:\n  - questions: [Q]\n', /the key `answer` is missing/],
    ['no question', 'answers:\n  - questions: []\n    answer: yes\n', /name at least one question/],
    [
      'an impossible day',
      'answers:\n  - questions: [Q]\n    answer: yes\n    valid-until: "2026-02-30"\n',
      /write a day of the calendar/,
    ],
    ['an id without a form', 'answers:\n  - questions: [Q]\n    ids: [HFIH-04]\n    answer: yes\n', /write form:id/],
    ['no YAML', 'answers: [\n', /./],
    ['a list for a map', '- questions: [Q]\n', /./],
  ])('%s', (_, text, message) => {
    try {
      libraryFrom(text, 'answers.yaml');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(Problems);
      expect((error as Problems).problems[0]?.message).toMatch(message);
      expect((error as Problems).problems[0]?.file).toBe('answers.yaml');
    }
  });
  test('an empty file is an empty library', () => {
    expect(libraryFrom('', 'answers.yaml')).toEqual([]);
    expect(libraryFrom('# nothing yet\n', 'answers.yaml')).toEqual([]);
  });
  test('true, false and numbers are what they look like', () => {
    const [a, b, c] = libraryFrom(
      'answers:\n  - {questions: [A], answer: true}\n  - {questions: [B], answer: n/a}\n  - {questions: [C], answer: 42}\n',
      'x.yaml',
    );
    expect([a?.means, b?.means, c?.text]).toEqual(['yes', 'not-applicable', '42']);
  });
});

describe('learning', () => {
  const known = withStatements([{ control: 'awareness-training', status: 'implemented', narrative: 'Everybody is trained.' }]);
  const cells = (row: number) => ({ answer: { row, column: 2 }, comment: { row, column: 3 } });
  const learn = (library: string, rows: (string | null)[][], scheme?: string): Learned[] => {
    known.library = libraryIn(library);
    const mapping = mappingOf(scheme);
    const book = bookOf({ name: 'S', rows });
    const questions = rows.map(([text], i) =>
      questionOf({ row: i + 1, text: text ?? '', cells: cells(i + 1), ...(scheme ? { id: `Q-${i + 1}` } : {}) }),
    );
    const filled = fillRows(book, mapping, questions, answerer(known, mapping), {
      minConfidence: 0,
      overwrite: true,
      readerDuties: true,
    });
    return learnedFrom(book, mapping, filled, known.library, '2026-09-30');
  };
  const TRAINED = 'Is security awareness training mandatory for all employees?';

  test('takes what people answered, and not what demarc gives', () => {
    expect(
      learn('answers: []', [
        [TRAINED, 'Yes', 'Everybody is trained.'],
        ['Do you have a dog?', 'Yes', 'Two of them.'],
        ['Do you have a cat?', null],
        ['How many people work for you?', '42'],
      ]),
    ).toEqual([
      { question: 'Do you have a dog?', answer: 'yes', explanation: 'Two of them.', validUntil: '2027-09-30' },
      { question: 'How many people work for you?', answer: '42', validUntil: '2027-09-30' },
    ]);
  });

  test('a correction of ours is learned, with a word where it contradicts statements', () => {
    expect(learn('answers: []', [[TRAINED, 'No', 'Only engineers.']])).toEqual([
      { question: TRAINED, answer: 'no', explanation: 'Only engineers.', validUntil: '2027-09-30', contradicts: 'yes' },
    ]);
    expect(learn('answers: []', [[TRAINED, 'Yes', 'Twice a year.']])[0]).not.toHaveProperty('contradicts');
  });

  test('who holds a duty is not learned, and that is said', () => {
    const mapping = mappingOf();
    const question = questionOf({ text: TRAINED, row: 1, cells: { ...cells(1), ownership: { row: 1, column: 4 } } });
    const told = (owner: string | null) => {
      const book = bookOf({ name: 'S', rows: [[TRAINED, 'Yes', 'Everybody is trained.', owner]] });
      const options = { minConfidence: 0, overwrite: true, readerDuties: true };
      return notLearned(book, fillRows(book, mapping, [question], answerer(known, mapping), options)).map(({ roles }) => roles);
    };
    known.library = [];
    expect(told(null)).toEqual([]);
    expect(told('Shared')).toEqual([['ownership']]);
  });

  test('what the library gives and somebody corrected replaces its entry', () => {
    expect(learn(LIBRARY, [['Do you carry cyber insurance?', 'No', 'Cancelled.']], 'hecvat-4')).toEqual([
      {
        question: 'Do you carry cyber insurance?',
        id: 'hecvat-4:Q-1',
        answer: 'no',
        explanation: 'Cancelled.',
        validUntil: '2027-09-30',
        replaces: 0,
      },
    ]);
    expect(learn(LIBRARY, [['Do you carry cyber insurance?', 'Yes', 'Up to ten million.']])).toEqual([]);
  });

  test('an entry that still answers another question stays, and none is replaced twice', () => {
    const library = 'answers:\n  - questions: ["Do you have a dog?", "Is there a dog?"]\n    answer: yes\n';
    const dog = (first: string, second: string): (number | undefined)[] =>
      learn(library, [
        ['Do you have a dog?', first],
        ['Is there a dog?', second],
      ]).map((learned) => learned.replaces);
    expect(dog('No', 'Yes')).toEqual([undefined]);
    expect(dog('Yes', 'No')).toEqual([undefined]);
    expect(dog('No', 'No')).toEqual([0, undefined]);
  });
});

describe('writing what was learned', () => {
  const one = (more: Partial<Learned> = {}): Learned => ({ question: 'New?', answer: 'yes', validUntil: '2027-09-30', ...more });

  test('everything else stays as it was, comments and all', () => {
    const text = `# top\nanswers:\n    # first\n    - questions: ["A?"]\n      answer: 'no' # really\n      owner: Legal\n\n    # second\n    - questions: ["B?"]\n      answer: >-\n        folded\n        text\n# end\n`;
    const library = libraryIn(text);
    const written = withLearned(
      text,
      [one({ question: 'A, again?', answer: 'yes', explanation: 'So: it # is', replaces: 0 }), one()],
      library,
    );
    expect(written).toBe(
      `# top\nanswers:\n    # first\n    - questions:\n        - A?\n        - A, again?\n      answer: yes\n      explanation: "So: it # is"\n      owner: Legal\n      valid-until: 2027-09-30\n\n    # second\n    - questions: ["B?"]\n      answer: >-\n        folded\n        text\n    - questions:\n        - New?\n      answer: yes\n      valid-until: 2027-09-30\n# end\n`,
    );
  });

  test.each([
    ['none yet', undefined],
    ['an empty file', ''],
    ['an empty list', 'answers: []\n'],
    ['an empty list with a comment', '# ours\nanswers: [] # none\n'],
    ['no line break at the end', 'answers:\n  - {questions: [A], answer: yes}'],
    ['line breaks of Windows', 'answers:\r\n  - questions: [A]\r\n    answer: yes\r\n'],
    ['dashes at the margin', 'answers:\n- questions: [A]\n  answer: yes\n'],
  ])('%s', (_, text) => {
    const library = text ? libraryFrom(text, 'x.yaml') : [];
    const written = withLearned(text, [one()], library) ?? '';
    const [last] = libraryFrom(written, 'x.yaml').slice(-1);
    expect(last).toMatchObject({ questions: ['New?'], means: 'yes', validUntil: '2027-09-30' });
    expect(libraryFrom(written, 'x.yaml')).toHaveLength(library.length + 1);
  });

  test('a list on one line is not touched', () => {
    const text = 'answers: [{questions: [A], answer: yes}]\n';
    expect(withLearned(text, [one()], libraryIn(text))).toBeUndefined();
    expect(withLearned('- a\n', [one()], [])).toBeUndefined();
  });

  test('any text comes back as it was', () => {
    const texts = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(
        fc.array(fc.record({ question: texts, answer: texts, explanation: texts }), { minLength: 1, maxLength: 4 }),
        (many) => {
          const text =
            withLearned(
              LIBRARY,
              many.map((each) => one(each)),
              libraryIn(LIBRARY),
            ) ?? '';
          expect(text.startsWith(LIBRARY.trimEnd())).toBe(true);
          const read = libraryFrom(text, 'x.yaml').slice(4);
          expect(read.map((entry) => [entry.questions[0], entry.explanation])).toEqual(
            many.map((each) => [each.question, each.explanation]),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
