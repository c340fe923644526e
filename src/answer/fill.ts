import type { Book, CellEdit, CellValue } from '../book/book.ts';
import type {
  AnswerWord,
  CellPlace,
  Mapping,
  Option,
  OwnerWord,
  Question,
  Role,
  SheetMapping,
} from '../questionnaire/questionnaire.ts';
import { folded } from '../questionnaire/wording.ts';
import { joinNames, sentenceEnd } from '../sentence.ts';
import type { Answer } from './answer.ts';
import { currentAnswer, type Held, heldTexts, isHeld } from './held.ts';
import { allowedAs, ownerFor, valueFor, WRITTEN, wordsFor } from './words.ts';

/** What became of one question. `kept`: somebody had answered it before. */
export interface Row {
  question: Question;
  answer: Answer;
  state: 'answered' | 'blank' | 'kept';
  /** The answer as the form will show it, and the owner; for a kept one what the form holds. */
  shown: string;
  owner: string;
  edits: CellEdit[];
}

/** How a workbook is filled. */
export interface FillOptions {
  /** Answers less certain than this are left to people. */
  minConfidence: number;
  /** Replaces answers that the form already holds. */
  overwrite: boolean;
  /** Whether the description says what the readers, its customers, must do: without it nobody knows what they take over whole. */
  readerDuties: boolean;
}

/** How many pieces of evidence stand in an explanation; all of them are in the review. */
const NAMED_EVIDENCE = 3;

/** Decides for each question what is written where. Nothing is written: the edits are for `patchBook`. */
export function fillRows(
  book: Book,
  mapping: Mapping,
  questions: readonly Question[],
  answer: (question: Question) => Answer,
  options: FillOptions,
): Row[] {
  const held = heldTexts(book);
  const forms = new Map<string, SheetMapping[]>();
  const formOf = ({ sheet, row }: Question): SheetMapping | undefined => {
    let parts = forms.get(sheet);
    if (!parts) {
      parts = mapping.sheets.filter((part) => folded(part.sheet) === folded(sheet));
      forms.set(sheet, parts);
    }
    return parts.find((part) => part.from <= row && row <= (part.to ?? Number.POSITIVE_INFINITY));
  };
  return questions.map((question) =>
    rowOf(question, sureEnough(answer(question), options.minConfidence), formOf(question), held, options),
  );
}

/** An answer that is not certain enough is left to people, who see what it would have been. */
function sureEnough(answer: Answer, least: number): Answer {
  if (answer.blank || answer.confidence >= least) return answer;
  return {
    ...answer,
    blank: { code: 'confidence', says: `It is less certain (${answer.confidence.toFixed(2)}) than was asked for (${least}).` },
    notes: [...answer.notes, wouldBe(answer)],
  };
}

/** An answer that is not given, for the person who decides. */
function wouldBe(answer: Answer): string {
  const said = answer.means ? WRITTEN[answer.means] : (answer.text ?? '');
  return `It would be: ${sentenceEnd(said)}${answer.comment && answer.comment !== said ? ` ${answer.comment}` : ''}`;
}

function rowOf(question: Question, answer: Answer, form: SheetMapping | undefined, held: Held, options: FillOptions): Row {
  const now = currentAnswer(question, held);
  const main = answer.blank ? undefined : mainEdits(question, answer, form, held, options);
  if (now !== '' && (!options.overwrite || !main || main.blank)) {
    const same = main && !main.blank && main.shown !== undefined && folded(main.shown) === folded(now);
    const row = { question, state: 'kept' as const, shown: now, owner: question.current.ownership ?? '' };
    // Beside an answer that is not ours an explanation of ours may contradict it.
    return same
      ? { ...row, answer, edits: besideEdits(question, answer, form, held, options, main.spent) }
      : { ...row, answer: beside(answer, main?.blank), edits: [] };
  }
  if (!main) return { question, answer, state: 'blank', shown: '', owner: '', edits: [] };
  if (main.blank) {
    const left = { ...answer, blank: main.blank, notes: [...answer.notes, wouldBe(answer)] };
    return { question, answer: left, state: 'blank', shown: '', owner: '', edits: [] };
  }
  const others = besideEdits(question, answer, form, held, options, main.spent);
  const owner = others.find((edit) => isAt(edit, question.cells.ownership))?.value;
  return {
    question,
    answer,
    state: 'answered',
    shown: main.shown ?? '',
    owner: typeof owner === 'string' ? owner : ownerShown(question, others),
    edits: [...main.edits, ...others],
  };
}

