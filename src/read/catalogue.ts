import { createHash } from 'node:crypto';
import type * as v from 'valibot';
import type {
  Catalogue,
  Component,
  Condition,
  Control,
  Country,
  DataKind,
  Fact,
  Framework,
  Provider,
  Requirement,
  Service,
  ServiceModel,
  Words,
} from '../model/catalogue.ts';
import { byPlace, didYouMean, type Problem, Problems } from '../problem.ts';
import {
  componentsFile,
  conditionsFile,
  controlsFile,
  countriesFile,
  dataKindsFile,
  factsFile,
  frameworkFile,
  modelsFile,
  providerFile,
  servicesFile,
  textsFile,
} from './catalogue-files.ts';
import { resolve } from './catalogue-links.ts';
import type { Origin } from './link-problems.ts';
import { addOfficialTexts } from './official-texts.ts';
import { readShape } from './shape.ts';
import { type Path, readYaml, type YamlFile } from './yaml.ts';

/** One file of the catalogue: its path below the catalogue's folder, with forward slashes, and its text. */
export interface CatalogueFile {
  path: string;
  text: string;
  /** How problems name it, where that is not its path below the folder. */
  name?: string;
}

/**
 * Reads a whole catalogue from its YAML files (`controls/`, `frameworks/`, `providers/<provider>/`, `texts/`), resolves every
 * reference both ways and gives it a version, which is a hash over the content. With `base`, the files overlay it: what has the
 * same id replaces, everything else is added.
 * @throws Problems with everything that is wrong, each with its place.
 */
export function readCatalogue(files: CatalogueFile[], base?: Catalogue): Catalogue {
  const problems: Problem[] = [];
  const origins = new Map<object, Origin>();
  const catalogue: Catalogue = base
    ? structuredClone(base)
    : {
        version: '',
        components: [],
        models: [],
        facts: [],
        conditions: [],
        dataKinds: [],
        countries: [],
        controls: [],
        frameworks: [],
        providers: [],
      };

  const load = <T>(yaml: YamlFile, schema: v.GenericSchema<unknown, T>): T | undefined => {
    const shaped = readShape(schema, yaml);
    problems.push(...shaped.problems);
    return shaped.value;
  };
  const put = <T extends { id: string }>(into: T[], item: T, yaml: YamlFile, path: Path, place: Path = [...path, 'id']): void => {
    const at = into.findIndex((other) => other.id === item.id);
    if (at !== -1 && origins.has(into[at] as T)) {
      problems.push(yaml.problemAt(place, { code: 'id-twice', message: `the id \`${item.id}\` is already taken` }));
    }
    if (at === -1) into.push(item);
    else into[at] = item;
    origins.set(item, { yaml, path });
  };

  // What a file defines that could not be read, so that references to it are not reported on top.
  const lost = new Set<string>();
  const services: { provider: string; list: Service[]; yaml: YamlFile }[] = [];
  const texts: { framework: string; byId: Record<string, string>; yaml: YamlFile }[] = [];
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const yaml = readYaml(file.text, file.name ?? file.path);
    const before = problems.length;
    problems.push(...yaml.problems);
    const [folder, name = '', leaf, ...deeper] = file.path.split('/');
    if (yaml.value === undefined) {
      // Without a value there is nothing to read.
    } else if (!file.path.endsWith('.yaml') || deeper.length > 0 || (folder !== 'providers' && leaf !== undefined)) {
      problems.push(misplaced(yaml));
    } else if (folder === 'controls' && name === 'components.yaml') {
      load(yaml, componentsFile)?.components.forEach((item, i) => {
        put<Component>(catalogue.components, item, yaml, ['components', i]);
      });
    } else if (folder === 'controls' && name === 'models.yaml') {
      load(yaml, modelsFile)?.models.forEach((item, i) => {
        put<ServiceModel>(catalogue.models, item, yaml, ['models', i]);
      });
    } else if (folder === 'controls' && name === 'facts.yaml') {
      load(yaml, factsFile)?.facts.forEach(({ 'of-data': ofData, ...item }, i) => {
        put<Fact>(catalogue.facts, { ...item, ofData }, yaml, ['facts', i]);
      });
    } else if (folder === 'controls' && name === 'conditions.yaml') {
      load(yaml, conditionsFile)?.conditions.forEach(({ 'implied-by': impliedBy, ...item }, i) => {
        put<Condition>(catalogue.conditions, { ...item, impliedBy }, yaml, ['conditions', i]);
      });
    } else if (folder === 'controls' && name === 'data-kinds.yaml') {
      load(yaml, dataKindsFile)?.['data-kinds'].forEach((item, i) => {
        put<DataKind>(catalogue.dataKinds, item, yaml, ['data-kinds', i]);
      });
    } else if (folder === 'controls' && name === 'countries.yaml') {
      load(yaml, countriesFile)?.countries.forEach((item, i) => {
        put<Country>(catalogue.countries, item, yaml, ['countries', i]);
      });
    } else if (folder === 'controls') {
      load(yaml, controlsFile)?.controls.forEach((item, i) => {
        const control: Control = {
          ...item,
          family: name.replace(/\.yaml$/, ''),
          surface: item.surface.map((entry) => (typeof entry === 'string' ? { component: entry } : entry)),
          anchors: { 'nist-800-53': item.anchors['nist-800-53'] ?? [], 'nist-csf': item.anchors['nist-csf'] ?? [] },
        };
        put(catalogue.controls, control, yaml, ['controls', i]);
      });
    } else if (folder === 'frameworks') {
      const read = load(yaml, frameworkFile);
      if (read) put(catalogue.frameworks, frameworkOf(read), yaml, [], ['framework', 'id']);
    } else if (folder === 'providers' && leaf === 'provider.yaml') {
      const read = load(yaml, providerFile)?.provider;
      if (read) {
        if (read.id !== name) {
          const message = `the provider \`${read.id}\` stands in the folder \`${name}\``;
          problems.push(
            yaml.problemAt(['provider', 'id'], { code: 'provider-folder', message, hint: 'Give both the same name.' }),
          );
        }
        const known = catalogue.providers.find((provider) => provider.id === read.id);
        put(catalogue.providers, providerOf(read, known?.services ?? []), yaml, ['provider']);
      }
    } else if (folder === 'providers' && leaf) {
      const read = load(yaml, servicesFile);
      if (read) services.push({ provider: name, list: read.services, yaml });
    } else if (folder === 'texts') {
      const read = load(yaml, textsFile);
      if (read) texts.push({ framework: name.replace(/\.yaml$/, ''), byId: read.texts, yaml });
    } else problems.push(misplaced(yaml));
    if (problems.length > before)
      for (const [, id = ''] of file.text.matchAll(/\bid["']?:\s*["']?([A-Za-z0-9-]+)/g)) lost.add(id);
  }
  for (const { provider: providerId, list: items, yaml } of services) {
    const provider = catalogue.providers.find((candidate) => candidate.id === providerId);
    if (!provider) {
      if (lost.has(providerId)) continue;
      const meant = didYouMean(
        providerId,
        catalogue.providers.map((candidate) => candidate.id),
      );
      const hint = `${meant ? `Did you mean the folder \`${meant}\`? ` : ''}Write providers/${providerId}/provider.yaml for a new provider.`;
      problems.push(
        yaml.problemAt([], { code: 'unknown-provider', message: `the provider \`${providerId}\` has no provider.yaml`, hint }),
      );
      continue;
    }
    items.forEach((item, i) => {
      put(provider.services, item, yaml, ['services', i]);
    });
  }
  for (const { framework: id, byId, yaml } of texts) {
    const framework = catalogue.frameworks.find((candidate) => candidate.id === id);
    if (framework) addOfficialTexts(framework, byId, yaml, problems);
    else if (!lost.has(id)) {
      const meant = didYouMean(
        id,
        catalogue.frameworks.map((candidate) => candidate.id),
      );
      const message = `there is no framework \`${id}\`, after which this file is named`;
      problems.push(
        yaml.problemAt([], {
          code: 'unknown-framework',
          message,
          ...(meant ? { hint: `Did you mean texts/${meant}.yaml?` } : {}),
        }),
      );
    }
  }
  resolve(catalogue, origins, lost, problems);
  if (problems.length > 0) throw new Problems(problems.sort(byPlace));
  catalogue.version = '';
  catalogue.version = createHash('sha256').update(JSON.stringify(catalogue)).digest('hex').slice(0, 12);
  return catalogue;
}

