/** A document with every kind of block, to be looked at: `npx tsx bench/pdf-showcase.ts FILE.pdf`. */
import { writeFileSync } from 'node:fs';
import type { Block, Document, Tone } from '../src/document.ts';
import { documentOf, matrix, prose } from './pdf-document.ts';

const TONES: Tone[] = ['blue', 'amber', 'violet', 'teal', 'red', 'green', 'gray', 'plain'];
const SERVICES = ['EC2', 'S3', 'RDS for PostgreSQL', 'Lambda', 'EKS with managed node groups', 'KMS', 'Okta'];
const LAYERS = [
  'Data',
  'Application',
  'Runtime',
  'Middleware',
  'Control plane',
  'Operating system',
  'Hypervisor',
  'Hardware',
  'Network fabric',
  'Facility',
];

const summary: Block[] = [
  { kind: 'heading', level: 1, text: 'Summary', anchor: 'top' },
  {
    kind: 'paragraph',
    style: 'lead',
    runs: [
      {
        text: `Of 280 requirements, 96 are met by providers alone, 121 by Acme alone, and 63 only when both do their part. ${prose(2, 14)}`,
      },
    ],
  },
  {
    kind: 'figures',
    items: [
      { value: '121', label: 'Customer', detail: 'requirements that are yours alone', tone: 'amber' },
      { value: '96', label: 'Provider', detail: 'inherited, evidence on file', tone: 'blue' },
      { value: '63', label: 'Shared', detail: '41 dependent, 22 independent', tone: 'violet' },
      { value: '7', label: 'Open findings', detail: 'two of them high', tone: 'red' },
    ],
  },
  {
    kind: 'paragraph',
    runs: [
      { text: `${prose(3, 40)} See ` },
      { text: 'the matrix', link: '#matrix' },
      { text: ' or the ' },
      {
        text: 'council’s own words on the responsibilities of third-party service providers',
        link: 'https://www.pcisecuritystandards.org/document_library/?a=1&b=2',
      },
      { text: '. ' },
      { text: 'Silence is never the provider’s', bold: true },
      { text: ', ' },
      { text: 'says the rule', italic: true },
      { text: ', and ' },
      { text: 'demarc explain 1.2.1', code: true },
      { text: ' prints why.' },
    ],
  },
  {
    kind: 'bar-chart',
    title: 'Who holds the requirements, by chapter',
    alt: 'For each of the chapters, how many requirements are the provider’s, the customer’s, shared, or not applicable.',
    segments: [
      { label: 'Provider', tone: 'blue' },
      { label: 'Shared', tone: 'violet' },
      { label: 'Customer', tone: 'amber' },
      { label: 'Third party', tone: 'teal' },
      { label: 'Not applicable', tone: 'gray' },
      { label: 'Not determined', tone: 'red' },
      { label: 'Met', tone: 'green' },
    ],
    bars: [
      { label: '1 Network security controls', values: [4, 9, 11, 0, 2, 0, 3], link: '#r-0' },
      { label: '2 Secure configurations', values: [2, 6, 9, 3, 1, 1, 2] },
      { label: '3 Protect stored account data', values: [0, 12, 22, 0, 6, 2, 1] },
      { label: '9 Restrict physical access to cardholder data', values: [31, 0, 2, 0, 0, 0, 1] },
      { label: '12 Policies and programs', values: [0, 1, 44, 0, 3, 0, 5] },
    ],
  },
  {
    kind: 'callout',
    tone: 'amber',
    title: 'Two requirements rest on an agreement that is not on file',
    blocks: [
      { kind: 'paragraph', runs: [{ text: prose(9, 34) }] },
      {
        kind: 'list',
        ordered: false,
        items: [
          [{ kind: 'paragraph', runs: [{ text: 'Ask AWS for the bridge letter that covers the months since September.' }] }],
          [{ kind: 'paragraph', runs: [{ text: prose(11, 22) }] }],
        ],
      },
    ],
  },
  { kind: 'heading', level: 2, text: 'How to read this document' },
  { kind: 'paragraph', runs: [{ text: prose(21, 70) }] },
  {
    kind: 'list',
    ordered: true,
    items: [
      [{ kind: 'paragraph', runs: [{ text: prose(31, 30) }] }],
      [
        { kind: 'paragraph', runs: [{ text: prose(32, 18) }] },
        {
          kind: 'list',
          ordered: false,
          items: [
            [{ kind: 'paragraph', runs: [{ text: 'A nested point' }] }],
            [{ kind: 'paragraph', runs: [{ text: prose(33, 24) }] }],
          ],
        },
      ],
      [{ kind: 'paragraph', runs: [{ text: prose(34, 12) }] }],
    ],
  },
  { kind: 'heading', level: 3, text: 'The parties' },
  {
    kind: 'facts',
    items: [
      { term: 'Customer', detail: [{ text: 'Acme & Sons GmbH, the assessed entity' }] },
      {
        term: 'Provider',
        detail: [
          { text: 'Amazon Web Services EMEA SARL, ' },
          { text: 'attestation of 2024', link: 'https://aws.amazon.com/compliance' },
        ],
      },
      {
        term: 'Ελληνικά и русский',
        detail: [{ text: 'Υπεύθυνος επεξεργασίας · Ответственная сторона · Größe, naïveté, čeština, Łódź, ﬁ ligature' }],
      },
      { term: 'Symbols', detail: [{ text: '✓ ✗ ▲ △ ● ○ ■ □ → ≥ ≤ ☑ e\u0301 x\u0304 ạ̈ 中 😀' }] },
    ],
  },
  { kind: 'callout', tone: 'red', title: 'Not determined', blocks: [{ kind: 'paragraph', runs: [{ text: prose(91, 20) }] }] },
  { kind: 'callout', tone: 'blue', title: 'A note', blocks: [{ kind: 'paragraph', runs: [{ text: prose(92, 20) }] }] },
  { kind: 'callout', tone: 'green', title: 'Nothing to do', blocks: [{ kind: 'paragraph', runs: [{ text: prose(93, 20) }] }] },
];

