import type { Matrix } from '../model/matrix.ts';
import type { Assurance } from '../model/system.ts';

/** What a document on file says that it is about, which is everything where nothing is named, and what it leaves out by name. */
export interface AssuranceScope {
  /** By their names where they are in use. */
  services: string[];
  regions: string[];
  leavesOut: string[];
}

/** The scope of a document in the words of the description. */
export function assuranceScope(
  { services, regions, excludes }: Pick<Assurance, 'services' | 'regions' | 'excludes'>,
  matrix: Pick<Matrix, 'services'>,
): AssuranceScope {
  const named = (ids: string[]): string[] => ids.map((id) => matrix.services.find((service) => service.id === id)?.name ?? id);
  return { services: named(services), regions, leavesOut: [...named(excludes.services), ...excludes.regions] };
}
