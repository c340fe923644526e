import { cellName } from '../book/address.ts';
import type { Book, BookRow } from '../book/book.ts';
import { didYouMean, type Problem } from '../problem.ts';
import { counted } from '../sentence.ts';
import { type Grid, gridOf } from './grid.ts';
import { type Layout, layoutOf } from './layout.ts';
import type { CellPlace, Mapping, Option, OwnerWord, Question, Role, SheetMapping } from './questionnaire.ts';
import { idOf, kindOfRow, mergedText, titlesOf } from './rows.ts';
import { sections } from './sections.ts';
import { asksSeveral } from './several.ts';
import { answerWord } from './vocabulary.ts';
import { plain } from './wording.ts';

/** The questions of a workbook, and what of the mapping does not fit it. */
export interface Found {
  questions: Question[];
  problems: Problem[];
}

/** Finds the questions of a workbook by its mapping. `file` is the workbook's name in problems. */
export function questionsOf(book: Book, mapping: Mapping, file: string): Found {
  const found: Found = { questions: [], problems: [] };
  for (const part of mapping.sheets) {
    const sheet = sheetOf(book, part.sheet);
    if (sheet) {
      const here = questionsOn(gridOf(sheet), part, file);
      // Not pushed one by one as arguments: a large sheet has more questions than a call takes.
      found.questions = found.questions.concat(here.questions);
      found.problems = found.problems.concat(here.problems);
      continue;
    }
    const names = book.sheets.map((candidate) => candidate.name);
    const meant = didYouMean(part.sheet, names);
    const hint = meant ? `Did you mean “${meant}”?` : `Its sheets: ${names.map((name) => `“${name}”`).join(', ')}.`;
    found.problems.push(problem(file, 'no-such-sheet', `there is no sheet “${part.sheet}”, which the mapping names`, hint));
  }
  return found;
}

/** The sheet of a name; Excel makes no difference between capitals and small letters. */
function sheetOf(book: Book, name: string): Book['sheets'][number] | undefined {
  const lower = name.trim().toLowerCase();
  return (
    book.sheets.find((sheet) => sheet.name === name) ?? book.sheets.find((sheet) => sheet.name.trim().toLowerCase() === lower)
  );
}

/** So many cells with several questions are named one by one. */
const MOST_CROWDED = 20;

/** Finds the questions of one sheet. */
export function questionsOn(grid: Grid, mapping: SheetMapping, file: string): Found {
  const place = (cell?: string): string => `${file}, sheet “${grid.sheet.name}”${cell ? `, cell ${cell}` : ''}`;
  const wrong: string[] = [];
  const layout = layoutOf(mapping, wrong);
  if (wrong.length > 0)
    return { questions: [], problems: [problem(place(), 'bad-mapping', `in the mapping ${wrong.join(', ')}`)] };
  const questions: Question[] = [];
  const problems: Problem[] = [];
  const crowded: string[] = [];
  const headings = sections();
  const titles = titlesOf(grid, mapping);
  let section = '';
  let hidden = 0;
  let last: Question | undefined;
  for (const row of grid.rows) {
    if (row.row < mapping.from || row.row > (mapping.to ?? Number.POSITIVE_INFINITY)) continue;
    if (layout.until && row.cells.some((cell) => layout.until?.test(plain(cell.text)))) break;
    if (layout.section) section = mergedText(grid, row.row, layout.section) || section;
    const kind = kindOfRow(grid, row.row, mapping, layout, titles);
    if (kind === 'question' && row.hidden) {
      hidden += 1;
      last = undefined;
    } else if (kind === 'question' && asksSeveral(grid.cell(row.row, layout.question)?.text ?? '')) {
      crowded.push(cellName(row.row, layout.question));
      last = undefined;
    } else if (kind === 'question') {
      const above = [headings.current() ?? '', section].filter((text) => text !== '').join(' › ');
      last = questionAt(grid, row.row, mapping, layout, above);
      questions.push(last);
    } else if (last && mapping.kind === 'options-below' && addOption(grid, row, last, layout)) {
      // The row belongs to the question above it.
    } else if (kind === 'heading' || kind === 'header') headings.open(row);
  }
  for (const cell of crowded.slice(0, MOST_CROWDED)) {
    const hint = 'Answer it by hand, or give each question a row of its own.';
    problems.push(
      problem(place(cell), 'several-questions', 'the cell asks several questions, and has room for one answer', hint),
    );
  }
  if (crowded.length > MOST_CROWDED) {
    const message = `${crowded.length - MOST_CROWDED} further cells ask several questions`;
    problems.push(problem(place(), 'several-questions', message));
  }
  if (hidden > 0) {
    const message = `${counted(hidden, 'question')} in hidden rows ${hidden === 1 ? 'is' : 'are'} left alone`;
    problems.push(problem(place(), 'hidden-questions', message, 'Show the rows to have them answered.'));
  }
  if (questions.length === 0 && problems.length === 0) {
    const message = `there is no question in column ${mapping.columns.question} from row ${mapping.from} on`;
    problems.push(problem(place(), 'no-questions', message, 'Is the mapping made for this version of the form?'));
  }
  return { questions, problems };
}

