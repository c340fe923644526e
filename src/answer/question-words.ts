// What counts as a word when questions are compared: different words for the same thing become one, and what carries no sense is left out.

/** Words that say nothing about what is asked. */
const EMPTY = new Set(
  `a an the and or of to in on at for from by with as is are be been being was were do does did has have had having it its this that these those there their they
  them you your yours we our us i any all each every both such so than then if when where which who whose what how also only e g i.e eg ie etc other into via per
  organization organisation company companies firm entity vendor provider csp respondent institution supplier's solution product place currently ensure ensured ensures
  properly appropriate appropriately adequate adequately sufficient relevant applicable necessary reasonable effective effectively formal formally established establish
  maintain maintained maintains maintaining implemented implement implements implementation implementing existing exist exists defined define documented document
  performed perform performs conduct conducted conducts carried out use used uses using utilize utilized employ employed deploy deployed provide provided adopted follow followed
  process processes program programme programs procedure procedures practice practices measures measure mechanism mechanisms controls control place operate operated make
  made take taken support supported supports help within shall must should please describe explain outline while required require requires enforced enforce enforces mandatory across during basis run runs keep keeps kept according accordance thereafter including include includes carry carries once written writing ever done receive receives attend attends undergo periodically periodic regularly regular routinely get gets getting give gives given yourself yourselves between against about over under through throughout upon`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Different words for the same thing, each to one word. Applied to lower-case text, the longer first. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/\b(?:after|from) (?:that|then on)\b|\bat least\b|\bsuch as\b/g, ' '],
  // Whoever asks for a plan that is tested asks for both.
  [
    /^(?:do you (?:have|maintain|operate)|is there|are there)\b(?=.{0,100}?\bplans?\b.{0,60}?(?:\b(?:that|which|and)\b|,).{0,60}?\b(?:tested|exercised|rehearsed)\b)/,
    ' plannedandtested ',
  ],
  // An article that stands for its subject, and beside it says nothing more.
  [/\b(?:art(?:icle)?\.? ?30)(?: (?:of the )?(?:eu )?gdpr)?\b|\bropa\b/g, ' processingrecord '],
  [/\b(?:art(?:icle)?\.? ?35)(?: (?:of the )?(?:eu )?gdpr)?\b/g, ' dpia '],
  [/\b(?:records?|register) of (?:data )?processing(?: activit(?:y|ies))?\b/g, ' processingrecord '],
  [/\bdata ?cent(?:re|er)s?\b/g, ' datacenter '],
  [/\b(?:go(?:es)?|going|went) (?:live|into (?:production|operation|service))\b/g, ' golive '],
  [/\b(?:cvv2?|cvc2?|card verification) ?(?:codes?|values?|numbers?)?\b/g, ' sensitive authentication data '],
  [
    /\breview(?:s|ed|ing)? (?:of )?(?:all )?(?:user |privileged )?(?:access(?: rights)?|permissions|accounts|privileges|entitlements)\b(?! (?:logs?|records?|control))/g,
    ' accessreview ',
  ],
  // Whether others are used, and whether that is kept in hand.
  [/\bcontrol(?:s|led|ling)?(?: the| your| of| over| use)* sub-?processors?\b/g, ' subprocessorcontrol '],
  [/\bprotected health information\b|\be?phi\b/g, ' phi '],
  [/\bprior to\b/g, ' before '],
  [/\bbefore (?:(?:being|they are|it is) )?(?:release|released|deployment|deployed)\b/g, ' beforerelease '],
  [
    /\b(?:at|on|upon) (?:hire|hiring|joining|onboarding)\b|\b(?:when|once) (?:they|employees|staff) (?:are hired|join|start)\b|\bnew (?:hires|joiners)\b/g,
    ' hire ',
  ],
  [/\b(?:exercised|rehearsed)\b/g, ' tested '],
  [/\bcontractors?\b/g, ' externalstaff '],
  [/\basset management\b/g, ' assetinventory '],
  [/(?<!single )\b(?:log-?(?:ins?|ons?)|sign-?ins?)\b|\b(?:log|sign) in\b/g, ' signin '],
  [/\bback(?:ed|s|ing)?[- ]ups?\b|\bbackup copies\b|\bcopies of (?:the |our |your )?data\b/g, ' backup '],
  [/\b(?:off-?site)\b/g, ' offsite '],
  [/\b(?:server|computer|machine) rooms?\b/g, ' datacenter '],
  [/\bvpn\b/g, ' remote access '],
  [
    /\b(?:placed?|placing|put|putting|deploy(?:ed|ing)?|moved|moving) (?:[a-z]+ ){0,5}?in(?:to)? (?:production|service|operation)\b/g,
    ' golive ',
  ],
  [
    /\b(?:when|once|after) (?:the |our |your )?(?:contract|agreement|service) (?:ends?|terminates?|expires?|has ended)\b|\b(?:at|upon|on|after) (?:the )?(?:end|termination|expiry|expiration) of (?:the |our |your )?(?:contracts?|agreements?|services?)\b/g,
    ' contractend ',
  ],
  [/\brequests (?:of|from|by) data subjects\b/g, ' dsr '],
  [/\b(?:sent|send|transferred|travels?) (?:over|across|through|via)\b/g, ' intransit '],
  [/\bvett(?:ed|ing)\b|\bpre-?employment screening\b/g, ' backgroundcheck '],
  [/\bsupervised\b/g, ' monitored '],
  [/\baccompan(?:y|ied)\b/g, ' escorted '],
  [/\badmin(?:istrative|istrators?|s)? (?:access|accounts?|log-?ins?|sign-?ins?|users)\b/g, ' administrators '],
  [/\b(?:wiped?|erased?|overwritten|sanitised)\b/g, ' sanitized '],
  [/\b(?:storage|data) (?:media|devices?)\b|\bhard (?:drives?|disks?)\b|\bdisks?\b/g, ' media '],
  [/\b(?:retired?|discarded|decommissioned|taken out of (?:service|use))\b/g, ' disposal '],
  [
    /\b(?:third countr(?:y|ies)|outside (?:of )?(?:the )?(?:eu ?(?:\/|or|and) ?(?:the )?eea|european union ?(?:\/|or) ?(?:the )?european economic area|european economic area|eea|gdpr area))\b/g,
    ' thirdcountry ',
  ],
  // Customers' data are the data that everybody means; customers themselves are a subject of their own.
  [/\b(?:customers?|clients?|tenants?)(?:'s|'|’s|’)? (?:data|information)\b/g, ' data '],
  [/\b(?:clients|tenants?)\b/g, ' customers '],
  [/\benvironmental\b/g, ' surroundings '],
  [/\b(?:senior|executive|top|upper) (?:management|leadership)\b/g, ' management '],
  [/\bscoped\b/g, ' data '],
  [
    /\b(?:multi[- ]?factor|two[- ]?factor|2[- ]?factor|strong) authenticat(?:ion|ed?)\b|\b(?:multi|two|2)[- ]?factor (?:signin|verification)\b|\b(?:mfa|2fa)\b|\btwo[- ]step verification\b/g,
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
  [/\b(?:access|user) (?:rights|permissions|privileges)\b|\bentitlements\b/g, ' access '],
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

/** The words of a lower-case text that carry its sense, in one form each. */
export function wordsOf(text: string): Set<string> {
  let plain = text;
  // A later pattern may span what an earlier one has put in: words stay one space apart.
  for (const [pattern, word] of SAME) plain = plain.replace(pattern, word).replace(/ {2,}/g, ' ');
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
    .replace(/(?<=[a-z]{4})(?:ely|al|ly|e|y|or|er)$/, '');
  return bare.replace(/([bdglmnprt])\1$/, '$1');
}

/** Words that mostly name where something holds, not what: they weigh little. */
export const BROAD: ReadonlySet<string> = new Set(
  `data information system environment service network application server infrastructure cloud user account employee person access production client
  sensitive confidential internal corporate asset technology device component resource security secure`
    .split(/\s+/)
    .map(stem),
);
