import { didYouMean, type Problem } from '../problem.ts';
import type { Path, YamlFile } from './yaml.ts';

/** Where each named thing was defined, for problems found while resolving. */
export type Origin = { yaml: YamlFile; path: Path };

/** How many problems of one file are shown; finding the places of more takes minutes, and nobody reads them. */
const MOST_PROBLEMS = 100;

/**
 * Reports a problem of one entry of the catalogue. An entry of the base has no place and was right when it was built: what is wrong
 * with it now is reported at its `cause`, the entry of the overlay on which it rests.
 */
export type Fail = (owner: object, path: Path, code: string, message: string, hint?: string, cause?: object) => void;
/** Reports a name that leads nowhere, with the one that was probably meant; true when it is known. */
export type MustKnow = (
  owner: object,
  path: Path,
  what: string,
  name: string,
  known: Iterable<string>,
  cause?: object,
) => boolean;

/** The two ways in which resolving reports, with names in `lost` passed over: they were defined in files that could not be read. */
export function linkProblems(
  origins: ReadonlyMap<object, Origin>,
  lost: ReadonlySet<string>,
  problems: Problem[],
): { fail: Fail; mustKnow: MustKnow } {
  const found = new Map<YamlFile, number>();
  // What is said is made only where it is shown: looking for what was meant takes time.
  const report = (
    owner: object,
    path: Path,
    cause: object | undefined,
    say: () => Pick<Problem, 'code' | 'message' | 'hint'>,
  ): void => {
    const own = origins.get(owner);
    const origin = own ?? origins.get(cause ?? owner);
    if (!origin) return;
    const { yaml } = origin;
    const before = found.get(yaml) ?? 0;
    found.set(yaml, before + 1);
    if (before === MOST_PROBLEMS) {
      problems.push(yaml.problemAt([], { code: 'more-problems', message: 'further problems of this file are not shown' }));
    }
    if (before >= MOST_PROBLEMS) return;
    const said = say();
    if (own) problems.push(yaml.problemAt([...own.path, ...path], said));
    else {
      const message = `the built-in \`${(owner as { id: string }).id}\` rests on this: ${said.message}`;
      const hint = 'Keep what it needs, or replace it as well.';
      problems.push(yaml.problemAt(origin.path, { code: said.code, message, hint }));
    }
  };
  return {
    fail: (owner, path, code, message, hint, cause) =>
      report(owner, path, cause, () => ({ code, message, ...(hint ? { hint } : {}) })),
    mustKnow: (owner, path, what, name, known, cause) => {
      const all = [...known];
      if (all.includes(name)) return true;
      if (lost.has(name)) return false;
      report(owner, path, cause, () => {
        const meant = didYouMean(name, all);
        const hint = meant ? { hint: `Did you mean \`${meant}\`?` } : {};
        return { code: `unknown-${what.replaceAll(' ', '-')}`, message: `there is no ${what} \`${name}\``, ...hint };
      });
      return false;
    },
  };
}
