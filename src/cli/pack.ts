import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import type { Command } from 'commander';
import { AUDIENCE, AUDIENCES, SEES } from '../audience.ts';
import type { Comparison, Review } from '../comparison.ts';
import { type PackFile, readBytes, readText, writePack } from '../disk.ts';
import type { Audience, Matrix } from '../model/matrix.ts';
import { FORMATS, type Format, formatsOf, type Input, inputOf, makePack, type Shape } from '../pack.ts';
import { UsageError } from '../problem.ts';
import { counted, joinNames } from '../sentence.ts';
import { SIGNED } from '../verify/document.ts';
import { accentColor } from './accent.ts';
import { CATALOGUE_HELP } from './catalogue.ts';
import { GOOD, type Io, type Mapped, mapFile } from './context.ts';
import { matrixFor, papersNamed } from './only.ts';
import { packFleet } from './pack-fleet.ts';
import { ATTESTATION_TEMPLATE, loadCatalogue, TEMPLATES } from './resources.ts';
import { reviewFiles, reviewOf } from './reviewed.ts';
import { openPack, previousAmong, previousInputs } from './saved.ts';

/** How the reports of a pack look. */
export interface LookOptions {
  paper: string;
  templates?: string;
  logo?: string;
  accent?: string;
}

interface PackOptions extends LookOptions {
  output: string;
  audience: string;
  asOf?: string;
  previous?: string;
  catalogue?: string;
  format?: string;
  bom?: boolean;
  only?: string;
  force?: boolean;
  json?: boolean;
  jobs?: string;
  shard?: string;
}

/** `demarc pack`: the attestation pack, whole or not at all. */
export function packCommand(program: Command, io: Io, done: (code: number) => void): void {
  const command = program
    .command('pack')
    .description('write the attestation pack of a system: PDF, workbook, matrix as data, manifest with hashes')
    .argument('<system.yaml...>', 'the description of the system, or several of them')
    .requiredOption(
      '-o, --output <folder>',
      'the folder of the pack, or of the packs of several systems; an earlier pack is replaced',
    )
    .option('--audience <name>', `who the pack is for: ${AUDIENCES.join(', ')}; it decides what is shown`, 'assessor')
    .option('--as-of <date>', 'the day as of which everything is judged (default: the description, SOURCE_DATE_EPOCH, today)')
    .option('--previous <pack>', 'an earlier pack: what differs from it is told in the PDF and the workbook')
    .option('--format <list>', 'the files of the pack: pdf,xlsx,json (default), also csv, which is a file for each sheet')
    .option('--bom', 'begin CSV files with a byte order mark, without which Excel misreads them')
    .option('--only <papers>', 'only these papers, such as pci-12.8.5,soc2-csoc; `demarc list annexes` shows them all');
  lookOptions(command)
    .option('--jobs <n>', 'several systems: how many to work on at a time (default: one for each core)')
    .option('--shard <i/n>', 'several systems: only the i-th of n shares; in an array job n alone will do')
    .option('--json', 'print the result as JSON')
    .action(async (systems: string[], options: PackOptions, command: Command) => {
      if (systems.length > 1 || options.jobs !== undefined || options.shard !== undefined) {
        if (options.previous !== undefined)
          throw new UsageError(
            '--previous compares the pack of one system',
            'Pack the systems one at a time, or use demarc review.',
          );
        done(await packFleet(systems, options, command, io));
        return;
      }
      const file = systems[0] ?? '';
      const look = lookOf(options);
      const progress = (text: string): void => {
        if (io.interactive) io.err(`${text}\n`);
      };
      progress(`reading ${file}`);
      const audience = audienceOf(options.audience);
      const mapped = mapFile(file, { ...options, audience }, io);
      const shape: Shape = {
        audience,
        ...look,
        ...(options.format === undefined ? {} : { formats: namedFormats(options.format) }),
        ...(options.bom ? { bom: true } : {}),
        ...(options.only === undefined ? {} : { only: papersNamed(options.only, mapped.matrix, mapped.catalogue) }),
      };
      const previous = options.previous === undefined ? [] : previousInputs(openPack(options.previous), audience);
      const made = await computePack(mapped, [...lookInputs(options), ...previous], shape, progress);
      const { matrix, files: all } = made;
      progress(`writing ${options.output}`);
      writePack(options.output, all, { force: options.force === true, signed: SIGNED });
      for (const note of notesOf(made)) io.err(`note: ${note}\n`);
      if (options.json) {
        io.out(
          `${JSON.stringify({ output: options.output, audience, asOf: matrix.asOf, files: all.map((entry) => ({ path: entry.path, bytes: entry.bytes.length })), counts: countsOf(matrix), findings: matrix.findings.filter((finding) => !finding.suppressed).length }, null, 2)}\n`,
        );
      } else io.out(summaryText(matrix, options.output, all));
      done(GOOD);
    });
}

