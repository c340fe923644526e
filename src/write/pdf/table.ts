import type { Cell, Column, Table, TableRow } from '../../document.ts';
import { type CellLine, CellSetter } from './cell.ts';
import { columnWidths } from './columns.ts';
import type { Strip } from './flow.ts';
import type { Page } from './page.ts';
import { baselineOf, linesStrip, plainText } from './paragraphs.ts';
import { type RowLook, rowStrip } from './row.ts';
import type { Frame, Setting } from './setting.ts';
import { color, type Type, type as types } from './style.ts';
import { type Line, wrap } from './text.ts';
import type { Node } from './tree.ts';

/** Sets a table: caption, a header that every page repeats, bands, rows. */
export function* tableStrips(setting: Setting, parent: Node, table: Table, frame: Frame): Generator<Strip> {
  if (table.columns.length === 0) return;
  const look: RowLook = table.dense
    ? { type: types.dense, padX: 3.5, padY: 2.6, frame, xs: [], widths: [] }
    : { type: types.cell, padX: 5, padY: 4.2, frame, xs: [], widths: [] };
  const headType: Type = table.dense ? types.denseHead : types.cellHead;
  look.widths = columnWidths(setting.setter, table, frame.width, look.padX * 2, look.type, headType);
  let x = frame.x;
  for (const width of look.widths) {
    look.xs.push(x);
    x += width;
  }
  const node = setting.tree.add(parent, 'Table');
  const cells = new CellSetter(setting, look.type, headType);

  yield { height: 4, before: 8, keep: true, paint() {} };
  if (table.caption) {
    const caption = setting.tree.add(node, 'Caption');
    const lines = wrap(setting.setter, plainText(table.caption, types.caption), frame.width);
    const strip = linesStrip(caption, lines, types.caption, frame, 0);
    yield { height: strip.height + 4, before: 0, keep: true, paint: strip.paint };
  }
  const first = table.rows.find((row) => row.kind === 'row');
  const aligns = table.columns.map((_, i) => (first?.kind === 'row' ? first.cells[i]?.align : undefined));
  const header = headerOf(setting, node, table.columns, look, headType, aligns);
  yield header.strip;

  let band: Head | undefined;
  for (const row of table.rows) {
    if (row.kind === 'group') {
      const group = bandOf(setting, node, row, look, table.columns.length);
      band = row.level === 1 || !band ? group.head : band;
      yield { ...group.strip, head: header.head };
      continue;
    }
    if (row.cells.length > table.columns.length) {
      throw new Error(`table "${table.caption}": a row has ${row.cells.length} cells for ${table.columns.length} columns`);
    }
    const lines = look.widths.map((width, i) => {
      const cell = row.cells[i];
      return cell ? cells.set(cell, width - look.padX * 2) : [];
    });
    yield rowStrip(setting, node, row, lines, look, band ? stack(header.head, band) : header.head);
  }
  if (table.rows.length === 0) {
    const lines: CellLine[][] = look.widths.map((width, i) =>
      i === 0 ? cells.set({ paragraphs: [[{ text: '—' }]] }, width - look.padX * 2) : [],
    );
    yield rowStrip(setting, node, { kind: 'row', cells: [] }, lines, look, header.head);
  }
  yield { height: 8, before: 0, paint() {} };
}

type Head = NonNullable<Strip['head']>;

/** One head above the other. */
function stack(upper: Head, lower: Head): Head {
  return {
    height: upper.height + lower.height,
    paint(page, top) {
      upper.paint(page, top);
      lower.paint(page, top + upper.height);
    },
  };
}

function headerOf(
  setting: Setting,
  table: Node,
  columns: Column[],
  look: RowLook,
  type: Type,
  aligns: Cell['align'][],
): { strip: Strip; head: Head } {
  const { frame, padX, padY } = look;
  const cells = columns.map((column, i) => wrap(setting.setter, plainText(column.title, type), (look.widths[i] ?? 0) - padX * 2));
  const height = Math.max(...cells.map((lines) => lines.length), 1) * type.leading + padY * 2;
  const paint = (page: Page, top: number, owners: Node[] | undefined) => {
    page.fill(frame.x, top, frame.width, height, color.band);
    page.fill(frame.x, top, frame.width, 1, color.rule);
    page.fill(frame.x, top + height - 0.6, frame.width, 0.6, color.rule);
    cells.forEach((lines, i) => {
      // Short titles stand on the line above the rows, as in a ledger.
      const start = top + height - padY - lines.length * type.leading + baselineOf(type);
      lines.forEach((line, k) => {
        const slack = (look.widths[i] ?? 0) - padX * 2 - line.width;
        const x = (look.xs[i] ?? 0) + padX + slack * (aligns[i] === 'right' ? 1 : aligns[i] === 'center' ? 0.5 : 0);
        page.text(owners?.[i] ?? 'artifact', line, x, start + k * type.leading);
      });
    });
  };
  const row = setting.tree.add(table, 'TR');
  const owners = columns.map(() => setting.tree.add(row, 'TH', '/A<</O/Table/Scope/Column>>'));
  return {
    strip: { height, before: 0, keep: true, paint: (page, top) => paint(page, top, owners) },
    head: { height, paint: (page, top) => paint(page, top, undefined) },
  };
}

function bandOf(
  setting: Setting,
  table: Node,
  row: Extract<TableRow, { kind: 'group' }>,
  look: RowLook,
  span: number,
): { strip: Strip; head: Head } {
  const { frame, padX, padY, type } = look;
  const bold: Type = { ...type, face: 'bold', size: type.size + (row.level === 1 ? 0.6 : 0), leading: type.leading + 0.6 };
  const width = frame.width - padX * 2;
  const title = wrap(setting.setter, plainText(row.title, bold, row.level === 1 ? setting.accent[0] : color.ink), width);
  const detail = row.detail ? wrap(setting.setter, plainText(row.detail, type, color.soft), width) : [];
  const pad = padY + 0.6;
  const lead = row.level === 1 ? 3 : 0;
  const paint = (page: Page, top: number, owner: Node | 'artifact', details: Line[]) => {
    const height = title.length * bold.leading + details.length * type.leading + pad * 2;
    page.fill(frame.x, top + lead, frame.width, height, row.level === 1 ? color.ground : color.white);
    page.fill(frame.x, top + lead + height - 0.5, frame.width, 0.5, row.level === 1 ? setting.accent[0] : color.hairline);
    title.forEach((line, i) => {
      page.text(owner, line, frame.x + padX, top + lead + pad + i * bold.leading + baselineOf(bold));
    });
    const start = top + lead + pad + title.length * bold.leading;
    details.forEach((line, i) => {
      page.text(owner, line, frame.x + padX, start + i * type.leading + baselineOf(type));
    });
  };
  const tr = setting.tree.add(table, 'TR');
  const th = setting.tree.add(tr, 'TH', `/A<</O/Table/Scope/Column${span > 1 ? `/ColSpan ${span}` : ''}>>`);
  const height = title.length * bold.leading + pad * 2 + lead;
  return {
    strip: {
      height: height + detail.length * type.leading,
      before: 0,
      keep: true,
      paint: (page, top) => paint(page, top, th, detail),
    },
    head: { height, paint: (page, top) => paint(page, top, 'artifact', []) },
  };
}
