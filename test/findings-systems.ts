import fc from 'fast-check';
import type { Finding, Matrix } from '../src/model/matrix.ts';
import type { Assurance, Claim, Evidence, ProviderRecord, ServiceInUse, Statement, System } from '../src/model/system.ts';
import { ALL_FRAMEWORKS, catalogue, map, onFile, systemOf, use } from './support.ts';

// Systems with holes, and changes that mend them, for the table in findings-remedies.ts.

/** The day as of which `map` judges. */
export const TODAY = '2026-09-30';
export const REVIEW = { by: 'Reviewer', on: '2026-09-01' };

/** What puts a finding right: a change of a copy of the system. */
export type Remedy = (system: System, finding: Finding, key: string) => void;

export const SERVICES: (Partial<ServiceInUse> & { id: string })[] = [
  {
    id: 'database',
    service: 'aws/rds',
    data: ['cardholder', 'health', 'personal'],
    regions: ['us-west-2'],
    options: { edition: 'rds' },
  },
  { id: 'bucket', service: 'aws/s3', data: ['health', 'personal'], regions: ['eu-central-1', 'us-east-1'] },
  { id: 'machines', service: 'azure/virtual-machines', data: ['personal', 'cardholder'], regions: ['westeurope'] },
  { id: 'mail', service: 'microsoft/microsoft-365', data: ['personal', 'health'], regions: ['DE'] },
  { id: 'forms', model: 'saas', provider: 'Acme Forms, Inc.', data: ['personal', 'cardholder', 'health'], regions: ['US'] },
  { id: 'rack', model: 'iaas', provider: 'acme', data: ['confidential', 'personal'], regions: ['FR'] },
  { id: 'shelf', service: 'on-premises/file-server', data: ['personal', 'health'], regions: ['DE'] },
];
export const PROVIDER: Record<string, string> = {
  database: 'aws',
  bucket: 'aws',
  machines: 'azure',
  mail: 'microsoft',
  forms: 'Acme Forms, Inc.',
  rack: 'acme',
};

/** The id that findings give a provider. */
export const slugOf = (provider: string): string => (provider === 'Acme Forms, Inc.' ? 'provider-acme-forms-inc' : provider);
/** The provider that a slug names. */
export const providerOf = (slug: string): string => Object.values(PROVIDER).find((provider) => slugOf(provider) === slug) ?? slug;

const frameworksOf = (ids: string[]): System['frameworks'] => ALL_FRAMEWORKS.filter(({ id }) => ids.includes(id));

/** Any system of some of the services, with the frameworks given and the services named among them. */
export function systems(frameworks: string[], needed: string[] = [], more: Partial<System> = {}): fc.Arbitrary<System> {
  return fc
    .record({
      chosen: fc.subarray(SERVICES.filter(({ id }) => !needed.includes(id))),
      extra: fc.subarray(
        ['soc2', 'nist-csf'].filter((id) => !frameworks.includes(id)),
        { maxLength: 1 },
      ),
    })
    .filter(({ chosen }) => chosen.length + needed.length > 0)
    .map(({ chosen, extra }) =>
      systemOf(
        SERVICES.filter((service) => needed.includes(service.id) || chosen.includes(service)).map((service) => use(service)),
        {
          frameworks: frameworksOf([...frameworks, ...extra]),
          parties: [{ id: 'acme', name: 'Acme Racks GmbH' }],
          period: { from: '2026-01-01', to: '2026-12-31' },
          ...structuredClone(more),
        },
      ),
    );
}

export const statement = (more: Partial<Statement>): Statement => ({
  services: [],
  status: 'implemented',
  evidence: [],
  ...more,
});
export const record = (more: Partial<ProviderRecord> & { provider: string }): ProviderRecord => ({
  subProcessors: [],
  claims: [],
  ...more,
});

/** Controls under which every one of these systems has parts of the customer. */
const CONTROLS = ['backup', 'least-privilege', 'change-control', 'security-policy', 'risk-analysis', 'awareness-training'];
export const someControls = fc.subarray(CONTROLS, { minLength: 1 });

/** A system with a statement on some controls. */
export function stating(make: (control: string, i: number) => Partial<Statement>, frameworks = ['soc2']): fc.Arbitrary<System> {
  return fc.tuple(systems(frameworks), someControls).map(([system, controls]) => ({
    ...system,
    statements: controls.map((control, i) => statement({ control, ...make(control, i) })),
  }));
}
/** A remedy that changes the statement a finding is about. */
export const restate =
  (change: (statement: Statement, key: string) => void): Remedy =>
  (system, _, key) => {
    for (const one of system.statements) if (key === one.control || key.startsWith(`${one.control}/`)) change(one, key);
  };

