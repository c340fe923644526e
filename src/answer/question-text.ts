import { leadingId } from '../questionnaire/ids.ts';
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
  const end = whole.indexOf('?');
  // What follows the question tells how to fill the form ("If yes, describe …").
  const asked = (end > 0 ? whole.slice(0, end) : whole).toLowerCase();
  let rest = asked;
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
    ...(within && !review ? { within } : {}),
    words: policy ? without(words, POLICY_WORDS) : words,
    demands: new Set([...[...words].filter((word) => /^\d/.test(word)), ...(rest.match(DEMANDS) ?? [])]),
    denials: (rest.match(DENIALS) ?? []).sort().join(' '),
  };
}

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
    /\b(?:on )?(?:at least )?(?:an )?(?:annual(?:ly)?(?: basis)?|yearly|every year|each year|once (?:a|per) year|every (?:12|twelve) months|(?:with)?in the (?:last|past) (?:year|(?:12|twelve) months))\b/,
  ],
];

const POLICY_FORMULA =
  /\b(?:(?:formal|documented|written|approved)(?:,? and)? )*(?:polic(?:y|ies)(?:(?:,|,? and|,? or|\/|\/or| and\/or) ?(?:procedures?|standards?|processes|practices))*|procedures? and polic(?:y|ies)|standard operating procedures?)\b(?:(?:,| that| which)? (?:has|have) been (?:documented|approved)[^?]*|(?: established| documented| approved| communicated| in place| maintained| applied| evaluated| implemented| enforced|,| and)*)?/;

/** A noun that points back to the question before: by itself nobody can tell what "the program" is. */
const POINTS_BACK =
  /(?<!\b(?:end|termination|expiry|expiration|term|duration) of )\b(?:the|this|these|those|such|said) (?:programs?|programmes?|process(?:es)?|plans?|polic(?:y|ies)|procedures?|solutions?|teams?|reviews?|assessments?|tests?|training|agreements?|contracts?|inventory|requirements?|controls?|standards?|scans?)(?! (?:for|of|to|that|which|on)\b)|\b(?:above|previous question|listed below)\b/;

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
  if (/^(?:is|are|do|does|has|have|did|was|were)\b/.test(start)) return 'polar';
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

