import type { Source } from '../model/catalogue.ts';
import type { Finding, Matrix } from '../model/matrix.ts';

/** The pages that say more of a finding, without the texts of the frameworks, which its requirements name. */
export function pagesOf(finding: Finding, matrix: Pick<Matrix, 'frameworks'>): Source[] {
  const texts = new Set(matrix.frameworks.map((framework) => framework.source.url));
  return (finding.references ?? []).filter((reference) => !texts.has(reference.url));
}