function questionAt(grid: Grid, row: number, mapping: SheetMapping, layout: Layout, section: string): Question {
  const id = idOf(grid, row, layout);
  const cells: Question['cells'] = {};
  for (const [role, column] of layout.roles) cells[role] = { row, column };
  const [answer] = layout.answer;
  if (answer && (mapping.kind === 'choice' || mapping.kind === 'text')) cells.answer = { row, column: answer };
  if (layout.option) delete cells.option;
  const current: Question['current'] = {};
  for (const [role, cell] of Object.entries(cells) as [Role, CellPlace][]) {
    const text = role === 'section' || role === 'id' ? mergedText(grid, row, cell.column) : grid.text(cell.row, cell.column);
    if (text !== '') current[role] = text;
  }
  return {
    sheet: grid.sheet.name,
    row,
    ...(id === undefined ? {} : { id }),
    text: grid.text(row, layout.question),
    ...(section === '' ? {} : { section }),
    kind: mapping.kind,
    allowed: allowedAt(grid, cells.answer),
    ownershipAllowed: allowedAt(grid, cells.ownership),
    options: mapping.kind === 'mark' ? markedColumns(grid, row, mapping, layout) : [],
    ownershipOptions: layout.ownershipMarks.map(
      ({ column, means }): Option<OwnerWord> => ({ row, column, text: title(grid, mapping, column), means }),
    ),
    cells,
    current,
  };
}

/** The columns of which one is marked; without meanings in the mapping the titles of the columns say what they mean. */
function markedColumns(grid: Grid, row: number, mapping: SheetMapping, layout: Layout): Option[] {
  return layout.answer.map((column) => {
    const text = title(grid, mapping, column);
    const means = layout.marks.find((mark) => mark.column === column)?.means ?? answerWord(text);
    return { row, column, text, ...(means ? { means } : {}) };
  });
}

function title(grid: Grid, mapping: SheetMapping, column: number): string {
  return mapping.header === undefined ? '' : grid.text(mapping.header, column);
}

/** Takes a row below a question as one of its options, or as the place of its comment. False where it is neither. */
function addOption(grid: Grid, row: BookRow, question: Question, layout: Layout): boolean {
  const [mark] = layout.answer;
  const column = layout.option ?? layout.question;
  if (layout.commentRow?.test(grid.text(row.row, layout.question))) {
    const comment = layout.roles.find(([role]) => role === 'comment')?.[1] ?? column;
    question.cells.comment = { row: row.row, column: comment };
    const text = grid.text(row.row, comment);
    if (text !== '') question.current.comment = text;
    else delete question.current.comment;
    return true;
  }
  const text = grid.text(row.row, column);
  if (!mark || text === '' || row.hidden) return false;
  if (layout.id && grid.text(row.row, layout.id) !== '') return false;
  const means = answerWord(text);
  question.options.push({ row: row.row, column: mark, text, ...(means ? { means } : {}) });
  return true;
}

function allowedAt(grid: Grid, cell: CellPlace | undefined): string[] {
  return cell ? (grid.choices(cell.row, cell.column)?.values.filter((value) => value.trim() !== '') ?? []) : [];
}

function problem(file: string, code: string, message: string, hint?: string): Problem {
  return { code, file, line: 0, column: 0, message, ...(hint ? { hint } : {}) };
}
