import type { DataKind } from './model/catalogue.ts';

/** Data kinds with everything they imply: health data are personal data of a special category. */
export function impliedKinds(
  kinds: readonly string[],
  catalogue: { dataKinds: readonly Pick<DataKind, 'id' | 'implies'>[] },
): string[] {
  const all = new Set(kinds);
  for (const kind of all) {
    for (const implied of catalogue.dataKinds.find((candidate) => candidate.id === kind)?.implies ?? []) all.add(implied);
  }
  return [...all];
}
