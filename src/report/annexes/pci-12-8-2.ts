import type { Annex } from './annex.ts';
import { day, missing, paperCell, where } from './cells.ts';
import { engagedUnder } from './engaged.ts';

/** PCI DSS 12.8.2: written agreements, and the acknowledgments that TPSPs give under 12.9.1. */
export const pciAgreements: Annex = {
  id: 'pci-12.8.2',
  framework: 'pci-dss',
  title: 'PCI DSS 12.8.2: agreements and acknowledgments',
  sheet: 'PCI 12.8.2 agreements',
  answers: ['12.8.2'],
  make: ({ matrix, framework }) => ({
    columns: [
      { title: 'TPSP', width: 30, paper: 20 },
      { title: 'Written agreement', width: 44, paper: 34 },
      { title: 'Agreement signed', width: 16, paper: 'led' },
      { title: 'Agreement counts until', width: 16, paper: 'led' },
      { title: 'Agreement kept at', width: 40, paper: 'led' },
      { title: 'Acknowledgment of responsibility', width: 44, paper: 34 },
      { title: 'Acknowledged on', width: 16, paper: 'led' },
      { title: 'Acknowledgment counts until', width: 16, paper: 'led' },
      { title: 'Acknowledgment kept at', width: 40, paper: 'led' },
      { title: 'Looked after by', width: 26, paper: 12 },
    ],
    rows: engagedUnder(framework, matrix).map(({ party, record }) => [
      party.name,
      ...[record?.agreement, record?.acknowledgment].flatMap((paper, i) =>
        paper
          ? [paperCell(paper, matrix), day(paper.on), day(paper.expires), where(paper)]
          : [missing(matrix, `providers: ${i === 0 ? 'agreement' : 'acknowledgment'}`), '', '', ''],
      ),
      record?.owner ?? matrix.system.owner ?? '',
    ]),
    empty: 'No third party provides or runs a service in scope, so there is no agreement to show.',
    remedy: 'Agreements are recorded under providers: (agreement, acknowledgment).',
  }),
};
