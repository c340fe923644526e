import { isInForce } from '../../assurances.ts';
import type { Cuec, Status } from '../../model/system.ts';
import { joinNames, sentenceEnd } from '../../sentence.ts';
import { slug } from './keys.ts';
import { requirementsFor } from './proofs.ts';
import type { Rule } from './rule.ts';
import type { Scene } from './scene.ts';

/** A report expects a control of its user, and nothing shows that it is in place. */
export const cuecOpen: Rule = {
  id: 'cuec-open',
  title: 'User entity control not acted on',
  severity: 'medium',
  help: 'The report of a provider holds only if its users do certain things themselves: complementary user entity controls. One that a report on file names is neither met by controls of yours (`controls:`), nor said to be of no concern with the reason (`not-relevant:`); or a control that is to meet it has no statement that says it is in place (`implemented`, `partial` or `alternative`). The provider\u2019s part then rests on something that nobody does.',
  remedy:
    'Name the controls that meet it under the `cuecs:` of the report and give each a statement, or say in `not-relevant:` why it does not concern this system.',
  find: (scene) => {
    const done = controlsInPlace(scene);
    return scene.matrix.assurances.flatMap((assurance) => {
      if (!isInForce(assurance, scene.matrix.asOf)) return [];
      return assurance.cuecs.flatMap((cuec) => {
        const why = openReason(cuec, done, scene);
        if (!why) return [];
        const place = cuec.place ?? assurance.place;
        return [
          {
            key: `${assurance.id}/${slug(cuec.id)}`,
            title: `${assurance.title} expects of you: ${cuec.id}`,
            detail: `${sentenceEnd(cuec.text)} ${why}`,
            requirements: requirementsFor(assurance, scene),
            ...(place ? { place } : {}),
          },
        ];
      });
    });
  },
};

/** The controls of which some statement says that they are in place. */
function controlsInPlace({ matrix, own }: Scene): Set<string> {
  const isInPlace = (status: Status | undefined): boolean =>
    status === 'implemented' || status === 'partial' || status === 'alternative';
  return new Set([
    ...matrix.statements.flatMap(({ control, status }) => (control !== undefined && isInPlace(status) ? [control] : [])),
    ...own
      .filter(({ statements }) => statements.some((position) => isInPlace(matrix.statements[position]?.status)))
      .map(({ control }) => control),
  ]);
}

/** Why nothing shows that an expected control is in place, if so. */
function openReason(cuec: Cuec, done: ReadonlySet<string>, { controls }: Scene): string | undefined {
  if (cuec.notRelevant !== undefined) return undefined;
  if (cuec.controls.length === 0) return 'No control of yours is named for it.';
  const open = cuec.controls.filter((control) => !done.has(control));
  if (open.length === 0) return undefined;
  return `No statement says that this is in place: ${joinNames(open.map((control) => controls.get(control)?.title ?? control))}.`;
}
