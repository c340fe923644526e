import type { Catalogue, Control, Framework, Voice } from '../model.ts';
import { didYouMean, type Problem } from '../problem.ts';
import type { Path, YamlFile } from './yaml.ts';

/** Where each named thing was defined, for problems found while resolving. */
export type Origin = { yaml: YamlFile; path: Path };

const SYSTEM_VOICES: ReadonlySet<string> = new Set(['organization', 'premises', 'endpoint']);
const PLACEHOLDERS = new Set(['service', 'provider', 'components']);

/** Every reference must lead somewhere, and every control must have the sentences that its surface can call for. */
export function resolve(catalogue: Catalogue, origins: Map<object, Origin>, problems: Problem[]): void {
  const ids = (items: { id: string }[]): Set<string> => new Set(items.map((item) => item.id));
  const components = ids(catalogue.components);
  const facts = new Map(catalogue.facts.map((fact) => [fact.id, fact]));
  const conditions = ids(catalogue.conditions);
  const dataKinds = ids(catalogue.dataKinds);
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  const models = ids(catalogue.models);

  const fail = (owner: object, path: Path, code: string, message: string, hint?: string): void => {
    const origin = origins.get(owner);
    if (!origin) return; // a part of the built-in catalogue, which was checked when it was built
    problems.push(origin.yaml.problemAt([...origin.path, ...path], { code, message, ...(hint ? { hint } : {}) }));
  };
  const mustKnow = (owner: object, path: Path, what: string, name: string, known: Iterable<string>): boolean => {
    const all = [...known];
    if (all.includes(name)) return true;
    const meant = didYouMean(name, all);
    fail(owner, path, `unknown-${what.replaceAll(' ', '-')}`, `there is no ${what} \`${name}\``, meant ? `Did you mean \`${meant}\`?` : undefined);
    return false;
  };
  const factValues = (owner: object, path: Path, values: Record<string, string>): void => {
    for (const [fact, value] of Object.entries(values)) {
      if (mustKnow(owner, [...path, fact], 'fact', fact, facts.keys())) {
        mustKnow(owner, [...path, fact], `value of ${fact}`, value, Object.keys(facts.get(fact)?.values ?? {}));
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
    for (const component of Object.keys(model.holders)) mustKnow(model, ['holders', component], 'component', component, components);
    for (const component of catalogue.components) {
      if ((component.layer === 'stack' || component.layer === 'cross-cutting') && !model.holders[component.id]) {
        fail(model, ['holders'], 'holder-missing', `the model says nothing about \`${component.id}\``);
      }
    }
    factValues(model, ['facts'], model.facts);
  }
  for (const fact of catalogue.facts) {
    if (fact.needs) mustKnow(fact, ['needs'], 'component', fact.needs, components);
    for (const value of Object.values(fact.values)) {
      for (const component of Object.keys(value.components)) mustKnow(fact, ['values'], 'component', component, components);
    }
  }
  const layerOf = new Map(catalogue.components.map((component) => [component.id, component.layer]));
  for (const control of catalogue.controls) {
    const needed = new Set<Voice>();
    const allowed = new Set<Voice>();
    control.surface.forEach(({ component, fact }, i) => {
      mustKnow(control, ['surface', i], 'component', component, components);
      if (fact) mustKnow(control, ['surface', i], 'fact', fact, facts.keys());
      const layer = layerOf.get(component);
      if (layer === 'system') needed.add(component as Voice);
      else if (layer === 'provider') needed.add('provider-organization');
      else for (const voice of ['provider', 'implement'] as const) needed.add(voice);
      if (layer !== 'stack' && layer !== 'cross-cutting') return;
      const configurable = fact ? Object.values(facts.get(fact)?.values ?? {}).some((value) => value.holder === 'configured') : layer === 'cross-cutting';
      for (const voice of ['provides', 'configure'] as const) (configurable ? needed : allowed).add(voice);
    });
    for (const voice of needed) {
      if (!control.parts[voice]) fail(control, ['parts'], 'sentence-missing', `the control has no \`${voice}\` sentence, which its surface calls for`);
    }
    for (const [voice, sentence] of Object.entries(control.parts)) {
      if (!needed.has(voice as Voice) && !allowed.has(voice as Voice)) {
        fail(control, ['parts', voice], 'sentence-unused', `no component on the surface calls for a \`${voice}\` sentence`);
      }
      for (const [, name = ''] of sentence.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g)) {
        if (!PLACEHOLDERS.has(name)) fail(control, ['parts', voice], 'unknown-placeholder', `\`{{${name}}}\` is not a placeholder`, 'Use {{service}}, {{provider}} or {{components}}.');
        if (SYSTEM_VOICES.has(voice)) fail(control, ['parts', voice], 'placeholder-here', `a sentence for the whole system cannot name \`{{${name}}}\``);
        if (voice === 'provider-organization' && name !== 'provider') fail(control, ['parts', voice], 'placeholder-here', `a provider's own duty cannot name \`{{${name}}}\``);
      }
    }
  }
  for (const framework of catalogue.frameworks) resolveFramework(framework, { controls, conditions, dataKinds }, origins, problems);
  for (const provider of catalogue.providers) {
    const aliases = new Map<string, string>();
    for (const service of provider.services) {
      mustKnow(service, ['model'], 'service model', service.model, models);
      factValues(service, ['facts'], service.facts);
      for (const component of Object.keys(service.components)) mustKnow(service, ['components', component], 'component', component, components);
      for (const option of service.options) {
        const at = ['options', service.options.indexOf(option)];
        if (option.default !== undefined) mustKnow(service, [...at, 'default'], `value of ${option.id}`, option.default, Object.keys(option.values));
        for (const [name, value] of Object.entries(option.values)) {
          factValues(service, [...at, 'values', name, 'facts'], value.facts);
          for (const component of Object.keys(value.components)) mustKnow(service, [...at, 'values', name, 'components', component], 'component', component, components);
        }
      }
      service.overrides.forEach((item, i) => {
        mustKnow(service, ['overrides', i, 'requirement'], 'requirement', item.requirement, requirementKeys(catalogue));
      });
      for (const alias of [service.id, ...service.aliases]) {
        const taken = aliases.get(alias.toLowerCase());
        if (taken && taken !== service.id) fail(service, ['aliases'], 'alias-twice', `the alias \`${alias}\` already belongs to \`${provider.id}/${taken}\``);
        aliases.set(alias.toLowerCase(), service.id);
      }
    }
  }
}

function requirementKeys(catalogue: Catalogue): string[] {
  return catalogue.frameworks.flatMap((framework) => framework.requirements.map((requirement) => `${framework.id}:${requirement.id}`));
}

function resolveFramework(
  framework: Framework,
  known: { controls: Map<string, Control>; conditions: Set<string>; dataKinds: Set<string> },
  origins: Map<object, Origin>,
  problems: Problem[],
): void {
  const origin = origins.get(framework);
  if (!origin) return;
  const fail = (path: Path, code: string, message: string, hint?: string): void => {
    problems.push(origin.yaml.problemAt(path, { code, message, ...(hint ? { hint } : {}) }));
  };
  const reference = (path: Path, what: string, name: string, names: Iterable<string>): boolean => {
    const all = [...names];
    if (all.includes(name)) return true;
    const meant = didYouMean(name, all);
    fail(path, `unknown-${what.replaceAll(' ', '-')}`, `there is no ${what} \`${name}\``, meant ? `Did you mean \`${meant}\`?` : undefined);
    return false;
  };
  if (framework.scope.data !== 'all') {
    framework.scope.data.forEach((kind, i) => {
      reference(['framework', 'scope', 'data', i], 'data kind', kind, known.dataKinds);
    });
  }
  const roles = framework.roles.map((role) => role.id);
  if (framework.providerRole) reference(['framework', 'provider-role'], 'role', framework.providerRole, roles);
  const categories = framework.categories.map((category) => category.id);
  const seen = new Map<string, string>();
  const titles = new Map<string, string>();
  const headings = new Set(framework.headings.map((heading) => heading.id));
  const everyId = new Set([...headings, ...framework.requirements.map((requirement) => requirement.id)]);
  const unique = (path: Path, id: string): void => {
    if (seen.has(id)) fail(path, 'id-twice', `the id \`${id}\` is already taken`);
    seen.set(id, id);
  };
  framework.headings.forEach((heading, i) => {
    unique(['headings', i, 'id'], heading.id);
    if (heading.parent) reference(['headings', i, 'parent'], 'heading', heading.parent, everyId);
  });
  framework.requirements.forEach((requirement, i) => {
    const at = (...path: Path): Path => ['requirements', i, ...path];
    unique(at('id'), requirement.id);
    for (const alias of requirement.aliases) unique(at('aliases'), alias);
    if (requirement.parent) reference(at('parent'), 'heading', requirement.parent, everyId);
    const twin = titles.get(requirement.title);
    if (twin) fail(at('title'), 'title-twice', `\`${twin}\` already has this title`);
    titles.set(requirement.title, requirement.id);
    if (requirement.noDuty && requirement.controls.length > 0) fail(at('no-duty'), 'duty-and-none', 'a requirement has either `controls` or `no-duty`');
    if (!requirement.noDuty && requirement.controls.length === 0) fail(at(), 'no-controls', `\`${requirement.id}\` names no control`, 'Name its controls, or say in `no-duty` why it asks nothing.');
    requirement.controls.forEach((use, j) => {
      if (!reference(at('controls', j), 'control', use.control, known.controls.keys())) return;
      const surface = known.controls.get(use.control)?.surface.map((entry) => entry.component) ?? [];
      for (const component of use.at ?? []) reference(at('controls', j, 'at'), `component on the surface of ${use.control}`, component, surface);
    });
    for (const role of requirement.binds) reference(at('binds'), 'role', role, roles);
    for (const condition of requirement.when) reference(at('when'), 'condition', condition, known.conditions);
    if (requirement.category || categories.length > 0) {
      if (!requirement.category) fail(at(), 'category-missing', `\`${requirement.id}\` names no category`);
      else reference(at('category'), 'category', requirement.category, categories);
    }
  });
}
