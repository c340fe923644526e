import fc from 'fast-check';
import type { ServiceInUse, System } from '../src/model/system.ts';
import {
  agree,
  claiming,
  file,
  HASH,
  holding,
  isUnlisted,
  PROVIDER,
  providerOf,
  REPORT,
  REVIEW,
  type Remedy,
  reassure,
  record,
  rerecord,
  restate,
  SERVICES,
  serviceOf,
  slugOf,
  statement,
  stating,
  systems,
  TODAY,
} from './findings-systems.ts';
import { catalogue, onFile, use } from './support.ts';

// For every rule: any system with its hole, and what puts one finding of it right.

/** For every rule, by its id. */
export const CASES: Record<string, { hole: fc.Arbitrary<System>; remedy: Remedy }> = {
  'framework-without-service': {
    hole: systems(['hipaa', 'pci-dss', 'soc2']).map((system) => ({
      ...system,
      services: system.services.map((service) => ({ ...service, data: ['confidential'], affects: [] })),
    })),
    remedy: (system, _, key) => system.services[0]?.affects.push(key === 'hipaa' ? 'health' : 'cardholder'),
  },
  'unknown-service': {
    hole: systems(['soc2']).map((system) => ({
      ...system,
      services: [...system.services, ...['x', 'y'].map((id) => use({ id, model: 'unknown', provider: 'Somebody' }))],
    })),
    remedy: (system, _, key) => {
      for (const service of system.services) if (service.id === key) service.model = 'saas';
    },
  },
  'undetermined-part': {
    hole: systems(['soc2'], ['rack']).map((system) => ({
      ...system,
      services: system.services.map((service) => ({
        ...service,
        components:
          service.id === 'rack'
            ? { 'operating-system': { holder: 'undetermined' as const, reason: 'Not said.' } }
            : ({} as ServiceInUse['components']),
      })),
    })),
    remedy: (system) => {
      for (const service of system.services) service.components = {};
    },
  },
  'part-disclaimed': {
    hole: claiming((row) => (row.provider ? 'not-applicable' : undefined)),
    remedy: agree,
  },
  'part-claimed-twice': {
    hole: claiming((row) => (row.customer ? 'provider' : undefined)),
    remedy: agree,
  },
  'duty-without-owner': {
    hole: systems(['soc2']).map((system) => ({ ...system, system: { name: 'S', description: 'D.' } })),
    remedy: (system, _, key) => void system.statements.push(statement({ control: key, owner: 'Team' })),
  },
  'duty-without-statement': {
    hole: systems(['soc2']),
    remedy: (system, _, key) => void system.statements.push(statement({ control: key })),
  },
  'overdue-statement': {
    hole: stating((_, i) => ({ status: i % 2 ? 'planned' : 'partial', due: '2026-09-29' })),
    remedy: restate((one) => {
      one.status = 'implemented';
    }),
  },
  'duty-unmet': {
    hole: stating((_, i) => ({ status: i % 2 ? 'planned' : 'partial', due: TODAY })),
    remedy: restate((one) => {
      one.status = 'implemented';
    }),
  },
  'statement-undated': {
    hole: stating(() => ({ status: 'planned' })),
    remedy: restate((one) => {
      one.due = '2026-12-31';
    }),
  },
  'decision-missing': {
    hole: fc
      .tuple(
        systems(['hipaa'], ['database']),
        fc.subarray(['encryption-at-rest', 'session-control', 'anti-malware', 'encryption-in-transit', 'account-lifecycle'], {
          minLength: 1,
        }),
      )
      .map(([system, controls]) => ({
        ...system,
        statements: controls.map((control) => statement({ control, status: 'alternative', narrative: 'Otherwise.' })),
      })),
    remedy: (system, _, key) =>
      void system.statements.push(
        statement({ requirement: key, status: 'alternative', decision: { by: 'Officer', on: TODAY, reason: 'Equivalent.' } }),
      ),
  },
  'statement-unexplained': {
    hole: stating((_, i) => ({ status: i % 2 ? 'alternative' : 'not-applicable' })),
    remedy: restate((one) => {
      one.narrative = 'Because.';
    }),
  },
  'statement-contradicted': {
    hole: stating(() => ({})).map((system) => ({
      ...system,
      statements: [...system.statements, ...system.statements.map((one) => ({ ...one, status: 'planned' as const }))],
    })),
    remedy: (system, _, key) => {
      system.statements.splice(
        system.statements.findIndex((one) => one.control === key),
        1,
      );
    },
  },
  'statement-idle': {
    hole: systems(['soc2']).map((system) => ({
      ...system,
      statements: [
        statement({ requirement: 'pci-dss:12.1.1' }),
        statement({ control: 'payment-page-integrity' }),
        statement({ control: 'backup' }),
      ],
    })),
    remedy: (system, _, key) => {
      system.statements = system.statements.filter((one) => one.control !== key && one.requirement !== key);
    },
  },
  'exclusion-unapproved': {
    hole: systems(['soc2']).map((system) => ({
      ...system,
      exclusions: [
        { requirement: 'soc2:CC1.1', reason: 'None.' },
        { requirement: 'soc2:CC1.2', reason: 'None.', approvedBy: 'Officer', until: '2026-09-29' },
      ],
    })),
    remedy: (system, _, key) => {
      for (const one of system.exclusions)
        if (one.requirement === key) Object.assign(one, { approvedBy: 'Officer', until: TODAY });
    },
  },
  'file-missing': {
    hole: stating((control) => ({ evidence: [file(`${control}.pdf`)] })).map((system) => ({
      ...system,
      attachments: system.statements.map((one) => ({ path: `${one.control}.pdf` })),
    })),
    remedy: (system, _, key) => {
      for (const one of system.attachments) if (one.path === key) one.sha256 = HASH[0];
    },
  },
  'file-changed': {
    hole: stating((control) => ({ evidence: [file(`${control}.pdf`, { sha256: HASH[0] })] })).map((system) => ({
      ...system,
      attachments: system.statements.map((one) => ({ path: `${one.control}.pdf`, bytes: 1, sha256: HASH[1] })),
    })),
    remedy: (system, _, key) => {
      for (const item of system.statements.flatMap(({ evidence }) => evidence)) if (item.file === key) item.sha256 = HASH[1];
    },
  },
  'evidence-expired': {
    hole: stating((_, i) => ({ evidence: [{ title: `Report ${i}`, expires: TODAY }, ...(i % 2 ? [{ title: 'Other' }] : [])] })),
    remedy: restate((one) => {
      for (const item of one.evidence) item.expires = '2026-10-01';
    }),
  },
  'evidence-stale': {
    hole: stating(() => ({ evidence: [{ title: 'Old', date: '2024-01-01' }] })),
    remedy: restate((one) => void one.evidence.push({ title: 'New', date: TODAY })),
  },
  'evidence-missing': {
    hole: stating((_, i) => ({ status: i % 2 ? 'alternative' : 'implemented' })),
    remedy: restate((one) => void one.evidence.push({ title: 'Proof' })),
  },
  'evidence-undated': {
    hole: stating(() => ({ evidence: [{ title: 'Proof' }, { title: 'Dated', date: TODAY }] })),
    remedy: restate((one) => {
      for (const item of one.evidence) item.date = TODAY;
    }),
  },
  'assurance-missing': {
    hole: systems(['soc2', 'gdpr', 'hipaa'], ['database']),
    remedy: (system, _, key) => {
      const [framework, slug = ''] = key.split('/');
      const type = catalogue().frameworks.find(({ id }) => id === framework)?.expects[0] ?? 'other';
      system.assurances.push(onFile({ type, id: key, provider: providerOf(slug), issued: TODAY }));
    },
  },
  'assurance-expired': {
    hole: holding(['pci-dss'], () => [
      { type: 'pci-aoc', issued: '2025-01-01' },
      { type: 'iso27001', expires: '2026-09-29' },
    ]),
    remedy: (system, _, key) => {
      const old = system.assurances.find(({ id }) => id === key);
      if (old) system.assurances.push(onFile({ type: old.type, id: `${key}-new`, provider: old.provider, issued: TODAY }));
    },
  },
  'assurance-service': {
    hole: holding(['gdpr', 'hipaa'], () => [
      { type: 'dpa', services: ['nothing'] },
      { type: 'baa', excludes: { services: SERVICES.map(({ id }) => id), regions: [] } },
    ]),
    remedy: (system, _, key) => {
      const [framework, slug = ''] = key.split('/');
      for (const one of system.assurances) {
        if (one.provider !== providerOf(slug) || one.type !== (framework === 'gdpr' ? 'dpa' : 'baa')) continue;
        one.services = [];
        one.excludes.services = [];
      }
    },
  },
  'assurance-region': {
    hole: holding(['gdpr', 'hipaa'], () => [
      { type: 'dpa', regions: ['eu-north-1'] },
      { type: 'baa', excludes: { services: [], regions: ['us-west-2', 'DE', 'FR', 'US', 'NL'] } },
    ]),
    remedy: (system, _, key) => {
      const [framework, slug = ''] = key.split('/');
      for (const one of system.assurances) {
        if (one.provider !== providerOf(slug) || one.type !== (framework === 'gdpr' ? 'dpa' : 'baa')) continue;
        one.regions = [];
        one.excludes.regions = [];
      }
    },
  },
  'assurance-period': {
    hole: holding(['soc2'], () => [{ ...REPORT, period: { from: '2025-01-01', to: '2025-12-31' } }]),
    remedy: (system, _, key) => {
      const provider = providerOf(key.split('/')[1] ?? '');
      system.assurances.push(onFile({ ...REPORT, id: key, provider, period: { from: '2026-01-01', to: '2026-06-30' } }));
    },
  },
  'assurance-gap': {
    hole: holding(['soc2'], (_, i) => [{ ...REPORT, id: `report-${i}` }]),
    remedy: (system, _, key) => {
      const provider = providerOf(key.split('/')[1] ?? '');
      const report = system.assurances.find((one) => one.provider === provider)?.id ?? '';
      system.assurances.push(onFile({ type: 'bridge-letter', id: `letter-${report}`, provider, bridges: report, issued: TODAY }));
    },
  },
  'bridge-letter-long': {
    hole: holding(['soc2'], (_, i) => [
      { ...REPORT, id: `report-${i}`, period: { from: '2025-05-01', to: '2026-04-30' } },
      { type: 'bridge-letter', bridges: `report-${i}`, issued: TODAY },
    ]),
    remedy: reassure((one) => {
      one.period = { from: '2026-05-01', to: '2026-07-31' };
    }),
  },
  'assurance-undated': {
    hole: holding(['soc2', 'gdpr'], () => [{ type: 'dpa' }, { type: 'soc2-type2', issued: '2026-01-01' }]),
    remedy: reassure((one) => Object.assign(one, { issued: '2026-01-01', period: REPORT.period })),
  },
  'assurance-unreviewed': {
    hole: holding(['gdpr'], () => [
      { type: 'dpa', issued: '2026-01-01' },
      { type: 'dpa', issued: '2026-02-01', reviewed: { by: 'Reviewer', on: '2026-01-31' } },
    ]),
    remedy: reassure((one) => {
      one.reviewed = REVIEW;
    }),
  },
  'assurance-opinion': {
    hole: holding(['soc2'], (_, i) => [{ ...REPORT, opinion: i % 2 ? 'qualified' : 'adverse' }]),
    remedy: reassure((one) => {
      one.reviewed = { ...REVIEW, note: 'Not about services in use.' };
    }),
  },
  'carve-out-open': {
    hole: holding(['soc2'], (_, i) => [{ ...REPORT, carvesOut: [`Host ${i}`, `Other ${i}`] }]),
    remedy: (system, _, key) => {
      const [id, slug] = key.split('/');
      const names = system.assurances.find((one) => one.id === id)?.carvesOut ?? [];
      const name = names.find((one) => one.toLowerCase().replace(' ', '-') === slug) ?? '';
      system.assurances.push(onFile({ ...REPORT, id: key, provider: name }));
    },
  },
  'cuec-open': {
    hole: holding(['soc2'], () => [
      {
        ...REPORT,
        cuecs: [
          { id: 'CUEC 1', text: 'Back up', controls: ['backup'] },
          { id: 'CUEC 2', text: 'Do it.', controls: [] },
        ],
      },
    ]),
    remedy: reassure((one, key) => {
      for (const cuec of one.cuecs) if (key.endsWith(cuec.id.toLowerCase().replace(' ', '-'))) cuec.notRelevant = 'Not used.';
    }),
  },
  'service-not-eligible': {
    hole: systems(['hipaa', 'gdpr']).map((system) => ({
      ...system,
      services: [
        ...system.services,
        ...['aws/iot-greengrass', 'aws/gamelift', 'aws/lightsail', 'aws/app-runner', 'aws/mq']
          .filter((service) => isUnlisted(service))
          .map((service, i) => use({ id: `unlisted-${i}`, service, data: ['health'] })),
      ],
    })),
    remedy: (system, _, key) =>
      void system.assurances.push(
        onFile({ type: 'baa', id: 'confirmation', services: [key.split('/')[1] ?? ''], issued: '2026-01-01' }),
      ),
  },
  'acknowledgment-missing': {
    hole: systems(['pci-dss'], ['database'], {
      providerRecords: [
        record({ provider: 'aws', acknowledgment: { title: 'Letter', on: '2025-01-01', expires: '2026-09-29' } }),
      ],
    }),
    remedy: rerecord((one) => {
      one.acknowledgment = { title: 'Clause 9', on: '2026-01-01' };
    }),
  },
  'due-diligence-missing': {
    hole: systems(['pci-dss', 'gdpr'], ['database']),
    remedy: rerecord((one) => {
      one.dueDiligence = REVIEW;
    }),
  },
  'status-unchecked': {
    hole: systems(['pci-dss'], ['database'], {
      providerRecords: [record({ provider: 'aws', statusChecked: { by: 'R', on: '2025-09-29' } })],
    }),
    remedy: rerecord((one) => {
      one.statusChecked = { by: 'R', on: '2025-09-30' };
    }),
  },
  'sub-processor-unlisted': {
    hole: systems(['gdpr'], ['database']),
    remedy: rerecord((one) => {
      one.subProcessorsChecked = REVIEW;
    }),
  },
  'sub-processor-unauthorized': {
    hole: systems(['gdpr'], ['database', 'mail'], {
      providerRecords: ['aws', 'microsoft'].map((provider) =>
        record({ provider, subProcessors: [{ name: 'Sub GmbH', country: 'DE', purpose: 'Support', services: [] }] }),
      ),
    }),
    remedy: rerecord((one) => {
      one.authorization = 'general';
    }),
  },
  'transfer-unguarded': {
    hole: systems(['gdpr'], ['database']),
    remedy: (system, _, key) => {
      const [slug = '', country = ''] = key.split('/');
      system.transfers.push({ provider: providerOf(slug), country, safeguard: 'standard-clauses', reference: 'Annex' });
    },
  },
  'transfer-unassessed': {
    hole: systems(['gdpr'], ['database', 'forms'], {
      transfers: [
        { provider: 'aws', safeguard: 'standard-clauses', reference: 'Annex' },
        { service: 'forms', country: 'US', safeguard: 'binding-corporate-rules', reference: 'Rules' },
      ],
    }),
    remedy: (system, _, key) => {
      for (const one of system.transfers)
        if ((one.provider ?? 'provider-acme-forms-inc') === key.split('/')[0]) one.assessment = { reference: 'TIA', on: TODAY };
    },
  },
  'region-unknown': {
    hole: systems(['gdpr'], ['database', 'forms']).map((system) => ({
      ...system,
      services: system.services.map((service, i) => ({ ...service, regions: i % 2 ? [] : ['nowhere'] })),
    })),
    remedy: (system, _, key) => {
      for (const one of system.services) if (slugOf(PROVIDER[one.id] ?? '') === key) one.regions = ['DE'];
    },
  },
  'activity-unrecorded': {
    hole: systems(['gdpr'], ['database'], {
      activities: [
        {
          id: 'orders',
          title: 'Orders',
          role: 'controller',
          purposes: [],
          processing: [],
          subjects: [],
          data: [],
          recipients: [],
          services: [],
          jointControllers: [],
          controllers: [],
        },
      ],
    }),
    remedy: (system) => system.activities[0]?.services.push(...system.services.map(({ id }) => id)),
  },
  'date-in-future': {
    hole: stating(() => ({ implemented: '2026-10-01' })).map((system) => ({
      ...system,
      assurances: [onFile({ type: 'dpa', issued: '2026-10-01' })],
      providerRecords: [record({ provider: 'aws', dueDiligence: { by: 'R', on: '2026-10-01' } })],
    })),
    remedy: (system, _, key) => {
      const [kind, name] = key.split('/');
      for (const one of system.statements) if (kind === 'statement' && one.control === name) one.implemented = TODAY;
      for (const one of system.assurances) if (kind === 'assurance') one.issued = TODAY;
      for (const one of system.providerRecords) if (kind === 'provider') one.dueDiligence = REVIEW;
    },
  },
  'option-assumed': {
    hole: systems(['soc2']).map((system) => ({
      ...system,
      services: [...system.services, use({ id: 'cluster', service: 'aws/eks' }), use({ id: 'functions', service: 'aws/lambda' })],
    })),
    remedy: (system, _, key) => {
      for (const one of system.services) {
        if (one.id !== key) continue;
        for (const option of serviceOf(one.service ?? '')?.options ?? [])
          one.options[option.id] ??= Object.keys(option.values)[0] ?? '';
      }
    },
  },
  'condition-unstated': {
    hole: systems(['pci-dss'], ['database']),
    remedy: (system, _, key) => {
      system.conditions[key] = { holds: true };
    },
  },
  'suppression-idle': {
    hole: systems(['soc2'], [], {
      suppressions: ['duty-without-statement:nothing', 'no-rule:x'].map((finding) => ({
        finding,
        reason: 'None.',
        approvedBy: 'Officer',
        until: '2027-01-01',
      })),
    }),
    remedy: (system, _, key) => {
      system.suppressions = system.suppressions.filter(({ finding }) => finding !== key);
    },
  },
};
