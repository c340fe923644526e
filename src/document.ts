/**
 * What reports produce and writers turn into bytes: a document of blocks for paper and screen, and a workbook of sheets.
 * Neither knows anything of compliance. This file imports nothing and holds no code.
 */

/** A color family. Writers choose shades that survive grey-scale printing; a tone never carries meaning without words. */
export type Tone = 'blue' | 'amber' | 'violet' | 'teal' | 'red' | 'green' | 'gray' | 'plain';

/** A stretch of text in one style. `link` is a web address, or `#anchor` for a place in the document. */
export interface Run {
  text: string;
  bold?: boolean;
  italic?: boolean;
  code?: boolean;
  link?: string;
}

/** A small label with a colored ground, always with its text. */
export interface Badge {
  text: string;
  tone: Tone;
}

/** What stands in one table cell: paragraphs of runs, perhaps under badges. */
export interface Cell {
  badges?: Badge[];
  paragraphs: Run[][];
  /** Marks the cell as the header of its row. */
  rowHeader?: boolean;
  align?: 'left' | 'center' | 'right';
}

/** A column of a table; `share` is its part of the width relative to the other columns. */
export interface Column {
  title: string;
  share: number;
}

/** A row of a table, or a full-width band that groups the rows below it. */
export type TableRow =
  | { kind: 'row'; cells: Cell[]; anchor?: string; tone?: Tone }
  | { kind: 'group'; title: string; detail?: string; level: 1 | 2 };

export interface Heading {
  kind: 'heading';
  level: 1 | 2 | 3;
  text: string;
  anchor?: string;
}
export interface Paragraph {
  kind: 'paragraph';
  runs: Run[];
  style?: 'lead' | 'small';
}
export interface List {
  kind: 'list';
  ordered: boolean;
  items: Block[][];
}
export interface Table {
  kind: 'table';
  /** Read by screen readers and printed small above the table. */
  caption: string;
  columns: Column[];
  rows: TableRow[];
  /** Small type and tight rows, for matrices. */
  dense?: boolean;
}
/** Horizontal bars, each split into the same segments; the numbers are printed. */
export interface BarChart {
  kind: 'bar-chart';
  title: string;
  /** What the chart shows, in words, for readers who cannot see it. */
  alt: string;
  segments: { label: string; tone: Tone }[];
  bars: { label: string; values: number[]; link?: string }[];
}
/** A grid of colored cells with words in them: layers of a stack against services. */
export interface GridFigure {
  kind: 'grid';
  title: string;
  alt: string;
  columns: string[];
  rows: { label: string; cells: { text: string; tone: Tone }[] }[];
  legend: { label: string; tone: Tone }[];
}
/** Large numbers with captions, side by side. */
export interface Figures {
  kind: 'figures';
  items: { value: string; label: string; detail?: string; tone: Tone }[];
}
/** Terms with details, such as the facts on a cover. */
export interface Facts {
  kind: 'facts';
  items: { term: string; detail: Run[] }[];
}
/** A framed remark. */
export interface Callout {
  kind: 'callout';
  tone: Tone;
  title: string;
  blocks: Block[];
}
/** A place to sign, once per signatory. */
export interface SignOff {
  kind: 'sign-off';
  lines: { name: string; title: string; role?: string }[];
  labels: { signature: string; place: string; date: string };
}

export type Block = Heading | Paragraph | List | Table | BarChart | GridFigure | Figures | Facts | Callout | SignOff;

/** A part of the document that begins on a new page, with its own paper orientation. */
export interface Section {
  id: string;
  /** Its entry in the contents and bookmarks, and its running head. */
  title: string;
  orientation: 'portrait' | 'landscape';
  blocks: Block[];
}

/** A document ready to be laid out: cover, contents (made by the writer), sections. */
export interface Document {
  title: string;
  subtitle: string;
  subject: string;
  author: string;
  keywords: string[];
  /** BCP 47, such as en-US. */
  language: string;
  /** The day the document is dated (ISO). */
  date: string;
  producer: string;
  cover: { kicker: string; facts: Facts; note?: Run[] };
  contentsTitle: string;
  /** Printed at the foot of each page beside "page x of y". */
  footer: string;
  sections: Section[];
  /** Files carried inside the document. */
  attachments: { name: string; mediaType: string; description: string; data: string }[];
  paper: 'a4' | 'letter';
  /** The color of headings and of the cover as `#rrggbb`; dark enough to be read on white. */
  accent?: string;
}

