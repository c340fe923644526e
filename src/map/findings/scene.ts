import type { Control } from '../../model/catalogue.ts';
import type { Matrix, MatrixFramework, MatrixRequirement, MatrixService } from '../../model/matrix.ts';
import { answersOf, type OwnParts } from './answers.ts';
import { type Proof, proofsOf } from './proofs.ts';

/** What rules look at: the matrix, and what several of them ask of it, worked out once. */
export interface Scene {
  matrix: Matrix;
  services: ReadonlyMap<string, MatrixService>;
  controls: ReadonlyMap<string, Control>;
  /** By `framework:requirement`, in the order of the frameworks. */
  requirements: ReadonlyMap<string, { framework: MatrixFramework; requirement: MatrixRequirement }>;
  /** The customer's parts by control and service, with the statements that answer them. */
  own: readonly OwnParts[];
  /** The requirements that each statement answers, by its position; a statement that answers nothing is missing. */
  reach: ReadonlyMap<number, ReadonlySet<string>>;
  /** The proof that frameworks expect of each party. */
  proofs: readonly Proof[];
  /** Requirements, each once, in the order of the frameworks. */
  inOrder(requirements: Iterable<string>): string[];
}

/** Looks over a matrix for the rules. */
export function sceneOf(matrix: Matrix): Scene {
  const requirements: Scene['requirements'] = new Map(
    matrix.frameworks.flatMap((framework) =>
      framework.requirements.map((requirement) => [requirement.row.key, { framework, requirement }] as const),
    ),
  );
  const rank = new Map([...requirements.keys()].map((key, position) => [key, position]));
  return {
    matrix,
    services: new Map(matrix.services.map((service) => [service.id, service])),
    controls: new Map(matrix.controls.map((control) => [control.id, control])),
    requirements,
    ...answersOf(matrix),
    proofs: proofsOf({ matrix }),
    inOrder: (keys) => [...new Set(keys)].sort((a, b) => (rank.get(a) ?? rank.size) - (rank.get(b) ?? rank.size)),
  };
}
