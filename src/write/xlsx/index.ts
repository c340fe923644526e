import type { Workbook } from '../../document.ts';
import { chartXml, drawingXml } from './chart.ts';
import { listSheet } from './lists.ts';
import { sheetNames } from './names.ts';
import { noteBoxes, notesXml } from './notes.ts';
import {
  appXml,
  contentTypesXml,
  coreXml,
  type Relation,
  ROOT_RELATIONS,
  relationsXml,
  workbookRelations,
  workbookXml,
} from './package.ts';
import { planSheets } from './plan.ts';
import { sharedStrings } from './shared-strings.ts';
import { type Attached, type Shared, sheetXml, tableXml } from './sheet.ts';
import { styleBook, TABLE_STYLE } from './styles.ts';
import { Packing, zip } from './zip.ts';

/** A written workbook: its bytes, and the cells (such as `Findings!C5`) whose text was longer than Excel holds and is cut, visibly. */
export interface WrittenWorkbook {
  bytes: Uint8Array;
  cuts: string[];
}

/**
 * Writes a workbook as an Excel file: same workbook, same bytes.
 *
 * The whole package is written here, without exceljs: loading exceljs alone takes longer than this takes for 2,000 rows, its large
 * sheets would have to be replaced anyway, and what it would have left to do (styles, names, properties) is a page of XML.
 * Sheets of more than a few megabytes are deflated while they are made, so memory holds the rows given, the texts that cells share and
 * packed sheets, never the XML of them all.
 *
 * What reports may rely on: the row of a link counts from 1 at the first row given, bands included; without a table, plain values,
 * dates and `null` in an input column are fields to fill in, and texts given as objects are fixed wording.
 */
export async function writeWorkbook(workbook: Workbook): Promise<WrittenWorkbook> {
  // Excel opens no workbook without a sheet.
  const sheets = workbook.sheets.length > 0 ? workbook.sheets : [emptySheet(workbook.title)];
  const plans = planSheets(sheets);
  const listsName = sheetNames([...plans.map((plan) => plan.name), 'Lists']).at(-1) ?? 'Lists';
  const shared: Shared = {
    workbook,
    styles: styleBook(),
    strings: sharedStrings(),
    lists: listSheet(listsName),
    plans,
    cuts: [],
  };
  const parts = new Packing();
  const add = (path: string, text: Iterable<string>) => parts.add(path, text);
  let charts = 0;
  let block = 1;

  for (const [at, plan] of plans.entries()) {
    const attached: Attached = { addresses: new Map(), notes: [], heights: [] };
    await add(`xl/worksheets/sheet${at + 1}.xml`, sheetXml(plan, shared, attached));
    const relations: Relation[] = [...attached.addresses].map(([target, id]) => ({ id, type: 'hyperlink', target }));
    const drawn = plan.sheet.charts ?? [];
    if (drawn.length > 0) {
      relations.push({ id: 'drawing', type: 'drawing', target: `../drawings/drawing${at + 1}.xml` });
      await add(`xl/drawings/drawing${at + 1}.xml`, [drawingXml(drawn, plan)]);
      const own = drawn.map(
        (_, i): Relation => ({ id: `chart${i + 1}`, type: 'chart', target: `../charts/chart${charts + i + 1}.xml` }),
      );
      await add(`xl/drawings/_rels/drawing${at + 1}.xml.rels`, [relationsXml(own)]);
      for (const chart of drawn) await add(`xl/charts/chart${++charts}.xml`, [chartXml(chart, plan)]);
    }
    if (attached.notes.length > 0) {
      const boxes = noteBoxes(attached.notes, plan, attached.heights, block);
      block = boxes.nextBlock;
      relations.push({ id: 'boxes', type: 'vmlDrawing', target: `../drawings/boxes${at + 1}.vml` });
      relations.push({ id: 'notes', type: 'comments', target: `../comments${at + 1}.xml` });
      await add(`xl/drawings/boxes${at + 1}.vml`, [boxes.xml]);
      await add(`xl/comments${at + 1}.xml`, [notesXml(attached.notes)]);
    }
    if (plan.table) {
      const file = `tables/table${plan.table.id}.xml`;
      relations.push({ id: 'table', type: 'table', target: `../${file}` });
      await add(`xl/${file}`, [tableXml(plan, plan.table, TABLE_STYLE)]);
    }
    if (relations.length > 0) await add(`xl/worksheets/_rels/sheet${at + 1}.xml.rels`, [relationsXml(relations)]);
  }
  const lists = shared.lists.sheetXml(shared.styles, shared.strings);
  if (lists) await add(`xl/worksheets/sheet${plans.length + 1}.xml`, [lists]);
  await add('xl/sharedStrings.xml', shared.strings.xml());
  await add('xl/styles.xml', [shared.styles.xml()]);
  await add('xl/workbook.xml', [workbookXml(plans, lists ? { sheet: listsName, names: shared.lists.names() } : undefined)]);
  await add('xl/_rels/workbook.xml.rels', [relationsXml(workbookRelations(plans.length + (lists ? 1 : 0)))]);
  await add('docProps/core.xml', [coreXml(workbook)]);
  await add('docProps/app.xml', [appXml(workbook)]);
  await add('_rels/.rels', [relationsXml(ROOT_RELATIONS)]);
  await add('[Content_Types].xml', [contentTypesXml(parts.paths)]);
  // Readers that stream look for the content types first.
  return { bytes: zip((await parts.entries()).reverse(), workbook.date), cuts: shared.cuts };
}

function emptySheet(title: string): Workbook['sheets'][number] {
  return { name: 'Sheet', title, intro: [], columns: [], rows: [], freezeColumns: 0, landscape: false, table: false };
}
