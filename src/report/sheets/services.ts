import { SEES } from '../../audience.ts';
import type { Sheet, SheetCell } from '../../document.ts';
import type { Matrix, MatrixService } from '../../model/matrix.ts';
import { HOLDER } from '../../terms.ts';
import { holderTone } from '../ownership.ts';
import { addressCell, type ColumnOf, tableOf } from './columns.ts';

/** The services in use, or the models of services where the audience does not see them by name. */
export function servicesSheet(matrix: Matrix): Sheet {
  const kinds = new Map(matrix.dataKinds.map((kind) => [kind.id, kind.title]));
  const { services: named, answers } = SEES[matrix.audience];
  const all: ColumnOf<MatrixService>[] = [
    { title: named ? 'Service' : 'Service model', width: 32, wrap: true, of: (service) => service.name },
    answers && { title: 'Id', width: 20, of: (service) => service.id },
    named && { title: 'Catalogue id', width: 24, of: (service) => service.service ?? '' },
    named && { title: 'Provider', width: 26, wrap: true, of: (service) => service.providerName },
    named && { title: 'Model', width: 26, wrap: true, of: (service) => service.modelTitle },
    named && { title: 'Purpose', width: 50, wrap: true, of: (service) => service.purpose },
    {
      title: 'Data',
      width: 36,
      wrap: true,
      of: (service) => service.data.map((kind) => kinds.get(kind) ?? kind).join(', '),
    },
    named && { title: 'Regions', width: 18, wrap: true, of: (service) => service.regions.join(', ') },
    {
      title: 'In scope of',
      width: 24,
      wrap: true,
      of: (service) =>
        matrix.frameworks
          .filter((framework) => framework.services.includes(service.id))
          .map((framework) => framework.title)
          .join(', '),
    },
    answers && { title: 'Owner', width: 24, wrap: true, of: (service) => service.owner ?? matrix.system.owner ?? '' },
    answers && { title: 'What to configure', width: 60, wrap: true, of: (service) => service.configure ?? '' },
    answers && { title: 'Options chosen', width: 28, wrap: true, of: (service) => pairs(service.options) },
    answers && { title: 'Facts in force', width: 40, wrap: true, of: (service) => pairs(service.factsInForce) },
    named && { title: 'Source', width: 36, wrap: true, of: (service) => service.source?.title ?? '' },
    named && { title: 'Address of the source', width: 60, wrap: true, of: (service) => addressCell(service.source?.url) },
  ];
  const { columns, cells } = tableOf(all);
  return {
    name: 'Services',
    title: 'Services in use',
    intro: [],
    columns,
    rows: matrix.services.map(cells),
    freezeColumns: 1,
    printColumns: 11,
    landscape: true,
    table: true,
    tabTone: 'teal',
  };
}

type Held = { service: MatrixService; layer: Matrix['components'][number]; held: MatrixService['holders'][string] };

/** Who holds each layer of each service, and why: the stack pictures as a table. */
export function componentsSheet(matrix: Matrix): Sheet {
  const { services: named } = SEES[matrix.audience];
  const layers = matrix.components.filter((component) => component.layer === 'stack' || component.layer === 'cross-cutting');
  const partyOf = ({ service, layer, held }: Held): string => {
    if (held.holder === 'absent') return '';
    const managed = service.managedBy.find((entry) => entry.components.includes(layer.id));
    const party = managed && held.holder !== 'provider' ? managed.party : held.party;
    return matrix.parties.find((candidate) => candidate.id === party)?.name ?? party;
  };
  const { columns, cells } = tableOf<Held>([
    { title: named ? 'Service' : 'Service model', width: 32, wrap: true, of: ({ service }) => service.name },
    { title: 'Component', width: 26, of: ({ layer }) => layer.title },
    { title: 'Holder', width: 22, of: ({ held }) => HOLDER[held.holder] },
    { title: 'Party', width: 30, wrap: true, of: partyOf },
    named && { title: 'Why', width: 70, wrap: true, of: ({ held }) => held.basis.says },
    named && { title: 'Source', width: 36, wrap: true, of: ({ held }) => held.basis.source?.title ?? '' },
    named && {
      title: 'Address of the source',
      width: 44,
      wrap: true,
      of: ({ held }) => addressCell(held.basis.source?.url),
    },
  ]);
  return {
    name: 'Components',
    title: 'Who holds each layer of each service',
    intro: ['"Customer configures" means that the provider supplies the layer and only the customer can set and use it rightly.'],
    columns,
    rows: matrix.services.flatMap((service) =>
      layers.flatMap((layer): SheetCell[][] => {
        const held = service.holders[layer.id];
        return held ? [cells({ service, layer, held })] : [];
      }),
    ),
    tones: {
      Holder: Object.fromEntries(
        Object.entries(HOLDER).map(([holder, label]) => [label, holderTone(holder as keyof typeof HOLDER)]),
      ),
    },
    freezeColumns: 1,
    printColumns: 6,
    landscape: true,
    table: true,
    tabTone: 'teal',
  };
}

function pairs(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}
