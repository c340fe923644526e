import type { Command } from 'commander';
import type { Finding, Matrix, Severity } from '../model.ts';
import { UsageError } from '../problem.ts';
import { counted } from '../sentence.ts';
import { SEVERITY } from '../terms.ts';
import { CATALOGUE_HELP } from './catalogue.ts';
import { FINDINGS, GOOD, type Io, mapFile } from './context.ts';
import { indented } from './terminal.ts';

const LEVELS: readonly Severity[] = ['low', 'medium', 'high'];

/** `demarc check`: every finding, and an exit code that a job can act on. */
export function checkCommand(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('check')
    .description('check a description and list every finding; exits 1 when there are findings')
    .argument('<system.yaml>', 'the description of the system')
    .option('--fail-on <severity>', 'the least severity that makes the exit code 1: low, medium, high, or never', 'low')
    .option('--as-of <date>', 'the day as of which everything is judged')
    .option('--catalogue <folder>', CATALOGUE_HELP)
    .option('--json', 'print the findings as JSON')
    .action((file: string, options: { failOn: string; asOf?: string; catalogue?: string; json?: boolean }) => {
      const threshold = options.failOn === 'never' ? LEVELS.length : LEVELS.indexOf(options.failOn as Severity);
      if (threshold === -1)
        throw new UsageError(`--fail-on ${options.failOn} is not a severity`, 'Write low, medium, high or never.');
      const { matrix } = mapFile(file, options, io);
      io.out(
        options.json
          ? `${JSON.stringify({ asOf: matrix.asOf, findings: matrix.findings }, null, 2)}\n`
          : findingsText(matrix, io.width),
      );
      done(matrix.findings.some((finding) => LEVELS.indexOf(finding.severity) >= threshold) ? FINDINGS : GOOD);
    });
}

/** Findings gathered by severity and rule, with each rule's remedy once. */
function findingsText(matrix: Matrix, width: number): string {
  const lines: string[] = [];
  let open = '';
  for (const finding of matrix.findings) {
    const rule = matrix.rules.find((candidate) => candidate.id === finding.rule);
    const heading = `${SEVERITY[finding.severity].toUpperCase()}  ${rule?.title ?? finding.rule}`;
    if (heading !== open) {
      open = heading;
      const count = matrix.findings.filter((other) => other.rule === finding.rule && other.severity === finding.severity).length;
      lines.push(`${heading} (${count})`, indented(rule?.remedy ?? '', 2, width), '');
    }
    lines.push(findingText(finding, rule?.remedy, width), '');
  }
  lines.push(tally(matrix));
  return `${lines.join('\n')}\n`;
}

function findingText(finding: Finding, usualRemedy: string | undefined, width: number): string {
  const shown = finding.requirements.slice(0, 6);
  const more = finding.requirements.length - shown.length;
  return [
    indented(finding.title, 4, width, '  - '),
    indented(finding.detail, 4, width),
    ...(shown.length > 0 ? [indented(`Concerns ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`, 4, width)] : []),
    ...(finding.remedy === usualRemedy ? [] : [indented(`Remedy: ${finding.remedy}`, 4, width)]),
    `    ${finding.place ? `${finding.place.file}:${finding.place.line}  ` : ''}[${finding.id}]`,
  ].join('\n');
}

/** The last line: how many of each severity. */
function tally(matrix: Matrix): string {
  const where = `in ${matrix.system.name} as of ${matrix.asOf}`;
  if (matrix.findings.length === 0) return `No findings ${where}.`;
  const parts = [...LEVELS]
    .reverse()
    .map((severity) => `${matrix.findings.filter((finding) => finding.severity === severity).length} ${severity}`);
  return `${counted(matrix.findings.length, 'finding')} ${where}: ${parts.join(', ')}.`;
}
