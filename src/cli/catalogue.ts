import { createHash } from 'node:crypto';
import { readFolder } from '../disk.ts';
import type { Catalogue, System } from '../model.ts';
import { Problems, UsageError } from '../problem.ts';
import { readCatalogue } from '../read/catalogue.ts';
import { namedCatalogue } from '../read/named-catalogue.ts';
import { loadCatalogue } from './resources.ts';

/** Help of the option `--catalogue`, the same on every command. */
export const CATALOGUE_HELP = 'a catalogue of your own, laid over the built-in one (default: the one that the description names)';

/** The catalogue that a command works with, and the user's own files in it. */
export interface CatalogueInForce {
  catalogue: Catalogue;
  files: System['files'];
}

/**
 * The built-in catalogue, overlaid by the folder that `--catalogue` names, else by the one that the description names.
 * @throws Problems, UsageError
 */
export function catalogueInForce(option: string | undefined, description?: { path: string; text: string }): CatalogueInForce {
  if (option !== undefined) return overlay(option);
  const named = description && namedCatalogue(description.path, description.text);
  if (!named) return { catalogue: loadCatalogue(), files: [] };
  try {
    return overlay(named.folder);
  } catch (error) {
    if (error instanceof UsageError) throw new Problems([named.problem(error.message, error.hint)]);
    throw error;
  }
}

function overlay(folder: string): CatalogueInForce {
  // A name in .yml is read so that it is reported; passed over in silence it would be a hole.
  const files = readFolder(folder, '.yaml', '.yml').map((file) => ({
    ...file,
    name: `${folder.replace(/\/+$/, '')}/${file.path}`,
  }));
  if (files.length === 0) {
    throw new UsageError(
      `the folder ${folder} holds no catalogue`,
      'It has controls/, frameworks/, providers/ or texts/ with YAML files.',
    );
  }
  return {
    catalogue: readCatalogue(files, loadCatalogue()),
    files: files.map(({ name, text }) => ({ path: name, sha256: createHash('sha256').update(text).digest('hex') })),
  };
}
