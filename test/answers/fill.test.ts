import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/answer/answer.ts';
import { answerer } from '../../src/answer/answerer.ts';
import { roomFor } from '../../src/answer/clipping.ts';
import { type FillOptions, fillRows, type Row } from '../../src/answer/fill.ts';
import { ownerFor, valueFor } from '../../src/answer/words.ts';
import type { AnswerWord, Mapping, Option, OwnerWord, Question, SheetMapping } from '../../src/questionnaire/questionnaire.ts';
import { bookOf } from '../questionnaires/build.ts';
import { mappingOf, questionOf, sampleKnowledge, schemes } from './knowledge.ts';

// How an answer is put into a form: its allowed values, its columns, what it holds already.

const WORDS: AnswerWord[] = ['yes', 'no', 'partial', 'planned', 'alternative', 'not-applicable'];

describe('the value of a form for each answer', () => {
  // yes, no, partial, planned, alternative, not applicable
  test.each<[string, string[], (string | undefined)[]]>([
    ['anything goes', [], ['Yes', 'No', 'Partially', 'Planned', 'Yes, by an alternative measure', 'Not applicable']],
    ['yes and no', ['Yes', 'No'], ['Yes', 'No', 'No', 'No', 'Yes', undefined]],
    ['CAIQ', ['Yes', 'No', 'NA'], ['Yes', 'No', 'No', 'No', 'Yes', 'NA']],
    ['with partly', ['Yes', 'Partially', 'No', 'N/A'], ['Yes', 'No', 'Partially', 'No', 'Yes', 'N/A']],
    [
      'FedRAMP',
      ['Implemented', 'Partially Implemented', 'Planned', 'Alternative Implementation', 'N/A'],
      ['Implemented', undefined, 'Partially Implemented', 'Planned', 'Alternative Implementation', 'N/A'],
    ],
    ['German', ['Ja', 'Nein', 'Teilweise', 'Nicht zutreffend'], ['Ja', 'Nein', 'Teilweise', 'Nein', 'Ja', 'Nicht zutreffend']],
    ['French', ['Oui', 'Non', 'Partiellement', 'Sans objet'], ['Oui', 'Non', 'Partiellement', 'Non', 'Oui', 'Sans objet']],
    ['Spanish', ['Sí', 'No', 'No aplica'], ['Sí', 'No', 'No', 'No', 'Sí', 'No aplica']],
    ['in capitals', ['YES', 'NO', 'N/A'], ['YES', 'NO', 'NO', 'NO', 'YES', 'N/A']],
    ['two of the same', ['Yes', 'yes ', 'No'], ['Yes', 'No', 'No', 'No', 'Yes', undefined]],
    ['two that mean yes', ['Yes', 'Fully implemented', 'No'], [undefined, 'No', 'No', 'No', undefined, undefined]],
    ['words around it', ['Yes, with exceptions', 'No, but planned'], Array(6).fill(undefined)],
    ['another scale', ['Open', 'Closed'], Array(6).fill(undefined)],
    ['grades', ['Low', 'Medium', 'High'], Array(6).fill(undefined)],
    ['a single value', ['Yes'], Array(6).fill(undefined)],
  ])('%s', (_, allowed, values) => {
    expect(WORDS.map((word) => valueFor(word, allowed))).toEqual(values);
  });

  test("a mapping's own words come first, as far as the cell allows them", () => {
    const answers = { yes: 'Conforms', 'not-applicable': 'Void' };
    expect(valueFor('yes', ['Conforms', 'Deviates'], answers)).toBe('Conforms');
    expect(valueFor('yes', ['Yes', 'No'], answers)).toBe('Yes');
    expect(valueFor('not-applicable', [], answers)).toBe('Void');
  });

  test('where something is done at all, part of it stands for neither yes nor no', () => {
    expect(valueFor('partial', ['Yes', 'No'], {}, true)).toBeUndefined();
    expect(valueFor('partial', ['Yes', 'No', 'Partial'], {}, true)).toBe('Partial');
  });

  test.each<[OwnerWord, string | undefined]>([
    ['own', 'CSP-owned'],
    ['providers', '3rd-party outsourced'],
    ['own-and-providers', 'Shared CSP and 3rd-party'],
    ['reader', 'CSC-owned'],
    ['own-and-reader', 'Shared CSP and CSC'],
    ['not-applicable', undefined],
  ])('CAIQ says of %s: %s', (word, value) => {
    const allowed = ['CSP-owned', 'CSC-owned', '3rd-party outsourced', 'Shared CSP and CSC', 'Shared CSP and 3rd-party'];
    expect(ownerFor(word, allowed)).toBe(value);
    expect(ownerFor(word, [])).toBeUndefined();
  });

  test('what is chosen is always allowed', () => {
    const value = fc.oneof(
      fc.constantFrom('Yes', 'No', 'N/A', 'Partial', 'Planned', 'Ja', 'Nein', 'oui', 'CSP-owned', 'Shared', ' yes', 'n/a.'),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1 }),
        fc.constantFrom(...WORDS),
        fc.dictionary(fc.constantFrom(...WORDS), value),
        fc.boolean(),
        (allowed, word, mapped, exact) => {
          const chosen = valueFor(word, allowed, mapped, exact);
          expect(chosen === undefined || allowed.includes(chosen)).toBe(true);
          const owner = ownerFor('own', allowed, { own: mapped.yes ?? 'Shared' });
          expect(owner === undefined || allowed.includes(owner)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

const answerOf = (more: Partial<Answer> = {}): Answer => ({
  means: 'yes',
  comment: 'It is done.',
  evidence: [],
  confidence: 0.9,
  found: 'id',
  sources: [],
  owners: [],
  notes: [],
  ...more,
});

/** What becomes of one question on a small sheet. */
function fillOne(
  answer: Partial<Answer>,
  question: Partial<Question> = {},
  held: (string | null)[] = ['Do you?'],
  options: Partial<FillOptions> = {},
  sheet: Partial<SheetMapping> = {},
): Row {
  const mapping = mappingOf();
  const form: Mapping = { ...mapping, sheets: [{ ...(mapping.sheets[0] as SheetMapping), ...sheet }] };
  const [row] = fillRows(bookOf({ name: 'S', at: 'A2', rows: [held] }), form, [questionOf(question)], () => answerOf(answer), {
    minConfidence: 0.7,
    overwrite: false,
    readerDuties: true,
    ...options,
  });
  return row as Row;
}
const written = (row: Row): unknown => row.edits.map(({ row: at, column, value }) => [at, column, value]);
const at = (column: number) => ({ row: 2, column });

describe('the cells of a question', () => {
  test('a free answer without a place for comments carries the explanation itself', () => {
    expect(written(fillOne({}))).toEqual([[2, 2, 'Yes. It is done.']]);
    expect(written(fillOne({ evidence: ['Report', 'Log'] }))).toEqual([[2, 2, 'Yes. It is done. Evidence: Report and Log.']]);
  });

  test('the explanation goes where explanations go', () => {
    const cells = { answer: at(2), comment: at(3), evidence: at(4) };
    expect(written(fillOne({ evidence: ['Report', 'Log'] }, { cells, allowed: ['Yes', 'No'] }))).toEqual([
      [2, 2, 'Yes'],
      [2, 3, 'It is done.'],
      [2, 4, 'Report\nLog'],
    ]);
  });

  test('why something does not apply goes where a form asks for that, and nothing else does', () => {
    const cells = { answer: at(2), reason: at(3), comment: at(4) };
    const allowed = ['Yes', 'No', 'N/A'];
    const none = { means: 'not-applicable', comment: 'Nothing is stored.' } as const;
    expect(written(fillOne(none, { cells, allowed }))).toEqual([
      [2, 2, 'N/A'],
      [2, 3, 'Nothing is stored.'],
    ]);
    expect(written(fillOne({}, { cells, allowed }))).toEqual([
      [2, 2, 'Yes'],
      [2, 4, 'It is done.'],
    ]);
  });

  test('what the provider does and what its customer must do stand apart', () => {
    const cells = { answer: at(2), ownership: at(3), provider: at(4), customer: at(5) };
    const row = fillOne(
      { ownership: 'own-and-reader', customer: 'Keep it secret.' },
      { cells, allowed: ['Yes', 'No', 'NA'], ownershipAllowed: ['CSP-owned', 'Shared CSP and CSC'] },
    );
    expect(written(row)).toEqual([
      [2, 2, 'Yes'],
      [2, 3, 'Shared CSP and CSC'],
      [2, 4, 'It is done.'],
      [2, 5, 'Keep it secret.'],
    ]);
    expect(row).toMatchObject({ state: 'answered', shown: 'Yes', owner: 'Shared CSP and CSC' });
  });

  test('a value that the form does not allow leaves it blank, with the reason', () => {
    const row = fillOne({ means: 'not-applicable' }, { allowed: ['Yes', 'No'] });
    expect(row).toMatchObject({
      state: 'blank',
      edits: [],
      answer: {
        blank: { code: 'not-allowed', says: 'The form allows “Yes” and “No”; none of these says “not applicable” for certain.' },
      },
    });
    expect(row.answer.notes).toEqual(['It would be: Not applicable. It is done.']);
  });

  test('an answer in words goes beside a list that does not hold it', () => {
    const inWords = { text: 'ISO 27001' };
    const cells = { answer: at(2), comment: at(3) };
    const { means: _, comment: __, ...rest } = answerOf();
    const make = (question: Partial<Question>): Row => {
      const [row] = fillRows(
        bookOf({ name: 'S', rows: [['x']] }),
        mappingOf(),
        [questionOf(question)],
        () => ({ ...rest, ...inWords }),
        {
          minConfidence: 0,
          overwrite: false,
          readerDuties: true,
        },
      );
      return row as Row;
    };
    expect(written(make({ cells }))).toEqual([[2, 2, 'ISO 27001']]);
    expect(written(make({ cells, allowed: ['Yes', 'No'] }))).toEqual([[2, 3, 'ISO 27001']]);
    expect(written(make({ cells, allowed: ['iso 27001', 'None'] }))).toEqual([[2, 2, 'iso 27001']]);
    expect(make({ cells: { answer: at(2) }, allowed: ['Yes', 'No'] }).answer.blank?.code).toBe('not-allowed');
  });

  test('what is less certain than asked for is left to people', () => {
    const row = fillOne({ confidence: 0.69 });
    expect(row).toMatchObject({ state: 'blank', edits: [], answer: { blank: { code: 'confidence' } } });
    expect(row.answer.notes).toEqual(['It would be: Yes. It is done.']);
    expect(fillOne({ confidence: 0.69 }, {}, ['Do you?'], { minConfidence: 0.6 }).state).toBe('answered');
  });
});

describe('what the form holds already', () => {
  const cells = { answer: at(2), comment: at(3) };
  test('is kept, and nothing is written beside an answer that is not ours', () => {
    const kept = fillOne({}, { cells }, ['Do you?', 'No']);
    expect(kept).toMatchObject({ state: 'kept', shown: 'No', edits: [] });
  });
  test('beside it stands what demarc would say, and not as if the form said so', () => {
    const other = fillOne({}, { cells }, ['Do you?', 'No']).answer;
    expect(other.comment).toBeUndefined();
    expect(other.notes).toEqual(['It would be: Yes. It is done.']);
    const none = fillOne({ blank: { code: 'unanswered', says: 'Nobody says.' } }, { cells }, ['Do you?', 'Yes']);
    expect(none).toMatchObject({ state: 'kept', shown: 'Yes', edits: [] });
    expect(none.answer.notes).toEqual(["The form's answer stays: nothing supports another. Nobody says."]);
  });

  test('on demand what stands beside it goes with it, and what nothing replaces stays', () => {
    const wide = { cells: { ...cells, evidence: at(4), ownership: at(5) } };
    const before = ['Do you?', 'No', 'Theirs.', 'Their paper', 'Them'];
    expect(written(fillOne({}, wide, before, { overwrite: true }))).toEqual([
      [2, 2, 'Yes'],
      [2, 5, null],
      [2, 3, 'It is done.'],
      [2, 4, null],
    ]);
    const none = fillOne({ blank: { code: 'unanswered', says: 'Nobody says.' } }, wide, before, { overwrite: true });
    expect(none).toMatchObject({ state: 'kept', shown: 'No', edits: [] });
  });

  test('an answer that is ours gets its explanation', () => {
    expect(written(fillOne({}, { cells }, ['Do you?', 'yes']))).toEqual([[2, 3, 'It is done.']]);
    expect(written(fillOne({}, { cells }, ['Do you?', 'yes', 'Ours']))).toEqual([]);
  });
  test('is replaced on demand', () => {
    expect(written(fillOne({}, { cells }, ['Do you?', 'No', 'Never'], { overwrite: true }))).toEqual([
      [2, 2, 'Yes'],
      [2, 3, 'It is done.'],
    ]);
  });
  test('a placeholder is no answer', () => {
    expect(fillOne({}, { cells }, ['Do you?', '<please select>']).state).toBe('answered');
  });
});

describe('forms in which cells are marked', () => {
  const option = (column: number, means: AnswerWord | undefined, text: string): Option => ({
    row: 2,
    column,
    text,
    ...(means ? { means } : {}),
  });
  const options = [option(2, 'yes', 'Yes'), option(3, 'no', 'No'), option(4, 'not-applicable', 'N/A')];
  const mark = { kind: 'mark' as const, options, cells: { comment: at(5) } };

  test('the column that says it is marked', () => {
    expect(written(fillOne({}, mark))).toEqual([
      [2, 2, 'x'],
      [2, 5, 'It is done.'],
    ]);
    expect(fillOne({ means: 'planned' }, mark, ['Q'], {}, { mark: '✔' }).edits[0]).toMatchObject({ column: 3, value: '✔' });
  });
  test('a mark that is there is kept, or moved on demand', () => {
    expect(fillOne({}, mark, ['Q', null, 'x'])).toMatchObject({ state: 'kept', shown: 'No', edits: [] });
    expect(written(fillOne({}, mark, ['Q', null, 'x'], { overwrite: true }))).toEqual([
      [2, 3, null],
      [2, 2, 'x'],
      [2, 5, 'It is done.'],
    ]);
  });
  test('descriptions to choose from are for people', () => {
    const described = [option(2, undefined, 'Yes, and in writing'), option(3, undefined, 'Yes, but not in writing')];
    expect(fillOne({}, { ...mark, options: described }).answer.blank?.says).toBe(
      'Which of the options “Yes, and in writing” and “Yes, but not in writing” fits is for people to judge.',
    );
    expect(
      fillOne({}, { ...mark, options: [option(2, 'yes', 'Yes'), option(3, 'yes', 'Sure'), option(4, 'no', 'No')] }).state,
    ).toBe('blank');
  });

  const owner = (column: number, means: OwnerWord): Option<OwnerWord> => ({ row: 2, column, text: means, means });
  const owners = [owner(6, 'own'), owner(7, 'own-corporate'), owner(8, 'providers'), owner(9, 'own-and-reader')];
  test.each<[OwnerWord, Answer['ownAt'], number[]]>([
    ['own', 'own', [6]],
    ['own', 'own-corporate', [7]],
    ['own', 'own-hybrid', [6]],
    ['providers', undefined, [8]],
    ['own-and-providers', 'own-corporate', [7, 8]],
    ['own-and-reader', 'own', [9]],
    ['reader', undefined, []],
  ])('who owns it: %s, %s', (ownership, ownAt, columns) => {
    const row = fillOne(
      { ownership, ...(ownAt ? { ownAt } : {}) },
      { ...mark, cells: { ownership: at(9) }, ownershipOptions: owners },
    );
    expect(row.edits.slice(1).map((edit) => edit.column)).toEqual(columns);
  });

  test('a form that asks only who owns it needs the duties of customers to be described', () => {
    const cells = { ownership: at(2), customer: at(3) };
    const only = { cells, ownershipAllowed: ['Yes', 'No', 'Partial'] };
    const form = { ownerships: { own: 'Yes', 'own-and-reader': 'Partial' } };
    expect(written(fillOne({ ownership: 'own-and-reader', customer: 'Do this.' }, only, ['Q'], {}, form))).toEqual([
      [2, 2, 'Partial'],
      [2, 3, 'Do this.'],
    ]);
    const beside = fillOne({ ownership: 'own', openToReaders: 'They hold duties there.' }, only, ['Q'], {}, form);
    expect(beside.answer.blank).toEqual({ code: 'not-known', says: 'They hold duties there.' });
    expect(fillOne({ ownership: 'own' }, only, ['Q'], { readerDuties: false }, form).answer.blank?.code).toBe('not-known');
    expect(fillOne({ ownership: 'own', means: 'planned' }, only, ['Q'], {}, form).state).toBe('blank');
  });
});

describe('over all questions of all schemes', () => {
  const known = sampleKnowledge('clinic');
  const lists = [
    ['Yes', 'No'],
    ['Yes', 'No', 'N/A'],
    ['Ja', 'Nein', 'Teilweise', 'Entfällt'],
    ['Implemented', 'Planned', 'Not implemented'],
    ['1', '2', '3'],
    [],
  ];
  test.each(
    schemes()
      .filter((scheme) => scheme.questions.size > 0)
      .map((scheme) => [scheme.id, scheme] as const),
  )('%s: nothing outside the allowed values', (id, scheme) => {
    const mapping = mappingOf(id);
    const answer = answerer(known, mapping);
    const questions = [...scheme.questions.keys()].flatMap((key, i) =>
      lists.map((allowed, j) =>
        questionOf({
          id: key,
          row: 2 + i * lists.length + j,
          allowed,
          ownershipAllowed: ['CSP-owned', 'CSC-owned'],
          cells: { answer: { row: 2 + i, column: 2 }, ownership: { row: 2 + i, column: 3 }, comment: { row: 2 + i, column: 4 } },
        }),
      ),
    );
    const rows = fillRows(bookOf({ name: 'S', rows: [['x']] }), mapping, questions, answer, {
      minConfidence: 0,
      overwrite: false,
      readerDuties: true,
    });
    for (const { question, edits } of rows) {
      for (const { column, value } of edits) {
        if (column === 2 && question.allowed.length > 0) expect(question.allowed).toContain(value);
        if (column === 3) expect(question.ownershipAllowed).toContain(value);
      }
    }
    expect(rows.some((row) => row.state === 'answered')).toBe(true);
  });
});

describe('room for texts', () => {
  const long = 'word '.repeat(40).trim();
  const book = (more: { height?: number; merges?: string[]; wraps?: boolean }) => {
    const made = bookOf({ name: 'S', rows: [['Q', 'A']], merges: more.merges ?? [] });
    for (const row of made.sheets[0]?.rows ?? []) {
      if (more.height !== undefined) row.height = more.height;
      for (const cell of row.cells) if (more.wraps !== false) cell.wraps = true;
    }
    made.sheets[0]?.widths.set(2, 40);
    return made;
  };
  const edits = [{ sheet: 'S', row: 1, column: 2, value: long }];

  test('a row grows with its text', () => {
    expect(roomFor(book({}), edits)).toEqual({ needs: [{ sheet: 'S', row: 1, height: 75 }], clipped: [] });
    expect(roomFor(book({}), [{ sheet: 'S', row: 1, column: 2, value: 'Yes' }]).needs).toEqual([]);
    expect(roomFor(book({ wraps: false }), edits)).toEqual({ needs: [], clipped: [] });
  });
  test('a height that somebody set cuts it off', () => {
    expect(roomFor(book({ height: 30 }), edits).clipped).toEqual([{ sheet: 'S', cell: 'B1', height: 30, needed: 75 }]);
    expect(roomFor(book({ height: 75 }), edits).clipped).toEqual([]);
  });
  test('merged cells have the room of all of them', () => {
    expect(roomFor(book({ height: 60, merges: ['B1:E1'] }), edits).clipped).toEqual([]);
    expect(roomFor(book({ merges: ['B1:B1048576'] }), edits)).toEqual({ needs: [], clipped: [] });
  });
  test('no row is higher than Excel allows', () => {
    const { clipped } = roomFor(book({}), [{ sheet: 'S', row: 1, column: 2, value: 'line\n'.repeat(50) }]);
    expect(clipped).toEqual([{ sheet: 'S', cell: 'B1', height: 409.5, needed: 765 }]);
  });
});
