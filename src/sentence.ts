/** What a control's sentence can name. */
export interface SentenceValues {
  service?: string;
  provider?: string;
  components?: string;
}

/**
 * Fills a control's sentence. Sentences only name values and have no logic, and a large system has a hundred thousand of
 * them, so this stays a substitution; the catalogue's check has already refused unknown placeholders.
 */
export function sentence(template: string, values: SentenceValues): string {
  let pieces = cut.get(template);
  if (!pieces) {
    pieces = template.split(/\{\{\s*(service|provider|components)\s*\}\}/);
    cut.set(template, pieces);
  }
  let text = pieces[0] ?? '';
  for (let at = 1; at < pieces.length; at += 2) text += (values[pieces[at] as keyof SentenceValues] ?? '') + pieces[at + 1];
  return text;
}

/** Templates with the names in them at every second place. There are as many as the catalogue has sentences. */
const cut = new Map<string, string[]>();

/** Joins names as prose: "a", "a and b", "a, b and c", and past `most` "a, b and 4 more". */
export function joinNames(names: readonly string[], most = Number.POSITIVE_INFINITY, word: 'and' | 'or' = 'and'): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length > most) return `${names.slice(0, most - 1).join(', ')} ${word} ${names.length - most + 1} more`;
  return `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}

/** A sentence that can follow other words: its first letter lowered unless it begins a name or an abbreviation. */
export function afterColon(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** The customer's sentence as a third party carries it out. */
export function onBehalf(party: { short: string }, text: string): string {
  return `${party.short}, on the customer's behalf: ${afterColon(text)}`;
}

/** A whole number with commas between thousands: 1,164. */
export function numberText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A number with its noun: "1 service", "4 services". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count)} ${count === 1 ? one : many}`;
}

/** The text with its first letter raised. */
export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** An ISO day as Americans write it: March 31, 2026. */
export function longDate(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${MONTHS[(month ?? 1) - 1]} ${date}, ${year}`;
}

// Written out: asking the platform for names of months loads its tables of languages, which takes longer than a whole sheet.
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The text as a sentence that another may follow: with a full stop where it ends without one. */
export function sentenceEnd(text: string): string {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  return /[.!?…]["')\]]?$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** Text for readers who have no use for code: without the marks around keys, and without the colon of a key. */
export function withoutCode(text: string): string {
  return text.replace(/`([^`]*?):?`/g, '$1');
}

/** A period in words. */
export function periodText(period: { from: string; to: string }): string {
  return `${longDate(period.from)} to ${longDate(period.to)}`;
}

/** A key as words: `dueDiligence` is "due diligence". */
export function spaced(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
