import type { Catalogue, Provider, Service, Voice } from '../model/catalogue.ts';
import type { Problem } from '../problem.ts';
import { resolveFramework } from './framework-links.ts';
import { type Fail, linkProblems, type MustKnow, type Origin } from './link-problems.ts';
import type { Path } from './yaml.ts';

const SYSTEM_VOICES: ReadonlySet<string> = new Set(['organization', 'premises', 'endpoint']);
const PLACEHOLDERS = new Set(['service', 'provider', 'components']);
/**
 * Every reference must lead somewhere, and every control must have the sentences that its surface can call for. Names in `lost` were
 * defined in files that could not be read.
 */
export function resolve(
  catalogue: Catalogue,
  origins: Map<object, Origin>,
  lost: ReadonlySet<string>,
  problems: Problem[],
): void {
  const ids = (items: { id: string }[]): Set<string> => new Set(items.map((item) => item.id));
  const components = new Map(catalogue.components.map((component) => [component.id, component]));
  const facts = new Map(catalogue.facts.map((fact) => [fact.id, fact]));
  const conditions = ids(catalogue.conditions);
  const dataKinds = ids(catalogue.dataKinds);
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  const models = ids(catalogue.models);

  const { fail, mustKnow } = linkProblems(origins, lost, problems);
  const factValues = (owner: object, path: Path, values: Record<string, string>): void => {
    for (const [id, value] of Object.entries(values)) {
      const fact = facts.get(id);
      if (mustKnow(owner, [...path, id], 'fact', id, facts.keys())) {
        mustKnow(owner, [...path, id], `value of ${id}`, value, Object.keys(fact?.values ?? {}), fact);
      }
    }
  };

  for (const component of catalogue.components) {
    if (component.when) mustKnow(component, ['when'], 'condition', component.when, conditions);
  }
  for (const kind of catalogue.dataKinds) {
    for (const implied of kind.implies) mustKnow(kind, ['implies'], 'data kind', implied, dataKinds);
  }
  for (const condition of catalogue.conditions) {
    for (const kind of condition.impliedBy) mustKnow(condition, ['implied-by'], 'data kind', kind, dataKinds);
  }
  for (const model of catalogue.models) {
    for (const component of Object.keys(model.holders))
      mustKnow(model, ['holders', component], 'component', component, components.keys());
    for (const component of catalogue.components) {
      if ((component.layer === 'stack' || component.layer === 'cross-cutting') && !model.holders[component.id]) {
        fail(model, ['holders'], 'holder-missing', `the model says nothing about \`${component.id}\``, undefined, component);
      }
    }
    factValues(model, ['facts'], model.facts);
  }
  for (const fact of catalogue.facts) {
    if (fact.needs) mustKnow(fact, ['needs'], 'component', fact.needs, components.keys());
    for (const value of Object.values(fact.values)) {
      for (const component of Object.keys(value.components))
        mustKnow(fact, ['values'], 'component', component, components.keys());
    }
  }
  for (const control of catalogue.controls) {
    // Each sentence that is needed, with the entry that makes it so.
    const needed = new Map<Voice, object | undefined>();
    const allowed = new Set<Voice>();
    control.surface.forEach(({ component, fact }, i) => {
      mustKnow(control, ['surface', i], 'component', component, components.keys());
      if (fact) mustKnow(control, ['surface', i], 'fact', fact, facts.keys());
      const known = components.get(component);
      if (!known) return;
      const { layer } = known;
      if (layer === 'system') needed.set(component as Voice, known);
      else if (layer === 'provider') needed.set('provider-organization', known);
      else for (const voice of ['provider', 'implement'] as const) needed.set(voice, known);
      if (layer !== 'stack' && layer !== 'cross-cutting') return;
      const configurable = fact
        ? Object.values(facts.get(fact)?.values ?? {}).some((value) => value.holder === 'configured')
        : layer === 'cross-cutting';
      for (const voice of ['provides', 'configure'] as const) {
        if (configurable) needed.set(voice, fact ? facts.get(fact) : known);
        else allowed.add(voice);
      }
    });
    // What an unknown component would call for is unknown too.
    if (control.surface.some(({ component }) => !components.has(component))) continue;
    for (const [voice, cause] of needed) {
      if (control.parts[voice]) continue;
      fail(
        control,
        ['parts'],
        'sentence-missing',
        `the control has no \`${voice}\` sentence, which its surface calls for`,
        undefined,
        cause,
      );
    }
    for (const [voice, sentence] of Object.entries(control.parts)) {
      if (!needed.has(voice as Voice) && !allowed.has(voice as Voice)) {
        fail(control, ['parts', voice], 'sentence-unused', `no component on the surface calls for a \`${voice}\` sentence`);
      }
      for (const [, name = ''] of sentence.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g)) {
        if (!PLACEHOLDERS.has(name))
          fail(
            control,
            ['parts', voice],
            'unknown-placeholder',
            `\`{{${name}}}\` is not a placeholder`,
            'Use {{service}}, {{provider}} or {{components}}.',
          );
        if (SYSTEM_VOICES.has(voice))
          fail(control, ['parts', voice], 'placeholder-here', `a sentence for the whole system cannot name \`{{${name}}}\``);
        if (voice === 'provider-organization' && name !== 'provider')
          fail(control, ['parts', voice], 'placeholder-here', `a provider's own duty cannot name \`{{${name}}}\``);
      }
    }
  }
  for (const framework of catalogue.frameworks) resolveFramework(framework, { controls, conditions, dataKinds }, fail, mustKnow);
  const countries = new Set([...ids(catalogue.countries), ...lost, 'unknown']);
  for (const provider of catalogue.providers) {
    resolveProvider(provider, countries, fail, mustKnow);
    const aliases = new Map<string, Service>();
    for (const service of provider.services) {
      mustKnow(service, ['model'], 'service model', service.model, models);
      factValues(service, ['facts'], service.facts);
      for (const component of Object.keys(service.components))
        mustKnow(service, ['components', component], 'component', component, components.keys());
      for (const option of service.options) {
        const at = ['options', service.options.indexOf(option)];
        if (option.default !== undefined)
          mustKnow(service, [...at, 'default'], `value of ${option.id}`, option.default, Object.keys(option.values));
        for (const [name, value] of Object.entries(option.values)) {
          factValues(service, [...at, 'values', name, 'facts'], value.facts);
          for (const component of Object.keys(value.components))
            mustKnow(service, [...at, 'values', name, 'components', component], 'component', component, components.keys());
        }
      }
      service.overrides.forEach((item, i) => {
        mustKnow(service, ['overrides', i, 'requirement'], 'requirement', item.requirement, requirementKeys(catalogue));
        mustKnow(service, ['overrides', i, 'control'], 'control', item.control, controls.keys());
        if (item.provider === undefined && item.customer === undefined) {
          fail(
            service,
            ['overrides', i],
            'sentence-missing',
            'the override says neither what the provider nor what the customer does',
          );
        }
      });
      for (const alias of [service.id, ...service.aliases]) {
        const taken = aliases.get(alias.toLowerCase());
        if (taken && taken !== service) {
          fail(
            service,
            ['aliases'],
            'alias-twice',
            `the alias \`${alias}\` already belongs to \`${provider.id}/${taken.id}\``,
            undefined,
            taken,
          );
        }
        aliases.set(alias.toLowerCase(), service);
      }
    }
  }
}

/** What a provider says of itself: the countries it is in, and the services that its coverage lists name. */
function resolveProvider(provider: Provider, countries: ReadonlySet<string>, fail: Fail, mustKnow: MustKnow): void {
  const mustKnowCountry = (path: Path, id: string): void => {
    if (countries.has(id)) return;
    const hint = 'Write it into controls/countries.yaml, with what holds for transfers to it.';
    fail(provider, path, 'unknown-country', `there is no country \`${id}\``, hint);
  };
  mustKnowCountry(['country'], provider.country);
  provider.regions.forEach((region, i) => {
    mustKnowCountry(['regions', i, 'country'], region.country);
  });
  provider.coverage.forEach(({ services }, i) => {
    services.forEach((id, position) => {
      const path = ['coverage', i, 'services', position];
      mustKnow(
        provider,
        path,
        'service',
        id,
        provider.services.map((service) => service.id),
      );
      if (services.indexOf(id) !== position) fail(provider, path, 'service-twice', `the list names \`${id}\` twice`);
    });
  });
}

function requirementKeys(catalogue: Catalogue): string[] {
  return catalogue.frameworks.flatMap((framework) =>
    framework.requirements.map((requirement) => `${framework.id}:${requirement.id}`),
  );
}
