import type { AnswerWord, OwnerWord } from './questionnaire.ts';
import { folded } from './wording.ts';

/**
 * The words by which forms title their columns and answer their questions, in English, German, French, Spanish, Italian, Portuguese and
 * Dutch. All are compared folded: lower case, without accents.
 */

/** What a title says its column is for. `internal` and `guidance` are for others to fill, or for reading. */
export type TitleRole =
  | 'id'
  | 'question'
  | 'answer'
  | 'comment'
  | 'evidence'
  | 'ownership'
  | 'provider'
  | 'customer'
  | 'section'
  | 'internal'
  | 'guidance';

/** Answers as forms print them, by what they say. */
const ANSWERS: Record<AnswerWord, string[]> = {
  yes: [
    'yes',
    'y',
    'true',
    'implemented',
    'fully implemented',
    'compliant',
    'fully compliant',
    'complies',
    'comply',
    'in place',
    'full',
    'fully',
    'met',
    'pass',
    'fulfilled',
    'satisfied',
    'done',
    'complete',
    'completed',
    'ja',
    'erfullt',
    'vollstandig',
    'vollstandig erfullt',
    'umgesetzt',
    'vollstandig umgesetzt',
    'oui',
    'conforme',
    'si',
    'cumple',
    'implementado',
    'sim',
    'voldoet',
    'volledig',
    'vrai',
    'verdadero',
    'conform',
  ],
  no: [
    'no',
    'n',
    'false',
    'not implemented',
    'non-compliant',
    'non compliant',
    'not compliant',
    'noncompliant',
    'not in place',
    'none',
    'not met',
    'fail',
    'not fulfilled',
    'open',
    'nein',
    'nicht erfullt',
    'nicht umgesetzt',
    'non',
    'non conforme',
    'no cumple',
    'no implementado',
    'nao',
    'nee',
    'voldoet niet',
    'does not comply',
    'faux',
    'falso',
  ],
  partial: [
    'partial',
    'partially',
    'partly',
    'in part',
    'p',
    'partially implemented',
    'partially compliant',
    'partial compliance',
    'partially in place',
    'partially met',
    'some',
    'teilweise',
    'teilweise erfullt',
    'teilweise umgesetzt',
    'teils',
    'partiel',
    'partiellement',
    'en partie',
    'partiellement conforme',
    'parcial',
    'parcialmente',
    'parziale',
    'parzialmente',
    'gedeeltelijk',
    'deels',
  ],
  planned: [
    'planned',
    'in progress',
    'in planning',
    'planned for implementation',
    'roadmap',
    'geplant',
    'in umsetzung',
    'prevu',
    'planifie',
    'en cours',
    'planificado',
    'previsto',
    'planejado',
    'gepland',
    'pianificato',
    'implementation in progress',
  ],
  alternative: [
    'alternative',
    'alternative implementation',
    'alternate implementation',
    'compensating control',
    'in place with ccw',
    'yes with ccw',
    'in place with compensating control',
    'kompensiert',
    'compensating',
  ],
  'not-applicable': [
    'n/a',
    'na',
    'n.a.',
    'n.a',
    'not applicable',
    'does not apply',
    'not required',
    'entfallt',
    'nicht zutreffend',
    'nicht anwendbar',
    'trifft nicht zu',
    'entf.',
    'sans objet',
    'non applicable',
    's/o',
    's.o.',
    'no aplica',
    'n/d',
    'nao aplicavel',
    'non applicabile',
    'niet van toepassing',
    'nvt',
    'n.v.t.',
    'n.v.t',
  ],
};

