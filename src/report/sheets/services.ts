import type { Sheet, SheetCell } from '../../document.ts';
import type { Matrix } from '../../model.ts';
import { HOLDER } from '../../terms.ts';
import { holderTone } from '../ownership.ts';

/** The services in use. */
export function servicesSheet(matrix: Matrix): Sheet {
  const kinds = new Map(matrix.dataKinds.map((kind) => [kind.id, kind.title]));
  return {
    name: 'Services',
    title: 'Services in use',
    intro: [],
    columns: [
      { title: 'Service', width: 32, wrap: true },
      { title: 'Id', width: 20 },
      { title: 'Catalogue id', width: 24 },
      { title: 'Provider', width: 26, wrap: true },
      { title: 'Model', width: 26, wrap: true },
      { title: 'Purpose', width: 50, wrap: true },
      { title: 'Data', width: 36, wrap: true },
      { title: 'Regions', width: 18, wrap: true },
      { title: 'In scope of', width: 24, wrap: true },
      { title: 'Owner', width: 24, wrap: true },
      { title: 'What to configure', width: 60, wrap: true },
      { title: 'Source', width: 40, wrap: true },
    ],
    rows: matrix.services.map((service) => [
      service.name,
      service.id,
      service.service ?? '',
      service.providerName,
      service.modelTitle,
      service.purpose,
      service.data.map((kind) => kinds.get(kind) ?? kind).join(', '),
      service.regions.join(', '),
      matrix.frameworks
        .filter((framework) => framework.services.includes(service.id))
        .map((framework) => framework.title)
        .join(', '),
      service.owner ?? matrix.system.owner ?? '',
      service.configure ?? '',
      service.source ? { text: service.source.title, link: { url: service.source.url } } : '',
    ]),
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'teal',
  };
}

/** Who holds each layer of each service, and why: the stack pictures as a table. */
export function componentsSheet(matrix: Matrix): Sheet {
  const layers = matrix.components.filter((component) => component.layer === 'stack' || component.layer === 'cross-cutting');
  return {
    name: 'Components',
    title: 'Who holds each layer of each service',
    intro: ['"Customer configures" means that the provider supplies the layer and only the customer can set and use it rightly.'],
    columns: [
      { title: 'Service', width: 32, wrap: true },
      { title: 'Component', width: 26 },
      { title: 'Holder', width: 22 },
      { title: 'Party', width: 30, wrap: true },
      { title: 'Why', width: 70, wrap: true },
      { title: 'Source', width: 40, wrap: true },
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
            held.basis.says,
            source ? { text: source.title, link: { url: source.url } } : '',
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
