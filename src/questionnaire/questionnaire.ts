/**
 * The types of questionnaire filling: how the questions of a workbook are laid out (a mapping), the questions found in it, and
 * the answers given. This file holds types, and the list of roles that readers and layouts share.
 */

/** What an answer says, whatever word a form has for it. */
export type AnswerWord = 'yes' | 'no' | 'partial' | 'planned' | 'alternative' | 'not-applicable';

/**
 * Who holds a duty, seen by the organization that answers: itself (`own`), the providers it uses, or the reader, which is its customer
 * who asks. So a cloud provider that fills a form says `own` where the form says "CSP", `reader` where it says "customer". Some forms tell
 * apart what it does once for all its systems (`own-corporate`), for this one (`own`), or partly so (`own-hybrid`); `own` stands for all three elsewhere.
 */
export type OwnerWord =
  | 'own'
  | 'own-corporate'
  | 'own-hybrid'
  | 'providers'
  | 'own-and-providers'
  | 'reader'
  | 'own-and-reader'
  | 'not-applicable';

/** What a column of a questionnaire is for. Letters name columns, as people see them. */
export interface Columns {
  /** The question's own id; absent where the id stands inside the question's text. */
  id?: string;
  /** The question's text. On forms that ask by id alone, the column of the id. */
  question: string;
  /** Where the answer goes. Several: one of them is marked, see `marks`. Absent where the form has no place for an answer. */
  answer?: string[];
  /** Who owns the duty, where the form asks for it. */
  ownership?: string;
  /** Explanation, comment, notes: where a sentence goes. */
  comment?: string;
  /** What the provider does, and what its customer must do, on forms that ask both. */
  provider?: string;
  customer?: string;
  evidence?: string;
  /** Why a question does not apply, on forms that ask for this apart from comments. */
  reason?: string;
  /** A column that names the section; it holds for the rows below it until it names another. */
  section?: string;
  /** The texts of the options, on forms that list them in the rows below a question. */
  option?: string;
}

/** What a column is for. */
export type Role = keyof Columns;

/** Every role, in the order in which columns are looked at. */
export const ROLES = [
  'id',
  'question',
  'answer',
  'ownership',
  'comment',
  'provider',
  'customer',
  'evidence',
  'reason',
  'section',
  'option',
] as const satisfies readonly Role[];

/** A column to mark, and what the mark says. */
export interface Mark<Word extends string = AnswerWord> {
  column: string;
  means: Word;
}

/** How one sheet asks. */
export interface SheetMapping {
  sheet: string;
  /** The row with the titles of the columns, the lowest where they are stacked; absent where there is none. */
  header?: number;
  /** First and last row that may hold questions; the last one open where forms grow. */
  from: number;
  to?: number;
  /** The questions end above the first row of which a cell matches this pattern. */
  until?: string;
  columns: Columns;
  /**
   * The kind of answer. `choice`: one of the cell's allowed values; `mark`: one of several columns is marked; `options-below`: one of the rows
   * below the question is marked; `text`: free.
   */
  kind: 'choice' | 'mark' | 'text' | 'options-below';
  /** `mark`: what each answer column means. A word that no column has is marked by its parts (`own-and-providers` by `own` and `providers`). */
  marks?: Mark[];
  ownershipMarks?: Mark<OwnerWord>[];
  /** What is written to mark a cell; `x` where nothing is said. */
  mark?: string;
  /** The form's own words for an answer and for an owner, by ours. Several of our words may share one of the form's. */
  answers?: Partial<Record<AnswerWord, string>>;
  ownerships?: Partial<Record<OwnerWord, string>>;
  /** A pattern (JavaScript, with one group) that takes the id out of the id cell, or out of the question where there is no id column. */
  idPattern?: string;
  /** True where rows without an id are questions too; elsewhere they are headings. */
  idOptional?: boolean;
  /** A column that must hold something in the row of a question. */
  needs?: string;
  /** Rows to leave alone: a pattern on the question's text. */
  skip?: string;
  /** `options-below`: a pattern on the question column of the row, below the options, whose option column takes the comment. */
  commentRow?: string;
}

