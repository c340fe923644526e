import type { Tone } from '../../document.ts';

/** Light grounds and dark inks of one weight, so that a grey print stays readable; `tab` marks the sheet's tab. */
export const PALETTE: Record<Tone, { ground: string; ink: string; tab: string }> = {
  blue: { ground: 'DFE9F5', ink: '1F4A7A', tab: '5B87B8' },
  amber: { ground: 'FBECCB', ink: '744A05', tab: 'D39A2D' },
  violet: { ground: 'E9E3F4', ink: '4C3482', tab: '8670B8' },
  teal: { ground: 'D9EEEC', ink: '115753', tab: '3F938D' },
  red: { ground: 'F8DFDC', ink: '8A211B', tab: 'C0564E' },
  green: { ground: 'DFF0DF', ink: '22592C', tab: '5A9A66' },
  gray: { ground: 'ECEEF1', ink: '4B5662', tab: '94A0AC' },
  plain: { ground: '', ink: '1F2933', tab: '64748B' },
};
const INK = PALETTE.plain.ink;
const QUIET = '5A6673';
const LINK = '1A5AA0';
const LINE = 'DDE2E7';
const RULE = '8493A3';
const HEADER_GROUND = 'E8ECF1';
const FIELD_GROUND = 'FFFAEA';
const FIELD_HEADER_GROUND = 'FBEFC9';
const STRIPE = 'F8FAFB';
/** Grounds of bands over sections, the outermost darkest. */
const BAND_GROUNDS = ['DCE2E9', 'EBEFF3', 'F3F5F8'];

/** How a cell looks and behaves. */
export interface Look {
  kind: 'title' | 'intro' | 'heading' | 'header' | 'cell';
  /** Belongs to a band over a section; 1 is the outermost. */
  band?: 1 | 2 | 3;
  /** Ruled below, as table cells and fields are. */
  ruled?: boolean;
  /** To be filled in: unlocked and tinted. */
  field?: boolean;
  wrap?: boolean;
  bold?: boolean;
  link?: boolean;
  tone?: Tone;
  format?: 'date' | 'percent';
  /** A number: to the right, off the edge. */
  number?: boolean;
  /** Stands on its line, as in a form. */
  low?: boolean;
  /** Keeps text that looks like a formula text while it is edited. */
  quote?: boolean;
}

/** Gathers the looks a workbook uses and gives each its number. */
export interface Styles {
  id(look: Look): number;
  xml(): string;
}

export const BODY_SIZE = 10;
export const TITLE_SIZE = 16;
const HEADING_SIZE = 12;
const FORMATS = { date: 164, percent: 9 };
/** All tones; the plain one is last, having no color to apply. */
export const TONES = ['blue', 'amber', 'violet', 'teal', 'red', 'green', 'gray', 'plain'] as const satisfies Tone[];

/** Number of the conditional format of a tone; the table's band comes first. */
export function differentialId(tone: Tone): number {
  return TONES.indexOf(tone) + 1;
}

export const TABLE_STYLE = 'Calm';

export function styleBook(): Styles {
  const fonts = numbered([font(11, INK)]);
  const fills = numbered(['<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>']);
  const borders = numbered([border('')]);
  const formats = numbered(['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>']);

  function id(look: Look): number {
    const ground = groundOf(look);
    const numFmtId = look.format ? FORMATS[look.format] : 0;
    const fontId = fonts.id(fontOf(look));
    const fillId = ground
      ? fills.id(
          `<fill><patternFill patternType="solid"><fgColor rgb="FF${ground}"/><bgColor indexed="64"/></patternFill></fill>`,
        )
      : 0;
    const borderId = borders.id(border(look.kind === 'header' ? RULE : look.ruled ? LINE : ''));
    const across = look.number ? ' horizontal="right" indent="1"' : look.format === 'date' ? ' horizontal="left"' : '';
    const down = look.kind === 'title' || look.band ? 'center' : look.low ? 'bottom' : 'top';
    return formats.id(
      `<xf numFmtId="${numFmtId}" fontId="${fontId}" fillId="${fillId}" borderId="${borderId}" xfId="0"${look.quote ? ' quotePrefix="1"' : ''}` +
        ' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1">' +
        `<alignment${across} vertical="${down}"${look.wrap ? ' wrapText="1"' : ''}/>` +
        `<protection locked="${look.field && look.kind === 'cell' ? 0 : 1}"/></xf>`,
    );
  }

  function xml(): string {
    const tones = TONES.slice(0, -1).map((tone) => differential(PALETTE[tone].ground, PALETTE[tone].ink));
    return (
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
      '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
      `<numFmts count="1"><numFmt numFmtId="${FORMATS.date}" formatCode="yyyy\\-mm\\-dd"/></numFmts>` +
      fonts.xml('fonts') +
      fills.xml('fills') +
      borders.xml('borders') +
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
      formats.xml('cellXfs') +
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>' +
      `<dxfs count="${tones.length + 1}">${differential(STRIPE)}${tones.join('')}</dxfs>` +
      `<tableStyles count="1" defaultTableStyle="${TABLE_STYLE}" defaultPivotStyle="PivotStyleLight16">` +
      `<tableStyle name="${TABLE_STYLE}" pivot="0" count="1"><tableStyleElement type="secondRowStripe" dxfId="0"/></tableStyle>` +
      '</tableStyles></styleSheet>'
    );
  }
  return { id, xml };
}

function groundOf(look: Look): string {
  if (look.kind === 'header') return look.field ? FIELD_HEADER_GROUND : HEADER_GROUND;
  if (look.band) return BAND_GROUNDS[look.band - 1] ?? '';
  if (look.tone && look.tone !== 'plain') return PALETTE[look.tone].ground;
  return look.field ? FIELD_GROUND : '';
}

function fontOf(look: Look): string {
  if (look.kind === 'title') return font(TITLE_SIZE, INK, true);
  if (look.kind === 'heading') return font(HEADING_SIZE, INK, true);
  if (look.kind === 'intro') return font(BODY_SIZE, QUIET);
  if (look.kind === 'header') return font(BODY_SIZE, INK, true);
  if (look.band) return font(BODY_SIZE, INK, look.band < 3);
  if (look.link) return font(BODY_SIZE, LINK, look.bold, true);
  return font(BODY_SIZE, look.tone ? PALETTE[look.tone].ink : INK, look.bold);
}

function font(size: number, color: string, bold = false, underlined = false): string {
  return `<font>${bold ? '<b/>' : ''}${underlined ? '<u/>' : ''}<sz val="${size}"/><color rgb="FF${color}"/><name val="Calibri"/><family val="2"/></font>`;
}

function border(color: string): string {
  const bottom = color ? `<bottom style="thin"><color rgb="FF${color}"/></bottom>` : '<bottom/>';
  return `<border><left/><right/><top/>${bottom}<diagonal/></border>`;
}

function differential(ground: string, ink?: string): string {
  const solid = `<fill><patternFill patternType="solid"><fgColor rgb="FF${ground}"/><bgColor rgb="FF${ground}"/></patternFill></fill>`;
  return `<dxf>${ink ? `<font><color rgb="FF${ink}"/></font>` : ''}${solid}</dxf>`;
}

/** A list in which equal pieces of XML share one number. */
function numbered(first: string[]): { id(piece: string): number; xml(element: string): string } {
  const ids = new Map(first.map((piece, at) => [piece, at]));
  return {
    id(piece) {
      const known = ids.get(piece) ?? ids.size;
      ids.set(piece, known);
      return known;
    },
    xml: (element) => `<${element} count="${ids.size}">${[...ids.keys()].join('')}</${element}>`,
  };
}
