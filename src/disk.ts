import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from './problem.ts';

/** The only file that touches the disk: reading inputs with causes people understand, and writing packs whole or not at all. */

/** One file of a pack: its path inside the pack and its bytes. */
export interface PackFile {
  path: string;
  bytes: Uint8Array;
}

/** Nothing that people write or hand over is larger; it keeps a wrong path from filling the memory. */
const MAX_FILE = 64 * 1024 * 1024;
/** No folder of such texts holds more entries; it keeps a wrong path from walking a whole disk. */
const MAX_ENTRIES = 20_000;

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be opened with your rights',
  EPERM: 'it may not be changed with your rights',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'part of the path is a file, not a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  EROFS: 'the disk is read-only',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  EBUSY: 'it is in use, or a disk of its own; name a folder inside it',
  EXDEV: 'it lies on another disk; name a folder inside it',
  EFBIG: 'the file would be larger than is allowed',
};

/** The cause of a file system error in words. */
function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}

/** Reads a file of at most so many bytes. @throws UsageError naming the file and the cause. */
export function readBytes(path: string, most = MAX_FILE): Uint8Array {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw Object.assign(new Error('it is not a file'), { code: stats.isDirectory() ? 'EISDIR' : 'ENOFILE' });
    if (stats.size > most) throw new Error(`it is larger than ${most / 1024 / 1024} MB`);
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reason(error)}`);
  }
}

/** The size and SHA-256 of a file of any size; undefined where there is no such file. @throws UsageError when it cannot be read. */
export function hashFile(path: string): { bytes: number; sha256: string } | undefined {
  let file: number;
  try {
    // Only ordinary files: a pipe or a device would never end.
    if (!statSync(path).isFile()) return undefined;
    file = openSync(path, 'r');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw new UsageError(`cannot read ${path}: ${reason(error)}`);
  }
  try {
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(1 << 20);
    let bytes = 0;
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      hash.update(chunk.subarray(0, read));
      bytes += read;
    }
    return { bytes, sha256: hash.digest('hex') };
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reason(error)}`);
  } finally {
    closeSync(file);
  }
}

/** Reads a text file. @throws UsageError naming the file and the cause; also for bytes that are not UTF-8 text. */
export function readText(path: string, most = MAX_FILE): string {
  const bytes = readBytes(path, most);
  try {
    // The mark that some editors put first is kept: a file's hash is that of all its bytes. The YAML reader passes over it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UsageError(`cannot read ${path}: it is not UTF-8 text`, 'Save it as UTF-8.');
  }
}

/**
 * Reads every file below a folder with one of the given endings, as paths relative to it, in a fixed order. Names that begin with a
 * dot are left out: they belong to editors and version control.
 * @throws UsageError naming what cannot be read; also for a folder so large that it must be the wrong one.
 */
export function readFolder(folder: string, ...endings: string[]): { path: string; text: string }[] {
  let seen = 0;
  const walk = (below: string): { path: string; text: string }[] => {
    const names = (() => {
      try {
        return readdirSync(join(folder, below), { withFileTypes: true });
      } catch (error) {
        const cause = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such folder' : reason(error);
        throw new UsageError(`cannot read the folder ${join(folder, below)}: ${cause}`);
      }
    })().filter((entry) => !entry.name.startsWith('.'));
    seen += names.length;
    if (seen > MAX_ENTRIES)
      throw new UsageError(`the folder ${folder} holds more than ${MAX_ENTRIES} files`, 'Is it the right one?');
    return names
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const path = below === '' ? entry.name : `${below}/${entry.name}`;
        if (entry.isDirectory()) return walk(path);
        return endings.some((ending) => entry.name.endsWith(ending)) ? [{ path, text: readText(join(folder, path)) }] : [];
      });
  };
  return walk('');
}

/**
 * Reads every file of a pack, in a fixed order; nothing is passed over, since an added file is a change too.
 * @throws UsageError for a folder that cannot be read, or that holds links or devices.
 */
