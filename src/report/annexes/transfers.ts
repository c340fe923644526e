import type { Cell } from '../../document.ts';
import type { Matrix, MatrixTransfer } from '../../model/matrix.ts';
import { SAFEGUARD, TRANSFER } from '../../terms.ts';
import { missing } from './cells.ts';

/** How GDPR annexes speak of transfers. */

/** What makes a transfer lawful: what is on file, else an adequacy decision that covers every recipient of the country. */
export function safeguardOf(transfer: MatrixTransfer): string | undefined {
  if (transfer.record) return SAFEGUARD[transfer.record.safeguard];
  return transfer.status === 'adequate' ? SAFEGUARD.adequacy : undefined;
}

/** By whom or where data come within reach of a country. */
export function reachText(transfer: MatrixTransfer, matrix: Matrix): string {
  const provider = matrix.services.find((service) => service.id === transfer.service)?.providerName ?? '';
  return transfer.via === 'region'
    ? `Kept or handled there by ${provider}`
    : `${provider} is established there and can reach the data`;
}

/** The transfers of some services in lines, those alike together. */
export function transferLines(services: readonly string[], matrix: Matrix): Cell {
  const own = matrix.transfers.filter((transfer) => services.includes(transfer.service));
  const said = own.map((transfer) => {
    const safeguard = safeguardOf(transfer);
    const reference = transfer.record ? `: ${transfer.record.reference}` : '';
    return `${transfer.countryTitle} (${TRANSFER[transfer.status]}): ${reachText(transfer, matrix)}. ${safeguard ? `${safeguard}${reference}` : 'No safeguard on record'}.`;
  });
  const open = own.some((transfer) => safeguardOf(transfer) === undefined);
  const paragraphs = [...new Set(said)].map((text) => [{ text }]);
  if (!open) return { paragraphs: paragraphs.length > 0 ? paragraphs : [[{ text: 'None' }]] };
  const hole = missing(matrix, 'transfers:', 'Safeguard not on record');
  return { ...hole, paragraphs: [...paragraphs, ...hole.paragraphs] };
}
