/**
 * Agreement of the mapping with published assignments of responsibility: `npm run score -- FILE [--json] [--explain] [--write-docs]`.
 * FILE is a CSV of questions with the publishers' answers; docs/agreement.md says what the figures mean. Needs no network.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readFolder, readText } from '../src/disk.ts';
import type { Catalogue } from '../src/model/catalogue.ts';
import { formatProblem, Problems, UsageError } from '../src/problem.ts';
import { readCatalogue } from '../src/read/catalogue.ts';
import { askAll } from './score/ask.ts';
import { withFigures } from './score/docs.ts';
import { printDisagreements, printScores } from './score/print.ts';
import { readQuestions } from './score/table.ts';
import { tally } from './score/tally.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGE = join(ROOT, 'docs', 'agreement.md');
const USAGE = 'Usage: npm run score -- FILE [--json] [--explain] [--write-docs]';

/** Runs the score with these arguments and gives what it prints. @throws UsageError, Problems */
export function score(args: readonly string[]): string {
  const { values, positionals } = readArguments(args);
  if (values.help) return `${USAGE}\n`;
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError('name one file of published assignments', USAGE);
  const questions = readQuestions(readText(file), file);
  const catalogue = loadCatalogue();
  const answers = askAll(questions, catalogue);
  const sources = tally(answers);
  if (values['write-docs']) writeFileSync(PAGE, withFigures(readText(PAGE), sources, catalogue.version));
  if (values.json) return `${JSON.stringify({ sources }, null, 2)}\n`;
  return `${printScores(sources)}${values.explain ? `\n${printDisagreements(answers)}` : ''}`;
}

function readArguments(args: readonly string[]) {
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: flag, explain: flag, 'write-docs': flag, help: { ...flag, short: 'h' } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), USAGE);
  }
}

/** The catalogue as its YAML stands now, not as it was last compiled. */
function loadCatalogue(): Catalogue {
  const files = ['controls', 'frameworks', 'providers'].flatMap((folder) =>
    readFolder(join(ROOT, folder), '.yaml').map(({ path, text }) => ({ path: `${folder}/${path}`, text })),
  );
  return readCatalogue(files);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.stdout.write(score(process.argv.slice(2)));
  } catch (error) {
    if (error instanceof Problems) for (const problem of error.problems) console.error(formatProblem(problem));
    else if (error instanceof UsageError) console.error([error.message, error.hint].filter(Boolean).join('\n'));
    else throw error;
    process.exitCode = 2;
  }
}
