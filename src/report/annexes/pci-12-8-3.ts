import { longDate } from '../../sentence.ts';
import type { Annex } from './annex.ts';
import { day, judged, missing } from './cells.ts';
import { engagedUnder } from './engaged.ts';

/** PCI DSS 12.8.3: the look taken at each TPSP before it was engaged. */
export const pciDueDiligence: Annex = {
  id: 'pci-12.8.3',
  framework: 'pci-dss',
  title: 'PCI DSS 12.8.3: due diligence',
  sheet: 'PCI 12.8.3 due diligence',
  answers: ['12.8.3'],
  make: ({ matrix, framework }) => ({
    columns: [
      { title: 'TPSP', width: 30, paper: 22 },
      { title: 'Due diligence done by', width: 30, paper: 20 },
      { title: 'On', width: 14, paper: 14 },
      { title: 'What it brought to light', width: 70, paper: 32 },
      { title: 'Agreement signed', width: 18, paper: 12 },
    ],
    rows: engagedUnder(framework, matrix).map(({ party, record }) => {
      const look = record?.dueDiligence;
      return [
        party.name,
        look?.by ?? missing(matrix, 'providers: due-diligence'),
        look && record?.agreement && look.on > record.agreement.on
          ? judged('After the agreement', 'amber', longDate(look.on))
          : day(look?.on),
        look?.note ?? '',
        day(record?.agreement?.on),
      ];
    }),
    empty: 'No third party provides or runs a service in scope, so there is no due diligence to show.',
    remedy: 'It is recorded under providers: (due-diligence).',
  }),
};
