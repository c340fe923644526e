import type { FrameworkInfo, Requirement } from '../model/catalogue.ts';
import type { Matrix } from '../model/matrix.ts';
import { CUSTOMER } from './service.ts';

/** A framework of the catalogue or of a matrix, as far as controls are compared. */
export type ComparedFramework = Pick<FrameworkInfo, 'id'> & { requirements: readonly Requirement[] };

/** Another requirement, seen from the one that was asked about. */
export interface Crossing {
  /** `framework:requirement`. */
  key: string;
  framework: string;
  id: string;
  title: string;
  /** Controls that both name, in the order of the requirement asked about. */
  shared: string[];
}

/** A requirement that is answered in part, with what it still asks. */
export interface PartlySettled extends Crossing {
  /** Its controls that are still to be answered; its own key where it asks for a statement of its own. */
  open: string[];
}

/** What one requirement has in common with all others, by the controls that both name. */
export interface Crosswalk {
  key: string;
  /** Requirements of other frameworks that name every control of it. */
  all: Crossing[];
  /** Requirements of other frameworks that name some of its controls, those with most first. */
  some: Crossing[];
  /** What follows when its controls are answered, and nothing else is. */
  answer: {
    /** The controls to answer, once for every framework. */
    controls: string[];
    /** Other requirements that ask nothing further then, of its own framework too. */
    settles: Crossing[];
    /** Other requirements that are answered in part, those with least still open first. */
    partly: PartlySettled[];
    /** The one further control whose answer settles most of those. */
    next?: { control: string; settles: string[] };
  };
}

/** The controls of a requirement that somebody has to answer; the default is all that it names. */
export type ToAnswer = (key: string, requirement: Requirement) => readonly string[];

/**
 * Compares one requirement with every other, of which several may rest on the same controls. A statement answers a control whole, so
 * narrowing to some components does not count here.
 */
export function crosswalk(
  frameworks: readonly ComparedFramework[],
  reference: { framework: string; requirement: Requirement },
  toAnswer: ToAnswer = (_, requirement) => namedControls(requirement),
): Crosswalk {
  const key = `${reference.framework}:${reference.requirement.id}`;
  const named = namedControls(reference.requirement);
  const controls = [...new Set(toAnswer(key, reference.requirement))];
  const answered = new Set(controls);
  const result: Crosswalk = { key, all: [], some: [], answer: { controls, settles: [], partly: [] } };
  for (const framework of frameworks) {
    for (const requirement of framework.requirements) {
      const other = `${framework.id}:${requirement.id}`;
      if (other === key) continue;
      const theirs = new Set(namedControls(requirement));
      const shared = named.filter((control) => theirs.has(control));
      if (shared.length === 0) continue;
      const crossing: Crossing = { key: other, framework: framework.id, id: requirement.id, title: requirement.title, shared };
      if (framework.id !== reference.framework) (shared.length === named.length ? result.all : result.some).push(crossing);
      const asked = [...new Set(toAnswer(other, requirement))];
      const open = asked.filter((control) => !answered.has(control));
      if (open.length === asked.length) continue;
      if (open.length === 0) result.answer.settles.push(crossing);
      else result.answer.partly.push({ ...crossing, open });
    }
  }
  result.some.sort((a, b) => b.shared.length - a.shared.length);
  result.answer.partly.sort((a, b) => a.open.length - b.open.length);
  const next = nextControl(result.answer.partly);
  if (next) result.answer.next = next;
  return result;
}

/** In a system, the controls of which the customer holds parts: what providers hold needs no answer. */
export function customerControls(matrix: Matrix): ToAnswer {
  const rows = new Map(
    matrix.frameworks.flatMap((framework) => framework.requirements.map(({ row }) => [row.key, row] as const)),
  );
  return (key) =>
    (rows.get(key)?.parts ?? []).flatMap((position) => {
      const part = matrix.parts[position];
      if (part?.party !== CUSTOMER) return [];
      // A published statement finer than the controls is answered by a statement on the requirement itself.
      return part.only ?? part.control;
    });
}

function namedControls(requirement: Requirement): string[] {
  return [...new Set(requirement.controls.map((use) => use.control))];
}

function nextControl(partly: readonly PartlySettled[]): { control: string; settles: string[] } | undefined {
  const settles = new Map<string, string[]>();
  for (const { key, open } of partly) {
    const [control = '', ...more] = open;
    if (more.length > 0 || control === key) continue;
    settles.set(control, [...(settles.get(control) ?? []), key]);
  }
  const [best] = [...settles].sort((a, b) => b[1].length - a[1].length);
  return best && { control: best[0], settles: best[1] };
}
