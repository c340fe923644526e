import type { Sheet, SheetColumn, Workbook } from '../../document.ts';
import { counted } from '../../sentence.ts';
import { OWNERSHIP, OWNERSHIPS, SEVERITY, STATUS } from '../../terms.ts';
import type { Figures, Register, RegisterEntry } from '../register.ts';
import { STANDING_TONES } from '../standing.ts';
import { type ColumnOf, dayCell, tableOf } from './columns.ts';

/** The register as a workbook to sort and filter: totals, systems, findings, providers, assurances, and what is open. */
export function registerWorkbook(register: Register): Workbook {
  const { systems, open } = register;
  return {
    title: 'Register of responsibility packs',
    subject: 'Which systems have a pack, who holds what, and where the holes are',
    author: [...new Set(systems.map(({ organization }) => organization))].join(', '),
    keywords: ['shared responsibility', 'register'],
    date: systems.reduce((latest, { asOf }) => (asOf > latest ? asOf : latest), '1970-01-01'),
    sheets: [
      totalsSheet(register),
      systemsSheet(register),
      findingsSheet(systems),
      providersSheet(register),
      assurancesSheet(systems),
    ].concat(open.length > 0 ? [openSheet(register)] : []),
  };
}

const TOTALS = 'Totals';

function summaryOf(totals: Register['totals']): string {
  const { high, medium, low } = totals.findings;
  return `${counted(totals.systems, 'system')} with ${counted(totals.services, 'service')} in use; ${high} findings of high severity, ${medium} of medium, ${low} of low, and ${totals.suppressed} that are lived with for now.`;
}

/** A sheet with one table of things of a kind. */
function sheetOf<T>(
  name: string,
  title: string,
  says: string,
  all: ColumnOf<T>[],
  items: readonly T[],
  more: Partial<Sheet> = {},
): Sheet {
  const { columns, cells } = tableOf(all);
  return {
    name,
    title,
    intro: [says],
    columns,
    rows: items.map(cells),
    freezeColumns: 1,
    landscape: true,
    table: true,
    open: true,
    tabTone: 'gray',
    ...more,
  };
}

const SHORT: Pick<SheetColumn, 'width' | 'wrap'> = { width: 13, wrap: true };

/** Columns for figures; ownerships that occur nowhere are left out, the states of requirements never. */
function figures<T extends Figures>(all: readonly Figures[]): ColumnOf<T>[] {
  const seen = OWNERSHIPS.filter((ownership) => all.some((one) => one.ownership[ownership] > 0));
  return [
    { title: 'Requirements', width: 14, of: ({ requirements }) => requirements },
    ...seen.map((key): ColumnOf<T> => ({ title: OWNERSHIP[key].short, ...SHORT, of: ({ ownership }) => ownership[key] })),
    ...(Object.keys(STATUS) as (keyof typeof STATUS)[])
      // "Not applicable" is an ownership too.
      .filter((key) => key !== 'not-applicable')
      .map((key): ColumnOf<T> => ({ title: STATUS[key], ...SHORT, of: ({ status }) => status[key] })),
  ];
}

function who<T extends { entry: RegisterEntry }>(): ColumnOf<T>[] {
  return [
    { title: 'System', width: 30, wrap: true, of: ({ entry }) => ({ text: entry.system, bold: true }) },
    { title: 'Organization', width: 28, wrap: true, of: ({ entry }) => entry.organization },
    { title: 'As of', width: 13, of: ({ entry }) => dayCell(entry.asOf) },
  ];
}

function totalsSheet({ totals }: Register): Sheet {
  const says = 'Requirements are counted once for each system: who holds them, and how far the customer’s part of them is met.';
  return sheetOf<Register['totals']['frameworks'][number]>(
    TOTALS,
    'Totals by framework',
    says,
    [
      { title: 'Framework', width: 22, of: ({ title }) => ({ text: title, bold: true }) },
      { title: 'Version', width: 18, of: ({ version }) => version },
      { title: 'Systems', width: 11, of: ({ systems }) => systems },
      ...figures<Register['totals']['frameworks'][number]>(totals.frameworks),
    ],
    totals.frameworks,
    { intro: [says, summaryOf(totals)] },
  );
}

