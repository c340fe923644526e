import type { Document } from '../../document.ts';
import { factsStrips } from './facts.ts';
import { Flow, type Strip } from './flow.ts';
import type { Page } from './page.ts';
import { linesStrip, plainText } from './paragraphs.ts';
import type { Accent, Setting } from './setting.ts';
import { color, rgb, type Type, type as types } from './style.ts';
import { number as n, text } from './syntax.ts';
import { type Inked, inkRuns, wrap } from './text.ts';
import type { Node } from './tree.ts';

/** An image already in the file. */
export interface Logo {
  id: number;
  width: number;
  height: number;
}

const KICKER: Type = { face: 'bold', size: 9.5, leading: 13, color: color.ink };
const TITLE: Type = { face: 'light', size: 36, leading: 42, color: color.ink };
const SUBTITLE: Type = { face: 'regular', size: 13, leading: 19, color: color.soft };
const LAYERS = 12;
const COVER_TOP = 62;
const COVER_BOTTOM = 58;

/**
 * Sets the cover: who and what above, the line of demarcation across the sheet, the facts below it. What does not fit on one sheet
 * (a very long title, dozens of facts) is poured over as many as it takes.
 */
export function paintCover(setting: Setting, next: () => Page, document: Document, parent: Node, logo: Logo | undefined): void {
  const { setter, tree } = setting;
  const page = next();
  const { sheet } = page;
  const frame = { x: sheet.left, width: sheet.right - sheet.left };
  let top = COVER_TOP;
  if (logo) top = paintLogo(setting, page, parent, logo, frame.x, top, document.author) + 26;
  const block = (kind: string, stretches: Inked[], style: Type, width: number, before: number): Strip[] => {
    const lines = wrap(setter, stretches, width);
    return lines.length === 0 ? [] : [linesStrip(tree.add(parent, kind), lines, style, frame, before)];
  };
  const title = titleType(setting, document.title, frame.width);
  const { kicker, facts, note } = document.cover;
  const upper = [
    ...block('P', plainText(kicker, KICKER, setting.accent[0]), KICKER, frame.width, 0),
    ...block('H1', plainText(document.title, title), title, frame.width, 14),
    ...block('P', plainText(document.subtitle, SUBTITLE), SUBTITLE, frame.width * 0.86, 10),
  ];
  const lower = [
    ...factsStrips(setting, tree.add(parent, 'Div'), facts, frame),
    ...block('P', note ? inkRuns(note, types.small, setting.leads) : [], types.small, frame.width, 8),
  ];
  const end = top + heightOf(upper);
  const start = sheet.height - COVER_BOTTOM - heightOf(lower);
  if (start < end + 24) {
    let isFirst = true;
    new Flow(() => {
      const sheetPage = isFirst ? page : next();
      isFirst = false;
      return sheetPage;
    }).pour([
      { height: Math.max(0, top - sheet.top), before: 0, paint() {} },
      ...upper,
      { height: 20, before: 0, paint() {} },
      ...lower,
    ]);
    return;
  }
  stack(page, upper, top);
  const field = Math.min(start - end - 64, sheet.height * 0.28);
  if (field > 60) paintDemarcation(page, setting.accent, start - field - 26, field);
  stack(page, lower, start);
}

/** The largest size at which a title takes no more than four lines. */
function titleType(setting: Setting, title: string, width: number): Type {
  const sizes = [36, 30, 24, 18];
  const size = sizes.find((s) => wrap(setting.setter, plainText(title, { ...TITLE, size: s }), width).length <= 4) ?? 14;
  return { ...TITLE, size, leading: size * 1.16 };
}

function stack(page: Page, strips: Strip[], top: number): void {
  let y = top;
  strips.forEach((strip, i) => {
    const gap = i === 0 ? 0 : strip.before;
    strip.paint(page, y + gap, gap);
    y += gap + strip.height;
  });
}

function heightOf(strips: Strip[]): number {
  return strips.reduce((sum, strip, i) => sum + strip.height + (i === 0 ? 0 : strip.before), 0);
}

/** Layers of a stack, each divided between two parties, and the line that runs where they meet. */
function paintDemarcation(page: Page, dark: Accent, top: number, height: number): void {
  const { width, left } = page.sheet;
  const step = height / LAYERS;
  const bar = step - 2.2;
  const light = ['#E9EDF1', '#E3E9EF', '#DDE5ED', '#D6E0EA'].map(rgb);
  // Steps that never go back: what one party hands over, the other takes.
  const meets = [0.26, 0.26, 0.34, 0.34, 0.34, 0.47, 0.47, 0.58, 0.58, 0.7, 0.7, 0.82];
  const span = width - left;
  let previous: number | undefined;
  for (let i = 0; i < LAYERS; i++) {
    const y = top + i * step;
    const x = left + span * (meets[i] ?? 0.5);
    page.fill(left, y, x - left - 3, bar, dark[Math.floor(i / 3)] ?? dark[0]);
    page.fill(x + 3, y, width - x - 3, bar, light[Math.floor(i / 3)] ?? color.ground);
    if (previous !== undefined && previous !== x) page.fill(previous - 0.6, y - 1.7, x - previous + 1.2, 1.2, color.signal);
    page.fill(
      x - 0.6,
      previous === undefined ? y - 10 : y - 1.7,
      1.2,
      step + (previous === undefined ? 8.9 : 0.6) + (i === LAYERS - 1 ? 8 : 0),
      color.signal,
    );
    previous = x;
  }
}

function paintLogo(setting: Setting, page: Page, parent: Node, logo: Logo, x: number, top: number, owner: string): number {
  const scale = Math.min(150 / logo.width, 46 / logo.height);
  const [width, height] = [logo.width * scale, logo.height * scale];
  const bottom = page.sheet.height - top - height;
  const box = `/BBox[${n(x)} ${n(bottom)} ${n(x + width)} ${n(bottom + height)}]`;
  const node = setting.tree.add(parent, 'Figure', `/Alt ${text(owner)}/A<</O/Layout/Placement/Block${box}>>`);
  page.draw(`q ${n(width)} 0 0 ${n(height)} ${n(x)} ${n(bottom)} cm /Logo Do Q`, color.ink, node);
  return top + height;
}
