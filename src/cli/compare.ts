import { posix } from 'node:path';
import type { Command } from 'commander';
import { AUDIENCE, SEES } from '../audience.ts';
import type { Comparison } from '../comparison.ts';
import { compareMatrices } from '../map/compare/compare.ts';
import { UsageError } from '../problem.ts';
import { changesMarkdown } from '../report/changes-markdown.ts';
import { CATALOGUE_HELP } from './catalogue.ts';
import { changesText } from './changes-text.ts';
import { FINDINGS, GOOD, type Io } from './context.ts';
import { isSaved, openMatrix, openSaved } from './saved.ts';

const FORMATS = ['text', 'markdown', 'json'] as const;

interface CompareOptions {
  with?: string;
  format: string;
  verbose?: boolean;
  exitCode?: boolean;
  asOf?: string;
  catalogue?: string;
}

/** `demarc compare`: what differs between two packs or descriptions and why, or what a change would bring about. */
export function compareCommand(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('compare')
    .description('show what differs between two packs, matrices or descriptions, and why; or what a change would bring about')
    .argument('<old>', 'a pack, a matrix.json or a description')
    .argument('[new]', 'another of them; left out with --with')
    .option('--with <change.yaml>', 'compare the description with what it would be with this change')
    .option('--format <format>', 'text, markdown (for a comment on a pull request) or json', 'text')
    .option('--verbose', 'name everything instead of counting what is alike')
    .option('--exit-code', 'exit 1 when something differs')
    .option('--as-of <date>', 'the day as of which descriptions are judged')
    .option('--catalogue <folder>', CATALOGUE_HELP)
    .action((old: string, other: string | undefined, options: CompareOptions) => {
      const format = FORMATS.find((candidate) => candidate === options.format);
      if (!format) throw new UsageError(`--format ${options.format} is not a format`, `Write ${FORMATS.join(', ')}.`);
      const comparison = compared(old, other, options, io);
      const whatIf = options.with !== undefined;
      if (format === 'json') io.out(`${JSON.stringify(comparison, null, 2)}\n`);
      else if (format === 'markdown') io.out(changesMarkdown(comparison, { verbose: options.verbose === true, whatIf }));
      else io.out(changesText(comparison, { width: io.width, verbose: options.verbose === true, whatIf }));
      done(options.exitCode && differs(comparison) ? FINDINGS : GOOD);
    });
}

function compared(old: string, other: string | undefined, options: CompareOptions, io: Io): Comparison {
  const { with: change, ...asked } = options;
  if (change !== undefined) {
    if (other !== undefined) throw new UsageError('--with compares a description with itself', 'Leave out the second one.');
    if (isSaved(old)) throw new UsageError(`${old} is no description`, '--with needs the YAML to lay the change over.');
    return withPlacesFrom(compareMatrices(openMatrix(old, asked, io), openMatrix(old, { ...asked, change }, io)), old);
  }
  if (other === undefined)
    throw new UsageError(
      'there is nothing to compare with',
      'Name a second pack, matrix or description, or a change with --with.',
    );
  // A description is mapped for the readers of the pack that it is compared with: what they do not see is no difference.
  const [savedOld, savedNew] = [openSaved(old), openSaved(other)];
  if (savedOld && savedNew && options.asOf !== undefined)
    throw new UsageError(
      '--as-of is for descriptions',
      'A pack or matrix is as of the day that stands in it; leave the option out.',
    );
  const audience = savedOld?.audience ?? savedNew?.audience ?? 'internal';
  const before = savedOld ?? openMatrix(old, { ...asked, audience }, io);
  const after = savedNew ?? openMatrix(other, { ...asked, audience }, io);
  if (before.audience !== after.audience && !(SEES[before.audience].answers && SEES[after.audience].answers)) {
    const readers = [before, after].map((matrix) => AUDIENCE[matrix.audience].toLowerCase());
    throw new UsageError(`packs for ${readers.join(' and for ')} cannot be compared`, 'Compare packs for the same readers.');
  }
  const comparison = compareMatrices(before, after);
  return savedNew ? comparison : withPlacesFrom(comparison, other);
}

/** Places in a description as the user has to open them; in a matrix they are relative to the description. */
function withPlacesFrom(comparison: Comparison, path: string): Comparison {
  const folder = posix.dirname(path);
  const causes = comparison.causes.map((cause) =>
    cause.place ? { ...cause, place: { ...cause.place, file: posix.join(folder, cause.place.file) } } : cause,
  );
  return { ...comparison, causes };
}

function differs({ causes, requirements, parts, findings, frameworks, evidence, assurances, transfers }: Comparison): boolean {
  return [causes, requirements, parts, findings, frameworks, evidence, assurances, transfers].some((list) => list.length > 0);
}
