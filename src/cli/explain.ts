import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { readText } from '../disk.ts';
import { RULES } from '../map/findings/index.ts';
import { mapSystem } from '../map/matrix.ts';
import type { Catalogue, Framework, Requirement } from '../model/catalogue.ts';
import type { Basis, Matrix, MatrixService, Part, ServiceSplit } from '../model/matrix.ts';
import type { System } from '../model/system.ts';
import { didYouMean, UsageError } from '../problem.ts';
import { emptyService, emptySystem } from '../read/system.ts';
import { type Line, lineIndex, linesOfParts } from '../report/lines.ts';
import { joinNames, sentenceCase } from '../sentence.ts';
import { indexStatements, statementFor } from '../statements.ts';
import { FREQUENCY, MODE, OWNERSHIP, STATUS } from '../terms.ts';
import { CATALOGUE_HELP, catalogueInForce } from './catalogue.ts';
import { GOOD, type Io, mapFile } from './context.ts';
import { afterText, changeAfter, pastOn, pastText } from './explain-past.ts';
import { explainProvider } from './explain-provider.ts';
import { explainService } from './explain-service.ts';
import { findCatalogueService, findProvider, findRequirement } from './references.ts';
import { VERSION } from './resources.ts';
import { indented } from './terminal.ts';

const DEFAULT_SYSTEM = 'system.yaml';

/** `demarc explain`: a requirement and who holds it and why, a service and who holds its layers, a provider, or a rule of findings. */
export function explainCommand(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('explain')
    .description(
      'explain a requirement (what it asks, who holds which part, and why), a service, a provider, or a rule of findings',
    )
    .argument('<reference>', 'such as pci-dss:8.4.2, aws/rds, aws or finding:assurance-missing')
    .option(
      '-s, --system <system.yaml>',
      `the description to explain a requirement for (default: ${DEFAULT_SYSTEM} where there is one)`,
    )
    .option(
      '--service <id>',
      'only this service: an id of the description, or a catalogue id such as aws/rds without a description',
    )
    .option('--as-of <date>', 'the day as of which everything is judged')
    .option('--at <date>', 'who held it on this day, by the packs of --history')
    .option('--history <folder>', 'the packs that demarc review wrote (default: packs)')
    .option('--catalogue <folder>', CATALOGUE_HELP)
    .option('--json', 'print as JSON')
    .action((reference: string, options: ExplainOptions) => {
      if (options.at !== undefined && (!reference.includes(':') || reference.startsWith('finding:')))
        throw new UsageError('--at looks up a requirement', 'Write it as pci-dss:8.4.2.');
      if (options.at !== undefined && options.asOf !== undefined)
        throw new UsageError('--at and --as-of name two days', 'Leave out --as-of: the packs are each as of their own day.');
      if (reference.startsWith('finding:')) io.out(explainRule(reference.slice('finding:'.length), io.width, options.json));
      else if (reference.includes('/') && !reference.includes(':'))
        io.out(explainService(reference, catalogueFor(options), io.width, options.json));
      else if (!reference.includes(':')) {
        const catalogue = catalogueFor(options);
        io.out(explainProvider(findProvider(reference, catalogue), catalogue, io.width, options.json));
      } else io.out(explainRequirement(reference, options, io));
      done(GOOD);
    });
}

interface ExplainOptions {
  system?: string;
  service?: string;
  asOf?: string;
  at?: string;
  history?: string;
  catalogue?: string;
  json?: boolean;
}

/** The description that is named, else the one in this folder. */
function descriptionOf(options: ExplainOptions): string | undefined {
  return options.system ?? (existsSync(DEFAULT_SYSTEM) ? DEFAULT_SYSTEM : undefined);
}

function catalogueFor(options: ExplainOptions): Catalogue {
  const path = descriptionOf(options);
  return catalogueInForce(options.catalogue, path === undefined ? undefined : { path, text: readText(path) }).catalogue;
}

