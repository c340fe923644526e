import type { Tone } from '../../document.ts';
import { plainText } from './paragraphs.ts';
import { fillToned, type Legend } from './pattern.ts';
import type { Setting } from './setting.ts';
import { type as types } from './style.ts';
import { type Line, wrap } from './text.ts';

const MARK = 10;
const LEADING = 14;

/** Sets a legend: for each tone its mark with its pattern, and its word. */
export function legendOf(setting: Setting, entries: { label: string; tone: Tone }[], width: number): Legend {
  let x = 0;
  let y = 0;
  const placed: { x: number; y: number; line: Line; tone: Tone }[] = [];
  for (const entry of entries) {
    const lines = wrap(setting.setter, plainText(entry.label, types.label), width - MARK - 6);
    const wide = MARK + 5 + Math.max(0, ...lines.map((line) => line.width));
    if (x > 0 && x + wide > width) {
      x = 0;
      y += LEADING;
    }
    lines.forEach((line, i) => {
      placed.push({ x, y: y + i * LEADING, line, tone: entry.tone });
    });
    y += Math.max(0, lines.length - 1) * LEADING;
    x += wide + 16;
  }
  return {
    height: entries.length > 0 ? y + LEADING : 0,
    paint(page, left, top, owner) {
      for (const mark of placed) {
        fillToned(page, left + mark.x, top + mark.y + 1.5, MARK, MARK, mark.tone, owner);
        page.text(owner, mark.line, left + mark.x + MARK + 5, top + mark.y + 9.4);
      }
    },
  };
}
