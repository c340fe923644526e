import type { Document } from '../../document.ts';
import type { Container } from './container.ts';
import type { Logo } from './cover.ts';
import { paintFurniture } from './furniture.ts';
import type { Layout } from './layout.ts';
import { languageOf, type PackedAttachment, writeAttachments, writeMetadata, writeOutputIntent } from './metadata.ts';
import { writeOutline } from './outline.ts';
import type { Link, Page } from './page.ts';
import type { Setting } from './setting.ts';
import { number as n, text } from './syntax.ts';

/** Writes laid-out pages and everything around them into the file, and closes it. */
export function assemble(
  setting: Setting,
  document: Document,
  layout: Layout,
  container: Container,
  logo: Logo | undefined,
  packed: readonly PackedAttachment[],
): Uint8Array {
  const { pages, entries } = layout;
  const root = container.reserve();
  const tree = container.reserve();
  const resources = container.reserve();
  for (const { page, running } of pages) {
    if (running !== undefined) paintFurniture(setting, page, document, running, pages.length);
    writePage(setting, container, page, tree, resources);
  }
  const kids = pages.map(({ page }) => `${page.ref} 0 R`).join(' ');
  container.plain(tree, `<</Type/Pages/Count ${pages.length}/Kids[${kids}]>>`);
  const image = logo ? `/XObject<</Logo ${logo.id} 0 R>>` : '';
  container.put(resources, `<</Font<<${setting.setter.embed(container)}>>${image}>>`);
  const outline = writeOutline(
    container,
    entries,
    pages.map(({ page }) => page),
  );
  const structure = setting.tree.write();
  const attachments = writeAttachments(container, document, packed);
  const { info, metadata } = writeMetadata(container, document);
  const names = [`/Dests ${writeDestinations(setting, container)} 0 R`];
  if (attachments.length > 0) {
    const sorted = [...attachments].sort((a, b) => compare(text(a.name), text(b.name)));
    names.push(`/EmbeddedFiles<</Names[${sorted.map((file) => `${text(file.name)} ${file.id} 0 R`).join(' ')}]>>`);
  }
  container.plain(
    root,
    `<</Type/Catalog/Pages ${tree} 0 R/Lang${text(languageOf(document))}/MarkInfo<</Marked true>>/StructTreeRoot ${structure} 0 R` +
      `/ViewerPreferences<</DisplayDocTitle true>>/PageLabels<</Nums[0<</S/D>>]>>/Metadata ${metadata} 0 R` +
      `/OutputIntents[${writeOutputIntent(container)} 0 R]/Names<<${names.join('')}>>` +
      `${outline ? `/Outlines ${outline} 0 R/PageMode/UseOutlines` : ''}` +
      `${attachments.length > 0 ? `/AF[${attachments.map((file) => `${file.id} 0 R`).join(' ')}]` : ''}>>`,
  );
  return container.finish(root, info);
}

function writePage(setting: Setting, container: Container, page: Page, tree: number, resources: number): void {
  const { streams, key } = page.finish();
  for (const link of page.links) container.put(link.id, annotation(setting, page, link));
  const links = page.links.length > 0 ? `/Annots[${page.links.map((link) => `${link.id} 0 R`).join(' ')}]` : '';
  container.put(
    page.ref,
    `<</Type/Page/Parent ${tree} 0 R/MediaBox[0 0 ${n(page.sheet.width)} ${n(page.sheet.height)}]/Resources ${resources} 0 R` +
      `/Contents[${streams.map((id) => `${id} 0 R`).join(' ')}]/Tabs/S${key === undefined ? '' : `/StructParents ${key}`}${links}>>`,
  );
}

function annotation(setting: Setting, page: Page, link: Link): string {
  const box = link.box.map(n).join(' ');
  const action = link.target.startsWith('#') ? destination(setting, link.target.slice(1)) : address(link.target);
  return (
    `<</Type/Annot/Subtype/Link/Rect[${box}]/Border[0 0 0]/F 4/P ${page.ref} 0 R/StructParent ${link.key}` +
    `/Contents${text(link.label || link.target)}${action}>>`
  );
}

function destination(setting: Setting, anchor: string): string {
  const place = setting.places.get(anchor);
  if (!place) throw new Error(`the place #${anchor} was never set on a page`);
  return `/Dest[${place.page.ref} 0 R/XYZ null ${n(place.page.sheet.height - place.top + 12)} null]`;
}

/** A web address in the seven bits a URI action takes. */
function address(link: string): string {
  const safe = link.replace(/\p{Cs}/gu, '\uFFFD').replace(/[^!-~]/gu, (c) => encodeURIComponent(c));
  return `/A<</S/URI/URI${text(safe)}>>`;
}

/** The places of the document by name, so that a link from outside can lead to one. */
function writeDestinations(setting: Setting, container: Container): number {
  const names = [...setting.places]
    .map(([anchor, { page, top }]) => ({
      key: text(anchor),
      body: `[${page.ref} 0 R/XYZ null ${n(page.sheet.height - top + 12)} null]`,
    }))
    .sort((a, b) => compare(a.key, b.key));
  return container.add(`<</Names[${names.map(({ key, body }) => `${key} ${body}`).join(' ')}]>>`);
}

/** Names are sorted by their bytes, whatever the language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
