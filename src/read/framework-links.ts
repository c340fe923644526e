import type { Control, Framework } from '../model/catalogue.ts';
import type { Fail, MustKnow } from './link-problems.ts';
import type { Path } from './yaml.ts';

/** Resolves what a framework names: its controls and where they are narrowed to, its own roles, categories and headings. */
export function resolveFramework(
  framework: Framework,
  known: { controls: Map<string, Control>; conditions: Set<string>; dataKinds: Set<string> },
  fail: Fail,
  mustKnow: MustKnow,
): void {
  if (framework.scope.data !== 'all') {
    framework.scope.data.forEach((kind, i) => {
      mustKnow(framework, ['framework', 'scope', 'data', i], 'data kind', kind, known.dataKinds);
    });
  }
  const roles = framework.roles.map((role) => role.id);
  if (framework.providerRole) mustKnow(framework, ['framework', 'provider-role'], 'role', framework.providerRole, roles);
  const requirements = new Set(framework.requirements.map((requirement) => requirement.id));
  framework.onFile.forEach((kept, i) => {
    kept.requirements.forEach((id, j) => {
      mustKnow(framework, ['framework', 'on-file', i, 'requirements', j], 'requirement', id, requirements);
    });
  });
  const designations = new Set(framework.requirements.flatMap((requirement) => requirement.designation ?? []));
  framework.decided.forEach((designation, i) => {
    mustKnow(framework, ['framework', 'decided', i], 'designation', designation, designations);
  });
  const categories = framework.categories.map((category) => category.id);
  const seen = new Map<string, string>();
  const titles = new Map<string, string>();
  const headings = new Set(framework.headings.map((heading) => heading.id));
  const everyId = new Set([...headings, ...framework.requirements.map((requirement) => requirement.id)]);
  const unique = (path: Path, id: string): void => {
    if (seen.has(id)) fail(framework, path, 'id-twice', `the id \`${id}\` is already taken`);
    seen.set(id, id);
  };
  const parents = new Map([...framework.headings, ...framework.requirements].map((entry) => [entry.id, entry.parent]));
  const mustEnd = (path: Path, id: string): void => {
    if (isCircular(id, parents))
      fail(framework, path, 'parent-circle', `\`${id}\` stands above itself`, 'Name the heading above it.');
  };
  framework.headings.forEach((heading, i) => {
    unique(['headings', i, 'id'], heading.id);
    mustEnd(['headings', i, 'parent'], heading.id);
    if (heading.parent) mustKnow(framework, ['headings', i, 'parent'], 'heading', heading.parent, everyId);
  });
  framework.requirements.forEach((requirement, i) => {
    const at = (...path: Path): Path => ['requirements', i, ...path];
    unique(at('id'), requirement.id);
    for (const alias of requirement.aliases) unique(at('aliases'), alias);
    mustEnd(at('parent'), requirement.id);
    if (requirement.parent) mustKnow(framework, at('parent'), 'heading', requirement.parent, everyId);
    const twin = titles.get(requirement.title);
    if (twin) fail(framework, at('title'), 'title-twice', `\`${twin}\` already has this title`);
    titles.set(requirement.title, requirement.id);
    if (requirement.noDuty && requirement.controls.length > 0)
      fail(framework, at('no-duty'), 'duty-and-none', 'a requirement has either `controls` or `no-duty`');
    if (!requirement.noDuty && requirement.controls.length === 0)
      fail(
        framework,
        at(),
        'no-controls',
        `\`${requirement.id}\` names no control`,
        'Name its controls, or say in `no-duty` why it asks nothing.',
      );
    requirement.controls.forEach((use, j) => {
      if (!mustKnow(framework, at('controls', j), 'control', use.control, known.controls.keys())) return;
      const control = known.controls.get(use.control);
      const surface = control?.surface.map((entry) => entry.component) ?? [];
      use.at?.forEach((component, k) => {
        mustKnow(
          framework,
          at('controls', j, 'at', k),
          `component on the surface of ${use.control}`,
          component,
          surface,
          control,
        );
      });
    });
    for (const role of requirement.binds) mustKnow(framework, at('binds'), 'role', role, roles);
    for (const role of requirement.helpedBy ?? []) mustKnow(framework, at('helped-by'), 'role', role, roles);
    for (const condition of requirement.when) mustKnow(framework, at('when'), 'condition', condition, known.conditions);
    if (requirement.category || categories.length > 0) {
      if (!requirement.category) fail(framework, at(), 'category-missing', `\`${requirement.id}\` names no category`);
      else mustKnow(framework, at('category'), 'category', requirement.category, categories);
    }
  });
}

/** Whether the headings above an id lead back to it. */
function isCircular(id: string, parents: ReadonlyMap<string, string | undefined>): boolean {
  const seen = new Set<string>();
  for (let above = parents.get(id); above !== undefined && !seen.has(above); above = parents.get(above)) {
    if (above === id) return true;
    seen.add(above);
  }
  return false;
}