/** What demarc has to say beside an answer of somebody else: what it would answer, or why nothing. */
function beside(answer: Answer, refused: Answer['blank']): Answer {
  const { comment: _, customer: __, ...rest } = answer;
  const why = answer.blank ?? refused;
  const note = why ? `The form's answer stays: nothing supports another. ${why.says}` : wouldBe(answer);
  return { ...rest, evidence: [], notes: [note, ...answer.notes] };
}

type Main = { edits: CellEdit[]; shown?: string; blank?: NonNullable<Answer['blank']>; spent: boolean };

/** The edits that give the answer itself. `spent`: the explanation is part of it. */
function mainEdits(question: Question, answer: Answer, form: SheetMapping | undefined, held: Held, options: FillOptions): Main {
  if (question.options.length > 0) return markEdits(question, answer, form, held);
  const { cells, allowed, sheet } = question;
  const explains = cells[explanationRole(question, answer.means)];
  const none = (says: string): Main => ({ edits: [], blank: { code: 'not-allowed', says }, spent: false });
  if (!cells.answer) {
    if (question.kind === 'mark' || question.kind === 'options-below') return none('The form has no cell to mark for it.');
    if (cells.ownership) return ownershipAlone(question, answer, form, options);
    return explains ? { edits: [], shown: '', spent: false } : none('The form has no place for an answer.');
  }
  if (answer.means === undefined) {
    const text = answer.text ?? '';
    const value = allowed.length === 0 ? text : allowedAs(text, allowed);
    // What says the same as the answer is not said again beside it.
    const spent = answer.comment === undefined || answer.comment === text;
    if (value !== undefined) return { edits: [edit(sheet, cells.answer, value)], shown: value, spent };
    if (explains) return { edits: [], shown: text, spent: false };
    return none(`The form allows ${listed(allowed)} and nothing else.`);
  }
  const value = valueFor(answer.means, allowed, form?.answers, answer.exact);
  if (value === undefined)
    return none(`The form allows ${listed(allowed)}; none of these says “${WRITTEN[answer.means].toLowerCase()}” for certain.`);
  if (allowed.length > 0 || explains || !answer.comment)
    return { edits: [edit(sheet, cells.answer, value)], shown: value, spent: false };
  const whole = `${sentenceEnd(value)} ${explanation(question, answer)}`;
  return { edits: [edit(sheet, cells.answer, whole)], shown: whole, spent: true };
}

/** A form that asks only who owns a duty: what is not in place is owned by nobody yet. */
function ownershipAlone(question: Question, answer: Answer, form: SheetMapping | undefined, options: FillOptions): Main {
  const { ownership, means } = answer;
  const value = ownership && ownerFor(ownership, question.ownershipAllowed, form?.ownerships);
  if (!options.readerDuties) {
    const says =
      'The description names no duties of customers (`customer-duties`), so what they can take over whole is not known.';
    return { edits: [], blank: { code: 'not-known', says }, spent: false };
  }
  if (answer.openToReaders !== undefined)
    return { edits: [], blank: { code: 'not-known', says: answer.openToReaders }, spent: false };
  if (value !== undefined && (means === 'yes' || means === 'alternative')) return { edits: [], shown: value, spent: false };
  const says =
    value === undefined
      ? `The form allows ${listed(question.ownershipAllowed)}; none of these says who owns it.`
      : 'It asks who owns what is in place, and not all of it is.';
  return { edits: [], blank: { code: 'not-allowed', says }, spent: false };
}

function markEdits(question: Question, answer: Answer, form: SheetMapping | undefined, held: Held): Main {
  const { options, sheet } = question;
  const chosen = answer.means === undefined ? undefined : optionFor(wordsFor(answer.means, answer.exact), options);
  if (!chosen) {
    const says = `Which of the options ${listed(options.map((option) => option.text))} fits is for people to judge.`;
    return { edits: [], blank: { code: 'not-allowed', says }, spent: false };
  }
  const others = options.filter((option) => option !== chosen && isHeld(held(sheet, option)));
  return {
    edits: [...others.map((option) => edit(sheet, option, null)), edit(sheet, chosen, form?.mark ?? 'x')],
    shown: chosen.text,
    spent: false,
  };
}

function optionFor(words: readonly AnswerWord[], options: readonly Option[]): Option | undefined {
  for (const word of words) {
    const meant = options.filter((option) => option.means === word);
    if (meant.length === 1) return meant[0];
    if (meant.length > 1) return undefined;
  }
  return undefined;
}