const grid: Block[] = [
  { kind: 'heading', level: 1, text: 'Stack and services' },
  {
    kind: 'grid',
    title: 'Where the line runs, layer by layer',
    alt: 'Layers of the stack against the services in use; each cell names who holds the layer.',
    columns: SERVICES,
    rows: LAYERS.map((label, i) => ({
      label,
      cells: SERVICES.map((_, k) => {
        const which = i < 2 ? 1 : i + k > 7 ? 0 : (i + k) % 3;
        return {
          text: ['Provider', 'Customer', 'Shared', 'configure'][which] as string,
          tone: (['blue', 'amber', 'violet'] as Tone[])[which] as Tone,
        };
      }),
    })),
    legend: [
      { label: 'Provider', tone: 'blue' },
      { label: 'Customer', tone: 'amber' },
      { label: 'Shared', tone: 'violet' },
    ],
  },
];

const table: Block[] = [
  { kind: 'heading', level: 1, text: 'Matrix' },
  { kind: 'paragraph', runs: [{ text: prose(55, 30) }] },
  {
    kind: 'table',
    caption: 'Tones, badges, long texts',
    columns: [
      { title: 'Requirement', share: 14 },
      { title: 'Ownership', share: 12 },
      { title: 'Statement', share: 50 },
      { title: 'Rows', share: 6 },
      { title: 'Evidence', share: 20 },
    ],
    rows: [
      { kind: 'group', level: 1, title: '3 Protect stored account data', detail: prose(4, 14) },
      ...TONES.map((tone, i) => ({
        kind: 'row' as const,
        ...(i % 3 === 1 ? { tone } : {}),
        cells: [
          { paragraphs: [[{ text: `3.${i + 1}.1` }]], rowHeader: true },
          {
            badges: [{ text: tone, tone }, ...(i % 2 ? [{ text: 'dependent', tone: 'gray' as Tone }] : [])],
            paragraphs: [[{ text: 'per service' }]],
          },
          { paragraphs: [[{ text: prose(i, 20) }], [{ text: 'Provides: ', bold: true }, { text: prose(i + 4, 12) }]] },
          { paragraphs: [[{ text: String(i * 517) }]], align: 'right' as const },
          {
            paragraphs: [
              [
                {
                  text: 'https://console.aws.amazon.com/artifact/reports/PCI_DSS_AOC_2024_final_signed.pdf',
                  link: 'https://console.aws.amazon.com/artifact',
                },
              ],
            ],
          },
        ],
      })),
      {
        kind: 'row',
        anchor: 'long',
        cells: [
          { paragraphs: [[{ text: '12.8.5' }]], rowHeader: true },
          { badges: [{ text: 'Shared, dependent on both halves', tone: 'violet' }], paragraphs: [] },
          { paragraphs: [[{ text: prose(77, 1400) }], [{ text: prose(78, 600) }]] },
          { paragraphs: [[{ text: '1' }]], align: 'right' },
          { paragraphs: [[{ text: prose(79, 40) }]] },
        ],
      },
      {
        kind: 'row',
        cells: [
          { paragraphs: [[{ text: '12.8.6' }]], rowHeader: true },
          { badges: [{ text: 'Customer', tone: 'amber' }], paragraphs: [] },
          { paragraphs: [[{ text: prose(7, 14) }]] },
          { paragraphs: [[{ text: '9' }]], align: 'right' },
          { paragraphs: [] },
        ],
      },
    ],
  },
  matrix(60),
];