/** A system in which something from some of its providers is on file. */
export function holding(
  frameworks: string[],
  make: (provider: string, i: number) => Partial<Assurance>[],
  more: Partial<System> = {},
  needed = ['database'],
): fc.Arbitrary<System> {
  return systems(frameworks, needed, more).map((system) => {
    const providers = [...new Set(system.services.flatMap(({ id }) => PROVIDER[id] ?? []))];
    const assurances = providers.flatMap((provider, i) =>
      make(provider, i).map((one, j) =>
        onFile({ type: 'other', id: `a${i}-${j}`, provider, title: `Document ${i}-${j}`, ...one }),
      ),
    );
    return { ...system, assurances: [...system.assurances, ...assurances] };
  });
}
export const reassure =
  (change: (assurance: Assurance, key: string) => void): Remedy =>
  (system, _, key) => {
    for (const one of system.assurances) if (key === one.id || key.startsWith(`${one.id}/`)) change(one, key);
  };
/** A remedy that changes the record of a provider, which it makes where there is none. */
export const rerecord =
  (change: (record: ProviderRecord) => void): Remedy =>
  (system, _, key) => {
    const provider = providerOf(key.split('/')[0] ?? '');
    const own = system.providerRecords.find((one) => one.provider === provider);
    const kept = own ?? record({ provider });
    if (!own) system.providerRecords.push(kept);
    change(kept);
  };

export const REPORT = {
  type: 'soc2-type2',
  period: { from: '2025-10-01', to: '2026-06-30' },
  issued: '2026-08-01',
  reviewed: REVIEW,
} as const;

/** Requirements of a framework on which a provider has parts on its services, with whether the customer has some there too. */
function sharedRows(matrix: Matrix, provider: string): { key: string; provider: boolean; customer: boolean }[] {
  const party = matrix.parties.find((one) => one.id === provider || one.name === provider)?.id;
  const own = new Set(matrix.services.filter((service) => service.partyId === party).map((service) => service.id));
  return matrix.frameworks.flatMap((framework) =>
    framework.requirements.flatMap(({ row }) => {
      const parts = row.parts.flatMap((position) => matrix.parts[position] ?? []);
      const there = parts.filter((part) => part.service !== undefined && own.has(part.service));
      const sides = {
        provider: there.some((part) => part.party === party),
        customer: there.some((part) => part.party === 'customer'),
      };
      return there.length > 0 ? [{ key: row.key, ...sides }] : [];
    }),
  );
}
/** A system in which a provider claims something of some requirements that it has or shares. */
export function claiming(of: (row: { provider: boolean; customer: boolean }) => Claim['says'] | undefined): fc.Arbitrary<System> {
  return fc.tuple(systems(['pci-dss'], ['database']), fc.nat(20), fc.integer({ min: 1, max: 4 })).map(([system, skip, count]) => {
    const rows = sharedRows(map(system), 'aws').flatMap((row) => {
      const says = of(row);
      return says ? [{ requirement: row.key, says, services: [] }] : [];
    });
    return { ...system, providerRecords: [record({ provider: 'aws', claims: rows.slice(skip, skip + count) })] };
  });
}
export const agree: Remedy = (system, finding) => {
  const row = sharedRows(map(system), 'aws').find(({ key }) => key === finding.requirements[0]);
  for (const claim of system.providerRecords.flatMap(({ claims }) => claims)) {
    if (claim.requirement === row?.key)
      claim.says = row.provider && row.customer ? 'shared' : row.provider ? 'provider' : 'customer';
  }
};

export const file = (path: string, more: Partial<Evidence> = {}): Evidence => ({
  title: path,
  file: path,
  date: '2026-09-01',
  ...more,
});
export const HASH = ['a', 'b'].map((digit) => digit.repeat(64)) as [string, string];

export function serviceOf(reference: string) {
  const [provider, id] = reference.split('/');
  return catalogue()
    .providers.find((one) => one.id === provider)
    ?.services.find((one) => one.id === id);
}

/** Whether the provider's list of services under its business associate agreement leaves a service out. */
export function isUnlisted(reference: string): boolean {
  const [provider, id = ''] = reference.split('/');
  const list = catalogue()
    .providers.find((one) => one.id === provider)
    ?.coverage.find(({ type }) => type === 'baa');
  return serviceOf(reference) !== undefined && list !== undefined && !list.services.includes(id);
}
