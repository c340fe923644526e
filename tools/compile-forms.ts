/**
 * Validates the known questionnaires (`questionnaires/<id>.yaml`) and compiles them to one JSON file. Exit code 1 with every problem and its
 * place when something is wrong.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatProblem, Problems } from '../src/problem.ts';
import { readForm } from '../src/read/form-file.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

try {
  const forms = readdirSync(join(root, 'questionnaires'))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => readForm(readFileSync(join(root, 'questionnaires', name), 'utf8'), `questionnaires/${name}`));
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist', 'forms.json'), JSON.stringify(forms));
  console.log(`${forms.length} known questionnaires`);
} catch (error) {
  if (!(error instanceof Problems)) throw error;
  for (const problem of error.problems) console.error(formatProblem(problem));
  console.error(`${error.problems.length} problem(s) in the questionnaires`);
  process.exitCode = 1;
}
