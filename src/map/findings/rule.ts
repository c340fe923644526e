import type { Finding, Severity } from '../../model/matrix.ts';
import type { Scene } from './scene.ts';

/** What a rule finds, before it gets the rule's name and a stable id. `key` tells findings of one rule apart. */
export type Found = Omit<Finding, 'id' | 'rule' | 'severity' | 'remedy' | 'suppressed'> & {
  key: string;
  severity?: Severity;
  remedy?: string;
};

/** A rule: one kind of hole in a matrix. */
export interface Rule {
  id: string;
  title: string;
  severity: Severity;
  /** The page of the rule: what is wrong, why it matters to an assessor, and what exactly counts. */
  help: string;
  /** How it is put right. */
  remedy: string;
  /** `before`: ids of what the rules before it have found. */
  find(scene: Scene, before: ReadonlySet<string>): Found[];
}
