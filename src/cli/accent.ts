import { UsageError } from '../problem.ts';

/** Words in the color are read on white; WCAG asks for this contrast. */
const LEAST_CONTRAST = 4.5;

/**
 * The color of headings and of the cover as `#rrggbb`, from what a user wrote.
 * @throws UsageError for something that is no color, or one too light to be read on white.
 */
export function accentColor(written: string): string {
  const hex = /^#?([0-9a-f]{6})$/i.exec(written)?.[1];
  if (hex === undefined)
    throw new UsageError(`--accent ${written} is not a color`, 'Write it as six hexadecimal digits, such as 0B5D3B.');
  const contrast = 1.05 / (luminance(hex) + 0.05);
  if (contrast < LEAST_CONTRAST)
    throw new UsageError(
      `--accent ${written} is too light to be read on white: its contrast is ${contrast.toFixed(1)} to 1`,
      `Take a darker color, of at least ${LEAST_CONTRAST} to 1.`,
    );
  return `#${hex.toLowerCase()}`;
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((i) => {
    const part = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
