import type { Page } from './page.ts';

/** A slice of the document that is never torn: what page breaks fall between. */
export interface Strip {
  height: number;
  /** White space above it, which vanishes at the top of a page. */
  before: number;
  /** Stays on the page of the strip after it. */
  keep?: boolean;
  /** Printed at the top of a page that this strip begins. */
  head?: { height: number; paint(page: Page, top: number): void };
  /** Puts it on a page; `gap` is the white space that was left above it. */
  paint(page: Page, top: number, gap: number): void;
  /** Tears it after all: what fits in `room`, and the rest. `full` is the height of an empty page. */
  split?(room: number, full: number): [Strip, Strip] | undefined;
}

/** Pours strips over pages. */
export class Flow {
  readonly #next: () => Page;
  #page: Page;
  #y: number;
  #isTop = true;

  constructor(next: () => Page) {
    this.#next = next;
    this.#page = next();
    this.#y = this.#page.sheet.top;
  }

  pour(strips: Iterable<Strip>): void {
    let group: Strip[] = [];
    for (const strip of strips) {
      group.push(strip);
      // A chain of kept strips longer than a page cannot be kept.
      if (strip.keep && group.length < 60) continue;
      this.#place(group);
      group = [];
    }
    if (group.length > 0) this.#place(group);
  }

  #place(group: Strip[]): void {
    const full = this.#page.sheet.bottom - this.#page.sheet.top;
    const total = group.reduce((sum, strip, i) => sum + strip.height + (i === 0 && this.#isTop ? 0 : strip.before), 0);
    if (total <= this.#page.sheet.bottom - this.#y + 0.01) {
      for (const strip of group) this.#put(strip);
      return;
    }
    const last = group.at(-1) as Strip;
    const room = this.#page.sheet.bottom - this.#y - (total - last.height);
    const torn = room > 0 ? last.split?.(room, full) : undefined;
    if (torn) {
      for (const strip of group.slice(0, -1)) this.#put(strip);
      this.#put(torn[0]);
      this.#turn(torn[1]);
      this.#place([torn[1]]);
      return;
    }
    if (!this.#isTop) {
      this.#turn(group[0] as Strip);
      this.#place(group);
      return;
    }
    if (group.length > 1) {
      // More was to be kept together than a page holds: let the last strip go.
      this.#place(group.slice(0, -1));
      this.#place([last]);
      return;
    }
    if (last.height > full) {
      const forced = last.split?.(this.#page.sheet.bottom - this.#y, 0);
      if (forced) {
        this.#put(forced[0]);
        this.#turn(forced[1]);
        this.#place([forced[1]]);
        return;
      }
    }
    this.#put(last);
  }

  #put(strip: Strip): void {
    const gap = this.#isTop ? 0 : strip.before;
    strip.paint(this.#page, this.#y + gap, gap);
    this.#y += gap + strip.height;
    this.#isTop = false;
  }

  #turn(first: Strip): void {
    this.#page = this.#next();
    this.#y = this.#page.sheet.top;
    this.#isTop = true;
    if (first.head) {
      first.head.paint(this.#page, this.#y);
      this.#y += first.head.height;
    }
  }
}
