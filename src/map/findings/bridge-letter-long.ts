import { bridgedSpan, hasBegun } from '../../assurances.ts';
import { monthsAfter } from '../../days.ts';
import { requirementsFor } from './proofs.ts';
import type { Rule } from './rule.ts';
import { BRIDGE_MONTHS, spanText } from './spans.ts';

/** A bridge letter vouches for more time than a letter can. */
export const bridgeLetterLong: Rule = {
  id: 'bridge-letter-long',
  title: 'Bridge letter over a long time',
  severity: 'medium',
  help: 'A bridge letter is the provider\u2019s own word that nothing has changed since its last report; nobody has tested it. By custom it reaches three months. A longer one is accepted by few assessors, because in that time the next report should have come.',
  remedy: 'Ask for the next report, and record it under `assurances:`.',
  find: (scene) =>
    scene.matrix.assurances.flatMap((letter) => {
      const report = scene.matrix.assurances.find((candidate) => candidate.id === letter.bridges);
      const span = report && letter.type === 'bridge-letter' ? bridgedSpan(letter, report) : undefined;
      if (!report || !span || !hasBegun(letter, scene.matrix.asOf) || span[1] < monthsAfter(span[0], BRIDGE_MONTHS)) return [];
      return [
        {
          key: letter.id,
          title: `${letter.title} reaches further than three months`,
          detail: `It is to vouch for ${spanText(span)} after ${report.title}.`,
          requirements: requirementsFor(report, scene),
          ...(letter.place ? { place: letter.place } : {}),
        },
      ];
    }),
};
