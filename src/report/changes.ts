import type { Cause, Change, Comparison, DutyChange, FindingChange, RequirementChange } from '../comparison.ts';
import { counted, joinNames, numberText, sentenceCase } from '../sentence.ts';
import { becauseText } from './causes.ts';
import {
  assuranceEntry,
  dutyEntry,
  evidenceEntry,
  findingEntry,
  frameworkEntry,
  partEntry,
  requirementEntry,
  requirementText,
  statementEntry,
  type Told,
  transferEntry,
} from './change-entries.ts';

/**
 * A comparison laid out for readers: alike changes with the same causes are told together, so that forty requirements moved by one option
 * are one line. Terminal, Markdown, PDF and workbook print the same sections.
 */
export interface ChangeSection {
  /** `wording` is about words alone; readers who do not ask for everything are told the number. */
  id:
    | 'duties'
    | 'requirements'
    | 'parts'
    | 'wording'
    | 'frameworks'
    | 'statements'
    | 'evidence'
    | 'assurances'
    | 'transfers'
    | 'findings';
  title: string;
  groups: ChangeGroup[];
}

/** Changes with the same causes. */
export interface ChangeGroup {
  because: Cause[];
  entries: ChangeEntry[];
}

/** Changes that are alike: the same thing happened to each of the members. */
export interface ChangeEntry {
  /** What happened: "PCI DSS: provider → customer". */
  what: string;
  /** What it happened to, counted: "14 requirements". */
  count: string;
  members: ChangeMember[];
}

/** One of the things to which it happened, with what there is to say of it. */
export interface ChangeMember {
  name: string;
  lines: string[];
}

/**
 * Every section that has something to say, in the order in which readers ask. Where a section has more groups than `mostGroups`, what
 * happened is told once, with all that brought it about, because nobody reads fifty groups of one line each.
 */
export function changeSections(comparison: Comparison, mostGroups = Number.POSITIVE_INFINITY): ChangeSection[] {
  const { names, duties, parts, findings } = comparison;
  const ofKind = (kind: DutyChange['change']): DutyChange[] => duties.filter(({ change }) => change === kind);
  const moved = parts.filter(({ reworded }) => !reworded);
  const reworded = parts.filter((part) => part.reworded);
  const ofChange = (change: FindingChange['change']): FindingChange[] => findings.filter((finding) => finding.change === change);
  // That a requirement rests on other parts, or on other people, says less than that it moved; the parts and duties say what differs.
  const isLesser = ({ aspects }: RequirementChange): boolean =>
    aspects.includes('parts') && aspects.every((aspect) => aspect === 'parts' || aspect === 'owners');
  const lesser = comparison.requirements.filter(isLesser);
  const weighty = comparison.requirements.filter((change) => !isLesser(change));
  const reasons = causesIn(comparison.causes);
  const section = <T extends Pick<Change<unknown>, 'causes'>>(
    id: ChangeSection['id'],
    title: string,
    changes: readonly T[],
    tell: (change: T, names: Comparison['names']) => Told,
  ): ChangeSection => {
    const all = changes.map((change): ToldChange => ({ because: reasons(change), told: tell(change, names) }));
    const groups = groupsOf(all);
    return { id, title, groups: groups.length > mostGroups ? groupsOf(gathered(all, reasons, SELF[id])) : groups };
  };
  return [
    section('duties', 'Duties gained', ofKind('gained'), dutyEntry),
    section('duties', 'Duties that fell away', ofKind('lost'), dutyEntry),
    section('duties', 'Duties carried in another way', ofKind('changed'), dutyEntry),
    section('requirements', 'Requirements', weighty, requirementEntry),
    section('requirements', 'Requirements whose parts differ', lesser, requirementEntry),
    section('parts', 'Parts', moved, partEntry),
    section('wording', 'Parts in other words', reworded, partEntry),
    section('frameworks', 'Frameworks', comparison.frameworks, frameworkEntry),
    section('statements', 'Statements', comparison.statements, statementEntry),
    section('evidence', 'Evidence', comparison.evidence, evidenceEntry),
    section('assurances', 'Assurances', comparison.assurances, assuranceEntry),
    section('transfers', 'Transfers of personal data', comparison.transfers, transferEntry),
    section('findings', 'Findings opened', ofChange('opened'), findingEntry),
    section('findings', 'Findings closed', ofChange('closed'), findingEntry),
    section('findings', 'Findings that differ', ofChange('differs'), findingEntry),
  ].filter(({ groups }) => groups.length > 0);
}

/** Sections in which a change may be its own cause, which says nothing more where many are told together. */
const SELF: Partial<Record<ChangeSection['id'], Cause['kind']>> = { statements: 'statement', assurances: 'assurance' };

/** A change in words, with its causes. */
interface ToldChange {
  because: readonly Cause[];
  told: Told;
}

