/**
 * The types of questionnaire filling: how the questions of a workbook are laid out (a mapping), the questions found in it, and
 * the answers given. This file holds types alone.
 */

/** What a column of a questionnaire is for. Letters name columns, as people see them. */
export interface Columns {
  /** The question's own id; absent where the id stands inside the question's text. */
  id?: string;
  question: string;
  /** Where the answer goes. Several: one of them is marked (`mark`), in the order of `marks`. */
  answer?: string[];
  /** Who owns the duty, where the form asks for it. */
  ownership?: string;
  /** Explanation, comment, notes: where a sentence goes. */
  comment?: string;
  /** What the provider does, and what its customer must do, on forms that ask both. */
  provider?: string;
  customer?: string;
  evidence?: string;
}

/** How one sheet asks. */
export interface SheetMapping {
  sheet: string;
  /** First and last row that may hold questions; the last one open where forms grow. */
  from: number;
  to?: number;
  columns: Columns;
  /** The kind of answer. `choice`: one of the cell's allowed values; `mark`: one of several columns is marked; `text`: free. */
  kind: 'choice' | 'mark' | 'text' | 'options-below';
  /** `mark`: what each answer column means, and the mark to set. */
  marks?: { column: string; means: string }[];
  mark?: string;
  /** Values of the form that mean yes, no, not applicable, partly … and the form's ownership strings, by our words. */
  answers?: Record<string, string>;
  ownerships?: Record<string, string>;
  /** A pattern (JavaScript, with one group) that takes the id out of the id or question cell. */
  idPattern?: string;
  /** Rows to leave alone: sections, headers repeated. A pattern on the question's text. */
  skip?: string;
}

/** A mapping of a whole workbook. */
export interface Mapping {
  id: string;
  title: string;
  /** Which known ids the form's questions carry, if any: `ccm-4`, `caiq-4`, `nist-800-53`, `pci-dss`, `hipaa`, `hecvat-4` … */
  scheme?: string;
  sheets: SheetMapping[];
}

/** A question as found in a workbook. */
export interface Question {
  sheet: string;
  row: number;
  id?: string;
  text: string;
  /** Headings above it that give it its sense. */
  section?: string;
  /** What the answer cell allows; empty where anything goes. */
  allowed: string[];
  /** What the cells hold now, by column role. */
  current: Partial<Record<keyof Columns, string>>;
}
