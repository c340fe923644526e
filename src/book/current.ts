import type { CellValue } from './book.ts';
import { cellValue, readSheet } from './sheet.ts';
import { fromBytes } from './splice.ts';
import { NO_FORMATS } from './styles.ts';
import { withAttribute } from './tag.ts';
import type { Target, TargetCell } from './targets.ts';

/** What nearly all cells hold: a value, or an inline text without formats; nothing in it that needs a reader of XML. */
const PLAIN = /^<(?:[\w-]+:)?(v|is><(?:[\w-]+:)?t(?: xml:space="preserve")?)>([^<&\r]*)<\/[^<>]*>(?:<\/[^<>]*>)?$/;

/** What the targets hold now, as far as they hold anything; `xml` is held as Latin-1. Throws `Problems` as `readSheet` does. */
export function currentValues(
  xml: string,
  targets: readonly Target[],
  strings: readonly string[],
  file: string,
  part: string,
): Map<Target, CellValue | undefined> {
  const values = new Map<Target, CellValue | undefined>();
  const others: { target: Target; cell: TargetCell }[] = [];
  for (const target of targets) {
    const { row, column, cell } = target;
    if (!cell || cell.element.contentFrom >= cell.element.contentTo) continue;
    const [, element, text] = PLAIN.exec(xml.slice(cell.element.contentFrom, cell.element.contentTo)) ?? [];
    const type = cell.type ?? 'n';
    if (text === undefined || (element !== 'v') !== (type === 'inlineStr')) {
      others.push({ target, cell });
      continue;
    }
    const held = fromBytes(text);
    const raw = type === 'inlineStr' ? { type, value: '', inline: held } : { type, value: held, inline: undefined };
    values.set(target, cellValue({ row, column, ...raw }, strings, file));
  }
  // Each in a row of its own number; where it stands does not matter here.
  const elements = others.map(({ cell }, index) => {
    const { start, contentFrom, end } = cell.element;
    const tag = withAttribute(xml.slice(start, contentFrom), 'r', `A${index + 1}`);
    return `<row>${tag}${xml.slice(contentFrom, end)}</row>`;
  });
  const sheet = Buffer.from(`<worksheet><sheetData>${elements.join('')}</sheetData></worksheet>`, 'latin1');
  const { rows } = readSheet(sheet, file, part, { strings, formats: NO_FORMATS, left: others.length });
  others.forEach(({ target }, index) => {
    values.set(target, rows[index]?.cells[0]?.value);
  });
  return values;
}
