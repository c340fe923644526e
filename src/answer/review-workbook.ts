import type { Sheet, SheetCell, Tone, Workbook } from '../document.ts';
import { counted, joinNames, longDate } from '../sentence.ts';
import type { AnswerSource } from './answer.ts';
import { blankReasons, type Review, type ReviewedQuestion, type State } from './review.ts';

const STATES: Record<State, { label: string; tone: Tone }> = {
  answered: { label: 'Answered', tone: 'green' },
  blank: { label: 'Blank', tone: 'amber' },
  kept: { label: 'Kept', tone: 'gray' },
  refused: { label: 'Refused', tone: 'red' },
};

const TONES = Object.fromEntries(Object.values(STATES).map(({ label, tone }) => [label, tone]));

const FOUND = { id: 'by its id', library: 'answer library', text: 'by its text' } as const;

/** A review laid out for people: what was answered and on what it rests, what was left blank and why, what changed. */
export function reviewWorkbook(review: Review): Workbook {
  const { questions } = review;
  const open = questions.filter((question) => question.state === 'blank' || question.state === 'refused');
  return {
    title: `Review of ${review.questionnaire.file}`,
    subject: `Answers of ${review.organization} for ${review.system}, with what each rests on`,
    author: review.organization,
    keywords: ['questionnaire', 'review'],
    date: review.asOf,
    sheets: [
      overview(review),
      answers(questions.filter((question) => question.state === 'answered' || question.state === 'kept')),
      blanks(open),
      ...(review.changes ? [changes(review.changes)] : []),
    ],
  };
}

function overview(review: Review): Sheet {
  const sheets = [...new Set(review.questions.map((question) => question.sheet))];
  const count = (sheet: string, ...states: State[]): number =>
    review.questions.filter((question) => question.sheet === sheet && states.includes(question.state)).length;
  const clipped = review.questions.filter((question) => question.clipped.length > 0);
  const noted = review.questions.filter((question) => question.state === 'answered' && question.notes.length > 0).length;
  const reasons = blankReasons(review.questions).map(({ says, count: many }) => `${says} (${many})`);
  return {
    name: 'Overview',
    title: `Review of ${review.questionnaire.file}`,
    intro: [
      `${review.organization}, ${review.system}, as of ${longDate(review.asOf)}. ${counted(review.counts.questions, 'question')}: ${review.counts.answered} answered, ${review.counts.blank} left blank, ${review.counts.kept} kept as they were.`,
      'An answer is given only where statements, live assurances, the description or the answer library support it. Confidence runs from 0 to 1.',
      ...(noted > 0
        ? [`Look first at the ${counted(noted, 'answer')} with a note: something about them is for you to judge.`]
        : []),
      ...(reasons.length > 0 ? [`Left blank: ${reasons.join('; ')}.`] : []),
      ...(clipped.length > 0
        ? [
            `Rows of a fixed height cut off ${counted(clipped.length, 'explanation')}: ${joinNames(
              clipped.flatMap((question) => question.clipped.map((cell) => `${question.sheet}!${cell}`)),
              12,
            )}.`,
          ]
        : []),
    ],
    columns: [
      { title: 'Sheet', width: 40, wrap: true },
      { title: 'Questions', width: 14 },
      { title: 'Answered', width: 14 },
      { title: 'Blank', width: 14 },
      { title: 'Kept', width: 14 },
    ],
    rows: sheets.map((sheet) => [
      sheet,
      count(sheet, 'answered', 'blank', 'kept', 'refused'),
      count(sheet, 'answered'),
      count(sheet, 'blank', 'refused'),
      count(sheet, 'kept'),
    ]),
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'blue',
  };
}

