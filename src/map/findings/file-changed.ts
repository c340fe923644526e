import { namedFiles } from './files.ts';
import type { Rule } from './rule.ts';

/** A file of evidence is no longer what it was when it was named. */
export const fileChanged: Rule = {
  id: 'file-changed',
  title: 'File changed',
  severity: 'high',
  help: 'The description records the SHA-256 of a file of evidence, and the file there now has another one. It was changed after the statement was made, whether rightly or not; nobody has said that it still shows what it showed.',
  remedy:
    'Look at the file. If it is right, write its present `sha256:` (the finding and the pack print it); if not, restore the one that was meant.',
  find: (scene) => {
    const present = new Map(scene.matrix.attachments.map(({ path, sha256 }) => [path, sha256]));
    return namedFiles(scene).flatMap(({ path, what, sha256, requirements, place }) => {
      const now = present.get(path);
      if (sha256 === undefined || now === undefined || now === sha256) return [];
      return [
        {
          key: path,
          title: `Changed since it was named: ${path}`,
          detail: `It is ${what}. Recorded is ${sha256.slice(0, 12)}…, the file has ${now}.`,
          requirements: scene.inOrder(requirements),
          ...(place ? { place } : {}),
        },
      ];
    });
  },
};
