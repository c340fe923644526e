import type { Cell } from '../../document.ts';
import type { Contact, ProcessingActivity } from '../../model/system.ts';
import { cell } from '../cells.ts';
import type { AnnexCell, AnnexContext } from './annex.ts';
import { lines, missing } from './cells.ts';
import { isRunBy } from './engaged.ts';

/** What the two records of Art. 30 GDPR have in common. */

/** The organization with its contact details, as Art. 30 asks for them. */
export function organizationCell({ matrix }: AnnexContext): AnnexCell {
  const { name, address, contact } = matrix.organization;
  const known = [name, ...(address ? [address] : []), ...(contact ? [contact] : [])];
  if (contact) return lines(known);
  const open = missing(matrix, 'organization: contact', 'No contact details');
  return { ...open, paragraphs: [...cell(known).paragraphs, ...open.paragraphs] };
}

/** The representative in the Union: asked for only of an organization that has to designate one (Art. 27). */
export function representativeCell({ matrix, framework }: AnnexContext): AnnexCell {
  const { representative } = matrix.organization;
  if (representative) return representative;
  const duty = framework.requirements.find(({ id }) => id === '27(1)');
  return duty && duty.row.ownership !== 'not-applicable' ? missing(matrix, 'organization: representative') : 'Not needed';
}

/** The data protection officer, where there is one. */
export function officerCell({ matrix }: AnnexContext): AnnexCell {
  return matrix.organization.officer ?? missing(matrix, 'organization: officer', 'None named');
}

/** Somebody named in a record, in one paragraph. */
export function contactText({ name, contact, representative, officer }: Contact): string {
  return [
    name,
    contact,
    representative ? `representative: ${representative}` : '',
    officer ? `data protection officer: ${officer}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}

/** What the record says, or that it says nothing. */
export function told(texts: readonly string[], key: string, { matrix }: AnnexContext): AnnexCell {
  return texts.length > 0 ? lines(texts) : missing(matrix, `processing: ${key}`);
}

/** The names of the services in which an activity takes place. */
export function systemsCell(activity: ProcessingActivity, context: AnnexContext): AnnexCell {
  return told(
    activity.services.map((id) => context.index.services.get(id)?.name ?? id),
    'services',
    context,
  );
}

/** Everybody who provides or runs a service of an activity. */
export function processorsOf(activity: ProcessingActivity, { matrix, index }: AnnexContext): string[] {
  const services = activity.services.flatMap((id) => index.services.get(id) ?? []);
  return matrix.parties
    .filter((party) => party.kind !== 'customer' && services.some((service) => isRunBy(service, party)))
    .map((party) => party.name);
}

/** Where a record points for its general description of measures. */
export const MEASURES: Cell = cell(['Described in the annex on Art. 32 (gdpr-32).']);
