import { folded } from './wording.ts';

/** What a title says its column is for. `internal` and `guidance` are for others to fill, or for reading. */
export type TitleRole =
  | 'id'
  | 'question'
  | 'answer'
  | 'comment'
  | 'evidence'
  | 'reason'
  | 'ownership'
  | 'provider'
  | 'customer'
  | 'section'
  | 'internal'
  | 'guidance';

/** Words for one role by language, separated by ` | `, as patterns over folded text: lower case, without accents. */
interface Words {
  role: TitleRole;
  /** How strongly they speak, from 2 to 7. */
  weight: number;
  /** True where the words must be the whole title. */
  whole?: boolean;
  en: string;
  de?: string;
  fr?: string;
  es?: string;
  it?: string;
  pt?: string;
  nl?: string;
}

/** The words by which forms title their columns. What others fill or judge speaks loudest: "Assessor comments" is no place for a comment. */
const TITLES: readonly Words[] = [
  {
    role: 'internal',
    weight: 7,
    en: 'assessor | auditor | reviewer | analyst | evaluator | internal use | office use | use only | for .{1,30} use | (?:bank|customer|client|buyer|company|internal) only | follow[- ]?up | reviewed by | approved by | (?:answered|completed|filled (?:in|out)) by(?! (?:the )?(?:supplier|vendor|provider|service provider|third[- ]party|contractor|respondent|applicant|bidder|you)) | last (?:updated|modified|review) | assigned to | due date | target date | review (?:status|comments?|notes?)',
    de: 'prufer | bewertung durch | intern(?:e|er)? (?:bewertung|bemerkung|vermerk) | (?:vom|durch den) (?:auftraggeber|kunden|prufer) (?:auszufullen|ausgefullt)',
  },
  {
    role: 'internal',
    weight: 4,
    en: 'scor(?:e|es|ing) | weight(?:ing|age|s)? | points | rating | risks? | likelihood | probability | impact | severity | criticality | priority | milestone | moscow | importance | evaluation | effort | cost | deadline | threats? | vulnerabilit(?:y|ies) | mitigat(?:e|ion) | recommendations? | overrides?',
    de: 'punkte | gewichtung | prioritat | kritikalitat | wichtigkeit | schutzbedarf | bewertung | beurteilung',
    fr: 'note max | priorite | criticite',
    es: 'puntuacion | peso | prioridad | criticidad',
    nl: 'prioriteit',
  },
  {
    role: 'internal',
    weight: 3,
    whole: true,
    en: 'owner | author | assignee | date | version | level | type | max | target(?: .*)? | required\\?? | mandatory | guid | gap | finding | remediation | tier | in scope',
    de: 'datum | typ | ziel.* | pflicht',
  },
  {
    role: 'guidance',
    weight: 6,
    en: 'guid(?:ance|elines?) | instructions? | how to answer | help | hints? | examples? | more info | training | informative | test(?:ing)? procedures? | expected (?:evidence|response|answer|results?) | expected testing | suggested evidence.* | good practice | rationale for | why (?:we|this) | reason for question | purpose',
    de: 'beispiele? | hinweise? | hilfe | ausfullhilfe',
    fr: 'exemples? | aide',
    es: 'ayuda | ejemplos?',
    nl: 'voorbeeld(?:en)? | uitleg',
  },
  {
    role: 'guidance',
    weight: 4,
    en: 'mappings? | mapped | relevance | crosswalk | cross-reference | iso | nist | pci | hipaa | gdpr | soc ?2 | cobit | cis | itil | hitrust | fedramp | ccm | standards? | framework | regulation | legal basis | articles? | source | graph query',
    de: 'dsgvo | norm | normbezug | rechtsgrundlage | quelle',
    fr: 'rgpd',
  },
  {
    role: 'ownership',
    weight: 4,
    en: 'ownership | control owner(?:ship)? | responsible party | responsibilit(?:y|ies) | responsible | origination | inherited',
    de: 'verantwortlich(?:keit|er)? | zustandig(?:keit)?',
    fr: 'responsabilite | responsable',
    es: 'responsabilidad',
    nl: 'verantwoordelijk(?:heid)?',
  },
  {
    role: 'customer',
    weight: 5,
    en: '(?:csc|customer|client|tenant|user|agency) (?:\\w+ )?(?:responsibilit(?:y|ies)|duties|obligations) | complementary user',
    de: 'kunden?pflichten',
  },
  {
    role: 'provider',
    weight: 5,
    en: '(?:csp|provider|vendor|supplier) (?:implementation|control) (?:description|details?) | ^implementation (?:description|details?|statement|narrative) | how (?:is|are) (?:it|this|the .{3,20}) (?:implemented|met)',
  },
  {
    role: 'evidence',
    weight: 5,
    en: 'evidence | proof | attachments? | attached | supporting doc(?:ument)?(?:s|ation)? | document(?:s|ation)? ref(?:erence)?s? | documentation | artifacts? | link to | links? | url',
    de: 'nachweise? | belege? | anlagen? | dokumentation',
    fr: 'preuves? | pieces? jointes? | justificatifs?',
    es: 'evidencias? | anexos?',
    it: 'documenti | prove',
    nl: 'bewijs(?:stuk(?:ken)?)? | bijlagen?',
  },
  {
    role: 'comment',
    weight: 5,
    en: 'comments? | notes? | remarks? | explanations? | explain | additional info(?:rmation)? | additional details? | further info(?:rmation)? | details? | justif(?:y|ication) | clarif(?:y|ications?) | elaborate | description of (?:the )?(?:implementation|measure|answer) | describe | narrative | rationale | exceptions? | deviations?',
    de: 'anmerkung(?:en)? | bemerkung(?:en)? | kommentare? | erlauterung(?:en)? | begrundung(?:en)? | beschreibung der umsetzung | erklarung | zusatzinformation(?:en)? | abweichung(?:en)?',
    fr: 'commentaires? | remarques? | precisions? | explications?',
    es: 'observaciones | comentarios? | aclaraciones | justificacion',
    it: 'commenti | osservazioni | spiegazion[ei] | note',
    pt: 'observacoes',
    nl: 'toelichting | opmerking(?:en)?',
  },
  {
    role: 'answer',
    weight: 5,
    en: 'answers? | respon[sc]es? | repl(?:y|ies)',
    de: 'antwort(?:en)? | ruckmeldung',
    fr: 'reponses?',
    es: 'respuestas?',
    it: 'rispost[ae]',
    pt: 'respostas?',
    nl: 'antwoord(?:en)?',
  },
  {
    role: 'answer',
    weight: 4,
    en: 'yes ?/ ?no | y ?/ ?n | complian(?:ce|t)(?: status)? | compl(?:y|ies) | conformity | conformance | status | implemented | in place | fulfil(?:led|ment) | meets? (?:the )?requirements? | met | current (?:maturity|state|status|tier|level|score|profile) | self[- ]assess(?:ment|ed) | tick (?:one|box) | check (?:one|box) | mark (?:with )?x? | selection | (?:vendor|supplier|your) input | to (?:be )?completed?(?: by .*)? | attest(?:ed|ation)? | confirm(?:ed|ation)?',
    de: 'ja ?/ ?nein | umgesetzt | umsetzung(?:sstatus|sgrad)? | erfullt | erfullung(?:sgrad)? | zutreffend | auswahl | eingabe | angaben?',
    fr: 'oui ?/ ?non | conforme | conformite | statut | etat',
    es: 'si ?/ ?no | cumple | cumplimiento | estado',
    it: 'stato | conformita',
    pt: 'sim ?/ ?nao',
    nl: 'ja ?/ ?nee | voldoet',
  },
  {
    role: 'answer',
    weight: 2,
    en: 'applicab(?:le|ility) | maturity | value | input | result',
    de: 'anwendbar | reifegrad | wert | ergebnis',
    fr: 'maturite | resultat',
    es: 'madurez',
  },
  {
    role: 'id',
    weight: 5,
    whole: true,
    en: '# | s/n | no\\.? | num\\.? | number | ids? | ref\\.? | reference | code | key | item | pos\\.? | (?:s|sl|sr)\\.? ?no\\.? | q\\.? ?(?:#|no\\.?)? | clause | index | sctn | unique id | identifier',
    de: 'nr\\.? | nummer | referenz | lfd\\.? ?nr\\.? | klausel',
    fr: 'n° | numero',
    es: 'nº | n\\.º | n\\.o | codigo | cod\\.?',
  },
  {
    role: 'id',
    weight: 5,
    en: '(?:question|ques|control|req(?:uirement)?|item|criteri(?:a|on)|ref(?:erence)?|domain|subcategory|unique|test|stmt|tsc)[. -]*(?:ids?|nos?|nr|num|number|#|code|ref|reference|identifier)\\.?',
    de: '(?:fragen?|kontroll|anforderungs)[. -]*(?:id|nr|nummer)\\.?',
    nl: 'vraag[. -]*(?:id|nr|nummer)\\.?',
  },
  {
    role: 'section',
    weight: 3,
    en: 'domains? | (?:sub-?)?categor(?:y|ies) | sections? | areas? | topics? | themes? | famil(?:y|ies) | chapters? | function | group | subject | pillar',
    de: 'kategorie | bereich | thema | themen | themengebiet | kapitel | abschnitt',
    fr: 'domaines? | categorie | rubrique | chapitre',
    es: 'categoria | tema | seccion | apartado',
    it: 'ambito',
    nl: 'onderwerp | rubriek | hoofdstuk',
  },
  {
    role: 'question',
    weight: 5,
    en: 'questions? | inquiry',
    de: 'frage(?:n|stellung)? | pruffragen?',
    es: 'preguntas?',
    it: 'domand[ae]',
    pt: 'perguntas?',
    nl: 'vra(?:ag|gen)',
  },
  {
    role: 'question',
    weight: 4,
    en: 'requirements? | request | checklist items? | control (?:statement|specification|description|text|objective) | criteri(?:a|on) | subcategory | (?:declarative )?statements?',
    de: 'anforderung(?:en)? | kriteri(?:um|en) | prufpunkt',
    fr: 'exigences? | criteres?',
    es: 'requisitos?',
    it: 'requisit[oi]',
    nl: 'eis | eisen',
  },
  {
    role: 'question',
    weight: 2,
    en: 'controls? | measures? | descriptions? | item | topic | text | safeguards? | practice | objective | expectation | information requested',
    de: 'massnahmen? | beschreibung',
    fr: 'mesures?',
    es: 'medidas?',
    nl: 'maatregel(?:en)?',
  },
];

