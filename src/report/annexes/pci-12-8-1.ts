import type { Matrix, MatrixService, Party } from '../../model/matrix.ts';
import { afterColon, joinNames } from '../../sentence.ts';
import type { Annex } from './annex.ts';
import { engagedUnder, kindsInScope } from './engaged.ts';

/** PCI DSS 12.8.1: the list of TPSPs with what each does. */
export const pciTpspList: Annex = {
  id: 'pci-12.8.1',
  framework: 'pci-dss',
  title: 'PCI DSS 12.8.1: third-party service providers',
  sheet: 'PCI 12.8.1 TPSPs',
  answers: ['12.8.1'],
  make({ matrix, framework }) {
    const accountKinds = kindsInScope(framework, matrix);
    return {
      columns: [
        { title: 'TPSP', width: 28, paper: 'band' },
        { title: 'What it does for the entity', width: 44, paper: 'detail' },
        { title: 'Service', width: 36, paper: 26 },
        { title: 'Description of the service', width: 56, paper: 38 },
        { title: 'Account data', width: 36, paper: 22 },
        { title: 'Regions', width: 22, paper: 14 },
        { title: 'Looked after by', width: 24 },
      ],
      rows: engagedUnder(framework, matrix).flatMap(({ party, services, record }) =>
        services.map((service) => [
          party.name,
          record?.description ?? '',
          service.name,
          whatItDoes(service, party, matrix),
          accountData(service, accountKinds),
          service.regions.join(', '),
          record?.owner ?? service.owner ?? matrix.system.owner ?? '',
        ]),
      ),
      empty: 'No third party provides or runs a service in scope.',
      remedy: 'If one does, name it under services: (provider) or managed-by:, with the data it holds or affects.',
    };
  },
};

/** A provider provides the service; a third party runs some layers of it. */
function whatItDoes(service: MatrixService, party: Party, matrix: Matrix): string {
  const managed = service.managedBy.filter((entry) => entry.party === party.id);
  if (service.partyId === party.id || managed.length === 0) return service.purpose;
  const phrases = managed.flatMap((entry) =>
    entry.components.map((id) => matrix.components.find((component) => component.id === id)?.phrase ?? id),
  );
  const notes = managed.flatMap((entry) => entry.note ?? []);
  return [`Runs ${joinNames([...new Set(phrases)])} for the entity.`, ...notes].join(' ');
}

function accountData(service: MatrixService, kinds: { id: string; title: string }[]): string {
  const named = (list: string[]): string =>
    joinNames(kinds.filter((kind) => list.includes(kind.id)).map((kind) => afterColon(kind.title)));
  const holds = named(service.data);
  if (holds) return `Holds ${holds}`;
  const affects = named(service.affects);
  return affects ? `Can affect the security of ${affects}` : 'None';
}
