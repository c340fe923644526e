import { joinNames } from '../../sentence.ts';
import type { Annex } from './annex.ts';
import { lines } from './cells.ts';
import { requirementsOf } from './criteria.ts';

/** SOC 2: complementary user entity controls that we put on our own customers. */
export const customerControls: Annex = {
  id: 'soc2-user-entities',
  framework: 'soc2',
  title: 'SOC 2: controls that we expect of our user entities (CUECs)',
  sheet: 'SOC 2 CUECs on customers',
  answers: ['CC2.3'],
  readers: 'everybody',
  make: ({ matrix, framework, index }) => ({
    columns: [
      { title: 'CUEC', width: 24, paper: 14 },
      { title: 'What user entities have to do', width: 90, paper: 40 },
      { title: 'Criteria', width: 36, paper: 18 },
      { title: 'Controls it completes', width: 44, paper: 18 },
      { title: 'Services', width: 44, paper: 14 },
    ],
    rows: matrix.customerDuties.flatMap((duty) => {
      const named = duty.requirements.filter((key) => key.startsWith(`${framework.id}:`));
      // A duty that names criteria speaks for those; one that names requirements of other frameworks only is still known by its controls.
      const criteria = named.length > 0 ? requirementsOf(framework, [], named) : requirementsOf(framework, duty.controls);
      if (criteria.length === 0) return [];
      return [
        [
          duty.id,
          duty.text,
          criteria.join(', '),
          lines(duty.controls.map((control) => index.controls.get(control)?.title ?? control)),
          duty.services.length === 0
            ? 'The system as a whole'
            : joinNames(duty.services.map((id) => index.services.get(id)?.name ?? id)),
        ],
      ];
    }),
    empty: 'Nothing is expected of user entities.',
    remedy:
      'If the system rests on something that they do, say it under customer-duties: with the controls or criteria it belongs to.',
  }),
};
