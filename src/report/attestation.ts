import { AUDIENCE, SEES, type Sight } from '../audience.ts';
import type { Comparison } from '../comparison.ts';
import type { Block, Document, Section } from '../document.ts';
import type { Matrix, MatrixFramework, Party } from '../model/matrix.ts';
import { UsageError } from '../problem.ts';
import { afterColon, counted, joinNames, longDate, periodText, sentenceEnd, withoutCode } from '../sentence.ts';
import type { MadeAnnex } from './annexes/annex.ts';
import { ANNEXES, askedBy } from './annexes/index.ts';
import { standingOfRequirements } from './annexes/standing.ts';
import { annexBlocks } from './blocks/annex.ts';
import { changesBlocks } from './blocks/changes.ts';
import { dutiesTable } from './blocks/duties.ts';
import { matrixTable } from './blocks/matrix-table.ts';
import { evidenceTable, exclusionsTable, findingsTable, glossaryTable, providersTable } from './blocks/registers.ts';
import { conditionsTable, servicesTable, stackPictures } from './blocks/scope.ts';
import { countsTable, keyFigures, ownershipByFramework, ownershipBySection } from './blocks/summary.ts';
import { textCell } from './cells.ts';
import { changesHeadline } from './changes.ts';
import { type LineIndex, lineIndex } from './lines.ts';
import { sectionsFrom } from './markdown.ts';
import { ownershipsExplained, ownershipTone } from './ownership.ts';
import { renderTemplate, type Template } from './templates.ts';

/** What the report needs beside the matrix. */
export interface ReportOptions {
  /** `attestation.md.hbs`. */
  template: Template;
  /** `annexes.md.hbs`, which the former takes in, and the annexes that its words stand above. */
  annexTemplate: Template;
  annexes: readonly MadeAnnex[];
  /** The sections to print, where it is not all of them. */
  sections?: readonly string[];
  /** matrix.json as written, carried inside the document. */
  matrixJson: string;
  /** What differs from an earlier pack, where there is one. */
  comparison?: Comparison;
  paper: 'a4' | 'letter';
  /** The document's own color as `#rrggbb`. */
  accent?: string;
}

/** The attestation pack as a document: the template's words around tables, charts and pictures made from the matrix. */
export function attestation(matrix: Matrix, options: ReportOptions, index: LineIndex = lineIndex(matrix)): Document {
  const { annexes, comparison, sections: wanted } = options;
  const view = viewOf(matrix, comparison);
  const markdown = renderTemplate('attestation.md.hbs', options.template, view, { annexes: options.annexTemplate });
  const blocks = directives(matrix, { annexes, index, comparison });
  const sections = sectionsFrom(markdown, blocks, wanted && ((id) => wanted.includes(id)));
  const frameworks = matrix.frameworks.map((framework) => `${framework.title} ${framework.version}`);
  const sight = SEES[matrix.audience];
  return {
    title: titleOf(sections, options),
    subtitle: matrix.system.name,
    subject: `Who holds which part of ${joinNames(frameworks)} for ${matrix.system.name} of ${matrix.organization.name}`,
    author: matrix.organization.name,
    keywords: ['shared responsibility', 'responsibility matrix', ...matrix.frameworks.map((framework) => framework.title)],
    language: 'en-US',
    date: matrix.asOf,
    producer: `demarc ${matrix.tool.version}`,
    cover: {
      kicker: matrix.organization.name,
      facts: {
        kind: 'facts',
        items: [
          { term: 'System', detail: [{ text: matrix.system.name }] },
          { term: 'Frameworks', detail: [{ text: frameworks.join('; ') }] },
          ...(matrix.period ? [{ term: 'Period', detail: [{ text: periodText(matrix.period) }] }] : []),
          { term: 'As of', detail: [{ text: longDate(matrix.asOf) }] },
          {
            term: 'Services',
            detail: [
              {
                text: sight.services ? servicesCounted(matrix) : `${counted(matrix.services.length, 'service model')} in use`,
              },
            ],
          },
          ...(sight.findings ? [{ term: 'Findings', detail: [{ text: findingsText(matrix) }] }] : []),
          { term: 'Prepared for', detail: [{ text: AUDIENCE[matrix.audience] }] },
        ],
      },
      ...(matrix.organization.note ? { note: [{ text: matrix.organization.note }] } : {}),
    },
    contentsTitle: 'Contents',
    footer: `${matrix.organization.short ?? matrix.organization.name} · as of ${matrix.asOf} · catalogue ${matrix.catalogue.version}`,
    sections,
    attachments: [
      {
        name: 'matrix.json',
        mediaType: 'application/json',
        description: 'The responsibility matrix as data',
        data: options.matrixJson,
      },
    ],
    paper: options.paper,
    ...(options.accent ? { accent: options.accent } : {}),
  };
}

/**
 * The papers that the frameworks in scope ask for, or some of them by their ids. The document and the workbook are both made from them,
 * so that neither can say more than the other.
 */
