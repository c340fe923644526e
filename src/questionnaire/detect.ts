import { columnLetters } from '../book/address.ts';
import type { Book } from '../book/book.ts';
import { joinNames } from '../sentence.ts';
import { LEAST_ANSWER, type Weighed } from './answers.ts';
import { draftOf, optionsDraft } from './draft.ts';
import { type Grid, gridOf } from './grid.ts';
import { findTable, type Table } from './headers.ts';
import { optionsBelow } from './options-below.ts';
import { listedRows } from './question-rows.ts';
import type { Proposal, Question, SheetMapping, SheetProposal } from './questionnaire.ts';
import { questionsOn } from './questions.ts';
import { findTexts } from './texts.ts';
import { folded } from './wording.ts';

/** What a sheet must score for answers where its name says that it holds something else. */
const LEAST_ON_QUIET_SHEET = 7;

/** A merge over more columns than this is a bar across the sheet and no text of a table. */
const WIDEST = 50;
const MOST_MERGES = 1000;

const QUIET_SHEET =
  /^(?:instructions?|read ?me|introduction|(?:.*\b)?examples?\b.*|glossary|definitions?|terms|legend|key\b.*|lists?|look ?ups?|values?|drop ?downs?.*|data validation|changes?|change ?log|.*\bversions?( history)?|history|revisions?\b.*|record of changes?|acknowledge?ments?|contents|toc|index|cover( page| sheet)?|title|dashboard|(?:.*\b)?summary|scor(?:e|es|ing|ecard)|calc(?:s|ulations?)?|settings?|config|anleitung|hinweise|ausfullhinweise|deckblatt|listen|glossar|beispiel.*|instrucciones|listas|mode d'emploi|listes)$/;

/** Proposes a layout for every sheet of a workbook that is no known form. `title` names the workbook. */
export function propose(book: Book, title: string): Proposal {
  const sheets = withoutRepetitions(book.sheets.map((sheet) => proposeSheet(gridOf(sheet))));
  return {
    mapping: { id: 'proposed', title, sheets: sheets.flatMap(({ mapping }) => mapping ?? []) },
    reasons: [],
    sheets,
  };
}

interface Proposed extends SheetProposal {
  questions: Question[];
}

/** Proposes a layout for one sheet, or says why it holds no questions to answer. */
function proposeSheet(grid: Grid): Proposed {
  const sheet = grid.sheet.name;
  const nothing = (reason: string, confidence: number): Proposed => ({ sheet, confidence, reasons: [reason], questions: [] });
  if (grid.sheet.state !== 'visible') return nothing('the sheet is hidden', 0.9);
  if (grid.rows.length < 2) return nothing('the sheet is empty, or nearly so', 0.9);
  let table = findTable(grid);
  const below = optionsBelow(grid, table);
  let found: ReturnType<typeof findTexts> = below ? {} : findTexts(grid, table);
  const listed = below || found.question ? undefined : listedRows(grid, table);
  if (listed) {
    table = listed.table;
    found = findTexts(grid, table);
  }
  const empty = below ? undefined : emptyForm(grid, table);
  if (empty) return { sheet, confidence: 0.6, ...empty, questions: [] };
  if (!below && !found.question) return nothing('no column holds texts that ask or demand something', 0.7);
  const draft = below ? optionsDraft(grid, table, below) : draftOf(grid, table, found.question as Weighed, found.id);
  if (listed) draft.mapping.needs = listed.needs;
  if (draft.elsewhere) return nothing(draft.elsewhere, 0.9);
  if (QUIET_SHEET.test(folded(sheet)) && draft.answerScore < LEAST_ON_QUIET_SHEET)
    return nothing('by its name the sheet is not meant to be filled', 0.7);
  if (draft.answerScore < LEAST_ANSWER && !(found.question && isListOfQuestions(found.question, draft.mapping)))
    return nothing('there are texts, but they do not ask, and there is no place for answers', 0.6);
  const { questions } = questionsOn(grid, draft.mapping, '');
  if (questions.length === 0) return nothing('every question here is answered elsewhere', 0.6);
  // Only a known form is certain.
  const sure = Math.min(0.99, (Math.min(found.question?.score ?? 8, 8) / 8) * 0.4 + (Math.min(draft.answerScore, 9) / 9) * 0.6);
  return {
    sheet,
    confidence: Math.round(sure * 100) / 100,
    mapping: draft.mapping,
    reasons: draft.reasons,
    ...(draft.mapping.columns.answer || draft.mapping.kind === 'mark' ? {} : { free: freeColumn(grid) }),
    questions,
  };
}

/** The first column to the right of everything on a sheet. */
function freeColumn(grid: Grid): string {
  const merged = grid.sheet.merges.filter(({ right, left }) => right - left < WIDEST).map(({ right }) => right);
  return columnLetters(Math.max(grid.columns.at(-1) ?? 0, ...merged.slice(0, MOST_MERGES)) + 1);
}

/** A form whose titles are all there while its questions are still to come, such as a checklist which a macro fetches. */
function emptyForm(grid: Grid, table: Table): Pick<SheetProposal, 'mapping' | 'reasons'> | undefined {
  const titles = [...table.titles.values()];
  const question = titles.find(({ role, weight }) => role === 'question' && weight >= 4);
  const answer = titles.find(({ role, weight }) => role === 'answer' && weight >= 4);
  if (!question || !answer || table.rows.some(({ row }) => grid.text(row, question.column) !== '')) return undefined;
  const id = titles.find(({ role }) => role === 'id');
  const comment = titles.find(({ role }) => role === 'comment');
  return {
    mapping: {
      sheet: grid.sheet.name,
      ...(table.header === undefined ? {} : { header: table.header }),
      from: (table.header ?? 0) + 1,
      columns: {
        ...(id ? { id: columnLetters(id.column) } : {}),
        question: columnLetters(question.column),
        answer: [columnLetters(answer.column)],
        ...(comment ? { comment: columnLetters(comment.column) } : {}),
      },
      kind: grid.choices((table.header ?? 0) + 1, answer.column) ? 'choice' : 'text',
    },
    reasons: ['the titles of the columns are those of a questionnaire, but there are no questions below them yet'],
  };
}

/** Texts without a place for answers are taken for questions where they ask, or are titled so and carry ids. */
function isListOfQuestions({ profile }: Weighed, mapping: SheetMapping): boolean {
  const asking = profile.asks >= 0.5 && profile.filled >= 3;
  const isTitled = profile.title?.role === 'question' && profile.title.weight >= 4;
  return asking || (isTitled && (mapping.columns.id !== undefined || mapping.idPattern !== undefined));
}

/** A sheet without a place for answers that repeats the questions of others is a reference to them. */
function withoutRepetitions(proposed: Proposed[]): SheetProposal[] {
  return proposed.map(({ questions, ...proposal }, i): SheetProposal => {
    if (!proposal.mapping || proposal.mapping.columns.answer) return proposal;
    const others = proposed.filter(({ mapping }, at) => at !== i && mapping && (mapping.columns.answer || at < i));
    const known = new Map(
      others.flatMap((other) => other.questions.map(({ text }): [string, string] => [folded(text), other.sheet])),
    );
    const repeated = questions.flatMap(({ text }) => known.get(folded(text)) ?? []);
    if (repeated.length < questions.length * 0.6) return proposal;
    const names = joinNames(
      [...new Set(repeated)].map((name) => `“${name}”`),
      3,
    );
    return {
      sheet: proposal.sheet,
      confidence: 0.8,
      reasons: [`it repeats the questions of ${names} and has no place for answers`],
    };
  });
}
