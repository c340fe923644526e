import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Command } from 'commander';
import { answerer } from '../answer/answerer.ts';
import { roomFor } from '../answer/clipping.ts';
import { fillRows, type Row } from '../answer/fill.ts';
import { knowledgeOf } from '../answer/knowledge.ts';
import { learnedFrom, notLearned, withLearned } from '../answer/learn.ts';
import type { LibraryAnswer } from '../answer/library.ts';
import { changesSince, countsOf, type EarlierReview, type Review, reviewedQuestions, reviewFrom } from '../answer/review.ts';
import { reviewWorkbook } from '../answer/review-workbook.ts';
import { schemeOf } from '../answer/scheme.ts';
import type { Book } from '../book/book.ts';
import { openBook } from '../book/open.ts';
import { patchBook } from '../book/patch.ts';
import { readBytes, readText, writeFiles } from '../disk.ts';
import type { Matrix } from '../model/matrix.ts';
import { formatProblem, type Problem, UsageError } from '../problem.ts';
import type { Mapping, Question } from '../questionnaire/questionnaire.ts';
import { counted, joinNames } from '../sentence.ts';
import { writeWorkbook } from '../write/xlsx/index.ts';
import { libraryFrom, readLibrary } from './answer-library.ts';
import { CATALOGUE_HELP } from './catalogue.ts';
import { FINDINGS, GOOD, type Io, mapFile } from './context.ts';
import { inspectQuestionnaire } from './fill-inspect.ts';
import { type FilledPaths, LISTED, summaryText } from './fill-summary.ts';
import { questionnaireOf } from './questionnaire.ts';
import { loadSchemes } from './resources.ts';
import { indented } from './terminal.ts';

interface FillOptions {
  system?: string;
  output?: string;
  mapping?: string;
  library?: string;
  minConfidence: string;
  overwrite?: boolean;
  previous?: string;
  learn?: boolean;
  inspect?: boolean;
  force?: boolean;
  asOf?: string;
  catalogue?: string;
  json?: boolean;
}

/** Answers found by what the question says, not by its id, are given only where they are all but literal; see docs/questionnaires.md. */
const LEAST_CONFIDENCE = '0.7';

/** `demarc fill`: answers a security questionnaire from the matrix, the statements and the answer library. */
export function fillCommand(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('fill')
    .description('answer a security questionnaire (.xlsx) from a description; what nothing supports is left blank and listed')
    .argument('<workbook>', 'the questionnaire as it came; it is not changed')
    .option('--system <file>', 'the description of the system')
    .option('-o, --output <file>', 'the filled workbook; its review is written beside it (default: <workbook>.filled.xlsx)')
    .option('--mapping <file>', 'how the questionnaire is laid out, for a form of your own')
    .option('--library <file>', 'your own answers to questions that no description can answer')
    .option('--min-confidence <number>', 'leave answers blank that are less certain, from 0 to 1', LEAST_CONFIDENCE)
    .option('--overwrite', 'replace answers that the questionnaire already holds')
    .option('--previous <review.json>', 'the review of an earlier run, to list what changed and why')
    .option('--learn', 'write nothing into the workbook: add the answers that people gave in it to the library')
    .option('--force', 'replace files that were changed since they were written')
    .option('--as-of <date>', 'the day as of which everything is judged')
    .option('--catalogue <folder>', CATALOGUE_HELP)
    .option('--json', 'print the result as JSON')
    .option('--inspect', 'write nothing: show what is made of each sheet, and why; with -o, write the mapping as a file')
    .action(async (file: string, options: FillOptions) => {
      if (options.inspect) {
        done(inspectQuestionnaire(file, options, io));
        return;
      }
      const run = prepare(file, options, io);
      for (const problem of run.problems) io.err(`${formatProblem(problem)}\n`);
      if (run.questions.length === 0) {
        io.err(`${file} asks nothing that could be answered; demarc fill --inspect shows what was made of each sheet\n`);
        done(FINDINGS);
        return;
      }
      if (options.learn) learn(run, options, io);
      else await fill(run, options, io);
      done(GOOD);
    });
}

