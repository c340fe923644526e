import { expect, test } from 'vitest';
import { RULES } from '../src/map/findings/index.ts';
import type { Finding } from '../src/model/matrix.ts';
import type { ServiceInUse, Statement, System } from '../src/model/system.ts';
import { ALL_FRAMEWORKS, map, systemOf, use } from './support.ts';

// Rows that say what counts for a rule and what does not, at its edges. The pack is as of 2026-09-30 (see `map`).

/** A service that every framework has in its scope. */
export const db: Partial<ServiceInUse> & { id: string } = {
  id: 'db',
  service: 'aws/rds',
  data: ['cardholder', 'personal', 'health'],
  options: { edition: 'rds' },
};
export const DB = [use(db)];

export const says = (more: Partial<Statement>): Statement => ({
  control: 'backup',
  services: [],
  status: 'implemented',
  evidence: [],
  ...more,
});
/** Statements, by default that backup is implemented. */
export const stating = (...statements: Partial<Statement>[]): Partial<System> => ({ statements: statements.map(says) });
/** Under the frameworks named, instead of SOC 2. */
export const under = (...ids: string[]): Pick<System, 'frameworks'> => ({
  frameworks: ALL_FRAMEWORKS.filter(({ id }) => ids.includes(id)),
});
/** Findings of one rule, each as its severity (where it is not the rule's own) and its key. */
export function found(rule: string, more: Partial<System> = {}, services: ServiceInUse[] = DB): string[] {
  return all(rule, more, services).map(({ id, severity }) => {
    const usual = RULES.find((candidate) => candidate.id === rule)?.severity;
    return `${severity === usual ? '' : `${severity} `}${id.slice(rule.length + 1)}`;
  });
}
export function all(rule: string, more: Partial<System> = {}, services: ServiceInUse[] = DB): Finding[] {
  return map(systemOf(services, more)).findings.filter((finding) => finding.rule === rule);
}

export type Row = [what: string, rule: string, more: Partial<System>, expected: string[], services?: ServiceInUse[]];
/** Tests what a rule finds in a system, row by row. */
export const check = (rows: Row[]) =>
  test.each(rows)('%s: %s', (_, rule, more, expected, services = DB) => {
    expect(found(rule, more, services)).toEqual(expected);
  });
