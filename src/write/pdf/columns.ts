import type { Table } from '../../document.ts';
import { isStrong } from './cell.ts';
import type { Type } from './style.ts';
import { clean } from './text.ts';
import type { Typesetter } from './typesetter.ts';

const LOOKED_AT = 400;
const LONGEST = 24;

/**
 * Column widths by their shares, but no column narrower than its longest ordinary word (ids, header words), so that ids are not
 * broken while another column has room to give.
 */
export function columnWidths(setter: Typesetter, table: Table, width: number, pad: number, type: Type, head: Type): number[] {
  const shares = table.columns.map((column) => (column.share > 0 ? column.share : 1));
  const sum = shares.reduce((a, b) => a + b, 0);
  const wanted = shares.map((share) => (share / sum) * width);
  const least = table.columns.map((column) => longest(setter, column.title, head, Number.POSITIVE_INFINITY));
  for (const [at, row] of table.rows.entries()) {
    if (row.kind !== 'row') continue;
    row.cells.forEach((cell, i) => {
      for (const runs of cell.paragraphs) {
        for (const run of runs) {
          // Ids and numbers are short and must all be seen; of prose a sample will do.
          if (at > LOOKED_AT && run.text.length > LONGEST) continue;
          const bold = isStrong(cell) || run.bold ? { ...type, face: head.face } : type;
          least[i] = Math.max(least[i] ?? 0, longest(setter, run.text, bold, LONGEST));
        }
      }
      for (const badge of cell.badges ?? []) {
        least[i] = Math.max(least[i] ?? 0, longest(setter, badge.text, { ...type, face: head.face }, LONGEST) + 8);
      }
    });
  }
  const floors = least.map((floor, i) => Math.max(0, Math.min(floor + pad + 1, width / 2) - (wanted[i] ?? 0)));
  const lacking = floors.reduce((a, b) => a + b, 0);
  if (lacking === 0) return wanted;
  const spare = wanted.map((w, i) => Math.max(0, w - Math.min((least[i] ?? 0) + pad + 1, w)));
  const available = spare.reduce((a, b) => a + b, 0);
  const given = Math.min(lacking, available);
  return wanted.map((w, i) => {
    const gain = ((floors[i] ?? 0) / lacking) * given;
    const loss = available > 0 ? ((spare[i] ?? 0) / available) * given : 0;
    return w + gain - loss;
  });
}

function longest(setter: Typesetter, text: string, type: Type, limit: number): number {
  let most = 0;
  for (const word of clean(text).split(/[ \n]+/)) {
    if (word.length <= limit) most = Math.max(most, (setter.word(type.face, word).width * type.size) / 1000);
  }
  return most;
}
