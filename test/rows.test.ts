import { describe, expect, test } from 'vitest';
import type { Matrix, Row } from '../src/model/matrix.ts';
import type { System } from '../src/model/system.ts';
import { ALL_FRAMEWORKS, map, systemOf, use } from './support.ts';

function row(matrix: Matrix, key: string): Row {
  const found = matrix.frameworks
    .flatMap((framework) => framework.requirements)
    .find((requirement) => requirement.row.key === key);
  if (!found) throw new Error(`no row ${key}`);
  return found.row;
}
const db = use({ id: 'db', service: 'aws/rds', data: ['cardholder', 'health'] });
const mapped = (more: Partial<System> = {}, services = [db]): Matrix =>
  map(systemOf(services, { frameworks: ALL_FRAMEWORKS, ...more }));
const textsOf = (matrix: Matrix, key: string, party: string): string[] =>
  row(matrix, key).parts.flatMap((position) =>
    matrix.parts[position]?.party === party ? [matrix.parts[position]?.text ?? ''] : [],
  );

describe('data decide which services a framework sees', () => {
  const services = [
    use({ id: 'cards', service: 'aws/rds', data: ['cardholder'] }),
    use({ id: 'records', service: 'aws/s3', data: ['health'] }),
    use({ id: 'site', service: 'aws/s3', title: 'Site', data: ['public'] }),
    use({ id: 'watch', service: 'aws/guardduty', data: ['none'], affects: ['cardholder'] }),
  ];
  const scope = (id: string): string[] =>
    mapped({}, services).frameworks.find((framework) => framework.id === id)?.services ?? [];
  test('PCI sees services that hold or can affect cardholder data', () => expect(scope('pci-dss')).toEqual(['cards', 'watch']));
  test('HIPAA sees services that hold ePHI', () => expect(scope('hipaa')).toEqual(['records']));
  test('GDPR sees personal data, which cardholder and health data are', () =>
    expect(scope('gdpr')).toEqual(['cards', 'records', 'watch']));
  test('SOC 2 sees everything in the boundary', () => expect(scope('soc2')).toEqual(['cards', 'records', 'site', 'watch']));
  test('a service that only affects data has no part in protecting them at rest', () => {
    const matrix = mapped({}, services);
    const parts = row(matrix, 'pci-dss:3.5.1').parts.map((position) => matrix.parts[position]?.service);
    expect(parts).toContain('cards');
    expect(parts).not.toContain('watch');
  });
});

describe('roles decide who is bound', () => {
  test('a requirement for service providers does not apply to a merchant, and the reason says so', () => {
    const merchant = row(mapped(), 'pci-dss:12.9.1');
    expect(merchant.ownership).toBe('not-applicable');
    expect(merchant.reason).toMatch(/service provider.*merchant/);
    expect(
      row(
        mapped({ roles: { 'pci-dss': ['service-provider'], hipaa: ['covered-entity'], gdpr: ['controller'] } }),
        'pci-dss:12.9.1',
      ).ownership,
    ).toBe('customer');
  });
  test('a breach has two halves: the controller’s and the processor’s', () => {
    const matrix = mapped();
    expect(row(matrix, 'gdpr:33(2)').parties).toEqual(['customer', 'aws']);
    expect(row(matrix, 'gdpr:33(1)').parties).toEqual(['customer', 'aws']);
    const asProcessor = mapped({ roles: { gdpr: ['processor'] } });
    expect(asProcessor.frameworks.find(({ id }) => id === 'gdpr')?.words).toMatchObject({
      requirement: 'provision',
      customer: 'processor',
      provider: 'sub-processor',
    });
    const processor = row(asProcessor, 'gdpr:33(1)');
    expect(processor).toMatchObject({ ownership: 'not-applicable', reason: expect.stringMatching(/binds a controller/) });
  });
  test('a business associate answers for its own notice, a covered entity for its own', () => {
    expect(row(mapped(), 'hipaa:164.404(a)(1)').parties).toContain('customer');
    expect(row(mapped(), 'hipaa:164.410(a)(1)').parties).toEqual(['aws']);
    const associate = mapped({ roles: { hipaa: ['business-associate'], gdpr: ['processor'], 'pci-dss': ['merchant'] } });
    expect(row(associate, 'hipaa:164.410(a)(1)').parties).toEqual(['customer', 'aws']);
  });
  test('under PCI DSS a provider’s own duties are no parts', () => {
    const matrix = mapped();
    const pci = matrix.frameworks.find((framework) => framework.id === 'pci-dss');
    for (const requirement of pci?.requirements ?? []) {
      for (const position of requirement.row.parts) expect(matrix.parts[position]?.component).not.toBe('provider-organization');
    }
  });
});