export function readPack(folder: string): PackFile[] {
  const walk = (below: string): PackFile[] =>
    readdirSync(join(folder, below), { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const path = below === '' ? entry.name : `${below}/${entry.name}`;
        if (entry.isDirectory()) return walk(path);
        if (!entry.isFile()) throw new UsageError(`${join(folder, path)} is a link or a device, and a pack holds files alone`);
        return [{ path, bytes: readFileSync(join(folder, path)) }];
      });
  try {
    if (!statSync(folder).isDirectory()) throw new UsageError(`${folder} is a file, and a pack is a folder`);
    return walk('');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot read the pack ${folder}: ${reason(error)}`);
  }
}

/** True for a folder that is there. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * The names of the folders in a folder, in order, without those that begin with a dot, but with packs that a dead run left moved aside;
 * none where there is no such folder.
 */
export function foldersIn(path: string): string[] {
  if (!isFolder(path)) return [];
  try {
    const entries = readdirSync(path).filter((entry) => isFolder(join(path, entry)));
    return [...new Set(entries.flatMap((entry) => (entry.startsWith('.') ? (asideOf(entry) ?? []) : entry)))].sort();
  } catch (error) {
    throw new UsageError(`cannot read the folder ${path}: ${reason(error)}`);
  }
}

/**
 * Where a pack lies that a run had moved aside when it died, before the new one was in its place: whole, but under another name until the
 * next run puts it back. Undefined for a folder that is there, or of which nothing is.
 */
export function movedAside(folder: string): string | undefined {
  const [parent, name] = [dirname(resolve(folder)), basename(resolve(folder))];
  if (existsSync(folder) || !isFolder(parent)) return undefined;
  try {
    const aside = readdirSync(parent).find((entry) => asideOf(entry) === name);
    return aside === undefined ? undefined : join(dirname(folder), aside);
  } catch {
    // A folder that may not be listed tells nothing.
    return undefined;
  }
}

/** The name of the pack that a folder such as `.2026-Q3.old-4711` was. */
function asideOf(entry: string): string | undefined {
  return /^\.(.+)\.old-\d+$/.exec(entry)?.[1];
}

/** Where this run keeps the new or the old of something until they change places; `recover` knows it by its name. */
function beside(path: string, kind: 'new' | 'old'): string {
  return join(dirname(path), `.${basename(path)}.${kind}-${process.pid}`);
}

/** Writes a file whole or not at all, in place of one that may be there. @throws UsageError when it cannot be written. */
export function replaceFile(path: string, text: string): void {
  const fresh = beside(path, 'new');
  try {
    recover(resolve(path), dirname(resolve(path)));
    rmSync(fresh, { force: true });
    writeWhole(fresh, Buffer.from(text), 'wx');
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw new UsageError(`cannot write ${path}: ${reason(error)}`);
  }
}

/** Writes one new file; never replaces one. @throws UsageError when it exists or cannot be written. */
export function writeNewFile(path: string, text: string): void {
  try {
    makeFolder(dirname(resolve(path)));
    writeWhole(path, Buffer.from(text), 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new UsageError(`${path} already exists`, 'Choose another name, or remove it first.');
    throw new UsageError(`cannot write ${path}: ${reason(error)}`);
  }
}

/** How signatures stand in a pack, beside what its manifest names. */
export interface Signed {
  /** The file that vouches for all others. */
  attestation: string;
  /** Whether a file is the one that the manifest names, with signatures after it and nothing else. */
  isSigned(file: PackFile, record: { bytes: number; sha256: string }): boolean;
}

/**
 * Writes files beside each other, each whole: all of them are flushed under other names first, then renamed. A file that exists is replaced
 * only if `mine` says of its bytes that nobody has worked on it since it was written.
 * @throws UsageError when a file may not be replaced or cannot be written. A refusal changes nothing.
 */
export function writeFiles(files: readonly PackFile[], mine: (path: string, sha256: string) => boolean): void {
  for (const { path } of files) {
    const found = hashFile(path);
    if (found && !mine(path, found.sha256)) {
      throw new UsageError(
        `${path} already exists, and was changed since demarc wrote it or is not its own`,
        'Choose another name with -o, or use --force to replace it.',
      );
    }
    if (!found && existsSync(path)) throw new UsageError(`cannot write ${path}: it is a folder or not an ordinary file`);
  }
  const made = files.map(({ path, bytes }) => {
    // A link to a file stays a link: what it leads to is replaced.
    const target = existsSync(path) ? realpathSync(path) : resolve(path);
    return { bytes, target, fresh: beside(target, 'new') };
  });
  try {
    for (const { bytes, target, fresh } of made) {
      makeFolder(dirname(target));
      rmSync(fresh, { force: true });
      writeWhole(fresh, bytes, 'wx');
    }
    for (const { target, fresh } of made) renameSync(fresh, target);
    for (const folder of new Set(made.map(({ target }) => dirname(target)))) syncFolder(folder);
  } catch (error) {
    for (const { fresh } of made) rmSync(fresh, { force: true });
    throw new UsageError(`cannot write ${files.map(({ path }) => path).join(', ')}: ${reason(error)}`);
  }
}

/**
 * Replaces texts of files that hold what they held when they were read. All new ones are written and flushed beside the old ones first;
 * then each changes places by renaming, so that a run that dies leaves every file whole, old or new. Links and rights stay.
 * @throws UsageError when a file has changed meanwhile or cannot be written.
 */
export function replaceTexts(files: readonly { path: string; before: string; after: string }[]): void {
  const fresh: { from: string; to: string }[] = [];
  try {
    for (const { path, before, after } of files) {
      if (readText(path) !== before)
        throw new UsageError(`${path} was changed while demarc was working`, 'Nothing was written; run the command again.');
      const to = realpathSync(path);
      const from = beside(to, 'new');
      rmSync(from, { force: true });
      fresh.push({ from, to });
      writeWhole(from, Buffer.from(after), 'wx');
      chmodSync(from, statSync(to).mode);
    }
    for (const { from, to } of fresh) {
      renameSync(from, to);
      syncFolder(dirname(to));
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot write ${files.map(({ path }) => path).join(', ')}: ${reason(error)}`);
  } finally {
    for (const { from } of fresh) rmSync(from, { force: true });
  }
}

