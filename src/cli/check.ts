import { posix } from 'node:path';
import type { Command } from 'commander';
import type { Finding, Severity } from '../model.ts';
import { UsageError } from '../problem.ts';
import { CATALOGUE_HELP } from './catalogue.ts';
import { FINDINGS, GOOD, type Io, mapFile } from './context.ts';
import { findingsText } from './findings-text.ts';

const LEVELS: readonly Severity[] = ['low', 'medium', 'high'];

/** `demarc check`: every finding, and an exit code that a job can act on. */
export function checkCommand(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('check')
    .description('check a description and list every finding; exits 1 when there are findings that are not suppressed')
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
          : findingsText(matrix, posix.dirname(file), io.width),
      );
      const counts = (finding: Finding): boolean => !finding.suppressed && LEVELS.indexOf(finding.severity) >= threshold;
      done(matrix.findings.some(counts) ? FINDINGS : GOOD);
    });
}
