import { posix } from 'node:path';
import type { Command } from 'commander';
import { RULES } from '../map/findings/index.ts';
import type { Finding, Matrix, Severity } from '../model/matrix.ts';
import { UsageError } from '../problem.ts';
import { writeJunit } from '../write/junit.ts';
import { type FindingsSource, writeSarif } from '../write/sarif.ts';
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
    .option('--format <format>', 'text, json, sarif (for code scanning) or junit (for build servers)', 'text')
    .option('--json', 'the same as --format json')
    .action((file: string, options: CheckOptions) => {
      const threshold = NOTHING.includes(options.failOn) ? LEVELS.length : LEVELS.indexOf(options.failOn as Severity);
      if (threshold === -1)
        throw new UsageError(`--fail-on ${options.failOn} is not a severity`, 'Write low, medium, high or never.');
      if (options.json && !['text', 'json'].includes(options.format))
        throw new UsageError(`--json and --format ${options.format} ask for two formats`, 'Leave one of them out.');
      const format = options.json ? 'json' : options.format;
      if (!Object.hasOwn(FORMATS, format))
        throw new UsageError(`--format ${format} is not a format`, `Write ${Object.keys(FORMATS).join(', ')}.`);
      const { matrix } = mapFile(file, options, io);
      const counts = (finding: Finding): boolean => !finding.suppressed && LEVELS.indexOf(finding.severity) >= threshold;
      const checked = { matrix, rules: RULES, folder: posix.dirname(file) };
      io.out(FORMATS[format as keyof typeof FORMATS](checked, counts, io.width));
      done(matrix.findings.some(counts) ? FINDINGS : GOOD);
    });
}

interface CheckOptions {
  failOn: string;
  format: string;
  asOf?: string;
  catalogue?: string;
  json?: boolean;
}

/** What makes no finding fail the check; job files write either. */
const NOTHING = ['never', 'none'];

type Counts = (finding: Finding) => boolean;
type Checked = FindingsSource & { matrix: Matrix };

/** How findings are printed; `counts` says of one whether it makes the check fail. */
const FORMATS = {
  text: ({ matrix, folder }: Checked, _: Counts, width: number) => findingsText(matrix, folder, width),
  json: ({ matrix }: Checked) => `${JSON.stringify({ asOf: matrix.asOf, findings: matrix.findings }, null, 2)}\n`,
  sarif: (checked: Checked) => writeSarif(checked),
  junit: (checked: Checked, counts: Counts) => writeJunit(checked, counts),
};
