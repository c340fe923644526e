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
} from '../comparison.ts';
import { afterColon, joinNames, sentenceCase } from '../sentence.ts';
import { ASSURANCE, MODE, OWNERSHIP, SEVERITY, STATUS } from '../terms.ts';

/** One change in words: what happened, to what, and what more there is to say of that. Changes with the same `what` are told together. */
export interface Told {
  what: string;
  unit: [one: string, many: string];
  member: { name: string; lines: string[] };
}

type Names = Comparison['names'];

/** What an id is called; a damaged matrix may have one that is called nothing, or that every object has. */
function named(names: Record<string, string>, id: string): string {
  return Object.hasOwn(names, id) ? (names[id] ?? id) : id;
}

export function dutyEntry(duty: DutyChange, names: Names): Told {
  const where = duty.service === undefined ? 'Organization' : named(names.services, duty.service);
  const others = joinNames(duty.others.map((party) => named(names.parties, party)));
  const held = others === '' ? '' : duty.change === 'gained' ? `, held before by ${others}` : `, held now by ${others}`;
  const lines = [...duty.texts];
  if (duty.change !== 'lost') {
    const answer = duty.answered
      ? `A statement says ${STATUS[duty.status ?? 'unanswered'].toLowerCase()}; see that it holds for this too.`
      : 'No statement says how it is met.';
    lines.push(`Owner: ${joinNames(duty.owners) || 'nobody'}. ${answer}`);
  }
  if (duty.evidence.length > 0) lines.push(`Evidence: ${duty.evidence.join('; ')}.`);
  lines.push(`For ${joinNames(duty.requirements, 8)}.`);
  return { what: `${where}${held}`, unit: ['duty', 'duties'], member: { name: duty.title, lines } };
}

export function requirementEntry(change: RequirementChange, names: Names): Told {
  const framework = named(names.frameworks, change.framework);
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
  else if (has('parties')) said.push(`${partiesText(from, names)} → ${partiesText(to, names)}`);
  else if (has('parts')) said.push(`${ownershipText(to)} as before, with other parts`);
  const follows = has('applicability') || has('ownership');
  if (has('status') && from.status && to.status)
    said.push(`status ${STATUS[from.status].toLowerCase()} → ${STATUS[to.status].toLowerCase()}`);
  const alone = aspects.every((aspect) => aspect === 'owners');
  if (alone) said.push(`owner ${joinNames(from.owners) || 'nobody'} → ${joinNames(to.owners) || 'nobody'}`);
  else if (has('owners') && !follows) said.push('other owners');
  if (has('reason') && !follows) said.push(`${said.length === 0 ? `${ownershipText(to)} as before, for ` : ''}another reason`);
  if (has('in-force')) said.push(to.inForce ? 'in force now' : 'not in force');
  if (has('text')) said.push('another text');
  return said.join('; ');
}

function ownershipText({ ownership }: Standing): string {
  return afterColon(OWNERSHIP[ownership].short);
}

function partiesText({ parties }: Standing, names: Names): string {
  return joinNames(parties.map((party) => named(names.parties, party))) || 'nobody';
}

export function partEntry(change: PartChange, names: Names): Told {
  const where = change.service === undefined ? 'Organization' : named(names.services, change.service);
  const move = change.reworded ? '' : `: ${holdersText(change.from, names)} → ${holdersText(change.to, names)}`;
  const component = change.component === '' ? '' : named(names.components, change.component);
  const control = named(names.controls, change.control);
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
export function holdersText(holdings: readonly Holding[], names: Names): string {
  const each = holdings.map(({ party, mode, undetermined }) => {
    if (undetermined) return 'not determined';
    const name = named(names.parties, party);
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

export function statementEntry({ from, to, title, key }: StatementChange): Told {
  const was = from ? STATUS[from.status].toLowerCase() : '';
  const is = to ? STATUS[to.status].toLowerCase() : '';
  const what = !from ? `Added, ${is}` : !to ? `Removed, was ${was}` : was === is ? 'Edited' : `${sentenceCase(was)} → ${is}`;
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
        ? `${to.counts ? 'Counts again' : 'No longer counts'}`
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
  const ended = fields.includes('counts');
  const what = !from ? 'Added' : !to ? 'Removed' : ended ? (to.counts ? 'Counts again' : 'Ended') : 'Edited';
  return {
    what,
    unit: ['assurance', 'assurances'],
    member: { name: either?.title ?? '', lines: either ? [ASSURANCE[either.type] ?? either.type] : [] },
  };
}

export function findingEntry({ from, to, severity, id }: FindingChange): Told {
  const finding = to ?? from;
  const moved = from && to && from.severity !== to.severity ? `${SEVERITY[from.severity]} → ` : '';
  const suppression = to?.suppressed;
  const lines = [
    finding?.detail ?? '',
    to && !suppression ? `Remedy: ${to.remedy.replaceAll('`', '')}` : '',
    suppression ? `Suppressed until ${suppression.until} by ${suppression.approvedBy}: ${suppression.reason}` : '',
    id,
  ];
  return {
    what: `${moved}${SEVERITY[severity]}${suppression ? ', suppressed' : ''}`,
    unit: ['finding', 'findings'],
    member: { name: finding?.title ?? id, lines: lines.filter(Boolean) },
  };
}
