import type { Document, Heading, Section } from '../../document.ts';
import { blockStrips, type HeadingWatch } from './blocks.ts';
import type { Container } from './container.ts';
import { contentsStrips, type Entry } from './contents.ts';
import { type Logo, paintCover } from './cover.ts';
import { Flow } from './flow.ts';
import { Page } from './page.ts';
import { headingStrips } from './paragraphs.ts';
import { anchorAt, type Frame, type Setting } from './setting.ts';
import { type Sheet, sheetOf } from './style.ts';
import type { Ink } from './text.ts';
import type { Node } from './tree.ts';

/** A page with the section whose name stands at its head. */
export interface Placed {
  page: Page;
  running: string | undefined;
}

/** A document on its pages, and the lines of its contents with the places they lead to. */
export interface Layout {
  pages: Placed[];
  entries: Entry[];
}

/** Puts a document on pages: cover, contents, sections. The contents are set twice, once to count their pages. */
export function layOut(setting: Setting, document: Document, container: Container, logo: Logo | undefined): Layout {
  const linkNodes = new WeakMap<Ink, Node>();
  const pages: Placed[] = [];
  const portrait = sheetOf(document.paper, 'portrait');
  const newPage = (index: number, sheet: Sheet) => new Page(index, sheet, setting.tree, container, linkNodes);
  const { entries, entriesOf } = outlineOf(document);

  const coverNode = setting.tree.add(setting.tree.document, 'Sect');
  const nextCover = () => {
    const page = newPage(pages.length, portrait);
    pages.push({ page, running: pages.length === 0 ? undefined : '' });
    return page;
  };
  paintCover(setting, nextCover, document, coverNode, logo);

  const contentsNode = setting.tree.add(setting.tree.document, 'Sect');
  const contents = entries.length === 0 ? [] : [...contentsOf(setting, contentsNode, document, entries, frameOf(portrait))];
  const contentsPages: Placed[] = [];
  if (contents.length > 0) {
    let count = 0;
    const counter = new Flow(() => {
      count++;
      return { sheet: portrait } as Page;
    });
    counter.pour(contents.map((strip) => ({ ...strip, paint() {} })));
    for (let i = 0; i < count; i++)
      contentsPages.push({ page: newPage(pages.length + i, portrait), running: document.contentsTitle });
    pages.push(...contentsPages);
  }

  for (const section of document.sections) {
    const sheet = sheetOf(document.paper, section.orientation);
    const node = setting.tree.add(setting.tree.document, 'Sect');
    const flow = new Flow(() => {
      pages.at(-1)?.page.seal();
      const page = newPage(pages.length, sheet);
      pages.push({ page, running: section.title });
      return page;
    });
    const watch: HeadingWatch = (block) => {
      const entry = entriesOf.get(block)?.shift();
      return (page, top) => {
        if (block === headOf(section)) anchorAt(setting, section.id, page, top);
        if (!entry) return;
        entry.page = page.index;
        entry.top = top;
        anchorAt(setting, entry.anchor, page, top);
      };
    };
    flow.pour(sectionOf(setting, node, section, frameOf(sheet), watch));
  }

  if (contents.length > 0) {
    let next = 0;
    const flow = new Flow(() => (contentsPages[next++] as Placed).page);
    flow.pour(contents);
  }
  return { pages, entries };
}

function frameOf(sheet: Sheet): Frame {
  return { x: sheet.left, width: sheet.right - sheet.left };
}

const made = new WeakMap<Section, Heading>();

/** The heading a section begins with; one is made of its title where its blocks begin with something else. */
function headOf(section: Section): Heading {
  const first = section.blocks[0];
  if (first?.kind === 'heading' && first.level === 1) return first;
  let heading = made.get(section);
  if (!heading) {
    heading = { kind: 'heading', level: 1, text: section.title };
    made.set(section, heading);
  }
  return heading;
}

function* sectionOf(setting: Setting, node: Node, section: Section, frame: Frame, watch: HeadingWatch) {
  const head = headOf(section);
  const blocks = head === section.blocks[0] ? section.blocks : [head, ...section.blocks];
  yield* blockStrips(setting, node, blocks, frame, watch);
}

/** The lines of the contents: sections, and their headings of the first two levels. A heading that comes again has a line each time. */
function outlineOf(document: Document): { entries: Entry[]; entriesOf: Map<Heading, Entry[]> } {
  const entries: Entry[] = [];
  const entriesOf = new Map<Heading, Entry[]>();
  const note = (heading: Heading, entry: Entry) => {
    entries.push(entry);
    entriesOf.set(heading, [...(entriesOf.get(heading) ?? []), entry]);
  };
  for (const section of document.sections) {
    const head = headOf(section);
    const entry: Entry = { title: section.title || head.text, level: 1, anchor: `contents:${entries.length}` };
    note(head, entry);
    for (const block of section.blocks) {
      if (block.kind !== 'heading' || block.level > 2 || block === head) continue;
      const inner: Entry = { title: block.text, level: 2, anchor: `contents:${entries.length}` };
      note(block, inner);
    }
  }
  return { entries, entriesOf };
}

function* contentsOf(setting: Setting, node: Node, document: Document, entries: Entry[], frame: Frame) {
  const heading: Heading = { kind: 'heading', level: 1, text: document.contentsTitle };
  yield* headingStrips(setting, node, heading, frame, 1);
  yield* contentsStrips(setting, node, entries, frame);
}
