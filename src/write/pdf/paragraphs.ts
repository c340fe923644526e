import type { Heading, Paragraph } from '../../document.ts';
import type { Strip } from './flow.ts';
import type { Page } from './page.ts';
import { anchorAt, type Frame, type Setting } from './setting.ts';
import { type Type, type as types } from './style.ts';
import { type Inked, inkRuns, type Line, wrap } from './text.ts';
import type { Node } from './tree.ts';

/** Lines as a strip that may be torn, though never with a single line left on either side. */
export function linesStrip(node: Node | 'artifact', lines: Line[], style: Type, frame: Frame, before: number): Strip {
  return {
    height: lines.length * style.leading,
    before,
    paint(page, top) {
      lines.forEach((line, i) => {
        page.text(node, line, frame.x, top + i * style.leading + baselineOf(style));
      });
    },
    split(room, full) {
      let fit = Math.floor((room + 0.01) / style.leading);
      const least = full === 0 ? 1 : 2;
      if (lines.length - fit < least) fit = lines.length - least;
      if (fit < least) return undefined;
      return [
        linesStrip(node, lines.slice(0, fit), style, frame, before),
        linesStrip(node, lines.slice(fit), style, frame, before),
      ];
    },
  };
}

/** How far under the top of its line a style's baseline lies. */
export function baselineOf(style: Type): number {
  return (style.leading - style.size) / 2 + style.size * 0.81;
}

/** Text in one ink. */
export function plainText(text: string, style: Type, color = style.color): Inked[] {
  return [{ text, ink: { face: style.face, size: style.size, color } }];
}

/** Sets a paragraph. */
export function* paragraphStrips(setting: Setting, parent: Node, block: Paragraph, frame: Frame): Generator<Strip> {
  const style = block.style ? types[block.style] : types.body;
  // A measure beyond some ninety letters is hard to read.
  const measure = Math.min(frame.width, style.size * 52);
  const lines = wrap(setting.setter, inkRuns(block.runs, style, setting.leads), measure);
  if (lines.length === 0) return;
  const before = block.style === 'lead' ? 8 : block.style === 'small' ? 5 : 7;
  yield linesStrip(setting.tree.add(parent, 'P'), lines, style, frame, before);
}

const SPACE_ABOVE = { 1: 0, 2: 24, 3: 16 };

/** Sets a heading, which stays with what follows it. */
export function* headingStrips(
  setting: Setting,
  parent: Node,
  block: Heading,
  frame: Frame,
  level: 1 | 2 | 3,
  placed?: (page: Page, top: number) => void,
): Generator<Strip> {
  const style = types[`h${level}`];
  const lines = wrap(setting.setter, plainText(block.text, style, level === 1 ? setting.accent[0] : style.color), frame.width);
  const node = setting.tree.add(parent, `H${level}`);
  const strip = linesStrip(node, lines, style, frame, SPACE_ABOVE[level]);
  yield {
    ...strip,
    height: strip.height + (level === 1 ? 8 : 2),
    keep: true,
    split: undefined,
    paint(page, top, gap) {
      strip.paint(page, top, gap);
      anchorAt(setting, block.anchor, page, top);
      placed?.(page, top);
    },
  } as Strip;
}
