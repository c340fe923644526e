import type { Document } from '../../document.ts';
import { cutLines } from './cut.ts';
import type { Page } from './page.ts';
import type { Setting } from './setting.ts';
import { color, type as types } from './style.ts';
import type { Line } from './text.ts';

/** Prints the running head and the foot of a page: for eyes only, since every page says the same. */
export function paintFurniture(setting: Setting, page: Page, document: Document, sectionTitle: string, total: number): void {
  const { left, right, width, height } = page.sheet;
  const room = right - left;
  const head = height > width ? 44 : 36;
  const foot = height - (height > width ? 36 : 30);
  const section = cutLine(setting, sectionTitle, room * 0.48);
  page.text('artifact', cutLine(setting, document.title, room - section.width - 20), left, head);
  page.text('artifact', section, right - section.width, head);
  page.fill(left, head + 6, room, 0.5, color.hairline);
  page.fill(left, head + 6, 34, 0.9, setting.accent[0]);
  const count = cutLine(setting, pageOf(document.language, page.index + 1, total), room * 0.3);
  page.fill(left, foot - 13, room, 0.5, color.hairline);
  page.text('artifact', cutLine(setting, document.footer, room * 0.68), left, foot);
  page.text('artifact', count, right - count.width, foot);
}

function pageOf(language: string, page: number, total: number): string {
  return language.toLowerCase().startsWith('en') ? `Page ${page} of ${total}` : `${page} / ${total}`;
}

/** One line of furniture. */
function cutLine(setting: Setting, text: string, width: number): Line {
  return cutLines(setting, text, types.furniture, width, 1)[0] ?? { width: 0, spans: [] };
}
