import type { AnswerWord, OwnerWord } from './questionnaire.ts';
import { folded } from './wording.ts';

/**
 * The words in which forms are answered, in English, German, French, Spanish, Italian, Portuguese and Dutch. All are compared folded: lower
 * case, without accents.
 */

/** Answers as forms print them, by what they say, separated by ` | `. */
const ANSWERS: Record<AnswerWord, string> = {
  yes: 'yes | y | true | implemented | fully implemented | compliant | fully compliant | complies | comply | in place | full | fully | met | pass | fulfilled | satisfied | done | complete | completed | ja | erfullt | vollstandig | vollstandig erfullt | umgesetzt | vollstandig umgesetzt | oui | conforme | si | cumple | implementado | sim | voldoet | volledig | vrai | verdadero | conform',
  no: 'no | n | false | not implemented | non-compliant | non compliant | not compliant | noncompliant | not in place | none | not met | fail | not fulfilled | open | nein | nicht erfullt | nicht umgesetzt | non | non conforme | no cumple | no implementado | nao | nee | voldoet niet | does not comply | faux | falso',
  partial:
    'partial | partially | partly | in part | p | partially implemented | partially compliant | partial compliance | partially in place | partially met | some | teilweise | teilweise erfullt | teilweise umgesetzt | teils | partiel | partiellement | en partie | partiellement conforme | parcial | parcialmente | parziale | parzialmente | gedeeltelijk | deels',
  planned:
    'planned | in progress | in planning | planned for implementation | roadmap | geplant | in umsetzung | prevu | planifie | en cours | planificado | previsto | planejado | gepland | pianificato | implementation in progress',
  alternative:
    'alternative | alternative implementation | alternate implementation | compensating control | in place with ccw | yes with ccw | in place with compensating control | kompensiert | compensating',
  'not-applicable':
    'n/a | na | n.a. | n.a | not applicable | does not apply | not required | entfallt | nicht zutreffend | nicht anwendbar | trifft nicht zu | entf. | sans objet | non applicable | s/o | s.o. | no aplica | n/d | nao aplicavel | non applicabile | niet van toepassing | nvt | n.v.t. | n.v.t',
};

const ANSWER_BY_TEXT = new Map(
  Object.entries(ANSWERS).flatMap(([word, texts]) =>
    texts.split(' | ').map((text): [string, AnswerWord] => [text, word as AnswerWord]),
  ),
);

/** Further values of answer lists that say nothing by themselves. */
const OTHER_ANSWERS = new Set([
  'not verified',
  'not tested',
  'not assessed',
  'unknown',
  "i don't know",
  "don't know",
  'tbd',
  'to be determined',
  'other',
  'not started',
  'weiss nicht',
  'unbekannt',
  'inconnu',
  'desconocido',
  'onbekend',
  'compliant with exception',
  'not sure',
]);

/** What stands in cells that are still to be filled. */
const PLACEHOLDER =
  /^(?:[-–—_.…☐□▢❏❑○◯?]+|\[ ?\]|\( ?\)|<[^<>]{1,60}>|\[[^\]]{1,60}\]|tbd|tbc|(?:please |kindly )?(?:select|choose|pick|answer|enter|fill|specify|provide|click|type|insert)\b.{0,60}|(?:bitte )?(?:auswahlen|wahlen|ausfullen|eintragen)\b.{0,40}|bitte .{1,40}|(?:veuillez|a completer|a renseigner|choisir|selectionner|choisissez|selectionnez)\b.{0,50}|(?:seleccione|seleccionar|elija|elegir|indique|complete)\b.{0,40}|(?:kies|selecteer|maak een keuze|vul)\b.{0,40}|(?:selezionare|scegliere|scegli)\b.{0,40}|select\.*)$/;

/** What an answer says, where the whole text is one of the words people use. */
export function answerWord(text: string): AnswerWord | undefined {
  const word = folded(text).replace(/[.!:;,*]+$/, '');
  return ANSWER_BY_TEXT.get(word) ?? ANSWER_BY_TEXT.get(folded(text));
}

/** Who holds a duty, in the words of a list or a title; "customer" there is the reader, "provider" is who answers. */
export function ownerWord(text: string): OwnerWord | undefined {
  const word = folded(text);
  const own =
    /\b(?:csp|(?:service |cloud )?provider|vendor|supplier|we|anbieter|lieferant|fournisseur|proveedor|leverancier)\b/.test(word);
  const reader = /\b(?:csc|customers?|clients?|tenants?|consumer|agency|kunden?|auftraggeber|cliente|klant)\b/.test(word);
  const third = /\b(?:3rd|third)[- ]?part(?:y|ies)|\binherited\b|\bsub-?(?:contractor|processor|service)|\boutsourced\b/.test(
    word,
  );
  const shared = /\b(?:shared|both|joint(?:ly)?|geteilt|gemeinsam|partage|conjoint|compartid[oa]|gedeeld)\b/.test(word);
  if (answerWord(text) === 'not-applicable') return 'not-applicable';
  if (shared || (own && reader && !third)) return third ? 'own-and-providers' : 'own-and-reader';
  if (third) return 'providers';
  if (reader) return 'reader';
  return own ? 'own' : undefined;
}

/** Whether a text is an answer as lists offer it. */
export function isAnswerLike(text: string): boolean {
  return answerWord(text) !== undefined || OTHER_ANSWERS.has(folded(text));
}

/** Whether a text only holds the place of an answer: "Please select", "☐", "<name>". */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(folded(text));
}

/** Values of a scale of risk or importance: a list of these is seldom an answer. */
export function isGrade(text: string): boolean {
  return /^(?:very )?(?:low|medium|moderate|high|critical|severe|major|minor|severity|must|should|could|won't|mandatory|optional|niedrig|mittel|hoch|gering|faible|moyen|moyenne|eleve|elevee|bajo|media|medio|alto|alta|laag|gemiddeld|hoog)$/.test(
    folded(text),
  );
}
