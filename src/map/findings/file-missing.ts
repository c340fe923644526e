import { joinNames } from '../../sentence.ts';
import { namedFiles } from './files.ts';
import type { Rule } from './rule.ts';

/** A file that the description names is not there. */
export const fileMissing: Rule = {
  id: 'file-missing',
  title: 'File missing',
  severity: 'high',
  help: 'The description names a file of evidence, a report or an agreement by its path, and there is no such file. Paths are relative to the file of the description that names them. What cannot be opened proves nothing. A file that is kept elsewhere is named by its address instead (`url:`).',
  remedy: 'Put the file where the description says, correct the path, or name its address with `url:` instead of `file:`.',
  find: (scene) => {
    const gone = new Set(scene.matrix.attachments.filter(({ sha256 }) => sha256 === undefined).map(({ path }) => path));
    const mentions = new Map<string, ReturnType<typeof namedFiles>>();
    for (const named of namedFiles(scene)) {
      if (!gone.has(named.path)) continue;
      const others = mentions.get(named.path);
      if (others) others.push(named);
      else mentions.set(named.path, [named]);
    }
    return [...mentions].map(([path, named]) => {
      const place = named.find((mention) => mention.place)?.place;
      return {
        key: path,
        title: `There is no file ${path}`,
        detail: `It is named as ${joinNames([...new Set(named.map(({ what }) => what))], 4)}.`,
        requirements: scene.inOrder(named.flatMap(({ requirements }) => requirements)),
        ...(place ? { place } : {}),
      };
    });
  },
};
