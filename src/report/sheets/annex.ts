import type { Run, Section, Sheet, SheetCell } from '../../document.ts';
import type { AnnexCell, AnnexColumn, MadeAnnex } from '../annexes/annex.ts';

/**
 * An annex as a sheet: every column of its own, every row on its own, to be sorted and filtered. Its words are those of its section of
 * the document.
 */
export function annexSheet({ annex, standing, table, blocks }: MadeAnnex, sections: readonly Section[]): Sheet {
  const section = sections.find(({ id }) => id === annex.id);
  const words = (section?.blocks ?? []).flatMap((block) =>
    block.kind === 'paragraph' && !blocks.includes(block) ? [block.runs.map((run) => run.text).join('')] : [],
  );
  return {
    name: annex.sheet,
    title: section?.title || annex.title,
    intro: [
      ...words,
      ...(standing ? [`How it stands. ${standing}.`] : []),
      ...(table.rows.length === 0 ? [['Nothing to show.', table.empty, table.remedy].filter(Boolean).join(' ')] : []),
    ],
    columns: table.columns.map(({ title: name, width }) => ({ title: name, width, wrap: true })),
    rows: table.rows.map((row) => row.map(sheetCell)),
    freezeColumns: 1,
    printColumns: printed(table.columns),
    landscape: true,
    table: true,
    tabTone: 'violet',
  };
}

/** What is readable on the width of a page, in characters; the document has the rest. */
const PRINTED = 250;

function printed(columns: readonly AnnexColumn[]): number {
  let width = 0;
  const wide = columns.findIndex((column) => {
    width += column.width;
    return width > PRINTED;
  });
  return wide === -1 ? columns.length : wide;
}

/**
 * The words of a cell, with the address below what leads outside: on a sheet only that tells where. A cell that is nothing but an
 * address leads there; among words it is to be read, since LibreOffice shows a cell with a link on one line and cuts it.
 */
function sheetCell(value: AnnexCell): SheetCell {
  if (typeof value === 'string') return value;
  if ('date' in value) return { date: value.date };
  const { badges = [], paragraphs } = value;
  const words = paragraphs.flatMap((runs) => {
    const line = runs.map((run) => run.text).join('');
    return [line, ...runs.flatMap(addressOf).filter((url) => !line.includes(url))];
  });
  const text = [...badges.map((badge) => badge.text), ...words].join('\n');
  const tone = badges[0]?.tone;
  const isAddress = paragraphs.some((runs) => runs.flatMap(addressOf).includes(text));
  if (!tone && !isAddress) return text;
  return { text, ...(tone ? { tone } : {}), ...(isAddress ? { link: { url: text } } : {}) };
}

/** Where a run leads outside the document. */
function addressOf({ link }: Run): string[] {
  return link && !link.startsWith('#') ? [link] : [];
}
