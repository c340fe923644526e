import { SEES } from '../../audience.ts';
import type { Cell, Run, Tone } from '../../document.ts';
import type { Matrix } from '../../model/matrix.ts';
import type { Assurance, Paper, Review } from '../../model/system.ts';
import { longDate, sentenceCase } from '../../sentence.ts';
import { ASSURANCE } from '../../terms.ts';
import { cell, linked, plain } from '../cells.ts';
import type { AnnexCell } from './annex.ts';

/** Small makers of annex cells. */

/**
 * Something that an assessor will ask for and the description does not say. Those who may mend it are told the key under which it would
 * be said; readers outside are not told of holes.
 */
export function missing({ audience }: Pick<Matrix, 'audience'>, key: string, what = 'Not on record'): Cell {
  if (!SEES[audience].findings) return cell(['Not stated']);
  const hint: Run[][] = SEES[audience].remedies ? [[plain('Say it under '), { text: key, code: true }, plain('.')]] : [];
  return cell(hint, [{ text: what, tone: 'amber' }]);
}

/** Words on how a hole is mended in the description, for those who may. */
export function remedy({ audience }: Pick<Matrix, 'audience'>, text: string): string {
  return SEES[audience].remedies ? text : '';
}

/** A word that judges, with what explains it. */
export function judged(text: string, tone: Tone, ...paragraphs: (string | Run[])[]): Cell {
  return cell(paragraphs, [{ text, tone }]);
}

/** Lines below each other, each said once. */
export function lines(texts: readonly string[]): Cell {
  return cell([...new Set(texts)]);
}

/** A day, or nothing. */
export function day(value: string | undefined): AnnexCell {
  return value ? { date: value } : '';
}

/** Where a paper lies: its path or address. */
export function where(paper: { file?: string; url?: string } | undefined): AnnexCell {
  if (paper?.url) return cell([[linked(paper.url, paper.url)]]);
  return paper?.file ?? '';
}

/** A review in a sentence. */
export function reviewText(review: Review): string {
  return `${review.by}, ${longDate(review.on)}${review.note ? `: ${review.note}` : ''}`;
}

/** The title of a signed paper, which on a day on which it does not count stands under the same color as one that is missing. */
export function paperCell(paper: Paper, { audience, asOf }: Pick<Matrix, 'audience' | 'asOf'>): Cell {
  const reserved = SEES[audience].findings ? paperReservation(paper, asOf) : '';
  return cell([paper.title], reserved ? [{ text: sentenceCase(reserved), tone: 'amber' }] : []);
}

/** A signed paper in a line, with why it does not count on a day. */
export function paperText(paper: Paper, asOf: string): string {
  return [
    paper.title,
    `signed ${longDate(paper.on)}`,
    paper.expires && paper.expires >= asOf ? `counts until ${longDate(paper.expires)}` : '',
    paperReservation(paper, asOf),
  ]
    .filter(Boolean)
    .join('; ');
}

/** Why a signed paper does not count on a day, where it does not: it has ended, or is of a later day. */
function paperReservation({ on, expires }: Paper, asOf: string): string {
  if (expires !== undefined && expires < asOf) return `ended ${longDate(expires)}`;
  return on > asOf ? `not before ${longDate(on)}` : '';
}

/** A report or agreement on file in a line. */
export function assuranceText(assurance: Assurance): string {
  return [
    assurance.title || ASSURANCE[assurance.type],
    assurance.period ? `${longDate(assurance.period.from)} to ${longDate(assurance.period.to)}` : '',
    assurance.issued ? `issued ${longDate(assurance.issued)}` : '',
    assurance.expires ? `counts until ${longDate(assurance.expires)}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}
