import { SEES } from '../../audience.ts';
import type { Block, Cell, Column, TableRow } from '../../document.ts';
import type { Matrix, MatrixService } from '../../model/matrix.ts';
import { joinNames } from '../../sentence.ts';
import { HOLDER } from '../../terms.ts';
import { bold, cell, plain, textCell } from '../cells.ts';
import { holderTone } from '../ownership.ts';

/** How many services stand side by side in one stack picture. */
const COLUMNS_PER_PICTURE = 8;

/** The services in use, with what they hold and why each framework sees them. */
export function servicesTable(matrix: Matrix): Block[] {
  const kinds = new Map(matrix.dataKinds.map((kind) => [kind.id, kind.title]));
  const sight = SEES[matrix.audience];
  const columns: Record<string, Column> = {
    service: { title: sight.services ? 'Service' : 'Service model', share: 20 },
    ...(sight.services ? { purpose: { title: 'Purpose', share: 30 } } : {}),
    data: { title: 'Data', share: 20 },
    ...(sight.services ? { regions: { title: 'Regions', share: 10 } } : {}),
    scope: { title: 'In scope of', share: 12 },
    ...(sight.answers ? { owner: { title: 'Owner', share: 12 } } : {}),
  };
  const rows = matrix.services.map((service): TableRow => {
    const frameworks = matrix.frameworks
      .filter((framework) => framework.services.includes(service.id))
      .map((framework) => framework.title);
    const affects = service.affects.map((kind) => kinds.get(kind) ?? kind);
    const cells: Record<string, Cell> = {
      service: {
        ...cell([[bold(service.name)], ...(sight.services ? [service.providerName, service.modelTitle] : [])]),
        rowHeader: true,
      },
      purpose: cell([
        service.purpose,
        ...service.managedBy.map(
          (managed) =>
            `Run by ${matrix.parties.find((party) => party.id === managed.party)?.name ?? managed.party}: ${componentTitles(matrix, managed.components)}.`,
        ),
      ]),
      data: cell([
        joinNames(service.data.map((kind) => kinds.get(kind) ?? kind)),
        ...(affects.length > 0 ? [[plain(`Can affect: ${joinNames(affects)}`)]] : []),
      ]),
      regions: textCell(service.regions.join(', ')),
      scope: textCell(frameworks.join(', ')),
      owner: textCell(service.owner ?? matrix.system.owner ?? ''),
    };
    return { kind: 'row', cells: Object.keys(columns).map((name) => cells[name] as Cell) };
  });
  return [{ kind: 'table', caption: 'Services in use', dense: true, columns: Object.values(columns), rows }];
}

function componentTitles(matrix: Matrix, ids: string[]): string {
  return joinNames(
    matrix.components.filter((component) => ids.includes(component.id)).map((component) => component.title.toLowerCase()),
  );
}

/** The picture of the stack: each layer of each service, and who holds it. */
export function stackPictures(matrix: Matrix): Block[] {
  const layers = matrix.components.filter((component) => component.layer === 'stack' || component.layer === 'cross-cutting');
  const sight = SEES[matrix.audience];
  // Readers outside would take "the customer" for themselves.
  const said = (text: string): string =>
    sight.answers ? text : text.replaceAll('Customer', 'Organization').replaceAll('customer', 'organization');
  const pictures = Math.ceil(matrix.services.length / COLUMNS_PER_PICTURE);
  return Array.from({ length: pictures }, (_, picture): Block => {
    const services = matrix.services.slice(picture * COLUMNS_PER_PICTURE, (picture + 1) * COLUMNS_PER_PICTURE);
    return {
      kind: 'grid',
      title: pictures === 1 ? 'Who holds each layer' : `Who holds each layer (${picture + 1} of ${pictures})`,
      alt: `For each service, who holds each layer. ${services.map((service) => `${service.name}: ${said(spokenStack(matrix, service))}`).join(' ')}`,
      columns: services.map((service) => service.name),
      rows: layers.map((layer) => ({
        label: layer.title,
        cells: services.map((service) => {
          const held = service.holders[layer.id];
          if (!held) return { text: '', tone: 'plain' };
          const managed = service.managedBy.find((entry) => entry.components.includes(layer.id));
          if (managed && held.holder === 'shared') return { text: 'Provider and third party', tone: 'violet' };
          if (managed && (held.holder === 'customer' || held.holder === 'configured'))
            return { text: 'Third party', tone: 'teal' };
          const party = matrix.parties.find((candidate) => candidate.id === held.party);
          if (held.holder === 'provider' && party?.kind === 'third-party') return { text: 'Third party', tone: 'teal' };
          if (held.holder === 'provider' && party?.kind === 'customer')
            return { text: said(HOLDER.customer), tone: holderTone('customer') };
          return { text: held.holder === 'absent' ? '–' : said(HOLDER[held.holder]), tone: holderTone(held.holder) };
        }),
      })),
      legend: [
        { label: 'Provider', tone: 'blue' },
        { label: said('Customer, or customer configures'), tone: 'amber' },
        { label: 'Both', tone: 'violet' },
        { label: 'Third party', tone: 'teal' },
        ...(sight.findings ? [{ label: 'Not determined', tone: 'red' as const }] : []),
      ],
    };
  });
}

function spokenStack(matrix: Matrix, service: MatrixService): string {
  const groups = new Map<string, string[]>();
  for (const component of matrix.components) {
    const held = service.holders[component.id];
    if (!held || held.holder === 'absent') continue;
    const label = HOLDER[held.holder].toLowerCase();
    groups.set(label, [...(groups.get(label) ?? []), component.title.toLowerCase()]);
  }
  return `${[...groups].map(([label, names]) => `${label} holds ${joinNames(names)}`).join('; ')}.`;
}

/** The stated and assumed facts of the system on which requirements depend. */
export function conditionsTable(matrix: Matrix): Block[] {
  const asked = new Set([
    ...matrix.frameworks.flatMap((framework) => framework.requirements.flatMap((requirement) => requirement.when)),
    ...matrix.components.flatMap((component) => component.when ?? []),
  ]);
  const relevant = matrix.conditions.filter((condition) => asked.has(condition.id));
  return [
    {
      kind: 'table',
      caption: 'Facts of the system on which requirements depend',
      columns: [
        { title: 'Fact', share: 34 },
        { title: 'Stands as', share: 16 },
        { title: 'Remark', share: 50 },
      ],
      rows: relevant.map((condition) => ({
        kind: 'row',
        cells: [
          { ...textCell(condition.title), rowHeader: true },
          textCell(standing(condition, matrix)),
          textCell(
            condition.stated
              ? condition.reason
              : 'Not stated in the description; requirements that depend on it are taken to apply.',
          ),
        ],
      })),
    },
  ];
}

function standing(condition: Matrix['conditions'][number], matrix: Matrix): string {
  if (!condition.holds) return 'Does not hold';
  if (!condition.stated) return 'Taken to hold';
  const titles = matrix.frameworks
    .filter((framework) => condition.frameworks?.includes(framework.id))
    .map((framework) => framework.title);
  return condition.frameworks ? `Holds for ${joinNames(titles)}` : 'Holds';
}
