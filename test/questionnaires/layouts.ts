import fc from 'fast-check';
import { cellName, columnLetters } from '../../src/book/address.ts';
import type { Book } from '../../src/book/book.ts';
import type { SheetMapping } from '../../src/questionnaire/questionnaire.ts';
import { bookOf } from './build.ts';

/** A questionnaire laid out at random, with where everything is. */
export interface Laid {
  book: Book;
  /** What the layout is called, for a failing test. */
  told: string;
  question: string;
  answer: string[];
  id?: string;
  comment?: string;
  kind: SheetMapping['kind'][];
  /** The rows of the questions. */
  rows: number[];
}

interface Language {
  questions: string[];
  sections: string[];
  titles: {
    id: string[];
    question: string[];
    answer: string[];
    comment: string[];
    evidence: string[];
    internal: string[];
    section: string[];
  };
  answers: string[][];
}

const ENGLISH: Language = {
  questions: [
    'Do you maintain an inventory of all systems that hold our data?',
    'Is there a written policy on access control, and is it reviewed every year?',
    'Describe how customer data is separated between tenants.',
    'Are privileged accounts protected by multi-factor authentication?',
    'How quickly are critical vulnerabilities fixed?',
    'The supplier shall encrypt data at rest with a current algorithm.',
    'Please list the locations where our data is processed.',
    'Are backups tested at least once a year?',
    'Is logging enabled on all production systems?',
    'Has an independent party tested the application in the last twelve months?',
    'What is your process for off-boarding employees?',
    'Do contracts with sub-processors contain security clauses?',
    'Is there a documented incident response plan?',
    'Can audit reports be shared under a non-disclosure agreement?',
    'Are changes approved before they reach production?',
    'Do employees receive security training when they join?',
  ],
  sections: ['Governance', 'Access control', 'Operations', 'Third parties'],
  titles: {
    id: ['ID', 'No.', '#', 'Ref', 'Question ID', 'Control No.'],
    question: ['Question', 'Questions', 'Requirement', 'Control question', 'Control requirement', 'Security requirement'],
    answer: [
      'Answer',
      'Response',
      'Vendor response',
      'Your answer',
      'Compliance status',
      'Response (Yes/No)',
      'Supplier response',
    ],
    comment: ['Comments', 'Notes', 'Additional information', 'Explanation', 'Remarks', 'Please explain'],
    evidence: ['Evidence', 'Attachments', 'Supporting documentation'],
    internal: ['Assessor comments', 'Risk rating', 'Score', 'Priority', 'Reviewer notes'],
    section: ['Domain', 'Category', 'Area'],
  },
  answers: [
    ['Yes', 'No', 'N/A'],
    ['Yes', 'No'],
    ['Compliant', 'Partially compliant', 'Not compliant'],
    ['Implemented', 'Partially implemented', 'Planned', 'Not applicable'],
  ],
};

const GERMAN: Language = {
  questions: [
    'Gibt es eine schriftliche Sicherheitsleitlinie, die jährlich geprüft wird?',
    'Wie werden unsere Daten von denen anderer Kunden getrennt?',
    'Sind administrative Zugänge mit einem zweiten Faktor geschützt?',
    'Bitte beschreiben Sie das Verfahren bei Sicherheitsvorfällen.',
    'Werden Datensicherungen regelmäßig zurückgespielt?',
    'In welchen Ländern werden Daten verarbeitet?',
    'Wird die Anwendung von unabhängigen Dritten getestet?',
    'Der Auftragnehmer muss Daten nach Vertragsende löschen.',
    'Werden Protokolle mindestens ein Jahr aufbewahrt?',
    'Sind Unterauftragnehmer vertraglich verpflichtet?',
  ],
  sections: ['Organisation', 'Zugriffsschutz', 'Betrieb', 'Lieferanten'],
  titles: {
    id: ['Nr.', 'Lfd. Nr.', 'ID'],
    question: ['Frage', 'Anforderung', 'Fragestellung', 'Prüffrage'],
    answer: ['Antwort', 'Erfüllt (ja/nein)', 'Umsetzungsstatus', 'Ihre Antwort'],
    comment: ['Bemerkung', 'Erläuterung', 'Kommentar', 'Anmerkungen'],
    evidence: ['Nachweis', 'Nachweise', 'Anlage'],
    internal: ['Bewertung', 'Priorität', 'Gewichtung'],
    section: ['Bereich', 'Thema', 'Kategorie'],
  },
  answers: [
    ['Ja', 'Nein', 'Teilweise'],
    ['erfüllt', 'nicht erfüllt', 'entfällt'],
  ],
};

