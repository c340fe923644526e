import type { Block, Callout, Heading, List } from '../../document.ts';
import { barChartStrips } from './bar-chart.ts';
import { factsStrips } from './facts.ts';
import { figuresStrips } from './figures.ts';
import type { Strip } from './flow.ts';
import { gridStrips } from './grid.ts';
import type { Page } from './page.ts';
import { baselineOf, headingStrips, linesStrip, paragraphStrips, plainText } from './paragraphs.ts';
import type { Frame, Setting } from './setting.ts';
import { signOffStrips } from './sign-off.ts';
import { tones, type as types } from './style.ts';
import { tableStrips } from './table.ts';
import { wrap } from './text.ts';
import type { Node } from './tree.ts';

/** Is told where each heading came to stand. */
export type HeadingWatch = (block: Heading, level: 1 | 2 | 3) => ((page: Page, top: number) => void) | undefined;

/** Sets blocks one below the other. */
export function* blockStrips(
  setting: Setting,
  parent: Node,
  blocks: Block[],
  frame: Frame,
  watch?: HeadingWatch,
): Generator<Strip> {
  let depth = 1;
  for (const [i, block] of blocks.entries()) {
    if (block.kind === 'heading') {
      // A level must not be skipped: readers that list headings take a gap for a fault.
      const level = Math.min(block.level, depth + 1) as 1 | 2 | 3;
      depth = level;
      yield* headingStrips(setting, parent, block, frame, level, watch?.(block, level));
    } else if (block.kind === 'paragraph' && isLead(blocks[i - 1], blocks[i + 1])) {
      for (const strip of paragraphStrips(setting, parent, block, frame)) yield { ...strip, keep: true };
    } else yield* oneBlock(setting, parent, block, frame);
  }
}

/** Whether what stands between two blocks leads from a heading to a figure, and would be left behind with the heading alone. */
function isLead(before: Block | undefined, after: Block | undefined): boolean {
  return before?.kind === 'heading' && (after?.kind === 'grid' || after?.kind === 'bar-chart');
}

function oneBlock(setting: Setting, parent: Node, block: Exclude<Block, Heading>, frame: Frame): Iterable<Strip> {
  switch (block.kind) {
    case 'paragraph':
      return paragraphStrips(setting, parent, block, frame);
    case 'list':
      return listStrips(setting, parent, block, frame);
    case 'table':
      return tableStrips(setting, parent, block, frame);
    case 'bar-chart':
      return barChartStrips(setting, parent, block, frame);
    case 'grid':
      return gridStrips(setting, parent, block, frame);
    case 'figures':
      return figuresStrips(setting, parent, block, frame);
    case 'facts':
      return factsStrips(setting, parent, block, frame);
    case 'callout':
      return calloutStrips(setting, parent, block, frame);
    case 'sign-off':
      return signOffStrips(setting, parent, block, frame);
  }
}

function* listStrips(setting: Setting, parent: Node, block: List, frame: Frame): Generator<Strip> {
  if (block.items.length === 0) return;
  const style = types.body;
  const indent = block.ordered ? 12 + 5.6 * String(block.items.length).length : 14;
  const list = setting.tree.add(parent, 'L', `/A<</O/List/ListNumbering/${block.ordered ? 'Decimal' : 'Disc'}>>`);
  for (const [i, item] of block.items.entries()) {
    const li = setting.tree.add(list, 'LI');
    const label = setting.tree.add(li, 'Lbl');
    const body = setting.tree.add(li, 'LBody');
    const mark = wrap(setting.setter, plainText(block.ordered ? `${i + 1}.` : '•', style, types.small.color), indent);
    let isFirst = true;
    const inner = { x: frame.x + indent, width: frame.width - indent };
    for (const strip of blockStrips(setting, body, item, inner)) {
      if (!isFirst) {
        yield strip;
        continue;
      }
      isFirst = false;
      yield before(strip, i === 0 ? 5 : 3.5, (page, top) => {
        paintMark(page, top);
      });
    }
    if (isFirst) yield { height: style.leading, before: 3.5, paint: paintMark };

    function paintMark(page: Page, top: number) {
      for (const line of mark) page.text(label, line, frame.x + (block.ordered ? 0 : 3), top + baselineOf(style));
    }
  }
}

/** A strip with something painted before it, once, also when it is torn. */
function before(strip: Strip, space: number, paint: Strip['paint']): Strip {
  return {
    ...strip,
    before: space,
    paint(page, top, gap) {
      paint(page, top, gap);
      strip.paint(page, top, gap);
    },
    split(room, full) {
      const torn = strip.split?.(room, full);
      return torn && [before(torn[0], space, paint), torn[1]];
    },
  };
}

const PAD = 12;

function* calloutStrips(setting: Setting, parent: Node, block: Callout, frame: Frame): Generator<Strip> {
  const shades = tones[block.tone];
  const node = setting.tree.add(parent, 'Div');
  const inner = { x: frame.x + PAD + 5, width: frame.width - PAD * 2 - 5 };
  const strips: Strip[] = [{ height: PAD - 2, before: 12, paint() {} }];
  if (block.title) {
    const title = wrap(setting.setter, plainText(block.title, types.h3, shades.ink), inner.width);
    strips.push(linesStrip(setting.tree.add(node, 'P'), title, types.h3, inner, 0));
  }
  strips.push(...blockStrips(setting, node, block.blocks, inner));
  strips.push({ height: PAD, before: 0, paint() {} });
  const total = strips.reduce((sum, strip) => sum + strip.height + strip.before, 0);
  for (const [i, strip] of strips.entries()) {
    const isLast = i === strips.length - 1;
    yield framed({ ...strip, keep: !isLast && (total < 320 || i < 2 || i === strips.length - 2) }, i === 0);
  }
  yield { height: 6, before: 0, paint() {} };

  function framed(strip: Strip, isFirst: boolean): Strip {
    return {
      ...strip,
      paint(page, top, gap) {
        const above = isFirst ? 0 : gap;
        page.fill(frame.x, top - above, frame.width, strip.height + above, shades.wash);
        page.fill(frame.x, top - above, 3, strip.height + above, shades.solid);
        strip.paint(page, top, gap);
      },
      split(room, full) {
        const torn = strip.split?.(room, full);
        return torn && [framed(torn[0], isFirst), framed(torn[1], isFirst)];
      },
    };
  }
}
