import { monthsAfter } from '../../days.ts';
import type { Frequency } from '../../model/catalogue.ts';
import type { Evidence, Statement } from '../../model/system.ts';
import { FREQUENCY } from '../../terms.ts';
import type { Found, Rule } from './rule.ts';
import type { Scene } from './scene.ts';
import { aboutStatement, standing, statementTitle } from './statements.ts';

/** The newest evidence is older than the time after which the thing is due again. */
export const evidenceStale: Rule = {
  id: 'evidence-stale',
  title: 'Evidence older than its frequency',
  severity: 'medium',
  help: 'What has to be done again and again has to be shown again and again. The newest dated evidence of a statement is older than the frequency that a requirement sets (where the requirement rests on this control alone, or the statement answers just this requirement), or else than the review that is usual for the control. What is due more often than every three months is shown by samples, so evidence of the last three months will do. Where the evidence has an end of its own (`expires`) that is still ahead, only the frequency of a requirement counts.',
  remedy: 'Add the evidence of the last time it was done, with its `date`. If it was not done, do it.',
  find: (scene) =>
    standing(scene).flatMap(({ statement, position }): Found[] => {
      if (statement.status === 'planned' || statement.status === 'unanswered' || statement.status === 'not-applicable') return [];
      const alive = statement.evidence.filter(({ expires }) => expires === undefined || expires > scene.matrix.asOf);
      const newest = alive.flatMap(({ date }) => date ?? []).reduce((a, b) => (a > b ? a : b), '');
      const due = dueEvery(statement, position, alive, scene);
      if (newest === '' || !due || monthsAfter(newest, due.months) >= scene.matrix.asOf) return [];
      return [
        {
          ...aboutStatement(position, scene),
          title: `Evidence of ${newest}: ${statementTitle(statement, scene)}`,
          detail: `It is due ${FREQUENCY[due.frequency]}${due.by ? ` by ${due.by}` : ''}, and the newest evidence is older${due.months === 3 && due.frequency !== 'quarterly' ? ' than three months' : ' than that'}.`,
        },
      ];
    }),
};

/** How old the newest evidence of something due so often may be, in months. What is due when something changes has no age. */
const MONTHS: Partial<Record<Frequency, number>> = {
  continuous: 3,
  daily: 3,
  weekly: 3,
  monthly: 3,
  quarterly: 3,
  'six-monthly': 6,
  annual: 12,
  'two-yearly': 24,
  'three-yearly': 36,
};

type Due = { frequency: Frequency; months: number; by?: string };

/** How often what a statement answers is due: the shortest of what requirements set, and of the usual review of its control. */
function dueEvery(statement: Statement, position: number, alive: readonly Evidence[], scene: Scene): Due | undefined {
  const due: Due[] = [];
  const add = (frequency: Frequency, by?: string): void => {
    const months = MONTHS[frequency];
    if (months !== undefined) due.push({ frequency, months, ...(by ? { by } : {}) });
  };
  for (const key of scene.inOrder(scene.reach.get(position) ?? [])) {
    const known = scene.requirements.get(key);
    if (!known) continue;
    // A requirement on several controls does not say to which of them its frequency belongs.
    if (statement.control !== undefined && known.requirement.controls.length > 1) continue;
    for (const frequency of known.requirement.frequency) add(frequency, `${known.framework.title} ${known.requirement.id}`);
  }
  const review = statement.control ? scene.controls.get(statement.control)?.review : undefined;
  if (review && !alive.some(({ expires }) => expires !== undefined)) add(review);
  return due.reduce<Due | undefined>((a, b) => (a && a.months <= b.months ? a : b), undefined);
}
