import { joinNames } from '../../sentence.ts';
import { slug } from './keys.ts';
import type { Rule } from './rule.ts';
import { gapsOf } from './spans.ts';

/** Reports are on file, and none of them speaks for any day of the pack's period. */
export const assurancePeriod: Rule = {
  id: 'assurance-period',
  title: 'Report of another period',
  severity: 'high',
  help: 'A Type 2 report says how controls worked from one day to another, and nothing about other days. The reports of a provider on file, with their bridge letters, and the period of this pack (as far as the day of the pack) have no day in common.',
  remedy: 'Obtain the report of the period that the pack is about, and record it under `assurances:` with its `period:`.',
  find: (scene) =>
    scene.proofs.flatMap((proof) => {
      const open = gapsOf(proof, scene).filter((gap) => gap.whole);
      const reports = [...new Set(open.flatMap((gap) => gap.reports))];
      const [first] = reports;
      if (!first || !scene.matrix.period) return [];
      return [
        {
          key: `${proof.framework.id}/${slug(proof.party.id)}`,
          title: `No report of ${proof.party.name} is of the period of this pack`,
          detail: `${joinNames(reports.map((report) => `${report.title} ends on ${report.period?.to}`))}; the pack is about ${scene.matrix.period.from} to ${scene.matrix.period.to}, as of ${scene.matrix.asOf}. It concerns ${joinNames(
            open.flatMap((gap) => gap.services.map((service) => service.name)),
            6,
          )}.`,
          requirements: proof.requirements,
          ...(first.place ? { place: first.place } : {}),
        },
      ];
    }),
};
