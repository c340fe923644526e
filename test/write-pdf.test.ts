import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentOf, matrix, prose } from '../bench/pdf-document.ts';
import type { Block, Document, Table, TableRow } from '../src/document.ts';
import { writePdf } from '../src/write/pdf/index.ts';
import { checkStructure } from './write-pdf-structure.ts';

const isAble = ['qpdf', 'pdftotext', 'pdfinfo', 'pdffonts', 'pdfdetach'].every(
  (tool) => spawnSync(tool, ['--version']).error === undefined,
);
const folder = mkdtempSync(join(tmpdir(), 'demarc-pdf-'));
afterAll(() => rmSync(folder, { recursive: true }));

let serial = 0;
async function written(document: Document, logo?: Uint8Array): Promise<{ file: string; missing: string[] }> {
  const { bytes, missing } = await writePdf(document, logo ? { logo } : {});
  const file = join(folder, `${serial++}.pdf`);
  writeFileSync(file, bytes);
  return { file, missing };
}

function run(tool: string, ...args: string[]): string {
  return execFileSync(tool, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
}

/** The words of a file in reading order, without line ends. */
function words(file: string): string {
  return run('pdftotext', '-raw', file, '-').replace(/\s+/g, ' ');
}

function table(rows: TableRow[], columns = 3): Table {
  return {
    kind: 'table',
    caption: 'A table',
    columns: Array.from({ length: columns }, (_, i) => ({ title: `Column ${i + 1}`, share: 1 })),
    rows,
  };
}

function row(...texts: string[]): TableRow {
  return { kind: 'row', cells: texts.map((text) => ({ paragraphs: [[{ text }]] })) };
}

/** Fails where a word lies outside its page. */
function expectInside(file: string): void {
  let width = 0;
  let height = 0;
  const outside: string[] = [];
  for (const line of run('pdftotext', '-bbox', file, '-').split('\n')) {
    const page = /<page width="([\d.]+)" height="([\d.]+)"/.exec(line);
    if (page) [width, height] = [Number(page[1]), Number(page[2])];
    const word = /xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)"/.exec(line);
    if (!word) continue;
    const [x1, y1, x2, y2] = word.slice(1).map(Number) as [number, number, number, number];
    // The side margins are 46 and more; anything in them has left its cell.
    if (x1 < 40 || x2 > width - 40 || y1 < 10 || y2 > height - 10) outside.push(line);
  }
  expect(outside).toEqual([]);
}

const every: Block[] = [
  { kind: 'heading', level: 1, text: 'Every block', anchor: 'every' },
  { kind: 'paragraph', style: 'lead', runs: [{ text: prose(1, 30) }] },
  { kind: 'heading', level: 3, text: 'A level left out' },
  {
    kind: 'paragraph',
    runs: [
      { text: 'To ' },
      { text: 'the long row', link: '#long' },
      { text: ', to ' },
      { text: 'the web', link: 'https://example.org/a?b=c d&e=é' },
      { text: ' and to ' },
      { text: 'nowhere', link: '#nowhere' },
    ],
  },
  {
    kind: 'list',
    ordered: true,
    items: [
      [{ kind: 'paragraph', runs: [{ text: 'First' }] }],
      [
        { kind: 'paragraph', runs: [{ text: 'Second' }] },
        { kind: 'list', ordered: false, items: [[{ kind: 'paragraph', runs: [{ text: 'Inner' }] }]] },
      ],
    ],
  },
  {
    kind: 'bar-chart',
    title: 'Bars',
    alt: 'What the bars show',
    segments: [
      { label: 'Provider', tone: 'blue' },
      { label: 'Customer', tone: 'amber' },
    ],
    bars: Array.from({ length: 60 }, (_, i) => ({ label: `Bar ${i}`, values: [i, 60 - i], link: '#every' })),
  },
  {
    kind: 'grid',
    title: 'Layers',
    alt: 'What the layers show',
    columns: Array.from({ length: 20 }, (_, i) => `Service${i}`),
    rows: Array.from({ length: 30 }, (_, i) => ({
      label: `Layer${i}`,
      cells: Array.from({ length: 20 }, (_, k) => ({ text: `L${i}S${k}`, tone: 'teal' as const })),
    })),
    legend: [{ label: 'Shared', tone: 'teal' }],
  },
  {
    kind: 'figures',
    items: Array.from({ length: 9 }, (_, i) => ({ value: String(i), label: `Figure ${i}`, tone: 'green' as const })),
  },
  { kind: 'facts', items: [{ term: 'Term', detail: [{ text: prose(5, 900) }] }] },
  { kind: 'callout', tone: 'red', title: 'Careful', blocks: [{ kind: 'paragraph', runs: [{ text: prose(6, 900) }] }] },
  table([
    { kind: 'group', level: 1, title: 'Band', detail: 'with a detail' },
    row('short', 'Ελληνικά γράμματα', 'Русские буквы'),
    { ...row('long', prose(7, 2000), 'end'), anchor: 'long', tone: 'amber' } as TableRow,
  ]),
  {
    kind: 'sign-off',
    lines: [{ name: 'Anna Nowak', title: 'CISO', role: 'Owner' }],
    labels: { signature: 'Signature', place: 'Place', date: 'Date' },
  },
];

