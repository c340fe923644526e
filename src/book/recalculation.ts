import { type Fail, type Tag, walk } from './scan.ts';
import { splice, withAttribute } from './splice.ts';
import { flag, local } from './xml.ts';

/** What stands in front of the element for calculation, as the schema orders them. */
const BEFORE = ['sheets', 'functionGroups', 'externalReferences', 'definedNames'];

/**
 * The workbook's XML (as Latin-1) told to calculate everything when it is opened: values of formulas that depend on answers are not known
 * here.
 */
export function withRecalculation(xml: string, fail: Fail): string {
  let after: Tag | undefined;
  for (const { tag, path } of walk(xml, 0, fail)) {
    if (path.length !== 1) continue;
    const name = local(tag.name);
    if (name === 'calcPr' && tag.kind !== 'close') {
      const written = xml.slice(tag.start, tag.end);
      const said = /\sfullCalcOnLoad\s*=\s*["']([^"']*)["']/.exec(written);
      if (flag(said?.[1])) return xml;
      return splice(xml, [{ from: tag.start, to: tag.end, text: withAttribute(written, 'fullCalcOnLoad', '1') }]);
    }
    if (BEFORE.includes(name) && tag.kind !== 'open') after = tag;
  }
  if (!after) return fail('has no list of sheets');
  const prefix = after.name.slice(0, -local(after.name).length);
  return splice(xml, [{ from: after.end, to: after.end, text: `<${prefix}calcPr fullCalcOnLoad="1"/>` }]);
}

/** Whether a sheet's XML has a formula, by a look that may take other things for one, but misses none that programs write. */
export function hasFormula(data: Buffer): boolean {
  return ['<f>', '<f ', ':f>', ':f ', '<f/', ':f/'].some((tag) => data.includes(tag));
}
