import { posix } from 'node:path';
import { AUDIENCE, AUDIENCES, SEES } from '../audience.ts';
import { isFolder, movedAside, readBytes, readText } from '../disk.ts';
import type { Audience, Matrix } from '../model/matrix.ts';
import { type Input, inputOf, MANIFEST, type Manifest, readManifest, sha256 } from '../pack.ts';
import { type Problem, Problems, UsageError } from '../problem.ts';
import { readMatrix } from '../read/matrix.ts';
import { type Io, mapFile } from './context.ts';

/** A matrix of a thousand services under five frameworks has 150 MB. */
const MOST_BYTES = 480 * 1024 * 1024;
const MATRIX = 'matrix.json';

/** A pack as it lies on the disk. */
export interface SavedPack {
  /** The name of its folder. */
  name: string;
  folder: string;
  manifest: Manifest;
  /** The manifest as it was written. */
  bytes: Uint8Array;
  /** Its SHA-256, which stands for everything in the pack. */
  sha256: string;
}

/**
 * The matrix of a pack, a saved `matrix.json`, or a description, which is mapped for the audience asked for, or for internal use.
 * @throws Problems, UsageError
 */
export function openMatrix(
  path: string,
  options: { asOf?: string; catalogue?: string; change?: string; audience?: Audience },
  io: Io,
): Matrix {
  return openSaved(path) ?? mapFile(path, options, io).matrix;
}

/** True for the path of a pack or of a saved matrix, which are no descriptions. */
export function isSaved(path: string): boolean {
  return isPack(path) || path.endsWith('.json');
}

/** True for the path of a folder, also of one that a run moved aside and died. */
function isPack(path: string): boolean {
  return isFolder(path) || movedAside(path) !== undefined;
}

/** The matrix of a pack or of a saved `matrix.json`; undefined for a path that is neither. @throws Problems, UsageError */
export function openSaved(path: string): Matrix | undefined {
  if (isPack(path)) return matrixOf(openPack(path));
  return path.endsWith('.json') ? readMatrix(readText(path, MOST_BYTES), path) : undefined;
}

/** Opens a pack by its manifest. @throws UsageError where the folder holds none. */
export function openPack(folder: string): SavedPack {
  const found = peekPack(folder);
  if (found) return found;
  const path = posix.join(folder, MANIFEST);
  throw new UsageError(
    `${folder} is no pack: ${path} is missing or was not written by demarc`,
    'Name a folder that demarc pack or demarc review wrote.',
  );
}

/** The pack in a folder; undefined where there is none. */
export function peekPack(path: string): SavedPack | undefined {
  try {
    const folder = movedAside(path) ?? path;
    const bytes = readBytes(posix.join(folder, MANIFEST));
    const manifest = readManifest(bytes);
    return manifest && { name: posix.basename(posix.resolve(path)), folder, manifest, bytes, sha256: sha256(bytes) };
  } catch {
    return undefined;
  }
}

/** The matrix of a pack, which has to be the one that its manifest names. @throws Problems, UsageError */
export function matrixOf(pack: SavedPack): Matrix {
  return readMatrix(Buffer.from(matrixBytes(pack)).toString(), posix.join(pack.folder, MATRIX));
}

function matrixBytes({ folder, manifest }: SavedPack): Uint8Array {
  const path = posix.join(folder, MATRIX);
  const record = manifest.files.find((file) => file.path === MATRIX);
  if (!record) throw new UsageError(`the pack ${folder} holds no ${MATRIX}`, 'Make it with json among its formats.');
  const bytes = readBytes(path, MOST_BYTES);
  if (record.sha256 !== sha256(bytes)) throw new Problems([changed(path)]);
  return bytes;
}

function changed(file: string): Problem {
  const message = 'the matrix was changed since the pack was written, or its manifest was';
  const hint = 'Restore the pack. To use the file as it is, name it itself instead of its folder.';
  return { code: 'pack-changed', file, line: 0, column: 0, message, hint };
}

/** Whether a pack for an audience may be compared with an earlier one: both show what is described, and the earlier one no more. */
function mayFollow(earlier: Audience, audience: Audience): boolean {
  return SEES[audience].answers && SEES[earlier].answers && AUDIENCES.indexOf(earlier) >= AUDIENCES.indexOf(audience);
}

/**
 * An earlier pack as inputs of a later one, which is compared with it: its manifest, which stands for all of it, and its matrix.
 * @throws UsageError where the later one would show what its readers may not see; Problems where the matrix was changed.
 */
export function previousInputs(pack: SavedPack, audience: Audience): Input[] {
  const earlier = pack.manifest.options.audience;
  if (!mayFollow(earlier, audience)) {
    throw new UsageError(
      `a pack for ${AUDIENCE[audience].toLowerCase()} tells nothing of one for ${AUDIENCE[earlier].toLowerCase()}`,
      SEES[audience].answers ? 'Compare it with an earlier one for the same readers.' : 'Leave out --previous.',
    );
  }
  return [
    inputOf('previous', `${pack.name}/${MANIFEST}`, pack.bytes),
    inputOf('previous', `${pack.name}/${MATRIX}`, matrixBytes(pack)),
  ];
}

/** An earlier pack as a later one carries it. */
export interface Previous {
  folder: string;
  asOf: string;
  /** SHA-256 of its manifest. */
  manifest: string;
  matrix: Matrix;
}

/** The earlier pack among the inputs of a pack. @throws Problems where it is damaged. */
export function previousAmong(inputs: readonly Input[]): Previous | undefined {
  const own = inputs.filter(({ role }) => role === 'previous');
  const manifest = own.find(({ path }) => path.endsWith(`/${MANIFEST}`));
  const matrix = own.find(({ path }) => path.endsWith(`/${MATRIX}`));
  if (!manifest || !matrix) return undefined;
  const record = readManifest(manifest.bytes)?.files.find(({ path }) => path === MATRIX);
  if (record?.sha256 !== matrix.sha256) throw new Problems([changed(matrix.path)]);
  const read = readMatrix(Buffer.from(matrix.bytes).toString(), matrix.path);
  return { folder: posix.dirname(manifest.path), asOf: read.asOf, manifest: manifest.sha256, matrix: read };
}
