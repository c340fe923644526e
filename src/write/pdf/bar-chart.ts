import type { BarChart } from '../../document.ts';
import { paintFigureHead } from './figure.ts';
import type { Strip } from './flow.ts';
import { legendOf } from './legend.ts';
import { plainText } from './paragraphs.ts';
import { fillToned } from './pattern.ts';
import type { Frame, Setting } from './setting.ts';
import { color, type Type, tones, type as types } from './style.ts';
import { clean, type Ink, type Line, wrap } from './text.ts';
import type { Node } from './tree.ts';

const BAR = 15;
const FEWEST_BARS = 3;

/** Draws horizontal bars of segments, each with its number; long charts go on in further figures. */
export function* barChartStrips(setting: Setting, parent: Node, chart: BarChart, frame: Frame): Generator<Strip> {
  const total = Math.max(1, ...chart.bars.map((bar) => bar.values.reduce((a, b) => a + Math.max(0, b), 0)));
  yield figure(setting, parent, chart, frame, total, true);
}

function figure(
  setting: Setting,
  parent: Node,
  chart: BarChart,
  frame: Frame,
  total: number,
  isFirst: boolean,
  known?: Node,
  cap = Number.POSITIVE_INFINITY,
): Strip {
  const { setter, tree } = setting;
  const node = known ?? tree.add(parent, 'Figure');
  const title = isFirst && chart.title ? wrap(setter, plainText(chart.title, types.h3), frame.width) : [];
  const legend = legendOf(setting, chart.segments, frame.width);
  const labelType: Type = types.label;
  const labelWidth = Math.min(frame.width * 0.34, 170);
  const sumType: Type = { ...types.label, face: 'bold' };
  const rows = chart.bars.map((bar) => {
    const ink: Ink = { face: labelType.face, size: labelType.size, color: labelType.color };
    if (bar.link && setting.leads(bar.link)) {
      ink.link = bar.link;
      ink.label = clean(bar.label);
      ink.color = color.link;
    }
    const lines = wrap(setter, [{ text: bar.label, ink }], labelWidth);
    const sum = bar.values.reduce((a, b) => a + Math.max(0, b), 0);
    return {
      bar,
      lines,
      height: Math.max(BAR, lines.length * labelType.leading) + 6,
      total: sum,
      sum: one(String(sum), sumType),
      beside: [] as Line[],
    };
  });
  const sumWidth = Math.max(0, ...rows.map((row) => row.sum.width)) + 8;
  const barX = frame.x + labelWidth + 10;
  const room = frame.width - labelWidth - 10 - sumWidth;
  // Parts of one chart keep one scale.
  let scale = Math.min(room / total, cap);
  // Numbers too wide for their segments stand beside the bar, which may need the bars to be shorter, which may move more of them.
  for (let i = 0; i < 4; i++) {
    for (const row of rows) {
      const beside = one(besideOf(row.bar.values, scale), types.small).width;
      if (row.total > 0) scale = Math.min(scale, Math.max(room * 0.5, room - beside - 10) / row.total);
    }
  }
  for (const row of rows) {
    row.beside = wrap(setter, plainText(besideOf(row.bar.values, scale), types.small), room - row.total * scale - 8);
    row.height = Math.max(row.height, row.beside.length * types.small.leading + 6);
  }
  const titleHeight = title.length * types.h3.leading + (title.length > 0 ? 4 : 0);
  const height = titleHeight + legend.height + 6 + rows.reduce((sum, row) => sum + row.height, 0) + 6;
  return {
    height,
    before: 14,
    split(room, full) {
      if (height <= full * 0.6) return undefined;
      let fits = 0;
      let used = height - rows.reduce((sum, row) => sum + row.height, 0);
      for (const row of rows) {
        used += row.height;
        if (used > room) break;
        fits++;
      }
      fits = Math.min(fits, rows.length - FEWEST_BARS);
      if (fits < FEWEST_BARS) return undefined;
      return [
        figure(setting, parent, { ...chart, bars: chart.bars.slice(0, fits) }, frame, total, isFirst, node, scale),
        figure(setting, parent, { ...chart, bars: chart.bars.slice(fits) }, frame, total, false, undefined, scale),
      ];
    },
    paint(page, top) {
      const alt = isFirst ? `${chart.title}. ${chart.alt}` : `${chart.title} (${chart.bars[0]?.label ?? ''} …). ${chart.alt}`;
      let y = paintFigureHead(setting, page, frame, top, { node, title, titleHeight, alt, legend, height });
      for (const row of rows) {
        const mid = y + (row.height - 6 - BAR) / 2;
        row.lines.forEach((line, i) => {
          const start = y + (row.height - 6 - row.lines.length * labelType.leading) / 2;
          page.text(node, line, frame.x, start + i * labelType.leading + 8);
        });
        let x = barX;
        row.bar.values.forEach((value, i) => {
          const segment = chart.segments[i];
          const width = Math.max(0, value) * scale;
          if (!segment || width <= 0) return;
          fillToned(page, x, mid, Math.max(width - 0.8, 0.4), BAR, segment.tone, node);
          const shades = tones[segment.tone];
          const number = one(String(value), sumType, shades.onSolid);
          if (isInside(number, width)) {
            const left = x + (width - number.width) / 2;
            // The number stands on a plain plate, clear of the pattern.
            page.fill(left - 2, mid + 2.5, number.width + 4, BAR - 5, shades.solid, node);
            page.text(node, number, left, mid + BAR / 2 + 2.9);
          }
          x += width;
        });
        page.text(node, row.sum, x + 4, mid + BAR / 2 + 2.9);
        x += row.sum.width + 10;
        const start = y + (row.height - 6 - row.beside.length * types.small.leading) / 2;
        row.beside.forEach((line, i) => {
          page.text(node, line, x, start + i * types.small.leading + 8.6);
        });
        y += row.height;
      }
      page.fill(
        barX - 0.8,
        top + titleHeight + legend.height + 3,
        0.8,
        y - top - titleHeight - legend.height - 3,
        color.rule,
        node,
      );
    },
  };

  function besideOf(values: number[], scale: number): string {
    return values
      .map((value, i) =>
        value > 0 && !isInside(one(String(value), sumType), value * scale) ? `${chart.segments[i]?.label} ${value}` : '',
      )
      .filter((words) => words !== '')
      .join(' · ');
  }

  function isInside(number: Line, width: number): boolean {
    return number.width + 5 <= width;
  }

  function one(value: string, style: Type, shade = style.color): Line {
    return wrap(setter, plainText(value, style, shade), 4000)[0] ?? { width: 0, spans: [] };
  }
}
