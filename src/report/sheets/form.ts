import type { SheetCell, SheetColumn, Tone } from '../../document.ts';
import { type Answers, DAYS, FIELDS, type Field, KEY } from '../../form.ts';
import type { Audience, Matrix } from '../../model/matrix.ts';
import type { Status } from '../../model/system.ts';
import { STATUS } from '../../terms.ts';
import { statusLabel, statusTone } from '../ownership.ts';

/** What people choose a status from. */
const STATUS_LIST = Object.values(STATUS);

/** How each status is colored, by the words in which the audience reads it. */
export function statusTones(audience: Audience): Record<string, Tone> {
  const statuses = Object.keys(STATUS) as Status[];
  return Object.fromEntries(statuses.map((status) => [statusLabel(status, audience), statusTone(status)]));
}

/** Days past their time, where something remains to be done. */
export const OVERDUE = {
  column: FIELDS.due,
  when: [
    'AND(ISNUMBER(',
    { column: FIELDS.due },
    '),',
    { column: FIELDS.due },
    '<As_of,',
    { column: FIELDS.status },
    `<>"${STATUS.implemented}",`,
    { column: FIELDS.status },
    `<>"${STATUS.alternative}",`,
    { column: FIELDS.status },
    `<>"${STATUS['not-applicable']}")`,
  ],
  tone: 'red' as const,
};

/** 1 in each row that filters leave in sight, folded away or not: what figures count. */
export const SHOWN = {
  title: 'Shown',
  width: 8,
  hidden: true,
  of: (): SheetCell => ({ formula: ['SUBTOTAL(3,', { column: KEY }, ')'], result: 1 }),
};

const LOOKS: Record<Field, Partial<SheetColumn>> = {
  status: { width: 18, listName: 'Statuses', list: STATUS_LIST, note: 'Choose where you stand. The Summary counts along.' },
  owner: { width: 18, wrap: true, open: true, note: 'Who answers for it: one of the list, or somebody new.' },
  implemented: { width: 12, note: 'The day since when it has been in place, such as 2026-03-31.' },
  due: {
    width: 12,
    day: true,
    note: 'The day by which it will be in place, if it is planned or partial. It turns red when it has passed.',
  },
  evidence: {
    width: 40,
    wrap: true,
    note: 'What shows it, one item a line (Alt+Enter begins a line):\ntitle | file or address | day | until day\nsuch as\nReview of network rules | evidence/rules.pdf | 2026-05-28 | until 2026-12-31\nEverything but the title may be left out.',
  },
  narrative: { width: 50, wrap: true, note: 'How you do it, in your own words.' },
  reviewedBy: { width: 18, wrap: true, note: 'Who last looked at this answer. Give the day as well.' },
  reviewedOn: { width: 12, note: 'When this answer was last looked at.' },
};

/** The columns of the form that a sheet shows. */
export function formColumns(fields: readonly Field[], matrix: Matrix): SheetColumn[] {
  const owners = ownersOf(matrix);
  return fields.map((field) => ({
    title: FIELDS[field],
    width: 20,
    input: true,
    ...LOOKS[field],
    day: DAYS.has(field),
    ...(field === 'owner' && owners.length > 0 ? { list: owners, listName: 'Owners' } : {}),
  }));
}

/** The cell of a field; what cannot be filled is shown as it is. */
export function formCell(field: Field, answers: Answers | undefined, shown: Partial<Answers> = {}): SheetCell {
  if (!answers) return { text: shown[field] ?? '', field: false };
  return DAYS.has(field) && answers[field] !== '' ? { date: answers[field] } : answers[field];
}

/** Everybody whom the description names as answering for something. */
function ownersOf(matrix: Matrix): string[] {
  const named = [...matrix.statements, ...matrix.services, matrix.system].flatMap(({ owner }) => owner?.trim() || []);
  return [...new Set(named)].sort((a, b) => (a < b ? -1 : 1));
}
