import type { Matrix } from '../model/matrix.ts';
import type { Evidence } from '../model/system.ts';

/** One piece of evidence with everything that rests on it. */
export interface EvidenceOnFile extends Evidence {
  /** Titles of the controls and keys of the requirements whose statements name it. */
  supports: string[];
  /** Where the statements stand that name it, as file:line. */
  places: string[];
  owners: string[];
}

/** Every piece of evidence that statements name, each once, in their order. What differs in title or place is another piece. */
export function evidenceOnFile(matrix: Matrix): EvidenceOnFile[] {
  const titles = new Map(matrix.controls.map((control) => [control.id, control.title]));
  const found = new Map<string, EvidenceOnFile>();
  const add = (list: string[], item: string | undefined): void => {
    if (item && !list.includes(item)) list.push(item);
  };
  for (const statement of matrix.statements) {
    for (const item of statement.evidence) {
      const key = JSON.stringify([item.title, item.file, item.url, item.date, item.expires]);
      const entry = found.get(key) ?? { ...item, supports: [], places: [], owners: [] };
      found.set(key, entry);
      add(entry.supports, statement.control ? (titles.get(statement.control) ?? statement.control) : statement.requirement);
      add(entry.places, statement.place && `${statement.place.file}:${statement.place.line}`);
      add(entry.owners, statement.owner);
    }
  }
  return [...found.values()];
}
