import { xml } from '../../cell-text.ts';
import { quoted } from './names.ts';
import type { Plan } from './plan.ts';

/** Excel keeps at most so many links on a sheet, and no address longer than this; what passes the limits stays plain text. */
export const MOST_LINKS = 65530;
const LONGEST_LINK = 2079;

type Link = { sheet: string; row: number } | { url: string };

/** The link of a cell, or nothing where it leads nowhere safe. Web addresses get a relationship each, kept in `addresses`. */
export function linkXml(ref: string, link: Link, plan: Plan, plans: readonly Plan[], addresses: Map<string, string>): string[] {
  if ('url' in link) {
    const address = webAddress(link.url);
    if (address === undefined) return [];
    const id = addresses.get(address) ?? `link${addresses.size + 1}`;
    addresses.set(address, id);
    return [`<hyperlink ref="${ref}" r:id="${id}"/>`];
  }
  const target = plans.find((other) => other.sheet.name === link.sheet);
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
