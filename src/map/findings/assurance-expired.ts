import type { Rule } from './index.ts';

/** A report or agreement on file no longer counts on the day of the pack. */
export const assuranceExpired: Rule = {
  id: 'assurance-expired',
  title: 'Assurance expired',
  severity: 'high',
  help: 'An assurance on file has an `expires` day that has passed, or its period ended more than a year before the day of the pack.',
  remedy: 'Obtain the current report or agreement, or a bridge letter, and record it under `assurances:`.',
  find: (matrix) =>
    matrix.assurances.flatMap((assurance) => {
      const end = assurance.expires ?? (assurance.period ? yearAfter(assurance.period.to) : undefined);
      if (end === undefined || end >= matrix.asOf) return [];
      return [
        {
          key: assurance.id,
          title: `${assurance.title} no longer counts`,
          detail: `It counted until ${end}; the pack is as of ${matrix.asOf}.`,
          requirements: [],
          ...(assurance.place ? { place: assurance.place } : {}),
        },
      ];
    }),
};

/** The day a year later; 29 February becomes 1 March. */
function yearAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.toISOString().slice(0, 10);
}
