import type { ByteBuffer } from './byte-buffer.ts';
import type { Container } from './container.ts';

/** An element of the structure tree: what a stretch of content is, for readers that cannot see the page. */
export interface Node {
  id: number;
  type: string;
  parent: number;
  /** The page its first content stands on. */
  page: number;
  /** Marks of its page as numbers, elements as their numbers below zero, everything else spelled. */
  kids: (number | string)[];
  /** Further entries of its dictionary, spelled. */
  entries: string;
}

/** The structure tree of the file, in reading order. */
export class Tree {
  readonly #container: Container;
  readonly #root: number;
  readonly #open = new Set<Node>();
  readonly #parents: string[] = [];
  readonly document: Node;

  constructor(container: Container) {
    this.#container = container;
    this.#root = container.reserve();
    this.document = this.#make('Document', this.#root, '');
  }

  /** Adds an element at the end of another. */
  add(parent: Node, type: string, entries = ''): Node {
    const node = this.#make(type, parent.id, entries);
    parent.kids.push(-node.id);
    return node;
  }

  /** Writes an element that is complete, so that a long table need not be held to the end. */
  close(node: Node): void {
    if (!this.#open.delete(node)) throw new Error(`the structure element ${node.type} is closed twice`);
    const out = this.#container.open(node.id);
    out.text('<</S/');
    out.text(node.type);
    out.text('/P ');
    reference(out, node.parent);
    if (node.page) {
      out.text('/Pg ');
      reference(out, node.page);
    }
    if (node.kids.length > 0) {
      out.text(node.kids.length === 1 ? '/K ' : '/K[');
      node.kids.forEach((kid, i) => {
        if (i > 0) out.text(' ');
        if (typeof kid === 'string') out.text(kid);
        else if (kid < 0) reference(out, -kid);
        else out.number(kid);
      });
      if (node.kids.length > 1) out.text(']');
    }
    out.text(node.entries);
    out.text('>>');
    this.#container.close();
  }

  /** Claims a numbered stretch of a page's content for an element. */
  claim(node: Node, page: number, mark: number): void {
    if (!this.#open.has(node)) throw new Error(`content is added to a closed structure element ${node.type}`);
    if (node.page === 0) node.page = page;
    node.kids.push(node.page === page ? mark : `<</Type/MCR/Pg ${page} 0 R/MCID ${mark}>>`);
  }

  /** Claims an annotation for an element and gives the annotation's key. */
  claimAnnotation(node: Node, page: number, annotation: number): number {
    if (node.page === 0) node.page = page;
    node.kids.push(`<</Type/OBJR/Pg ${page} 0 R/Obj ${annotation} 0 R>>`);
    return this.#parents.push(`${node.id} 0 R`) - 1;
  }

  /** Reserves the key of a page; `owners` are the elements of its marks in order. */
  keyOf(owners: number[]): number {
    return this.#parents.push(`[${owners.map((id) => `${id} 0 R`).join(' ')}]`) - 1;
  }

  /** Writes the tree and gives its object number. */
  write(): number {
    for (const node of [...this.#open]) this.close(node);
    const numbers = this.#parents.map(
      (value, key) => `${key} ${value.startsWith('[') ? `${this.#container.add(value)} 0 R` : value}`,
    );
    const parents = this.#container.add(`<</Nums[${numbers.join(' ')}]>>`);
    this.#container.put(
      this.#root,
      `<</Type/StructTreeRoot/K ${this.document.id} 0 R/ParentTree ${parents} 0 R/ParentTreeNextKey ${this.#parents.length}>>`,
    );
    return this.#root;
  }

  #make(type: string, parent: number, entries: string): Node {
    const node: Node = { id: this.#container.reserve(), type, parent, page: 0, kids: [], entries };
    this.#open.add(node);
    return node;
  }
}

function reference(out: ByteBuffer, id: number): void {
  out.number(id);
  out.text(' 0 R');
}