/** Words that say nothing about what is asked. */
const EMPTY = new Set(
  `a an the and or of to in on at for from by with as is are be been being was were do does did has have had having it its this that these those there their they
  them you your yours we our us i any all each every both such so than then if when where which who whose what how also only e g i.e eg ie etc other into via per
  organization organisation company companies firm entity vendor provider csp respondent institution supplier's solution product place currently ensure ensured ensures
  properly appropriate appropriately adequate adequately sufficient relevant applicable necessary reasonable effective effectively formal formally established establish
  maintain maintained maintains maintaining implemented implement implements implementation implementing existing exist exists defined define documented document
  performed perform performs conduct conducted conducts carried out use used uses using utilize utilized employ employed deploy deployed provide provided adopted follow followed
  process processes program programme programs procedure procedures practice practices measures measure mechanism mechanisms controls control place operate operated make
  made take taken support supported supports help within shall must should please describe explain outline while required require requires enforced enforce enforces mandatory across during basis run runs keep keeps kept according accordance thereafter including include includes between against about over under through throughout upon`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Different words for the same thing, each to one word. Applied to lower-case text, the longer first. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/\benvironmental\b/g, ' surroundings '],
  [/\b(?:senior|executive|top|upper) (?:management|leadership)\b/g, ' management '],
  [/\bscoped\b/g, ' data '],
  [
    /\b(?:multi[- ]?factor|two[- ]?factor|2[- ]?factor|strong) authenticat(?:ion|ed?)\b|\b(?:mfa|2fa)\b|\btwo[- ]step verification\b/g,
    ' multifactor ',
  ],
  [
    /\b(?:anti[- ]?virus|anti[- ]?malware|malware protection|malicious (?:code|software) protection|virus protection)(?: (?:software|programs?|tools?|solutions?))?\b/g,
    ' antimalware ',
  ],
  [
    /\bintrusion (?:detection|prevention)(?:(?: and|\/| or) (?:detection|prevention))?(?: systems?)?(?: ?\((?:ids|ips|ids\/ips)\))?|\b(?:nids|nips|ids\/ips|ids|ips)\b/g,
    ' intrusiondetection ',
  ],
  [/\bpen(?:etration)?[- ]?test(?:s|ing|ed)?\b/g, ' pentest '],
  [/\bvulnerabilit(?:y|ies) (?:scans?|scanning|assessments?)|\bscann?(?:ed|ing|s)? for vulnerabilities\b/g, ' vulnscan '],
  [/\bpatch(?:es|ed|ing)? ?(?:management)?\b|\bsecurity (?:updates?|patches)\b/g, ' patch '],
  [/\bchange (?:management|control)\b/g, ' changecontrol '],
  [/\bincident (?:response|management|handling)\b/g, ' incidentresponse '],
  [/\b(?:business continuity|contingency|bcp|continuity of operations)\b(?: plan(?:s|ning)?)?/g, ' continuityplan '],
  [/\b(?:disaster recovery|drp)\b(?: plan(?:s|ning)?)?/g, ' disasterrecovery '],
  [
    /\b(?:access reviews?|reviews? of (?:user )?access(?: rights)?|user access (?:is |are )?review(?:ed|s)?|access rights? (?:is |are )?review(?:ed|s)?|recertif\w+|access certification)\b/g,
    ' accessreview ',
  ],
  [/\b(?:principles? of )?least[- ]privileged?\b(?: principle)?/g, ' leastprivilege '],
  [/\b(?:segregation|separation) of duties\b/g, ' dutyseparation '],
  [/\bneed[- ]to[- ]know\b/g, ' leastprivilege '],
  [/\b(?:at[- ]rest|stored)\b/g, ' atrest '],
  [/\b(?:in[- ]transit|in[- ]motion|in transmission|during transmission|transmitted|transmission)\b/g, ' intransit '],
  [/\bencrypt(?:ion|ed|s|ing)?\b|\bcryptographically protected\b/g, ' encrypt '],
  [/\b(?:cryptographic|encryption|encrypt) keys?\b|\bkey management\b/g, ' keymanagement '],
  [/\b(?:security )?awareness(?: and)?(?: training)?(?: program(?:me)?)?\b|\bsecurity training\b/g, ' awarenesstraining '],
  [/\bbackground (?:checks?|screenings?|verifications?|investigations?)\b|\bpersonnel screening\b/g, ' backgroundcheck '],
  [
    /\b(?:non[- ]disclosure|confidentiality)(?:\/confidentiality)? (?:agreements?|commitments?)\b|\bndas?\b/g,
    ' confidentialityagreement ',
  ],
  [/\bacceptable use\b/g, ' acceptableuse '],
  [
    /\b(?:asset|hardware and software|system) (?:inventory|inventories|register)\b|\binventory of (?:all )?(?:its |your )?(?:it )?(?:assets|systems|hardware|software)\b/g,
    ' assetinventory ',
  ],
  [/\bdata (?:loss|leak(?:age)?) prevention\b|\bdlp\b/g, ' dlp '],
  [/\bweb application firewalls?\b|\bwaf\b/g, ' waf '],
  [/\b(?:secure )?(?:software|system|systems|secure)(?:\/software)? development life ?cycle\b|\bs?sdlc\b|\bssdlc\b/g, ' sdlc '],
  [/\bcode reviews?\b|\breview(?:s|ed)? of (?:source )?code\b|\bpeer review of code\b/g, ' codereview '],
  [/\b(?:audit )?log(?:s|ging|ged)?\b|\baudit (?:trails?|records?)\b/g, ' log '],
  [/\bclean[- ]?desk\b/g, ' cleandesk '],
  [
    /\bthird[- ]part(?:y|ies)\b|\b(?:suppliers|vendors|subcontractors|service providers|sub-?service organi[sz]ations|your vendor|supply chain)\b/g,
    ' thirdparty ',
  ],
  [/\bsub-?processors?\b/g, ' subprocessor '],
  [/\b(?:data protection impact|privacy impact) assessments?\b|\bdpias?\b|\bpias?\b/g, ' dpia '],
  [/\bdata protection officer\b|\bprivacy officer\b|\bdpo\b/g, ' privacyofficer '],
  [/\bchief information security officer\b|\bciso\b|\binformation security officer\b/g, ' ciso '],
  [/\bdata subjects?(?:'s?)? (?:access )?(?:requests?|rights)\b|\bdsars?\b/g, ' dsr '],
  [/\brisk (?:assessments?|analys[ie]s)\b/g, ' riskassessment '],
  [/\bphysical access\b|\bphysical security\b/g, ' physicalaccess '],
  [/\bmobile devices?\b|\bendpoints?\b|\blaptops?\b|\bworkstations?\b|\bend[- ]user devices?\b/g, ' endpoint '],
  [/\b(?:default|vendor[- ]supplied|manufacturer) (?:passwords?|credentials?|accounts?|settings)\b/g, ' defaultcredential '],
  [/\bharden(?:ed|ing)?\b|\b(?:secure|security) (?:configuration )?baselines?\b|\bsecure configurations?\b/g, ' harden '],
  [/\bnetwork (?:segmentation|segregation|zones)\b|\bsegment(?:ed|ation)\b|\bsegregat(?:ed|ion)\b/g, ' segment '],
  [/\bunique (?:user )?(?:ids?|identifiers?|accounts?)\b|\buniquely identif\w+\b/g, ' uniqueid '],
  [/\b(?:terminat(?:ed|ion)|leavers?|offboard(?:ing|ed)?|depart(?:ing|ed|ure))\b/g, ' leaver '],
  [/\b(?:personnel|staff|employees?|workforce|constituents|workers)\b/g, ' employee '],
  [
    /\b(?:time|clocks?) (?:is |are )?synchroni[sz]\w+\b|\bntp\b|\bsynchroni[sz]ed (?:time|clocks?)\b|\bcommon time\b/g,
    ' timesync ',
  ],
  [/\bbusiness associate agreements?\b|\bbaas?\b/g, ' baa '],
  [/\bstandard contractual clauses\b|\bsccs?\b/g, ' scc '],
];

function wordsOf(text: string): Set<string> {
  let plain = text;
  for (const [pattern, word] of SAME) plain = plain.replace(pattern, word);
  const words = new Set<string>();
  for (const word of plain.match(/[\p{L}\d]+(?:[.'/-][\p{L}\d]+)*/gu) ?? []) {
    for (const piece of word.split(/[./-]/)) {
      const bare = piece.replace(/'s?$/, '');
      if (bare === '' || EMPTY.has(bare)) continue;
      words.add(stem(bare));
    }
  }
  return words;
}

/** A word without the endings that only bend it. */
function stem(word: string): string {
  if (word.length < 5 || /\d/.test(word)) return word.replace(/(?<=[a-z]{3})s$/, '');
  const bare = word
    .replace(/ies$/, 'y')
    .replace(/(?<=[a-z]{4})(?:ations?|ments?|ings?|ed|es|(?<!s)s)$/, '')
    .replace(/(?<=[a-z]{4})(?:al|ly|e|y|or|er)$/, '');
  return bare.replace(/([bdglmnprt])\1$/, '$1');
}

/** Words that mostly name where something holds, not what: they weigh little. */
export const BROAD: ReadonlySet<string> = new Set(
  `data information system environment service network application server infrastructure cloud user account employee person access production customer client tenant
  sensitive confidential internal corporate asset technology device component resource security secure`
    .split(/\s+/)
    .map(stem),
);
