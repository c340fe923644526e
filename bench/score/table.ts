/** Reads a table of published assignments (CSV) and says in plain words what is wrong with it. */
import { UsageError } from '../../src/problem.ts';

/** Who a publisher says carries a requirement. */
export type Label = 'provider' | 'customer' | 'shared';

/** One row of the table: a question, and the answers that agree with the publisher's. */
export interface Question {
  /** Line of the file, from 1. */
  line: number;
  source: string;
  /** `exact`: the publisher gave one label. `one-sided`: only the customer's part is known. */
  kind: 'exact' | 'one-sided';
  provider: string;
  /** Names as the source writes them; empty when any service is meant. */
  services: string[];
  model: string;
  framework: string;
  /** Ids of requirements, headings or articles, rolled up together. */
  requirements: string[];
  accept: Label[];
}

const COLUMNS = ['source', 'kind', 'provider', 'services', 'service_model', 'framework', 'requirements', 'accept'] as const;
const LABELS: readonly string[] = ['provider', 'customer', 'shared'] satisfies Label[];
const MOST_SHOWN = 5;

/** The questions of a table. @throws UsageError for missing columns, no rows, or values that are none of the known ones. */
export function readQuestions(text: string, file: string): Question[] {
  const [header, ...rows] = readCsv(text, file);
  const names = header?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    throw new UsageError(
      `${file} has no column ${missing.map((name) => `\`${name}\``).join(', ')}`,
      `The first line names the columns: ${COLUMNS.join(',')}.`,
    );
  }
  const wrong: string[] = [];
  const questions = rows.map(({ line, cells }): Question => {
    const cell = (column: (typeof COLUMNS)[number]): string => cells[names.indexOf(column)]?.trim() ?? '';
    const several = (column: (typeof COLUMNS)[number]): string[] => {
      const values = cell(column).split(';');
      return [...new Set(values.map((value) => value.trim()).filter((value) => value !== ''))];
    };
    const fail = (message: string): void => void wrong.push(`line ${line}: ${message}`);
    const kind = cell('kind');
    const accept = several('accept');
    if (cells.length !== names.length) fail(`${cells.length} values under ${names.length} columns`);
    if (cell('source') === '') fail('`source` is empty');
    if (kind !== 'exact' && kind !== 'one-sided') fail(`\`kind\` is \`${kind}\`; it is \`exact\` or \`one-sided\``);
    if (cell('framework') === '') fail('`framework` is empty');
    if (several('requirements').length === 0) fail('`requirements` is empty');
    if (accept.length === 0) fail('`accept` is empty');
    for (const label of accept) if (!LABELS.includes(label)) fail(`\`accept\` has \`${label}\`; it takes ${LABELS.join(', ')}`);
    return {
      line,
      source: cell('source'),
      kind: kind === 'one-sided' ? 'one-sided' : 'exact',
      provider: cell('provider'),
      services: several('services'),
      model: cell('service_model'),
      framework: cell('framework'),
      requirements: several('requirements'),
      accept: accept as Label[],
    };
  });
  if (wrong.length > 0) {
    const more = wrong.length > MOST_SHOWN ? [`and ${wrong.length - MOST_SHOWN} more`] : [];
    throw new UsageError(`${file} cannot be scored:\n  ${[...wrong.slice(0, MOST_SHOWN), ...more].join('\n  ')}`);
  }
  if (questions.length === 0) throw new UsageError(`${file} has no rows below its header`);
  return questions;
}

/** Records with the line on which each begins; quoted values may hold commas, quotes and line breaks. */
function readCsv(text: string, file: string): { line: number; cells: string[] }[] {
  const records: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let start = 1;
  const endRecord = (): void => {
    cells.push(cell);
    if (cells.length > 1 || cells[0]?.trim() !== '') records.push({ line: start, cells });
    cells = [];
    cell = '';
  };
  const content = `${text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')}\n`;
  for (let i = 0; i < content.length; i++) {
    const character = content[i];
    if (character === '\n') line += 1;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (content[i + 1] === '"') cell += content[i++];
      else quoted = false;
    } else if (character === '"' && cell === '') quoted = true;
    else if (character === ',') {
      cells.push(cell);
      cell = '';
    } else if (character === '\n') {
      endRecord();
      start = line;
    } else cell += character;
  }
  if (quoted) throw new UsageError(`${file} cannot be read: the quote opened in the record on line ${start} is never closed`);
  return records;
}
