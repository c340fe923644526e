import { SEES } from '../../audience.ts';
import type { Sheet, SheetCell, SheetColumn } from '../../document.ts';
import type { Matrix, MatrixService } from '../../model.ts';
import { HOLDER } from '../../terms.ts';
import { holderTone } from '../ownership.ts';

/** The services in use, or the models of services where the audience does not see them by name. */
export function servicesSheet(matrix: Matrix): Sheet {
  const kinds = new Map(matrix.dataKinds.map((kind) => [kind.id, kind.title]));
  const sight = SEES[matrix.audience];
  type Column = SheetColumn & { of: (service: MatrixService) => SheetCell; hidden?: boolean };
  const all: Column[] = [
    { title: sight.services ? 'Service' : 'Service model', width: 32, wrap: true, of: (service) => service.name },
    { title: 'Id', width: 20, of: (service) => service.id, hidden: !sight.answers },
    { title: 'Catalogue id', width: 24, of: (service) => service.service ?? '', hidden: !sight.services },
    { title: 'Provider', width: 26, wrap: true, of: (service) => service.providerName, hidden: !sight.services },
    { title: 'Model', width: 26, wrap: true, of: (service) => service.modelTitle, hidden: !sight.services },
    { title: 'Purpose', width: 50, wrap: true, of: (service) => service.purpose, hidden: !sight.services },
    {
      title: 'Data',
      width: 36,
      wrap: true,
      of: (service) => service.data.map((kind) => kinds.get(kind) ?? kind).join(', '),
    },
    { title: 'Regions', width: 18, wrap: true, of: (service) => service.regions.join(', '), hidden: !sight.services },
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
    {
      title: 'Owner',
      width: 24,
      wrap: true,
      of: (service) => service.owner ?? matrix.system.owner ?? '',
      hidden: !sight.answers,
    },
    { title: 'What to configure', width: 60, wrap: true, of: (service) => service.configure ?? '', hidden: !sight.answers },
    {
      title: 'Source',
      width: 40,
      wrap: true,
      of: (service) => (service.source ? { text: service.source.title, link: { url: service.source.url } } : ''),
      hidden: !sight.services,
    },
  ];
  const columns = all.filter((column) => !column.hidden);
  return {
    name: 'Services',
    title: 'Services in use',
    intro: [],
    columns: columns.map(({ of: _, hidden: __, ...column }) => column),
    rows: matrix.services.map((service) => columns.map((column) => column.of(service))),
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'teal',
  };
}

/** Who holds each layer of each service, and why: the stack pictures as a table. */
export function componentsSheet(matrix: Matrix): Sheet {
  const { services: named } = SEES[matrix.audience];
  const layers = matrix.components.filter((component) => component.layer === 'stack' || component.layer === 'cross-cutting');
  return {
    name: 'Components',
    title: 'Who holds each layer of each service',
    intro: ['"Customer configures" means that the provider supplies the layer and only the customer can set and use it rightly.'],
    columns: [
      { title: named ? 'Service' : 'Service model', width: 32, wrap: true },
      { title: 'Component', width: 26 },
      { title: 'Holder', width: 22 },
      { title: 'Party', width: 30, wrap: true },
      ...(named
        ? [
            { title: 'Why', width: 70, wrap: true },
            { title: 'Source', width: 40, wrap: true },
          ]
        : []),
    ],
    rows: matrix.services.flatMap((service) =>
      layers.flatMap((layer): SheetCell[][] => {
        const held = service.holders[layer.id];
        if (!held) return [];
        const managed = service.managedBy.find((entry) => entry.components.includes(layer.id));
        const party = managed && held.holder !== 'provider' ? managed.party : held.party;
        const source = held.basis.source;
        return [
          [
            service.name,
            layer.title,
            HOLDER[held.holder],
            held.holder === 'absent' ? '' : (matrix.parties.find((candidate) => candidate.id === party)?.name ?? party),
            ...(named ? [held.basis.says, source ? { text: source.title, link: { url: source.url } } : ''] : []),
          ],
        ];
      }),
    ),
    tones: {
      Holder: Object.fromEntries(
        Object.entries(HOLDER).map(([holder, label]) => [label, holderTone(holder as keyof typeof HOLDER)]),
      ),
    },
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'teal',
  };
}
