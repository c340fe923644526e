import { cellText, xml } from '../../cell-text.ts';
import type { Sheet, SheetCell, Workbook } from '../../document.ts';
import { cellWriter, isField, type Place, textCell } from './cell.ts';
import type { Lists } from './lists.ts';
import { letters, quoted } from './names.ts';
import { CHARACTERS_PER_WIDTH, type Plan, widthOf } from './plan.ts';
import { differentialId, PALETTE, type Styles } from './styles.ts';
import { lineCount } from './text.ts';

/** What the sheets of a workbook share while they are written. */
export interface Shared {
  workbook: Workbook;
  styles: Styles;
  lists: Lists;
  plans: Plan[];
}

/** Excel keeps at most so many links on a sheet, and no address longer than this; what passes the limits stays plain text. */
const MOST_LINKS = 65530;
const LONGEST_LINK = 2079;

const LINE_HEIGHT = 13;
const ROW_HEIGHT = 15;
/** A line of a form, with room for a signature. */
const FIELD_HEIGHT = 24;
const TALLEST_ROW = 409;
const TITLE_HEIGHT = 27;
const GAP_HEIGHT = 7.5;
/** A frozen block higher than this would leave a small screen no room for the rows. */
const MOST_FROZEN = 230;
const PIECE = 65536;

/**
 * The XML of one sheet, in pieces. `addresses` receives the web addresses it links to and their relationship ids; it is complete
 * when the last piece has been taken. The order of elements is the schema's; Excel repairs any other.
 */
