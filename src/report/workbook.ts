import type { Sheet, SheetCell, SheetColumn, Tone, Workbook } from '../document.ts';
import type { Matrix, MatrixFramework, MatrixRequirement, Ownership, Statement } from '../model.ts';
import { joinNames } from '../sentence.ts';
import { ASSURANCE, FREQUENCY, HOLDER, MODE, OWNERSHIP, OWNERSHIPS, SEVERITY, STATUS } from '../terms.ts';
import { customerDuties, familyTitle } from './blocks/duties.ts';
import { headingPath } from './blocks/matrix-table.ts';
import { periodText } from './cells.ts';
import { type Line, type LineIndex, lineIndex, linesOf } from './lines.ts';
import { holderTone, ownershipLabel, ownershipTone, partyNames, statusTone } from './ownership.ts';

/** The responsibility matrix as a workbook: what it is, the counts, one sheet per framework, and the registers behind them. */
export function responsibilityWorkbook(matrix: Matrix): Workbook {
  const index = lineIndex(matrix);
  return {
    title: `Responsibility matrix: ${matrix.system.name}`,
    subject: `Who holds which part of ${joinNames(matrix.frameworks.map((framework) => `${framework.title} ${framework.version}`))}`,
    author: matrix.organization.name,
    keywords: ['shared responsibility', 'responsibility matrix', ...matrix.frameworks.map((framework) => framework.title)],
    date: matrix.asOf,
    sheets: [
      readMe(matrix),
      summary(matrix),
      ...matrix.frameworks.map((framework) => frameworkSheet(framework, matrix, index)),
      dutiesSheet(matrix, index),
      servicesSheet(matrix),
      componentsSheet(matrix),
      assurancesSheet(matrix),
      findingsSheet(matrix),
      signOffSheet(matrix),
    ],
  };
}

const STATUS_LIST = Object.values(STATUS);
const STATUS_TONES: Record<string, Tone> = Object.fromEntries(Object.entries(STATUS).map(([status, label]) => [label, statusTone(status as keyof typeof STATUS)]));

function ownershipTones(framework: MatrixFramework): Record<string, Tone> {
  return Object.fromEntries(OWNERSHIPS.map((ownership) => [ownershipLabel(ownership, framework), ownershipTone(ownership)]));
}

function readMe(matrix: Matrix): Sheet {
  const rows: SheetCell[][] = [
    ['Organization', matrix.organization.name],
    ['System', matrix.system.name],
    ['Description', matrix.system.description],
    ...(matrix.period ? [['Period', periodText(matrix.period)]] : []),
    ['As of', { date: matrix.asOf }],
    ['Frameworks', matrix.frameworks.map((framework) => `${framework.title} ${framework.version}`).join(', ')],
    ['Catalogue version', matrix.catalogue.version],
    ['Made by', `demarc ${matrix.tool.version}`],
    ['', ''],
    [{ text: 'How ownership is counted', bold: true }, 'Each requirement is counted once. Its ownership is derived from its parts; nobody has typed it.'],
    ...OWNERSHIPS.map((ownership): SheetCell[] => [{ text: OWNERSHIP[ownership].short, tone: ownershipTone(ownership) }, OWNERSHIP[ownership].means]),
    ['', ''],
    [{ text: 'Configure', bold: true }, "A provider supplies the feature and only the customer can set and use it rightly; the duty is the customer's."],
    [{ text: 'Implement', bold: true }, "The whole thing is the customer's to do."],
    ['', ''],
    [{ text: 'What this workbook does not claim', bold: true }, 'It says who has to do what, and what the organization says it has done. It does not say that anybody complies with anything.'],
    ...matrix.frameworks.map((framework): SheetCell[] => [{ text: framework.title, bold: true }, framework.notice]),
  ];
  return {
    name: 'Read me',
    title: `Responsibility matrix: ${matrix.system.name}`,
    intro: [matrix.organization.name],
    columns: [
      { title: '', width: 34, wrap: true },
      { title: '', width: 110, wrap: true },
    ],
    rows,
    freezeColumns: 0,
    landscape: false,
    table: false,
    tabTone: 'gray',
  };
}

/** Names of the framework sheets; the summary's formulas and links refer to them. */
function sheetName(framework: MatrixFramework): string {
  return framework.title;
}

