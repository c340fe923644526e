import { posix } from 'node:path';
import type { Problem } from '../problem.ts';
import { readYaml } from './yaml.ts';

/** The catalogue that a description names as its own, with the means to say at its place what is wrong with it. */
export interface NamedCatalogue {
  /** The folder, from where the program runs. */
  folder: string;
  problem(message: string, hint?: string): Problem;
}

/**
 * A first look at the main file of a description, before the catalogue is known against which the rest is read. A value that is no
 * text is left to the reading in full, which reports it.
 */
export function namedCatalogue(path: string, text: string): NamedCatalogue | undefined {
  // Spares most descriptions a second parsing. A backslash may write the key with an escape.
  if (!/catalogue|\\/.test(text)) return undefined;
  const yaml = readYaml(text, path);
  const named = (yaml.value as { catalogue?: unknown } | null | undefined)?.catalogue;
  if (typeof named !== 'string' || named.trim() === '') return undefined;
  return {
    folder: posix.isAbsolute(named) ? named : posix.join(posix.dirname(path), named),
    problem: (message, hint) => yaml.problemAt(['catalogue'], { code: 'catalogue', message, ...(hint ? { hint } : {}) }),
  };
}
