import type { Block, Cell, Column, TableRow } from '../../document.ts';
import { longDate } from '../../sentence.ts';
import type { AnnexCell, AnnexColumn, AnnexTable } from '../annexes/annex.ts';
import { bold, plain, textCell } from '../cells.ts';

/** An annex on paper: how the organization stands on it, what is to be known first, and the rows or why there are none. */
export function annexBlocks(table: AnnexTable, caption: string, standing: string): Block[] {
  const blocks: Block[] = [];
  if (standing) blocks.push({ kind: 'paragraph', runs: [bold('How it stands. '), plain(`${standing}.`)] });
  blocks.push(...(table.before ?? []));
  if (table.rows.length === 0)
    blocks.push({
      kind: 'paragraph',
      runs: [bold('Nothing to show. '), plain([table.empty, table.remedy].filter(Boolean).join(' '))],
    });
  else
    blocks.push({
      kind: 'table',
      caption,
      dense: true,
      ...(table.form ? formRows(table) : (gathered(table) ?? gridRows(table))),
    });
  return blocks;
}

type Rows = { columns: Column[]; rows: TableRow[] };

function gathered({ print }: AnnexTable): Rows | undefined {
  return print && { columns: print.columns, rows: print.rows.map((cells) => ({ kind: 'row', cells })) };
}

/** Columns side by side, with bands over them. */
function gridRows(table: AnnexTable): Rows {
  const places = placesOf(table.columns);
  const bands = places.filter(({ column }) => column.paper === 'band');
  const details = places.filter(({ column }) => column.paper === 'detail');
  const own = places.filter(({ column }) => typeof column.paper === 'number');
  const rows: TableRow[] = [];
  let open: string[] = [];
  for (const row of table.rows) {
    bands.forEach((band, depth) => {
      const title = flat(row[band.at]);
      if (open[depth] === title) return;
      open = [...open.slice(0, depth), title];
      const detail = depth > 0 ? [] : details.map(({ at }) => flat(row[at])).filter(Boolean);
      rows.push({
        kind: 'group',
        title,
        level: depth === 0 ? 1 : 2,
        ...(detail.length > 0 ? { detail: detail.join(' · ') } : {}),
      });
    });
    rows.push({ kind: 'row', cells: own.map((place, i) => setCell(row, place, i === 0)) });
  }
  const columns = own.map(({ column }) => ({ title: column.title, share: typeof column.paper === 'number' ? column.paper : 1 }));
  return { columns, rows };
}

const FORM: Column[] = [
  { title: 'Field', share: 28 },
  { title: 'Record', share: 72 },
];

/** One record after the other, each a band with a line for every column. */
function formRows(table: AnnexTable): Rows {
  const places = placesOf(table.columns);
  const rows = table.rows.flatMap((row): TableRow[] => [
    { kind: 'group', title: flat(row[0]), level: 1 },
    ...places.slice(1).map(
      (place): TableRow => ({
        kind: 'row',
        cells: [textCell(place.column.title, { rowHeader: true }), setCell(row, place)],
      }),
    ),
  ]);
  return { columns: FORM, rows };
}

/** A column that stands for itself, with those that are set in its cell. */
interface ColumnPlace {
  at: number;
  column: AnnexColumn;
  inside: { at: number; column: AnnexColumn }[];
}

function placesOf(columns: readonly AnnexColumn[]): ColumnPlace[] {
  const places: ColumnPlace[] = [];
  columns.forEach((column, at) => {
    const { paper } = column;
    if (paper === 'beside' || paper === 'under' || paper === 'led') places.at(-1)?.inside.push({ at, column });
    else if (paper !== undefined) places.push({ at, column, inside: [] });
  });
  return places;
}

function setCell(row: readonly AnnexCell[], { at, inside }: ColumnPlace, rowHeader = false): Cell {
  const own = cellOf(row[at]);
  // What stands with others in a cell is told from them by weight: a name above its particulars.
  const isName = inside.length > 0 && (rowHeader || inside.some(({ column }) => column.paper !== 'led'));
  const paragraphs = isName ? own.paragraphs.map((runs) => runs.map((run) => ({ ...run, bold: true }))) : [...own.paragraphs];
  for (const { at: inner, column } of inside) {
    const { badges = [], paragraphs: said } = cellOf(row[inner]);
    if (said.length === 0 && badges.length === 0) continue;
    const title = column.paper === 'led' ? [bold(`${column.title}: `)] : [];
    const first = [...title, ...badges.map((badge) => bold(`${badge.text}. `)), ...(said[0] ?? [])];
    if (column.paper === 'beside') paragraphs.push([...(paragraphs.pop() ?? []), plain('  '), ...first], ...said.slice(1));
    else paragraphs.push(first, ...said.slice(1));
  }
  return { ...own, paragraphs, ...(rowHeader ? { rowHeader } : {}) };
}

function cellOf(value: AnnexCell | undefined): Cell {
  if (value === undefined || value === '') return { paragraphs: [] };
  if (typeof value === 'string') return textCell(value);
  return 'date' in value ? textCell(longDate(value.date)) : value;
}

/** A cell as plain words. */
function flat(value: AnnexCell | undefined): string {
  if (typeof value === 'string') return value;
  const { badges = [], paragraphs } = cellOf(value);
  return [...badges.map((badge) => badge.text), ...paragraphs.map((runs) => runs.map((run) => run.text).join(''))].join(' ');
}
