import { basename } from 'node:path';
import { type LibraryAnswer, libraryFile, libraryOf } from '../answer/library.ts';
import { readText } from '../disk.ts';
import { Problems } from '../problem.ts';
import { readShape } from '../read/shape.ts';
import { readYaml } from '../read/yaml.ts';

/** Reads an answer library. @throws Problems with everything that is wrong, UsageError when the file cannot be opened. */
export function readLibrary(path: string): { text: string; answers: LibraryAnswer[] } {
  const text = readText(path);
  return { text, answers: libraryFrom(text, path) };
}

/** The answers in a library's text. An empty file is an empty library. @throws Problems */
export function libraryFrom(text: string, path: string): LibraryAnswer[] {
  const yaml = readYaml(text, path);
  if (yaml.problems.length > 0) throw new Problems(yaml.problems);
  if (yaml.value === undefined || yaml.value === null) return [];
  const shaped = readShape(libraryFile, yaml);
  if (!shaped.value) throw new Problems(shaped.problems);
  return libraryOf(shaped.value, (position) => ({ ...yaml.placeOf(['answers', position]), file: basename(path) }));
}
