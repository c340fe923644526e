import type { Tone } from '../../document.ts';
import type { Page } from './page.ts';
import { type Shades, tones } from './style.ts';
import { number as n } from './syntax.ts';
import type { Node } from './tree.ts';

const STEP = 4;
const REMEMBERED = 500;

/** Fills a rectangle with a tone and its pattern, so that segments differ in gray print too. */
export function fillToned(page: Page, x: number, top: number, width: number, height: number, tone: Tone, owner: Node): void {
  const shades = tones[tone];
  page.fill(x, top, width, height, shades.solid, owner);
  if (shades.pattern === 'none' || width < 1) return;
  const bottom = page.sheet.height - top - height;
  page.draw(`q 1 0 0 1 ${n(x)} ${n(bottom)} cm ${strokesOf(tone, width, height)} S Q`, shades.solid, owner);
}

const drawn = new Map<string, string>();

/** The pattern of a tone within a box at the origin; the boxes of a picture are mostly alike. */
function strokesOf(tone: Tone, width: number, height: number): string {
  const key = `${tone} ${n(width)} ${n(height)}`;
  let path = drawn.get(key);
  if (path === undefined) {
    const shades = tones[tone];
    const lines = strokes(shades.pattern, width, height).map(([x1, y1, x2, y2]) => `${n(x1)} ${n(y1)} m ${n(x2)} ${n(y2)} l`);
    const dash = shades.pattern === 'dots' ? '[0.01 3.6] 0 d 1 J 1.1 w' : '0.55 w';
    path = `0 0 ${n(width)} ${n(height)} re W n ${dash} ${tint(shades)} RG ${lines.join(' ')}`;
    if (drawn.size >= REMEMBERED) drawn.clear();
    drawn.set(key, path);
  }
  return path;
}

/** The pattern's own shade: a little lighter than a dark ground, a little darker than a light one. */
function tint(shades: Shades): string {
  const numbers = shades.solid.split(' ').map(Number);
  const isDark = shades.onSolid.startsWith('1 ');
  return numbers.map((v) => String(Math.round((isDark ? v + (1 - v) * 0.34 : v * 0.8) * 1000) / 1000)).join(' ');
}

function strokes(pattern: Shades['pattern'], width: number, height: number): [number, number, number, number][] {
  const out: [number, number, number, number][] = [];
  if (pattern === 'rising') for (let x = -height; x < width; x += STEP) out.push([x, 0, x + height, height]);
  if (pattern === 'falling') for (let x = -height; x < width; x += STEP) out.push([x, height, x + height, 0]);
  if (pattern === 'upright' || pattern === 'grid') for (let x = STEP / 2; x < width; x += STEP) out.push([x, 0, x, height]);
  if (pattern === 'level' || pattern === 'grid') for (let y = STEP / 2; y < height; y += STEP) out.push([0, y, width, y]);
  if (pattern === 'dots') for (let y = 2; y < height; y += 3.6) out.push([2, y, width, y]);
  return out;
}

/** A row of marks with their meaning, wrapped to the width; painted as part of a figure. */
export interface Legend {
  height: number;
  paint(page: Page, x: number, top: number, owner: Node): void;
}
