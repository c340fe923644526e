import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { findRequirement } from '../catalogue-entries.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Place, ServiceInUse, System } from '../model/system.ts';
import { byPlace, type Problem, Problems } from '../problem.ts';
import { type Loaded, layOver, readChange } from './change.ts';
import { readShape } from './shape.ts';
import { type SystemFile, systemFile } from './system-file.ts';
import { checkSystem } from './system-links.ts';
import { readYaml, type YamlFile } from './yaml.ts';

/** Gives the text of a file of the description. @throws Error with a message for people when it cannot be read. */
export type ReadText = (path: string) => string;

const SINGLE = ['organization', 'system', 'period', 'as-of', 'policy'] as const;
const MAX_FILES = 200;

/**
 * Reads a system description with its includes, joins the files, resolves every id against the catalogue. With the path of a `change`,
 * reads what the description would be with it.
 * @throws Problems with everything that is wrong in any of the files, each with file, line and column.
 */
export function readSystem(path: string, readText: ReadText, catalogue: Catalogue, change?: string): System {
  const problems: Problem[] = [];
  let loaded: Loaded[] = [];
  const files: System['files'] = [];
  const seen = new Set<string>();

  const load = (file: string, from?: { yaml: YamlFile; index: number }): void => {
    const place = (message: string, hint: string): void => {
      problems.push(
        from
          ? from.yaml.problemAt(['include', from.index], { code: 'include', message, hint })
          : { code: 'unreadable', file, line: 0, column: 0, message, hint },
      );
    };
    if (seen.has(file)) {
      place(`\`${file}\` is included more than once`, 'Name each file once.');
      return;
    }
    if (seen.size >= MAX_FILES) {
      place(`more than ${MAX_FILES} files are included`, 'Join some of them.');
      return;
    }
    seen.add(file);
    let text: string;
    try {
      text = readText(file);
    } catch (error) {
      place(error instanceof Error ? error.message : String(error), 'Paths are relative to the file that names them.');
      return;
    }
    files.push({ role: 'description', path: file, sha256: createHash('sha256').update(text).digest('hex') });
    const yaml = readYaml(text, file);
    problems.push(...yaml.problems);
    if (yaml.problems.length > 0 && yaml.value === undefined) return;
    if (yaml.value === null || yaml.value === undefined) {
      problems.push(
        yaml.problemAt([], {
          code: 'empty-file',
          message: 'the file is empty',
          hint: 'Run `demarc init` for a commented starter.',
        }),
      );
      return;
    }
    const shaped = readShape(systemFile, yaml);
    problems.push(...shaped.problems);
    if (shaped.value) loaded.push({ yaml, content: shaped.value });
    // Follow includes even when this file has problems, so that all problems of all files come at once.
    const includes = (yaml.value as { include?: unknown }).include;
    if (Array.isArray(includes)) {
      includes.forEach((name, index) => {
        if (typeof name === 'string') load(posix.join(posix.dirname(file), name), { yaml, index });
      });
    }
  };
  load(path);
  if (change !== undefined && problems.length === 0) {
    const text = readText(change);
    files.push({ role: 'description', path: change, sha256: createHash('sha256').update(text).digest('hex') });
    const read = readChange(text, change, problems);
    if (read) loaded = layOver(loaded, read, problems);
  }
  const system = merge(loaded, files, problems);
  // With a broken file missing from the whole, unresolved ids would be reported that are not wrong at all.
  if (problems.length === 0) checkSystem(system, loaded, catalogue, problems);
  if (problems.length > 0) throw new Problems(problems.sort(byPlace));
  return applyDefaults(system, catalogue);
}

/** A description that says nothing yet. */
export function emptySystem(): System {
  return {
    organization: { name: '' },
    system: { name: '', description: '' },
    frameworks: [],
    roles: {},
    conditions: {},
    parties: [],
    services: [],
    assurances: [],
    statements: [],
    exclusions: [],
    providerRecords: [],
    customerDuties: [],
    activities: [],
    transfers: [],
    suppressions: [],
    signatories: [],
    files: [],
    attachments: [],
  };
}

/** A service of which only its id is said. */
export function emptyService(id: string): ServiceInUse {
  return { id, purpose: '', data: [], affects: [], regions: [], options: {}, facts: {}, components: {}, managedBy: [] };
}

