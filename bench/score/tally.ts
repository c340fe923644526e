/** The arithmetic of the agreement score. */
import type { Answer, Said } from './ask.ts';
import type { Label, Question } from './table.ts';

export const LABELS: readonly Label[] = ['provider', 'customer', 'shared'];
export const SAID: readonly Said[] = ['provider', 'customer', 'shared', 'none'];

/** Published label × what the mapping says. */
export type Confusion = Record<Label, Record<Said, number>>;

/** A yes-or-no question put to both sides: shares are null where nothing can be divided. */
export interface Binary {
  agreement: number | null;
  kappa: number | null;
  precision: number | null;
  recall: number | null;
}

/** The score of one source. */
export interface SourceScore {
  source: string;
  kind: Question['kind'];
  rows: number;
  /** Rows answered from services in the catalogue. */
  answered: number;
  /** Rows answered from the service model alone, because the service is not in the catalogue. They are scored as well. */
  byModel: number;
  /** Rows about nothing but work sites or devices, which were asked with them; all others were asked without. */
  withSites: number;
  agreement: number | null;
  kappa: number | null;
  confusion: Confusion | null;
  customerPart: Binary | null;
  providerPart: Binary | null;
  /** Of the rows in which the customer is known to have a part, the share in which the mapping gives it one (one-sided only). */
  recall: number | null;
  /** The publisher gives the customer a part, the mapping says provider only. */
  hiddenDuties: string[];
  /** The publisher gives the customer a part, the mapping says that nothing is asked. */
  droppedDuties: string[];
  /** Rows without an answer, and why. */
  unanswered: string[];
}

/** The score of every source, in the order in which the table names them. */
export function tally(answers: readonly Answer[]): SourceScore[] {
  const groups = new Map<string, Answer[]>();
  for (const answer of answers) {
    const key = `${answer.question.source}\n${answer.question.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  return [...groups.values()].map(tallySource);
}

function tallySource(answers: Answer[]): SourceScore {
  const { source, kind } = (answers[0] as Answer).question;
  const scored = answers.flatMap((answer) => (answer.said ? [{ ...answer, said: answer.said }] : []));
  const agreeing = scored.filter(agrees).length;
  const exact = kind === 'exact';
  const confusion = exact ? confusionOf(scored.map(({ question, said }) => [labelOf(question, said), said])) : null;
  const withDuty = scored.filter(({ question }) => !question.accept.includes('provider'));
  return {
    source,
    kind,
    rows: answers.length,
    answered: scored.filter((answer) => !answer.byModel).length,
    byModel: scored.filter((answer) => answer.byModel).length,
    withSites: scored.filter((answer) => answer.withSites).length,
    agreement: share(agreeing, scored.length),
    kappa: confusion ? kappaOf(confusion) : null,
    confusion,
    customerPart: confusion ? binaryOf(confusion, ['customer', 'shared']) : null,
    providerPart: confusion ? binaryOf(confusion, ['provider', 'shared']) : null,
    recall: exact ? null : share(agreeing, scored.length),
    hiddenDuties: withDuty.filter(({ said }) => said === 'provider').map(({ question }) => nameOf(question)),
    droppedDuties: withDuty.filter(({ said }) => said === 'none').map(({ question }) => nameOf(question)),
    unanswered: answers.flatMap((answer) => (answer.unanswered ? [`${nameOf(answer.question)}: ${answer.unanswered}`] : [])),
  };
}

/** Whether an answer is one that the publisher's label accepts. */
export function agrees({ question, said }: Pick<Answer, 'question' | 'said'>): boolean {
  return said !== undefined && said !== 'none' && question.accept.includes(said);
}

/** How a question is named in lists: who, what, and which requirements. */
export function nameOf(question: Question): string {
  const subject = [question.provider, question.services.join(' + ')].filter((word) => word !== '').join(' ') || 'any provider';
  return `${subject} × ${question.framework} ${question.requirements.join(' + ')}`;
}

/** The publisher's label; where several are accepted, the one that agrees. */
function labelOf(question: Question, said: Said): Label {
  return question.accept.find((label) => label === said) ?? (question.accept[0] as Label);
}

/** Counts pairs of published label and answer. */
export function confusionOf(pairs: readonly (readonly [Label, Said])[]): Confusion {
  const none = (): Record<Said, number> => ({ provider: 0, customer: 0, shared: 0, none: 0 });
  const confusion: Confusion = { provider: none(), customer: none(), shared: none() };
  for (const [label, said] of pairs) confusion[label][said] += 1;
  return confusion;
}

/** Cohen's kappa: agreement beyond what the two sides' habits would give by chance. Null where chance alone explains everything. */
export function kappaOf(confusion: Confusion): number | null {
  const rowOf = (label: Said): Record<Said, number> | undefined => (label === 'none' ? undefined : confusion[label]);
  const total = sum(LABELS.flatMap((label) => SAID.map((said) => confusion[label][said])));
  if (total === 0) return null;
  const observed = sum(LABELS.map((label) => confusion[label][label])) / total;
  const expected = sum(
    SAID.map((said) => {
      const published = sum(Object.values(rowOf(said) ?? {}));
      const ours = sum(LABELS.map((label) => confusion[label][said]));
      return (published / total) * (ours / total);
    }),
  );
  return expected === 1 ? null : (observed - expected) / (1 - expected);
}

/** The matrix reduced to whether one side has a part. */
export function binaryOf(confusion: Confusion, yes: readonly Said[]): Binary {
  const cell = (labelYes: boolean, saidYes: boolean): number =>
    sum(
      LABELS.filter((label) => yes.includes(label) === labelYes).flatMap((label) =>
        SAID.filter((said) => yes.includes(said) === saidYes).map((said) => confusion[label][said]),
      ),
    );
  const [both, onlyPublished, onlyOurs, neither] = [cell(true, true), cell(true, false), cell(false, true), cell(false, false)];
  const total = both + onlyPublished + onlyOurs + neither;
  const observed = share(both + neither, total);
  const expected = ((both + onlyPublished) * (both + onlyOurs) + (neither + onlyOurs) * (neither + onlyPublished)) / total ** 2;
  return {
    agreement: observed,
    kappa: observed === null || expected === 1 ? null : (observed - expected) / (1 - expected),
    precision: share(both, both + onlyOurs),
    recall: share(both, both + onlyPublished),
  };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