function explainRequirement(reference: string, options: ExplainOptions, io: Io): string {
  const past = options.at === undefined ? undefined : pastOn(options.at, options, io);
  const file = past ? undefined : (options.system ?? (options.service?.includes('/') ? undefined : descriptionOf(options)));
  const described = past ? { matrix: past.matrix, catalogue: past.matrix } : file ? mapFile(file, options, io) : undefined;
  const catalogue = described?.catalogue ?? catalogueFor(options);
  const { framework, requirement } = findRequirement(reference, catalogue);
  const matrix = described?.matrix ?? exampleMatrix(framework, options.service, catalogueFor(options), io);
  const mapped = matrix?.frameworks
    .find((candidate) => candidate.id === framework.id)
    ?.requirements.find((candidate) => candidate.id === requirement.id);
  if (file && !mapped)
    throw new UsageError(`${file} does not have ${framework.title} in scope`, `Add ${framework.id} to its \`frameworks:\`.`);
  const isChosen = (service: { id: string; service?: string }): boolean =>
    service.id === options.service || service.service === options.service;
  if (matrix && options.service && !matrix.services.some(isChosen)) {
    const meant = didYouMean(
      options.service,
      matrix.services.map((service) => service.id),
    );
    throw new UsageError(
      `${past ? `the pack ${past.pack.name}` : 'the description'} has no service ${options.service}`,
      meant ? `Did you mean ${meant}?` : undefined,
    );
  }
  const positions = (mapped?.row.parts ?? []).filter((position) => {
    if (!options.service) return true;
    const service = matrix?.services.find((candidate) => candidate.id === matrix.parts[position]?.service);
    return service !== undefined && isChosen(service);
  });
  const chosen = options.service ? matrix?.services.filter(isChosen) : undefined;
  if (options.json) {
    const then = past && {
      at: { day: past.day, pack: past.pack.name, asOf: past.pack.manifest.asOf, manifest: past.pack.sha256 },
    };
    const next = past?.after && {
      next: {
        pack: past.after.pack.name,
        asOf: past.after.pack.manifest.asOf,
        ...changeAfter(past, mapped?.row.key ?? '', chosen),
      },
    };
    const parts = positions.map((position) => matrix?.parts[position]);
    return `${JSON.stringify({ ...then, framework: framework.id, requirement, row: mapped?.row, parts, ...next }, null, 2)}\n`;
  }
  const split = chosen && mapped?.row.services.find((entry) => chosen.some((service) => service.id === entry.service));
  const text = requirementText(framework, requirement, { matrix, positions, split, chosen }, catalogue, io.width);
  if (!past) return text;
  return `${pastText(past, io.width)}${text}${afterText(past, mapped?.row.key ?? '', chosen, io.width)}`;
}

/** Without a description: a matrix of one catalogue service, in every role and under every condition. */
function exampleMatrix(framework: Framework, service: string | undefined, catalogue: Catalogue, io: Io): Matrix | undefined {
  if (!service) return undefined;
  const { service: known } = findCatalogueService(service, catalogue);
  const kinds = framework.scope.data === 'all' ? ['confidential'] : framework.scope.data;
  const system: System = {
    ...emptySystem(),
    organization: { name: 'The customer' },
    system: { name: known.title, description: '' },
    frameworks: [{ id: framework.id, categories: framework.categories.map((category) => category.id) }],
    roles: { [framework.id]: framework.roles.map((role) => role.id) },
    services: [{ ...emptyService(known.id), service, data: kinds }],
  };
  return mapSystem(system, catalogue, { asOf: io.today, toolVersion: VERSION });
}

