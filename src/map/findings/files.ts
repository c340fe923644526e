import type { Place } from '../../model/system.ts';
import { requirementsFor } from './proofs.ts';
import type { Scene } from './scene.ts';
import { statementTitle } from './statements.ts';

/** A file that the description names, and what for. */
export interface NamedFile {
  path: string;
  /** What it is and what it shows, in words. */
  what: string;
  /** What its SHA-256 was when the description named it. */
  sha256?: string;
  requirements: string[];
  place?: Place;
}

/** Every mention of a file: evidence, reports and agreements, papers about providers. */
export function namedFiles(scene: Scene): NamedFile[] {
  const { matrix } = scene;
  const at = (place: Place | undefined): { place?: Place } => (place ? { place } : {});
  return [
    ...matrix.statements.flatMap((statement, position) =>
      statement.evidence.flatMap(({ title, file, sha256 }): NamedFile[] =>
        file === undefined
          ? []
          : [
              {
                path: file,
                what: `${title}, evidence on ${statementTitle(statement, scene)}`,
                ...(sha256 ? { sha256 } : {}),
                requirements: [...(scene.reach.get(position) ?? [])],
                ...at(statement.place),
              },
            ],
      ),
    ),
    ...matrix.assurances.flatMap((assurance): NamedFile[] =>
      assurance.file === undefined
        ? []
        : [
            {
              path: assurance.file,
              what: assurance.title,
              requirements: requirementsFor(assurance, scene),
              ...at(assurance.place),
            },
          ],
    ),
    ...matrix.providerRecords.flatMap((record) =>
      [record.agreement, record.acknowledgment].flatMap((paper): NamedFile[] =>
        paper?.file === undefined
          ? []
          : [{ path: paper.file, what: `${paper.title} (${record.provider})`, requirements: [], ...at(record.place) }],
      ),
    ),
  ];
}
