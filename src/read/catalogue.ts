import { createHash } from 'node:crypto';
import type * as v from 'valibot';
import type {
  Catalogue,
  Component,
  Condition,
  Control,
  DataKind,
  Fact,
  Framework,
  Provider,
  Requirement,
  Service,
  ServiceModel,
} from '../model.ts';
import { byPlace, type Problem, Problems } from '../problem.ts';
import {
  componentsFile,
  conditionsFile,
  controlsFile,
  dataKindsFile,
  factsFile,
  frameworkFile,
  modelsFile,
  providerFile,
  servicesFile,
} from './catalogue-files.ts';
import { type Origin, resolve } from './catalogue-links.ts';
import { readShape } from './shape.ts';
import { type Path, readYaml, type YamlFile } from './yaml.ts';

/** One file of the catalogue: its path below the catalogue's folder, with forward slashes, and its text. */
export interface CatalogueFile {
  path: string;
  text: string;
}

/**
 * Reads a whole catalogue from its YAML files (`controls/`, `frameworks/`, `providers/<provider>/`), resolves every reference both
 * ways and gives it a version, which is a hash over the content. With `base`, the files overlay it: what has the same id
 * replaces, everything else is added.
 * @throws Problems with everything that is wrong, each with its place.
 */
export function readCatalogue(files: CatalogueFile[], base?: Catalogue): Catalogue {
  const problems: Problem[] = [];
  const origins = new Map<object, Origin>();
  const catalogue: Catalogue = base
    ? structuredClone(base)
    : { version: '', components: [], models: [], facts: [], conditions: [], dataKinds: [], controls: [], frameworks: [], providers: [] };

  const load = <T>(yaml: YamlFile, schema: v.GenericSchema<unknown, T>): T | undefined => {
    const shaped = readShape(schema, yaml);
    problems.push(...shaped.problems);
    return shaped.value;
  };
  const put = <T extends { id: string }>(into: T[], item: T, yaml: YamlFile, path: Path): void => {
    const at = into.findIndex((other) => other.id === item.id);
    if (at !== -1 && origins.has(into[at] as T)) {
      problems.push(yaml.problemAt([...path, 'id'], { code: 'id-twice', message: `the id \`${item.id}\` is already taken` }));
    }
    if (at === -1) into.push(item);
    else into[at] = item;
    origins.set(item, { yaml, path });
  };

  const services: { provider: string; list: Service[]; yaml: YamlFile }[] = [];
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const yaml = readYaml(file.text, file.path);
    problems.push(...yaml.problems);
    if (yaml.value === undefined) continue;
    const [folder, name = '', leaf] = file.path.split('/');
    if (folder === 'controls' && name === 'components.yaml') {
      load(yaml, componentsFile)?.components.forEach((item, i) => {
        put<Component>(catalogue.components, item, yaml, ['components', i]);
      });
    } else if (folder === 'controls' && name === 'models.yaml') {
      load(yaml, modelsFile)?.models.forEach((item, i) => {
        put<ServiceModel>(catalogue.models, item, yaml, ['models', i]);
      });
    } else if (folder === 'controls' && name === 'facts.yaml') {
      load(yaml, factsFile)?.facts.forEach((item, i) => {
        put<Fact>(catalogue.facts, item, yaml, ['facts', i]);
      });
    } else if (folder === 'controls' && name === 'conditions.yaml') {
      load(yaml, conditionsFile)?.conditions.forEach(({ 'implied-by': impliedBy, ...item }, i) => {
        put<Condition>(catalogue.conditions, { ...item, impliedBy }, yaml, ['conditions', i]);
      });
    } else if (folder === 'controls' && name === 'data-kinds.yaml') {
      load(yaml, dataKindsFile)?.['data-kinds'].forEach((item, i) => {
        put<DataKind>(catalogue.dataKinds, item, yaml, ['data-kinds', i]);
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
      if (!read) continue;
      const { 'provider-role': providerRole, ...info } = read.framework;
      const framework: Framework = {
        ...info,
        ...(providerRole ? { providerRole } : {}),
        headings: read.headings,
        requirements: read.requirements.map((item): Requirement => {
          const { 'no-duty': noDuty, ...rest } = item;
          return {
            ...rest,
            ...(noDuty ? { noDuty } : {}),
            controls: item.controls.map((use) => (typeof use === 'string' ? { control: use } : use)),
            frequency: typeof item.frequency === 'string' ? [item.frequency] : item.frequency,
            evidence: { customer: item.evidence.customer ?? [], provider: item.evidence.provider ?? [] },
          };
        }),
      };
      put(catalogue.frameworks, framework, yaml, ['framework']);
    } else if (folder === 'providers' && leaf === 'provider.yaml') {
      const read = load(yaml, providerFile)?.provider;
      if (!read) continue;
      const { 'shared-responsibility': shared, 'sub-processors': subProcessors, ...rest } = read;
      const before = catalogue.providers.find((provider) => provider.id === read.id);
      put<Provider>(
        catalogue.providers,
        {
          ...rest,
          ...(shared ? { sharedResponsibility: shared } : {}),
          ...(subProcessors ? { subProcessors } : {}),
          services: before ? before.services : [],
        },
        yaml,
        ['provider'],
      );
    } else if (folder === 'providers' && leaf) {
      const read = load(yaml, servicesFile);
      if (read) services.push({ provider: name, list: read.services, yaml });
    } else {
      problems.push({
        code: 'unknown-file',
        file: file.path,
        line: 0,
        column: 0,
        message: 'a catalogue has no such folder',
        hint: 'Put files under controls/, frameworks/ or providers/<provider>/.',
      });
    }
  }
  for (const { provider: providerId, list: items, yaml } of services) {
    const provider = catalogue.providers.find((candidate) => candidate.id === providerId);
    if (!provider) {
      problems.push(
        yaml.problemAt([], { code: 'unknown-provider', message: `the provider \`${providerId}\` has no provider.yaml`, hint: `Write providers/${providerId}/provider.yaml.` }),
      );
      continue;
    }
    items.forEach((item, i) => {
      put(provider.services, item, yaml, ['services', i]);
    });
  }
  resolve(catalogue, origins, problems);
  if (problems.length > 0) throw new Problems(problems.sort(byPlace));
  catalogue.version = '';
  catalogue.version = createHash('sha256').update(JSON.stringify(catalogue)).digest('hex').slice(0, 12);
  return catalogue;
}
