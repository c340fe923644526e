import type {
  AssuranceChange,
  Comparison,
  DutyChange,
  EvidenceChange,
  FindingChange,
  FrameworkChange,
  Holding,
  PartChange,
  RequirementChange,
  Standing,
  StatementChange,
  TransferChange,
  TransferState,
} from '../comparison.ts';
import { afterColon, joinNames, sentenceCase, spaced } from '../sentence.ts';
import { ASSURANCE, MODE, OWNERSHIP, SAFEGUARD, SEVERITY, STATUS, TRANSFER } from '../terms.ts';

/** One change in words: what happened, to what, and what more there is to say of that. Changes with the same `what` are told together. */
export interface Told {
  what: string;
  unit: [one: string, many: string];
  member: { name: string; lines: string[] };
}

type Names = Comparison['names'];

/** What an id is called; a damaged matrix may have one that is called nothing, or that every object has. */
function nameOf(names: Record<string, string>, id: string): string {
  return Object.hasOwn(names, id) ? (names[id] ?? id) : id;
}

export function dutyEntry(duty: DutyChange, names: Names): Told {
  const where = duty.service === undefined ? 'Organization' : nameOf(names.services, duty.service);
  const others = joinNames(duty.others.map((party) => nameOf(names.parties, party)));
  const held = others === '' ? '' : duty.change === 'gained' ? `, held before by ${others}` : `, held now by ${others}`;
  const stated = duty.change === 'lost' ? '' : duty.answered ? ', with a statement' : ', without a statement';
  const lines = [...duty.texts, ...(duty.before ?? []).map((text) => `Before: ${text}`)];
  if (duty.change !== 'lost') {
    const answer = duty.answered
      ? `A statement says ${STATUS[duty.status ?? 'unanswered'].toLowerCase()}; see that it holds for this too.`
      : 'No statement says how it is met.';
    lines.push(`Owner: ${joinNames(duty.owners) || 'nobody'}. ${answer}`);
  }
  if (duty.evidence.length > 0) lines.push(`Evidence: ${duty.evidence.join('; ')}.`);
  lines.push(`For ${joinNames(duty.requirements, 8)}.`);
  return { what: `${where}${held}${stated}`, unit: ['duty', 'duties'], member: { name: duty.title, lines } };
}

export function requirementEntry(change: RequirementChange, names: Names): Told {
  const framework = nameOf(names.frameworks, change.framework);
  return {
    what: `${framework}: ${requirementText(change, names)}`,
    unit: ['requirement', 'requirements'],
    member: { name: change.key.slice(change.framework.length + 1), lines: [change.title] },
  };
}

/** What happened to a requirement: the weightiest first, and nothing that follows from it. */
export function requirementText({ from, to, aspects }: RequirementChange, names: Names): string {
  if (!to) return 'gone';
  if (!from) return `new, ${ownershipText(to)}`;
  const said: string[] = [];
  const has = (aspect: RequirementChange['aspects'][number]): boolean => aspects.includes(aspect);
  const left = to.ownership === 'not-applicable';
  if (has('applicability'))
    said.push(left ? `no longer applicable, was ${ownershipText(from)}` : `newly applicable, ${ownershipText(to)}`);
  else if (has('ownership')) said.push(`${ownershipText(from)} → ${ownershipText(to)}`);
  else if (has('parties')) {
    const named = (parties: readonly string[]): string[] => parties.map((party) => nameOf(names.parties, party));
    said.push(movedText(named(from.parties), named(to.parties)));
  } else if (has('parts')) said.push(`${ownershipText(to)} as before, with other parts`);
  const follows = has('applicability') || has('ownership');
  if (has('status') && from.status && to.status)
    said.push(`status ${STATUS[from.status].toLowerCase()} → ${STATUS[to.status].toLowerCase()}`);
  const alone = aspects.every((aspect) => aspect === 'owners');
  if (alone) said.push(`owner ${movedText(from.owners, to.owners)}`);
  else if (has('owners') && !follows) said.push('other owners');
  if (has('reason') && !follows) said.push(`${said.length === 0 ? `${ownershipText(to)} as before, for ` : ''}another reason`);
  if (has('in-force')) said.push(to.inForce ? 'in force now' : 'not in force');
  if (has('text')) said.push('another text');
  return said.join('; ');
}

