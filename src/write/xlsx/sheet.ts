import { cellText, xml } from '../../cell-text.ts';
import type { SheetCell, Workbook } from '../../document.ts';
import { cellWriter, isField, type Place, textCell } from './cell.ts';
import { conditionsXml, validationsXml } from './conditions.ts';
import { formulaText } from './formula.ts';
import { linkXml, MOST_LINKS } from './links.ts';
import type { Lists } from './lists.ts';
import { letters } from './names.ts';
import type { Note } from './notes.ts';
import { CHARACTERS_PER_WIDTH, cellsOf, type Plan, widthOf } from './plan.ts';
import type { SharedStrings } from './shared-strings.ts';
import { PALETTE, type Styles } from './styles.ts';
import { lineCount } from './text.ts';

/** What the sheets of a workbook share while they are written. */
export interface Shared {
  workbook: Workbook;
  styles: Styles;
  strings: SharedStrings;
  lists: Lists;
  plans: Plan[];
  /** Cells whose text Excel's limit has cut, as sheet and reference. */
  cuts: string[];
}

/** What stands beside a sheet's XML; complete when its last piece has been taken. */
export interface Attached {
  /** Web addresses with their relationship ids. */
  addresses: Map<string, string>;
  notes: Note[];
  /** Heights of all rows from the top, in points; kept only where there are notes to place. 0 stands for the default. */
  heights: number[];
}

const LINE_HEIGHT = 13;
const ROW_HEIGHT = 15;
/** A line of a form, with room for a signature. */
const FIELD_HEIGHT = 24;
const BAND_HEIGHT = 20;
const TALLEST_ROW = 409;
const TITLE_HEIGHT = 27;
const GAP_HEIGHT = 7.5;
/** A frozen block higher than this would leave a small screen no room for the rows. */
const MOST_FROZEN = 230;
const PIECE = 65536;
const PAPER = { a4: 9, letter: 1 };