export function* sheetXml(plan: Plan, shared: Shared, addresses: Map<string, string>): Generator<string> {
  const { sheet, header, first, last, lastColumn } = plan;
  const { styles } = shared;
  const links: string[] = [];
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
    `<sheetPr>${sheet.tabTone ? `<tabColor rgb="FF${PALETTE[sheet.tabTone].tab}"/>` : ''}<pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<dimension ref="A1:${lastColumn}${last}"/>` +
    viewXml(
      plan,
      shared,
      introHeights.reduce((sum, height) => sum + height, TITLE_HEIGHT + GAP_HEIGHT + headerHeight),
    ) +
    `<sheetFormatPr defaultRowHeight="${ROW_HEIGHT}"${sheet.columns.some((column) => column.outline) ? ' outlineLevelCol="1"' : ''}/>` +
    columnsXml(sheet);

  let piece = `<sheetData>${rowXml(1, textCell('A1', styles.id({ kind: 'title' }), sheet.title), TITLE_HEIGHT, true)}`;
  const intro = styles.id({ kind: 'intro', wrap: true });
  sheet.intro.forEach((line, i) => {
    piece += rowXml(i + 2, textCell(`A${i + 2}`, intro, line), introHeights[i] ?? ROW_HEIGHT, true);
  });
  piece += rowXml(sheet.intro.length + 2, '', GAP_HEIGHT, true);
  if (plan.table) {
    const looks = sheet.columns.map((column) => styles.id({ kind: 'header', wrap: true, field: column.input }));
    const cells = plan.table.headers.map((text, i) => textCell(`${letters(i)}${header}`, looks[i] ?? 0, text));
    piece += rowXml(header, cells.join(''), headerHeight);
  }

  const names = Array.from({ length: plan.columns }, (_, i) => letters(i));
  const writersFor = (place: Place) => names.map((_, i) => cellWriter(styles, sheet.columns[i], place, plan.dated[i] === true));
  const plain = writersFor(plan.table ? 'table' : 'free');
  const form = plan.table ? plain : writersFor('form');
  const wrapped = sheet.columns.flatMap((column, i) =>
    column.wrap ? [{ i, width: widthOf(sheet, i) * CHARACTERS_PER_WIDTH }] : [],
  );
  for (let at = 0; at <= last - first; at++) {
    const row = sheet.rows[at] ?? [];
    const number = first + at;
    const fields = !plan.table && row.some((cell, i) => isField(cell, sheet.columns[i], false));
    const writers = fields ? form : plain;
    let cells = '';
    for (let i = 0; i < plan.columns; i++) {
      const cell = row[i];
      const ref = `${names[i]}${number}`;
      cells += writers[i]?.(ref, cell) ?? '';
      const link = typeof cell === 'object' && cell !== null && 'link' in cell ? cell.link : undefined;
      if (link && links.length < MOST_LINKS) links.push(...linkXml(ref, link, plan, shared, addresses));
    }
    let lines = 1;
    for (const { i, width } of wrapped) {
      const text = textOf(row[i]);
      if (text.length > width || text.includes('\n')) lines = Math.max(lines, lineCount(text, width));
    }
    const height = heightOf([lines], fields ? FIELD_HEIGHT : ROW_HEIGHT);
    piece += rowXml(number, cells, height > ROW_HEIGHT ? height : 0, fields);
    if (piece.length > PIECE) {
      yield piece;
      piece = '';
    }
  }
  yield `${piece}</sheetData>`;

  // Filter, sort, column widths and row heights stay allowed; Excel itself sorts only where all cells are unlocked.
  yield '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0" sort="0" autoFilter="0"/>';
  const merged =
    plan.introSpan > 1 ? sheet.intro.map((_, i) => `<mergeCell ref="A${i + 2}:${letters(plan.introSpan - 1)}${i + 2}"/>`) : [];
  if (merged.length > 0) yield `<mergeCells count="${merged.length}">${merged.join('')}</mergeCells>`;
  yield tonesXml(plan);
  yield validationsXml(plan, shared.lists);
  if (links.length > 0) yield `<hyperlinks>${links.join('')}</hyperlinks>`;
  yield '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>' +
    `<pageSetup orientation="${sheet.landscape ? 'landscape' : 'portrait'}" fitToWidth="1" fitToHeight="0"/>` +
    headerFooterXml(shared.workbook, plan) +
    `<ignoredErrors><ignoredError sqref="A1:${lastColumn}${last}" twoDigitTextYear="1" numberStoredAsText="1"/></ignoredErrors>`;
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

function rowXml(number: number, cells: string, height: number, fixed = false): string {
  // Without customHeight, Excel and LibreOffice go on fitting the row to its text when people edit it.
  return `<row r="${number}"${height ? ` ht="${height}"` : ''}${fixed ? ' customHeight="1"' : ''}>${cells}</row>`;
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

function columnsXml(sheet: Sheet): string {
  const columns = sheet.columns.map(
    (column, i) =>
      `<col min="${i + 1}" max="${i + 1}" width="${widthOf(sheet, i) + 0.71}" customWidth="1"${column.outline ? ' outlineLevel="1"' : ''}/>`,
  );
  return columns.length > 0 ? `<cols>${columns.join('')}</cols>` : '';
}

function textOf(cell: SheetCell | undefined): string {
  if (typeof cell === 'string') return cell;
  return typeof cell === 'object' && cell !== null && 'text' in cell ? cell.text : '';
}

type Link = { sheet: string; row: number } | { url: string };

function linkXml(ref: string, link: Link, plan: Plan, shared: Shared, addresses: Map<string, string>): string[] {
  if ('url' in link) {
    const address = webAddress(link.url);
    if (address === undefined) return [];
    const id = addresses.get(address) ?? `link${addresses.size + 1}`;
    addresses.set(address, id);
    return [`<hyperlink ref="${ref}" r:id="${id}"/>`];
  }
  const target = shared.plans.find((other) => other.sheet.name === link.sheet);
  if (!target) throw new Error(`Sheet “${plan.name}” links to sheet “${link.sheet}”, which the workbook does not have.`);
  return [`<hyperlink ref="${ref}" location="${xml(`${quoted(target.name)}!A${target.first + link.row - 1}`)}"/>`];
}

/** An address that is safe to follow and that Excel accepts: http, https or mail, with one `#` at most. */
function webAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { href, protocol, hash } = new URL(url);
  if (!['http:', 'https:', 'mailto:'].includes(protocol) || href.length > LONGEST_LINK) return undefined;
  return href.slice(0, href.length - hash.length) + hash.slice(0, 1) + hash.slice(1).replaceAll('#', '%23');
}

/** Colors by conditional format, so that they follow when people change a value. */
function tonesXml(plan: Plan): string {
  let priority = 0;
  return plan.sheet.columns
    .map((column, i) => {
      const rules = Object.entries(plan.sheet.tones?.[column.title] ?? {})
        // Text in a formula may hold 255 characters.
        .filter(([value, tone]) => tone !== 'plain' && value.length <= 255)
        .map(([value, tone]) => {
          const formula = xml(`"${value.replaceAll('"', '""')}"`);
          return `<cfRule type="cellIs" dxfId="${differentialId(tone)}" priority="${++priority}" operator="equal"><formula>${formula}</formula></cfRule>`;
        });
      const range = `${letters(i)}${plan.first}:${letters(i)}${plan.last}`;
      return rules.length > 0 ? `<conditionalFormatting sqref="${range}">${rules.join('')}</conditionalFormatting>` : '';
    })
    .join('');
}

function validationsXml(plan: Plan, lists: Lists): string {
  const validations = plan.sheet.columns.flatMap((column, i) => {
    if (!column.list || column.list.length === 0) return [];
    const range = `${letters(i)}${plan.first}:${letters(i)}${plan.last}`;
    return [
      `<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" sqref="${range}">` +
        `<formula1>${lists.formula(column.list)}</formula1></dataValidation>`,
    ];
  });
  return validations.length > 0 ? `<dataValidations count="${validations.length}">${validations.join('')}</dataValidations>` : '';
}

/** Title and sheet above, author, date and page number below, small and gray; each side may hold 255 characters. */
function headerFooterXml(workbook: Workbook, plan: Plan): string {
  // The color code ends what comes before, so that text beginning with digits is not read as a size.
  const part = (text: string) => `&8&K5A6673${cellText(text).slice(0, 80).replaceAll('&', '&&')}`;
  const above = `&L${part(workbook.title)}&R${part(plan.name)}`;
  const below = `&L${part(`${workbook.author} · ${workbook.date}`)}&R${part('')}&P / &N`;
  return `<headerFooter><oddHeader>${xml(above)}</oddHeader><oddFooter>${xml(below)}</oddFooter></headerFooter>`;
}
