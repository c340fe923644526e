/** How values are spelled in PDF syntax. */

const DELIMITERS = /[^!-~]|[#%()/<>[\]{}]/g;

/** A name object, with the characters that would end it written as codes. */
export function name(text: string): string {
  return `/${text.replace(DELIMITERS, (c) => [...Buffer.from(c, 'utf8')].map((b) => `#${b.toString(16).toUpperCase().padStart(2, '0')}`).join(''))}`;
}

/** A text string, readable where it is ASCII and UTF-16 where it is not. */
export function text(value: string): string {
  if (/^[ -~]*$/.test(value)) return `(${value.replace(/[\\()]/g, '\\$&')})`;
  const swapped = Buffer.from(value.replace(/\p{Cs}/gu, '\uFFFD'), 'utf16le').swap16();
  return `<FEFF${swapped.toString('hex').toUpperCase()}>`;
}

/** A number with at most two decimals: a hundredth of a point is finer than any printer. */
export function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A date in the form of the document information. */
export function date(isoDay: string): string {
  return `(D:${isoDay.replaceAll('-', '')}000000Z)`;
}

/** Text made safe to stand inside XML. */
export function xml(value: string): string {
  return (
    value
      .replace(/\p{Cs}/gu, '\uFFFD')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
  );
}
