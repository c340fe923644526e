import type { Badge, Cell } from '../../document.ts';
import type { Page } from './page.ts';
import { baselineOf, plainText } from './paragraphs.ts';
import type { Setting } from './setting.ts';
import { type Type, tones } from './style.ts';
import { inkRuns, type Line, wrap } from './text.ts';
import type { Node } from './tree.ts';

/** One line of a cell: of text, or of badges. Cells are torn between these. */
export interface CellLine {
  height: number;
  gap: number;
  /** Which paragraph it belongs to; badges are paragraph -1. */
  paragraph: number;
  line?: Line;
  badges?: PlacedBadge[];
}
interface PlacedBadge {
  x: number;
  width: number;
  height: number;
  lines: Line[];
  ground: string;
  bar: string;
}

const BADGE_PAD = 4;
const PARAGRAPH_GAP = 3;
const NOTICED = 5000;
const REMEMBERED = 500;
const MOST_BADGE_LINES = 5;

/** Sets cells for a width and remembers those that say the same. */
export class CellSetter {
  readonly #setting: Setting;
  readonly #type: Type;
  readonly #bold: Type;
  readonly #seen = new Set<string>();
  readonly #known = new Map<string, CellLine[]>();

  constructor(setting: Setting, type: Type, bold: Type) {
    this.#setting = setting;
    this.#type = type;
    this.#bold = { ...type, face: bold.face };
  }

  set(cell: Cell, width: number): CellLine[] {
    const only = cell.paragraphs.length === 1 && cell.paragraphs[0]?.length === 1 ? cell.paragraphs[0][0] : undefined;
    if (!only || cell.badges?.length || only.link || only.bold || only.italic || only.code) return this.#compose(cell, width);
    // Text that comes once is set and forgotten: only what came before is worth remembering.
    if (!this.#seen.has(only.text)) {
      if (this.#seen.size >= NOTICED) this.#seen.clear();
      this.#seen.add(only.text);
      return this.#compose(cell, width);
    }
    const key = `${width}|${isStrong(cell) ? 1 : 0}|${only.text}`;
    let lines = this.#known.get(key);
    if (!lines) {
      lines = this.#compose(cell, width);
      if (this.#known.size >= REMEMBERED) this.#known.clear();
      this.#known.set(key, lines);
    }
    return lines;
  }

  #compose(cell: Cell, width: number): CellLine[] {
    const { setter, leads } = this.#setting;
    const type = isStrong(cell) ? this.#bold : this.#type;
    const lines: CellLine[] = cell.badges?.length ? this.#badges(cell.badges, width) : [];
    for (const [paragraph, runs] of cell.paragraphs.entries()) {
      let gap = lines.length > 0 ? PARAGRAPH_GAP : 0;
      for (const line of wrap(setter, inkRuns(runs, type, leads), width)) {
        lines.push({ height: type.leading, gap, paragraph, line });
        gap = 0;
      }
    }
    return lines;
  }

  #badges(badges: Badge[], width: number): CellLine[] {
    const rows: CellLine[] = [];
    const type = { ...this.#bold, size: this.#bold.size * 0.92 };
    const leading = type.size * 1.22;
    let x = 0;
    let row: CellLine | undefined;
    for (const badge of badges) {
      const shades = tones[badge.tone];
      const lines = wrap(this.#setting.setter, plainText(badge.text, type, shades.ink), width - BADGE_PAD * 2 - 2);
      if (lines.length > MOST_BADGE_LINES) {
        // Not a badge but a text: it must be able to run over pages.
        rows.push(...lines.map((line) => ({ height: type.leading, gap: 0, paragraph: -1, line })));
        row = undefined;
        continue;
      }
      const wide = Math.min(width, Math.max(...lines.map((line) => line.width), 0) + BADGE_PAD * 2 + 2);
      const placed = { x, width: wide, height: lines.length * leading + 2.6, lines, ground: shades.ground, bar: shades.solid };
      if (!row || x + wide > width + 0.01) {
        placed.x = 0;
        row = { height: 0, gap: rows.length > 0 ? 2 : 0, paragraph: -1, badges: [] };
        rows.push(row);
      }
      row.badges?.push(placed);
      row.height = Math.max(row.height, placed.height);
      x = placed.x + wide + 3;
    }
    return rows;
  }
}

/** The header of a row is set in bold throughout, unless its runs say themselves which of them stand out. */
export function isStrong(cell: Cell): boolean {
  return cell.rowHeader === true && !cell.paragraphs.some((runs) => runs.some((run) => run.bold));
}

/** Height of a stretch of a cell's lines. */
export function heightOf(lines: CellLine[], from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) {
    const line = lines[i] as CellLine;
    sum += line.height + (i === from ? 0 : line.gap);
  }
  return sum;
}

/** Paints a stretch of a cell's lines; each paragraph has its element. */
export function paintLines(
  page: Page,
  lines: CellLine[],
  [from, to]: [number, number],
  box: { x: number; width: number; top: number },
  type: Type,
  align: Cell['align'],
  ownerOf: (paragraph: number) => Node | 'artifact',
): void {
  const base = baselineOf(type);
  const slack = align === 'right' ? 1 : align === 'center' ? 0.5 : 0;
  let y = box.top;
  for (let i = from; i < to; i++) {
    const entry = lines[i] as CellLine;
    if (i > from) y += entry.gap;
    const owner = ownerOf(entry.paragraph);
    if (entry.line) page.text(owner, entry.line, box.x + (box.width - entry.line.width) * slack, y + base);
    if (entry.badges) paintBadges(page, entry.badges, owner, box, y, type, slack);
    y += entry.height;
  }
}

function paintBadges(
  page: Page,
  badges: PlacedBadge[],
  owner: Node | 'artifact',
  box: { x: number; width: number },
  top: number,
  type: Type,
  slack: number,
): void {
  const end = badges.at(-1);
  const offset = end ? (box.width - end.x - end.width) * slack : 0;
  for (const badge of badges) {
    const x = box.x + badge.x + offset;
    page.fill(x, top, badge.width, badge.height, badge.ground);
    page.fill(x, top, 2, badge.height, badge.bar);
    badge.lines.forEach((line, k) => {
      const size = line.spans[0]?.ink.size ?? type.size;
      page.text(owner, line, x + BADGE_PAD + 2, top + 1.3 + k * size * 1.22 + size * 0.94);
    });
  }
}
