import { cellText, xml } from '../../cell-text.ts';
import { type Plan, widthOf } from './plan.ts';
import { lineCount } from './text.ts';

/** A note beside a cell; row and column count from 0. */
export interface Note {
  ref: string;
  row: number;
  column: number;
  text: string;
}

/** The texts of a sheet's notes. */
export function notesXml(notes: readonly Note[]): string {
  const comments = notes.map(
    ({ ref, text }) =>
      `<comment ref="${ref}" authorId="0"><text><r><rPr><sz val="9"/><rFont val="Calibri"/><family val="2"/></rPr>` +
      `<t xml:space="preserve">${xml(cellText(text))}</t></r></text></comment>`,
  );
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>demarc</author></authors>' +
    `<commentList>${comments.join('')}</commentList></comments>`
  );
}

/** Excel numbers shapes in blocks of so many, and gives each sheet its own blocks. */
const BLOCK = 1024;
const BOX_WIDTH = 320;
const BOX_CHARACTERS = 54;
const LINE_PIXELS = 16;

/**
 * The boxes of a sheet's notes, in the drawing language of old that Excel still asks for. `heights` are those of all rows in points;
 * `block` is the first block of shape numbers that is free. Gives the next free one as well.
 */
export function noteBoxes(
  notes: readonly Note[],
  plan: Plan,
  heights: readonly number[],
  block: number,
): { xml: string; nextBlock: number } {
  const blocks = Math.ceil((notes.length + 1) / BLOCK);
  const ids = Array.from({ length: blocks }, (_, at) => block + at).join(',');
  const shapes = notes.map((note, at) => {
    const height = Math.min(480, (lineCount(note.text, BOX_CHARACTERS) + 1) * LINE_PIXELS);
    return (
      `<v:shape id="_x0000_s${block * BLOCK + at + 1}" type="#_x0000_t202" style="position:absolute;visibility:hidden" ` +
      'fillcolor="#fffff4" strokecolor="#8493a3" o:insetmode="auto"><v:fill color2="#fffff4"/><v:path o:connecttype="none"/>' +
      '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>' +
      `<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor(note, plan, heights, height)}</x:Anchor>` +
      `<x:AutoFill>False</x:AutoFill><x:Row>${note.row}</x:Row><x:Column>${note.column}</x:Column></x:ClientData></v:shape>`
    );
  });
  return {
    xml:
      '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" ' +
      'xmlns:x="urn:schemas-microsoft-com:office:excel">' +
      `<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="${ids}"/></o:shapelayout>` +
      '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">' +
      '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>' +
      `${shapes.join('')}</xml>`,
    nextBlock: block + blocks,
  };
}

/** Where a box lies: column, pixels into it, row, pixels into it, for the top left and the bottom right corner. */
function anchor(note: Note, plan: Plan, heights: readonly number[], height: number): string {
  const widthAt = (column: number): number => {
    if (plan.sheet.columns[column]?.hidden) return 0;
    return column < plan.columns ? Math.round(widthOf(plan.sheet, column) * 7 + 5) : 64;
  };
  const heightAt = (row: number): number => Math.round(((heights[row] || 15) * 4) / 3);
  const [right, across] = walk(note.column + 1, 12 + BOX_WIDTH, widthAt);
  const [bottom, down] = walk(note.row, 2 + height, heightAt);
  return [note.column + 1, 12, note.row, 2, right, across, bottom, down].join(', ');
}

function walk(from: number, pixels: number, size: (at: number) => number): [at: number, rest: number] {
  let at = from;
  let rest = pixels;
  while (rest > size(at)) rest -= size(at++);
  return [at, rest];
}