/** Everything that filling and learning start from. */
interface Run {
  file: string;
  bytes: Uint8Array;
  book: Book;
  mapping: Mapping;
  /** Whether it is a form of ours that was never tried on a workbook. */
  untried: boolean;
  questions: Question[];
  problems: Problem[];
  matrix: Matrix;
  library: { text?: string; answers: LibraryAnswer[] };
  /** What becomes of each question. */
  rows: (overwrite: boolean) => Row[];
}

function prepare(file: string, options: FillOptions, io: Io): Run {
  if (options.system === undefined) throw new UsageError('which description answers it?', 'Name it with --system system.yaml.');
  const minConfidence = Number(options.minConfidence);
  if (!(minConfidence >= 0 && minConfidence <= 1) || options.minConfidence.trim() === '')
    throw new UsageError(`--min-confidence ${options.minConfidence} is not a number from 0 to 1`);
  const bytes = readBytes(file);
  const book = openBook(bytes, file);
  const { proposal, questions, problems } = questionnaireOf(book, file, options.mapping);
  const { mapping } = proposal;
  const { matrix } = mapFile(options.system, { ...options, everyControl: true }, io);
  const library = readLibraryOption(options);
  const knowledge = knowledgeOf(matrix, loadSchemes().map(schemeOf), library.answers);
  const answer = answerer(knowledge, mapping);
  return {
    file,
    bytes,
    book,
    mapping,
    untried: proposal.untried === true,
    questions,
    problems,
    matrix,
    library,
    rows: (overwrite) =>
      fillRows(book, mapping, questions, answer, { minConfidence, overwrite, readerDuties: matrix.customerDuties.length > 0 }),
  };
}

/** The library that is named; with --learn it may still have to be made. */
function readLibraryOption({ library, learn }: FillOptions): Run['library'] {
  if (library === undefined) {
    if (learn) throw new UsageError('where is the library?', 'Name it with --library answers.yaml; it is made if there is none.');
    return { answers: [] };
  }
  return learn && !existsSync(library) ? { answers: [] } : readLibrary(library);
}

async function fill(run: Run, options: FillOptions, io: Io): Promise<void> {
  const { file, bytes, book, matrix } = run;
  const paths = outputPaths(file, options.output, book);
  const before = options.previous === undefined ? undefined : readReview(options.previous);

  const rows = run.rows(options.overwrite === true);
  const edits = rows.flatMap((row) => row.edits);
  const { needs, clipped } = roomFor(book, edits);
  const patched = patchBook(bytes, edits, { file, needs });
  const questions = reviewedQuestions(rows, patched, clipped);
  const review: Review = {
    format: 'demarc-review',
    formatVersion: 1,
    tool: matrix.tool,
    catalogue: matrix.catalogue,
    asOf: matrix.asOf,
    organization: matrix.organization.name,
    system: matrix.system.name,
    questionnaire: { file: basename(file), sha256: sha256(bytes), mapping: run.mapping.id },
    filled: { file: basename(paths.filled), sha256: sha256(patched.bytes) },
    review: { file: basename(paths.workbook), sha256: '' },
    inputs: [
      ...matrix.files,
      ...(options.library === undefined
        ? []
        : [{ path: basename(options.library), sha256: sha256(Buffer.from(run.library.text ?? '')) }]),
    ],
    counts: countsOf(questions),
    questions,
    ...(before ? { changes: changesSince(before, questions) } : {}),
  };
  const { bytes: workbook } = await writeWorkbook(reviewWorkbook(review));
  review.review.sha256 = sha256(workbook);
  const json = Buffer.from(`${JSON.stringify(review, null, 2)}\n`);
  writeFiles(
    [
      { path: paths.filled, bytes: patched.bytes },
      { path: paths.workbook, bytes: workbook },
      { path: paths.json, bytes: json },
    ],
    unchangedSince(paths, options.force === true),
  );
  if (options.json)
    io.out(
      `${JSON.stringify({ output: paths, asOf: review.asOf, mapping: run.mapping.id, counts: review.counts, changes: review.changes?.length }, null, 2)}\n`,
    );
  else io.out(summaryText(review, paths, run.untried, io.width));
}