/** Position of the ownership column in a framework's sheet, as a letter; the summary counts over it. */
const OWNERSHIP_COLUMN = 'E';

function summary(matrix: Matrix): Sheet {
  const counted = OWNERSHIPS.filter((ownership) => matrix.frameworks.some((framework) => framework.counts[ownership] > 0));
  const titleOf = (ownership: Ownership): string => OWNERSHIP[ownership].short;
  return {
    name: 'Summary',
    title: 'Summary',
    intro: ['Number of requirements by ownership. The figures count the rows of each framework sheet and follow changes made there.'],
    columns: [{ title: 'Framework', width: 28 }, { title: 'Version', width: 18 }, { title: 'Requirements', width: 14 }, ...counted.map((ownership): SheetColumn => ({ title: titleOf(ownership), width: 16, wrap: true }))],
    rows: matrix.frameworks.map((framework) => {
      const name = sheetName(framework).replaceAll("'", "''");
      const column = `'${name}'!$${OWNERSHIP_COLUMN}:$${OWNERSHIP_COLUMN}`;
      return [
        { text: framework.title, link: { sheet: sheetName(framework), row: 1 } },
        framework.version,
        framework.requirements.length,
        ...counted.map((ownership): SheetCell => ({ formula: `COUNTIF(${column},"${ownershipLabel(ownership, framework)}")`, result: framework.counts[ownership] })),
      ];
    }),
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'gray',
  };
}

function frameworkSheet(framework: MatrixFramework, matrix: Matrix, index: LineIndex): Sheet {
  const { words } = framework;
  return {
    name: sheetName(framework),
    title: `${framework.title} ${framework.version}: responsibility matrix`,
    intro: [framework.notice],
    columns: [
      { title: capital(words.requirement), width: 20 },
      { title: 'Section', width: 28, wrap: true, outline: true },
      { title: 'Title', width: 36, wrap: true },
      { title: 'What is asked', width: 48, wrap: true, outline: true },
      { title: 'Ownership', width: 20, wrap: true },
      { title: 'Parties', width: 22, wrap: true },
      { title: 'Services', width: 30, wrap: true },
      { title: capital(words['provider-part']), width: 60, wrap: true },
      { title: capital(words['customer-part']), width: 60, wrap: true },
      { title: 'Controls', width: 26, wrap: true, outline: true },
      { title: 'Frequency', width: 16, wrap: true },
      { title: 'Status', width: 18, list: STATUS_LIST, input: true },
      { title: 'Owner', width: 24, wrap: true, input: true },
      { title: 'Evidence', width: 36, wrap: true, input: true },
      { title: 'Narrative', width: 50, wrap: true, input: true },
      { title: 'Remark', width: 40, wrap: true },
    ],
    rows: framework.requirements.map((requirement) => requirementRow(requirement, framework, matrix, index)),
    tones: { Ownership: ownershipTones(framework), Status: STATUS_TONES },
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'blue',
  };
}

function requirementRow(requirement: MatrixRequirement, framework: MatrixFramework, matrix: Matrix, index: LineIndex): SheetCell[] {
  const { row } = requirement;
  const lines = linesOf(requirement, index);
  const statements = row.statements.map((position) => matrix.statements[position] as Statement);
  const remark = [requirement.designation ? capital(requirement.designation) : '', row.reason ?? '', requirement.status?.note ?? '', requirement.effective ? `In force since ${requirement.effective}.` : ''];
  return [
    requirement.id,
    headingPath(requirement, framework)
      .map((heading) => `${heading.id} ${heading.title}`)
      .join(' › '),
    requirement.title,
    requirement.text,
    ownershipLabel(row.ownership, framework),
    partyNames(requirement, matrix).join(', '),
    row.services.map((split) => `${index.services.get(split.service)?.name ?? split.service}: ${ownershipLabel(split.ownership, framework)}`).join('\n'),
    [...lines.filter((line) => line.side !== 'customer').map((line) => line.text), ...new Set(lines.flatMap((line) => (line.provides ? [`Provides: ${line.provides}`] : [])))].join('\n'),
    lines.filter((line) => line.side === 'customer').map(ownLine).join('\n'),
    requirement.controls.map((use) => index.controls.get(use.control)?.title ?? use.control).join('\n'),
    requirement.frequency.map((frequency) => FREQUENCY[frequency]).join(', '),
    row.status ? STATUS[row.status] : '',
    row.owners.join(', '),
    [...new Set(statements.flatMap((statement) => statement.evidence.map((item) => item.title)))].join('\n'),
    statements.flatMap((statement) => statement.narrative ?? []).join('\n'),
    [...new Set(remark.filter(Boolean))].join(' '),
  ];
}

