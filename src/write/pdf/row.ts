import type { TableRow } from '../../document.ts';
import { type CellLine, heightOf, paintLines } from './cell.ts';
import type { Strip } from './flow.ts';
import { anchorAt, type Frame, type Setting } from './setting.ts';
import { color, type Type, tones } from './style.ts';
import type { Node } from './tree.ts';

/** How the rows of a table look. */
export interface RowLook {
  type: Type;
  padX: number;
  padY: number;
  frame: Frame;
  xs: number[];
  widths: number[];
}

type Row = Extract<TableRow, { kind: 'row' }>;
type Ranges = [number, number][];

/** A table row as a strip; a tall one can be torn between lines, a low one moves to the next page whole. */
export function rowStrip(
  setting: Setting,
  table: Node,
  row: Row,
  lines: CellLine[][],
  look: RowLook,
  head: NonNullable<Strip['head']>,
): Strip {
  const { tree } = setting;
  const { frame, padX, padY } = look;
  const tr = tree.add(table, 'TR');
  const owners = lines.map((_, i) =>
    row.cells[i]?.rowHeader ? tree.add(tr, 'TH', '/A<</O/Table/Scope/Row>>') : tree.add(tr, 'TD'),
  );
  // A cell of several paragraphs says where one ends; a cell of one needs no more than itself.
  const inner: Node[] = [];
  const paragraphs = owners.map((owner, i) => {
    const first = lines[i]?.[0]?.paragraph;
    if (lines[i]?.every((line) => line.paragraph === first)) return () => owner;
    const nodes = new Map<number, Node>();
    return (paragraph: number) => {
      let node = nodes.get(paragraph);
      if (!node) {
        node = tree.add(owner, 'P');
        nodes.set(paragraph, node);
        inner.push(node);
      }
      return node;
    };
  });
  return slice(
    lines.map((all) => [0, all.length]),
    false,
  );

  function slice(ranges: Ranges, isContinued: boolean): Strip {
    const most = Math.max(...lines.map((all, i) => heightOf(all, ...(ranges[i] as [number, number]))), look.type.leading);
    const height = most + padY * 2;
    return {
      height,
      before: 0,
      head,
      paint(page, top) {
        if (!isContinued) anchorAt(setting, row.anchor, page, top);
        if (row.tone) {
          page.fill(frame.x, top, frame.width, height, tones[row.tone].wash);
          page.fill(frame.x, top, 2.4, height, tones[row.tone].solid);
        }
        page.fill(frame.x, top + height - 0.4, frame.width, 0.4, color.hairline);
        lines.forEach((all, i) => {
          const box = { x: (look.xs[i] ?? 0) + padX, width: (look.widths[i] ?? 0) - padX * 2, top: top + padY };
          const cell = row.cells[i];
          const range = ranges[i] as [number, number];
          if (isContinued && cell?.rowHeader && range[0] >= all.length && heightOf(all, 0, all.length) <= most) {
            // The id of a row that goes on is printed again, for eyes only.
            paintLines(page, all, [0, all.length], box, look.type, cell.align, () => 'artifact');
          } else paintLines(page, all, range, box, look.type, cell?.align, paragraphs[i] as (paragraph: number) => Node);
        });
        if (ranges.every(([, to], i) => to === lines[i]?.length)) {
          page.rest();
          for (const node of [...inner, ...owners, tr]) tree.close(node);
        }
      },
      split(room, full) {
        if (height <= full / 3) return undefined;
        const space = room - padY * 2;
        const least = full === 0 ? 1 : 2;
        let moved = false;
        let rest = false;
        const cuts = lines.map((all, i) => {
          const [from, to] = ranges[i] as [number, number];
          let cut = from;
          while (cut < to && heightOf(all, from, cut + 1) <= space + 0.01) cut++;
          // No single line is left alone at the foot or the head of a page.
          if (cut < to && to - cut < least && to - from >= least * 2) cut = to - least;
          if (cut < to && cut - from < least && full !== 0) cut = from;
          if (cut > from) moved = true;
          if (cut < to) rest = true;
          return cut;
        });
        if (!moved || !rest) return undefined;
        return [
          slice(
            ranges.map(([from], i) => [from, cuts[i] as number]),
            isContinued,
          ),
          slice(
            ranges.map(([, to], i) => [cuts[i] as number, to]),
            true,
          ),
        ];
      },
    };
  }
}
