import * as v from 'valibot';
import type { Problem } from '../problem.ts';
import { Problems } from '../problem.ts';
import { type AnswerWord, type Form, type OwnerWord, ROLES, type Role, type SheetForm } from '../questionnaire/questionnaire.ts';
import { readShape } from './shape.ts';
import { id, text } from './words.ts';
import { readYaml, type YamlFile } from './yaml.ts';

/** Reads `questionnaires/<id>.yaml` and the mappings that people write for forms of their own: one shape for both. */

const ANSWER_WORDS = [
  'yes',
  'no',
  'partial',
  'planned',
  'alternative',
  'not-applicable',
] as const satisfies readonly AnswerWord[];
const OWNER_WORDS = [
  'own',
  'own-corporate',
  'own-hybrid',
  'providers',
  'own-and-providers',
  'reader',
  'own-and-reader',
  'not-applicable',
] as const satisfies readonly OwnerWord[];

const row = v.pipe(
  v.number(),
  v.integer('write a whole number'),
  v.minValue(1, 'rows count from 1'),
  v.maxValue(1_048_576, 'no sheet has that many rows'),
);
const pattern = v.pipe(
  text,
  v.check((written) => isPattern(written), 'this is no pattern of JavaScript'),
);
const oneOrMore = v.union([text, v.pipe(v.array(text), v.minLength(1, 'name at least one'))]);
const byWord = <Word extends string, T>(words: readonly Word[], value: v.GenericSchema<unknown, T>) =>
  v.optional(
    v.strictObject(
      Object.fromEntries(words.map((word) => [word, v.optional(value)])) as Record<
        Word,
        v.OptionalSchema<typeof value, undefined>
      >,
    ),
  );

const sheet = v.strictObject({
  // Several sheets may ask in the same way.
  sheet: oneOrMore,
  header: v.optional(row),
  from: v.optional(row),
  to: v.optional(row),
  until: v.optional(pattern),
  columns: v.strictObject({
    ...(Object.fromEntries(ROLES.map((role) => [role, v.optional(role === 'answer' ? oneOrMore : text)])) as Record<
      Exclude<Role, 'answer'>,
      v.OptionalSchema<typeof text, undefined>
    > & { answer: v.OptionalSchema<typeof oneOrMore, undefined> }),
    question: text,
  }),
  kind: v.picklist(['choice', 'mark', 'text', 'options-below']),
  marks: byWord(ANSWER_WORDS, oneOrMore),
  'ownership-marks': byWord(OWNER_WORDS, oneOrMore),
  mark: v.optional(text),
  answers: byWord(ANSWER_WORDS, text),
  ownerships: byWord(OWNER_WORDS, text),
  'id-pattern': v.optional(pattern),
  'id-optional': v.optional(v.boolean()),
  needs: v.optional(text),
  skip: v.optional(pattern),
  'comment-row': v.optional(pattern),
});

/** The shape of a form's file. */
export const formFile = v.strictObject({
  form: v.strictObject({
    id,
    title: text,
    publisher: v.optional(text),
    source: v.optional(text),
    scheme: v.optional(id),
    tried: v.optional(text),
  }),
  'recognized-by': v.optional(v.array(v.strictObject({ sheet: text, titles: v.array(text) })), []),
  sheets: v.pipe(v.array(sheet), v.minLength(1, 'name at least one sheet')),
});

function isPattern(written: string): boolean {
  try {
    new RegExp(written, 'iu');
    return true;
  } catch {
    return false;
  }
}

/** Reads a form from its file. @throws Problems with everything that is wrong, each with its place. */
export function readForm(written: string, file: string): Form {
  const yaml = readYaml(written, file);
  const shaped = yaml.value === undefined ? { problems: [] } : readShape(formFile, yaml);
  const problems = [...yaml.problems, ...shaped.problems];
  if (!shaped.value || problems.length > 0) throw new Problems(problems);
  const { form, 'recognized-by': signs, sheets } = shaped.value;
  const missing = sheets.flatMap((one, i) => gaps(one, i, yaml));
  if (missing.length > 0) throw new Problems(missing);
  return {
    id: form.id,
    title: form.title,
    ...(form.publisher ? { publisher: form.publisher } : {}),
    ...(form.source ? { source: form.source } : {}),
    ...(form.scheme ? { scheme: form.scheme } : {}),
    ...(form.tried ? { tried: form.tried } : {}),
    signs,
    sheets: sheets.flatMap((one) => list(one.sheet).map((name) => sheetFormOf(one, name))),
  };
}

type SheetFile = v.InferOutput<typeof sheet>;

/** What a kind of answer needs and the file does not say. */
function gaps(written: SheetFile, index: number, yaml: YamlFile): Problem[] {
  const found: Problem[] = [];
  const missing = (path: string[], message: string, hint: string): void => {
    found.push(yaml.problemAt(['sheets', index, ...path], { code: 'missing-key', message, hint }));
  };
  const answers = list(written.columns.answer).length;
  const marked = Object.keys(written.marks ?? {}).length;
  if (written.kind === 'mark' && answers + marked < 2)
    missing(
      ['kind'],
      'one of several columns is to be marked, but they are not named',
      'Name them under `marks`, or as a list in `columns.answer`.',
    );
  if (written.kind === 'options-below' && (answers !== 1 || !written.columns.option))
    missing(
      ['columns'],
      'options below a question need two columns',
      'Give `answer`, the column to mark, and `option`, the column of their texts.',
    );
  if ((written.kind === 'choice' || written.kind === 'text') && answers > 1)
    missing(
      ['columns', 'answer'],
      `an answer of the kind \`${written.kind}\` stands in one column`,
      'Name one column, or write `kind: mark`.',
    );
  return found;
}

function list(columnOrColumns: string | string[] | undefined): string[] {
  return columnOrColumns === undefined ? [] : typeof columnOrColumns === 'string' ? [columnOrColumns] : columnOrColumns;
}

function lists<Word extends string>(
  byWords: Partial<Record<Word, string | string[] | undefined>>,
): Partial<Record<Word, string[]>> {
  return Object.fromEntries(Object.entries(byWords).map(([word, names]) => [word, list(names as string | string[])])) as Partial<
    Record<Word, string[]>
  >;
}

function sheetFormOf(written: SheetFile, name: string): SheetForm {
  const {
    columns: named,
    marks,
    'ownership-marks': owners,
    'id-pattern': idPattern,
    'id-optional': idOptional,
    'comment-row': commentRow,
    ...rest
  } = written;
  const { answer, ...single } = named;
  return defined({
    ...rest,
    sheet: name,
    columns: defined({ ...single, ...(answer === undefined ? {} : { answer: list(answer) }) }) as SheetForm['columns'],
    marks: marks && lists<AnswerWord>(marks),
    ownershipMarks: owners && lists<OwnerWord>(owners),
    idPattern,
    idOptional,
    commentRow,
  }) as SheetForm;
}

/** Without the keys whose value is undefined, so that compiled forms hold only what was written. */
function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}