describe('conditions and exclusions', () => {
  test('silence removes nothing', () => expect(row(mapped(), 'pci-dss:9.5.1').ownership).toBe('customer'));
  test('a condition that does not hold removes the requirement with its reason', () => {
    const terminals = row(
      mapped({ conditions: { 'payment-terminals': { holds: false, note: 'Online only.' } } }),
      'pci-dss:9.5.1',
    );
    expect(terminals.ownership).toBe('not-applicable');
    expect(terminals.reason).toBe('No card-present payment terminals are in use. Online only.');
  });
  test('data in use cannot be denied', () => {
    const matrix = mapped({ conditions: { 'special-categories': { holds: false } } });
    expect(matrix.conditions.find((condition) => condition.id === 'special-categories')?.holds).toBe(true);
  });
  test('premises may hold for one framework and not for another', () => {
    const matrix = mapped({ conditions: { premises: { holds: true, frameworks: ['hipaa'] } } });
    expect(row(matrix, 'pci-dss:9.2.1').ownership).toBe('provider');
    expect(row(matrix, 'hipaa:164.310(a)(1)').parties).toContain('customer');
  });
  test('an exclusion prints its reason and who approved it', () => {
    const excluded = row(
      mapped({ exclusions: [{ requirement: 'soc2:CC1.2', reason: 'No board.', approvedBy: 'Officer' }] }),
      'soc2:CC1.2',
    );
    expect(excluded).toMatchObject({ ownership: 'not-applicable', reason: 'Excluded by Officer: No board.', parts: [] });
  });
  test('a category out of scope is listed, not dropped', () => {
    const matrix = mapped({ frameworks: [{ id: 'soc2', categories: ['security'] }] });
    expect(row(matrix, 'soc2:P1.1')).toMatchObject({ ownership: 'not-applicable', reason: expect.stringContaining('Privacy') });
  });
});

