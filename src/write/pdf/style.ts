import type { Document, Section, Tone } from '../../document.ts';
import type { FaceName } from './fonts.ts';
import type { Accent } from './setting.ts';

/** A type style: face, size and the distance from line to line, in points. */
export interface Type {
  face: FaceName;
  size: number;
  leading: number;
  color: string;
}

/** Turns `#rrggbb` into the three numbers a PDF color operator takes. */
export function rgb(hex: string): string {
  return [1, 3, 5].map((i) => String(Math.round((Number.parseInt(hex.slice(i, i + 2), 16) / 255) * 1000) / 1000)).join(' ');
}

export const color = {
  ink: rgb('#17212B'),
  soft: rgb('#55616E'),
  rule: rgb('#17212B'),
  hairline: rgb('#D4DAE0'),
  ground: rgb('#F1F4F7'),
  band: rgb('#E3E9F0'),
  signal: rgb('#D98E04'),
  link: rgb('#0B4F9E'),
  white: rgb('#FFFFFF'),
};

/** The color of headings and of the cover where the document names none. */
export const ACCENT = '#123E6B';

/** A color and three steps of it toward white. */
export function accentOf(hex: string): Accent {
  const step = (share: number): string =>
    rgb(hex)
      .split(' ')
      .map((part) => String(Math.round((Number(part) * (1 - share) + share) * 1000) / 1000))
      .join(' ');
  return [rgb(hex), step(0.05), step(0.1), step(0.15)];
}

/** The type scale. */
export const type = {
  body: { face: 'regular', size: 9.5, leading: 14, color: color.ink },
  lead: { face: 'light', size: 13, leading: 19, color: color.ink },
  small: { face: 'regular', size: 8, leading: 11.5, color: color.soft },
  h1: { face: 'light', size: 24, leading: 29, color: color.ink },
  h2: { face: 'bold', size: 13, leading: 17.5, color: color.ink },
  h3: { face: 'bold', size: 10, leading: 14, color: color.ink },
  caption: { face: 'bold', size: 8, leading: 11, color: color.soft },
  cell: { face: 'regular', size: 8.2, leading: 11.4, color: color.ink },
  cellHead: { face: 'bold', size: 7.8, leading: 10.4, color: color.ink },
  dense: { face: 'regular', size: 7, leading: 9.3, color: color.ink },
  denseHead: { face: 'bold', size: 6.8, leading: 8.8, color: color.ink },
  furniture: { face: 'regular', size: 7.5, leading: 10, color: color.soft },
  label: { face: 'regular', size: 8, leading: 10.5, color: color.ink },
} satisfies Record<string, Type>;

/** The shades of a tone: a strong one with the ink that reads on it, a light ground, and a dark ink for words on white. */
export interface Shades {
  solid: string;
  onSolid: string;
  ground: string;
  /** A still lighter ground, for large areas. */
  wash: string;
  ink: string;
  /** Drawn over the strong shade so that tones differ without color. */
  pattern: 'none' | 'rising' | 'falling' | 'dots' | 'upright' | 'level' | 'grid';
}

function lighter(hex: string): string {
  return rgb(hex)
    .split(' ')
    .map((v) => String(Math.round((Number(v) * 0.45 + 0.55) * 1000) / 1000))
    .join(' ');
}

function shades(solid: string, onSolid: string, ground: string, ink: string, pattern: Shades['pattern']): Shades {
  return { solid: rgb(solid), onSolid: rgb(onSolid), ground: rgb(ground), wash: lighter(ground), ink: rgb(ink), pattern };
}

/** Strong shades rise in lightness from blue to plain, some ten steps of L* apart, so gray prints and color-blind eyes keep them apart. */
export const tones: Record<Tone, Shades> = {
  blue: shades('#123E6B', '#FFFFFF', '#CBDCEE', '#0F3558', 'none'),
  violet: shades('#5E4690', '#FFFFFF', '#E9E2F5', '#472F78', 'grid'),
  red: shades('#B23A30', '#FFFFFF', '#F9DFDA', '#8A1F17', 'level'),
  teal: shades('#17807E', '#FFFFFF', '#D2ECEA', '#0B5251', 'upright'),
  green: shades('#6FAE62', '#17212B', '#E2F1DC', '#2B5A22', 'dots'),
  amber: shades('#EDB23C', '#17212B', '#FDF0D2', '#6F4600', 'rising'),
  gray: shades('#C5CDD5', '#17212B', '#E9EDF1', '#3D4853', 'falling'),
  plain: shades('#E9EDF1', '#17212B', '#F7F9FA', '#3D4853', 'none'),
};

/** A sheet of paper and the part of it that text may stand on; measured from the top left. */
export interface Sheet {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The sheet of a section. */
export function sheetOf(paper: Document['paper'], orientation: Section['orientation']): Sheet {
  const [short, long] = paper === 'a4' ? [595.28, 841.89] : [612, 792];
  const portrait = orientation === 'portrait';
  const width = portrait ? short : long;
  const height = portrait ? long : short;
  const side = portrait ? 58 : 46;
  return { width, height, left: side, right: width - side, top: portrait ? 84 : 70, bottom: height - (portrait ? 66 : 54) };
}
