/** Excel takes typed text that begins so for a formula or drops the mark; the quote prefix keeps it text when a person edits it. */
export function needsQuote(text: string): boolean {
  return /^[=+\-@'\t\r]/.test(text);
}

/**
 * How many lines a text takes when wrapped at `width` (in average characters): words are kept together, wide characters count
 * twice. An estimate: Excel has no means to open a row at the height it needs but to be told.
 */
export function lineCount(text: string, width: number): number {
  if (text.length * 2 <= width && !text.includes('\n')) return 1;
  let lines = 1;
  let used = 0;
  let word = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) {
      lines++;
      used = 0;
      word = 0;
      continue;
    }
    const wide = code >= 0x1100 && (code < 0x2000 || code > 0x2bff);
    const size = wide ? 2 : 1;
    word = code === 32 || code === 45 || wide ? 0 : word + size;
    used += size;
    if (used > width && code !== 32) {
      lines++;
      // A word longer than the line is broken where it stands.
      used = word <= width && word > 0 ? word : size;
      word = used;
    }
  }
  return lines;
}
