import type { Command } from 'commander';
import type { Finding, Matrix, Severity } from '../model.ts';
import { UsageError } from '../problem.ts';
import { counted } from '../sentence.ts';
import { SEVERITY } from '../terms.ts';
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
    .option('--json', 'print the findings as JSON')
    .action((file: string, options: { failOn: string; asOf?: string; json?: boolean }) => {
      const threshold = options.failOn === 'never' ? LEVELS.length : LEVELS.indexOf(options.failOn as Severity);
      if (threshold === -1) throw new UsageError(`--fail-on ${options.failOn} is not a severity`, 'Write low, medium, high or never.');
      const { matrix } = mapFile(file, options, io);
      io.out(options.json ? `${JSON.stringify({ asOf: matrix.asOf, findings: matrix.findings }, null, 2)}\n` : findingsText(matrix, io.width));
      done(matrix.findings.some((finding) => LEVELS.indexOf(finding.severity) >= threshold) ? FINDINGS : GOOD);
    });
}

function findingsText(matrix: Matrix, width: number): string {
  const lines: string[] = [];
  for (const severity of [...LEVELS].reverse()) {
    const own = matrix.findings.filter((finding) => finding.severity === severity);
    if (own.length === 0) continue;
    lines.push(`${SEVERITY[severity]} (${own.length})`, '');
    for (const finding of own) lines.push(findingText(finding, width), '');
  }
  const count = matrix.findings.length;
  lines.push(count === 0 ? `No findings in ${matrix.system.name} as of ${matrix.asOf}.` : `${counted(count, 'finding')} in ${matrix.system.name} as of ${matrix.asOf}.`);
  return `${lines.join('\n')}\n`;
}

function findingText(finding: Finding, width: number): string {
  const place = finding.place ? `${finding.place.file}:${finding.place.line}  ` : '';
  const shown = finding.requirements.slice(0, 8);
  const more = finding.requirements.length - shown.length;
  return [
    indented(finding.title, 2, width),
    indented(finding.detail, 4, width),
    ...(shown.length > 0 ? [indented(`Concerns ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`, 4, width)] : []),
    indented(`Remedy: ${finding.remedy}`, 4, width),
    `    ${place}[${finding.id}]`,
  ].join('\n');
}