/** The XML of one sheet, in pieces. The order of elements is the schema's; Excel repairs any other. */
export function* sheetXml(plan: Plan, shared: Shared, attached: Attached): Generator<string> {
  const { sheet, header, first, last, lastColumn } = plan;
  const { styles } = shared;
  const tell = shared.strings.teller();
  const links: string[] = [];
  const { notes, heights } = attached;
  const headerHeight = plan.table
    ? heightOf(
        plan.table.headers.map((text, i) => lineCount(text, widthOf(sheet, i) - 3)),
        ROW_HEIGHT + 3,
      )
    : 0;
  const introHeights = plan.introLines.map((lines) => heightOf([lines], ROW_HEIGHT));

  yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ' +
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">' +
    `<sheetPr>${sheet.tabTone ? `<tabColor rgb="FF${PALETTE[sheet.tabTone].tab}"/>` : ''}` +
    `${plan.depth > 0 ? '<outlinePr summaryBelow="0"/>' : ''}<pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<dimension ref="A1:${lastColumn}${last}"/>` +
    viewXml(
      plan,
      shared,
      introHeights.reduce((sum, height) => sum + height, TITLE_HEIGHT + GAP_HEIGHT + headerHeight),
    ) +
    `<sheetFormatPr defaultRowHeight="${ROW_HEIGHT}"${plan.depth > 0 ? ` outlineLevelRow="${plan.depth}"` : ''}${sheet.columns.some((column) => column.outline) ? ' outlineLevelCol="1"' : ''}/>` +
    columnsXml(plan);

  let piece = `<sheetData>${rowXml(1, textCell('A1', styles.id({ kind: 'title' }), sheet.title, tell), { height: TITLE_HEIGHT, fixed: true })}`;
  const intro = styles.id({ kind: 'intro', wrap: true });
  sheet.intro.forEach((line, i) => {
    piece += rowXml(i + 2, textCell(`A${i + 2}`, intro, line, tell), { height: introHeights[i] ?? ROW_HEIGHT, fixed: true });
  });
  piece += rowXml(sheet.intro.length + 2, '', { height: GAP_HEIGHT, fixed: true });
  heights.push(TITLE_HEIGHT, ...introHeights, GAP_HEIGHT);
  if (plan.table) {
    const looks = sheet.columns.map((column) => styles.id({ kind: 'header', wrap: true, field: column.input }));
    const cells = plan.table.headers.map((text, i) => textCell(`${letters(i)}${header}`, looks[i] ?? 0, text, tell));
    piece += rowXml(header, cells.join(''), { height: headerHeight });
    heights.push(headerHeight);
    sheet.columns.forEach((column, i) => {
      if (column.note) notes.push({ ref: `${letters(i)}${header}`, row: header - 1, column: i, text: column.note });
    });
  }

  const names = Array.from({ length: plan.columns }, (_, i) => letters(i));
  const writersOf = new Map<Place, ReturnType<typeof cellWriter>[]>();
  const writersFor = (place: Place): ReturnType<typeof cellWriter>[] => {
    const made =
      writersOf.get(place) ??
      names.map((_, i) =>
        cellWriter({
          styles,
          tell: shared.strings.teller(),
          column: sheet.columns[i],
          place,
          dated: plan.dated[i] === true,
          formula: (formula, row) => formulaText(formula, row, plan, shared.plans),
          onCut: (ref) => {
            if (!sheet.hidden) shared.cuts.push(`${plan.name}!${ref}`);
          },
        }),
      );
    writersOf.set(place, made);
    return made;
  };
  const wrapped = sheet.columns.flatMap((column, i) =>
    column.wrap && !column.hidden ? [{ i, width: widthOf(sheet, i) * CHARACTERS_PER_WIDTH }] : [],
  );
  let level = 0;
  for (let at = 0; at <= last - first; at++) {
    const given = sheet.rows[at];
    const row = cellsOf(given);
    const band = given !== undefined && !Array.isArray(given) ? given.band : undefined;
    const number = first + at;
    const fields = !plan.table && row.some((cell, i) => isField(cell, sheet.columns[i], false));
    const writers = writersFor(band ?? (plan.table ? 'table' : fields ? 'form' : 'free'));
    let cells = '';
    let lines = 1;
    for (let i = 0; i < plan.columns; i++) {
      const cell = row[i];
      const ref = `${names[i]}${number}`;
      cells += writers[i]?.(ref, cell, number) ?? '';
      if (typeof cell !== 'object' || cell === null) continue;
      if ('link' in cell && cell.link && links.length < MOST_LINKS)
        links.push(...linkXml(ref, cell.link, plan, shared.plans, attached.addresses));
      if ('look' in cell && cell.look === 'header') lines = Math.max(lines, lineCount(cell.text, widthOf(sheet, i)));
      if ('note' in cell && cell.note) notes.push({ ref, row: number - 1, column: i, text: cell.note });
    }
    let height = BAND_HEIGHT;
    if (band === undefined) {
      for (const { i, width } of wrapped) {
        const text = textOf(row[i]);
        if (text.length > width || text.includes('\n')) lines = Math.max(lines, lineCount(text, width));
      }
      height = heightOf([lines], fields ? FIELD_HEIGHT : ROW_HEIGHT);
    }
    const depth = band === undefined ? level : band - 1;
    if (band !== undefined) level = band;
    piece += rowXml(number, cells, { height: height > ROW_HEIGHT ? height : 0, fixed: fields || band !== undefined, depth });
    heights.push(height);
    if (piece.length > PIECE) {
      yield piece;
      piece = '';
    }
  }
  yield `${piece}</sheetData>`;

  // Filter, sort, column widths and row heights stay allowed; Excel itself sorts only where all cells are unlocked.
  if (!sheet.open)
    yield '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0" sort="0" autoFilter="0"/>';
  const merged =
    plan.introSpan > 1 ? sheet.intro.map((_, i) => `<mergeCell ref="A${i + 2}:${letters(plan.introSpan - 1)}${i + 2}"/>`) : [];
  if (merged.length > 0) yield `<mergeCells count="${merged.length}">${merged.join('')}</mergeCells>`;
  yield conditionsXml(plan, shared.plans);
  yield validationsXml(plan, shared.lists);
  if (links.length > 0) yield `<hyperlinks>${links.join('')}</hyperlinks>`;
  yield '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>' +
    `<pageSetup paperSize="${PAPER[shared.workbook.paper ?? 'a4']}" orientation="${sheet.landscape ? 'landscape' : 'portrait'}" fitToWidth="1" fitToHeight="0"/>` +
    headerFooterXml(shared.workbook, plan) +
    `<ignoredErrors><ignoredError sqref="A1:${lastColumn}${last}" twoDigitTextYear="1" numberStoredAsText="1"/></ignoredErrors>`;
  if (sheet.charts && sheet.charts.length > 0) yield '<drawing r:id="drawing"/>';
  if (notes.length > 0) yield '<legacyDrawing r:id="boxes"/>';
  yield `${plan.table ? '<tableParts count="1"><tablePart r:id="table"/></tableParts>' : ''}</worksheet>`;
}