describe('facts and options move the line', () => {
  const at = (facts: Record<string, string>, model = 'paas'): string => {
    const provider = model === 'on-premises' ? 'self' : 'Acme';
    return (
      row(
        mapped({ conditions: { premises: { holds: false }, endpoints: { holds: false } } }, [
          use({ id: 'x', model, provider, data: ['health'], facts }),
        ]),
        'hipaa:164.312(a)(2)(iv)',
      ).services[0]?.ownership ?? ''
    );
  };
  test('only what cannot be switched off is the provider’s', () => {
    expect(at({ 'encryption-at-rest': 'always', 'key-custody': 'provider-managed' })).toBe('provider');
    expect(at({ 'encryption-at-rest': 'default', 'key-custody': 'provider-managed' })).toBe('shared-independent');
    expect(at({ 'encryption-at-rest': 'optional', 'key-custody': 'customer-held' })).toBe('customer');
    expect(at({ 'encryption-at-rest': 'always', 'key-custody': 'customer-managed' })).toBe('shared-dependent');
  });
  test('a provider cannot guarantee what the customer runs', () => {
    expect(at({ 'encryption-at-rest': 'always', 'key-custody': 'provider-managed', hosts: 'data' }, 'on-premises')).toBe(
      'customer',
    );
    const colocated = use({ id: 'x', model: 'colocation', provider: 'Acme', data: ['health'], facts: { hosts: 'data' } });
    const matrix = mapped({}, [colocated]);
    expect(matrix.parts.filter((part) => part.component === 'application' && part.party !== 'customer')).toEqual([]);
  });
  test('a provider whose service only affects the data has no part in handling them', () => {
    const services = [
      db,
      use({ id: 'sign-in', model: 'saas', provider: 'Acme', data: ['credentials'], affects: ['cardholder'] }),
    ];
    const matrix = mapped({}, services);
    expect(row(matrix, 'pci-dss:3.3.1').parties).not.toContain('provider:Acme');
    expect(row(matrix, 'pci-dss:8.4.2').services.map((split) => split.service)).toContain('sign-in');
  });
  test('a published statement replaces the derivation for one requirement, with a sentence for each side', () => {
    const matrix = mapped();
    const parts = row(matrix, 'pci-dss:6.3.3').parts.flatMap((position) => matrix.parts[position] ?? []);
    expect(parts.filter((part) => part.service === 'db').map((part) => [part.party, part.control])).toEqual([
      ['aws', 'flaw-remediation'],
      ['customer', 'flaw-remediation'],
    ]);
    expect(new Set(parts.map((part) => part.text)).size).toBe(parts.length);
  });
  test('a SaaS provider keeps the part of its own application, a storage service has none', () => {
    const parties = (service: Partial<typeof db>) => {
      const matrix = mapped({}, [use({ id: 'x', data: ['cardholder'], ...service })]);
      return matrix.parts
        .filter((part) => part.control === 'display-masking' && part.component === 'application')
        .map((part) => part.party);
    };
    expect(parties({ model: 'saas', provider: 'Acme', facts: { hosts: 'data' } })).toEqual(['provider:Acme']);
    expect(parties({ service: 'aws/s3' })).toEqual([]);
  });
  test('a third party takes over the layers it runs, and is named', () => {
    const managed = use({
      id: 'vm',
      service: 'aws/ec2',
      data: ['cardholder'],
      managedBy: [{ party: 'msp', components: ['operating-system'] }],
    });
    const matrix = mapped({ parties: [{ id: 'msp', name: 'Example Operations', short: 'ExOps' }] }, [managed]);
    expect(row(matrix, 'pci-dss:6.3.3').parties).toEqual(['customer', 'aws', 'msp']);
    expect(textsOf(matrix, 'pci-dss:6.3.3', 'msp').join()).toMatch(/^ExOps, on the customer's behalf: \p{Ll}/u);
  });
  test('the same provider twice is one party, several clouds are several', () => {
    const matrix = mapped({}, [
      db,
      use({ id: 's3', service: 'aws/s3', data: ['cardholder'] }),
      use({ id: 'gcs', service: 'gcp/cloud-storage', data: ['cardholder'] }),
    ]);
    expect(matrix.parties.map((party) => party.id)).toEqual(['customer', 'aws', 'gcp']);
  });
});

describe('statements', () => {
  test('the nearest statement answers: requirement before control, named service before all', () => {
    const statement = (more: object) => ({ services: [], status: 'implemented' as const, evidence: [], ...more });
    const services = [db, use({ id: 'other', service: 'aws/s3', data: ['health'] })];
    const conditions = { premises: { holds: false }, endpoints: { holds: false } };
    const status = (statements: System['statements']) =>
      row(mapped({ statements, conditions }, services), 'hipaa:164.308(a)(7)(ii)(A)').status;
    expect(status([])).toBe('unanswered');
    const whole = [
      statement({ control: 'backup' }),
      statement({ control: 'backup-protection' }),
      statement({ requirement: 'hipaa:164.308(a)(7)(ii)(A)' }),
    ];
    expect(status(whole)).toBe('implemented');
    expect(
      status([...whole, statement({ requirement: 'hipaa:164.308(a)(7)(ii)(A)', services: ['other'], status: 'planned' })]),
    ).toBe('partial');
  });
  test('the owner comes from the statement, the service, the system', () => {
    const owners = (service: Partial<typeof db>, statements: System['statements'] = []) =>
      row(mapped({ statements }, [use({ ...db, ...service })]), 'pci-dss:7.2.2').owners;
    expect(owners({})).toContain('Owner');
    expect(owners({ owner: 'Team' })).toContain('Team');
    expect(
      owners({ owner: 'Team' }, [
        { control: 'least-privilege', services: [], status: 'implemented', evidence: [], owner: 'Access' },
      ]),
    ).toContain('Access');
  });
});