/** A mapping of a whole workbook. */
export interface Mapping {
  id: string;
  title: string;
  /** Which known ids the form's questions carry, if any: `ccm-4`, `caiq-4`, `nist-800-53`, `pci-dss`, `hipaa`, `hecvat-4` … */
  scheme?: string;
  sheets: SheetMapping[];
}

/**
 * A column as a mapping's file names it: its letters, or its title (`*` stands for anything), so that a form may grow a column without
 * breaking its mapping. A title of up to three capitals is written with `*`.
 */
export type ColumnName = string;

/** How a sheet asks, as written in a file: the sheet by its name or a pattern with `*`, columns by letters or titles. */
export interface SheetForm extends Omit<SheetMapping, 'columns' | 'marks' | 'ownershipMarks' | 'from'> {
  /** Absent where the questions begin below the titles. */
  from?: number;
  columns: { [role in Role]?: role extends 'answer' ? ColumnName[] : ColumnName };
  marks?: Partial<Record<AnswerWord, ColumnName[]>>;
  ownershipMarks?: Partial<Record<OwnerWord, ColumnName[]>>;
}

/** What gives a form away: a sheet of this name, and the titles over its columns. `*` stands for anything. */
export interface Sign {
  sheet: string;
  titles: string[];
}

/** A form as written in a file: a mapping that still has to be laid over a workbook. */
export interface Form {
  id: string;
  title: string;
  scheme?: string;
  publisher?: string;
  source?: string;
  /** Against which workbook the mapping was tried; absent where its layout is known from descriptions alone. */
  tried?: string;
  /** All of them must be there for a workbook to be recognized; without any it is used only where a person names it. */
  signs: Sign[];
  sheets: SheetForm[];
}

/** A cell of a sheet; both count from 1. */
export interface CellPlace {
  row: number;
  column: number;
}

/** A cell that is marked to choose an answer: a column of the question's row, or a row below it. */
export interface Option<Word extends string = AnswerWord> extends CellPlace {
  /** The title of the column, or the text of the option. */
  text: string;
  means?: Word;
}

/** A question as found in a workbook. */
export interface Question {
  sheet: string;
  row: number;
  id?: string;
  text: string;
  /** Headings above it that give it its sense. */
  section?: string;
  /** How it is answered. */
  kind: SheetMapping['kind'];
  /** What the answer cell allows; empty where anything goes. */
  allowed: string[];
  /** What the ownership cell allows; empty where anything goes. */
  ownershipAllowed: string[];
  /** The cells to mark for an answer, and for an owner; empty where the question is answered in a cell. */
  options: Option[];
  ownershipOptions: Option<OwnerWord>[];
  /** Where each role's cell is. `answer` is absent where cells are marked. */
  cells: Partial<Record<Role, CellPlace>>;
  /** What the cells hold now, by column role. */
  current: Partial<Record<Role, string>>;
}

/** What was made of one sheet: a mapping, or why there is none. */
export interface SheetProposal {
  sheet: string;
  /** How sure it is, from 0 to 1: of the mapping, or that there are no questions. */
  confidence: number;
  /** Absent where the sheet holds no questions to answer. */
  mapping?: SheetMapping;
  /** What speaks for it, in sentences, the strongest first. */
  reasons: string[];
  /** The first free column, where none has a place for answers. */
  free?: string;
}

/** What was made of a workbook: a known form, or a layout proposed for a person to check. */
export interface Proposal {
  /** The known form, where it was recognized. */
  known?: string;
  /** True for a known form whose mapping nobody has tried on a workbook. */
  untried?: true;
  mapping: Mapping;
  /** Why the form was recognized, or was not. */
  reasons: string[];
  sheets: SheetProposal[];
}
