import type { Container } from './container.ts';
import type { Entry } from './contents.ts';
import type { Page } from './page.ts';
import { number as n, text } from './syntax.ts';

/** Writes the bookmarks: sections, and under each its headings. Gives the object number, or none where there are none. */
export function writeOutline(container: Container, entries: Entry[], pages: Page[]): number | undefined {
  const placed = entries.filter((entry) => entry.page !== undefined);
  if (placed.length === 0) return undefined;
  const root = container.reserve();
  const ids = placed.map(() => container.reserve());
  const tops = placed.flatMap((entry, i) => (entry.level === 1 || i === 0 ? [i] : []));
  tops.forEach((at, k) => {
    const end = tops[k + 1] ?? placed.length;
    const links = sibling(tops[k - 1], tops[k + 1]);
    const kids = end > at + 1 ? `/First ${ids[at + 1]} 0 R/Last ${ids[end - 1]} 0 R/Count ${-(end - at - 1)}` : '';
    container.put(ids[at] as number, item(placed[at] as Entry, root, links + kids));
    for (let i = at + 1; i < end; i++) {
      const between = sibling(i - 1 > at ? i - 1 : undefined, i + 1 < end ? i + 1 : undefined);
      container.put(ids[i] as number, item(placed[i] as Entry, ids[at] as number, between));
    }
  });
  const [first, last] = [ids[tops[0] as number], ids[tops.at(-1) as number]];
  container.put(root, `<</Type/Outlines/First ${first} 0 R/Last ${last} 0 R/Count ${tops.length}>>`);
  return root;

  function sibling(previous: number | undefined, next: number | undefined): string {
    return `${previous === undefined ? '' : `/Prev ${ids[previous]} 0 R`}${next === undefined ? '' : `/Next ${ids[next]} 0 R`}`;
  }

  function item(entry: Entry, parent: number, links: string): string {
    const page = pages[entry.page ?? 0] as Page;
    const y = n(page.sheet.height - (entry.top ?? 0) + 12);
    return `<</Title${text(entry.title)}/Parent ${parent} 0 R/Dest[${page.ref} 0 R/XYZ null ${y} null]${links}>>`;
  }
}
