import type { Command } from 'commander';
import { RULES } from '../map/findings/index.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { didYouMean, UsageError } from '../problem.ts';
import { counted } from '../sentence.ts';
import { catalogueInForce } from './catalogue.ts';
import { GOOD, type Io } from './context.ts';
import { paperList } from './only.ts';
import { columns } from './terminal.ts';

type Listing = { rows: string[][]; data: unknown };

const KINDS: Record<string, (catalogue: Catalogue, filter: string | undefined) => Listing> = {
  frameworks: (catalogue) => ({
    rows: catalogue.frameworks.map((framework) => [
      framework.id,
      `${framework.title} ${framework.version}`,
      `${framework.requirements.length} ${framework.words.requirements}`,
      framework.name,
    ]),
    data: catalogue.frameworks.map(({ headings: _, requirements, ...info }) => ({ ...info, requirements: requirements.length })),
  }),
  requirements: (catalogue, filter) => {
    const framework = catalogue.frameworks.find((candidate) => candidate.id === filter);
    if (!framework)
      throw new UsageError(
        filter ? `there is no framework ${filter}` : 'which framework?',
        `Write one of: ${catalogue.frameworks.map(({ id }) => id).join(', ')}.`,
      );
    return {
      rows: framework.requirements.map((requirement) => [`${framework.id}:${requirement.id}`, requirement.title]),
      data: framework.requirements,
    };
  },
  services: (catalogue, filter) => {
    const services = catalogue.providers
      .filter(
        (provider) => filter === undefined || provider.id === filter || !catalogue.providers.some(({ id }) => id === filter),
      )
      .flatMap((provider) => provider.services.map((service) => ({ provider, service })))
      .filter(({ provider, service }) => {
        if (filter === undefined || provider.id === filter) return true;
        const wanted = filter.toLowerCase();
        return [service.id, service.title, ...service.aliases].some((name) => name.toLowerCase().includes(wanted));
      });
    return {
      rows: services.map(({ provider, service }) => [`${provider.id}/${service.id}`, service.model, service.title]),
      data: services.map(({ provider, service }) => ({ provider: provider.id, ...service, id: `${provider.id}/${service.id}` })),
    };
  },
  providers: (catalogue) => ({
    rows: catalogue.providers.map((provider) => [
      provider.id,
      provider.kind,
      counted(provider.services.length, 'service'),
      provider.title,
    ]),
    data: catalogue.providers.map(({ services, ...provider }) => ({ ...provider, services: services.length })),
  }),
  countries: (catalogue) => ({
    rows: catalogue.countries.map((country) => [country.id, country.title, country.transfer, country.basis]),
    data: catalogue.countries,
  }),
  annexes: (catalogue, filter) => {
    const papers = paperList(catalogue).filter(({ framework }) => filter === undefined || framework === filter);
    return {
      rows: papers.map(({ id, title }) => [id, title]),
      data: papers.map(({ id, framework, title }) => ({ id, framework, title })),
    };
  },
  controls: (catalogue, filter) => {
    const controls = catalogue.controls.filter((control) => filter === undefined || control.family === filter);
    return { rows: controls.map((control) => [control.id, control.family, control.title]), data: controls };
  },
  models: (catalogue) => ({
    rows: catalogue.models.map((model) => [model.id, model.title, model.description]),
    data: catalogue.models,
  }),
  components: (catalogue) => ({
    rows: catalogue.components.map((component) => [component.id, component.layer, component.description]),
    data: catalogue.components,
  }),
  facts: (catalogue) => ({
    rows: catalogue.facts.flatMap((fact) => [
      [fact.id, '', fact.question],
      ...Object.entries(fact.values).map(([value, { says }]) => ['', value, says]),
    ]),
    data: catalogue.facts,
  }),
  conditions: (catalogue) => ({
    rows: catalogue.conditions.map((condition) => [condition.id, condition.question]),
    data: catalogue.conditions,
  }),
  findings: () => ({
    rows: RULES.map((rule) => [`finding:${rule.id}`, rule.severity, rule.title]),
    data: RULES.map(({ find: _, ...page }) => page),
  }),
  data: (catalogue) => ({
    rows: catalogue.dataKinds.map((kind) => [kind.id, kind.title, kind.description]),
    data: catalogue.dataKinds,
  }),
};

/** `demarc list`: what the catalogue knows. */
export function listCommand(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('list')
    .description('list what the catalogue knows')
    .argument('<kind>', Object.keys(KINDS).join(', '))
    .argument('[filter]', 'requirements, annexes: the framework; services: a provider or part of a name; controls: a family')
    .option('--catalogue <folder>', 'a catalogue of your own, laid over the built-in one')
    .option('--json', 'print as JSON')
    .action((kind: string, filter: string | undefined, options: { catalogue?: string; json?: boolean }) => {
      const make = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
      if (!make) {
        const meant = didYouMean(kind, Object.keys(KINDS));
        throw new UsageError(
          `there is no list of ${kind}`,
          meant ? `Did you mean ${meant}?` : `Write one of: ${Object.keys(KINDS).join(', ')}.`,
        );
      }
      // A list that can be filtered takes the filter as its second parameter.
      if (filter !== undefined && make.length < 2)
        throw new UsageError(`the list of ${kind} is not filtered`, `Leave out ${filter}; --json is for scripts that choose.`);
      const { rows, data } = make(catalogueInForce(options.catalogue).catalogue, filter);
      if (options.json) io.out(`${JSON.stringify(data, null, 2)}\n`);
      else if (rows.length === 0) io.err(`nothing in the list of ${kind} matches ${filter}\n`);
      else io.out(`${columns(rows, io.width)}\n`);
      done(GOOD);
    });
}
