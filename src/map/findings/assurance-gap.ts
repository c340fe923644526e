import { monthsAfter } from '../../days.ts';
import { joinNames } from '../../sentence.ts';
import { slug } from './keys.ts';
import type { Rule } from './rule.ts';
import { BRIDGE_MONTHS, gapsOf, spanText } from './spans.ts';

/** Days between the reports of a provider, or since the last one, for which nothing speaks. */
export const assuranceGap: Rule = {
  id: 'assurance-gap',
  title: 'Gap that no bridge letter closes',
  severity: 'medium',
  help: 'The reports of a provider cover a part of the pack\u2019s period, and leave days of it open: before the first report, between two, or since the last one ended. Reports come out weeks after their period, so a gap at the end is usual; the provider closes it with a bridge letter, in which it states that its controls have not changed since. By custom such a letter reaches three months at most. For a longer gap the next report is due.',
  remedy:
    'Record the bridge letter under `assurances:` (`type: bridge-letter`, `bridges:` the report, and its `period:`), or the report that covers the days.',
  find: (scene) =>
    scene.proofs.flatMap((proof) => {
      const open = gapsOf(proof, scene).filter((gap) => !gap.whole);
      const [first] = open;
      if (!first) return [];
      const days = [...new Set(open.flatMap((gap) => gap.days.map(spanText)))];
      const isLong = open.some((gap) => gap.days.some(([from, to]) => monthsAfter(from, BRIDGE_MONTHS) <= to));
      const place = first.reports[0]?.place;
      return [
        {
          key: `${proof.framework.id}/${slug(proof.party.id)}`,
          title: `No report or bridge letter of ${proof.party.name} for ${joinNames(days, 3)}`,
          detail: `${open
            .map(
              (gap) =>
                `${joinNames(
                  gap.services.map((service) => service.name),
                  4,
                )}: ${joinNames(gap.reports.map((report) => `${report.title}, ${report.period?.from} to ${report.period?.to}`))}`,
            )
            .join('; ')}.${isLong ? ' That is longer than a bridge letter usually reaches.' : ''}`,
          requirements: proof.requirements,
          ...(place ? { place } : {}),
        },
      ];
    }),
};
