import type { Book } from '../book/book.ts';
import { readText } from '../disk.ts';
import { type Problem, Problems } from '../problem.ts';
import { propose } from '../questionnaire/detect.ts';
import type { Proposal, Question } from '../questionnaire/questionnaire.ts';
import { questionsOf } from '../questionnaire/questions.ts';
import { recognize } from '../questionnaire/recognize.ts';
import { resolveForm } from '../questionnaire/resolve.ts';
import { readForm } from '../read/form-file.ts';
import { loadForms } from './resources.ts';

/** A workbook's layout with the questions found by it. */
export interface Questionnaire {
  proposal: Proposal;
  questions: Question[];
  /** What of the questions is left alone, and why. */
  problems: Problem[];
}

/**
 * The layout of a workbook: from the mapping that the user gives, else of the known form it is, else as detected.
 * @throws Problems where the mapping cannot be read or does not fit; UsageError where its file cannot be opened
 */
export function questionnaireOf(book: Book, file: string, mappingFile?: string): Questionnaire {
  const proposal = mappingFile === undefined ? known(book, file) : given(book, file, mappingFile);
  return { proposal, ...questionsOf(book, proposal.mapping, file) };
}

function known(book: Book, file: string): Proposal {
  const recognized = recognize(book, loadForms(), file);
  // A form that was rebuilt may carry its signs and still ask elsewhere.
  if (recognized && questionsOf(book, recognized.mapping, file).questions.length > 0) return recognized;
  const proposed = propose(book, file);
  return proposed.mapping.sheets.length > 0 || !recognized ? proposed : recognized;
}

function given(book: Book, file: string, mappingFile: string): Proposal {
  const { mapping, problems } = resolveForm(readForm(readText(mappingFile), mappingFile), book, file);
  if (problems.length > 0) throw new Problems(problems);
  return {
    mapping,
    reasons: [`the mapping is ${mappingFile}`],
    sheets: book.sheets.map(({ name }) => {
      const part = mapping.sheets.find(({ sheet }) => sheet === name);
      const reasons = [part ? 'the mapping says so' : 'the mapping names no such sheet'];
      return { sheet: name, confidence: 1, reasons, ...(part ? { mapping: part } : {}) };
    }),
  };
}
