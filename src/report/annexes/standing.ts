import type { MatrixFramework } from '../../model/matrix.ts';
import type { Status } from '../../model/system.ts';
import { joinNames } from '../../sentence.ts';
import { statementFor } from '../../statements.ts';
import { STATUS } from '../../terms.ts';
import type { LineIndex } from '../lines.ts';
import { statusTone } from '../ownership.ts';
import type { AnnexCell } from './annex.ts';
import { judged } from './cells.ts';

/** How the organization says that it stands, in words for annexes. */

/** The statuses of a control on some services (or everywhere), each once, and who answers for them. */
export function standingOfControl(
  control: string,
  services: readonly string[],
  index: LineIndex,
): { statuses: Status[]; owners: string[] } {
  const { statements, system } = index.matrix;
  const parts = services.length > 0 ? services.map((service) => ({ control, service })) : [{ control }];
  const answers = parts.map((part) => statements[statementFor('', part, statements, index.statements) ?? -1]);
  return {
    statuses: [...new Set(answers.map((statement) => statement?.status ?? 'unanswered'))],
    owners: [...new Set(answers.flatMap((statement) => statement?.owner ?? system.owner ?? []))],
  };
}

/** Statuses in words. */
export function statusText(statuses: readonly Status[]): string {
  return statuses.map((status) => STATUS[status]).join(', ');
}

/** Statuses as a cell, colored where there is one alone. */
export function statusCell(statuses: readonly Status[]): AnnexCell {
  const [only] = statuses;
  if (!only) return '';
  return judged(statusText(statuses), statuses.length === 1 ? statusTone(only) : 'amber');
}

/** How requirements stand, those that stand alike together: "Implemented (Compliance office): 12.8.1, 12.8.2". */
export function standingOfRequirements(ids: readonly string[], framework: MatrixFramework): string {
  const alike = new Map<string, string[]>();
  for (const requirement of framework.requirements) {
    const { row } = requirement;
    if (!ids.includes(requirement.id) || !row.status) continue;
    const key = row.owners.length > 0 ? `${STATUS[row.status]} (${joinNames(row.owners)})` : STATUS[row.status];
    alike.set(key, [...(alike.get(key) ?? []), requirement.id]);
  }
  return [...alike].map(([key, own]) => `${key}: ${own.join(', ')}`).join('. ');
}