/** Adds the options that every command which writes a pack takes. */
export function lookOptions(command: Command): Command {
  return command
    .option('--paper <size>', 'a4 or letter', 'a4')
    .option(
      '--templates <folder>',
      'a folder with an attestation.md.hbs or annexes.md.hbs of your own instead of the built-in words',
    )
    .option('--logo <image>', 'a PNG or JPEG file for the cover')
    .option('--accent <color>', 'color of headings and of the cover, such as 0B5D3B; it has to be readable on white')
    .option('--force', 'replace a pack whose files were changed since it was written')
    .option('--catalogue <folder>', CATALOGUE_HELP);
}

/** What the manifest says of the look. @throws UsageError for a paper size or a color that is none. */
export function lookOf({ paper, accent }: LookOptions): Pick<Shape, 'paper' | 'accent'> {
  if (paper !== 'a4' && paper !== 'letter') throw new UsageError(`--paper ${paper} is not a paper size`, 'Write a4 or letter.');
  return { paper, ...(accent === undefined ? {} : { accent: accentColor(accent) }) };
}

/** What a pack could not show as it was written. */
export function notesOf({ missing, cuts }: Pick<Computed, 'missing' | 'cuts'>): string[] {
  const shapes = `the PDF's fonts have no shape for ${missing.join(' ')}; a marked box with the code stands in its place`;
  const cells = `${counted(cuts.length, 'cell')} of the workbook held more than Excel's 32,767 characters and ${cuts.length === 1 ? 'is' : 'are'} cut: ${joinNames(cuts, 6)}; matrix.json has all of it`;
  return [...(missing.length > 0 ? [shapes] : []), ...(cuts.length > 0 ? [cells] : [])];
}

/** The formats of a list such as `pdf,csv`, in their fixed order. @throws UsageError for an unknown one. */
function namedFormats(list: string): Format[] {
  const named = list
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  const unknown = named.find((name) => !FORMATS.some((format) => format === name));
  if (unknown !== undefined || named.length === 0)
    throw new UsageError(`--format ${list} does not name files of a pack`, `Write one or more of ${FORMATS.join(', ')}.`);
  return FORMATS.filter((format) => named.includes(format));
}

/** @throws UsageError for a name that is no audience. */
function audienceOf(name: string): Audience {
  const audience = AUDIENCES.find((candidate) => candidate === name);
  if (!audience) throw new UsageError(`--audience ${name} is not an audience`, `Write one of ${AUDIENCES.join(', ')}.`);
  return audience;
}

/** The user's own words and logo for the reports, where there are any. */
export function lookInputs(options: { templates?: string; logo?: string }): Input[] {
  const { templates, logo } = options;
  const own = templates === undefined ? [] : TEMPLATES.filter((name) => existsSync(posix.join(templates, name)));
  // A folder without any of them is a mistake, and the first is what it is about.
  const named = templates === undefined || own.length > 0 ? own : [ATTESTATION_TEMPLATE];
  return [
    ...named.map((name) => inputOf('template', name, Buffer.from(readText(posix.join(templates ?? '', name))))),
    ...(logo === undefined ? [] : [inputOf('logo', posix.basename(logo), readBytes(logo))]),
  ];
}

/** A pack as it was computed, with what it could not show: characters without a shape, and cells that were cut. */
interface Computed {
  /** What the files are made from. */
  matrix: Matrix;
  files: PackFile[];
  missing: string[];
  cuts: string[];
  /** Where the pack is that of a review. */
  review?: Review;
}

