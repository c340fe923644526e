import { posix } from 'node:path';
import type { Command } from 'commander';
import { openBook } from '../book/open.ts';
import { readBytes, readText, replaceTexts } from '../disk.ts';
import { formOf } from '../form.ts';
import { changesIn } from '../import/changes.ts';
import { filledRows, refuseOthers } from '../import/filled.ts';
import { changeLines, type ImportPlan, planImport } from '../import/plan.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { Problems } from '../problem.ts';
import { readSystem } from '../read/system.ts';
import { counted } from '../sentence.ts';
import { CATALOGUE_HELP } from './catalogue.ts';
import { FINDINGS, GOOD, type Io, mapFile } from './context.ts';

interface ImportOptions {
  system: string;
  write?: boolean;
  catalogue?: string;
  json?: boolean;
}

/** `demarc import statements`: what people filled into the workbook of a pack, as statements of the description. */
export function importStatements(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('statements')
    .description('take what was filled into the workbook of a pack into the statements of the description')
    .argument('<filled.xlsx>', 'the workbook of a pack, filled in')
    .requiredOption('-s, --system <system.yaml>', 'the description of the system')
    .option('--write', 'write the changes; without it they are only shown')
    .option('--catalogue <folder>', CATALOGUE_HELP)
    .option('--json', 'print the result as JSON')
    .action((file: string, options: ImportOptions) => {
      const { matrix, system, catalogue } = mapFile(options.system, options, io);
      const book = openBook(readBytes(file), file);
      const filled = filledRows(book, file);
      refuseOthers(book, file, matrix);
      const folder = posix.dirname(options.system);
      const own = system.files.filter(({ role }) => role === 'description');
      const texts = new Map(own.map(({ path }) => [path, readText(posix.join(folder, path))]));
      const { changes, notTaken, already } = changesIn(filled, formOf(matrix), matrix);
      const planned = planImport(changes, matrix, texts);
      const plan = { ...planned, notTaken: [...notTaken, ...planned.notTaken] };
      refuseProblems(options.system, plan, catalogue);
      const written = options.write === true && plan.files.length > 0;
      if (written) replaceTexts(plan.files.map((entry) => ({ ...entry, path: posix.join(folder, entry.path) })));
      if (options.json)
        io.out(`${JSON.stringify({ ...plan, files: plan.files.map(({ path }) => path), already, written }, null, 2)}\n`);
      else io.out(planText(plan, { file, folder, already, written }));
      done(plan.notTaken.length > 0 ? FINDINGS : GOOD);
    });
}

/** Reads the description as it would be. @throws Problems, such as a day of completion before one of beginning */
function refuseProblems(path: string, plan: ImportPlan, catalogue: Catalogue): void {
  const folder = posix.dirname(path);
  const planned = new Map(plan.files.map((file) => [file.path, file.after]));
  try {
    readSystem(posix.basename(path), (file) => planned.get(file) ?? readText(posix.join(folder, file)), catalogue);
  } catch (error) {
    if (!(error instanceof Problems)) throw error;
    throw new Problems(
      error.problems.map((problem) => ({ ...problem, file: `${posix.join(folder, problem.file)} as it would be` })),
    );
  }
}

function planText(plan: ImportPlan, about: { file: string; folder: string; already: number; written: boolean }): string {
  const lines: string[] = [];
  for (const change of plan.changes) {
    const name = 'control' in change.subject ? change.subject.control : change.subject.requirement;
    const place = `${posix.join(about.folder, change.file)}${change.line ? `:${change.line}` : ''}`;
    lines.push(
      `${place}  ${change.line ? '' : 'new: '}${name}${change.services.length > 0 ? ` for ${change.services.join(', ')}` : ''}  (${change.sheet}, row ${change.row})`,
      ...changeLines(change).map((line) => `  ${line}`),
      '',
    );
  }
  if (plan.notTaken.length > 0) {
    lines.push('Not taken over:');
    for (const { key, sheet, row, message, hint } of plan.notTaken)
      lines.push(`  ${sheet}, row ${row}${key ? `, ${key}` : ''}: ${message}.${hint ? ` ${hint}` : ''}`);
    lines.push('');
  }
  if (about.already > 0) lines.push(`${counted(about.already, 'answer')} in ${about.file} the description gives already.`);
  if (plan.changes.length === 0) lines.push('Nothing to change.');
  else {
    const count = counted(plan.changes.length, 'statement');
    lines.push(
      about.written
        ? `${count} written.`
        : `${count} would change. Add --write to write ${plan.changes.length === 1 ? 'it' : 'them'}.`,
    );
  }
  return `${lines.join('\n')}\n`;
}