/**
 * Puts a pack in place. The files are written and flushed beside the target first; then the folders change places by renaming. A run
 * that dies leaves the old pack or the new one whole; what it left beside the target is put right by the next run.
 * @throws UsageError when the target holds anything that is not an unchanged pack, or cannot be written. Nothing is lost then.
 */
export function writePack(target: string, files: PackFile[], options: { force?: boolean; signed?: Signed } = {}): void {
  // A link to a folder stays a link: what it leads to is replaced.
  const folder = existsSync(target) ? realpathSync(target) : resolve(target);
  const parent = dirname(folder);
  try {
    makeFolder(parent);
    recover(folder, parent);
    if (existsSync(folder)) refuseForeign(folder, target, files, options);
    const fresh = beside(folder, 'new');
    rmSync(fresh, { recursive: true, force: true });
    try {
      for (const file of files) {
        const path = join(fresh, file.path);
        makeFolder(dirname(path));
        writeWhole(path, file.bytes, 'wx');
      }
      syncFolder(fresh);
      const old = beside(folder, 'old');
      if (existsSync(folder)) renameSync(folder, old);
      try {
        renameSync(fresh, folder);
      } catch (error) {
        if (existsSync(old)) renameSync(old, folder);
        throw error;
      }
      syncFolder(parent);
      discard(old);
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true });
      throw error;
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `cannot write the pack to ${target}: ${reason(error)}`,
      'Nothing was changed. Choose another folder with -o, or make room.',
    );
  }
}

