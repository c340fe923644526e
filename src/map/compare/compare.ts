import type { ComparedMatrix, Comparison } from '../../comparison.ts';
import type { Matrix } from '../../model/matrix.ts';
import { compareAssurances } from './assurances.ts';
import { compareDescriptions } from './description.ts';
import { dutyChanges } from './duties.ts';
import { compareFindings } from './findings.ts';
import { openLedger } from './ledger.ts';
import { pairRequirements } from './pairs.ts';
import { compareParts, placeParts } from './parts.ts';
import { reasonsFor } from './reasons.ts';
import { compareRequirements } from './requirements.ts';
import { compareEvidence, compareStatements } from './statements.ts';
import { compareTransfers } from './transfers.ts';

/**
 * What differs between two matrices, and why. First what the descriptions, the day and the catalogues say differently; then what follows
 * from that for parts, requirements and findings, each with what brought it about. Pure, and near linear in the size of the matrices.
 */
export function compareMatrices(before: Matrix, after: Matrix): Comparison {
  const ledger = openLedger(before, after);
  const services = compareDescriptions(before, after, ledger);
  const statements = compareStatements(before, after, ledger);
  const assurances = compareAssurances(before, after, ledger);
  const evidence = compareEvidence(before, after, statements, ledger);
  const { pairs, frameworks } = pairRequirements(before, after, ledger);
  const partComparison = compareParts(before, after, ledger);
  const reasons = reasonsFor(before, after, partComparison, statements, ledger);
  const requirements = compareRequirements(pairs, reasons, ledger);
  placeParts(pairs, partComparison, reasons, ledger);
  const parts = [...partComparison.changes.values()];
  const transfers = compareTransfers(before, after, ledger);
  const findings = compareFindings(before, after, { requirements, parts }, ledger);
  return {
    format: 'demarc-comparison',
    formatVersion: 1,
    from: summaryOf(before),
    to: summaryOf(after),
    causes: ledger.all(),
    services,
    frameworks,
    requirements,
    parts,
    duties: dutyChanges(before, after, parts),
    statements: statements.changes,
    evidence,
    assurances,
    transfers,
    findings,
    names: namesOf(before, after),
  };
}

function summaryOf(matrix: Matrix): ComparedMatrix {
  return {
    organization: matrix.organization.name,
    system: matrix.system.name,
    asOf: matrix.asOf,
    catalogue: matrix.catalogue.version,
    tool: matrix.tool.version,
    frameworks: matrix.frameworks.map(({ id, title, version }) => ({ id, title, version })),
  };
}

/** What ids are called in some matrices; the newer names win. */
export function namesOf(...matrices: Matrix[]): Comparison['names'] {
  const names = (list: (matrix: Matrix) => [string, string][]): Record<string, string> =>
    Object.fromEntries(matrices.flatMap((matrix) => list(matrix)));
  return {
    services: names(({ services }) => services.map(({ id, name }) => [id, name])),
    parties: names(({ parties }) => parties.map(({ id, short }) => [id, short])),
    controls: names(({ controls }) => controls.map(({ id, title }) => [id, title])),
    components: names(({ components }) => components.map(({ id, title }) => [id, title])),
    frameworks: names(({ frameworks }) => frameworks.map(({ id, title }) => [id, title])),
  };
}