function ownLine(line: Line): string {
  return `${line.undetermined ? 'Not determined' : MODE[line.mode]}: ${line.text}`;
}

function dutiesSheet(matrix: Matrix, index: LineIndex): Sheet {
  return {
    name: 'Customer duties',
    title: `What ${matrix.organization.short ?? matrix.organization.name} has to do`,
    intro: ['All parts that fall on the organization, gathered by control: one answer to a control settles it in every framework.'],
    columns: [
      { title: 'Control', width: 32, wrap: true },
      { title: 'Family', width: 18 },
      { title: 'What to do', width: 90, wrap: true },
      ...matrix.frameworks.map((framework): SheetColumn => ({ title: framework.title, width: 28, wrap: true })),
      { title: 'Status', width: 18, list: STATUS_LIST, input: true },
      { title: 'Owner', width: 26, wrap: true, input: true },
      { title: 'Due', width: 14, input: true },
      { title: 'Evidence', width: 36, wrap: true, input: true },
      { title: 'Narrative', width: 60, wrap: true, input: true },
    ],
    rows: customerDuties(matrix, index).map((duty) => [
      duty.title,
      familyTitle(duty.family),
      duty.lines.map(ownLine).join('\n'),
      ...matrix.frameworks.map((framework) => (duty.requirements.get(framework.id) ?? []).join(', ')),
      STATUS[duty.status],
      duty.owners.join(', '),
      duty.due ? { date: duty.due } : '',
      duty.evidence.join('\n'),
      duty.narratives.join('\n'),
    ]),
    tones: { Status: STATUS_TONES },
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'amber',
  };
}

function servicesSheet(matrix: Matrix): Sheet {
  const kinds = new Map(matrix.dataKinds.map((kind) => [kind.id, kind.title]));
  return {
    name: 'Services',
    title: 'Services in use',
    intro: [],
    columns: [
      { title: 'Service', width: 32, wrap: true },
      { title: 'Id', width: 20 },
      { title: 'Catalogue id', width: 24 },
      { title: 'Provider', width: 26, wrap: true },
      { title: 'Model', width: 26, wrap: true },
      { title: 'Purpose', width: 50, wrap: true },
      { title: 'Data', width: 36, wrap: true },
      { title: 'Regions', width: 18, wrap: true },
      { title: 'In scope of', width: 24, wrap: true },
      { title: 'Owner', width: 24, wrap: true },
      { title: 'What to configure', width: 60, wrap: true },
      { title: 'Source', width: 40, wrap: true },
    ],
    rows: matrix.services.map((service) => [
      service.name,
      service.id,
      service.service ?? '',
      service.providerName,
      service.modelTitle,
      service.purpose,
      service.data.map((kind) => kinds.get(kind) ?? kind).join(', '),
      service.regions.join(', '),
      matrix.frameworks
        .filter((framework) => framework.services.includes(service.id))
        .map((framework) => framework.title)
        .join(', '),
      service.owner ?? matrix.system.owner ?? '',
      service.configure ?? '',
      service.source ? { text: service.source.title, link: { url: service.source.url } } : '',
    ]),
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'teal',
  };
}

