/** The rows as a PDF by demarc: `node demarc.js ROWS.json OUT.pdf FONTS`. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Document, TableRow } from '../../src/document.ts';
import { writePdf } from '../../src/write/pdf/index.ts';
import type { Rows } from './rows.ts';

const [, , input = '', output = ''] = process.argv;
const { title, columns, rows } = JSON.parse(readFileSync(input, 'utf8')) as Rows;
const document: Document = {
  title,
  subtitle: '',
  subject: '',
  author: 'Bench',
  keywords: [],
  language: 'en-US',
  date: '2025-03-31',
  producer: 'demarc',
  cover: { kicker: '', facts: { kind: 'facts', items: [] } },
  contentsTitle: 'Contents',
  footer: '',
  sections: [
    {
      id: 'rows',
      title,
      orientation: 'landscape',
      blocks: [
        {
          kind: 'table',
          caption: '',
          columns,
          rows: rows.map(
            (cells): TableRow => ({
              kind: 'row',
              cells: cells.map((text, i) => ({ paragraphs: [[{ text }]], rowHeader: i === 0 })),
            }),
          ),
        },
      ],
    },
  ],
  attachments: [],
  paper: 'a4',
};
const { bytes } = await writePdf(document);
writeFileSync(output, bytes);
process.stderr.write(`peak ${process.resourceUsage().maxRSS}\n`);