/** The same changes, those to which the same happened with all that brought it about to any of them. */
function gathered(changes: readonly ToldChange[], reasons: Reasons, self?: Cause['kind']): ToldChange[] {
  const found = new Map<string, Set<string>>();
  for (const { because, told } of changes) {
    const ids = found.get(told.what) ?? new Set();
    found.set(told.what, ids);
    for (const { id, kind } of because) if (kind !== self) ids.add(id);
  }
  const because = new Map([...found].map(([what, ids]) => [what, reasons({ causes: [...ids] })]));
  return changes.map(({ told }) => ({ told, because: because.get(told.what) ?? [] }));
}

function groupsOf(changes: readonly ToldChange[]): ChangeGroup[] {
  const groups = new Map<string, { because: readonly Cause[]; entries: Map<string, { told: Told; members: ChangeMember[] }> }>();
  for (const { because, told } of changes) {
    const key = because.map(({ id }) => id).join('\u0000');
    const group = groups.get(key) ?? { because, entries: new Map() };
    groups.set(key, group);
    const entry = group.entries.get(told.what) ?? { told, members: [] };
    group.entries.set(told.what, entry);
    entry.members.push(told.member);
  }
  return [...groups.values()].map(({ because, entries }) => ({
    because: [...because],
    entries: [...entries.values()].map(({ told, members }) => ({
      what: told.what,
      count: counted(members.length, ...told.unit),
      members,
    })),
  }));
}

/** Looks up the causes of a change. */
type Reasons = (change: Pick<Change<unknown>, 'causes'>) => Cause[];

/** The causes of a change in their own order, so that the same ones always read the same. */
function causesIn(causes: readonly Cause[]): Reasons {
  const places = new Map(causes.map(({ id }, at) => [id, at]));
  return (change) =>
    change.causes
      .flatMap((id) => places.get(id) ?? [])
      .sort((a, b) => a - b)
      .flatMap((at) => causes[at] ?? []);
}

/** What happened to each requirement of a framework that is still there, and why, by its key: for a cell beside the requirement. */
export function changeTexts(comparison: Comparison, framework: string): Map<string, string> {
  const reasons = causesIn(comparison.causes);
  return new Map(
    comparison.requirements
      .filter((change) => change.framework === framework && change.to !== undefined)
      .map((change) => {
        const because = reasons(change);
        const why = because.length > 0 ? `\nBecause ${becauseText(because)}` : '';
        return [change.key, `${sentenceCase(requirementText(change, comparison.names))}${why}`];
      }),
  );
}

/** True where another holds it now, and not only one more or one fewer. */
function changesHands({ aspects, from, to }: RequirementChange): boolean {
  if (aspects.includes('ownership')) return true;
  const [was, is] = [from?.parties ?? [], to?.parties ?? []];
  return aspects.includes('parties') && was.some((party) => !is.includes(party)) && is.some((party) => !was.includes(party));
}

/** The whole in one sentence. */
export function changesHeadline(comparison: Comparison): string {
  const { requirements, duties, transfers, findings, causes } = comparison;
  const has = (test: (change: RequirementChange) => boolean): number => requirements.filter(test).length;
  const applies = ({ to }: RequirementChange): boolean => to !== undefined && to.ownership !== 'not-applicable';
  const applied = ({ from }: RequirementChange): boolean => from !== undefined && from.ownership !== 'not-applicable';
  const gained = duties.filter(({ change }) => change === 'gained');
  const unanswered = gained.filter(({ answered }) => !answered).length;
  const open = unanswered === 0 ? '' : ` (${numberText(unanswered)} without a statement)`;
  const numbers: [count: number, one: string, many: string][] = [
    [has((change) => applies(change) && !applied(change)), 'requirement newly applies', 'requirements newly apply'],
    [has((change) => applied(change) && !applies(change)), 'requirement no longer applies', 'requirements no longer apply'],
    [has(changesHands), 'requirement changes hands', 'requirements change hands'],
    [
      has((change) => change.aspects.includes('parties') && !changesHands(change)),
      'requirement is held by more parties or fewer',
      'requirements are held by more parties or fewer',
    ],
    [gained.length, `duty is gained${open}`, `duties are gained${open}`],
    [
      duties.filter(({ change }) => change === 'changed').length,
      'duty is carried in another way',
      'duties are carried in another way',
    ],
    [duties.filter(({ change }) => change === 'lost').length, 'duty falls away', 'duties fall away'],
    [transfers.length, 'transfer of personal data differs', 'transfers of personal data differ'],
    [findings.filter(({ change }) => change === 'opened').length, 'finding opens', 'findings open'],
    [findings.filter(({ change }) => change === 'closed').length, 'finding closes', 'findings close'],
  ];
  const clauses = numbers.filter(([count]) => count > 0).map(([count, one, many]) => counted(count, one, many));
  if (clauses.length > 0) return `${sentenceCase(joinNames(clauses))}.`;
  return causes.length === 0 && requirements.length === 0 ? 'Nothing differs.' : 'Nobody holds anything else than before.';
}

/** The first names, and how many more there are. */
export function shortList(names: readonly string[], most: number): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${numberText(more)} more` : names.join(', ');
}
