import type { Question } from '../questionnaire/questionnaire.ts';
import type { Knowledge } from './knowledge.ts';
import { type Asked, plainId } from './scheme.ts';

/** What a question asks by its id, under the scheme of its form; undefined where nobody has said. */
export function askedById(
  id: string,
  schemeId: string,
  { sheet }: Pick<Question, 'sheet'>,
  knowledge: Knowledge,
): Asked | undefined {
  if (schemeId === NIST) return byNist(id, knowledge);
  const scheme = knowledge.schemes.find((candidate) => candidate.id === schemeId);
  // Where ids start anew on each sheet, the sheet's number stands before them.
  if (scheme) return scheme.questions.get(plainId(id)) ?? scheme.questions.get(`${/\d+/.exec(sheet)?.[0]}.${plainId(id)}`);
  // A scheme may be a framework: then ids are those of its requirements.
  if (!knowledge.matrix.frameworks.some((framework) => framework.id === schemeId)) return undefined;
  return { sense: 'met', controls: [], requirements: [`${schemeId}:${id}`], says: [], exact: false, inverse: false };
}

/** The scheme of NIST SP 800-53, which FedRAMP asks by. */
export const NIST = 'nist-800-53';

/**
 * What a control of NIST SP 800-53 asks, such as `AC-2(3)(d)`. A lettered part is answered as itself, else as its control; an enhancement is
 * never answered as its base, of which it asks more. What no scheme answers shows the controls of ours that are anchored there.
 */
function byNist(id: string, { schemes, matrix }: Knowledge): Asked | undefined {
  const match = /^([A-Z]{2})-0*(\d+)(?:\(0*(\d+)\))?(.*)$/i.exec(id.replace(/\s/g, ''));
  if (!match) return undefined;
  const [, family = '', number = '', enhancement, rest = ''] = match;
  const control = `${family}-${number}${enhancement ? `(${enhancement})` : ''}`.toUpperCase();
  const questions = schemes.find((candidate) => candidate.id === NIST)?.questions;
  const part = /^\([a-z]+\)/i.exec(rest)?.[0] ?? '';
  const asked = questions?.get(plainId(control + part)) ?? questions?.get(control);
  if (asked) return asked;
  const anchored = matrix.controls.filter((one) => one.anchors['nist-800-53'].includes(control));
  return { sense: 'near', controls: anchored.map((one) => one.id), requirements: [], says: [], exact: false, inverse: false };
}
