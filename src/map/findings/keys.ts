import type { Statement } from '../../model/system.ts';

/** The parts of which ids of findings are made. They name things, never their positions, so that re-ordering changes none. */

/** Words of the user as part of an id: letters and digits of any script, with dashes between. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

/** What a statement is about, as part of an id: the control or requirement, and its services in alphabetical order. */
export function statementKey(statement: Statement): string {
  return [statement.control ?? statement.requirement, ...[...statement.services].sort()].join('/');
}