function merge(loaded: Loaded[], files: System['files'], problems: Problem[]): System {
  const given = new Map<string, Place>();
  const once = (yaml: YamlFile, keys: (string | number)[]): void => {
    const name = keys.join('.');
    const place = yaml.placeOfKey(keys);
    const before = given.get(name);
    if (before) {
      problems.push(
        yaml.problemAt(
          keys,
          {
            code: 'given-twice',
            message: `\`${name}\` is already given in ${before.file}:${before.line}`,
            hint: 'Keep one of them.',
          },
          { key: true },
        ),
      );
    } else given.set(name, place);
  };
  const system: System = { ...emptySystem(), files };
  for (const { yaml, content } of loaded) {
    for (const key of SINGLE) if (content[key] !== undefined) once(yaml, [key]);
    if (content.organization) system.organization = content.organization;
    if (content.system) system.system = content.system;
    if (content.period) system.period = content.period;
    if (content['as-of']) system.asOf = content['as-of'];
    if (content.policy) system.policy = { every: content.policy.every, failOn: content.policy['fail-on'] };
    if (content.catalogue !== undefined) {
      system.catalogue = content.catalogue;
      // What an included file says is read only after the catalogue is known.
      if (yaml.file !== files[0]?.path) {
        problems.push(
          yaml.problemAt(
            ['catalogue'],
            {
              code: 'catalogue-in-include',
              message: 'only the main file can name a catalogue',
              hint: `Move it to ${files[0]?.path}.`,
            },
            { key: true },
          ),
        );
      }
    }
    for (const [framework, roles] of Object.entries(content.roles)) {
      once(yaml, ['roles', framework]);
      system.roles[framework] = typeof roles === 'string' ? [roles] : roles;
    }
    for (const [condition, answer] of Object.entries(content.conditions)) {
      once(yaml, ['conditions', condition]);
      const place = yaml.placeOfKey(['conditions', condition]);
      system.conditions[condition] = typeof answer === 'boolean' ? { holds: answer, place } : { ...answer, place };
    }
    content.frameworks.forEach((choice, i) => {
      const place = yaml.placeOf(['frameworks', i]);
      system.frameworks.push(typeof choice === 'string' ? { id: choice, categories: [], place } : { ...choice, place });
    });
    content.parties.forEach((party, i) => {
      system.parties.push({ ...party, place: yaml.placeOf(['parties', i]) });
    });
    content.services.forEach(({ 'managed-by': managedBy, options, ...service }, i) => {
      const chosen = Object.entries(options).map(([name, value]) => [name, optionText(value)] as const);
      system.services.push({ ...service, managedBy, options: Object.fromEntries(chosen), place: yaml.placeOf(['services', i]) });
    });
    content.assurances.forEach(({ 'carves-out': carvesOut, cuecs, ...assurance }, i) => {
      system.assurances.push({
        ...located(assurance, yaml, system),
        carvesOut,
        cuecs: cuecs.map(({ 'not-relevant': notRelevant, ...cuec }, j) => ({
          ...cuec,
          ...(notRelevant ? { notRelevant } : {}),
          place: yaml.placeOf(['assurances', i, 'cuecs', j]),
        })),
        place: yaml.placeOf(['assurances', i]),
      });
    });
    content.statements.forEach((statement, i) => {
      const evidence = statement.evidence.map((item) =>
        typeof item === 'string' ? { title: item } : located(item, yaml, system),
      );
      system.statements.push({ ...statement, evidence, place: yaml.placeOf(['statements', i]) });
    });
    content.exclusions.forEach(({ 'approved-by': approvedBy, ...exclusion }, i) => {
      system.exclusions.push({ ...exclusion, ...(approvedBy ? { approvedBy } : {}), place: yaml.placeOf(['exclusions', i]) });
    });
    addRegisters(system, yaml, content);
    system.signatories.push(...content.signatories);
  }
  const first = loaded[0];
  if (first && problems.length === 0) {
    for (const [key, what] of [
      ['organization', 'whose responsibilities these are'],
      ['system', 'which system is described'],
    ] as const) {
      if (!given.has(key)) {
        problems.push(
          first.yaml.problemAt([], {
            code: 'missing-key',
            message: `no file says ${what}: the key \`${key}\` is missing`,
            hint: 'Run `demarc init` for a commented starter.',
          }),
        );
      }
    }
    if (system.frameworks.length === 0) {
      problems.push(
        first.yaml.problemAt([], {
          code: 'missing-key',
          message: 'no framework is named',
          hint: 'Add `frameworks: [gdpr, hipaa, pci-dss, soc2]`, or those you need.',
        }),
      );
    }
    if (system.services.length === 0) {
      problems.push(
        first.yaml.problemAt([], {
          code: 'missing-key',
          message: 'no service is described',
          hint: 'List the services in use under `services:`.',
        }),
      );
    }
  }
  return system;
}

