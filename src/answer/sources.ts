import type { Evidence } from '../model/system.ts';
import { longDate } from '../sentence.ts';
import { STATUS } from '../terms.ts';
import type { AnswerSource } from './answer.ts';
import type { Knowledge } from './knowledge.ts';
import type { Standing } from './standing.ts';

/** The evidence that statements name, each piece once. */
export function evidenceOf(standings: readonly Standing[]): string[] {
  const items = standings.flatMap((standing) => standing.statements.flatMap((statement) => statement.evidence));
  return [...new Set(items.map(evidenceText))];
}

function evidenceText(item: Evidence): string {
  return item.date ? `${item.title} (${longDate(item.date)})` : item.title;
}

/** Everything an answer rests on, each with its state. */
export function sourcesOf(standings: readonly Standing[], { matrix }: Pick<Knowledge, 'matrix'>): AnswerSource[] {
  const sources = new Map<string, AnswerSource>();
  const add = (source: AnswerSource): void => {
    sources.set(`${source.kind} ${source.id}`, source);
  };
  for (const standing of standings) {
    const kind = standing.id.includes(':') ? 'requirement' : 'control';
    add({ kind, id: standing.id, title: standing.title, ...(standing.own ? { state: STATUS[standing.own] } : {}) });
    for (const statement of standing.statements) {
      const id = `${statement.requirement ?? statement.control}${statement.services.length > 0 ? ` on ${statement.services.join(', ')}` : ''}`;
      const title = statement.place ? `${statement.place.file}:${statement.place.line}` : id;
      const due = statement.due && statement.status !== 'implemented' ? `, due ${statement.due}` : '';
      add({ kind: 'statement', id, title, state: `${STATUS[statement.status]}${due}` });
      for (const item of statement.evidence)
        add({ kind: 'evidence', id: item.title, title: item.title, ...(item.date ? { state: item.date } : {}) });
    }
    for (const held of standing.others)
      for (const proof of held.proofs) {
        const until = proof.expires ? `until ${proof.expires}` : proof.period ? `period to ${proof.period.to}` : undefined;
        add({ kind: 'assurance', id: proof.id, title: proof.title, ...(until ? { state: until } : {}) });
      }
    for (const duty of matrix.customerDuties) {
      if (duty.controls.includes(standing.id) || duty.requirements.includes(standing.id))
        add({ kind: 'customer-duty', id: duty.id, title: duty.text });
    }
  }
  return [...sources.values()];
}
