/**
 * A problem in what a user gave us, as data: readers collect them all, and one function prints them.
 */

/** Something wrong at a place, and what to write instead. Line and column count from 1; 0 means the whole file. */
export interface Problem {
  /** Kebab-case name of the kind of problem, stable over versions. */
  code: string;
  file: string;
  line: number;
  column: number;
  message: string;
  hint?: string;
  /** The line of text at the place, for the caret. */
  excerpt?: string;
}

/** Thrown by a stage that cannot go on; carries every problem found until then. */
export class Problems extends Error {
  readonly problems: Problem[];
  constructor(problems: Problem[]) {
    super(problems.map((problem) => problem.message).join('\n'));
    this.name = 'Problems';
    this.problems = problems;
  }
}

/** Thrown for wrong usage (exit code 2): a missing argument, a file that cannot be opened, a folder that cannot be written. */
export class UsageError extends Error {
  readonly hint?: string;
  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'UsageError';
    if (hint) this.hint = hint;
  }
}

const EXCERPT_WIDTH = 100;

/** The lines that show one problem: place and message, the text with a caret, and what to write instead. */
export function formatProblem(problem: Problem): string {
  const place = problem.line > 0 ? `${problem.file}:${problem.line}:${problem.column}` : problem.file;
  const lines = [`${place}: ${problem.message} [${problem.code}]`];
  if (problem.excerpt !== undefined && problem.line > 0) {
    // A window around the column, so that a line of a megabyte stays one line on the terminal.
    const start = problem.column > EXCERPT_WIDTH - 20 ? problem.column - 40 : 0;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters must not reach a terminal.
    const visible = problem.excerpt.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
    const shown = visible.slice(start, start + EXCERPT_WIDTH);
    const number = String(problem.line);
    lines.push(`  ${number} | ${start > 0 ? '…' : ''}${shown}`);
    const offset = Math.max(0, problem.column - 1 - start) + (start > 0 ? 1 : 0);
    lines.push(`  ${' '.repeat(number.length)} | ${' '.repeat(offset)}^`);
  }
  if (problem.hint) lines.push(`  ${problem.hint}`);
  return lines.join('\n');
}

/** Orders problems as a reader meets them: by file, then line, then column. */
export function byPlace(a: Problem, b: Problem): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;
}

/** The known word nearest to what was written, if one is near enough to be meant. */
export function didYouMean(written: string, known: Iterable<string>): string | undefined {
  const wanted = written.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const word of known) {
    if (Math.abs(word.length - wanted.length) >= bestDistance) continue;
    const distance = editDistance(wanted, word.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = word;
      bestDistance = distance;
    }
  }
  return best;
}

/** Damerau-Levenshtein distance, given up once it reaches `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) value = Math.min(value, (before[j - 2] ?? 0) + 1);
      current.push(value);
      least = Math.min(least, value);
    }
    if (least >= limit) return limit;
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? limit;
}
