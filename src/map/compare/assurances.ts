import { hasBegun, isInForce } from '../../assurances.ts';
import type { AssuranceChange, AssuranceState } from '../../comparison.ts';
import type { Matrix } from '../../model/matrix.ts';
import type { Assurance } from '../../model/system.ts';
import { spaced } from '../../sentence.ts';
import { arrow, daysText, differingKeys, inShort, pairs, reviewText } from './differences.ts';
import type { Ledger } from './ledger.ts';

/** Assurances that came, went, differ, or ended. Each that differs in the description is entered as a cause. */
export function compareAssurances(before: Matrix, after: Matrix, ledger: Ledger): AssuranceChange[] {
  const dated = (assurance: Assurance, { asOf }: Matrix): AssuranceState => ({
    ...assurance,
    counts: isInForce(assurance, asOf),
    begun: hasBegun(assurance, asOf),
  });
  return [...pairs(before.assurances, after.assurances, ({ id }) => id)].flatMap(([id, { from, to }]): AssuranceChange[] => {
    const either = (to ?? from) as Assurance;
    const fields: string[] = from && to ? differingKeys(from, to) : ['existence'];
    const causes: string[] = [];
    if (fields.length > 0) {
      const cause =
        from && to
          ? inShort(fields.map((field) => ({ field, says: assuranceDifference(field, from, to) })))
          : { says: from ? 'was removed' : 'was added', detail: either.title };
      const says = `assurance ${id}${from && to && cause.says !== 'differs' ? ':' : ''} ${cause.says}`;
      const about = [id, either.provider, from?.provider, ...either.services];
      const name = `assurance:${id}`;
      ledger.add({ id: name, kind: 'assurance', origin: 'description', ...cause, says, place: to?.place }, about);
      causes.push(name);
    }
    const was = from && dated(from, before);
    const is = to && dated(to, after);
    if (was && is && was.counts !== is.counts) {
      fields.push('counts');
      if (causes.length === 0) causes.push(...ledger.known('as-of'));
    }
    return fields.length === 0 ? [] : [{ id, ...(was ? { from: was } : {}), ...(is ? { to: is } : {}), fields, causes }];
  });
}

function assuranceDifference(field: string, from: Assurance, to: Assurance): string {
  if (field === 'issued' || field === 'expires' || field === 'title') return `${field} ${arrow(from[field], to[field])}`;
  if (field === 'period') return `period ${arrow(daysText(from.period), daysText(to.period))}`;
  if (field === 'services' || field === 'regions')
    return `${field} ${arrow(from[field].join(', ') || 'all', to[field].join(', ') || 'all')}`;
  if (field === 'reviewed') return reviewText(to);
  return `${CALLED[field] ?? spaced(field)} differs`;
}

/** What fields are called whose names say little by themselves. */
const CALLED: Readonly<Record<string, string>> = {
  cuecs: 'list of user entity controls',
  excludes: 'list of what it excludes',
  carvesOut: 'list of those carved out',
};
