import type { Block, Document, TableRow, Tone } from '../src/document.ts';

const WORDS =
  'the provider customer configures access keys storage encryption review monthly evidence network rules account service policy log retention incident response owner system boundary shared responsible implements patching of under each control and with for an annual assessment'.split(
    ' ',
  );

/** Words that look like prose and are the same on each run. */
export function prose(seed: number, count: number): string {
  let state = seed * 2654435761 + 12345;
  const out: string[] = [];
  for (let i = 0; i < count; i++) {
    state = (state * 1103515245 + 12345) % 2147483648;
    out.push(WORDS[state % WORDS.length] as string);
  }
  const text = out.join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

const TONES: Tone[] = ['blue', 'amber', 'violet', 'teal', 'red', 'green', 'gray', 'plain'];

/** A matrix of so many rows with six wrapped columns. */
export function matrix(count: number, dense = false): Block {
  const rows: TableRow[] = [];
  for (let i = 0; i < count; i++) {
    if (i % 40 === 0) rows.push({ kind: 'group', level: 1, title: `Requirement ${i / 40 + 1}`, detail: prose(i, 12) });
    if (i % 10 === 0) rows.push({ kind: 'group', level: 2, title: `${i / 40 + 1}.${(i / 10) % 4} ${prose(i + 7, 6)}` });
    rows.push({
      kind: 'row',
      anchor: `r-${i}`,
      cells: [
        { paragraphs: [[{ text: `${1 + (i % 12)}.${1 + (i % 6)}.${i}` }]], rowHeader: true },
        { paragraphs: [[{ text: prose(i, 9) }]] },
        { badges: [{ text: ['Customer', 'Provider', 'Shared'][i % 3] as string, tone: TONES[i % 3] as Tone }], paragraphs: [] },
        { paragraphs: [[{ text: prose(i * 3 + 1, 10) }]] },
        { paragraphs: [[{ text: prose(i * 5 + 2, 8) }]] },
        { paragraphs: [[{ text: String(i * 37) }]], align: 'right' },
      ],
    });
  }
  return {
    kind: 'table',
    caption: 'Responsibility by requirement',
    dense,
    columns: [
      { title: 'Id', share: 8 },
      { title: 'Requirement', share: 26 },
      { title: 'Responsible', share: 12 },
      { title: 'Customer part', share: 26 },
      { title: 'Provider part', share: 22 },
      { title: 'Count', share: 6 },
    ],
    rows,
  };
}

/** A document around blocks. */
export function documentOf(blocks: Block[], orientation: 'portrait' | 'landscape' = 'portrait'): Document {
  return {
    title: 'Responsibility matrix',
    subtitle: 'Who does what for each requirement of PCI DSS 4.0.1',
    subject: 'Responsibilities',
    author: 'Acme & Sons',
    keywords: ['PCI DSS', 'responsibility'],
    language: 'en-US',
    date: '2025-03-31',
    producer: 'demarc 0.1.0',
    cover: {
      kicker: 'PCI DSS 4.0.1',
      facts: {
        kind: 'facts',
        items: [
          { term: 'Assessed entity', detail: [{ text: 'Acme & Sons' }] },
          { term: 'As of', detail: [{ text: '31 March 2025' }] },
        ],
      },
    },
    contentsTitle: 'Contents',
    footer: 'Acme & Sons · Confidential',
    sections: [{ id: 'matrix', title: 'Matrix', orientation, blocks }],
    attachments: [{ name: 'matrix.json', mediaType: 'application/json', description: 'The matrix', data: '{"a":1}' }],
    paper: 'a4',
  };
}