/** What a formula refers to: a column of the table on a sheet, a cell of the formula's own row, or cells of its own sheet. */
export type Reference =
  | { sheet: string; column: string }
  | { column: string }
  /** Row and column count from 1 at the first row given; with `to`, a rectangle. */
  | { cell: [row: number, column: number]; to?: [row: number, column: number] };

/** A formula in Excel's words; what it refers to is named, because only the writer knows where it stands. */
export type Formula = (string | Reference)[];

/** One cell of a worksheet. Text is text, whatever it begins with; formulas are ours alone. A note opens beside its cell. */
export type SheetCell =
  | string
  | number
  | null
  | {
      text: string;
      tone?: Tone;
      bold?: boolean;
      link?: { sheet: string; row: number } | { url: string };
      note?: string;
      /** Makes the cell a field to fill in, or takes it out of its column's fields. */
      field?: boolean;
      /** A heading or a column header in rows laid out freely. */
      look?: 'heading' | 'header';
      /** A header over figures, which stand to the right. */
      figure?: boolean;
    }
  | { date: string; note?: string }
  | { formula: Formula; result: number | string; bold?: boolean; percent?: boolean };

/** A row of a worksheet, or a band over the rows of a section, which fold away under it. */
export type SheetRow = SheetCell[] | { band: 1 | 2 | 3; cells: SheetCell[] };

/** A column of a worksheet. Width in characters. */
export interface SheetColumn {
  title: string;
  width: number;
  wrap?: boolean;
  /** Values shown as a drop-down. */
  list?: string[];
  /** The name under which formulas find the list. */
  listName?: string;
  /** The list only suggests; other values may be written. */
  open?: boolean;
  /** Takes days of the calendar. */
  day?: boolean;
  /** People fill this column in; all others are derived. */
  input?: boolean;
  /** Grouped under an outline that can be folded away. */
  outline?: boolean;
  /** Not shown: for keys and helpers of formulas. */
  hidden?: boolean;
  /** How to fill the column, beside its header. */
  note?: string;
}

/**
 * Horizontal bars, each filled to its full length by the same segments. Its figures are cells of the sheet, so it follows them. Rows and
 * columns count from 1 at the first row given.
 */
export interface SheetChart {
  title: string;
  /** What the chart shows, in words, for readers who cannot see it. */
  alt: string;
  /** The row of segment names. */
  header: number;
  /** First and last row of the bars. */
  bars: [first: number, last: number];
  /** The column of bar names. */
  labels: number;
  segments: { column: number; tone: Tone; hatched?: boolean }[];
  /** The cells it covers: top left and bottom right. */
  place: { from: [row: number, column: number]; to: [row: number, column: number] };
}

/** A worksheet: a title block above one table. */
export interface Sheet {
  name: string;
  title: string;
  intro: string[];
  columns: SheetColumn[];
  rows: SheetRow[];
  /** Colors for whole-cell values in the named columns: column title → value → tone. */
  tones?: Record<string, Record<string, Tone>>;
  /** Colors for cells of a column of the table for which a formula holds. */
  rules?: { column: string; when: Formula; tone: Tone }[];
  charts?: SheetChart[];
  /** Names under which formulas anywhere find a cell, counted from 1 at the first row given. */
  names?: Record<string, [row: number, column: number]>;
  /** Columns that stay in sight while the others scroll. */
  freezeColumns: number;
  /** How many columns are printed, where not all of them would be readable on one page's width. */
  printColumns?: number;
  landscape: boolean;
  /** Without one, the rows are laid out freely (read-me and sign-off sheets). */
  table: boolean;
  /** Left unprotected, to be sorted and pivoted. */
  open?: boolean;
  /** Kept out of sight, even of the list of hidden sheets. */
  hidden?: boolean;
  tabTone?: Tone;
}

/** A workbook ready to be written. */
export interface Workbook {
  title: string;
  subject: string;
  author: string;
  keywords: string[];
  /** The day it is dated (ISO). */
  date: string;
  /** What its pages are printed on; A4 unless it says so. */
  paper?: 'a4' | 'letter';
  sheets: Sheet[];
}