function answers(questions: readonly ReviewedQuestion[]): Sheet {
  // What those who ask must do stands in some forms alone.
  const hasDuties = questions.some((question) => question.customer !== undefined);
  return {
    name: 'Answers',
    title: 'Answers and what they rest on',
    intro: ['Kept: the form held this answer before; nothing was written over it.'],
    columns: [
      ...placeColumns(),
      { title: 'State', width: 12 },
      { title: 'Answer', width: 22, wrap: true },
      { title: 'Ownership', width: 22, wrap: true },
      { title: 'Explanation', width: 70, wrap: true },
      ...(hasDuties ? [{ title: 'What those who ask must do', width: 50, wrap: true }] : []),
      { title: 'Notes', width: 50, wrap: true },
      { title: 'Whom to ask', width: 26, wrap: true },
      { title: 'Confidence', width: 12 },
      { title: 'Found', width: 16 },
      { title: 'Rests on', width: 60, wrap: true },
    ],
    // What an answer rests on is looked up on a screen.
    printColumns: hasDuties ? 11 : 10,
    rows: questions.map((question) => [
      ...place(question),
      STATES[question.state].label,
      question.answer,
      question.ownership,
      question.explanation,
      ...(hasDuties ? [question.customer ?? ''] : []),
      question.notes.join('\n'),
      joinNames(question.owners),
      question.confidence,
      question.found ? FOUND[question.found] : '',
      sourcesText(question),
    ]),
    tones: { State: TONES },
    freezeColumns: 3,
    landscape: true,
    table: true,
    tabTone: 'green',
  };
}

function blanks(questions: readonly ReviewedQuestion[]): Sheet {
  return {
    name: 'Left blank',
    title: 'Questions left blank, and why',
    intro: [
      'Answer them in the workbook and run `demarc fill --learn` on it: the answers are then in the library for the next form.',
    ],
    columns: [
      ...placeColumns(),
      { title: 'Why', width: 60, wrap: true },
      { title: 'What is nearest', width: 60, wrap: true },
      { title: 'Rests on', width: 50, wrap: true },
      { title: 'Whom to ask', width: 26, wrap: true },
    ],
    rows: questions.map((question) => [
      ...place(question),
      question.blank?.says ?? '',
      question.notes.join('\n'),
      sourcesText(question),
      joinNames(question.owners),
    ]),
    freezeColumns: 3,
    landscape: true,
    table: true,
    tabTone: 'amber',
  };
}

function changes(list: NonNullable<Review['changes']>): Sheet {
  return {
    name: 'Changes',
    title: 'What changed since the last review',
    intro: [list.length === 0 ? 'Nothing changed.' : `${counted(list.length, 'answer')} changed.`],
    columns: [
      { title: 'Sheet', width: 24, wrap: true },
      { title: 'Cell', width: 10 },
      { title: 'Question', width: 60, wrap: true },
      { title: 'Before', width: 50, wrap: true },
      { title: 'Now', width: 50, wrap: true },
      { title: 'Why', width: 60, wrap: true },
    ],
    rows: list.map((change) => [
      change.sheet,
      change.cell,
      change.id === undefined ? change.question : `${change.id} ${change.question}`,
      change.before,
      change.now,
      change.why.join('\n'),
    ]),
    freezeColumns: 2,
    landscape: true,
    table: true,
    tabTone: 'violet',
  };
}

function placeColumns(): Sheet['columns'] {
  return [
    { title: 'Sheet', width: 22, wrap: true },
    { title: 'Cell', width: 10 },
    { title: 'Id', width: 14 },
    { title: 'Question', width: 60, wrap: true },
  ];
}

function place(question: ReviewedQuestion): SheetCell[] {
  return [question.sheet, question.cell, question.id ?? '', question.question];
}

const KINDS: readonly (readonly [kind: AnswerSource['kind'], one: string, several: string])[] = [
  ['requirement', 'Requirement', 'Requirements'],
  ['control', 'Control', 'Controls'],
  ['statement', 'Statement', 'Statements'],
  ['evidence', 'Evidence', 'Evidence'],
  ['assurance', 'Assurance', 'Assurances'],
  ['customer-duty', 'Duty of customers', 'Duties of customers'],
  ['description', 'Description', 'Description'],
  ['library', 'Answer library', 'Answer library'],
];
/** So many sources of a kind are named; all of them are in the JSON, and a row that lists them would push all others away. */
const NAMED = 4;

/** What an answer rests on, a line for each kind. */
function sourcesText(question: ReviewedQuestion): string {
  return KINDS.flatMap(([kind, one, several]) => {
    const sources = question.sources.filter((source) => source.kind === kind);
    if (sources.length === 0) return [];
    const named = sources
      .slice(0, NAMED)
      .map(({ id, title, state }) => `${title === id ? id : `${id}, ${title}`}${state ? ` (${state})` : ''}`);
    const more = sources.length > NAMED ? [`${sources.length - NAMED} more`] : [];
    return `${sources.length > 1 ? several : one}: ${[...named, ...more].join('; ')}`;
  }).join('\n');
}
