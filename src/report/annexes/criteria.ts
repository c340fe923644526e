import type { MatrixFramework, Part } from '../../model/matrix.ts';
import type { AnnexContext } from './annex.ts';

/** A control with the parts of it that some parties hold, and the requirements of a framework that rest on them. */
export interface Carried {
  control: string;
  /** Positions in `Matrix.parts`. */
  parts: number[];
  requirements: string[];
}

/**
 * The parts of a framework under the keys that a caller gives them (a party, a provider), those of a control together, in the order in
 * which requirements come to them. Parts without a key are left out.
 */
export function carriedParts(
  { matrix, framework }: AnnexContext,
  keyOf: (part: Part) => string | undefined,
): Map<string, Carried[]> {
  const found = new Map<string, Map<string, Carried>>();
  /** Where each part has been put, so that it is looked at once. */
  const places = new Map<number, Carried | undefined>();
  const place = (position: number): Carried | undefined => {
    const part = matrix.parts[position];
    const key = part && part.control !== '' ? keyOf(part) : undefined;
    if (!part || key === undefined) return undefined;
    const controls = found.get(key) ?? new Map<string, Carried>();
    const carried = controls.get(part.control) ?? { control: part.control, parts: [], requirements: [] };
    found.set(key, controls.set(part.control, carried));
    carried.parts.push(position);
    return carried;
  };
  for (const requirement of framework.requirements) {
    for (const position of requirement.row.parts) {
      if (!places.has(position)) places.set(position, place(position));
      const carried = places.get(position);
      if (carried && carried.requirements.at(-1) !== requirement.id) carried.requirements.push(requirement.id);
    }
  }
  const sorted = (carried: Carried): Carried => ({ ...carried, parts: carried.parts.sort((a, b) => a - b) });
  return new Map([...found].map(([key, controls]) => [key, [...controls.values()].map(sorted)]));
}

/** Ids of the applicable requirements of a framework that name one of some controls, or are named themselves. */
export function requirementsOf(framework: MatrixFramework, controls: readonly string[], named: readonly string[] = []): string[] {
  const wanted = new Set(controls);
  return framework.requirements.flatMap((requirement) =>
    requirement.row.ownership !== 'not-applicable' &&
    (named.includes(requirement.row.key) || requirement.controls.some((use) => wanted.has(use.control)))
      ? [requirement.id]
      : [],
  );
}
