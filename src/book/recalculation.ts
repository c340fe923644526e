import { blanked, type Element, findElement, isNamePart, prefixOf, rootElement } from './element.ts';
import type { Fail } from './refusal.ts';
import type { Splice } from './splice.ts';
import { attributeIn, withAttribute } from './tag.ts';
import { flag } from './xml.ts';

/** What stands in front of the element for calculation, as the schema orders them. */
const BEFORE = ['sheets', 'functionGroups', 'externalReferences', 'definedNames'];

/**
 * What tells the workbook, whose XML is held as Latin-1, to calculate everything when it is opened: values of formulas that depend on
 * answers are not known here.
 */
export function recalculation(part: string, fail: Fail): Splice[] {
  const xml = blanked(part, fail);
  const root = rootElement(xml, fail);
  const find = (name: string): Element | undefined =>
    findElement(xml, prefixOf(root) + name, root.contentFrom, root.contentTo, fail);
  const said = find('calcPr');
  if (said) {
    const tag = xml.slice(said.start, said.contentFrom);
    if (flag(attributeIn(tag, 'fullCalcOnLoad'))) return [];
    return [{ from: said.start, to: said.contentFrom, text: withAttribute(tag, 'fullCalcOnLoad', '1') }];
  }
  const at = Math.max(...BEFORE.map((name) => find(name)?.end ?? 0));
  if (at === 0) fail('has no list of sheets');
  return [{ from: at, to: at, text: `<${prefixOf(root)}calcPr fullCalcOnLoad="1"/>` }];
}

/** Whether a sheet's XML has a formula, by a look that may take other things for one, but misses none that programs write. */
export function hasFormula(data: Buffer): boolean {
  return ['<f', ':f'].some((name) => {
    for (let at = data.indexOf(name); at >= 0; at = data.indexOf(name, at + 2)) if (!isNamePart(data[at + 2] ?? 0)) return true;
    return false;
  });
}
