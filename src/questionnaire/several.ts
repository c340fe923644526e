import { leadingId } from './ids.ts';

/**
 * Whether a cell asks several questions at once, each on a line of its own. A question that goes on after a line break ("If yes, how?")
 * is still one, and so is a question followed by a list of points.
 */
export function asksSeveral(text: string): boolean {
  if (!text.includes('\n')) return false;
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const asking = lines.filter((line) => /[?？]$/.test(line));
  return asking.length >= 2 && asking.filter(isNumbered).length >= 2;
}

function isNumbered(line: string): boolean {
  return leadingId(line) !== undefined || /^(?:\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})[.)]|[-•*–▪◦·])\s*\S/i.test(line);
}
