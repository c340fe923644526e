import { isInForce } from '../../assurances.ts';
import type { Matrix, MatrixService } from '../../model/matrix.ts';
import type { Assurance } from '../../model/system.ts';
import { joinNames } from '../../sentence.ts';
import { cell, linked, plain } from '../cells.ts';
import type { Annex, AnnexCell } from './annex.ts';
import { day, judged, missing, reviewText, where } from './cells.ts';
import { engagedUnder, isElsewhere, proofFor } from './engaged.ts';
import { reservations } from './proofs.ts';

/** HIPAA: the register of business associate agreements, held against services, products and regions. */
export const agreementRegister: Annex = {
  id: 'hipaa-baa',
  framework: 'hipaa',
  title: 'HIPAA: register of business associate agreements',
  sheet: 'HIPAA BAA register',
  answers: ['164.308(b)(3)', '164.308(b)(1)', '164.308(b)(2)', '164.314(a)(1)', '164.314(a)(2)(i)', '164.504(e)(1)(i)'],
  make: ({ matrix, framework }) => ({
    columns: [
      { title: 'Business associate', width: 30, paper: 'band' },
      { title: 'Kind', width: 34, paper: 'detail' },
      { title: 'Service', width: 34, paper: 22 },
      { title: 'Product', width: 30, paper: 'led' },
      { title: 'Regions', width: 18, paper: 12 },
      { title: 'Agreement', width: 44, paper: 26 },
      { title: 'Signed', width: 14, paper: 'led' },
      { title: 'Counts until', width: 14, paper: 'led' },
      { title: 'Kept at', width: 40, paper: 'led' },
      { title: 'Covers service and regions', width: 24, paper: 14 },
      { title: "On the provider's list", width: 40, paper: 16 },
      { title: 'Reviewed', width: 36, paper: 14 },
    ],
    rows: engagedUnder(framework, matrix).flatMap((engaged) =>
      engaged.services.map((service): AnnexCell[] => {
        const signed = proofFor(service, engaged, framework.expects, matrix.asOf);
        return [
          engaged.party.name,
          framework.organizationRoles.includes('covered-entity') ? 'Business associate' : 'Subcontractor (business associate)',
          service.name,
          service.service ?? service.modelTitle,
          service.regions.join(', '),
          signed?.title ?? missing(matrix, 'assurances: (type: baa)', 'No agreement'),
          day(signed?.issued),
          day(signed?.expires),
          where(signed),
          signed ? covers(signed, service, matrix) : judged('No', 'red'),
          service.partyId === engaged.party.id ? listed(service) : 'Does not provide the service',
          signed?.reviewed ? reviewText(signed.reviewed) : signed ? missing(matrix, 'assurances: reviewed', 'Not reviewed') : '',
        ];
      }),
    ),
    empty: 'Nobody else provides or runs a service that holds or affects ePHI, so no agreement is needed.',
    remedy: 'If somebody does, name it under services: (provider) or managed-by:.',
  }),
};

function covers(signed: Assurance, service: MatrixService, matrix: Matrix): AnnexCell {
  const open = reservations(signed, [service], matrix.asOf);
  if (!isInForce(signed, matrix.asOf) || isElsewhere(signed, service))
    return judged('No', 'red', `The agreement ${joinNames(open)}.`);
  if (open.length > 0) return judged('In part', 'amber', `The agreement ${joinNames(open)}.`);
  return judged('Yes', 'green', signed.services.length > 0 ? 'Names the service.' : 'Covers all of the provider.');
}

/** Whether the provider's published list of products that its agreement covers names the product. */
function listed(service: MatrixService): AnnexCell {
  const listing = service.listings.find((candidate) => candidate.type === 'baa');
  if (!listing) return 'No list of the provider is known';
  const source = [
    linked(listing.list.title, listing.list.url),
    plain(listing.date === 'unknown' ? '' : `, as of ${listing.date}`),
  ];
  return listing.listed
    ? cell([source], [{ text: 'Named', tone: 'green' }])
    : cell([source], [{ text: 'Not named', tone: 'red' }]);
}