function requirementText(
  framework: Framework,
  requirement: Requirement,
  mapped: {
    matrix: Matrix | undefined;
    positions: number[];
    split: ServiceSplit | undefined;
    /** The services that are asked about, where not all are. */
    chosen: readonly MatrixService[] | undefined;
  },
  catalogue: Pick<Catalogue, 'controls'>,
  width: number,
): string {
  const { matrix, positions, split, chosen } = mapped;
  const lines = [`${framework.title} ${requirement.id}  ${requirement.title}`, '', indented(requirement.text, 2, width)];
  if (requirement.official)
    lines.push('', '  Official text, as you supplied it:', indented(requirement.official.trim(), 4, width));
  const facts: string[] = [];
  if (requirement.designation) facts.push(requirement.designation);
  if (requirement.frequency.length > 0) facts.push(joinNames(requirement.frequency.map((frequency) => FREQUENCY[frequency])));
  if (requirement.effective) facts.push(`in force since ${requirement.effective}`);
  const roles = (ids: string[]): string =>
    ids.map((role) => framework.roles.find((candidate) => candidate.id === role)?.title ?? role).join(', ');
  if (requirement.binds.length > 0) facts.push(`binds: ${roles(requirement.binds)}`);
  if (requirement.helpedBy) facts.push(`with a part of: ${roles(requirement.helpedBy)}`);
  if (requirement.when.length > 0) facts.push(`only where these hold: ${requirement.when.join(', ')}`);
  if (facts.length > 0) lines.push('', indented(sentenceCase(facts.join('; ')), 2, width));
  if (requirement.status)
    lines.push('', indented(`${sentenceCase(requirement.status.state)}: ${requirement.status.note}`, 2, width));
  if (requirement.noDuty) lines.push('', indented(requirement.noDuty, 2, width));

  const row = matrix?.frameworks
    .find((candidate) => candidate.id === framework.id)
    ?.requirements.find((candidate) => candidate.id === requirement.id)?.row;
  if (matrix && row) {
    const where = split ? (matrix.services.find((service) => service.id === split.service)?.name ?? '') : matrix.system.name;
    const ownership = split ? split.ownership : row.ownership;
    lines.push(
      '',
      `Ownership on ${where}: ${OWNERSHIP[ownership].label}`,
      indented(split ? OWNERSHIP[ownership].means : (row.reason ?? OWNERSHIP[ownership].means), 2, width),
    );
    if (row.status && !split)
      lines.push(`Status: ${STATUS[row.status]}${row.owners.length > 0 ? `. Owner: ${joinNames(row.owners)}` : ''}`);
    if (chosen && !split && row.ownership !== 'not-applicable')
      lines.push('', indented(noPartText(chosen, framework.id, matrix), 0, width));
  }
  const index = matrix ? lineIndex(matrix) : undefined;
  const answered = indexStatements(matrix?.statements ?? []);
  for (const use of requirement.controls) {
    const control = catalogue.controls.find((candidate) => candidate.id === use.control);
    if (!control) continue;
    const own = positions.filter((position) => matrix?.parts[position]?.control === control.id);
    if (chosen && own.length === 0) continue;
    const surface = control.surface
      .filter((entry) => !use.at || use.at.includes(entry.component))
      .map((entry) => entry.component + (entry.fact ? ` (by its ${entry.fact})` : ''));
    lines.push(
      '',
      `Control ${control.id}: ${control.title}`,
      indented(`${control.objective} Exercised at ${surface.join(', ')}.`, 2, width),
    );
    if (!matrix || !index) continue;
    for (const line of linesOfParts(own, index)) lines.push('', ...lineText(line, own, matrix, width));
    const statements = new Set(
      own.flatMap((position) =>
        matrix.parts[position]?.party === 'customer'
          ? (statementFor(row?.key ?? '', matrix.parts[position] as Part, matrix.statements, answered) ?? [])
          : [],
      ),
    );
    for (const position of statements) {
      const statement = matrix.statements[position];
      if (statement)
        lines.push(
          '',
          indented(
            `Statement: ${STATUS[statement.status]}${statement.owner ? `, ${statement.owner}` : ''}${statement.narrative ? `. ${statement.narrative}` : '.'}`,
            4,
            width,
          ),
        );
    }
  }
  if (!matrix)
    lines.push('', 'Name a description with --system, or a service with --service aws/rds, to see who holds which part.');
  if (requirement.evidence.customer.length > 0)
    lines.push('', indented(`Evidence from you: ${requirement.evidence.customer.join('; ')}.`, 2, width));
  if (requirement.evidence.provider.length > 0)
    lines.push(indented(`Evidence from a provider: ${requirement.evidence.provider.join('; ')}.`, 2, width));
  lines.push('', indented(`${framework.notice} ${framework.source.url}`, 2, width));
  return `${lines.join('\n')}\n`;
}

