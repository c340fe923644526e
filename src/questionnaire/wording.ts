/** Text of cells as it is compared: people break lines, double spaces and change capitals between versions of a form. */

const UNEVEN = /^\s|\s$|\s\s|[^\S ]|[\u200b-\u200d\u2060\ufeff\u00ad]/;

/** Text in one line: white space of every kind as one space, invisible characters left out. */
export function plain(text: string): string {
  // Most cells are plain already, and a large sheet is read several times.
  return !UNEVEN.test(text)
    ? text
    : text
        .replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, '')
        .replace(/\s+/g, ' ')
        .trim();
}

/** Text as it is compared: plain, lower case, without accents. */
export function folded(text: string): string {
  return plain(text).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss').replace(/[’‘]/g, "'");
}

/** Whether a text is meant by a pattern in which `*` stands for anything; capitals, accents and white space make no difference. */
export function isMeant(pattern: string, text: string): boolean {
  const parts = folded(pattern).split('*');
  const whole = folded(text);
  if (parts.length === 1) return whole === parts[0];
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (!whole.startsWith(first) || !whole.endsWith(last) || whole.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = whole.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= whole.length - last.length;
}

/** A text cut to a length people read in a list, with an ellipsis where something is missing. */
export function shortened(text: string, most: number): string {
  const line = plain(text);
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
}

/** A text as a pattern that means just this text. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