function componentsSheet(matrix: Matrix): Sheet {
  const layers = matrix.components.filter((component) => component.layer === 'stack' || component.layer === 'cross-cutting');
  return {
    name: 'Components',
    title: 'Who holds each layer of each service',
    intro: ['"Customer configures" means that the provider supplies the layer and only the customer can set and use it rightly.'],
    columns: [
      { title: 'Service', width: 32, wrap: true },
      { title: 'Component', width: 26 },
      { title: 'Holder', width: 22 },
      { title: 'Party', width: 30, wrap: true },
      { title: 'Why', width: 70, wrap: true },
      { title: 'Source', width: 40, wrap: true },
    ],
    rows: matrix.services.flatMap((service) =>
      layers.flatMap((layer): SheetCell[][] => {
        const held = service.holders[layer.id];
        if (!held) return [];
        const managed = service.managedBy.find((entry) => entry.components.includes(layer.id));
        const party = managed && held.holder !== 'provider' ? managed.party : held.party;
        const source = held.basis.source;
        return [
          [
            service.name,
            layer.title,
            HOLDER[held.holder],
            held.holder === 'absent' ? '' : (matrix.parties.find((candidate) => candidate.id === party)?.name ?? party),
            held.basis.says,
            source ? { text: source.title, link: { url: source.url } } : '',
          ],
        ];
      }),
    ),
    tones: { Holder: Object.fromEntries(Object.entries(HOLDER).map(([holder, label]) => [label, holderTone(holder as keyof typeof HOLDER)])) },
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'teal',
  };
}

function assurancesSheet(matrix: Matrix): Sheet {
  const day = (value: string | undefined): SheetCell => (value ? { date: value } : '');
  return {
    name: 'Assurances',
    title: 'Reports and agreements on file',
    intro: [],
    columns: [
      { title: 'Provider', width: 28, wrap: true },
      { title: 'Kind', width: 32, wrap: true },
      { title: 'Title', width: 44, wrap: true },
      { title: 'Period from', width: 14 },
      { title: 'Period to', width: 14 },
      { title: 'Issued', width: 14 },
      { title: 'Expires', width: 14 },
      { title: 'Covers', width: 36, wrap: true },
      { title: 'Reviewed by', width: 24, wrap: true },
      { title: 'Reviewed on', width: 14 },
    ],
    rows: matrix.assurances.map((assurance) => [
      matrix.parties.find((party) => party.id === assurance.provider)?.name ?? assurance.provider,
      ASSURANCE[assurance.type],
      assurance.title,
      day(assurance.period?.from),
      day(assurance.period?.to),
      day(assurance.issued),
      day(assurance.expires),
      assurance.services.length > 0 ? assurance.services.join(', ') : 'All services',
      assurance.reviewed?.by ?? '',
      day(assurance.reviewed?.on),
    ]),
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'teal',
  };
}

function findingsSheet(matrix: Matrix): Sheet {
  return {
    name: 'Findings',
    title: 'Findings',
    intro: ['A finding is a hole. Its id stays the same from pack to pack.'],
    columns: [
      { title: 'Severity', width: 12 },
      { title: 'Finding', width: 50, wrap: true },
      { title: 'Detail', width: 60, wrap: true },
      { title: 'Remedy', width: 60, wrap: true },
      { title: 'Requirements', width: 50, wrap: true },
      { title: 'Where', width: 26, wrap: true },
      { title: 'Id', width: 40 },
    ],
    rows: matrix.findings.map((finding) => [
      SEVERITY[finding.severity],
      finding.title,
      finding.detail,
      finding.remedy.replaceAll('`', ''),
      finding.requirements.join(', '),
      finding.place ? `${finding.place.file}:${finding.place.line}` : '',
      finding.id,
    ]),
    tones: { Severity: { High: 'red', Medium: 'amber', Low: 'gray' } },
    freezeColumns: 1,
    landscape: true,
    table: true,
    tabTone: 'red',
  };
}

function signOffSheet(matrix: Matrix): Sheet {
  return {
    name: 'Sign-off',
    title: 'Sign-off',
    intro: [`Each signatory confirms the description of ${matrix.system.name} as of ${matrix.asOf} and accepts the parts assigned to ${matrix.organization.short ?? matrix.organization.name}.`],
    columns: [
      { title: 'Name', width: 30 },
      { title: 'Title', width: 34 },
      { title: 'Signs for', width: 40, wrap: true },
      { title: 'Place and date', width: 28, input: true },
      { title: 'Signature', width: 40, input: true },
    ],
    rows: matrix.signatories.map((signatory) => [signatory.name ?? '', signatory.title, signatory.role ?? '', '', '']),
    freezeColumns: 0,
    landscape: true,
    table: true,
    tabTone: 'gray',
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
