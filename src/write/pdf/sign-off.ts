import type { SignOff } from '../../document.ts';
import type { Strip } from './flow.ts';
import { baselineOf, plainText } from './paragraphs.ts';
import type { Frame, Setting } from './setting.ts';
import { color, type as types } from './style.ts';
import { wrap } from './text.ts';
import type { Node } from './tree.ts';

/** Sets a place to sign for each signatory: a line for the hand, the name under it, and lines for place and date. */
export function* signOffStrips(setting: Setting, parent: Node, block: SignOff, frame: Frame): Generator<Strip> {
  const gap = 22;
  const small = (frame.width - gap * 2) * 0.25;
  const wide = frame.width - gap * 2 - small * 2;
  const fields = [
    { label: block.labels.signature, x: frame.x, width: wide },
    { label: block.labels.place, x: frame.x + wide + gap, width: small },
    { label: block.labels.date, x: frame.x + wide + small + gap * 2, width: small },
  ].map((field) => ({ ...field, lines: wrap(setting.setter, plainText(field.label, types.small), field.width) }));
  for (const signatory of block.lines) {
    const who = setting.tree.add(parent, 'P');
    const labels = fields.map(() => setting.tree.add(parent, 'P'));
    const name = wrap(setting.setter, plainText(signatory.name, types.h3), wide);
    const about = [signatory.title, signatory.role].filter((part): part is string => Boolean(part)).join(' · ');
    const title = wrap(setting.setter, plainText(about, types.small), wide);
    const room = 40;
    const labelHeight = Math.max(...fields.map((field) => field.lines.length)) * types.small.leading;
    const height = room + labelHeight + 2 + name.length * types.h3.leading + title.length * types.small.leading + 8;
    yield {
      height,
      before: 10,
      paint(page, top) {
        fields.forEach((field, i) => {
          page.fill(field.x, top + room, field.width, 0.7, color.rule);
          field.lines.forEach((line, k) => {
            page.text(labels[i] as Node, line, field.x, top + room + 2 + k * types.small.leading + baselineOf(types.small));
          });
        });
        let y = top + room + labelHeight + 3;
        for (const [lines, style] of [
          [name, types.h3],
          [title, types.small],
        ] as const) {
          for (const line of lines) {
            page.text(who, line, frame.x, y + baselineOf(style));
            y += style.leading;
          }
        }
      },
    };
  }
}