function ownershipText({ ownership }: Standing): string {
  return afterColon(OWNERSHIP[ownership].short);
}

/** What became of several names: only those that came or went. */
function movedText(from: readonly string[], to: readonly string[]): string {
  const left = from.filter((name) => !to.includes(name));
  const joined = to.filter((name) => !from.includes(name));
  if (left.length > 0 && joined.length === 0 && to.length > 0) return `${joinNames(left)} no longer`;
  if (joined.length > 0 && left.length === 0 && from.length > 0) return `${joinNames(joined)} too`;
  return `${joinNames(left) || 'nobody'} → ${joinNames(joined) || 'nobody'}`;
}

export function partEntry(change: PartChange, names: Names): Told {
  const where = change.service === undefined ? 'Organization' : nameOf(names.services, change.service);
  const move = change.reworded ? '' : `: ${holdersText(change.from, names)} → ${holdersText(change.to, names)}`;
  const component = change.component === '' ? '' : nameOf(names.components, change.component);
  const control = nameOf(names.controls, change.control);
  return {
    what: `${where}${move}`,
    unit: ['part', 'parts'],
    member: {
      name: component === '' ? control : `${control} (${component.toLowerCase()})`,
      lines: (change.to.length > 0 ? change.to : change.from).map(({ text }) => text),
    },
  };
}

/** Who holds a part, and how the customer does. */
function holdersText(holdings: readonly Holding[], names: Names): string {
  const each = holdings.map(({ party, mode, undetermined }) => {
    if (undetermined) return 'not determined';
    const name = nameOf(names.parties, party);
    return party === 'customer' ? `${name} (${MODE[mode].toLowerCase()})` : name;
  });
  return joinNames([...new Set(each)]) || 'none';
}

export function frameworkEntry({ from, to, renumbered, added, removed, title }: FrameworkChange): Told {
  const version = !from
    ? ` ${to?.version} added`
    : !to
      ? ` ${from.version} removed`
      : from.version === to.version
        ? ': requirements differ'
        : ` ${from.version} → ${to.version}`;
  const lines = [
    renumbered.length > 0 ? `Renumbered: ${renumbered.map((pair) => `${pair.from} → ${pair.to}`).join(', ')}.` : '',
    from && added.length > 0 ? `New: ${added.join(', ')}.` : '',
    to && removed.length > 0 ? `Gone: ${removed.join(', ')}.` : '',
  ];
  const counts = [
    added.length > 0 ? `${added.length} new` : '',
    removed.length > 0 ? `${removed.length} gone` : '',
    renumbered.length > 0 ? `${renumbered.length} renumbered` : '',
  ];
  return {
    what: `${title}${version}`,
    unit: ['framework', 'frameworks'],
    member: { name: joinNames(counts.filter(Boolean)) || 'the same requirements', lines: lines.filter(Boolean) },
  };
}

export function statementEntry({ from, to, title, key, fields }: StatementChange): Told {
  const was = from ? STATUS[from.status].toLowerCase() : '';
  const is = to ? STATUS[to.status].toLowerCase() : '';
  const what = !from
    ? `Added, ${is}`
    : !to
      ? `Removed, was ${was}`
      : was === is
        ? `Edited (${fieldsText(fields)})`
        : `${sentenceCase(was)} → ${is}`;
  const narrative = (to ?? from)?.narrative;
  return {
    what,
    unit: ['statement', 'statements'],
    member: { name: title, lines: [key, ...(narrative === undefined ? [] : [narrative])] },
  };
}

