import { readFolder } from '../disk.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { type Input, inputOf } from '../pack.ts';
import { Problems, UsageError } from '../problem.ts';
import { type CatalogueFile, readCatalogue } from '../read/catalogue.ts';
import { namedCatalogue } from '../read/named-catalogue.ts';
import { loadCatalogue } from './resources.ts';

/** Help of the option `--catalogue`, the same on every command. */
export const CATALOGUE_HELP = 'a catalogue of your own, laid over the built-in one (default: the one that the description names)';

/** The catalogue that a command works with, and the user's own files in it. */
export interface CatalogueInForce {
  catalogue: Catalogue;
  inputs: Input[];
}

/**
 * The built-in catalogue, overlaid by the folder that `--catalogue` names, else by the one that the description names.
 * @throws Problems, UsageError
 */
export function catalogueInForce(option: string | undefined, description?: { path: string; text: string }): CatalogueInForce {
  if (option !== undefined) return overlay(option);
  const named = description && namedCatalogue(description.path, description.text);
  if (!named) return { catalogue: loadCatalogue(), inputs: [] };
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
  return overlaid(files);
}

/** The built-in catalogue with files laid over it. @throws Problems */
export function overlaid(files: CatalogueFile[]): CatalogueInForce {
  return {
    catalogue: readCatalogue(files, loadCatalogue()),
    inputs: files.map(({ path, text }) => inputOf('catalogue', path, Buffer.from(text))),
  };
}
