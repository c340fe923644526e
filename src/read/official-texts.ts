import type { Framework } from '../model/catalogue.ts';
import { didYouMean, type Problem } from '../problem.ts';
import type { YamlFile } from './yaml.ts';

/** How many unknown requirements of one file are shown. */
const MOST_PROBLEMS = 100;

/** Puts the official texts that a user supplies beside the requirements of a framework, found by id or alias. */
export function addOfficialTexts(framework: Framework, texts: Record<string, string>, yaml: YamlFile, problems: Problem[]): void {
  const requirements = new Map(
    framework.requirements.flatMap((requirement) =>
      [requirement.id, ...requirement.aliases].map((id) => [id, requirement] as const),
    ),
  );
  const headings = new Set(framework.headings.map((heading) => heading.id));
  let unknown = 0;
  for (const [id, text] of Object.entries(texts)) {
    const requirement = requirements.get(id);
    if (requirement) {
      requirement.official = text;
      continue;
    }
    unknown += 1;
    if (unknown > MOST_PROBLEMS) continue;
    const meant = didYouMean(id, requirements.keys());
    const problem = headings.has(id)
      ? { code: 'text-of-heading', message: `\`${id}\` is a heading of ${framework.title}, and texts belong to requirements` }
      : {
          code: 'unknown-requirement',
          message: `${framework.title} has no requirement \`${id}\``,
          hint: meant ? `Did you mean \`${meant}\`?` : `See \`demarc list requirements ${framework.id}\`.`,
        };
    problems.push(yaml.problemAt(['texts', id], problem, { key: true }));
  }
  if (unknown > MOST_PROBLEMS) {
    const message = `${unknown - MOST_PROBLEMS} further unknown requirements in this file are not shown`;
    problems.push(yaml.problemAt([], { code: 'more-problems', message }));
  }
}
