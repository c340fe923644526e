import { describe, expect, test } from 'vitest';
import { RULES } from '../src/map/findings/index.ts';
import type { Finding, ServiceInUse, System } from '../src/model.ts';
import { catalogue, map, onFile, systemOf, use } from './support.ts';

const db: Partial<ServiceInUse> & { id: string } = { id: 'db', service: 'aws/rds', data: ['cardholder', 'personal', 'health'] };

/** Findings of one rule. */
function findings(rule: string, services: ServiceInUse[], more: Partial<System> = {}): Finding[] {
  return map(systemOf(services, more)).findings.filter((finding) => finding.rule === rule);
}
const ids = (found: Finding[]): string[] => found.map((finding) => finding.id);
const stated = Object.fromEntries(catalogue().conditions.map((condition) => [condition.id, { holds: false }]));

describe('each rule finds its hole, and stops when the remedy is applied', () => {
  test('unknown-service', () => {
    expect(ids(findings('unknown-service', [use({ id: 'x', model: 'unknown', provider: 'Acme' })]))).toEqual([
      'unknown-service:x',
    ]);
    expect(findings('unknown-service', [use({ id: 'x', model: 'saas', provider: 'Acme' })])).toEqual([]);
  });
  test('undetermined-part', () => {
    const open = findings('undetermined-part', [use({ id: 'x', model: 'unknown', provider: 'Acme' })]);
    expect(ids(open)).toEqual(['undetermined-part:x']);
    expect(open[0]?.requirements.length).toBeGreaterThan(10);
    expect(findings('undetermined-part', [use({ id: 'x', model: 'saas', provider: 'Acme' })])).toEqual([]);
  });
  test('duty-without-owner', () => {
    const ownerless = { system: { name: 'S', description: 'D.' } };
    expect(ids(findings('duty-without-owner', [use(db)], ownerless))).toContain('duty-without-owner:least-privilege');
    expect(ids(findings('duty-without-owner', [use({ ...db, owner: 'Team' })], ownerless))).not.toContain(
      'duty-without-owner:least-privilege',
    );
    expect(findings('duty-without-owner', [use(db)])).toEqual([]);
    const statements = [
      { control: 'least-privilege', services: [], status: 'implemented' as const, owner: 'Team', evidence: [] },
    ];
    expect(ids(findings('duty-without-owner', [use(db)], { ...ownerless, statements }))).not.toContain(
      'duty-without-owner:least-privilege',
    );
  });
  test('duty-without-statement', () => {
    expect(ids(findings('duty-without-statement', [use(db)]))).toContain('duty-without-statement:backup');
    const answer = (services: string[]) => ({
      statements: [{ control: 'backup', services, status: 'planned' as const, evidence: [] }],
    });
    expect(ids(findings('duty-without-statement', [use(db)], answer([])))).not.toContain('duty-without-statement:backup');
    const two = [use(db), use({ ...db, id: 'other' })];
    expect(ids(findings('duty-without-statement', two, answer(['db'])))).toContain('duty-without-statement:backup');
    expect(ids(findings('duty-without-statement', two, answer(['db', 'other'])))).not.toContain('duty-without-statement:backup');
  });
  test('overdue-statement', () => {
    const due = (day: string, status: 'planned' | 'implemented') => ({
      statements: [{ control: 'backup', services: [], status, evidence: [], due: day }],
    });
    expect(ids(findings('overdue-statement', [use(db)], due('2026-09-29', 'planned')))).toEqual(['overdue-statement:backup']);
    expect(findings('overdue-statement', [use(db)], due('2026-09-30', 'planned'))).toEqual([]);
    expect(findings('overdue-statement', [use(db)], due('2026-09-29', 'implemented'))).toEqual([]);
  });
  test('assurance-missing', () => {
    const frameworks = [{ id: 'pci-dss', categories: [] }];
    const aoc = (services: string[]) => ({
      frameworks,
      assurances: [onFile({ type: 'pci-aoc', services })],
    });
    expect(ids(findings('assurance-missing', [use(db)], { frameworks }))).toEqual(['assurance-missing:pci-dss/aws']);
    expect(findings('assurance-missing', [use(db)], aoc([]))).toEqual([]);
    expect(findings('assurance-missing', [use(db)], aoc(['aws/rds']))).toEqual([]);
    expect(ids(findings('assurance-missing', [use(db)], aoc(['aws/s3'])))).toEqual(['assurance-missing:pci-dss/aws']);
    expect(findings('assurance-missing', [use({ ...db, data: ['public'] })], { frameworks })).toEqual([]);
    const future = {
      frameworks,
      assurances: [onFile({ type: 'pci-aoc', issued: '2027-01-01' })],
    };
    expect(ids(findings('assurance-missing', [use(db)], future))).toEqual(['assurance-missing:pci-dss/aws']);
  });
  test('assurance-expired', () => {
    const on = (more: object) => ({
      assurances: [onFile({ type: 'soc2-type2', ...more })],
    });
    expect(ids(findings('assurance-expired', [use(db)], on({ expires: '2026-09-29' })))).toEqual(['assurance-expired:a']);
    expect(findings('assurance-expired', [use(db)], on({ expires: '2026-09-30' }))).toEqual([]);
    expect(ids(findings('assurance-expired', [use(db)], on({ period: { from: '2024-01-01', to: '2025-06-30' } })))).toEqual([
      'assurance-expired:a',
    ]);
    expect(findings('assurance-expired', [use(db)], on({ period: { from: '2025-01-01', to: '2025-12-31' } }))).toEqual([]);
  });
  test('exclusion-unapproved', () => {
    const on = (more: object) => ({ exclusions: [{ requirement: 'soc2:CC1.1', reason: 'None.', ...more }] });
    expect(ids(findings('exclusion-unapproved', [use(db)], on({})))).toEqual(['exclusion-unapproved:soc2:CC1.1']);
    expect(findings('exclusion-unapproved', [use(db)], on({ approvedBy: 'Officer' }))).toEqual([]);
    expect(ids(findings('exclusion-unapproved', [use(db)], on({ approvedBy: 'Officer', until: '2026-01-01' })))).toHaveLength(1);
  });
  test('condition-unstated', () => {
    const frameworks = [{ id: 'pci-dss', categories: [] }];
    expect(ids(findings('condition-unstated', [use(db)], { frameworks }))).toContain('condition-unstated:payment-terminals');
    expect(findings('condition-unstated', [use(db)], { frameworks, conditions: stated })).toEqual([]);
  });
});

test('every rule has a help page, and ids that survive re-ordering', () => {
  for (const rule of RULES) {
    expect(rule.help.length, rule.id).toBeGreaterThan(80);
    expect(rule.remedy, rule.id).toMatch(/\.$/);
  }
  const services = [use(db), use({ id: 'x', model: 'unknown', provider: 'Acme' })];
  const forward = ids(map(systemOf(services)).findings);
  expect(new Set(forward).size).toBe(forward.length);
  expect(ids(map(systemOf([...services].reverse())).findings).sort()).toEqual([...forward].sort());
});
