import type { Book, BookSheet } from '../book/book.ts';
import type { CellPlace, Question } from '../questionnaire/questionnaire.ts';
import { isPlaceholder } from '../questionnaire/vocabulary.ts';
import { joinNames } from '../sentence.ts';

/** What a cell of a sheet holds. */
export type Held = (sheet: string, cell: CellPlace) => string;

/** Looks up what cells hold. */
export function heldTexts(book: Book): Held {
  const sheets = new Map<string, Map<number, BookSheet['rows'][number]>>();
  return (name, { row, column }) => {
    let rows = sheets.get(name);
    if (!rows) {
      const sheet = book.sheets.find((candidate) => candidate.name === name);
      rows = new Map(sheet?.rows.map((one) => [one.row, one]));
      sheets.set(name, rows);
    }
    return rows.get(row)?.cells.find((cell) => cell.column === column)?.text ?? '';
  };
}

/** What the form holds as the answer now; '' where it waits for one. */
export function currentAnswer(question: Question, held: Held): string {
  const { options, cells } = question;
  if (options.length > 0) {
    const marked = options.filter((option) => isHeld(held(question.sheet, option)));
    return joinNames(marked.map((option) => option.text || held(question.sheet, option)));
  }
  const cell = cells.answer ?? cells.ownership;
  const text = cell ? held(question.sheet, cell) : '';
  return isHeld(text) ? text : '';
}

/** Whether a text is somebody's answer and no placeholder. */
export function isHeld(text: string): boolean {
  return text.trim() !== '' && !isPlaceholder(text);
}
