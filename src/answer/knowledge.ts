import type { Matrix } from '../model/matrix.ts';
import type { LibraryAnswer } from './library.ts';
import type { Scheme } from './scheme.ts';
import { type Standings, standingsOf } from './standing.ts';

/** Everything that answers are made from. */
export interface Knowledge {
  /** Mapped with every control, so that questions beyond the chosen frameworks find their parts. */
  matrix: Matrix;
  standings: Standings;
  schemes: Scheme[];
  /** The organization's own answers. */
  library: LibraryAnswer[];
}

/** Gathers what answers are made from. */
export function knowledgeOf(matrix: Matrix, schemes: Scheme[], library: LibraryAnswer[]): Knowledge {
  return { matrix, standings: standingsOf(matrix), schemes, library };
}