/** The same with its file named from the folder of the main description, wherever the file that names it lies. */
function located<T extends { file?: string | undefined }>(item: T, yaml: YamlFile, system: System): T {
  if (item.file === undefined) return item;
  const folder = posix.dirname(system.files[0]?.path ?? '');
  return { ...item, file: posix.relative(folder, posix.join(posix.dirname(yaml.file), item.file)) };
}

/** Joins what a file says for the registers and records: providers, own customers, processing, transfers, suppressions. */
function addRegisters(system: System, yaml: YamlFile, content: SystemFile): void {
  content.providers.forEach((record, i) => {
    const {
      'due-diligence': dueDiligence,
      'status-checked': statusChecked,
      'sub-processors': subProcessors,
      'sub-processors-checked': subProcessorsChecked,
      claims,
      agreement,
      acknowledgment,
      ...rest
    } = record;
    system.providerRecords.push({
      ...rest,
      ...(agreement ? { agreement: located(agreement, yaml, system) } : {}),
      ...(acknowledgment ? { acknowledgment: located(acknowledgment, yaml, system) } : {}),
      ...(dueDiligence ? { dueDiligence } : {}),
      ...(statusChecked ? { statusChecked } : {}),
      subProcessors,
      ...(subProcessorsChecked ? { subProcessorsChecked } : {}),
      claims: claims.map((claim, j) => ({ ...claim, place: yaml.placeOf(['providers', i, 'claims', j]) })),
      place: yaml.placeOf(['providers', i]),
    });
  });
  content['customer-duties'].forEach((duty, i) => {
    system.customerDuties.push({ ...duty, place: yaml.placeOf(['customer-duties', i]) });
  });
  content.processing.forEach(({ 'joint-controllers': jointControllers, ...activity }, i) => {
    system.activities.push({ ...activity, jointControllers, place: yaml.placeOf(['processing', i]) });
  });
  content.transfers.forEach((transfer, i) => {
    system.transfers.push({ ...transfer, place: yaml.placeOf(['transfers', i]) });
  });
  content.suppressions.forEach(({ 'approved-by': approvedBy, ...suppression }, i) => {
    system.suppressions.push({ ...suppression, approvedBy, place: yaml.placeOf(['suppressions', i]) });
  });
}

/** YAML users write yes, true, 3 and "3" for the same thing. */
function optionText(value: string | boolean | number): string {
  return value === true ? 'yes' : value === false ? 'no' : String(value);
}

/**
 * A framework with one role, or with categories that are always in scope, needs no words about them. Requirements named by another id
 * get their own, by which everything else knows them.
 */
function applyDefaults(system: System, catalogue: Catalogue): System {
  const own = (requirement: string): string => findRequirement(catalogue, requirement) ?? requirement;
  for (const statement of system.statements) if (statement.requirement) statement.requirement = own(statement.requirement);
  for (const exclusion of system.exclusions) exclusion.requirement = own(exclusion.requirement);
  for (const duty of system.customerDuties) duty.requirements = duty.requirements.map(own);
  for (const claim of system.providerRecords.flatMap((record) => record.claims)) claim.requirement = own(claim.requirement);
  for (const choice of system.frameworks) {
    const framework = catalogue.frameworks.find((candidate) => candidate.id === choice.id);
    if (!framework) continue;
    const only = framework.roles[0];
    if (!system.roles[framework.id] && framework.roles.length === 1 && only) system.roles[framework.id] = [only.id];
    const always = framework.categories.filter((category) => category.always).map((category) => category.id);
    choice.categories = framework.categories
      .map((category) => category.id)
      .filter((category) => always.includes(category) || choice.categories.includes(category));
  }
  return system;
}
