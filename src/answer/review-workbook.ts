import type { Sheet, SheetCell, Tone, Workbook } from '../document.ts';
import { counted, joinNames, longDate } from '../sentence.ts';
import type { Review, ReviewedQuestion, State } from './review.ts';

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
  return {
    name: 'Overview',
    title: `Review of ${review.questionnaire.file}`,
    intro: [
      `${review.organization}, ${review.system}, as of ${longDate(review.asOf)}. ${counted(review.counts.questions, 'question')}: ${review.counts.answered} answered, ${review.counts.blank} left blank, ${review.counts.kept} kept as they were.`,
      'An answer is given only where statements, live assurances, the description or the answer library support it. Confidence runs from 0 to 1.',
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
      { title: 'Confidence', width: 12 },
      { title: 'Found', width: 16 },
      { title: 'Rests on', width: 60, wrap: true },
      { title: 'Owner', width: 26, wrap: true },
      { title: 'Notes', width: 50, wrap: true },
    ],
    rows: questions.map((question) => [
      ...place(question),
      STATES[question.state].label,
      question.answer,
      question.ownership,
      question.explanation,
      question.confidence,
      question.found ? FOUND[question.found] : '',
      sourcesText(question),
      joinNames(question.owners),
      question.notes.join('\n'),
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

function sourcesText(question: ReviewedQuestion): string {
  const kinds = {
    requirement: 'Requirement',
    control: 'Control',
    statement: 'Statement',
    evidence: 'Evidence',
    assurance: 'Assurance',
  };
  const others = { 'customer-duty': 'Duty of customers', description: 'Description', library: 'Answer library' };
  return question.sources
    .map(
      ({ kind, id, title, state }) =>
        `${{ ...kinds, ...others }[kind]}: ${title === id ? id : `${id}, ${title}`}${state ? ` (${state})` : ''}`,
    )
    .join('\n');
}
