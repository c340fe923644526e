import { xml } from '../../cell-text.ts';
import { textCell } from './cell.ts';
import { letters, quoted } from './names.ts';
import type { SharedStrings } from './shared-strings.ts';
import type { Styles } from './styles.ts';

/** Drop-down lists with a name or too long for the validation itself: each distinct one a column of a hidden sheet. */
export interface Lists {
  /** What the validation's formula says: the values themselves, or where they stand. Already escaped as XML. */
  formula(values: string[], name?: string): string;
  /** Names of lists with what they stand for. */
  names(): [name: string, range: string][];
  /** The hidden sheet, or nothing when no list needed it. */
  sheetXml(styles: Styles, strings: SharedStrings): string | undefined;
}

export function listSheet(sheetName: string): Lists {
  const columns = new Map<string, { letter: string; values: string[] }>();
  const named = new Map<string, string>();
  return {
    formula(values, name) {
      const joined = values.join(',');
      const plain = values.every((value) => value !== '' && value.trim() === value && !/[,"\p{Cc}\p{Cs}]/u.test(value));
      if (name === undefined && joined.length <= 255 && plain) return xml(`"${joined}"`);
      const key = JSON.stringify(values);
      const column = columns.get(key) ?? { letter: letters(columns.size), values };
      columns.set(key, column);
      const range = `${quoted(sheetName)}!$${column.letter}$1:$${column.letter}$${values.length}`;
      if (name === undefined) return xml(range);
      const known = named.get(name) ?? range;
      if (known !== range) throw new Error(`Two different lists are called “${name}”.`);
      named.set(name, range);
      return name;
    },
    names: () => [...named],
    sheetXml(styles, strings) {
      if (columns.size === 0) return undefined;
      const style = styles.id({ kind: 'cell' });
      const tell = strings.teller();
      const height = Math.max(...[...columns.values()].map((column) => column.values.length));
      let rows = '';
      for (let row = 0; row < height; row++) {
        rows += `<row r="${row + 1}">`;
        for (const { letter, values } of columns.values()) {
          const value = values[row];
          if (value !== undefined) rows += textCell(`${letter}${row + 1}`, style, value, tell);
        }
        rows += '</row>';
      }
      return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
        `<sheetData>${rows}</sheetData><sheetProtection sheet="1" objects="1" scenarios="1"/></worksheet>`
      );
    },
  };
}
