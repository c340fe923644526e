import type { Page } from './page.ts';
import type { Legend } from './pattern.ts';
import type { Frame, Setting } from './setting.ts';
import { type as types } from './style.ts';
import { number as n, text } from './syntax.ts';
import { clean, type Line } from './text.ts';
import type { Node } from './tree.ts';

/** What charts and grids have alike: a figure with a title, words for readers who cannot see it, and a legend. */
export interface FigureHead {
  node: Node;
  title: Line[];
  titleHeight: number;
  alt: string;
  legend: Legend;
  /** Height of the whole figure. */
  height: number;
}

/** Puts title and legend on the page and gives the figure its words and its place; returns where its picture begins. */
export function paintFigureHead(setting: Setting, page: Page, frame: Frame, top: number, head: FigureHead): number {
  const { node, title, titleHeight, alt, legend, height } = head;
  const caption = title.length > 0 ? setting.tree.add(node, 'Caption') : node;
  const bottom = page.sheet.height - top - height;
  node.entries =
    `/Alt ${text(clean(alt))}/A<</O/Layout/Placement/Block/BBox[${n(frame.x)} ${n(bottom)} ` +
    `${n(frame.x + frame.width)} ${n(bottom + height)}]>>`;
  title.forEach((line, i) => {
    page.text(caption, line, frame.x, top + 10 + i * types.h3.leading);
  });
  legend.paint(page, frame.x, top + titleHeight, node);
  return top + titleHeight + legend.height + 6;
}