function outputPaths(file: string, output: string | undefined, book: Book): FilledPaths {
  const extension = `.${book.kind}`;
  const stem = (path: string): string => join(dirname(path), basename(path, extname(path)));
  const filled = output ?? `${stem(file)}.filled${extension}`;
  if (extname(filled).toLowerCase() !== extension)
    throw new UsageError(
      `${filled} should end in ${extension}, as the questionnaire does`,
      'Excel refuses a workbook under the other ending.',
    );
  if (join(filled) === join(file))
    throw new UsageError('the filled workbook would replace the questionnaire itself', 'Choose another name with -o.');
  return { filled, workbook: `${stem(filled)}.review.xlsx`, json: `${stem(filled)}.review.json` };
}

/** Files of an earlier run may be replaced as long as nobody has worked on them: its review knows their hashes. */
function unchangedSince(paths: FilledPaths, force: boolean): (path: string, hash: string) => boolean {
  if (force) return () => true;
  const earlier = existsSync(paths.json) ? reviewFrom(readText(paths.json)) : undefined;
  return (path, hash) =>
    earlier !== undefined &&
    (path === paths.json || hash === (path === paths.filled ? earlier.filled.sha256 : earlier.review.sha256));
}

/** An earlier review. @throws UsageError for a file that is none. */
function readReview(path: string): EarlierReview {
  const review = reviewFrom(readText(path));
  if (review) return review;
  throw new UsageError(`${path} is not a review that demarc has written`, 'Name the .review.json beside a filled workbook.');
}

function learn(run: Run, options: FillOptions, io: Io): void {
  const path = options.library as string;
  const rows = run.rows(true);
  const learned = learnedFrom(run.book, run.mapping, rows, run.library.answers, run.matrix.asOf);
  if (learned.length > 0) {
    const text = withLearned(run.library.text, learned, run.library.answers);
    if (text === undefined) {
      throw new UsageError(
        `${path} cannot take new answers as it is written`,
        'Write `answers:` as a list with a dash on a line of its own for each answer.',
      );
    }
    // What is read back must be what was learned, or nothing is written.
    const read = libraryFrom(text, path);
    const added = learned.filter((one) => one.replaces === undefined).length;
    if (
      read.length !== run.library.answers.length + added ||
      !learned.every((one) => read.some((entry) => entry.questions.includes(one.question)))
    )
      throw new UsageError(
        `${path} cannot take new answers as it is written`,
        'Nothing was changed. Write each answer as a list item of its own.',
      );
    writeFiles([{ path, bytes: Buffer.from(text) }], () => true);
  }
  const others = notLearned(run.book, rows);
  if (options.json) {
    const left = others.map(({ question, roles }) => ({
      sheet: question.sheet,
      id: question.id,
      question: question.text,
      roles,
    }));
    io.out(`${JSON.stringify({ library: path, learned, notLearned: left }, null, 2)}\n`);
    return;
  }
  const replaced = learned.filter((one) => one.replaces !== undefined).length;
  io.out(
    learned.length === 0
      ? `Nothing to learn: the answers in ${run.file} are those that demarc gives.\n`
      : `Learned ${counted(learned.length, 'answer')} (${replaced} in the place of earlier ones), valid until ${learned[0]?.validUntil}.\n  ${path}\n`,
  );
  for (const one of learned.filter(({ contradicts }) => contradicts !== undefined))
    io.out(
      `${indented(`${one.id ?? ''} ${one.question} – statements say ${one.contradicts}; settle which of them is right, or it is left blank.`.trim(), 4, io.width, '  - ')}\n`,
    );
  if (others.length > 0) {
    const places = others.map(({ question }) => question.id ?? `${question.sheet}, row ${question.row}`);
    const says = `Not learned: who holds a duty and what customers do, as changed in ${joinNames(places, LISTED)}. That follows from the description: change it there.`;
    io.out(`${indented(says, 2, io.width, '  ')}\n`);
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
