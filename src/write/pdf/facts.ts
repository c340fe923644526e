import type { Facts } from '../../document.ts';
import type { Strip } from './flow.ts';
import { baselineOf, linesStrip, plainText } from './paragraphs.ts';
import type { Frame, Setting } from './setting.ts';
import { color, type as types } from './style.ts';
import { inkRuns, wrap } from './text.ts';
import type { Node } from './tree.ts';

/** Sets terms in a narrow column with their details beside them, between hairlines. */
export function* factsStrips(setting: Setting, parent: Node, block: Facts, frame: Frame): Generator<Strip> {
  if (block.items.length === 0) return;
  const style = types.body;
  const termType = { ...types.small, leading: style.leading, size: 8.5 };
  const termWidth = Math.min(frame.width * 0.32, 150);
  const inner: Frame = { x: frame.x + termWidth + 12, width: frame.width - termWidth - 12 };
  const list = setting.tree.add(parent, 'L', '/A<</O/List/ListNumbering/None>>');
  yield { height: 0, before: 8, keep: true, paint() {} };
  for (const [i, item] of block.items.entries()) {
    const li = setting.tree.add(list, 'LI');
    const label = setting.tree.add(li, 'Lbl');
    const body = setting.tree.add(li, 'LBody');
    const term = wrap(setting.setter, plainText(item.term, termType), termWidth);
    const lines = wrap(setting.setter, inkRuns(item.detail, style, setting.leads), inner.width);
    yield row(linesStrip(body, lines, style, inner, 0), i === 0);

    function row(detail: Strip, isFirst: boolean, isStart = true): Strip {
      const height = Math.max(detail.height, isStart ? term.length * style.leading : 0) + 7;
      return {
        height,
        before: 0,
        paint(page, top, gap) {
          if (isFirst) page.fill(frame.x, top, frame.width, 0.5, color.hairline);
          page.fill(frame.x, top + height - 0.5, frame.width, 0.5, color.hairline);
          if (isStart) {
            term.forEach((line, k) => {
              page.text(label, line, frame.x, top + 3 + k * style.leading + baselineOf(style));
            });
          }
          detail.paint(page, top + 3, gap);
        },
        split(room, full) {
          const torn = detail.split?.(room - 7, full);
          return torn && [row(torn[0], isFirst, isStart), row(torn[1], false, false)];
        },
      };
    }
  }
  yield { height: 6, before: 0, paint() {} };
}
