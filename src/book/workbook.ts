import type { Book, BookSheet } from './book.ts';
import type { Package, Relation } from './package.ts';
import { damaged, missing } from './refusal.ts';
import { type Attributes, readXml, relationId, unescaped } from './xml.ts';

/** A sheet as the workbook lists it; `part` is the key of its part, absent for chart sheets and the like. */
export interface ListedSheet {
  name: string;
  state: BookSheet['state'];
  part?: string;
}

/** Reads the list of sheets and the defined names. */
export function readWorkbook(book: Package): { sheets: ListedSheet[]; names: Book['names'] } {
  const { file } = book.archive;
  const relations = new Map(book.relations.map((relation) => [relation.id, relation]));
  const sheets: ListedSheet[] = [];
  const names: { name: string; refersTo: string; local?: number }[] = [];
  readXml(book.part(book.workbook) ?? missing(file, 'the list of sheets'), file, book.workbook, {
    open(name, attributes, path) {
      if (name === 'sheet' && path.at(-1) === 'sheets') sheets.push(listedSheet(attributes, relations));
      if (name !== 'definedName') return;
      const local = attributes.localSheetId === undefined ? undefined : Number(attributes.localSheetId);
      names.push({ name: unescaped(attributes.name ?? ''), refersTo: '', ...(local === undefined ? {} : { local }) });
    },
    text(text, path) {
      const last = names.at(-1);
      if (last && path.at(-1) === 'definedName') last.refersTo += text;
    },
  });
  if (!sheets.some(({ part }) => part)) missing(file, 'every worksheet');
  if (repeats(sheets.map(({ name }) => name.toLowerCase())) || repeats(sheets.flatMap(({ part }) => part ?? [])))
    damaged(file, 'it lists a sheet twice');
  return {
    sheets,
    names: names.map(({ name, refersTo, local }) => {
      const sheet = local === undefined ? undefined : sheets[local]?.name;
      return { name, refersTo, ...(sheet === undefined ? {} : { sheet }) };
    }),
  };
}

function repeats(items: readonly string[]): boolean {
  return new Set(items).size < items.length;
}

function listedSheet(attributes: Attributes, relations: Map<string, Relation>): ListedSheet {
  const relation = relations.get(relationId(attributes) ?? '');
  return {
    name: unescaped(attributes.name ?? ''),
    state: attributes.state === 'hidden' ? 'hidden' : attributes.state === 'veryHidden' ? 'very-hidden' : 'visible',
    ...(relation?.type === 'worksheet' ? { part: relation.target } : {}),
  };
}
