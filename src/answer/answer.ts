import type { AnswerWord, OwnerWord } from '../questionnaire/questionnaire.ts';

/** Kinds of things that answers rest on. */
export const SOURCES = [
  'requirement',
  'control',
  'statement',
  'evidence',
  'assurance',
  'customer-duty',
  'description',
  'library',
] as const;

/** What an answer rests on, with the state in which it was found, so that a later run can say what changed. */
export interface AnswerSource {
  kind: (typeof SOURCES)[number];
  /** What it is called: an id, or where it stands. */
  id: string;
  title: string;
  /** How it stands: a status, a day, until when it counts. */
  state?: string;
}

/** Why a question was left blank. */
export type BlankCode =
  | 'not-known'
  | 'asks-more'
  | 'open-question'
  | 'unanswered'
  | 'unproven'
  | 'no-date'
  | 'too-old'
  | 'says-less'
  | 'contradiction'
  | 'expired'
  | 'confidence'
  | 'not-allowed';

/** How an answer was found: by the question's id, in the organization's own library, or by its text. */
export type Found = 'id' | 'library' | 'text';

/** What is answered to a question, or why nothing is. */
export interface Answer {
  means?: AnswerWord;
  /** Where the form has no word for what it means, no other may stand in for it. */
  exact?: boolean;
  /** Text to write where the question asks for text; elsewhere the word of the form is chosen by `means`. */
  text?: string;
  ownership?: OwnerWord;
  /** Why it is open whether those who ask take it over whole, though nothing says what they must do. */
  openToReaders?: string;
  /** Where it carries its own part: once for all its systems, for this one, or both; for forms that tell these apart. */
  ownAt?: 'own-corporate' | 'own' | 'own-hybrid';
  /** How it is done, in sentences. */
  comment?: string;
  /** What the reader must do. */
  customer?: string;
  evidence: string[];
  /** From 0 to 1. */
  confidence: number;
  found?: Found;
  sources: AnswerSource[];
  /** Who can speak for it. */
  owners: string[];
  /** Present where nothing is answered. */
  blank?: { code: BlankCode; says: string };
  /** What a person who judges the answer should know. */
  notes: string[];
}