export function annexesOf(matrix: Matrix, papers?: readonly string[], index: LineIndex = lineIndex(matrix)): MadeAnnex[] {
  const sight = SEES[matrix.audience];
  return ANNEXES.flatMap((annex) => {
    const framework = askedBy(annex, matrix);
    if (!framework || (papers && !papers.includes(annex.id))) return [];
    const standing = sight.answers ? standingOfRequirements(annex.answers, framework) : '';
    const { remedy, ...said } = annex.make({ matrix, framework, index });
    const table = { ...said, ...(remedy && sight.remedies ? { remedy } : {}) };
    return [{ annex, standing, table, blocks: annexBlocks(table, annex.title, standing) }];
  });
}

/** A pack of one paper is called by its name. */
function titleOf(sections: readonly Section[], { sections: wanted, annexes }: ReportOptions): string {
  if (!wanted) return 'Shared responsibility attestation';
  const papers = sections.filter(({ id }) => id.startsWith('matrix-') || annexes.some(({ annex }) => annex.id === id));
  const [only] = papers;
  return only && papers.length === 1 ? only.title : 'Shared responsibility attestation: extract';
}

function directives(
  matrix: Matrix,
  { annexes, index, comparison }: { annexes: readonly MadeAnnex[]; index: LineIndex; comparison: Comparison | undefined },
): (name: string, argument: string) => Block[] {
  const framework = (id: string): MatrixFramework => {
    const found = matrix.frameworks.find((candidate) => candidate.id === id);
    if (!found) throw new UsageError(`a template asks for the framework ${id || '(none)'}, which is not in scope`);
    return found;
  };
  const known: Record<string, (argument: string) => Block[]> = {
    'ownership-legend': () => ownershipLegend(matrix),
    'key-figures': () => keyFigures(matrix),
    'ownership-by-framework': () => ownershipByFramework(matrix),
    services: () => servicesTable(matrix),
    stack: () => stackPictures(matrix),
    conditions: () => conditionsTable(matrix),
    exclusions: () => exclusionsTable(matrix),
    'ownership-by-section': (id) => ownershipBySection(framework(id)),
    counts: (id) => countsTable(framework(id)),
    matrix: (id) => matrixTable(framework(id), matrix, index),
    duties: () => dutiesTable(matrix, index),
    annex: (id) => {
      const made = annexes.find(({ annex }) => annex.id === id);
      if (!made) throw new UsageError(`a template asks for the annex ${id || '(none)'}, which this pack does not have`);
      return made.blocks;
    },
    providers: () => providersTable(matrix),
    findings: () => findingsTable(matrix),
    changes: () => (comparison ? changesBlocks(comparison) : []),
    evidence: () => evidenceTable(matrix),
    'sign-off': () => signOff(matrix),
    glossary: (id) => glossaryTable(framework(id)),
  };
  const sight = SEES[matrix.audience];
  // For templates of users, which may ask for what the audience does not see: an empty list would read as "there are none".
  const hidden = new Set([
    ...(sight.answers ? [] : ['duties', 'evidence']),
    ...(sight.findings ? [] : ['findings']),
    ...(sight.reasons ? [] : ['exclusions']),
    ...(sight.system ? [] : ['conditions']),
    ...(sight.assurances === 'none' ? ['providers'] : []),
    ...(sight.signOff ? [] : ['sign-off']),
  ]);
  return (name, argument) => {
    const make = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!make)
      throw new UsageError(`a template uses the unknown block [[${name}]]`, `Known blocks: ${Object.keys(known).join(', ')}.`);
    if (hidden.has(name)) return [{ kind: 'paragraph', runs: [{ text: 'This pack does not show it.' }] }];
    return make(argument);
  };
}

