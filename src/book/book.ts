/**
 * A workbook that somebody else made, as far as demarc reads it, and the edits it can take. This file holds types alone: `open.ts` reads a
 * book, `patch.ts` writes answers into it without touching anything else.
 */

/** A rectangle of cells; rows and columns count from 1, both ends included. */
export interface Range {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** What a cell shows. Dates are numbers, as in the file. */
export type CellValue = string | number | boolean;

/** One cell that is present in the file. A formula's value is the one the file carries for it. */
export interface BookCell {
  row: number;
  column: number;
  /** The value; absent where the cell holds only a format. Rich text is joined, phonetic runs are left out. */
  value?: CellValue;
  /** The value as text, white space as in the file; '' where there is none. */
  text: string;
  /** True for a formula of any kind, also one shared or spread over an array. */
  formula: boolean;
  /** False only where the cell's format unlocks it; it matters on a protected sheet. */
  locked: boolean;
  /** Set where the format breaks long texts into lines. */
  wraps?: true;
}

/** A drop-down: the cells it governs and what it allows, as far as the book itself says. */
export interface Choices {
  ranges: Range[];
  /** Allowed values in order, from an inline list, another sheet, a named range or an x14 extension. Empty where it could not be resolved. */
  values: string[];
  /** Where the values come from, such as `"Yes,No"` or `Lists!$A$1:$A$5`. */
  source: string;
  /** True where Excel refuses other values (an error of style `stop`), false where it only warns. */
  strict: boolean;
}

/** One worksheet. */
export interface BookSheet {
  name: string;
  /** Position in the book, from 0; chart sheets and the like are left out. */
  index: number;
  state: 'visible' | 'hidden' | 'very-hidden';
  /** True where the sheet is protected, with or without a password. */
  protected: boolean;
  /** Rows that have cells, in order; cells in the order of their columns. */
  rows: BookRow[];
  merges: Range[];
  choices: Choices[];
  hiddenColumns: Range[];
  /** Widths in characters of the columns that say one, by column. */
  widths: Map<number, number>;
  /** Tables (their header row first) and the ranges of pivot tables, in which nothing may be written. */
  tables: { name: string; range: Range; headerRows: number }[];
  pivots: Range[];
}

/** One row of a sheet with its cells. `height` (points) is set where the row's height is fixed. */
export interface BookRow {
  row: number;
  hidden: boolean;
  height?: number;
  cells: BookCell[];
}

/** A workbook opened for reading. */
export interface Book {
  kind: 'xlsx' | 'xlsm';
  sheets: BookSheet[];
  /** Defined names with what they refer to; `sheet` where a name is local to one. */
  names: { name: string; refersTo: string; sheet?: string }[];
}

/** One answer to write: text, number, boolean, or null to empty the cell. A merged cell is written at its top left. */
export interface CellEdit {
  sheet: string;
  row: number;
  column: number;
  value: CellValue | null;
}

/** Why a cell was not written. `same-cell`: a later edit with another value goes into the same cell, or into the same merged cells. */
export interface RefusedEdit {
  edit: CellEdit;
  reason: 'formula' | 'array' | 'pivot' | 'table-header' | 'locked' | 'hidden' | 'same-cell' | 'no-such-sheet' | 'out-of-bounds';
}

/**
 * A patched workbook: its bytes, how many cells hold their answers now, and what was not written and why. Texts over 32,767 characters
 * are cut and reported in `cut`.
 */
export interface Patched {
  bytes: Uint8Array;
  written: number;
  refused: RefusedEdit[];
  cut: CellEdit[];
}

/** A row that takes more room with its answers: the height in points that it needs for them. */
export interface RowNeed {
  sheet: string;
  row: number;
  height: number;
}

/** What a patch may do beyond the ordinary. */
export interface PatchOptions {
  /**
   * Rows to make as high as they need. Programs work a row's height out when somebody types into it, not when they open a file, so what is
   * written here would be cut off. A height that somebody set stays.
   */
  needs?: readonly RowNeed[];
  /** Write into locked cells of protected sheets too. */
  allowLocked?: boolean;
  /** Write into hidden sheets, rows and columns too. */
  allowHidden?: boolean;
  /** The name of the file in messages. */
  file?: string;
}
