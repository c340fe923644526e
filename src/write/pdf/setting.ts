import type { Block, Document } from '../../document.ts';
import type { Page } from './page.ts';
import type { Tree } from './tree.ts';
import type { Typesetter } from './typesetter.ts';

/** What every block needs to be set: the typesetter, the structure tree, and the places links may lead to. */
export interface Setting {
  setter: Typesetter;
  tree: Tree;
  /** Anchors of the document. */
  known: Set<string>;
  /** Where anchors came to stand. */
  places: Map<string, { page: Page; top: number }>;
  leads(link: string): boolean;
  /** The document's own color in four strengths, the full one first; each as a PDF color operator takes it. */
  accent: Accent;
}

/** A color in four strengths, for steps that are seen and not read. */
export type Accent = readonly [string, string, string, string];

/** The horizontal room a block has. */
export interface Frame {
  x: number;
  width: number;
}

/** Notes where an anchor stands; the first of two alike wins. */
export function anchorAt(setting: Setting, anchor: string | undefined, page: Page, top: number): void {
  if (anchor && !setting.places.has(anchor)) setting.places.set(anchor, { page, top });
}

/** All anchors a document defines, so that a link to none of them is set as plain words. */
export function anchorsOf(document: Document): Set<string> {
  const anchors = new Set<string>();
  const visit = (blocks: Block[]) => {
    for (const block of blocks) {
      if (block.kind === 'heading' && block.anchor) anchors.add(block.anchor);
      if (block.kind === 'table') for (const row of block.rows) if (row.kind === 'row' && row.anchor) anchors.add(row.anchor);
      if (block.kind === 'list') block.items.forEach(visit);
      if (block.kind === 'callout') visit(block.blocks);
    }
  };
  for (const section of document.sections) {
    anchors.add(section.id);
    visit(section.blocks);
  }
  return anchors;
}