/** Why services hold no part of a requirement that applies. */
function noPartText(chosen: readonly MatrixService[], framework: string, { frameworks }: Matrix): string {
  const names = joinNames(chosen.map(({ name }) => name));
  const known = frameworks.find(({ id }) => id === framework);
  const inScope = chosen.some(({ id }) => known?.services.includes(id));
  return inScope
    ? `Nobody holds a part of it on ${names}: what it asks is not done there.`
    : `Nobody holds a part of it on ${names}: by the data held and affected there, that is outside the scope of ${known?.title ?? framework}.`;
}

/** One line with the reasons behind it, alike reasons together. */
function lineText(line: Line, positions: number[], matrix: Matrix, width: number): string[] {
  const party = line.parties.map((candidate) => candidate.name).join(', ');
  const mode = line.undetermined
    ? 'not determined, counts as the customer\u2019s'
    : `${MODE[line.mode].toLowerCase()}${line.dependent ? ', on some layers together with the other half' : ''}`;
  const lines = [indented(`${party} (${mode})`, 4, width), indented(line.text, 6, width)];
  if (line.provides) lines.push(indented(line.provides, 6, width));
  const reasons = new Map<string, { basis: Basis; components: Set<string>; services: Set<string> }>();
  for (const position of positions) {
    const part = matrix.parts[position] as Part;
    if (
      !line.parties.some((candidate) => candidate.id === part.party) ||
      part.mode !== line.mode ||
      part.undetermined !== line.undetermined ||
      !line.components.includes(part.component)
    )
      continue;
    const key = `${part.basis.says}\u0000${part.basis.source?.url ?? ''}`;
    const reason = reasons.get(key) ?? { basis: part.basis, components: new Set(), services: new Set() };
    reason.components.add(
      matrix.components.find((component) => component.id === part.component)?.title.toLowerCase() ?? part.component,
    );
    if (part.service) reason.services.add(matrix.services.find((service) => service.id === part.service)?.name ?? part.service);
    reasons.set(key, reason);
  }
  for (const { basis, components, services } of reasons.values()) {
    const what = [[...components].join(', '), services.size > 0 ? `of ${joinNames([...services], 6)}` : '']
      .filter(Boolean)
      .join(' ');
    lines.push(indented(`because (${what}): ${basis.says}${sourceText(basis)}`, 6, width));
  }
  return lines;
}

function sourceText(basis: Basis): string {
  return basis.source ? ` [${basis.source.title}, ${basis.source.url}]` : '';
}

/** The help page of a rule of findings. */
function explainRule(id: string, width: number, json: boolean | undefined): string {
  const name = id.split(':')[0] ?? id;
  const rule = RULES.find((candidate) => candidate.id === name);
  if (!rule) {
    const meant = didYouMean(
      name,
      RULES.map((candidate) => candidate.id),
    );
    throw new UsageError(
      `there is no rule ${name}`,
      meant ? `Did you mean finding:${meant}?` : `Rules: ${RULES.map((candidate) => candidate.id).join(', ')}.`,
    );
  }
  const { find: _, ...page } = rule;
  if (json) return `${JSON.stringify(page, null, 2)}\n`;
  return `${rule.title} (${rule.severity})\n\n${indented(rule.help, 2, width)}\n\n${indented(`Remedy: ${rule.remedy}`, 2, width)}\n`;
}
