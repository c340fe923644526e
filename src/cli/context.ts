import { posix } from 'node:path';
import { hashFile, readText } from '../disk.ts';
import { mapSystem } from '../map/matrix.ts';
import type { Attachment, Catalogue, Matrix, System } from '../model.ts';
import { Problems, UsageError } from '../problem.ts';
import { readSystem } from '../read/system.ts';
import { isDay } from '../read/words.ts';
import { catalogueInForce } from './catalogue.ts';
import { VERSION } from './resources.ts';

/** What a command may touch of the world around it. */
export interface Io {
  /** Writes results. */
  out(text: string): void;
  /** Writes progress and problems. */
  err(text: string): void;
  /** True when a person watches standard error. */
  interactive: boolean;
  /** Width of the terminal in characters. */
  width: number;
  env: Record<string, string | undefined>;
  /** Today (ISO). */
  today: string;
}

/** Exit codes: everything good, findings or problems in the input, wrong usage. */
export const GOOD = 0;
export const FINDINGS = 1;
export const USAGE = 2;

/**
 * The day as of which everything is judged: the option, else the description, else SOURCE_DATE_EPOCH, else today.
 * @throws UsageError for something that is not a day.
 */
export function asOfDay(option: string | undefined, system: Pick<System, 'asOf'>, io: Pick<Io, 'env' | 'today'>): string {
  if (option !== undefined) {
    if (!isDay(option)) throw new UsageError(`--as-of ${option} is not a day of the calendar`, 'Write it as 2026-03-31.');
    return option;
  }
  if (system.asOf) return system.asOf;
  const epoch = io.env.SOURCE_DATE_EPOCH;
  if (epoch !== undefined && epoch !== '') {
    const date = new Date(Number(epoch) * 1000);
    if (!/^\d+$/.test(epoch) || Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999)
      throw new UsageError(`SOURCE_DATE_EPOCH is ${epoch}, which is not a number of seconds`);
    return date.toISOString().slice(0, 10);
  }
  return io.today;
}

/** Reads a description and derives its matrix, with the catalogue in force. @throws Problems, UsageError */
export function mapFile(
  path: string,
  options: { asOf?: string; catalogue?: string; everyControl?: boolean },
  io: Io,
): { matrix: Matrix; system: System; catalogue: Catalogue } {
  // A missing main file is wrong usage; a missing include is a problem of the file that names it.
  const main = readText(path);
  const { catalogue, files } = catalogueInForce(options.catalogue, { path, text: main });
  const described = readRelative(path, main, catalogue);
  const overlay = files.map((file) => ({ ...file, path: posix.relative(posix.dirname(path), file.path) }));
  const system = {
    ...described,
    files: [...described.files, ...overlay],
    attachments: attachmentsOf(described, posix.dirname(path)),
  };
  const matrix = mapSystem(system, catalogue, {
    asOf: asOfDay(options.asOf, system, io),
    toolVersion: VERSION,
    everyControl: options.everyControl === true,
  });
  return { matrix, system, catalogue };
}

/** The files of evidence, reports and agreements that a description names, each once, as they are on the disk now. */
function attachmentsOf(system: System, folder: string): Attachment[] {
  const named = [
    ...system.statements.flatMap((statement) => statement.evidence),
    ...system.assurances,
    ...system.providerRecords.flatMap((record) => [record.agreement, record.acknowledgment]),
  ].flatMap((item) => item?.file ?? []);
  return [...new Set(named)].sort().map((path) => ({ path, ...hashFile(posix.join(folder, path)) }));
}

/**
 * Reads a description with its files named relative to it, so that a pack says the same wherever the description lies and however its
 * path was written. Problems name the files as the user has to open them.
 */
function readRelative(path: string, main: string, catalogue: Catalogue): System {
  const folder = posix.dirname(path);
  const name = posix.basename(path);
  try {
    return readSystem(name, (file) => (file === name ? main : readText(posix.join(folder, file))), catalogue);
  } catch (error) {
    if (!(error instanceof Problems)) throw error;
    throw new Problems(error.problems.map((problem) => ({ ...problem, file: posix.join(folder, problem.file) })));
  }
}