/** Makes every file of a pack from its inputs: the description, how it looks, and an earlier pack. Nothing is written. */
export async function computePack(
  mapped: Mapped,
  look: Input[],
  options: Shape,
  progress?: (text: string) => void,
): Promise<Computed> {
  const inputs = [...mapped.inputs, ...look];
  const matrix = options.only ? matrixFor(options.only, mapped) : mapped.matrix;
  if (SEES[matrix.audience].inputs) matrix.files = inputs.map(({ bytes: _, ...file }) => file);
  const words = Object.fromEntries(
    look
      .filter(({ role }) => role === 'template')
      .map(({ path, bytes }) => [
        path,
        Buffer.from(bytes)
          .toString()
          .replace(/^\uFEFF/, ''),
      ]),
  );
  const logo = look.find((input) => input.role === 'logo')?.bytes;
  const previous = previousAmong(look);
  const earlier = previous && { previous, comparison: await changesSince(previous.matrix, matrix) };
  const { paper, accent, formats, bom, only } = options;
  // Layout engines are loaded only here: a description with problems should not wait for them.
  const { packFiles } = await import('./pack-files.ts');
  const { files, missing, cuts } = await packFiles(
    matrix,
    {
      formats: formatsOf({ formats }),
      paper,
      words,
      ...(accent ? { accent } : {}),
      ...(bom ? { bom } : {}),
      ...(only ? { only } : {}),
      ...(logo ? { logo } : {}),
      ...(earlier ? { comparison: earlier.comparison } : {}),
    },
    progress,
  );
  const review = options.review && reviewOf(mapped, options.review, earlier);
  const all = [...files, ...(review ? reviewFiles(mapped, review) : [])];
  return {
    matrix,
    files: makePack(all, inputs, matrix, options, loadCatalogue().version),
    missing,
    cuts,
    ...(review ? { review } : {}),
  };
}

/** What differs from an earlier pack; the code for that is loaded where there is one. */
async function changesSince(previous: Matrix, matrix: Matrix): Promise<Comparison> {
  const { compareMatrices } = await import('../map/compare/compare.ts');
  return compareMatrices(previous, matrix);
}

function countsOf(matrix: Matrix): Record<string, Matrix['frameworks'][number]['counts']> {
  return Object.fromEntries(matrix.frameworks.map((framework) => [framework.id, framework.counts]));
}

function summaryText(matrix: Matrix, output: string, files: { path: string; bytes: Uint8Array }[]): string {
  const lines = [`${matrix.system.name} of ${matrix.organization.name}, as of ${matrix.asOf}`, ''];
  const width = Math.max(...matrix.frameworks.map((framework) => `${framework.title} ${framework.version}`.length));
  for (const framework of matrix.frameworks) {
    const { counts } = framework;
    const shared = counts['shared-independent'] + counts['shared-dependent'];
    const parts = [
      `${counts.provider} provider`,
      `${shared} shared`,
      `${counts.customer} customer`,
      ...(counts['third-party'] > 0 ? [`${counts['third-party']} third party`] : []),
      ...(counts['not-determined'] > 0 ? [`${counts['not-determined']} not determined`] : []),
      `${counts['not-applicable']} not applicable`,
    ];
    lines.push(
      `  ${`${framework.title} ${framework.version}`.padEnd(width)}  ${String(framework.requirements.length).padStart(4)} requirements: ${parts.join(', ')}`,
    );
  }
  const live = matrix.findings.filter((finding) => !finding.suppressed);
  const high = live.filter((finding) => finding.severity === 'high').length;
  const suppressed = matrix.findings.length - live.length;
  const found = `${counted(live.length, 'finding')}${high > 0 ? `, ${high} of high severity` : ''}${suppressed > 0 ? `, ${suppressed} suppressed` : ''} (demarc check shows them)`;
  const folder = output.replace(/\/$/, '');
  const isInput = ({ path }: PackFile): boolean => path.startsWith('inputs/');
  const inputs = files.filter(isInput);
  lines.push(
    '',
    ...(SEES[matrix.audience].findings ? [`  ${found}`] : []),
    `  prepared for ${AUDIENCE[matrix.audience].toLowerCase()}`,
    '',
  );
  for (const file of files.filter((entry) => !isInput(entry)))
    lines.push(`  ${folder}/${file.path}  ${sizeText(file.bytes.length)}`);
  if (inputs.length > 0) {
    const size = inputs.reduce((sum, { bytes }) => sum + bytes.length, 0);
    lines.push(`  ${folder}/inputs/  ${counted(inputs.length, 'file')}, ${sizeText(size)}`);
  }
  return `${lines.join('\n')}\n`;
}

function sizeText(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
