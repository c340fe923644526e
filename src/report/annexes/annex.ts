import type { Block, Cell, Column } from '../../document.ts';
import type { Matrix, MatrixFramework } from '../../model/matrix.ts';
import type { LineIndex } from '../lines.ts';

/**
 * How a column is set on paper: as a column of its own, with its part of the width relative to the others; as a band over the rows below
 * it, or small under that band; in the cell before it, on the same line (`beside`), below it (`under`) or below it and led by its title
 * (`led`).
 */
export type OnPaper = number | 'band' | 'detail' | 'beside' | 'under' | 'led';

/** A column of an annex. The workbook has each as a column, `width` characters wide; one without a place on paper is only there. */
export interface AnnexColumn {
  title: string;
  width: number;
  paper?: OnPaper;
}

/** What stands in a cell of an annex: words or a day. */
export type AnnexCell = string | Cell | { date: string };

/** The rows of an annex, or what to say where there is none. */
export interface AnnexTable {
  columns: AnnexColumn[];
  rows: AnnexCell[][];
  /** Why there are no rows, and for those who may mend it what to record and where. */
  empty: string;
  remedy?: string;
  /** Set above the rows on paper; the workbook has columns for it. */
  before?: Block[];
  /** The same for paper, where lines of the workbook are gathered there. */
  print?: { columns: Column[]; rows: Cell[][] };
  /** Each row is a record: on paper its first column is a heading and every other one a line under it. */
  form?: boolean;
}

/** What an annex is made from. */
export interface AnnexContext {
  matrix: Matrix;
  framework: MatrixFramework;
  index: LineIndex;
}

/** One paper that a framework asks for: a section of the document, a sheet of the workbook, and a pack of its own where wanted. */
export interface Annex {
  id: string;
  /** The framework that asks for it, which has to be in scope. */
  framework: string;
  title: string;
  /** Name of its sheet. */
  sheet: string;
  /** Ids of the requirements that it answers, the main one first. */
  answers: string[];
  /** Who reads it beside those who see how the organization meets its parts. */
  readers?: 'customers' | 'everybody';
  /** The roles of which an organization has to have one for the paper to be asked of it; left out, it is asked of everybody. */
  roles?: string[];
  make(context: AnnexContext): AnnexTable;
}

/** An annex made from a matrix: its rows, and the same laid out for the document. */
export interface MadeAnnex {
  annex: Annex;
  /** How the organization says it stands on what the annex answers. */
  standing: string;
  table: AnnexTable;
  blocks: Block[];
}
