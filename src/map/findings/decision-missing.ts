import type { Statement } from '../../model/system.ts';
import { joinNames } from '../../sentence.ts';
import type { Rule } from './rule.ts';
import { statementTitle } from './statements.ts';

/** A requirement that may be met otherwise or not at all by decision is, and the decision is not on file. */
export const decisionMissing: Rule = {
  id: 'decision-missing',
  title: 'Departure without a decision',
  severity: 'high',
  help: 'Some requirements may be met by an equivalent measure, or not at all, if the organization assesses that, decides, and writes down why; HIPAA calls them addressable. A statement answers a part of such a requirement with `alternative`, or statements answer all of it with `not-applicable`, and record no decision. Without the document, the freedom is lost and the requirement is simply not met. An exclusion with reason and approver counts as a decision.',
  remedy:
    'Record the `decision:` in the statement: who decided (`by`), when (`on`), and the reason, with what is done instead. Where it is only for this requirement, give the requirement a statement of its own.',
  find: (scene) => {
    const open = new Map<string, { applies: boolean; otherwise: Statement[]; dropped: Statement[] }>();
    for (const { statements, requirements } of scene.own) {
      const answers = statements.flatMap((position) => scene.matrix.statements[position] ?? []);
      // A decision of a day to come is none yet.
      const undecided = answers.filter(({ decision }) => !decision || decision.on > scene.matrix.asOf);
      for (const key of requirements) {
        const known = scene.requirements.get(key);
        if (!known?.framework.decided.includes(known.requirement.designation ?? '')) continue;
        const entry = open.get(key) ?? { applies: false, otherwise: [], dropped: [] };
        entry.otherwise.push(...undecided.filter(({ status }) => status === 'alternative'));
        entry.dropped.push(...undecided.filter(({ status }) => status === 'not-applicable'));
        if (answers.every(({ status }) => status !== 'not-applicable')) entry.applies = true;
        open.set(key, entry);
      }
    }
    return scene.inOrder(open.keys()).flatMap((key) => {
      const { applies, otherwise, dropped } = open.get(key) ?? { applies: true, otherwise: [], dropped: [] };
      const known = scene.requirements.get(key);
      // A part that does not apply is no departure where the rest of the requirement does.
      const departing = otherwise.length > 0 || applies ? otherwise : dropped;
      if (!known || departing.length === 0) return [];
      const place = departing.find((statement) => statement.place)?.place;
      return [
        {
          key,
          title: `No decision on file: ${known.framework.title} ${known.requirement.id}, ${known.requirement.title}`,
          detail: `It is ${known.requirement.designation}, and ${otherwise.length > 0 ? 'an alternative measure is taken' : 'said not to apply'}: ${joinNames([...new Set(departing.map((statement) => statementTitle(statement, scene)))])}.`,
          requirements: [key],
          ...(place ? { place } : {}),
        },
      ];
    });
  },
};
