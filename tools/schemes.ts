import { type SchemeFile, schemeFile } from '../src/answer/scheme.ts';
import type { Catalogue } from '../src/model/catalogue.ts';
import { didYouMean, type Problem, Problems } from '../src/problem.ts';
import { readShape } from '../src/read/shape.ts';
import { readYaml, type YamlFile } from '../src/read/yaml.ts';

/**
 * Reads the schemes of known forms and holds every name in them against the catalogue: a control, component, requirement or role that does not
 * exist would leave a question blank for ever without anybody noticing. @throws Problems
 */
export function readSchemes(files: { path: string; text: string }[], catalogue: Catalogue): SchemeFile[] {
  const problems: Problem[] = [];
  const schemes = files.flatMap(({ path, text }) => {
    const yaml = readYaml(text, path);
    const shaped = readShape(schemeFile, yaml);
    problems.push(...yaml.problems, ...shaped.problems);
    if (!shaped.value) return [];
    for (const [id, entry] of Object.entries(shaped.value.questions))
      problems.push(...unknownNames(entry, ['questions', id], yaml, catalogue));
    shaped.value.phrases.forEach((entry, i) => {
      problems.push(...unknownNames(entry, ['phrases', i], yaml, catalogue));
    });
    problems.push(...unknownNames({ near: shaped.value.untitled }, ['untitled'], yaml, catalogue));
    return [shaped.value];
  });
  if (problems.length > 0) throw new Problems(problems);
  return schemes;
}

type Entry = SchemeFile['questions'][string];

function unknownNames(entry: Entry, path: (string | number)[], yaml: YamlFile, catalogue: Catalogue): Problem[] {
  const problems: Problem[] = [];
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  const fail = (message: string, known: Iterable<string>, name: string): void => {
    const meant = didYouMean(name, known);
    problems.push(
      yaml.problemAt(path, { code: 'unknown-name', message, ...(meant ? { hint: `Did you mean \`${meant}\`?` } : {}) }),
    );
  };
  for (const key of ['met', 'policy', 'review', 'describe', 'near', 'of'] as const) {
    for (const name of entry[key] ?? []) {
      const [id = '', component] = name.split('@');
      const control = controls.get(id);
      if (!control) fail(`there is no control \`${id}\``, controls.keys(), id);
      else if (component !== undefined && !control.surface.some((one) => one.component === component))
        fail(
          `\`${id}\` has no duty at \`${component}\``,
          control.surface.map((one) => one.component),
          component,
        );
    }
  }
  for (const name of entry.requirements ?? []) {
    const [id = '', ...rest] = name.split(':');
    const framework = catalogue.frameworks.find((candidate) => candidate.id === id);
    if (!framework?.requirements.some((requirement) => requirement.id === rest.join(':')))
      fail(`there is no requirement \`${name}\``, framework?.requirements.map((one) => `${id}:${one.id}`) ?? [], name);
  }
  for (const kind of entry.holds ?? []) {
    const known = catalogue.dataKinds.map((one) => one.id);
    if (!known.includes(kind)) fail(`there is no kind of data \`${kind}\``, known, kind);
  }
  for (const name of [entry.condition, entry.unless]) {
    const known = catalogue.conditions.map((one) => one.id);
    if (name !== undefined && !known.includes(name)) fail(`there is no condition \`${name}\``, known, name);
  }
  if (entry.role !== undefined) {
    const [id, role] = entry.role.split(':');
    const framework = catalogue.frameworks.find((candidate) => candidate.id === id);
    if (!framework?.roles.some((one) => one.id === role)) fail(`there is no role \`${entry.role}\``, [], entry.role);
  }
  return problems;
}
