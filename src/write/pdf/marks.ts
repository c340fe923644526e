/** Marks that stand over or under letters, and scripts whose letters join: what must be set by a font's own rules. */
export const MARKS = /\p{M}|[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/u;

/** Whether any text within a value has such characters, also after letters and their marks are made one. */
export function hasMarks(value: unknown): boolean {
  if (typeof value === 'string') return MARKS.test(value) && MARKS.test(value.normalize('NFC'));
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasMarks);
  for (const key in value) if (hasMarks((value as Record<string, unknown>)[key])) return true;
  return false;
}
