import type { Matrix, Part, Row, Statement } from '../model.ts';
import { indexStatements, statementFor } from '../statements.ts';
import { CUSTOMER } from './service.ts';

/** Every part of the customer in every row, with the statement that answers it, if there is one. */
export function* ownParts(matrix: Matrix): Generator<{ row: Row; part: Part; statement?: Statement }> {
  const index = indexStatements(matrix.statements);
  for (const framework of matrix.frameworks) {
    for (const { row } of framework.requirements) {
      for (const position of row.parts) {
        const part = matrix.parts[position];
        if (part?.party !== CUSTOMER) continue;
        const found = statementFor(row.key, part, matrix.statements, index);
        const statement = found === undefined ? undefined : matrix.statements[found];
        yield { row, part, ...(statement ? { statement } : {}) };
      }
    }
  }
}
