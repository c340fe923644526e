import type { Strip } from './flow.ts';
import type { Page } from './page.ts';
import { baselineOf, plainText } from './paragraphs.ts';
import type { Frame, Setting } from './setting.ts';
import { type Type, type as types } from './style.ts';
import { number as n } from './syntax.ts';
import { type Ink, wrap } from './text.ts';
import type { Node } from './tree.ts';

/** A line of the contents and of the bookmarks. */
export interface Entry {
  title: string;
  level: 1 | 2;
  /** Name of the place it leads to. */
  anchor: string;
  page?: number;
  top?: number;
}

const FIRST: Type = { ...types.body, face: 'bold', leading: 15 };
const SECOND: Type = { ...types.body, size: 9, leading: 13.5 };

/** Sets the contents with dotted leaders; page numbers are asked for when the strip is painted. */
export function* contentsStrips(setting: Setting, parent: Node, entries: Entry[], frame: Frame): Generator<Strip> {
  const { setter, tree } = setting;
  const toc = tree.add(parent, 'TOC');
  let inner: Node | undefined;
  for (const [i, entry] of entries.entries()) {
    if (entry.level === 1) inner = undefined;
    else inner ??= tree.add(toc, 'TOC');
    const style = entry.level === 1 ? FIRST : SECOND;
    const x = frame.x + (entry.level === 1 ? 0 : 16);
    const item = tree.add(tree.add(inner ?? toc, 'TOCI'), 'Reference');
    const link = tree.add(item, 'Link');
    const ink: Ink = { face: style.face, size: style.size, color: style.color };
    const lines = wrap(setter, [{ text: entry.title, ink }], frame.width - (x - frame.x) - 44);
    const height = lines.length * style.leading;
    yield {
      height,
      before: entry.level === 1 ? 7 : 1.5,
      keep: entry.level === 1 && entries[i + 1]?.level === 2,
      paint(page, top) {
        const number = wrap(setter, plainText(String((entry.page ?? 0) + 1), style), 40)[0];
        const last = lines.at(-1);
        if (!number || !last) return;
        const end = frame.x + frame.width;
        lines.forEach((line, k) => {
          page.text(link, line, x, top + k * style.leading + baselineOf(style));
        });
        const base = top + (lines.length - 1) * style.leading + baselineOf(style);
        leader(page, x + last.width + 6, end - number.width - 6, page.sheet.height - base);
        page.text(link, number, end - number.width, base);
        page.link(link, [x, top, end - x, height], `#${entry.anchor}`, entry.title);
      },
    };
  }
}

/** Dots on a common grid, so that they stand in columns down the page. */
function leader(page: Page, from: number, to: number, y: number): void {
  const first = Math.ceil(from / 4.5) * 4.5;
  if (first < to)
    page.draw(`q 0.8 w 1 J [0 4.5] 0 d ${types.small.color} RG ${n(first)} ${n(y)} m ${n(to)} ${n(y)} l S Q`, types.small.color);
}
