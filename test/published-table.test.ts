import { describe, expect, test } from 'vitest';
import { mapService, side } from './support.ts';

// The responsibility table that providers and standards bodies publish, layer by service model. C customer, P provider.
const LAYERS = {
  application: 'application',
  data: 'data',
  runtime: 'runtime',
  middleware: 'middleware',
  'operating system': 'operating-system',
  virtualization: 'hypervisor',
  server: 'hardware',
  storage: 'storage-hardware',
  networking: 'network-fabric',
};
const PUBLISHED: Record<string, string> = {
  //              app data run mid os virt srv sto net
  'on-premises': 'C   C    C   C   C  C    C   C   C',
  iaas: '         C   C    C   C   C  P    P   P   P',
  paas: '         C   C    P   P   P  P    P   P   P',
  faas: '         C   C    P   P   P  P    P   P   P',
  saas: '         P   C    P   P   P  P    P   P   P',
};

describe('the published table comes out of the data', () => {
  for (const [model, row] of Object.entries(PUBLISHED)) {
    const expected = row.trim().split(/\s+/);
    Object.entries(LAYERS).forEach(([layer, component], i) => {
      test(`${layer} under ${model}`, () => {
        const provider = model === 'on-premises' ? 'self' : 'Some Provider';
        const { matrix, service } = mapService({ id: 'x', model, provider });
        expect(side(matrix, service, component)).toBe(expected[i] === 'C' ? 'customer' : 'provider');
      });
    });
  }
});

type Expectation = {
  service: string;
  options?: Record<string, string>;
  customer?: string[];
  provider?: string[];
  shared?: string[];
  thirdParty?: string[];
};

const EXAMPLES: Record<string, Expectation> = {
  'bare metal: host operating system is yours, hypervisor and machine are not': {
    service: 'aws/ec2-bare-metal',
    customer: ['operating-system', 'container-runtime', 'middleware', 'runtime', 'application', 'data'],
    provider: ['hypervisor', 'hardware', 'storage-hardware', 'network-fabric', 'facility'],
  },
  'EC2: guest operating system and container runtime are yours': {
    service: 'aws/ec2',
    customer: ['operating-system', 'container-runtime', 'middleware', 'runtime', 'application', 'data'],
    provider: ['hypervisor', 'hardware', 'facility'],
  },
  'ECS on Fargate: configuration, deployment and storage of containers are yours': {
    service: 'aws/ecs',
    options: { 'launch-type': 'fargate' },
    customer: ['application', 'runtime', 'middleware', 'data', 'configuration', 'accounts'],
    provider: ['operating-system', 'hypervisor', 'container-runtime', 'control-plane'],
  },
  'ECS on EC2: the hosts are yours as well': {
    service: 'aws/ecs',
    options: { 'launch-type': 'ec2' },
    customer: ['operating-system', 'container-runtime', 'application', 'data'],
    provider: ['hypervisor', 'control-plane'],
  },
  Fargate: {
    service: 'aws/fargate',
    customer: ['application', 'data'],
    provider: ['operating-system', 'container-runtime', 'hypervisor'],
  },
  'Elastic Beanstalk': {
    service: 'aws/elastic-beanstalk',
    customer: ['application', 'data', 'configuration'],
    provider: ['hypervisor', 'hardware', 'control-plane'],
  },
  'WorkDocs: only data, access and settings are yours': {
    service: 'aws/workdocs',
    customer: ['data', 'accounts', 'configuration'],
    provider: ['application', 'runtime', 'middleware', 'operating-system'],
  },
  'Lambda: function and data are yours': {
    service: 'aws/lambda',
    customer: ['application', 'accounts', 'configuration'],
    provider: ['runtime', 'middleware', 'operating-system', 'container-runtime', 'hypervisor'],
  },
  Amplify: { service: 'aws/amplify', customer: ['application', 'accounts'], provider: ['operating-system', 'middleware'] },
  'EKS with managed node groups: both have a hand in the nodes': {
    service: 'aws/eks',
    options: { 'node-mode': 'managed-node-groups' },
    customer: ['application', 'data', 'accounts', 'virtual-network'],
    provider: ['control-plane', 'hypervisor', 'facility'],
    shared: ['operating-system'],
  },
  'EKS with self-managed nodes': {
    service: 'aws/eks',
    options: { 'node-mode': 'self-managed' },
    customer: ['operating-system', 'container-runtime'],
    provider: ['control-plane'],
  },
  'EKS on Fargate': {
    service: 'aws/eks',
    options: { 'node-mode': 'fargate' },
    customer: ['application'],
    provider: ['control-plane', 'operating-system', 'container-runtime'],
  },
  'GKE Standard': {
    service: 'gcp/gke',
    options: { mode: 'standard' },
    customer: ['application', 'data', 'accounts'],
    provider: ['control-plane'],
    shared: ['operating-system'],
  },
  'GKE Autopilot': {
    service: 'gcp/gke',
    options: { mode: 'autopilot' },
    customer: ['application', 'data', 'accounts'],
    provider: ['control-plane', 'operating-system'],
  },
  AKS: {
    service: 'azure/aks',
    customer: ['application', 'data', 'accounts', 'virtual-network'],
    provider: ['control-plane', 'hypervisor'],
  },
  'Microsoft 365: documents, sharing and access are yours, the software is not': {
    service: 'microsoft/microsoft-365',
    customer: ['data', 'accounts', 'configuration'],
    provider: ['application', 'middleware', 'operating-system', 'facility'],
  },
  'Platform9 over your own OpenStack: the software is theirs, hardware and hosting are yours': {
    service: 'platform9/private-cloud-director',
    customer: ['facility', 'hardware', 'storage-hardware', 'network-fabric', 'operating-system', 'application', 'data'],
    thirdParty: ['control-plane'],
  },
  'a private cloud is all yours': {
    service: 'on-premises/private-cloud',
    customer: [
      'facility',
      'network-fabric',
      'hardware',
      'storage-hardware',
      'hypervisor',
      'operating-system',
      'control-plane',
      'middleware',
      'runtime',
      'application',
      'data',
      'accounts',
    ],
  },
};

