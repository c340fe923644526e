import { leadingId } from '../questionnaire/ids.ts';
import { wordsOf } from './question-words.ts';
import type { Window } from './scheme.ts';

/**
 * A question's text as far as a machine may understand it: what kind of answer it wants, and the words that carry its sense. It is
 * read narrowly. What asks for a promise, a number, a person or a reason is not answered from controls.
 */
export interface Asking {
  /** `polar`: yes or no; `describe`: in words how something is done; `other`: nothing that statements can say. */
  form: 'polar' | 'describe' | 'other';
  /** True where it asks for policies or procedures on its topic, and where it asks whether they are reviewed. */
  policy: boolean;
  review: boolean;
  /** True where it asks how something is governed, not whether it is so. */
  governs: boolean;
  /** How often it wants something done. */
  within?: Window;
  /** The words that carry its sense, in one form each. */
  words: Set<string>;
  /** What it demands beyond its subject: numbers, "daily", "automatically" and the like; and its denials. */
  demands: Set<string>;
  denials: string;
}

/** Reads a question. */
export function readQuestion(text: string): Asking {
  const line = text.normalize('NFKC').replace(/[’‘]/g, "'").replace(/\s+/g, ' ').trim();
  const numbered = leadingId(line)?.rest;
  // "S3 buckets …" begins with a name.
  const whole = (numbered !== undefined && /^["'(\p{Lu}]/u.test(numbered) ? numbered : line)
    .replace(/^["'\s]*(?:[A-Z&]{1,5}[-. ]?)?\d*(?:[.-]?[0-9a-z])*(?:\.\d+)+\s*[-–:)]*\s*/, '')
    .replace(/^\((?:SaaS|IaaS|PaaS)[^)]*\)\s*/i, '')
    // At the head of a question the supplier is whoever answers it; elsewhere it may be somebody else.
    .replace(/^((?:does|do|has|is|did)\s+)?(?:the|your)\s+(?:supplier|vendor|contractor|service provider|company)\b/i, '$1you')
    .trim();
  const asked = questionIn(whole).toLowerCase();
  let rest = asked
    .replace(/\b(?:forbidden|banned|disallowed|not (?:allowed|permitted))\b/g, 'prohibited')
    .replace(/\b(?:every|each|once (?:a|per)) day\b/g, 'daily')
    .replace(/\baround the clock\b|\b24 ?\/ ?7\b|\b24 hours a day\b/g, '24x7');
  const take = (pattern: RegExp): boolean => {
    const found = pattern.test(rest);
    if (found) rest = rest.replace(pattern, ' ');
    return found;
  };
  const review = /\b(?:polic(?:y|ies)|procedures?|standards?|documentation)\b/.test(rest) && take(REVIEWED);
  let within: Window | undefined;
  for (const [window, pattern] of FREQUENCIES) if (take(pattern)) within ??= window;
  const policy = take(POLICY_FORMULA) || review;
  const words = wordsOf(rest);
  return {
    form: formOf(asked),
    policy,
    review,
    governs: policy || GOVERNED.test(asked),
    ...(within && !review ? { within } : {}),
    words: policy ? without(words, POLICY_WORDS) : words,
    demands: new Set([...[...words].filter((word) => /^\d/.test(word)), ...(rest.match(DEMANDS) ?? [])]),
    denials: (rest.match(DENIALS) ?? []).sort().join(' '),
  };
}

/** How a question begins that wants a yes or a no. */
const POLAR = /^(?:is|are|do|does|has|have|did|was|were)\b/i;

/**
 * The question in a text, as one line. A second one that wants a yes or a no counts too: one word answers both. Anything else behind a question
 * mark tells how to fill the form ("If yes, describe …").
 */
function questionIn(whole: string): string {
  const end = whole.indexOf('?');
  if (end <= 0) return whole;
  const more = whole
    .slice(end + 1)
    .split(/(?<=[?.!])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.endsWith('?') && POLAR.test(sentence));
  return [whole.slice(0, end), ...more.map((sentence) => sentence.slice(0, -1))].join(' and ');
}

/** Where a question goes on to another one, with a verb of its own. */
const NEXT = /(?:\?\s*|,?\s+and\s+)(?=(?:is|are|do|does|has|have|did|was|were)\s+\p{L})/iu;
/** What such a part does not say itself but points to in the part before. */
const POINTS_INTO = /\b(?:it|its|they|them|their|this|that|these|those|one|ones|such|same|so|also)\b/i;

/** The questions that a text asks one after the other, each understood by itself; none where it asks one alone, or one leans on another. */
export function questionsWithin(text: string): string[] {
  const line = text.normalize('NFKC').replace(/\s+/g, ' ').trim();
  if (!POLAR.test(line)) return [];
  const parts = line
    .split(NEXT)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const [, ...later] = parts;
  return later.length === 0 || later.some((part) => POINTS_INTO.test(part)) ? [] : parts;
}

const GOVERNED =
  /\b(?:documented|defined|established|maintain\w*|enforced?|implement\w*|adequate\w*|appropriate\w*|effective\w*|sufficient\w*|properly|procedures?|mechanisms?|measures?|control\w*|practices?|programs?|according|accordance)\b/;

/** Words that make more of a question than its subject. */
const DEMANDS =
  /\b(?:daily|weekly|hourly|nightly|immediately|instantly|real[- ]time|continuous(?:ly)?|automatic(?:ally)?|automated|independent(?:ly)?|certified|accredited|24 ?[x×/] ?7)\b/g;

const DENIALS = /\b(?:not|no|never|without|except|unless|prohibit\w*)\b|n't\b/g;

/** What every policy is asked to be says nothing about which one is meant. */
const POLICY_WORDS = new Set(['approv', 'manag', 'communicat', 'publish', 'employee', 'own', 'review', 'updat', 'enforc']);

function without(words: Set<string>, left: ReadonlySet<string>): Set<string> {
  const kept = [...words].filter((word) => !left.has(word));
  return new Set(kept.length > 0 ? kept : words);
}

const REVIEWED =
  /\b(?:(?:periodically |regularly )?review(?:ed|s)?(?: and | & |\/)?(?:updated?|approved|revised)?)(?: on)?(?: an| a)?(?: at least)?(?: an)? ?(?:annual(?:ly)?|yearly|every year|once (?:a|per) year|(?:every )?(?:12|twelve) months)(?: basis)?/;

const FREQUENCIES: readonly (readonly [Window, RegExp])[] = [
  ['monthly', /\b(?:at least )?(?:monthly|every month|once (?:a|per) month)(?: or more often)?\b/],
  ['quarterly', /\b(?:at least )?(?:quarterly|every quarter|every (?:3|three) months)\b/],
  ['six-monthly', /\b(?:at least )?(?:semi-?annually|biannually|every (?:6|six) months|twice a year)\b/],
  [
    'annual',
    /\b(?:on )?(?:at least )?(?:an )?(?:annual(?:ly)?(?: basis)?|yearly|every year|each year|once (?:a|per) year|every (?:12|twelve) months|(?:(?:with)?in|during|over) the (?:last|past) (?:year|(?:12|twelve) months))\b/,
  ],
];

const POLICY_FORMULA =
  /\b(?:(?:formal|documented|written|approved)(?:,? and)? )*(?:polic(?:y|ies)(?:(?:,|,? and|,? or|\/|\/or| and\/or) ?(?:procedures?|standards?|processes|practices))*|procedures? and polic(?:y|ies)|standard operating procedures?)\b(?:(?:,| that| which)? (?:has|have) been (?:documented|approved)[^?]*|(?: established| documented| approved| communicated| in place| maintained| applied| evaluated| implemented| enforced|,| and)*)?/;

/** A noun that points back to the question before: by itself nobody can tell what "the program" is. */
const POINTS_BACK =
  /(?<!\b(?:end|termination|expiry|expiration|term|duration) of )(?<!\b(?:when|once|after) (?=the (?:contracts?|agreements?)\b))\b(?:the|this|these|those|such|said) (?:programs?|programmes?|process(?:es)?|plans?|polic(?:y|ies)|procedures?|solutions?|teams?|reviews?|assessments?|tests?|training|agreements?|contracts?|inventory|requirements?|controls?|standards?|scans?)(?! (?:for|of|to|that|which|on)\b)|\b(?:above|previous question|listed below)\b/;

/** What has befallen an organization no control says, whatever it says of what is done then. */
const HAPPENED =
  /^(?:have|has) (?:you|there|your \w+)(?: ever| recently| already)? (?:had|been any|been an?|experienced|suffered|encountered)\b(?!.*\b(?:pen(?:etration)?[- ]?tests?|tests?|audits?|assessments?|reviews?|exercises?|scans?|training)\b)|^(?:were|was) there\b/;

/** The kind of answer that a question wants, by how it begins. */
function formOf(asked: string): Asking['form'] {
  if (POINTS_BACK.test(asked)) return 'other';
  const start = asked.replace(/^(?:(?:if|for|where|when|in|at|to|on|with|within|regarding|concerning)\b[^,]*,\s*)+/, '').trim();
  if (/\b(?:if (?:so|yes|no|not)|how (?:many|much|long|often|old|frequently|quickly|soon|large))\b/.test(start)) {
    if (/^how\b/.test(start)) return 'other';
  }
  if (
    /^(?:will|would|can|could|may|might|shall|should|are you (?:willing|able|prepared|planning)|do you (?:plan|intend|agree|expect|wish))\b/.test(
      start,
    )
  )
    return 'other';
  if (/^(?:please )?(?:describe|explain|outline|summari[sz]e|detail)\b/.test(start)) return 'describe';
  if (/^how (?:do|does|is|are) (?:you|your|the|data|it|they)\b/.test(start)) return 'describe';
  if (HAPPENED.test(start)) return 'other';
  if (POLAR.test(start)) return 'polar';
  if (
    /^(?:what|which|who|whom|whose|when|where|why|how|list|provide|please|name|specify|state|indicate|select|enter|attach|give|number|date|include)\b/.test(
      start,
    )
  )
    return 'other';
  // A requirement put as a statement: "Data are encrypted at rest." One or two words are a label.
  const count = start.split(' ').length;
  return count >= 4 || (count === 3 && /^\S+ (?:is|are|has|have) /.test(start)) ? 'polar' : 'other';
}
