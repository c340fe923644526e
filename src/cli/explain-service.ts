import { understandService } from '../map/service.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { emptyService } from '../read/system.ts';
import { HOLDER } from '../terms.ts';
import { coverageLines, coverageOf } from './explain-provider.ts';
import { findCatalogueService } from './references.ts';
import { indented } from './terminal.ts';

/** A service of the catalogue: who holds each layer, its facts, its options and what they change. */
export function explainService(reference: string, catalogue: Catalogue, width: number, json: boolean | undefined): string {
  const { provider, service } = findCatalogueService(reference, catalogue);
  if (json) {
    const coverage = coverageOf(provider, service);
    return `${JSON.stringify({ provider: provider.id, ...service, id: reference, coverage }, null, 2)}\n`;
  }
  const model = catalogue.models.find((candidate) => candidate.id === service.model);
  const factText = (fact: string, value: string): string =>
    catalogue.facts.find((candidate) => candidate.id === fact)?.values[value]?.says ?? '';
  const title = (component: string): string =>
    catalogue.components.find((candidate) => candidate.id === component)?.title ?? component;
  const lines = [
    `${reference}  ${service.title} (${provider.title})`,
    '',
    indented(service.summary, 2, width),
    indented(`What you configure: ${service.configure}`, 2, width),
    '',
    `Model: ${model?.title ?? service.model}`,
  ];
  const { holders } = understandService({ ...emptyService(reference), service: reference }, catalogue, new Map());
  for (const [component, held] of Object.entries(holders)) {
    const because = held.basis.kind === 'model' ? '' : `. ${held.basis.says}`;
    lines.push(indented(`${HOLDER[held.holder]}${because}`, 28, width, `  ${title(component)}`));
  }
  lines.push('', 'Facts');
  for (const [fact, value] of Object.entries({ ...model?.facts, ...service.facts }))
    lines.push(indented(`${value}: ${factText(fact, value)}`, 28, width, `  ${fact}`));
  for (const option of service.options) {
    lines.push('', `Option ${option.id}: ${option.title}${option.default ? ` (default: ${option.default})` : ''}`);
    for (const [name, value] of Object.entries(option.values)) {
      const changes = [
        ...Object.entries(value.components).map(
          ([component, holder]) => `${title(component).toLowerCase()}: ${HOLDER[holder].toLowerCase()}`,
        ),
        ...Object.entries(value.facts).map(([fact, to]) => `${fact}: ${to}`),
      ];
      lines.push(
        indented(
          `${value.says ?? `${value.title}.`}${changes.length > 0 ? ` (${changes.join('; ')})` : ''}`,
          28,
          width,
          `  ${name}`,
        ),
      );
    }
  }
  lines.push(...coverageLines(provider, service, width));
  lines.push('', indented(`Also known as: ${service.aliases.join(', ')}`, 2, width));
  if (service.source)
    lines.push(
      indented(
        `Source: ${service.source.title}, ${service.source.url}${service.checked ? ` (checked ${service.checked})` : ''}`,
        2,
        width,
      ),
    );
  return `${lines.join('\n')}\n`;
}