/** The part that makes a range an Excel table: filter buttons, bands, a name for formulas. */
export function tableXml(plan: Plan, table: NonNullable<Plan['table']>, styleName: string): string {
  const range = `A${plan.header}:${plan.lastColumn}${plan.last}`;
  const columns = table.headers.map((name, i) => `<tableColumn id="${i + 1}" name="${xml(name)}"/>`);
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ' +
    `id="${table.id}" name="${xml(table.name)}" displayName="${xml(table.name)}" ref="${range}" totalsRowShown="0">` +
    `<autoFilter ref="${range}"/><tableColumns count="${columns.length}">${columns.join('')}</tableColumns>` +
    `<tableStyleInfo name="${styleName}" showFirstColumn="0" showLastColumn="0" showRowStripes="1" showColumnStripes="0"/></table>`
  );
}

function rowXml(number: number, cells: string, look: { height: number; fixed?: boolean; depth?: number }): string {
  // Without customHeight, Excel and LibreOffice go on fitting the row to its text when people edit it.
  return (
    `<row r="${number}"${look.height ? ` ht="${look.height}"` : ''}${look.fixed ? ' customHeight="1"' : ''}` +
    `${look.depth ? ` outlineLevel="${look.depth}"` : ''}>${cells}</row>`
  );
}

function heightOf(lines: number[], least: number): number {
  return Math.min(TALLEST_ROW, Math.max(least, Math.max(1, ...lines) * LINE_HEIGHT + 2));
}

function viewXml(plan: Plan, shared: Shared, frozenHeight: number): string {
  const selected = shared.plans[0] === plan ? ' tabSelected="1"' : '';
  const rows = plan.table && frozenHeight <= MOST_FROZEN ? plan.header : 0;
  const columns = Math.max(0, Math.min(plan.sheet.freezeColumns, plan.columns - 1));
  const corner = `${letters(columns)}${rows + 1}`;
  const pane = rows && columns ? 'bottomRight' : rows ? 'bottomLeft' : 'topRight';
  const split = `${columns ? ` xSplit="${columns}"` : ''}${rows ? ` ySplit="${rows}"` : ''}`;
  const start = plan.sheet.columns.findIndex((column) => column.input);
  const active = `${letters(Math.max(0, start))}${plan.first}`;
  return (
    `<sheetViews><sheetView showGridLines="0"${selected} workbookViewId="0">` +
    (split ? `<pane${split} topLeftCell="${corner}" activePane="${pane}" state="frozen"/>` : '') +
    `<selection${split ? ` pane="${pane}"` : ''} activeCell="${active}" sqref="${active}"/></sheetView></sheetViews>`
  );
}

function columnsXml({ sheet }: Plan): string {
  const columns = sheet.columns.map(
    (column, i) =>
      `<col min="${i + 1}" max="${i + 1}" width="${widthOf(sheet, i) + 0.71}"${column.hidden ? ' hidden="1"' : ''} customWidth="1"${column.outline ? ' outlineLevel="1"' : ''}/>`,
  );
  return columns.length > 0 ? `<cols>${columns.join('')}</cols>` : '';
}

function textOf(cell: SheetCell | undefined): string {
  if (typeof cell === 'string') return cell;
  return typeof cell === 'object' && cell !== null && 'text' in cell ? cell.text : '';
}

/** Title and sheet above, author, date and page number below, small and gray; each side may hold 255 characters. */
function headerFooterXml(workbook: Workbook, plan: Plan): string {
  // The color code ends what comes before, so that text beginning with digits is not read as a size.
  const part = (text: string) => `&8&K5A6673${cellText(text).slice(0, 80).replaceAll('&', '&&')}`;
  const above = `&L${part(workbook.title)}&R${part(plan.name)}`;
  const below = `&L${part(`${workbook.author} · ${workbook.date}`)}&R${part('')}&P / &N`;
  return `<headerFooter><oddHeader>${xml(above)}</oddHeader><oddFooter>${xml(below)}</oddFooter></headerFooter>`;
}
