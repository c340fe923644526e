import type { Container } from './container.ts';
import type { Sheet } from './style.ts';
import { color } from './style.ts';
import { number as n } from './syntax.ts';
import type { Ink, Line } from './text.ts';
import type { Node, Tree } from './tree.ts';

/** A rectangle on a page that leads somewhere. */
export interface Link {
  id: number;
  key: number;
  box: [number, number, number, number];
  target: string;
  label: string;
}

/** Collects the content of one page and writes it as one string. Positions are given from the top left, in points. */
export class Page {
  readonly ref: number;
  readonly index: number;
  readonly sheet: Sheet;
  readonly links: Link[] = [];
  readonly #tree: Tree;
  readonly #container: Container;
  readonly #linkNodes: WeakMap<Ink, Node>;
  /** Grounds, rules and bars lie under everything and mean nothing: one artifact a page. */
  #ground: string[] = [];
  #groundColor = '';
  #body: string[] = [];
  readonly #streams: number[] = [];
  readonly #owners: number[] = [];
  #owner: Node | 'artifact' | undefined;
  #font = '';
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
    this.draw(`${n(x)} ${n(this.sheet.height - top - height)} ${n(width)} ${n(height)} re f`, shade, figure);
  }

  /** Drawing operators as they are, in page coordinates from the bottom left. */
  draw(operators: string, shade: string, figure?: Node | 'artifact'): void {
    if (!figure) {
      if (shade !== this.#groundColor) {
        this.#ground.push(`${shade} rg`);
        this.#groundColor = shade;
      }
      this.#ground.push(operators);
      return;
    }
    this.#own(figure);
    this.#endText();
    if (shade !== this.#color) {
      this.#body.push(`${shade} rg`);
      this.#color = shade;
    }
    this.#body.push(operators);
  }

  /** A set line with its left end at `x`; it belongs to an element, or to none when it is decoration. */
  text(owner: Node | 'artifact', line: Line, x: number, baseline: number): void {
    for (const span of line.spans) {
      const { ink, part } = span;
      let holder = owner;
      if (ink.link && owner !== 'artifact') {
        holder = this.#linkNode(ink, owner);
        this.link(holder, [x + span.x, baseline - ink.size * 0.8, span.width, ink.size * 1.05], ink.link, ink.label ?? ink.link);
        if (!ink.link.startsWith('#')) this.fill(x + span.x, baseline + ink.size * 0.14, span.width, 0.4, color.link);
      }
      this.#own(holder);
      if (!this.#inText) {
        this.#body.push('BT');
        this.#inText = true;
        this.#x = 0;
        this.#y = 0;
      }
      const font = `/${part.face.key} ${n(ink.size)} Tf`;
      if (font !== this.#font) {
        this.#body.push(font);
        this.#font = font;
      }
      if (ink.color !== this.#color) {
        this.#body.push(`${ink.color} rg`);
        this.#color = ink.color;
      }
      // Moves are counted from rounded places, or a long column would drift.
      const px = Math.round((x + span.x) * 100) / 100;
      const py = Math.round((this.sheet.height - baseline + (part.rise * ink.size) / 1000) * 100) / 100;
      this.#body.push(`${n(px - this.#x)} ${n(py - this.#y)} Td`);
      this.#x = px;
      this.#y = py;
      const isPlain = !part.show.includes(')-') && !/\)\d/.test(part.show);
      this.#body.push(isPlain ? `(${part.show})Tj` : `[(${part.show})]TJ`);
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

  /** Writes what was painted so far as one stream: thousands of short strings kept to the end would cost most of the memory. */
  seal(): void {
    this.rest();
    const ground = this.#ground.length > 0 ? `/Artifact BMC\n${this.#ground.join('\n')}\nEMC\n` : '';
    const content = `${ground}${this.#body.join('\n')}`;
    if (content === '') return;
    const stream = this.#container.reserve();
    this.#container.stream(stream, '', Buffer.from(content, 'latin1'));
    this.#streams.push(stream);
    this.#ground = [];
    this.#body = [];
    // The ground of a later stream leaves its own color behind.
    this.#groundColor = '';
    this.#color = '';
    this.#font = '';
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

  #own(owner: Node | 'artifact' | undefined): void {
    if (owner === this.#owner) return;
    this.#endText();
    if (this.#owner) this.#body.push('EMC');
    this.#owner = owner;
    // The graphics state outlives a mark, so font and color need not be set again.
    if (owner === 'artifact') this.#body.push('/Artifact BMC');
    else if (owner) {
      const mark = this.#owners.push(owner.id) - 1;
      this.#tree.claim(owner, this.ref, mark);
      this.#body.push(`/${owner.type}<</MCID ${mark}>>BDC`);
    }
  }

  #endText(): void {
    if (!this.#inText) return;
    this.#body.push('ET');
    this.#inText = false;
  }
}