const FRENCH: Language = {
  questions: [
    "Disposez-vous d'une politique de sécurité revue chaque année ?",
    'Comment les données sont-elles cloisonnées entre clients ?',
    'Les accès privilégiés sont-ils protégés par un second facteur ?',
    'Veuillez décrire la gestion des incidents.',
    'Les sauvegardes sont-elles testées au moins une fois par an ?',
    'Dans quels pays les données sont-elles traitées ?',
    "L'application est-elle testée par un tiers indépendant ?",
    'Le fournisseur doit chiffrer les données au repos.',
  ],
  sections: ['Gouvernance', 'Accès', 'Exploitation'],
  titles: {
    id: ['N°', 'Réf', 'ID'],
    question: ['Question', 'Exigence'],
    answer: ['Réponse', 'Conformité', 'Réponse (Oui/Non)'],
    comment: ['Commentaires', 'Remarques', 'Précisions'],
    evidence: ['Preuves', 'Justificatifs'],
    internal: ['Priorité', 'Criticité'],
    section: ['Domaine', 'Thème'],
  },
  answers: [
    ['Oui', 'Non', 'Sans objet'],
    ['Conforme', 'Non conforme', 'Partiel'],
  ],
};

const SPANISH: Language = {
  questions: [
    '¿Dispone de una política de seguridad revisada cada año?',
    '¿Cómo se separan los datos de distintos clientes?',
    '¿Están protegidos los accesos privilegiados con un segundo factor?',
    'Describa la gestión de incidentes de seguridad.',
    '¿Se prueban las copias de seguridad al menos una vez al año?',
    '¿En qué países se tratan los datos?',
    'El proveedor debe cifrar los datos en reposo.',
  ],
  sections: ['Gobierno', 'Accesos', 'Operación'],
  titles: {
    id: ['N.º', 'Código', 'ID'],
    question: ['Pregunta', 'Requisito'],
    answer: ['Respuesta', 'Cumplimiento', 'Respuesta (Sí/No)'],
    comment: ['Observaciones', 'Comentarios'],
    evidence: ['Evidencias', 'Anexos'],
    internal: ['Prioridad', 'Criticidad'],
    section: ['Categoría', 'Área'],
  },
  answers: [['Sí', 'No', 'No aplica']],
};

const DUTCH: Language = {
  questions: [
    'Is er een beveiligingsbeleid dat jaarlijks wordt herzien?',
    'Hoe worden gegevens van klanten gescheiden?',
    'Zijn beheerdersaccounts beschermd met een tweede factor?',
    'Beschrijf hoe u incidenten afhandelt.',
    'Worden back-ups ten minste jaarlijks getest?',
    'In welke landen worden gegevens verwerkt?',
    'De leverancier moet gegevens versleuteld opslaan.',
  ],
  sections: ['Bestuur', 'Toegang', 'Beheer'],
  titles: {
    id: ['Nr', 'Nummer', 'ID'],
    question: ['Vraag', 'Eis'],
    answer: ['Antwoord', 'Voldoet (ja/nee)'],
    comment: ['Toelichting', 'Opmerkingen'],
    evidence: ['Bewijs', 'Bijlagen'],
    internal: ['Prioriteit'],
    section: ['Onderwerp', 'Categorie'],
  },
  answers: [['Ja', 'Nee', 'Niet van toepassing']],
};

const drawn = fc.record({
  language: fc.constantFrom(ENGLISH, ENGLISH, GERMAN, FRENCH, SPANISH, DUTCH),
  count: fc.integer({ min: 6, max: 40 }),
  left: fc.integer({ min: 1, max: 4 }),
  above: fc.array(
    fc.constantFrom(
      'Supplier questionnaire',
      'Please complete all fields.',
      'Who should answer? Your security officer.',
      '',
      'Company:',
    ),
    { maxLength: 6 },
  ),
  ids: fc.constantFrom('none', 'number', 'dotted', 'coded', 'inside' as const),
  sections: fc.constantFrom('none', 'row', 'across', 'repeated', 'column' as const),
  answers: fc.constantFrom('list', 'list', 'free', 'marks' as const),
  comment: fc.boolean(),
  evidence: fc.boolean(),
  internal: fc.boolean(),
  guidance: fc.boolean(),
  stacked: fc.boolean(),
  first: fc.boolean(),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
});