const PATTERNS = TITLES.map(({ role, weight, whole, ...languages }) => {
  const words = Object.values(languages)
    .flatMap((list) => list.split(' | '))
    .join('|');
  return { role, weight, pattern: new RegExp(whole ? `^(?:${words})$` : `(?<![\\p{L}\\d])(?:${words})(?![\\p{L}\\d])`, 'u') };
});

/** A title's own name: what stands before a separator or a preposition, since "Explanation of your answer" is an explanation. */
const NAME =
  /^.*?(?=\s*[/,;&(:|]| (?:and|or|of|for|on|to|if|with|und|oder|zu[mr]?|fur|et|ou|de|du|des|pour|y|o|para|en|van|voor)\b|$)/;

/** What a title says its column is for, and how strongly; nothing where it says nothing. */
export function titleRole(title: string): { role: TitleRole; weight: number } | undefined {
  // Titles come with instructions below them.
  const lines = title.split('\n').map(folded);
  if (asksWhyNot(lines.join(' '))) return { role: 'reason', weight: 6 };
  const first = lines.find((line) => line.length > 1) ?? lines.find((line) => line !== '') ?? '';
  return spoken(NAME.exec(first)?.[0] ?? '') ?? spoken(first.slice(0, 100)) ?? spoken(lines.join(' ').slice(0, 100));
}

const NOT_APPLICABLE =
  /(?<![\p{L}\d])(?:["“”']?n ?\/ ?a["“”']?|not applicable|non[- ]applicab(?:le|ility)|nicht anwendbar|nicht zutreffend|non applicable|no aplica|non applicabile|niet van toepassing)(?![\p{L}\d])/gu;
const WHY =
  /(?<!\p{L})(?:why|explain|explanation|reasons?|justif|rationale|begrundung|warum|motif|motivo|motivazione|reden|toelichting)/u;
const ANSWERS = /(?<!\p{L})(?:yes|no|partial|ja|nein|oui|non|si|nee)(?!\p{L})/u;

/** Whether a title asks why something does not apply, and for nothing else: "If no or N/A, explain" is for any comment. */
function asksWhyNot(title: string): boolean {
  const rest = title.replace(NOT_APPLICABLE, '');
  return rest !== title && WHY.test(rest) && !ANSWERS.test(rest);
}

/** The weight of words that name somebody else than who fills the form. */
const OUTSIDERS = 7;
const SUPPLIER =
  /(?<!\p{L})(?:supplier|vendor|provider|self|lieferant|auftragnehmer|anbieter|dienstleister|selbst|fournisseur|prestataire|proveedor|fornitore|fornecedor|leverancier)/u;

/** The role with the greatest weight; of equals the one named last, since "Compliance comments" are comments. */
function spoken(text: string): { role: TitleRole; weight: number } | undefined {
  let best: { role: TitleRole; weight: number; end: number } | undefined;
  for (const { role, weight, pattern } of PATTERNS) {
    const found = pattern.exec(text);
    if (!found) continue;
    const end = found.index + found[0].length;
    if (!best || weight > best.weight || (weight === best.weight && end > best.end)) best = { role, weight, end };
  }
  // "Supplier's rating" may be the supplier's to give; the words do not tell.
  if (best?.role === 'internal' && best.weight < OUTSIDERS && SUPPLIER.test(text)) return undefined;
  return best && { role: best.role, weight: best.weight };
}
