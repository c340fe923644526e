import { xml } from '../../cell-text.ts';
import type { Workbook } from '../../document.ts';
import { letters, quoted } from './names.ts';
import type { Plan } from './plan.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export interface Relation {
  id: string;
  type:
    | 'worksheet'
    | 'styles'
    | 'sharedStrings'
    | 'table'
    | 'hyperlink'
    | 'drawing'
    | 'chart'
    | 'comments'
    | 'vmlDrawing'
    | 'officeDocument'
    | 'extended-properties'
    | 'core-properties';
  target: string;
}

export function relationsXml(relations: Relation[]): string {
  const items = relations.map(({ id, type, target }) => {
    const root = type === 'core-properties' ? `${PACKAGE}/relationships/metadata` : `${OFFICE}/relationships`;
    const mode = type === 'hyperlink' ? ' TargetMode="External"' : '';
    return `<Relationship Id="${id}" Type="${root}/${type}" Target="${xml(target)}"${mode}/>`;
  });
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`;
}

export const ROOT_RELATIONS: Relation[] = [
  { id: 'workbook', type: 'officeDocument', target: 'xl/workbook.xml' },
  { id: 'core', type: 'core-properties', target: 'docProps/core.xml' },
  { id: 'app', type: 'extended-properties', target: 'docProps/app.xml' },
];

export function workbookRelations(sheetCount: number): Relation[] {
  const sheets = Array.from({ length: sheetCount }, (_, at): Relation => {
    return { id: `sheet${at + 1}`, type: 'worksheet', target: `worksheets/sheet${at + 1}.xml` };
  });
  return [
    ...sheets,
    { id: 'styles', type: 'styles', target: 'styles.xml' },
    { id: 'strings', type: 'sharedStrings', target: 'sharedStrings.xml' },
  ];
}

export function contentTypesXml(paths: string[]): string {
  const types: [RegExp, string][] = [
    [/^xl\/workbook\.xml$/, `${SPREADSHEET}.sheet.main+xml`],
    [/^xl\/worksheets\/[^/]+\.xml$/, `${SPREADSHEET}.worksheet+xml`],
    [/^xl\/tables\//, `${SPREADSHEET}.table+xml`],
    [/^xl\/comments/, `${SPREADSHEET}.comments+xml`],
    [/^xl\/drawings\/[^/]+\.xml$/, 'application/vnd.openxmlformats-officedocument.drawing+xml'],
    [/^xl\/charts\//, 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml'],
    [/^xl\/styles\.xml$/, `${SPREADSHEET}.styles+xml`],
    [/^xl\/sharedStrings\.xml$/, `${SPREADSHEET}.sharedStrings+xml`],
    [/core\.xml$/, 'application/vnd.openxmlformats-package.core-properties+xml'],
    [/app\.xml$/, 'application/vnd.openxmlformats-officedocument.extended-properties+xml'],
  ];
  const overrides = paths.map((path) => {
    const type = types.find(([pattern]) => pattern.test(path))?.[1];
    return type ? `<Override PartName="/${path}" ContentType="${type}"/>` : '';
  });
  return (
    `${HEAD}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    (paths.some((path) => path.endsWith('.vml'))
      ? '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
      : '') +
    `<Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`
  );
}

/** Sheets, names for formulas, what is repeated and printed of each sheet, and the wish that formulas be computed on opening. */
export function workbookXml(plans: Plan[], lists: { sheet: string; names: [name: string, range: string][] } | undefined): string {
  const sheets = plans.map(
    (plan, at) =>
      `<sheet name="${xml(plan.name)}" sheetId="${at + 1}"${plan.sheet.hidden ? ' state="veryHidden"' : ''} r:id="sheet${at + 1}"/>`,
  );
  if (lists) {
    const number = plans.length + 1;
    sheets.push(`<sheet name="${xml(lists.sheet)}" sheetId="${number}" state="hidden" r:id="sheet${number}"/>`);
  }
  const names = [...plans.flatMap(namesOf), ...(lists?.names ?? []).map(([name, range]) => definedName(name, range))];
  return (
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><bookViews><workbookView/></bookViews>` +
    `<sheets>${sheets.join('')}</sheets>${names.length > 0 ? `<definedNames>${names.join('')}</definedNames>` : ''}` +
    '<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>'
  );
}

function namesOf(plan: Plan, at: number): string[] {
  const { sheet } = plan;
  const place = quoted(plan.name);
  const printed = sheet.printColumns ?? 0;
  const names: string[] = [];
  if (printed > 0 && printed < plan.columns)
    names.push(definedName('_xlnm.Print_Area', `${place}!$A$1:$${letters(printed - 1)}$${plan.last}`, at));
  if (plan.table) {
    const columns = sheet.freezeColumns > 0 ? `${place}!$A:$${letters(sheet.freezeColumns - 1)},` : '';
    names.push(definedName('_xlnm.Print_Titles', `${columns}${place}!$${plan.header}:$${plan.header}`, at));
  }
  for (const [name, [row, column]] of Object.entries(sheet.names ?? {}))
    names.push(definedName(name, `${place}!$${letters(column - 1)}$${plan.first + row - 1}`));
  return names;
}

function definedName(name: string, range: string, sheet?: number): string {
  return `<definedName name="${xml(name)}"${sheet === undefined ? '' : ` localSheetId="${sheet}"`}>${xml(range)}</definedName>`;
}

/** Marks that turn the direction of text. Properties are shown in lists of file managers, where they would disguise what is beside them. */
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

function property(text: string): string {
  return xml(text.replace(TURNING, ''));
}

export function coreXml(workbook: Workbook): string {
  const time = `${workbook.date}T00:00:00Z`;
  return (
    `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${property(workbook.title)}</dc:title><dc:subject>${property(workbook.subject)}</dc:subject>` +
    `<dc:creator>${property(workbook.author)}</dc:creator><cp:keywords>${property(workbook.keywords.join(', '))}</cp:keywords>` +
    `<cp:lastModifiedBy>${property(workbook.author)}</cp:lastModifiedBy>` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${time}</dcterms:created>` +
    `<dcterms:modified xsi:type="dcterms:W3CDTF">${time}</dcterms:modified></cp:coreProperties>`
  );
}

export function appXml(workbook: Workbook): string {
  return (
    `${HEAD}<Properties xmlns="${OFFICE}/extended-properties"><Application>demarc</Application>` +
    `<Company>${xml(workbook.author)}</Company></Properties>`
  );
}
