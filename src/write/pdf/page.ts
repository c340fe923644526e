import type { ByteBuffer } from './byte-buffer.ts';
import type { Container } from './container.ts';
import type { Face } from './face.ts';
import type { Sheet } from './style.ts';
import { color } from './style.ts';
import type { Ink, Line, Span } from './text.ts';
import type { Node, Tree } from './tree.ts';

/** A rectangle on a page that leads somewhere. */
export interface Link {
  id: number;
  key: number;
  box: [number, number, number, number];
  target: string;
  label: string;
}

/** Collects the content of one page and writes it as one stream. Positions are given from the top left, in points. */
export class Page {
  readonly ref: number;
  readonly index: number;
  readonly sheet: Sheet;
  readonly links: Link[] = [];
  readonly #tree: Tree;
  readonly #container: Container;
  readonly #linkNodes: WeakMap<Ink, Node>;
  /** Grounds, rules and bars lie under everything and mean nothing: one artifact a page. */
  #ground: ByteBuffer | undefined;
  #groundColor = '';
  #body: ByteBuffer | undefined;
  readonly #streams: number[] = [];
  readonly #owners: number[] = [];
  #owner: Node | 'artifact' | undefined;
  #face: Face | undefined;
  #size = 0;
  #color = '';
  #inText = false;
  #x = 0;
  #y = 0;

  constructor(index: number, sheet: Sheet, tree: Tree, container: Container, linkNodes: WeakMap<Ink, Node>) {
    this.ref = container.reserve();
    this.index = index;
    this.sheet = sheet;
    this.#tree = tree;
    this.#container = container;
    this.#linkNodes = linkNodes;
  }

  /** A filled rectangle; decoration, unless it belongs to a figure. */
  fill(x: number, top: number, width: number, height: number, shade: string, figure?: Node): void {
    const out = this.#layer(shade, figure);
    out.number(x);
    out.text(' ');
    out.number(this.sheet.height - top - height);
    out.text(' ');
    out.number(width);
    out.text(' ');
    out.number(height);
    out.text(' re f\n');
  }

  /** Drawing operators as they are, in page coordinates from the bottom left. */
  draw(operators: string, shade: string, figure?: Node | 'artifact'): void {
    const out = this.#layer(shade, figure);
    out.text(operators);
    out.text('\n');
  }

  /** A set line with its left end at `x`; it belongs to an element, or to none when it is decoration. */
  text(owner: Node | 'artifact', line: Line, x: number, baseline: number): void {
    for (const span of line.spans) {
      const { ink } = span;
      let holder = owner;
      if (ink.link && owner !== 'artifact') {
        holder = this.#linkNode(ink, owner);
        this.link(holder, [x + span.x, baseline - ink.size * 0.8, span.width, ink.size * 1.05], ink.link, ink.label ?? ink.link);
        if (!ink.link.startsWith('#')) this.fill(x + span.x, baseline + ink.size * 0.14, span.width, 0.4, color.link);
      }
      this.#own(holder);
      this.#show(span, x, baseline);
    }
  }

  /** An area that leads to a web address or to `#anchor`. */
  link(node: Node, [x, top, width, height]: [number, number, number, number], target: string, label: string): void {
    const id = this.#container.reserve();
    const bottom = this.sheet.height - top - height;
    const key = this.#tree.claimAnnotation(node, this.ref, id);
    this.links.push({ id, key, box: [x, bottom, x + width, bottom + height], target, label });
  }

  /** Ends the mark that is open; what follows belongs to nobody until it says so. */
  rest(): void {
    this.#own(undefined);
  }

