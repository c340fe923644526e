import { isParty } from '../../assurances.ts';
import { monthsAfter } from '../../days.ts';
import type { Frequency } from '../../model/catalogue.ts';
import { FREQUENCY } from '../../terms.ts';
import { askedOf, DENIED, placeOf } from './kept.ts';
import { slug } from './keys.ts';
import type { Rule } from './rule.ts';

const MONTHS: Partial<Record<Frequency, number>> = {
  quarterly: 3,
  'six-monthly': 6,
  annual: 12,
  'two-yearly': 24,
  'three-yearly': 36,
};

/** Nobody has looked lately at whether a provider still complies. */
export const statusUnchecked: Rule = {
  id: 'status-unchecked',
  title: 'Provider\u2019s status not checked in time',
  severity: 'high',
  help: 'A framework asks that the compliance status of each provider is checked at least so often (PCI DSS 12.8.4: every twelve months). No check is on file, or the last one is older. A check is `status-checked:` under `providers:`, or the review of a document of the provider that this framework expects, such as its Attestation of Compliance.',
  remedy: 'Check the status of the provider, and record it under `providers:` as `status-checked: {by, on, note}`.',
  find: (scene) =>
    askedOf(scene, 'status-check').flatMap((about) => {
      const { party, frameworks, requirements, records, denied, within } = about;
      const { asOf } = scene.matrix;
      const looks = [
        ...records.flatMap((record) => record.statusChecked?.on ?? []),
        ...scene.matrix.assurances
          .filter(
            (assurance) =>
              isParty(assurance.provider, party) && frameworks.some((framework) => framework.expects.includes(assurance.type)),
          )
          .flatMap((assurance) => assurance.reviewed?.on ?? []),
      ].filter((day) => day <= asOf);
      const last = looks.reduce((a, b) => (a > b ? a : b), '');
      const shortest = within
        .filter((frequency) => MONTHS[frequency] !== undefined)
        .sort((a, b) => (MONTHS[a] ?? 0) - (MONTHS[b] ?? 0))[0];
      const months = shortest && MONTHS[shortest];
      if (last !== '' && (months === undefined || monthsAfter(last, months) >= asOf)) return [];
      const place = placeOf(about);
      return [
        {
          key: slug(party.id),
          title: `Status of ${party.name} ${last === '' ? 'never checked' : `last checked on ${last}`}`,
          detail: `${shortest ? `It has to be checked ${FREQUENCY[shortest]}.` : 'No check is on file.'}${denied ? ` ${DENIED}` : ''}`,
          requirements,
          ...(place ? { place } : {}),
        },
      ];
    }),
};
