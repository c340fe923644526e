import { plainText } from './paragraphs.ts';
import type { Setting } from './setting.ts';
import type { Type } from './style.ts';
import { type Line, wrap } from './text.ts';

/** No more characters than this can stand on the few lines that text is cut to. */
const LONGEST = 400;

/** Text on no more than `most` lines, ended by an ellipsis where it is longer: for heads and labels, whose words stand in full elsewhere. */
export function cutLines(setting: Setting, text: string, type: Type, width: number, most: number): Line[] {
  const lines = wrap(setting.setter, plainText(text, type), width);
  if (lines.length <= most) return lines;
  const characters = [...text].slice(0, LONGEST);
  let [fits, fails] = [0, characters.length + 1];
  let cut = lines.slice(0, most);
  while (fails - fits > 1) {
    const middle = (fits + fails) >> 1;
    const tried = wrap(setting.setter, plainText(`${characters.slice(0, middle).join('').trimEnd()}…`, type), width);
    if (tried.length <= most) [fits, cut] = [middle, tried];
    else fails = middle;
  }
  return cut;
}
