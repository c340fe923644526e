import { createHash } from 'node:crypto';
import type { PackFile } from './disk.ts';
import type { Matrix } from './model.ts';

/** What `manifest.json` says: every file of the pack and every input, each with its hash, and what made it. */
export interface Manifest {
  format: 'demarc-manifest';
  formatVersion: 1;
  tool: Matrix['tool'];
  catalogue: Matrix['catalogue'];
  asOf: string;
  organization: string;
  system: string;
  frameworks: { id: string; version: string }[];
  options: Record<string, string>;
  inputs: { path: string; sha256: string }[];
  files: { path: string; bytes: number; sha256: string }[];
}

/** Adds the manifest to the files of a pack. Pure; the manifest names every other file and not itself. */
export function withManifest(files: PackFile[], matrix: Matrix, options: Record<string, string>): PackFile[] {
  const manifest: Manifest = {
    format: 'demarc-manifest',
    formatVersion: 1,
    tool: matrix.tool,
    catalogue: matrix.catalogue,
    asOf: matrix.asOf,
    organization: matrix.organization.name,
    system: matrix.system.name,
    frameworks: matrix.frameworks.map(({ id, version }) => ({ id, version })),
    options,
    inputs: matrix.files,
    files: files.map((file) => ({ path: file.path, bytes: file.bytes.length, sha256: sha256(file.bytes) })),
  };
  return [...files, { path: 'manifest.json', bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) }];
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
