import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { AUDIENCES, SEES } from './audience.ts';
import { isDay } from './days.ts';
import type { PackFile } from './disk.ts';
import type { Matrix } from './model/matrix.ts';
import type { InputFile } from './model/system.ts';
import { POLICY_RULES, REVIEW_CYCLES } from './terms.ts';

/** The file of a pack that names all others. */
export const MANIFEST = 'manifest.json';
/** The file of a signed pack that vouches for all others. */
export const ATTESTATION = 'attestation.dsse.json';
/** The one file of a pack that carries signatures inside it: they are appended to the bytes that the manifest names. */
export const DOCUMENT = 'attestation.pdf';

/** What a pack can hold, in the order in which it does; CSV is a file for each sheet of the workbook. */
export const FORMATS = ['pdf', 'xlsx', 'csv', 'json'] as const;
export type Format = (typeof FORMATS)[number];
/** What a pack holds unless it is asked for something else. */
const USUAL: readonly Format[] = ['pdf', 'xlsx', 'json'];

/** The files that a pack of a shape holds. */
export function formatsOf({ formats }: Pick<Shape, 'formats'>): readonly Format[] {
  return formats ?? USUAL;
}

const sha256Text = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const day = v.pipe(v.string(), v.check(isDay));

const manifestShape = v.strictObject({
  format: v.literal('demarc-manifest'),
  formatVersion: v.literal(1),
  tool: v.strictObject({ name: v.literal('demarc'), version: v.string() }),
  catalogue: v.strictObject({ version: v.string(), builtIn: v.string() }),
  asOf: day,
  organization: v.string(),
  system: v.string(),
  frameworks: v.array(v.strictObject({ id: v.string(), version: v.string() })),
  options: v.strictObject({
    audience: v.picklist(AUDIENCES),
    paper: v.picklist(['a4', 'letter']),
    accent: v.exactOptional(v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/))),
    formats: v.exactOptional(v.array(v.picklist(FORMATS))),
    bom: v.exactOptional(v.literal(true)),
    only: v.exactOptional(v.array(v.string())),
    review: v.exactOptional(
      v.strictObject({
        period: v.string(),
        policy: v.strictObject({ every: v.picklist(REVIEW_CYCLES), failOn: v.array(v.picklist(POLICY_RULES)) }),
      }),
    ),
  }),
  inputs: v.array(
    v.strictObject({
      role: v.picklist(['description', 'catalogue', 'template', 'logo', 'previous']),
      path: v.string(),
      sha256: sha256Text,
      file: v.string(),
    }),
  ),
  attachments: v.array(
    v.strictObject({ path: v.string(), bytes: v.exactOptional(v.number()), sha256: v.exactOptional(sha256Text) }),
  ),
  withheld: v.exactOptional(v.strictObject({ files: v.number(), sha256: sha256Text })),
  files: v.array(v.strictObject({ path: v.string(), bytes: v.pipe(v.number(), v.integer(), v.minValue(0)), sha256: sha256Text })),
});

/**
 * What `manifest.json` says: every file of the pack and every input, each with its hash, and what made it. An input's `file` is where it
 * lies in the pack; `attachments` are files that the description names and that the pack does not carry. Inputs that the audience does
 * not see are `withheld`: only their number and one hash over all of them are given.
 */
export type Manifest = v.InferOutput<typeof manifestShape>;

/** The options that decide what is in a pack and how it looks. */
export type Shape = Manifest['options'];

/** A file that a pack is computed from, with its bytes. */
export interface Input extends InputFile {
  bytes: Uint8Array;
}

/** An input by what it serves as. */
export function inputOf(role: InputFile['role'], path: string, bytes: Uint8Array): Input {
  return { role, path, sha256: sha256(bytes), bytes };
}

/**
 * Adds the inputs and the manifest to the computed files of a pack. Pure; the manifest names every other file and not itself. Inputs
 * are left out where the audience of the pack does not see them. `builtIn` is the version of demarc's own catalogue.
 */
export function makePack(computed: PackFile[], inputs: Input[], matrix: Matrix, options: Shape, builtIn: string): PackFile[] {
  const places = placesOf(inputs);
  const carried = SEES[options.audience].inputs ? inputs : [];
  const files = [...computed, ...carried.map((input) => ({ path: places.get(input) ?? '', bytes: input.bytes }))];
  const manifest: Manifest = {
    format: 'demarc-manifest',
    formatVersion: 1,
    tool: matrix.tool,
    catalogue: { ...matrix.catalogue, builtIn },
    asOf: matrix.asOf,
    organization: matrix.organization.name,
    system: matrix.system.name,
    frameworks: matrix.frameworks.map(({ id, version }) => ({ id, version })),
    options: {
      audience: options.audience,
      paper: options.paper,
      ...(options.accent ? { accent: options.accent } : {}),
      ...(options.formats ? { formats: options.formats } : {}),
      ...(options.bom ? { bom: options.bom } : {}),
      ...(options.only ? { only: options.only } : {}),
      ...(options.review ? { review: options.review } : {}),
    },
    inputs: carried.map((input) => ({
      role: input.role,
      path: input.path,
      sha256: input.sha256,
      file: places.get(input) ?? '',
    })),
    attachments: matrix.attachments,
    ...(carried.length < inputs.length ? { withheld: { files: inputs.length, sha256: digestOf(inputs) } } : {}),
    files: files.map(recordOf),
  };
  return [...files, { path: MANIFEST, bytes: Buffer.from(manifestText(manifest)) }];
}

/** The manifest as it is written. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** What the manifest says of one file. */
export function recordOf(file: PackFile): Manifest['files'][number] {
  return { path: file.path, bytes: file.bytes.length, sha256: sha256(file.bytes) };
}

/** What an attestation says of a pack beside the hashes of its files. */
export function predicateOf({ tool, catalogue, asOf, organization, system, frameworks, options }: Manifest): object {
  return { tool, catalogue, asOf, organization, system, frameworks, options };
}

/** Reads a manifest; undefined for anything that demarc did not write. */
export function readManifest(bytes: Uint8Array): Manifest | undefined {
  try {
    const result = v.safeParse(manifestShape, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}

/** One hash over all inputs: that of the lines `sha256sum` prints for them, sorted. */
function digestOf(inputs: readonly InputFile[]): string {
  const lines = inputs.map(({ sha256: hash, path }) => `${hash}  ${path}\n`).sort();
  return sha256(Buffer.from(lines.join('')));
}

/**
 * Where each input lies in the pack: below `inputs/`, by what it serves as. A description may name files above its own folder; those
 * lie under `above/`, since a pack holds nothing outside itself.
 */
function placesOf(inputs: readonly Input[]): Map<Input, string> {
  const taken = new Set<string>();
  return new Map(
    inputs.map((input) => {
      const safe = input.path
        .split('/')
        .map((segment) => (segment === '..' ? 'above' : segment.replace(UNSAFE, '_')))
        .join('/');
      let place = `inputs/${input.role}/${safe}`;
      // Two names may become one, also on a disk that does not tell capitals apart.
      while (taken.has(place.toLowerCase())) place = place.replace(/([^/]*)$/, '_$1');
      taken.add(place.toLowerCase());
      return [input, place];
    }),
  );
}

/** What some file systems cannot have in a name. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const UNSAFE = /[\u0000-\u001f<>:"|?*\\\u007f]/g;

/** The SHA-256 of bytes in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
