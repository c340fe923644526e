import type { Question } from './questionnaire.ts';

/** Ids which customers copy into forms of their own, and the scheme they come from. `telling` ones stand in no other scheme. */
const SCHEMES: { scheme: string; title: string; ids: RegExp; telling: RegExp }[] = [
  {
    scheme: 'caiq-4',
    title: 'CAIQ 4',
    ids: /^(?:A&A|AIS|BCR|CCC|CEK|DCS|DSP|GRC|HRS|IAM|IPY|IVS|LOG|SEF|STA|TVM|UEM)-\d{2}\.\d{1,2}$/,
    telling: /^(?:A&A|CEK|DSP|GRC|LOG|UEM)-/,
  },
  {
    scheme: 'caiq-3',
    title: 'CAIQ 3',
    ids: /^(?:AIS|AAC|BCR|CCC|DSI|DCS|EKM|GRM|HRS|IAM|IVS|IPY|MOS|SEF|STA|TVM)-\d{2}\.\d{1,2}$/,
    telling: /^(?:AAC|DSI|EKM|GRM|MOS)-/,
  },
  {
    scheme: 'hecvat-4',
    title: 'HECVAT 4',
    ids: /^(?:COMP|REQU|DOCU|ITAC|THRD|CONS|APPL|AAAI|CHNG|DATA|DCTR|FIDP|PPPR|HFIH|VULN|HIPA|PCID|OPEM|PRGN|PCOM|PDOC|PTHP|PCHG|PDAT|PRPO|INTL|DRPV|DPAI|AI[A-Z]{2})-\d{2}$/,
    telling: /^(?:REQU|PRGN|PCOM|PRPO|DRPV|DPAI|AI[A-Z]{2})-/,
  },
  {
    scheme: 'nist-800-53',
    title: 'NIST SP 800-53',
    ids: /^(?:AC|AT|AU|CA|CM|CP|IA|IR|MA|MP|PE|PL|PM|PS|PT|RA|SA|SC|SI|SR)-\d{1,2}(?: ?\([0-9a-z]{1,2}\))*$/,
    telling: /-/,
  },
];

/** A scheme by its id, and as people call it. */
export interface LikelyScheme {
  scheme: string;
  title: string;
}

/** Fewer questions may carry such ids by chance. */
const FEWEST = 5;

/** The scheme whose ids nearly all questions carry, for a person to confirm: alike ids may mean other things. */
export function likelyScheme(questions: readonly Question[]): LikelyScheme | undefined {
  const ids = questions.flatMap(({ id }) => id ?? []);
  if (ids.length < FEWEST) return undefined;
  return SCHEMES.find(
    (scheme) => ids.filter((id) => scheme.ids.test(id)).length >= ids.length * 0.9 && ids.some((id) => scheme.telling.test(id)),
  );
}
