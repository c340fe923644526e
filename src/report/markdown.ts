import { marked, type Token, type Tokens } from 'marked';
import type { Block, Cell, Run, Section } from '../document.ts';
import { UsageError } from '../problem.ts';

/** Makes the blocks that a directive such as `[[matrix pci-dss]]` stands for. @throws Error naming an unknown directive. */
export type Directive = (name: string, argument: string) => Block[];

const DIRECTIVE = /^\[\[([a-z-]+)(?:\s+([^\]]*?))?\]\]$/;
const SECTION = /^\[\[section\s+(portrait|landscape)\s+([a-z0-9.-]+)\]\]$/;

/**
 * Turns a report's Markdown into sections. `[[section landscape matrix]]` on a line of its own begins a section whose title is the
 * heading that follows; any other `[[name argument]]` line is replaced by blocks made from the matrix. Sections that are not wanted
 * are passed over, and nothing is made for them.
 */
export function sectionsFrom(markdown: string, directive: Directive, isWanted: (id: string) => boolean = () => true): Section[] {
  const sections: Section[] = [];
  let current: Section | undefined;
  // A directive is a block of its own, even where a template left no blank line around it.
  for (const token of marked.lexer(markdown.replace(/^\[\[.*\]\]$/gm, '\n$&\n'))) {
    const text = token.type === 'paragraph' ? token.raw.trim() : '';
    const start = SECTION.exec(text);
    if (start) {
      current = { id: start[2] ?? '', title: '', orientation: start[1] as Section['orientation'], blocks: [] };
      if (isWanted(current.id)) sections.push(current);
      continue;
    }
    if (token.type === 'space' || (current && !isWanted(current.id))) continue;
    if (!current)
      throw new UsageError(
        'a report template has words before its first section',
        'Begin it with a line such as [[section portrait summary]].',
      );
    const call = DIRECTIVE.exec(text);
    const blocks = call ? directive(call[1] ?? '', call[2] ?? '') : blocksFrom([token]);
    for (const block of blocks) {
      if (block.kind === 'heading' && block.level === 1 && current.title === '') {
        current.title = block.text;
        block.anchor = current.id;
      }
      current.blocks.push(block);
    }
  }
  return sections;
}

/** Markdown tokens as blocks: headings, paragraphs, lists, tables, block quotes as callouts. */
function blocksFrom(tokens: Token[]): Block[] {
  return tokens.flatMap((token): Block[] => {
    switch (token.type) {
      case 'heading': {
        const { depth, tokens: inner } = token as Tokens.Heading;
        return [{ kind: 'heading', level: Math.min(depth, 3) as 1 | 2 | 3, text: plainText(runsFrom(inner)) }];
      }
      case 'paragraph':
      case 'text':
        return [{ kind: 'paragraph', runs: runsFrom((token as Tokens.Paragraph).tokens ?? [token]) }];
      case 'list': {
        const list = token as Tokens.List;
        return [{ kind: 'list', ordered: list.ordered, items: list.items.map((item) => blocksFrom(item.tokens)) }];
      }
      case 'blockquote':
        return [{ kind: 'callout', tone: 'gray', title: '', blocks: blocksFrom((token as Tokens.Blockquote).tokens) }];
      case 'table': {
        const table = token as Tokens.Table;
        const cell = (from: Tokens.TableCell): Cell => ({ paragraphs: [runsFrom(from.tokens)] });
        return [
          {
            kind: 'table',
            caption: '',
            columns: table.header.map((header) => ({ title: plainText(runsFrom(header.tokens)), share: 1 })),
            rows: table.rows.map((row) => ({ kind: 'row', cells: row.map(cell) })),
          },
        ];
      }
      case 'code':
        return [{ kind: 'paragraph', runs: [{ text: (token as Tokens.Code).text, code: true }] }];
      default:
        return [];
    }
  });
}

function runsFrom(tokens: Token[], style: Omit<Run, 'text'> = {}): Run[] {
  return tokens.flatMap((token): Run[] => {
    switch (token.type) {
      case 'strong':
        return runsFrom((token as Tokens.Strong).tokens, { ...style, bold: true });
      case 'em':
        return runsFrom((token as Tokens.Em).tokens, { ...style, italic: true });
      case 'codespan':
        return [{ ...style, text: (token as Tokens.Codespan).text, code: true }];
      case 'link':
        return runsFrom((token as Tokens.Link).tokens, { ...style, link: (token as Tokens.Link).href });
      case 'br':
        return [{ ...style, text: '\n' }];
      case 'text':
      case 'escape': {
        const text = token as Tokens.Text;
        return text.tokens ? runsFrom(text.tokens, style) : [{ ...style, text: text.text.replace(/\n/g, ' ') }];
      }
      default:
        return [{ ...style, text: (token as { raw?: string }).raw ?? '' }];
    }
  });
}

function plainText(runs: Run[]): string {
  return runs.map((run) => run.text).join('');
}

/** Text as Markdown that prints as itself, whatever it contains. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&').replace(/\s+/g, ' ');
}
