import { xml } from '../../cell-text.ts';
import type { Workbook } from '../../document.ts';
import { quoted } from './names.ts';
import type { Plan } from './plan.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export interface Relation {
  id: string;
  type: 'worksheet' | 'styles' | 'table' | 'hyperlink' | 'officeDocument' | 'extended-properties' | 'core-properties';
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
  return [...sheets, { id: 'styles', type: 'styles', target: 'styles.xml' }];
}

export function contentTypesXml(paths: string[]): string {
  const types: [RegExp, string][] = [
    [/^xl\/workbook\.xml$/, `${SPREADSHEET}.sheet.main+xml`],
    [/^xl\/worksheets\/[^/]+\.xml$/, `${SPREADSHEET}.worksheet+xml`],
    [/^xl\/tables\//, `${SPREADSHEET}.table+xml`],
    [/^xl\/styles\.xml$/, `${SPREADSHEET}.styles+xml`],
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
    `<Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`
  );
}

/** Sheets, the header rows repeated on each printed page, and the wish that formulas be computed on opening. */
export function workbookXml(plans: Plan[], listsName: string | undefined): string {
  const sheets = plans.map((plan, at) => `<sheet name="${xml(plan.name)}" sheetId="${at + 1}" r:id="sheet${at + 1}"/>`);
  if (listsName) {
    const number = plans.length + 1;
    sheets.push(`<sheet name="${xml(listsName)}" sheetId="${number}" state="hidden" r:id="sheet${number}"/>`);
  }
  const titles = plans.flatMap((plan, at) =>
    plan.table
      ? [
          `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">${xml(quoted(plan.name))}!$${plan.header}:$${plan.header}</definedName>`,
        ]
      : [],
  );
  return (
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><bookViews><workbookView/></bookViews>` +
    `<sheets>${sheets.join('')}</sheets>${titles.length > 0 ? `<definedNames>${titles.join('')}</definedNames>` : ''}` +
    '<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>'
  );
}

export function coreXml(workbook: Workbook): string {
  const time = `${workbook.date}T00:00:00Z`;
  return (
    `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${xml(workbook.title)}</dc:title><dc:subject>${xml(workbook.subject)}</dc:subject>` +
    `<dc:creator>${xml(workbook.author)}</dc:creator><cp:keywords>${xml(workbook.keywords.join(', '))}</cp:keywords>` +
    `<cp:lastModifiedBy>${xml(workbook.author)}</cp:lastModifiedBy>` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${time}</dcterms:created>` +
    `<dcterms:modified xsi:type="dcterms:W3CDTF">${time}</dcterms:modified></cp:coreProperties>`
  );
}

export function appXml(): string {
  return `${HEAD}<Properties xmlns="${OFFICE}/extended-properties"><Application>demarc</Application></Properties>`;
}
