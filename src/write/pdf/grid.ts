import type { GridFigure, Tone } from '../../document.ts';
import { cutLines } from './cut.ts';
import { paintFigureHead } from './figure.ts';
import type { Strip } from './flow.ts';
import { legendOf } from './legend.ts';
import { plainText } from './paragraphs.ts';
import { fillToned } from './pattern.ts';
import type { Frame, Setting } from './setting.ts';
import { color, type Type, tones, type as types } from './style.ts';
import { type Line, wrap } from './text.ts';
import type { Node } from './tree.ts';

const CELL: Type = { ...types.label, size: 8, leading: 10 };
const HEAD: Type = { ...types.label, face: 'bold', size: 8, leading: 10 };
const BASE = 7.9;
const FEWEST_ROWS = 3;
const LEAST_COLUMN = 70;
const MOST_LINES = 6;

/** Draws colored cells with words in them; a wide grid goes on in further figures, some columns each. */
export function* gridStrips(setting: Setting, parent: Node, grid: GridFigure, frame: Frame): Generator<Strip> {
  const labelWidth = Math.min(120, frame.width * 0.24);
  const most = Math.max(1, Math.floor((frame.width - labelWidth) / LEAST_COLUMN));
  const panels = Math.max(1, Math.ceil(grid.columns.length / most));
  const perPanel = Math.max(1, Math.ceil(grid.columns.length / panels));
  for (let from = 0; from === 0 || from < grid.columns.length; from += perPanel) {
    const rows = grid.rows.map((row) => ({ ...row, cells: row.cells.slice(from, from + perPanel) }));
    const panel = { ...grid, columns: grid.columns.slice(from, from + perPanel), rows };
    yield panelStrip(setting, parent, panel, frame, labelWidth, from === 0);
  }
}

function panelStrip(
  setting: Setting,
  parent: Node,
  grid: GridFigure,
  frame: Frame,
  labelWidth: number,
  isFirst: boolean,
  known?: Node,
): Strip {
  const { setter, tree } = setting;
  const node = known ?? tree.add(parent, 'Figure');
  const title = isFirst && grid.title ? wrap(setter, plainText(grid.title, types.h3), frame.width) : [];
  const legend = legendOf(setting, isFirst ? grid.legend : [], frame.width);
  const width = (frame.width - labelWidth) / Math.max(1, grid.columns.length);
  const heads = grid.columns.map((column) => cutLines(setting, column, HEAD, width - 8, MOST_LINES));
  const headHeight = Math.max(1, ...heads.map((lines) => lines.length)) * HEAD.leading + 6;
  // Few words fill many cells.
  const remembered = new Map<string, Line[]>();
  const linesOf = (cell: { text: string; tone: Tone }): Line[] => {
    const key = `${cell.tone} ${cell.text}`;
    let lines = remembered.get(key);
    if (!lines) {
      lines = wrap(setter, plainText(cell.text, CELL, tones[cell.tone].ink), width - 14);
      remembered.set(key, lines);
    }
    return lines;
  };
  const rows = grid.rows.map((row) => {
    const label = cutLines(setting, row.label, HEAD, labelWidth - 8, MOST_LINES);
    const cells = row.cells.map((cell) => ({ lines: linesOf(cell), tone: cell.tone }));
    const most = Math.max(1, label.length, ...cells.map((cell) => cell.lines.length));
    return { label, cells, height: most * CELL.leading + 10 };
  });
  const titleHeight = title.length * types.h3.leading + (title.length > 0 ? 4 : 0);
  const height = titleHeight + legend.height + 6 + headHeight + rows.reduce((sum, row) => sum + row.height + 1.5, 0) + 6;
  return {
    height,
    before: 14,
    split(room, full) {
      // A picture that fits a page is not torn.
      if (height <= full) return undefined;
      let fits = 0;
      let used = height - rows.reduce((sum, row) => sum + row.height + 1.5, 0);
      for (const row of rows) {
        used += row.height + 1.5;
        if (used > room) break;
        fits++;
      }
      fits = Math.min(fits, rows.length - FEWEST_ROWS);
      if (fits < FEWEST_ROWS) return undefined;
      return [
        panelStrip(setting, parent, { ...grid, rows: grid.rows.slice(0, fits) }, frame, labelWidth, isFirst, node),
        panelStrip(setting, parent, { ...grid, rows: grid.rows.slice(fits) }, frame, labelWidth, false),
      ];
    },
    paint(page, top) {
      const alt = isFirst ? `${grid.title}. ${grid.alt}` : `${grid.title} (${grid.columns.join(', ')}). ${grid.alt}`;
      let y = paintFigureHead(setting, page, frame, top, { node, title, titleHeight, alt, legend, height });
      heads.forEach((lines, i) => {
        const start = y + headHeight - 4 - lines.length * HEAD.leading;
        lines.forEach((line, k) => {
          page.text(node, line, frame.x + labelWidth + i * width + 8, start + k * HEAD.leading + BASE);
        });
      });
      y += headHeight;
      page.fill(frame.x, y - 0.8, frame.width, 0.8, color.rule, node);
      y += 1.2;
      for (const row of rows) {
        row.label.forEach((line, k) => {
          page.text(node, line, frame.x, y + (row.height - row.label.length * HEAD.leading) / 2 + k * HEAD.leading + BASE);
        });
        row.cells.forEach((cell, i) => {
          const x = frame.x + labelWidth + i * width;
          page.fill(x, y, width - 1.5, row.height, tones[cell.tone].ground, node);
          fillToned(page, x, y, 4, row.height, cell.tone, node);
          const start = y + (row.height - cell.lines.length * CELL.leading) / 2;
          cell.lines.forEach((line, k) => {
            page.text(node, line, x + 8, start + k * CELL.leading + BASE);
          });
        });
        y += row.height + 1.5;
      }
    },
  };
}