/** The names a template may use. Everything is text, a list of such, or true and false. */
function viewOf(matrix: Matrix, comparison: Comparison | undefined): object {
  const live = matrix.findings.filter((finding) => !finding.suppressed);
  const top = live.slice(0, 5);
  const kinds = new Map(matrix.dataKinds.map((kind) => [kind.id, kind.title]));
  const organization = matrix.organization;
  const sight = SEES[matrix.audience];
  const noun = sight.services ? 'service' : 'service model';
  return {
    organization: {
      name: organization.name,
      short: organization.short ?? organization.name,
      address: organization.address ?? '',
    },
    audience: AUDIENCE[matrix.audience].toLowerCase(),
    sees: { ...sight, status: sight.status !== 'none', assurances: sight.assurances !== 'none' },
    abridged: sight.answers ? '' : abridgement(sight),
    system: {
      name: matrix.system.name,
      description: matrix.system.description === '' ? '' : sentenceEnd(matrix.system.description),
    },
    period: matrix.period ? periodText(matrix.period) : '',
    asOf: longDate(matrix.asOf),
    joinRequirements: joinNames(matrix.frameworks.map((framework) => `${framework.title} ${framework.words.requirement}`)),
    genericRequirement: 'requirement',
    servicesSentence: sight.services
      ? `It uses ${counted(matrix.services.length, 'service')}${ofProviders(matrix)}.`
      : `It rests on services of ${counted(matrix.services.length, 'model')}: ${joinNames(matrix.services.map((service) => service.name))}.`,
    topFindings: top.map(({ title, detail }) => ({ title: sentenceEnd(title), detail: withoutCode(detail) })),
    moreFindings: live.length > top.length ? String(live.length - top.length) : '',
    suppressedFindings: matrix.findings.length > live.length ? String(matrix.findings.length - live.length) : '',
    changes: comparison ? changesHeadline(comparison) : '',
    changesSince: comparison ? longDate(comparison.from.asOf) : '',
    conditions: matrix.conditions.some((condition) => condition.stated),
    frameworks: matrix.frameworks.map((framework) => ({
      id: framework.id,
      title: framework.title,
      name: framework.name,
      version: framework.version,
      publisher: framework.publisher,
      notice: framework.notice,
      words: framework.words,
      hasGlossary: framework.glossary.length > 0,
      roleSentence: `${organization.short ?? organization.name} is described as ${joinNames(framework.organizationRoles.map((role) => framework.roles.find((candidate) => candidate.id === role)?.title.toLowerCase() ?? role))}.`,
      scopeSentence:
        framework.scope.data === 'all'
          ? `All ${counted(matrix.services.length, noun)} are in scope.`
          : `In scope are the ${counted(framework.services.length, noun)} that hold ${framework.scope.data.map((kind) => afterColon(kinds.get(kind) ?? kind)).join(' or ')}, or on which the security of such data depends.`,
    })),
    // Names in templates have no dots.
    annexes: Object.fromEntries(
      ANNEXES.map((annex) => [annex.id.replaceAll('.', '-'), askedBy(annex, matrix) ? { title: annex.title } : false]),
    ),
    catalogueVersion: matrix.catalogue.version,
    toolVersion: matrix.tool.version,
  };
}

/** Everybody who provides a service; who only runs layers of what others provide is not among them. */
function providersOf(matrix: Matrix): { others: Party[]; self: boolean } {
  const provide = matrix.parties.filter((party) => matrix.services.some((service) => service.partyId === party.id));
  const others = provide.filter((party) => party.kind !== 'customer');
  return { others, self: others.length < provide.length };
}

function servicesCounted(matrix: Matrix): string {
  const { others, self } = providersOf(matrix);
  const whose = [
    ...(others.length > 0 ? [counted(others.length, 'provider')] : []),
    ...(self ? ['the organization itself'] : []),
  ];
  return [counted(matrix.services.length, 'service'), joinNames(whose)].filter(Boolean).join(' of ');
}

/** Whose the services are, set off where some are the organization's own: a number before "its own" would count all as such. */
function ofProviders(matrix: Matrix): string {
  const { others, self } = providersOf(matrix);
  // Two providers of one company can share a short name; the full ones tell them apart.
  const isShared = ({ short }: Party): boolean => others.filter((other) => other.short === short).length > 1;
  const names = joinNames(
    others.map((party) => (isShared(party) ? party.name : party.short)),
    8,
  );
  if (others.length === 0) return self ? ' of its own' : '';
  return self ? `, its own and those of ${names}` : ` of ${names}`;
}

/** What a pack leaves out that is not for those who work with the description. */
function abridgement(sight: Sight): string {
  return sight.services
    ? 'It says who holds which part and whether it is in place; how that is done stays with the organization.'
    : 'It says who holds which part. Services stand by their service model and providers without their names.';
}

function ownershipLegend(matrix: Matrix): Block[] {
  return [
    {
      kind: 'table',
      caption: 'Ownership and what it means',
      columns: [
        { title: 'Ownership', share: 30 },
        { title: 'Meaning', share: 70 },
      ],
      rows: ownershipsExplained(matrix).map(({ ownership, label, means }) => ({
        kind: 'row',
        cells: [{ badges: [{ text: label, tone: ownershipTone(ownership) }], paragraphs: [], rowHeader: true }, textCell(means)],
      })),
    },
  ];
}

function signOff(matrix: Matrix): Block[] {
  if (matrix.signatories.length === 0) return [{ kind: 'paragraph', runs: [{ text: 'The description names no signatories.' }] }];
  return [
    {
      kind: 'sign-off',
      lines: matrix.signatories.map((signatory) => ({ ...signatory, name: signatory.name ?? '' })),
      labels: { signature: 'Signature', place: 'Place', date: 'Date' },
    },
  ];
}

function findingsText(matrix: Matrix): string {
  const live = matrix.findings.filter((finding) => !finding.suppressed);
  const high = live.filter((finding) => finding.severity === 'high').length;
  const suppressed = matrix.findings.length - live.length;
  const also = suppressed > 0 ? `; ${suppressed} suppressed` : '';
  return `${live.length === 0 ? 'None' : `${live.length}, of which ${high} of high severity`}${also}`;
}