/** The edits beside the answer: who owns it, how it is done, what the reader must do, what shows it. */
function besideEdits(
  question: Question,
  answer: Answer,
  form: SheetMapping | undefined,
  held: Held,
  options: FillOptions,
  spent: boolean,
): CellEdit[] {
  const { sheet, cells } = question;
  const edits: CellEdit[] = [];
  const write = (role: Role, value: string | undefined): void => {
    const cell = cells[role];
    if (!cell) return;
    const holds = isHeld(held(sheet, cell));
    if (holds && !options.overwrite) return;
    // What somebody else wrote beside an answer that is replaced belongs to that answer.
    if (value === undefined || value === '') {
      if (holds) edits.push(edit(sheet, cell, null));
    } else edits.push(edit(sheet, cell, value));
  };
  // Where nothing but the owner is asked, the owner is the answer.
  write('ownership', answer.ownership && ownerFor(answer.ownership, question.ownershipAllowed, form?.ownerships));
  edits.push(...ownerMarks(question, answer, form, held, options));
  const text = spent ? '' : explanation(question, answer);
  const place = explanationRole(question, answer.means);
  for (const role of ['comment', 'provider', 'reason'] as const) write(role, role === place ? text : undefined);
  write('customer', answer.customer);
  write('evidence', answer.evidence.join('\n'));
  // Two roles may share a cell: what is written there stays.
  const written = edits.filter(({ value }) => value !== null);
  return edits.filter((one) => one.value !== null || !written.some((other) => isAt(other, one)));
}

/** Where an explanation goes. A form that asks the provider what it does asks us; one may ask apart why something does not apply. */
export function explanationRole(
  { cells }: Pick<Question, 'cells'>,
  means: AnswerWord | undefined,
): 'reason' | 'provider' | 'comment' {
  if (means === 'not-applicable' && cells.reason) return 'reason';
  return cells.provider ? 'provider' : 'comment';
}

/** The marks that say who owns a duty; a word that no column has is marked by its parts. */
function ownerMarks(
  { sheet, ownershipOptions }: Question,
  { ownership, ownAt = 'own' }: Answer,
  form: SheetMapping | undefined,
  held: Held,
  options: FillOptions,
): CellEdit[] {
  if (ownershipOptions.length === 0) return [];
  const marked = ownershipOptions.filter((option) => isHeld(held(sheet, option)));
  if (marked.length > 0 && !options.overwrite) return [];
  const optionOf = (word: OwnerWord): Option<OwnerWord> | undefined => {
    const meant = ownershipOptions.filter((option) => option.means === word);
    return meant.length === 1 ? meant[0] : undefined;
  };
  const own = optionOf(ownAt) ? ownAt : 'own';
  const parts: Partial<Record<OwnerWord, OwnerWord[]>> = {
    own: [own],
    'own-and-providers': [own, 'providers'],
    'own-and-reader': [own, 'reader'],
  };
  const whole = ownership === undefined || ownership === 'own' ? undefined : optionOf(ownership);
  const words = whole || ownership === undefined ? [] : (parts[ownership] ?? []);
  const found = whole ? [whole] : words.flatMap((word) => optionOf(word) ?? []);
  const chosen = whole || found.length === words.length ? found : [];
  return [
    ...marked.filter((option) => !chosen.includes(option)).map((option) => edit(sheet, option, null)),
    ...chosen.map((option) => edit(sheet, option, form?.mark ?? 'x')),
  ];
}

function ownerShown({ ownershipOptions }: Question, edits: readonly CellEdit[]): string {
  const chosen = ownershipOptions.filter((option) => edits.some((made) => made.value !== null && isAt(made, option)));
  return joinNames(chosen.map((option) => option.text));
}

/** How it is done, with the evidence where the form has no place of its own for it. */
function explanation(question: Question, answer: Answer): string {
  const said = answer.comment ?? answer.text ?? '';
  if (said === '' || question.cells.evidence || answer.evidence.length === 0) return said;
  return `${said} Evidence: ${sentenceEnd(joinNames(answer.evidence, NAMED_EVIDENCE))}`;
}

function listed(values: readonly string[]): string {
  return joinNames(
    values.map((value) => `“${value}”`),
    6,
  );
}

function edit(sheet: string, cell: CellPlace, value: CellValue | null): CellEdit {
  return { sheet, row: cell.row, column: cell.column, value };
}

/** Whether an edit goes to a cell. */
export function isAt(edit: CellEdit, cell: CellPlace | undefined): boolean {
  return cell !== undefined && edit.row === cell.row && edit.column === cell.column;
}