const ANSWER_BY_TEXT = new Map(
  Object.entries(ANSWERS).flatMap(([word, texts]) => texts.map((text): [string, AnswerWord] => [text, word as AnswerWord])),
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

type Title = readonly [TitleRole, number, RegExp];

/** Patterns over a folded title, the weight with which they speak, and for which role. The strongest speaks. */
const TITLES: readonly Title[] = [
  // What others fill or judge comes first: "Assessor comments" is no place for a comment.
  [
    'internal',
    7,
    /\b(?:assessor|auditor|reviewer|analyst|evaluator|internal use|office use|(?:bank|customer|client|buyer|company|intern\w*) (?:use )?only|use only|for .{1,30} use)\b/,
  ],
  [
    'internal',
    7,
    /\b(?:follow[- ]?up|reviewed by|approved by|answered by|completed by|last (?:updated|modified|review)|assigned to|due date|target date|review (?:status|comments?|notes?)|intern(?:e|er)? (?:bewertung|bemerkung|vermerk)|prufer|bewertung durch)\b/,
  ],
  [
    'internal',
    4,
    /\b(?:scor(?:e|es|ing)|weight(?:ing|age|s)?|points|punkte|gewichtung|note max|puntuacion|peso|risk rating|rating|risk|risks|likelihood|probability|impact|severity|criticality|priority|prioritat|kritikalitat|priorite|criticite|prioridad|criticidad|prioriteit|milestone|moscow|importance|wichtigkeit|schutzbedarf|bewertung|evaluation|beurteilung|effort|cost|deadline|threat|vulnerabilit(?:y|ies)|mitigation|mitigate|recommendation|overrides?)\b/,
  ],
  [
    'internal',
    3,
    /^(?:owner|author|assignee|date|datum|version|level|type|typ|max|target(?: .*)?|ziel.*|required\??|mandatory|pflicht|guid|gap|finding|remediation|tier|in scope)$/,
  ],
  [
    'guidance',
    6,
    /\b(?:guid(?:ance|eline|elines)|instructions?|how to answer|help|hints?|examples?|beispiele?|hinweis(?:e)?|hilfe|ausfullhilfe|exemples?|aide|ayuda|ejemplos?|voorbeeld|uitleg|more info|training|informative|testing procedures?|test procedure|expected (?:evidence|response|answer|result)|good practice|rationale for|why (?:we|this)|reason for question|purpose)\b/,
  ],
  [
    'guidance',
    4,
    /\b(?:mappings?|mapped|relevance|crosswalk|cross-reference|iso|iso\/iec|nist|pci|hipaa|gdpr|dsgvo|rgpd|soc ?2|cobit|cis|itil|hitrust|fedramp|ccm|standards?|framework|norm|normbezug|regulation|legal basis|rechtsgrundlage|articles?|source|quelle|graph query)\b/,
  ],
  [
    'ownership',
    4,
    /\b(?:ownership|control owner(?:ship)?|responsib(?:le party|ility|ilities)|responsible|origination|inherited|verantwortlich(?:keit|er)?|zustandig(?:keit)?|responsabilite|responsable|responsabilidad|verantwoordelijk(?:heid)?)\b/,
  ],
  [
    'customer',
    5,
    /\b(?:csc|customer|client|tenant|user|kunden?|agency) (?:\w+ )?(?:responsibilit(?:y|ies)|duties|obligations)\b|\bcomplementary user\b/,
  ],
  [
    'provider',
    5,
    /\b(?:csp|provider|vendor|supplier) (?:implementation|control) (?:description|details?)\b|^implementation (?:description|details?|statement|narrative)\b|\bhow (?:is|are) (?:it|this|the .{3,20}) (?:implemented|met)\b/,
  ],
  [
    'evidence',
    5,
    /\b(?:evidence|proof|attachments?|attached|supporting doc(?:ument)?(?:s|ation)?|document(?:s|ation)? ref(?:erence)?s?|documentation|artifacts?|nachweise?|belege?|anlagen?|dokumentation|preuves?|pieces? jointes?|justificatifs?|evidencias?|anexos?|bewijs(?:stuk(?:ken)?)?|bijlagen?|documenti|prove|link to|links?|url)\b/,
  ],
  [
    'comment',
    5,
    /\b(?:comments?|notes?|remarks?|explanations?|explain|additional info(?:rmation)?|additional details?|further info(?:rmation)?|details?|justif(?:y|ication)|clarif(?:y|ications?)|elaborate|description of (?:the )?(?:implementation|measure|answer)|describe|narrative|anmerkung(?:en)?|bemerkung(?:en)?|kommentare?|erlauterung(?:en)?|begrundung(?:en)?|beschreibung der umsetzung|erklarung|zusatzinformation(?:en)?|commentaires?|remarques?|precisions?|explications?|observaciones|comentarios?|aclaraciones|justificacion|observacoes|toelichting|opmerking(?:en)?|commenti|osservazioni|spiegazion[ei])\b/,
  ],
  [
    'answer',
    5,
    /\b(?:answers?|respon[sc]es?|repl(?:y|ies)|antwort(?:en)?|reponses?|respuestas?|respostas?|antwoord(?:en)?|rispost[ae]|ruckmeldung)\b/,
  ],
  [
    'answer',
    4,
    /\b(?:yes ?\/ ?no|y ?\/ ?n|ja ?\/ ?nein|oui ?\/ ?non|si ?\/ ?no|ja ?\/ ?nee|sim ?\/ ?nao|complian(?:ce|t)(?: status)?|compl(?:y|ies)|conformity|conformance|status|implemented|implementation status|in place|fulfil(?:led|ment)|meets? (?:the )?requirements?|met|current (?:maturity|state|status|tier|level|score|profile)|self[- ]assess(?:ment|ed)|umgesetzt|umsetzung(?:sstatus|sgrad)?|erfullt|erfullung(?:sgrad)?|zutreffend|conforme|conformite|statut|etat|cumple|cumplimiento|estado|voldoet|stato|conformita|tick (?:one|box)|check (?:one|box)|mark (?:with )?x?|selection|auswahl|vendor input|supplier input|your input|eingabe|angaben?)\b/,
  ],
  [
    'answer',
    2,
    /\b(?:applicab(?:le|ility)|anwendbar|maturity|reifegrad|maturite|madurez|value|wert|input|result|ergebnis|resultat)\b/,
  ],
  [
    'id',
    5,
    /^(?:#|no\.?|nr\.?|n°|nº|num\.?|nummer|number|numero|id|ids|ref\.?|reference|referenz|code|codigo|cod\.?|key|item|pos\.?|s\.? ?no\.?|sl\.? ?no\.?|sr\.? ?no\.?|lfd\.? ?nr\.?|q\.?|q ?#|q ?no\.?|clause|klausel|index|sctn|unique id|identifier)$/,
  ],
  [
    'id',
    5,
    /\b(?:(?:question|ques|control|req(?:uirement)?|item|criteri(?:a|on)|ref(?:erence)?|frage(?:n)?|kontroll|anforderungs|vraag|domain|subcategory|unique)[. -]*(?:id|ids|no|nr|nos|num|number|#|code|ref|reference|identifier|nummer))\b\.?/,
  ],
  [
    'section',
    3,
    /\b(?:domains?|categor(?:y|ies)|sub-?categor(?:y|ies)|sections?|areas?|topics?|themes?|famil(?:y|ies)|chapters?|function|kategorie|bereich|thema|themen|themengebiet|kapitel|abschnitt|domaines?|categorie|rubrique|chapitre|categoria|tema|seccion|apartado|onderwerp|rubriek|hoofdstuk|ambito|group|subject|pillar)\b/,
  ],
  [
    'question',
    5,
    /\b(?:questions?|frage(?:n|stellung)?|pruffragen?|preguntas?|perguntas?|vra(?:ag|gen)|domand[ae]|inquiry|questions?\/requests?)\b/,
  ],
  [
    'question',
    4,
    /\b(?:requirements?|anforderung(?:en)?|exigences?|requisitos?|eis|eisen|requisit[oi]|checklist items?|control (?:statement|specification|description|requirement|text|objective|question)|criteri(?:a|on)|kriteri(?:um|en)|criteres?|prufpunkt|subcategory|requirement description|request)\b/,
  ],
  [
    'question',
    2,
    /\b(?:controls?|measures?|massnahmen?|mesures?|medidas?|maatregel(?:en)?|descriptions?|beschreibung|item|statement|topic|text|safeguards?|practice|objective|information requested)\b/,
  ],
];

/** A title's own name: what stands before a separator or a preposition, since "Explanation of your answer" is an explanation. */
const NAME =
  /^.*?(?=\s*[/,;&(:|]| (?:and|or|of|for|on|to|if|with|und|oder|zu[mr]?|fur|et|ou|de|du|des|pour|y|o|para|en|van|voor)\b|$)/;

/** What a title says its column is for, and how strongly; nothing where it says nothing. */
export function titleRole(title: string): { role: TitleRole; weight: number } | undefined {
  // Titles come with instructions below them.
  const lines = title.split('\n').map(folded);
  const first = lines.find((line) => line.length > 1) ?? '';
  return spoken(NAME.exec(first)?.[0] ?? '') ?? spoken(first.slice(0, 100)) ?? spoken(lines.join(' ').slice(0, 100));
}

/** The role with the greatest weight; of equals the one named last, since "Compliance comments" are comments. */
function spoken(text: string): { role: TitleRole; weight: number } | undefined {
  let best: { role: TitleRole; weight: number; end: number } | undefined;
  for (const [role, weight, words] of TITLES) {
    const found = words.exec(text);
    if (!found) continue;
    const end = found.index + found[0].length;
    if (!best || weight > best.weight || (weight === best.weight && end > best.end)) best = { role, weight, end };
  }
  return best && { role: best.role, weight: best.weight };
}