const document: Document = {
  ...documentOf([]),
  title: 'Responsibility matrix for the Acme payment platform',
  cover: {
    kicker: 'PCI DSS 4.0.1 · Requirement 12.8.5 and 12.9.2',
    facts: {
      kind: 'facts',
      items: [
        { term: 'Assessed entity', detail: [{ text: 'Acme & Sons GmbH, Łódź' }] },
        { term: 'System', detail: [{ text: 'Payment platform (web shop, call center, settlement)' }] },
        { term: 'Providers', detail: [{ text: 'Amazon Web Services, Okta, Platform9' }] },
        { term: 'As of', detail: [{ text: '31 March 2025' }] },
        { term: 'Version', detail: [{ text: '3, replaces 12 December 2024' }] },
      ],
    },
    note: [
      {
        text: 'Prepared from the system description of the entity and the published responsibilities of its providers. It is not an opinion of an assessor.',
      },
    ],
  },
  sections: [
    { id: 'summary', title: 'Summary', orientation: 'portrait', blocks: summary },
    { id: 'stack', title: 'Stack and services', orientation: 'landscape', blocks: grid },
    { id: 'matrix', title: 'Matrix', orientation: 'landscape', blocks: table },
    {
      id: 'dense',
      title: 'Services in detail',
      orientation: 'landscape',
      blocks: [
        { kind: 'heading', level: 1, text: 'Services in detail' },
        { kind: 'heading', level: 2, text: 'Payment platform' },
        matrix(80, true),
      ],
    },
    {
      id: 'sign',
      title: 'Sign-off',
      orientation: 'portrait',
      blocks: [
        { kind: 'paragraph', runs: [{ text: prose(5, 30) }] },
        {
          kind: 'sign-off',
          lines: [
            { name: 'Anna Kowalska', title: 'Chief Information Security Officer', role: 'Responsible for the matrix' },
            { name: 'Jürgen Groß', title: 'Qualified Security Assessor' },
          ],
          labels: { signature: 'Signature', place: 'Place', date: 'Date' },
        },
      ],
    },
  ],
};

const { writePdf } = await import('../src/write/pdf/index.ts');
const { bytes, missing } = await writePdf(document);
writeFileSync(process.argv[2] ?? 'showcase.pdf', bytes);
console.log(`${Math.round(bytes.length / 1024)} KB, missing: ${missing.join(', ') || 'none'}`);