/** Removes what is of no use any more. Where that fails, the next run does it: what matters has been done. */
function discard(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Left for the next run.
  }
}

/** Puts back an old pack that a killed run had moved aside, and removes what dead runs left half-written. */
function recover(folder: string, parent: string): void {
  const prefix = `.${basename(folder)}.`;
  for (const name of readdirSync(parent)) {
    const match = name.startsWith(prefix) ? /^(new|old)-(\d+)$/.exec(name.slice(prefix.length)) : null;
    if (!match || isRunning(Number(match[2]))) continue;
    const path = join(parent, name);
    if (match[1] === 'old' && !existsSync(folder)) renameSync(path, folder);
    else rmSync(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * A folder may be replaced only if everything in it is a pack of ours, unchanged since we wrote it. With `force` it may have been changed, and
 * where its manifest is damaged, everything in it has to be what the new pack holds too.
 */
function refuseForeign(
  folder: string,
  shown: string,
  files: readonly PackFile[],
  { force, signed }: { force?: boolean; signed?: Signed },
): void {
  if (!statSync(folder).isDirectory())
    throw new UsageError(`${shown} is a file, and a pack is a folder`, 'Choose another name with -o.');
  const present = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name)
      .slice(folder.length + 1)
      .replaceAll('\\', '/');
    return entry.isDirectory() ? `${path}/` : path;
  });
  if (present.length === 0) return;
  const expected = manifestOf(folder);
  const damaged = !expected && present.includes(MANIFEST);
  if (damaged && !force) {
    throw new UsageError(
      `${shown}/${MANIFEST} is damaged, so that nothing says which files are the pack's`,
      'Use --force to replace the pack, or choose another folder with -o.',
    );
  }
  if (!expected && !damaged) {
    throw new UsageError(
      `${shown} is not empty and holds no pack (found ${present[0]})`,
      'Choose an empty or a new folder with -o; demarc replaces only packs of its own.',
    );
  }
  const own = new Set(expected ? expected.keys() : files.map(({ path }) => path));
  for (const path of own)
    for (let end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) own.add(path.slice(0, end + 1));
  const foreign = present.find((path) => path !== MANIFEST && path !== signed?.attestation && !own.has(path));
  if (foreign !== undefined) {
    const what = foreign.endsWith('/') ? 'folder' : 'file';
    throw new UsageError(
      `${shown} holds a ${what} that is not part of the pack: ${foreign}`,
      'Move it elsewhere first, so that replacing the pack does not lose it.',
    );
  }
  if (force || !expected) return;
  for (const [path, record] of expected) {
    const full = join(folder, path);
    if (!existsSync(full)) continue;
    const bytes = readFileSync(full);
    if (createHash('sha256').update(bytes).digest('hex') !== record.sha256 && !signed?.isSigned({ path, bytes }, record)) {
      throw new UsageError(
        `${shown}/${path} was changed since demarc wrote it`,
        'Move it elsewhere to keep the changes, or use --force to replace it.',
      );
    }
  }
}

const MANIFEST = 'manifest.json';

function manifestOf(folder: string): Map<string, Listed> | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) as {
      format?: string;
      files?: (Listed & { path: string })[];
    };
    if (manifest.format !== 'demarc-manifest' || !Array.isArray(manifest.files)) return undefined;
    return new Map(manifest.files.map((file) => [file.path, file]));
  } catch {
    return undefined;
  }
}

type Listed = { bytes: number; sha256: string };

/** Makes a folder with those above it. Node's own recursive way never ends in file systems such as /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another run may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function writeWhole(path: string, bytes: Uint8Array, flags: string): void {
  const handle = openSync(path, flags);
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(handle, bytes, written);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Flushes a folder's entries, where the platform allows it. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // Some platforms cannot open folders; the files themselves are flushed.
  }
}
