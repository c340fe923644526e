import type { Figures } from '../../document.ts';
import type { Strip } from './flow.ts';
import { baselineOf, plainText } from './paragraphs.ts';
import type { Frame, Setting } from './setting.ts';
import { color, type Type, tones, type as types } from './style.ts';
import { wrap } from './text.ts';
import type { Node } from './tree.ts';

const GAP = 18;

/** Sets large numbers side by side, each under a bar of its tone. */
export function* figuresStrips(setting: Setting, parent: Node, block: Figures, frame: Frame): Generator<Strip> {
  if (block.items.length === 0) return;
  const most = Math.max(1, Math.floor((frame.width + GAP) / (104 + GAP)));
  const rows = Math.ceil(block.items.length / most);
  const perRow = Math.ceil(block.items.length / rows);
  const width = (frame.width - GAP * (perRow - 1)) / perRow;
  const value: Type = { face: 'light', size: 27, leading: 33, color: color.ink };
  const label: Type = { ...types.label, face: 'bold', size: 8.5, leading: 11.5 };
  for (let from = 0; from < block.items.length; from += perRow) {
    const items = block.items.slice(from, from + perRow).map((item) => {
      const node = setting.tree.add(parent, 'P');
      return {
        node,
        tone: tones[item.tone],
        stacks: [
          { style: value, lines: wrap(setting.setter, plainText(item.value, value, tones[item.tone].ink), width) },
          { style: label, lines: wrap(setting.setter, plainText(item.label, label), width) },
          { style: types.small, lines: wrap(setting.setter, plainText(item.detail ?? '', types.small), width) },
        ],
      };
    });
    const height = Math.max(...items.map((item) => item.stacks.reduce((sum, s) => sum + s.lines.length * s.style.leading, 0)));
    yield {
      height: height + 10,
      before: 12,
      paint(page, top) {
        items.forEach((item, i) => {
          const x = frame.x + i * (width + GAP);
          page.fill(x, top, width, 0.5, color.hairline);
          page.fill(x, top, 34, 2.6, item.tone.solid);
          let y = top + 7;
          for (const { lines, style } of item.stacks) {
            for (const line of lines) {
              page.text(item.node, line, x, y + baselineOf(style));
              y += style.leading;
            }
          }
        });
      },
    };
  }
}
