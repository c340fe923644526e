import type { Place } from '../../model/system.ts';
import { joinNames } from '../../sentence.ts';
import { slug, statementKey } from './keys.ts';
import type { Found, Rule } from './rule.ts';
import { statementTitle } from './statements.ts';

/** Something is said to have happened that, on the day of the pack, has not. */
export const dateInFuture: Rule = {
  id: 'date-in-future',
  title: 'Date that is still ahead',
  severity: 'medium',
  help: 'Something is said to have been done (evidence made, a duty implemented, a document issued, signed or reviewed, a provider examined, a decision taken) on a day after the day of the pack. It is a slip of the pen, or the pack is as of a day too early. In an assessment it costs trust in every other date.',
  remedy: 'Correct the date, or judge the pack as of a later day (`as-of:`).',
  find: (scene) => {
    const { matrix } = scene;
    const found: Found[] = [];
    const look = (
      key: string,
      what: string,
      place: Place | undefined,
      requirements: Iterable<string>,
      days: (readonly [said: string, day: string | undefined])[],
    ): void => {
      const ahead = days.filter(([, day]) => day !== undefined && day > matrix.asOf);
      if (ahead.length === 0) return;
      found.push({
        key,
        title: `Dated after ${matrix.asOf}: ${what}`,
        detail: `${joinNames(ahead.map(([said, day]) => `${said} ${day}`))}.`,
        requirements: scene.inOrder(requirements),
        ...(place ? { place } : {}),
      });
    };
    matrix.statements.forEach((statement, position) => {
      look(
        `statement/${statementKey(statement)}`,
        statementTitle(statement, scene),
        statement.place,
        scene.reach.get(position) ?? [],
        [
          ['implemented', statement.implemented],
          ['reviewed', statement.reviewed?.on],
          ['decided', statement.decision?.on],
          ...statement.evidence.map(({ title, date }) => [title, date] as const),
        ],
      );
    });
    for (const assurance of matrix.assurances) {
      look(
        `assurance/${assurance.id}`,
        assurance.title,
        assurance.place,
        [],
        [
          ['issued', assurance.issued],
          ['reviewed', assurance.reviewed?.on],
        ],
      );
    }
    for (const record of matrix.providerRecords) {
      look(
        `provider/${slug(record.provider)}`,
        `what is on file about ${record.provider}`,
        record.place,
        [],
        [
          ['agreement', record.agreement?.on],
          ['acknowledgment', record.acknowledgment?.on],
          ['due diligence', record.dueDiligence?.on],
          ['status checked', record.statusChecked?.on],
          ['sub-processors checked', record.subProcessorsChecked?.on],
        ],
      );
    }
    for (const { record } of matrix.transfers) {
      if (!record?.assessment) continue;
      const about = [record.service ?? slug(record.provider ?? ''), ...(record.country ? [record.country] : [])].join('/');
      look(`transfer/${about}`, record.assessment.reference, record.place, [], [['assessed', record.assessment.on]]);
    }
    return found;
  },
};