describe('compute examples that providers publish', () => {
  for (const [name, example] of Object.entries(EXAMPLES)) {
    test(name, () => {
      const { matrix, service } = mapService({ id: 'x', service: example.service, options: example.options ?? {} });
      const found = (kind: string, components: string[] = []): string[] =>
        components.filter((component) => side(matrix, service, component) === kind);
      expect(found('customer', example.customer)).toEqual(example.customer ?? []);
      expect(found('provider', example.provider)).toEqual(example.provider ?? []);
      expect(found('shared', example.shared)).toEqual(example.shared ?? []);
      expect(found('third-party', example.thirdParty)).toEqual(example.thirdParty ?? []);
    });
  }
});

describe('the duties that infrastructure services split', () => {
  const all = {
    frameworks: [
      { id: 'pci-dss', categories: [] },
      { id: 'soc2', categories: ['security', 'availability'] },
      { id: 'hipaa', categories: [] },
    ],
  };
  const { matrix } = mapService({ id: 'vm', service: 'aws/ec2', data: ['cardholder', 'health'] }, all);
  const held = (party: string, control: string, component?: string): boolean =>
    matrix.parts.some(
      (part) =>
        part.service === 'vm' &&
        part.party === party &&
        part.control === control &&
        (component === undefined || part.component === component),
    );

  test.each([
    ['configuration of managed services and third-party software', 'hardening', 'configuration'],
    ['application security', 'secure-coding', 'application'],
    ['identity and access', 'least-privilege', 'accounts'],
    ['configuration of virtual infrastructure', 'network-ruleset', 'virtual-network'],
    ['operating system security', 'flaw-remediation', 'operating-system'],
    ['network security', 'network-segmentation', 'virtual-network'],
    ['client-side encryption', 'stored-data-protection', 'data'],
    ['server-side encryption', 'encryption-at-rest', 'data'],
    ['traffic protection', 'encryption-in-transit', 'service-endpoint'],
  ])('%s is the customer’s', (_, control, component) => {
    expect(held('customer', control, component)).toBe(true);
  });

  test.each([
    ['platform software', 'flaw-remediation', 'control-plane'],
    ['compute', 'flaw-remediation', 'hypervisor'],
    ['storage', 'media-disposal', 'storage-hardware'],
    ['networking', 'anti-spoofing', 'network-fabric'],
    ['hardware', 'flaw-remediation', 'hardware'],
    ['global infrastructure', 'recovery-infrastructure', 'facility'],
    ['physical security', 'physical-access', 'facility'],
  ])('%s is the provider’s', (_, control, component) => {
    expect(held('aws', control, component)).toBe(true);
  });

  test('the database software of a database service is the provider’s', () => {
    const database = mapService({ id: 'db', service: 'aws/rds', data: ['cardholder', 'health'] }, all).matrix;
    expect(
      database.parts.some(
        (part) => part.party === 'aws' && part.control === 'flaw-remediation' && part.component === 'middleware',
      ),
    ).toBe(true);
  });
});

describe('data and access to it stay the customer’s', () => {
  test.each([
    'on-premises',
    'colocation',
    'bare-metal',
    'iaas',
    'containers',
    'managed-kubernetes',
    'paas',
    'faas',
    'saas',
    'unknown',
  ])('under %s', (model) => {
    const { matrix, service } = mapService({ id: 'x', model, provider: model === 'on-premises' ? 'self' : 'Some Provider' });
    expect(side(matrix, service, 'data')).toBe('customer');
    expect(side(matrix, service, 'accounts')).toBe('customer');
  });
});