export function evidenceEntry({ from, to, fields }: EvidenceChange): Told {
  const state = to ?? from;
  const what = !from
    ? 'Added'
    : !to
      ? 'Removed'
      : fields.includes('counts')
        ? countsText(to)
        : fields.includes('date') || fields.includes('expires')
          ? 'Dated otherwise'
          : 'Supports something else';
  const until = state?.expires === undefined ? '' : `until ${state.expires}`;
  const lines = [
    [state?.where ?? '', state?.date ?? '', until].filter(Boolean).join(', '),
    `Supports ${joinNames(state?.supports ?? [], 6)}.`,
  ];
  return {
    what,
    unit: ['piece of evidence', 'pieces of evidence'],
    member: { name: state?.title ?? '', lines: lines.filter(Boolean) },
  };
}

export function assuranceEntry({ from, to, fields }: AssuranceChange): Told {
  const either = to ?? from;
  const what = !from ? 'Added' : !to ? 'Removed' : fields.includes('counts') ? countsText(to) : `Edited (${fieldsText(fields)})`;
  return {
    what,
    unit: ['assurance', 'assurances'],
    member: { name: either?.title ?? '', lines: either ? [ASSURANCE[either.type] ?? either.type] : [] },
  };
}

/** What has become of a proof that counted on the one day and does not on the other. */
function countsText({ counts, begun = true }: { counts: boolean; begun?: boolean }): string {
  return counts ? 'Counts now' : begun ? 'No longer counts' : 'Does not count yet';
}

/** Names of fields as words. */
function fieldsText(fields: readonly string[]): string {
  return fields.map((field) => spaced(field).replace('cuecs', 'user entity controls')).join(', ');
}

export function transferEntry({ from, to, service, countryTitle, fields }: TransferChange, names: Names): Told {
  const reach = ({ via, regions }: TransferState): string =>
    via === 'region' ? `kept in ${regions.join(', ')}` : 'within reach of the provider there';
  const guard = ({ safeguard, status }: TransferState): string =>
    safeguard ? afterColon(SAFEGUARD[safeguard]) : `${TRANSFER[status]}, no safeguard on file`;
  const change = (say: (state: TransferState) => string): string => {
    const told = [from, to].flatMap((state) => (state ? say(state) : []));
    return [...new Set(told)].join(' → ');
  };
  const where = from && !to ? `No longer to ${countryTitle}` : `To ${countryTitle}`;
  const alike = from && to && reach(from) === reach(to) && guard(from) === guard(to);
  const what = `${where}: ${change(reach)}; ${change(guard)}${alike ? ` (other ${fieldsText(fields)})` : ''}`;
  const reference = (to ?? from)?.reference;
  return {
    what,
    unit: ['service', 'services'],
    member: { name: nameOf(names.services, service), lines: reference === undefined ? [] : [reference] },
  };
}

/** What is said of a finding that is open or suppressed on both sides. That it weighs otherwise is said before. */
const FINDING_DIFFERS: Readonly<Record<string, string>> = {
  requirements: 'for other requirements',
  suppressed: 'by another decision',
};

export function findingEntry({ from, to, severity, fields, change, id }: FindingChange): Told {
  const finding = to ?? from;
  const moved = from && to && from.severity !== to.severity ? `${SEVERITY[from.severity]} → ` : '';
  const suppression = to?.suppressed;
  const what = [
    `${moved}${SEVERITY[severity]}`,
    ...(suppression ? ['suppressed'] : []),
    ...(!to && from?.suppressed ? ['suppressed before and now gone'] : []),
    ...(change === 'differs' && from && to ? fields.flatMap((field) => FINDING_DIFFERS[field] ?? []) : []),
  ];
  const lines = [
    finding?.detail ?? '',
    to && !suppression ? `Remedy: ${to.remedy.replaceAll('`', '')}` : '',
    suppression ? `Suppressed until ${suppression.until} by ${suppression.approvedBy}: ${suppression.reason}` : '',
    id,
  ];
  return {
    what: what.join(', '),
    unit: ['finding', 'findings'],
    member: { name: finding?.title ?? id, lines: lines.filter(Boolean) },
  };
}