function frameworkOf({ framework, headings, requirements }: v.InferOutput<typeof frameworkFile>): Framework {
  const { 'provider-role': providerRole, 'words-as-provider': wordsAsProvider, 'on-file': onFile, ...info } = framework;
  return {
    ...info,
    onFile,
    ...(providerRole ? { providerRole } : {}),
    ...(wordsAsProvider ? { wordsAsProvider: wordsAsProvider as Partial<Words> } : {}),
    headings,
    requirements: requirements.map(
      ({ 'no-duty': noDuty, 'helped-by': helpedBy, ...item }): Requirement => ({
        ...item,
        ...(noDuty ? { noDuty } : {}),
        ...(helpedBy ? { helpedBy } : {}),
        controls: item.controls.map((use) => (typeof use === 'string' ? { control: use } : use)),
        frequency: typeof item.frequency === 'string' ? [item.frequency] : item.frequency,
        evidence: { customer: item.evidence.customer ?? [], provider: item.evidence.provider ?? [] },
      }),
    ),
  };
}

function providerOf(read: v.InferOutput<typeof providerFile>['provider'], services: Service[]): Provider {
  const { 'shared-responsibility': shared, 'sub-processors': subProcessors, ...rest } = read;
  return { ...rest, ...(shared ? { sharedResponsibility: shared } : {}), ...(subProcessors ? { subProcessors } : {}), services };
}

function misplaced(yaml: YamlFile): Problem {
  return {
    code: 'unknown-file',
    file: yaml.file,
    line: 0,
    column: 0,
    message: 'a catalogue has no such file',
    hint: yaml.file.endsWith('.yml')
      ? 'Its files end in .yaml.'
      : 'It has controls/<family>.yaml, frameworks/<framework>.yaml, providers/<provider>/<category>.yaml and texts/<framework>.yaml.',
  };
}
