import { posix } from 'node:path';
import { isDay } from '../days.ts';
import { hashFile, readText } from '../disk.ts';
import { mapFor } from '../map/audience.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Audience, Matrix } from '../model/matrix.ts';
import type { Attachment, System } from '../model/system.ts';
import { type Input, inputOf } from '../pack.ts';
import { Problems, UsageError } from '../problem.ts';
import { readSystem } from '../read/system.ts';
import { type CatalogueInForce, catalogueInForce, overlaid } from './catalogue.ts';
import { loadCatalogue, VERSION } from './resources.ts';

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
  /** This moment, to the second (ISO, in UTC). */
  now: string;
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
  return sourceDate(io)?.slice(0, 10) ?? io.today;
}

/** The moment that SOURCE_DATE_EPOCH names (ISO, to the second), where it is set. @throws UsageError for anything but seconds. */
function sourceDate({ env }: Pick<Io, 'env'>): string | undefined {
  const epoch = env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === '') return undefined;
  const date = new Date(Number(epoch) * 1000);
  if (!/^\d+$/.test(epoch) || Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999)
    throw new UsageError(`SOURCE_DATE_EPOCH is ${epoch}, which is not a number of seconds`);
  return `${date.toISOString().slice(0, 19)}Z`;
}

/**
 * The moment of a signature: the option, else SOURCE_DATE_EPOCH, else now (ISO, to the second).
 * @throws UsageError for something that is no moment.
 */
export function momentOf(option: string | undefined, io: Pick<Io, 'env' | 'now'>): string {
  if (option === undefined) return sourceDate(io) ?? io.now;
  const moment = /^\d{4}-\d\d-\d\d$/.test(option) ? `${option}T00:00:00Z` : option;
  const date = new Date(moment);
  if (Number.isNaN(date.getTime()) || `${date.toISOString().slice(0, 19)}Z` !== moment)
    throw new UsageError(`--at ${option} is not a moment`, 'Write it as 2026-03-31 or 2026-03-31T12:00:00Z.');
  return moment;
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

/** A description with what follows from it. */
export interface Mapped {
  matrix: Matrix;
  system: System;
  catalogue: Catalogue;
  /** The files it was read from, those of the user's own catalogue among them. */
  inputs: Input[];
}

/** What a matrix depends on beside the description. */
interface Asked {
  asOf?: string;
  catalogue?: string;
  audience?: Audience;
  everyControl?: boolean;
  /** A file that is laid over the description. */
  change?: string;
}

/**
 * Reads a description, with a change laid over it where one is named, and derives its matrix with the catalogue in force.
 * @throws Problems, UsageError
 */
export function mapFile(path: string, options: Asked, io: Io): Mapped {
  // A missing main file is wrong usage; a missing include is a problem of the file that names it.
  const main = readText(path);
  const inForce = catalogueInForce(options.catalogue, { path, text: main });
  const folder = posix.dirname(path);
  const name = posix.basename(path);
  const texts = new Map<string, string>();
  const read = (file: string): string => {
    const text = file === name ? main : readText(posix.join(folder, file));
    texts.set(file, text);
    return text;
  };
  try {
    const change = options.change === undefined ? undefined : posix.relative(folder, options.change);
    const system = readSystem(name, read, inForce.catalogue, change);
    const { audience = 'internal', everyControl = false } = options;
    const asOf = asOfDay(options.asOf, system, io);
    return mapped({ system, texts, inForce, attachments: attachmentsOf(system, folder) }, { audience, asOf, everyControl });
  } catch (error) {
    // Files are named relative to the description, so that a pack says the same wherever the description lies and however its path was
    // written. Problems name them as the user has to open them.
    if (!(error instanceof Problems)) throw error;
    throw new Problems(error.problems.map((problem) => ({ ...problem, file: posix.join(folder, problem.file) })));
  }
}

/**
 * Derives the matrix from the inputs that a pack carries. The files that the description names are taken as they were when the pack was
 * made: it names them with their hashes and does not carry them.
 * @throws Problems for inputs that this demarc cannot read.
 */
export function mapInputs(
  inputs: readonly Input[],
  attachments: Attachment[],
  options: { asOf: string; audience: Audience },
): Mapped {
  const textOf = (input: Input): string => Buffer.from(input.bytes).toString();
  const texts = new Map(inputs.flatMap((input) => (input.role === 'description' ? [[input.path, textOf(input)]] : [])));
  const own = inputs.filter((input) => input.role === 'catalogue').map((input) => ({ path: input.path, text: textOf(input) }));
  const inForce = own.length > 0 ? overlaid(own) : { catalogue: loadCatalogue(), inputs: [] };
  const read = (file: string): string => {
    const text = texts.get(file);
    if (text === undefined) throw new Error(`the pack does not carry ${file}`);
    return text;
  };
  const system = readSystem([...texts.keys()][0] ?? '', read, inForce.catalogue);
  return mapped({ system, texts, inForce, attachments }, { ...options, everyControl: false });
}

/** A description as it was read, with the texts of its files. */
interface Described {
  system: System;
  texts: ReadonlyMap<string, string>;
  inForce: CatalogueInForce;
  attachments: Attachment[];
}

function mapped(
  { system: read, texts, inForce, attachments }: Described,
  { audience, asOf, everyControl }: { audience: Audience; asOf: string; everyControl: boolean },
): Mapped {
  const { catalogue } = inForce;
  const described = read.files.map(({ path }) => inputOf('description', path, Buffer.from(texts.get(path) ?? '')));
  const inputs = [...described, ...inForce.inputs];
  const system = { ...read, files: inputs.map(({ bytes: _, ...file }) => file), attachments };
  const matrix = mapFor(audience, system, catalogue, { asOf, toolVersion: VERSION, everyControl });
  return { matrix, system, catalogue, inputs };
}