describe.skipIf(!isAble)('writePdf (needs qpdf and poppler)', () => {
  let file = '';
  beforeAll(async () => {
    ({ file } = await written({
      ...documentOf(every),
      title: 'Q&A <one> "two" für Łódź',
      attachments: [{ name: 'größe & so.json', mediaType: 'application/json', description: 'Data', data: '{"x":"é"}' }],
    }));
  });

  test('gives the same bytes for the same document', async () => {
    const [a, b] = [await writePdf(documentOf(every)), await writePdf(structuredClone(documentOf(every)))];
    expect(Buffer.compare(Buffer.from(a.bytes), Buffer.from(b.bytes))).toBe(0);
  });

  test('is a sound file', () => {
    expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors');
    expect(run('pdfinfo', file)).toMatch(/Tagged:\s+yes/);
    expect(run('pdfinfo', file)).toContain('Q&A <one> "two" für Łódź');
  });

  test('has a whole structure tree', () => {
    expect(checkStructure(file)).toEqual([]);
  });

  test('names every part of the page', () => {
    const tree = run('pdfinfo', '-struct', file);
    for (const part of [
      'Document',
      'Sect',
      'H1',
      'H2',
      'P ',
      'LI',
      'Lbl',
      'LBody',
      'Table',
      'TR',
      'TH',
      'TD',
      'Figure',
      'Link',
      'TOC ',
      'TOCI',
      'Caption',
    ]) {
      expect(tree, part).toContain(part.trim());
    }
  });

  test('embeds every font', () => {
    const fonts = run('pdffonts', file).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(2);
    for (const font of fonts) expect(font).toMatch(/yes yes yes/);
  });

  test('carries attachments', () => {
    expect(run('pdfdetach', '-list', file)).toContain('größe & so.json');
    run('pdfdetach', '-save', '1', '-o', join(folder, 'out.json'), file);
    expect(run('cat', join(folder, 'out.json'))).toBe('{"x":"é"}');
  });

  test('prints every word of every block, and none outside its place', () => {
    const text = words(file);
    for (const part of [
      'Ελληνικά γράμματα',
      'Русские буквы',
      'Bar 59',
      'L29S19',
      'Figure 8',
      'Anna Nowak',
      'with a detail',
      'Inner',
      'nowhere',
    ]) {
      expect(text, part).toContain(part);
    }
    expectInside(file);
  });

  test('sets a cell of 2,000 words over pages without losing one', async () => {
    const long = Array.from({ length: 2000 }, (_, i) => `w${i}`).join(' ');
    const { file: one } = await written(documentOf([table([row('a', long, 'b'), row('c', 'after', 'd')])]));
    const found = new Set(words(one).split(' '));
    for (let i = 0; i < 2000; i++) expect(found.has(`w${i}`), `w${i}`).toBe(true);
    expect(found.has('after')).toBe(true);
    expectInside(one);
  });

  test('repeats the header of a table on each of its pages, and the band, and never ends a page with a band', async () => {
    const { file: one } = await written(documentOf([matrix(150)]));
    const pages = run('pdftotext', '-layout', one, '-').split('\f').slice(2, -1);
    expect(pages.length).toBeGreaterThan(10);
    for (const page of pages) {
      expect(page).toMatch(/Id\s+Requirement\s+Responsible/);
      expect(page).toMatch(/Requirement \d/);
      const lines = page
        .trimEnd()
        .split('\n')
        .filter((line) => line.trim() !== '');
      expect(lines.at(-2)).not.toMatch(/^\s*(Requirement \d|\d+\.\d+(\.\d+)? \D)/);
    }
    const text = words(one);
    for (let i = 0; i < 150; i++) expect(text).toContain(`${1 + (i % 12)}.${1 + (i % 6)}.${i}`);
  });

  test('breaks what cannot be broken rather than let it out', async () => {
    const url = `https://example.org/${'abcdefghij'.repeat(40)}?q=1`;
    const { file: one } = await written(
      documentOf([table([row('Z'.repeat(500), url, 'i'.repeat(300))], 6), { kind: 'heading', level: 2, text: 'H'.repeat(400) }]),
    );
    expectInside(one);
    const letters = run('pdftotext', '-raw', one, '-').replace(/\s/g, '');
    expect(letters.split('Z').length - 1).toBe(500);
    expect(letters.split('H').length - 1).toBeGreaterThanOrEqual(400);
  });

  test('keeps every word inside its own cell', async () => {
    const long = (i: number) => `c${i}${'x'.repeat(60)} c${i} c${i}a-b/c_d.${'e'.repeat(90)} ${`c${i} `.repeat(30)}`;
    const block = table(
      Array.from({ length: 8 }, (_, k) => row(...Array.from({ length: 7 }, (_, i) => `${long(i)} c${i}r${k}`))),
      7,
    );
    block.columns.forEach((column, i) => {
      column.share = [1, 9, 2, 4, 1, 3, 2][i] as number;
    });
    for (const orientation of ['portrait', 'landscape'] as const) {
      const { file: one } = await written(documentOf([block], orientation));
      const reach = new Map<string, [number, number]>();
      for (const [, x1, x2, column] of run('pdftotext', '-bbox', one, '-').matchAll(
        /xMin="([\d.]+)" .* xMax="([\d.]+)" .*>(c\d)/g,
      )) {
        const [least, most] = reach.get(column as string) ?? [1e9, 0];
        reach.set(column as string, [Math.min(least, Number(x1)), Math.max(most, Number(x2))]);
      }
      const spans = [...reach].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, span]) => span);
      expect(spans.length).toBe(7);
      for (let i = 1; i < 7; i++) expect((spans[i - 1] as [number, number])[1]).toBeLessThan((spans[i] as [number, number])[0]);
      expectInside(one);
    }
  });

  test('reports characters no font has, prints a box, and keeps the text', async () => {
    const { file: one, missing } = await written(documentOf([{ kind: 'paragraph', runs: [{ text: '中文 ok \uE000' }] }]));
    expect(missing).toEqual(['U+4E2D 中', 'U+6587 文', 'U+E000 \uE000']);
    expect(words(one)).toContain('中文 ok');
    expect(checkStructure(one)).toEqual([]);
  });

  test('sets marks, and copies them as they were meant', async () => {
    const { file: one, missing } = await written(
      documentOf([{ kind: 'paragraph', runs: [{ text: 'cafe\u0301 x\u0304y ✓ ▲ ●' }] }]),
    );
    expect(missing).toEqual([]);
    expect(words(one)).toContain('café');
    expect(words(one)).toContain('✓ ▲ ●');
  });

  test('withstands hostile strings', async () => {
    const nasty = [
      '\u0000\u0007\u001B[31m',
      '\uD800 lone',
      '\u202Eright',
      'a\u00ADb\u200Bc',
      '\n\n',
      '(\\)(',
      ' ',
      '',
      '%PDF << >> endobj',
      '\uFEFF\uFFFE',
    ];
    const blocks: Block[] = [
      ...nasty.map(
        (text): Block => ({ kind: 'paragraph', runs: [{ text }, { text, bold: true, link: `https://x.org/${text}` }] }),
      ),
      ...nasty.map((text): Block => ({ kind: 'heading', level: 2, text })),
      table(nasty.map((text) => row(text, text, text))),
      table([]),
      { kind: 'table', caption: '', columns: [], rows: [] },
      { kind: 'list', ordered: false, items: [[], []] },
      { kind: 'list', ordered: false, items: [] },
      { kind: 'bar-chart', title: '', alt: '', segments: [], bars: [] },
      { kind: 'grid', title: '', alt: '', columns: [], rows: [], legend: [] },
      { kind: 'figures', items: [] },
      { kind: 'facts', items: [] },
      { kind: 'callout', tone: 'gray', title: '', blocks: [] },
      { kind: 'sign-off', lines: [], labels: { signature: '', place: '', date: '' } },
    ];
    const { file: one } = await written({
      ...documentOf(blocks),
      title: nasty.join('|'),
      author: nasty.join(),
      keywords: nasty,
      footer: nasty.join(),
    });
    expect(run('qpdf', '--check', one)).toContain('No syntax or stream encoding errors');
    expect(checkStructure(one)).toEqual([]);
  });

  test('writes an empty document, and one whose cover runs over', async () => {
    const { file: empty } = await written({ ...documentOf([]), sections: [], attachments: [], title: '' });
    expect(run('qpdf', '--check', empty)).toContain('No syntax');
    const items = Array.from({ length: 60 }, (_, i) => ({ term: `Term ${i}`, detail: [{ text: `Detail ${i}` }] }));
    const { file: full } = await written({
      ...documentOf([]),
      title: prose(3, 300),
      paper: 'letter',
      cover: { kicker: 'K', facts: { kind: 'facts', items }, note: [{ text: 'The note' }] },
    });
    expect(words(full)).toContain('Detail 59');
    expect(words(full)).toContain('The note');
    expectInside(full);
  });

  test('embeds a logo with transparency', async () => {
    const { file: one } = await written(documentOf([]), png());
    expect(run('qpdf', '--check', one)).toContain('No syntax');
    expect(run('pdfimages', '-list', one)).toContain('smask');
    expect(checkStructure(one)).toEqual([]);
  });

  test('refuses a logo whose pixels are broken or far too many, and does not fall over it', async () => {
    const broken = Buffer.from(png());
    broken.fill(0xff, broken.indexOf('IDAT') + 6, broken.indexOf('IDAT') + 12);
    await expect(writePdf(documentOf([]), { logo: broken })).rejects.toThrow(
      /the logo cannot be used: its pixels cannot be unpacked/,
    );
    const huge = Buffer.from(png());
    huge.writeUInt32BE(0x7fffffff, huge.indexOf('IHDR') + 4);
    await expect(writePdf(documentOf([]), { logo: huge })).rejects.toThrow(
      /the logo cannot be used: it has 2147483647 × 1 pixels/,
    );
  });

  test('refuses a row with more cells than columns, and a date that is none', async () => {
    await expect(writePdf(documentOf([table([row('a', 'b', 'c', 'd')])]))).rejects.toThrow('4 cells for 3 columns');
    await expect(writePdf({ ...documentOf([]), date: 'today' })).rejects.toThrow('not an ISO day');
  });
});

/** A two-pixel image with an alpha channel. */
function png(): Uint8Array {
  const chunk = (kind: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const head = Buffer.from([0, 0, 0, 2, 0, 0, 0, 1, 8, 6, 0, 0, 0]);
  const pixels = deflateSync(Buffer.from([0, 255, 0, 0, 128, 0, 0, 255, 255]));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc(data: Buffer): number {
  let c = 0xffffffff;
  for (const byte of data) {
    c ^= byte;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  return (c ^ 0xffffffff) >>> 0;
}