  /** Writes what was painted so far as one stream, so that a page takes no room once the next is begun. */
  seal(): void {
    this.rest();
    if (!this.#ground && !this.#body) return;
    const content = this.#container.borrow();
    if (this.#ground) {
      content.text('/Artifact BMC\n');
      content.data(this.#ground.bytes);
      content.text('EMC\n');
      this.#container.giveBack(this.#ground);
      this.#ground = undefined;
    }
    if (this.#body) {
      content.data(this.#body.bytes);
      this.#container.giveBack(this.#body);
      this.#body = undefined;
    }
    const stream = this.#container.reserve();
    this.#container.stream(stream, '', content.bytes);
    this.#streams.push(stream);
    this.#container.giveBack(content);
    // The ground of a later stream leaves its own color behind.
    this.#groundColor = '';
    this.#color = '';
    this.#face = undefined;
  }

  /** Ends the page: the object numbers of its content, and its key in the structure tree where it has marks. */
  finish(): { streams: number[]; key: number | undefined } {
    this.seal();
    return { streams: this.#streams, key: this.#owners.length > 0 ? this.#tree.keyOf(this.#owners) : undefined };
  }

  #linkNode(ink: Ink, owner: Node): Node {
    let node = this.#linkNodes.get(ink);
    if (!node) {
      node = this.#tree.add(owner, 'Link');
      this.#linkNodes.set(ink, node);
    }
    return node;
  }

  /** Where operators in a color go: under everything, or to a figure. */
  #layer(shade: string, figure: Node | 'artifact' | undefined): ByteBuffer {
    if (figure) {
      this.#own(figure);
      this.#endText();
      return this.#inked(shade);
    }
    this.#ground ??= this.#container.borrow();
    if (shade !== this.#groundColor) {
      this.#ground.text(shade);
      this.#ground.text(' rg\n');
      this.#groundColor = shade;
    }
    return this.#ground;
  }

  /** The body, with its color set. */
  #inked(shade: string): ByteBuffer {
    this.#body ??= this.#container.borrow();
    if (shade !== this.#color) {
      this.#body.text(shade);
      this.#body.text(' rg\n');
      this.#color = shade;
    }
    return this.#body;
  }

  #show({ ink, face, rise, isMoved, pieces, x: offset }: Span, x: number, baseline: number): void {
    this.#body ??= this.#container.borrow();
    const out = this.#body;
    if (!this.#inText) {
      out.text('BT\n');
      this.#inText = true;
      this.#x = 0;
      this.#y = 0;
    }
    if (face !== this.#face || ink.size !== this.#size) {
      out.text('/');
      out.text(face.key);
      out.text(' ');
      out.number(ink.size);
      out.text(' Tf\n');
      this.#face = face;
      this.#size = ink.size;
    }
    this.#inked(ink.color);
    // Moves are counted from rounded places, or a long column would drift.
    const px = Math.round((x + offset) * 100) / 100;
    const py = Math.round((this.sheet.height - baseline + (rise * ink.size) / 1000) * 100) / 100;
    out.number(px - this.#x);
    out.text(' ');
    out.number(py - this.#y);
    this.#x = px;
    this.#y = py;
    out.text(isMoved ? ' Td\n[(' : ' Td\n(');
    for (const piece of pieces) out.text(piece);
    out.text(isMoved ? ')]TJ\n' : ')Tj\n');
  }

  #own(owner: Node | 'artifact' | undefined): void {
    if (owner === this.#owner) return;
    this.#endText();
    this.#body ??= this.#container.borrow();
    if (this.#owner) this.#body.text('EMC\n');
    this.#owner = owner;
    // The graphics state outlives a mark, so font and color need not be set again.
    if (owner === 'artifact') this.#body.text('/Artifact BMC\n');
    else if (owner) {
      const mark = this.#owners.push(owner.id) - 1;
      this.#tree.claim(owner, this.ref, mark);
      this.#body.text('/');
      this.#body.text(owner.type);
      this.#body.text('<</MCID ');
      this.#body.number(mark);
      this.#body.text('>>BDC\n');
    }
  }

  #endText(): void {
    if (!this.#inText) return;
    this.#body?.text('ET\n');
    this.#inText = false;
  }
}