function systemsSheet({ systems }: Register): Sheet {
  const rows = systems.flatMap((entry) => entry.frameworks.map((framework) => ({ ...framework, entry })));
  return sheetOf<(typeof rows)[number]>(
    'Systems',
    'Systems by framework',
    'One row for each system and framework. The hash is that of the manifest, which names every file of the pack.',
    [
      ...who<(typeof rows)[number]>(),
      { title: 'Services', width: 11, of: ({ entry }) => entry.services },
      { title: 'Framework', width: 16, of: ({ title }) => title },
      { title: 'Version', width: 16, of: ({ version }) => version },
      ...figures<(typeof rows)[number]>(rows),
      { title: 'Pack', width: 34, wrap: true, of: ({ entry }) => entry.pack },
      { title: 'SHA-256 of the manifest', width: 34, wrap: true, of: ({ entry }) => entry.manifest },
    ],
    rows,
  );
}

function findingsSheet(systems: readonly RegisterEntry[]): Sheet {
  const rows = systems.flatMap((entry) => entry.rules.map((rule) => ({ ...rule, entry })));
  return sheetOf<(typeof rows)[number]>(
    'Findings',
    'Findings by system',
    'How many findings of each rule a system has; those that are lived with for now are not counted.',
    [
      ...who<(typeof rows)[number]>(),
      { title: 'Severity', width: 12, of: ({ severity }) => SEVERITY[severity] },
      { title: 'Rule', width: 30, wrap: true, of: ({ id }) => id },
      { title: 'What it says', width: 60, wrap: true, of: ({ title }) => title },
      { title: 'Findings', width: 12, of: ({ findings }) => findings },
    ],
    rows,
    { tones: { Severity: { High: 'red', Medium: 'amber' } } },
  );
}

function providersSheet({ systems, totals }: Register): Sheet {
  const rows = totals.providers.flatMap(({ id, name }) =>
    systems.flatMap((entry) =>
      entry.providers.filter((own) => own.id === id && own.name === name).map((provider) => ({ provider, entry })),
    ),
  );
  return sheetOf<(typeof rows)[number]>(
    'Providers',
    'Providers by system',
    'Who stands behind each system, with what. Providers of most systems come first.',
    [
      { title: 'Provider', width: 30, wrap: true, of: ({ provider }) => ({ text: provider.name, bold: true }) },
      ...who<(typeof rows)[number]>(),
      { title: 'Services', width: 60, wrap: true, of: ({ provider }) => provider.services.join(', ') },
      { title: 'On file', width: 40, wrap: true, of: ({ provider }) => provider.assurances.map(({ kind }) => kind).join(', ') },
    ],
    rows,
  );
}

function assurancesSheet(systems: readonly RegisterEntry[]): Sheet {
  const rows = systems.flatMap((entry) =>
    entry.providers.flatMap((provider) => provider.assurances.map((assurance) => ({ assurance, provider, entry }))),
  );
  return sheetOf<(typeof rows)[number]>(
    'Assurances',
    'Reports and agreements by the day on which they end',
    'What runs out first comes first; what has no end comes last.',
    [
      { title: 'Counts until', width: 14, of: ({ assurance }) => dayCell(assurance.until) },
      { title: 'State', width: 20, of: ({ assurance }) => assurance.standing },
      { title: 'Provider', width: 28, wrap: true, of: ({ provider }) => provider.name },
      { title: 'Kind', width: 32, wrap: true, of: ({ assurance }) => assurance.kind },
      { title: 'Title', width: 50, wrap: true, of: ({ assurance }) => assurance.title },
      ...who<(typeof rows)[number]>(),
    ],
    rows.sort((a, b) =>
      (a.assurance.until ?? '9999') < (b.assurance.until ?? '9999') ? -1 : a.assurance.until === b.assurance.until ? 0 : 1,
    ),
    { tones: { State: STANDING_TONES } },
  );
}

function openSheet({ open }: Register): Sheet {
  return sheetOf<Register['open'][number]>(
    'Open',
    'What the register does not count',
    'Packs that could not be counted, descriptions without a pack, and packs of descriptions that have changed since.',
    [
      { title: 'Path', width: 50, wrap: true, of: ({ path }) => path },
      { title: 'Why', width: 100, wrap: true, of: ({ says }) => says },
    ],
    open,
    { tabTone: 'red' },
  );
}
