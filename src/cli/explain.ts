import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { mapSystem } from '../map/matrix.ts';
import { statementFor } from '../map/status.ts';
import type { Catalogue, Framework, Matrix, Part, Requirement, System } from '../model.ts';
import { didYouMean, UsageError } from '../problem.ts';
import { joinNames } from '../sentence.ts';
import { FREQUENCY, MODE, OWNERSHIP, STATUS } from '../terms.ts';
import { GOOD, type Io, mapFile } from './context.ts';
import { loadCatalogue, VERSION } from './resources.ts';
import { indented } from './terminal.ts';

const DEFAULT_SYSTEM = 'system.yaml';

/** `demarc explain`: why a requirement is whose, from requirement over controls and components to the fact or source. */
export function explainCommand(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('explain')
    .description('explain a requirement: what it asks, who holds which part, and why')
    .argument('<framework:requirement>', 'such as pci-dss:8.4.2')
    .option('-s, --system <system.yaml>', `the description to explain it for (default: ${DEFAULT_SYSTEM} where there is one)`)
    .option('--service <id>', 'only this service: an id of the description, or a catalogue id such as aws/rds without a description')
    .option('--as-of <date>', 'the day as of which everything is judged')
    .option('--json', 'print as JSON')
    .action((reference: string, options: { system?: string; service?: string; asOf?: string; json?: boolean }) => {
      const catalogue = loadCatalogue();
      const { framework, requirement } = findRequirement(reference, catalogue);
      const file = options.system ?? (existsSync(DEFAULT_SYSTEM) && !options.service?.includes('/') ? DEFAULT_SYSTEM : undefined);
      const matrix = file ? mapFile(file, options, io).matrix : exampleMatrix(framework, options.service, catalogue, io);
      const mapped = matrix?.frameworks.find((candidate) => candidate.id === framework.id)?.requirements.find((candidate) => candidate.id === requirement.id);
      if (file && !mapped) throw new UsageError(`${file} does not have ${framework.title} in scope`, `Add ${framework.id} to its \`frameworks:\`.`);
      if (matrix && options.service && !matrix.services.some((service) => service.id === options.service || service.service === options.service)) {
        const meant = didYouMean(options.service, matrix.services.map((service) => service.id));
        throw new UsageError(`the description has no service ${options.service}`, meant ? `Did you mean ${meant}?` : undefined);
      }
      const positions = (mapped?.row.parts ?? []).filter((position) => {
        const part = matrix?.parts[position];
        if (!options.service || part?.service === undefined) return !options.service;
        const service = matrix?.services.find((candidate) => candidate.id === part.service);
        return service?.id === options.service || service?.service === options.service;
      });
      if (options.json) {
        io.out(`${JSON.stringify({ framework: framework.id, requirement, row: mapped?.row, parts: positions.map((position) => matrix?.parts[position]) }, null, 2)}\n`);
      } else io.out(explanation(framework, requirement, matrix, positions, catalogue, io.width));
      done(GOOD);
    });
}

/** The requirement that a reference names. @throws UsageError with the nearest name. */
export function findRequirement(reference: string, catalogue: Catalogue): { framework: Framework; requirement: Requirement } {
  const [frameworkId = '', ...rest] = reference.split(':');
  const id = rest.join(':');
  const framework = catalogue.frameworks.find((candidate) => candidate.id === frameworkId);
  if (!framework) {
    const names = catalogue.frameworks.map((candidate) => candidate.id);
    const meant = didYouMean(frameworkId, names);
    throw new UsageError(`there is no framework ${frameworkId}`, meant ? `Did you mean ${meant}:${id}?` : `Write one of ${names.join(', ')}, a colon, and the requirement.`);
  }
  const requirement = framework.requirements.find((candidate) => candidate.id === id || candidate.aliases.includes(id));
  if (!requirement) {
    if (framework.headings.some((heading) => heading.id === id)) {
      throw new UsageError(`${reference} is a heading and asks nothing by itself`, `Its requirements: ${framework.requirements.filter((candidate) => candidate.id.startsWith(id)).slice(0, 8).map((candidate) => candidate.id).join(', ')}.`);
    }
    const meant = didYouMean(id, framework.requirements.map((candidate) => candidate.id));
    throw new UsageError(`${framework.title} has no requirement ${id || '(none given)'}`, meant ? `Did you mean ${framework.id}:${meant}?` : `See demarc list requirements ${framework.id}.`);
  }
  return { framework, requirement };
}

/** Without a description: a matrix of one catalogue service, in every role and under every condition. */
function exampleMatrix(framework: Framework, service: string | undefined, catalogue: Catalogue, io: Io): Matrix | undefined {
  if (!service) return undefined;
  const [providerId, ...rest] = service.split('/');
  const known = catalogue.providers.find((provider) => provider.id === providerId)?.services.find((candidate) => candidate.id === rest.join('/'));
  if (!known) throw new UsageError(`the catalogue has no service ${service}`, 'See demarc list services, or name a description with --system.');
  const kinds = framework.scope.data === 'all' ? ['confidential'] : framework.scope.data;
  const system: System = {
    organization: { name: 'The customer' },
    system: { name: known.title, description: '' },
    frameworks: [{ id: framework.id, categories: framework.categories.map((category) => category.id) }],
    roles: { [framework.id]: framework.roles.map((role) => role.id) },
    conditions: {},
    parties: [],
    services: [{ id: rest.join('/'), service, purpose: '', data: kinds, affects: [], regions: [], options: {}, facts: {}, components: {}, managedBy: [] }],
    assurances: [],
    statements: [],
    exclusions: [],
    signatories: [],
    files: [],
  };
  return mapSystem(system, catalogue, { asOf: io.today, toolVersion: VERSION });
}