/** Questionnaires as customers make them: any order of the parts that the real ones were seen to have. */
export const layouts: fc.Arbitrary<Laid> = drawn.map((form) => {
  const { language, ids, sections, answers, seed } = form;
  let step = seed;
  const pick = <T>(list: readonly T[]): T => {
    step = (step * 48271 + 11) % 2147483647;
    return list[step % list.length] as T;
  };
  const allowed = pick(language.answers);
  type Part = { role: string; title: string };
  const parts: Part[] = [
    ...(sections === 'column' ? [{ role: 'section', title: pick(language.titles.section) }] : []),
    ...(ids === 'none' || ids === 'inside' ? [] : [{ role: 'id', title: pick(language.titles.id) }]),
    { role: 'question', title: pick(language.titles.question) },
    ...(form.guidance ? [{ role: 'guidance', title: 'Guidance' }] : []),
    ...(answers === 'marks'
      ? allowed.map((title) => ({ role: 'answer', title }))
      : [{ role: 'answer', title: pick(language.titles.answer) }]),
    ...(form.comment ? [{ role: 'comment', title: pick(language.titles.comment) }] : []),
    ...(form.evidence ? [{ role: 'evidence', title: pick(language.titles.evidence) }] : []),
    ...(form.internal ? [{ role: 'internal', title: pick(language.titles.internal) }] : []),
  ];
  const rows: (string | null)[][] = form.above.map((text) => [text]);
  const merges: string[] = [];
  const at = (): number => rows.length + 1;
  const columnOf = (role: string): number => form.left + parts.findIndex((part) => part.role === role);
  const header = (): void => {
    const marks = answers === 'marks' && form.stacked;
    if (marks) {
      const from = columnOf('answer');
      rows.push(
        parts.map((part, i) =>
          part.role !== 'answer' ? part.title : i === from - form.left ? pick(language.titles.answer) : null,
        ),
      );
      merges.push(`${cellName(at() - 1, from)}:${cellName(at() - 1, from + allowed.length - 1)}`);
      for (const [i, part] of parts.entries())
        if (part.role !== 'answer') merges.push(`${cellName(at() - 1, form.left + i)}:${cellName(at(), form.left + i)}`);
      rows.push(parts.map((part) => (part.role === 'answer' ? part.title : null)));
    } else rows.push(parts.map((part) => part.title));
  };
  const asked: number[] = [];
  if (sections !== 'repeated') header();
  const each = Math.max(2, Math.ceil(form.count / language.sections.length));
  for (let i = 0; i < form.count; i++) {
    const section = Math.floor(i / each);
    const number = (i % each) + 1;
    const name = language.sections[section % language.sections.length] ?? '';
    if (i % each === 0 && (sections === 'row' || sections === 'across' || sections === 'repeated')) {
      rows.push([`${section + 1}. ${name}`]);
      if (sections === 'across')
        merges.push(`${cellName(at() - 1, form.left)}:${cellName(at() - 1, form.left + parts.length - 1)}`);
      if (sections === 'repeated') header();
    }
    const id =
      ids === 'number' ? String(i + 1) : ids === 'coded' ? `SEC-${String(i + 1).padStart(2, '0')}` : `${section + 1}.${number}`;
    const text = language.questions[(i * 7 + seed) % language.questions.length] ?? '';
    const unique = i < language.questions.length ? text : text.replace(/([.?]| \?)$/, ` (${i})$1`);
    asked.push(at());
    rows.push(
      parts.map((part) => {
        if (part.role === 'section') return name;
        if (part.role === 'id') return id;
        if (part.role === 'question') return ids === 'inside' ? `${id} ${unique}` : unique;
        if (part.role === 'guidance') return 'See the policy of your organization and the handbook for suppliers.';
        if (part.role === 'internal' && pick([true, false])) return pick(['High', 'Medium', 'Low']);
        return null;
      }),
    );
  }
  const letters = columnLetters;
  const answer = parts.flatMap((part, i) => (part.role === 'answer' ? [letters(form.left + i)] : []));
  const last = rows.length;
  const lists = answers === 'list' ? { [`${answer[0]}${asked[0]}:${answer[0]}${last}`]: allowed } : {};
  const book = bookOf({ name: 'Form', at: cellName(1, form.left), rows, merges, lists });
  return {
    book,
    told: JSON.stringify({
      ...form,
      language: language.titles.question[0],
      parts: parts.map(({ role, title }) => `${role}: ${title}`),
    }),
    question: letters(columnOf('question')),
    answer,
    ...(ids === 'none' || ids === 'inside' ? {} : { id: letters(columnOf('id')) }),
    ...(form.comment ? { comment: letters(columnOf('comment')) } : {}),
    kind: answers === 'marks' ? ['mark'] : answers === 'list' ? ['choice'] : ['text'],
    rows: asked,
  };
});
