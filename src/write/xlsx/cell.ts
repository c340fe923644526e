import { cellText, xml } from '../../cell-text.ts';
import type { Formula, SheetCell, SheetColumn } from '../../document.ts';
import type { Held, Teller } from './shared-strings.ts';
import { type Look, type Styles, TONES } from './styles.ts';

/** Writes the cells of one column; remembers the style numbers it needs, as there are few to a column and many cells. */
export type CellWriter = (ref: string, cell: SheetCell | undefined, row: number) => string;

/** Whether a row belongs to the table, opens a section of it (and how deep), is laid out freely, or is such a row with fields to fill in. */
export type Place = 'table' | 'free' | 'form' | 1 | 2 | 3;

/**
 * In a table, every cell of an input column is a field. In rows laid out freely, what is given as a plain value, a date or `null`
 * is a field; texts and formulas given as objects are fixed wording, and so are columns that a row does not reach. A text may say
 * for itself whether it is a field.
 */
export function isField(cell: SheetCell | undefined, column: SheetColumn | undefined, inTable: boolean): boolean {
  if (typeof cell === 'object' && cell !== null && 'text' in cell && cell.field !== undefined) return cell.field;
  if (!column?.input) return false;
  return inTable || (cell !== undefined && (typeof cell !== 'object' || cell === null || 'date' in cell));
}

/** What a column of cells is written with. */
export interface CellContext {
  styles: Styles;
  tell: Teller;
  column: SheetColumn | undefined;
  place: Place;
  /** Empty fields take dates. */
  dated: boolean;
  formula(formula: Formula, row: number): string;
  /** Called for each text that Excel's limit cuts. */
  onCut(ref: string): void;
}

export function cellWriter({ styles, tell, column, place, dated, formula, onCut }: CellContext): CellWriter {
  const inTable = place === 'table';
  const band = typeof place === 'number' ? place : undefined;
  const base: Look = {
    kind: 'cell',
    ruled: inTable || band !== undefined,
    wrap: column?.wrap === true && band === undefined,
    low: place === 'form',
    ...(band === undefined ? {} : { band }),
  };
  const field: Look = column?.input && band === undefined ? { ...base, ruled: true, field: true } : base;
  const worded = inTable ? field : base;
  const text = styles.id(field);
  const quotedText = styles.id({ ...field, quote: true });
  const blank = styles.id(dated ? { ...field, format: 'date' } : field);
  const amount = styles.id({ ...field, number: true });
  const date = styles.id({ ...field, format: 'date' });
  const days = new Map<string, number | undefined>();
  // Numbered by their traits, as a million cells ask.
  const texts: number[] = [];
  const formulas: number[] = [];
  const written = (ref: string, style: number, { rest, cut }: Held): string => {
    if (cut) onCut(ref);
    return `<c r="${ref}" s="${style}"${rest}`;
  };

  return (ref, cell, row) => {
    if (typeof cell === 'string') {
      if (cell === '') return empty(ref, blank);
      const held = tell(cell);
      return written(ref, held.quote ? quotedText : text, held);
    }
    if (typeof cell === 'number')
      return Number.isFinite(cell) ? numberCell(ref, amount, cell) : written(ref, text, tell(String(cell)));
    if (cell === null) return empty(ref, blank);
    if (cell === undefined) return inTable || band !== undefined ? empty(ref, blank) : '';
    if ('date' in cell) {
      if (!days.has(cell.date)) days.set(cell.date, serialDate(cell.date));
      const serial = days.get(cell.date);
      return serial === undefined ? written(ref, text, tell(cell.date)) : numberCell(ref, date, serial);
    }
    if ('formula' in cell) {
      const { bold, percent, result } = cell;
      const number = typeof result === 'number';
      const traits = (bold ? 1 : 0) + (percent ? 2 : 0) + (number ? 4 : 0);
      formulas[traits] ??= styles.id({ ...worded, bold, format: percent ? 'percent' : undefined, number });
      return formulaCell(ref, formulas[traits], formula(cell.formula, row), result);
    }
    const { tone, bold, link, look, figure } = cell;
    const own = cell.field;
    const held = cell.text === '' ? undefined : tell(cell.text);
    const quote = held?.quote === true;
    const traits =
      (bold ? 1 : 0) +
      (link ? 2 : 0) +
      (quote ? 4 : 0) +
      (look === 'header' ? 8 : look === 'heading' ? 16 : 0) +
      (own === undefined ? 0 : own ? 32 : 64) +
      (figure ? 128 : 0) +
      (tone ? 256 + 256 * TONES.indexOf(tone) : 0);
    texts[traits] ??= styles.id(
      look
        ? { kind: look, wrap: look === 'header', number: figure }
        : {
            ...(own === undefined ? worded : { ...base, field: own, ruled: own || base.ruled === true }),
            tone,
            bold,
            link: link !== undefined,
            quote,
          },
    );
    const id = texts[traits];
    return held ? written(ref, id, held) : empty(ref, id);
  };
}

function empty(ref: string, style: number): string {
  return `<c r="${ref}" s="${style}"/>`;
}

/** A cell with a text. */
export function textCell(ref: string, style: number, text: string, tell: Teller): string {
  return `<c r="${ref}" s="${style}"${tell(text).rest}`;
}

function numberCell(ref: string, style: number, value: number): string {
  return `<c r="${ref}" s="${style}"><v>${value}</v></c>`;
}

function formulaCell(ref: string, style: number, formula: string, result: number | string): string {
  const isText = typeof result === 'string' || !Number.isFinite(result);
  const value = typeof result === 'string' ? xml(cellText(result)) : String(result);
  return `<c r="${ref}" s="${style}"${isText ? ' t="str"' : ''}><f>${xml(formula)}</f><v>${value}</v></c>`;
}

/** Excel's number of a day; nothing for what is no day, or lies before March 1900, where Excel counts a day that never was. */
function serialDate(iso: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined;
  const time = Date.parse(`${iso}T00:00:00Z`);
  const serial = time / 86400000 + 25569;
  return serial >= 61 && new Date(time).toISOString().startsWith(iso) ? serial : undefined;
}