function explanation(framework: Framework, requirement: Requirement, matrix: Matrix | undefined, positions: number[], catalogue: Catalogue, width: number): string {
  const lines = [`${framework.title} ${requirement.id}  ${requirement.title}`, '', indented(requirement.text, 2, width)];
  const facts: string[] = [];
  if (requirement.designation) facts.push(requirement.designation);
  if (requirement.frequency.length > 0) facts.push(joinNames(requirement.frequency.map((frequency) => FREQUENCY[frequency])));
  if (requirement.effective) facts.push(`in force since ${requirement.effective}`);
  if (requirement.binds.length > 0) facts.push(`binds: ${requirement.binds.map((role) => framework.roles.find((candidate) => candidate.id === role)?.title ?? role).join(', ')}`);
  if (requirement.when.length > 0) facts.push(`where it holds: ${requirement.when.join(', ')}`);
  if (facts.length > 0) lines.push('', indented(facts.join('; '), 2, width));
  if (requirement.status) lines.push('', indented(`${requirement.status.state}: ${requirement.status.note}`, 2, width));
  if (requirement.noDuty) lines.push('', indented(requirement.noDuty, 2, width));

  const row = matrix?.frameworks.find((candidate) => candidate.id === framework.id)?.requirements.find((candidate) => candidate.id === requirement.id)?.row;
  if (matrix && row) {
    lines.push('', `Ownership in ${matrix.system.name}: ${OWNERSHIP[row.ownership].label}`);
    if (row.reason) lines.push(indented(row.reason, 2, width));
    else lines.push(indented(OWNERSHIP[row.ownership].means, 2, width));
    if (row.status) lines.push(`Status: ${STATUS[row.status]}${row.owners.length > 0 ? `; ${joinNames(row.owners)} answers for it` : ''}`);
  }
  for (const use of requirement.controls) {
    const control = catalogue.controls.find((candidate) => candidate.id === use.control);
    if (!control) continue;
    lines.push('', `Control ${control.id}: ${control.title}`, indented(control.objective, 2, width));
    const surface = control.surface.filter((entry) => !use.at || use.at.includes(entry.component)).map((entry) => entry.component + (entry.fact ? ` (by its ${entry.fact})` : ''));
    lines.push(indented(`exercised at ${surface.join(', ')}`, 2, width));
    if (!matrix) continue;
    for (const position of positions) {
      const part = matrix.parts[position] as Part;
      if (part.control === control.id || (part.only !== undefined && use === requirement.controls[0])) lines.push('', ...partLines(part, matrix, row?.key ?? '', width));
    }
  }
  if (!matrix) lines.push('', 'Name a description with --system, or a service with --service aws/rds, to see who holds which part.');
  if (requirement.evidence.customer.length > 0) lines.push('', indented(`Evidence from you: ${requirement.evidence.customer.join('; ')}.`, 2, width));
  if (requirement.evidence.provider.length > 0) lines.push(indented(`Evidence from a provider: ${requirement.evidence.provider.join('; ')}.`, 2, width));
  lines.push('', indented(`${framework.notice} ${framework.source.url}`, 2, width));
  return `${lines.join('\n')}\n`;
}

function partLines(part: Part, matrix: Matrix, key: string, width: number): string[] {
  const service = matrix.services.find((candidate) => candidate.id === part.service);
  const component = matrix.components.find((candidate) => candidate.id === part.component);
  const party = matrix.parties.find((candidate) => candidate.id === part.party);
  const where = [service?.name, component?.title.toLowerCase()].filter(Boolean).join(', ');
  const held = part.undetermined ? 'not determined' : `${party?.name ?? part.party} (${MODE[part.mode].toLowerCase()}${part.dependent ? ', together with the other half' : ''})`;
  const lines = [indented(`${where}: ${held}`, 4, width), indented(part.text, 6, width)];
  if (part.provides) lines.push(indented(part.provides, 6, width));
  const options = Object.entries(service?.factsInForce ?? {}).filter(([name]) => name.startsWith('option:'));
  lines.push(indented(`why: ${part.basis.says}${part.basis.source ? ` (${part.basis.source.title}, ${part.basis.source.url})` : ''}`, 6, width));
  if (options.length > 0) lines.push(indented(`options: ${options.map(([name, value]) => `${name.slice('option:'.length)} = ${value}`).join(', ')}`, 6, width));
  const found = party?.kind === 'provider' ? undefined : statementFor(key, part, matrix.statements);
  const statement = found === undefined ? undefined : matrix.statements[found];
  if (statement) lines.push(indented(`statement: ${STATUS[statement.status]}${statement.owner ? `, ${statement.owner}` : ''}${statement.narrative ? `: ${statement.narrative}` : ''}`, 6, width));
  return lines;
}
