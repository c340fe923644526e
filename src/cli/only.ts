import { mapFor } from '../map/audience.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Matrix } from '../model/matrix.ts';
import { didYouMean, UsageError } from '../problem.ts';
import { ANNEXES, askedBy } from '../report/annexes/index.ts';
import { joinNames } from '../sentence.ts';
import type { Mapped } from './context.ts';

/** The papers that can be made alone: every annex, and the whole matrix of a framework under the framework's id. */
export function paperList(catalogue: Pick<Catalogue, 'frameworks'>): { id: string; framework: string; title: string }[] {
  return [
    ...ANNEXES,
    ...catalogue.frameworks.map(({ id, title, version }) => ({
      id,
      framework: id,
      title: `${title} ${version}: responsibility matrix`,
    })),
  ];
}

/** The papers that `--only` names. @throws UsageError for one that there is not, or that nobody asks of this organization. */
export function papersNamed(text: string, matrix: Matrix, catalogue: Catalogue): string[] {
  const papers = [
    ...new Set(
      text
        .split(',')
        .map((id) => id.trim())
        .filter(Boolean),
    ),
  ];
  const known = paperList(catalogue);
  const here = known.filter(({ id }) => isAskedHere(id, matrix)).map(({ id }) => id);
  if (papers.length === 0) throw new UsageError('--only names no paper', `Write some of: ${here.join(', ')}.`);
  for (const id of papers) {
    if (here.includes(id)) continue;
    const paper = known.find((candidate) => candidate.id === id);
    if (!paper) {
      const meant = didYouMean(id, here);
      throw new UsageError(
        `--only ${id}: there is no such paper`,
        `${meant ? `Did you mean ${meant}? ` : ''}Write some of: ${here.join(', ')}.`,
      );
    }
    throw new UsageError(`--only ${id}: ${whyNot(paper, matrix)}`, `Write some of: ${here.join(', ')}.`);
  }
  return papers;
}

/** Why a paper is not made for this organization and these readers. */
function whyNot(paper: { id: string; framework: string }, matrix: Matrix): string {
  const framework = matrix.frameworks.find((candidate) => candidate.id === paper.framework);
  if (!framework) return `the description does not name ${paper.framework} under \`frameworks\``;
  const roles = ANNEXES.find((annex) => annex.id === paper.id)?.roles ?? framework.organizationRoles;
  if (roles.some((role) => framework.organizationRoles.includes(role)))
    return `it is not for the audience ${matrix.audience}, which does not see what it says`;
  return `${framework.title} asks for it only of a ${joinNames(roles)}, and the description gives the role ${joinNames(framework.organizationRoles)}`;
}

function isAskedHere(id: string, matrix: Matrix): boolean {
  const annex = ANNEXES.find((candidate) => candidate.id === id);
  return annex ? askedBy(annex, matrix) !== undefined : matrix.frameworks.some((framework) => framework.id === id);
}

/**
 * The matrix that some papers need and no more: only their frameworks, so that no output says anything of another, and only the findings
 * that concern what they answer.
 */
export function matrixFor(papers: readonly string[], { matrix: whole, system, catalogue }: Mapped): Matrix {
  const annexes = ANNEXES.filter((annex) => papers.includes(annex.id));
  const needed = new Set([...papers, ...annexes.map((annex) => annex.framework)]);
  const frameworks = system.frameworks.filter((choice) => needed.has(choice.id));
  const options = { asOf: whole.asOf, toolVersion: whole.tool.version };
  const matrix = mapFor(whole.audience, { ...system, frameworks }, catalogue, options);
  const answered = new Set(annexes.flatMap((annex) => annex.answers.map((id) => `${annex.framework}:${id}`)));
  const concerns = (key: string): boolean => answered.has(key) || papers.includes(key.slice(0, key.indexOf(':')));
  // What is found only because frameworks were left out, such as answers that nothing asks for, is no hole.
  const open = new Set(whole.findings.map(({ id }) => id));
  matrix.findings = matrix.findings.filter(
    ({ id, requirements }) => open.has(id) && (requirements.length === 0 || requirements.some(concerns)),
  );
  const broken = new Set(matrix.findings.map((finding) => finding.rule));
  matrix.rules = matrix.rules.filter((rule) => broken.has(rule.id));
  return matrix;
}

/** The sections of the document that a pack of some papers has: theirs, what is open about them, who signs, and what is not claimed. */
export function sectionsFor(papers: readonly string[]): string[] {
  const own = papers.map((id) => (ANNEXES.some((annex) => annex.id === id) ? id : `matrix-${id}`));
  return [...own, 'findings', 'sign-off', 'limits'];
}
