import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentOf, prose } from '../bench/pdf-document.ts';
import type { Block, Cell, Document, Table, TableRow, Tone } from '../src/document.ts';
import { columnWidths } from '../src/write/pdf/columns.ts';
import { writePdf } from '../src/write/pdf/index.ts';
import { type Sheet, sheetOf, type } from '../src/write/pdf/style.ts';
import { Typesetter } from '../src/write/pdf/typesetter.ts';

const missing = ['pdftoppm', 'pdftotext'].filter((tool) => spawnSync(tool, ['-v']).error !== undefined);
if (missing.length > 0) console.warn(`pages are not looked at: ${missing.join(' and ')} of poppler-utils is not installed`);

/** How far ink may stand out of its box, in points: a pixel is one, and its edge is blurred into the next. */
const BLUR = 1.5;
const PALEST_INK = 252;
const TONES: Tone[] = ['blue', 'violet', 'red', 'teal', 'green', 'amber', 'gray', 'plain'];

/** The letters of each column: a word found on a page says by them which column it belongs to. */
const LETTERS = ['0123456789', 'abcdefg', 'hijklmnop', 'αβγδεζηθικλ', 'абвгдежзикл', 'qrstuvwxyz'];

/** Words in the letters of one column, the same on each run. */
function filler(column: number, count: number, length: number): string {
  const letters = LETTERS[column] as string;
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: 1 + ((i * 7 + column) % length) }, (_, k) => letters[(i * 3 + k * 5 + column) % letters.length]).join(
      '',
    ),
  ).join(' ');
}

/** A table that tries to break out: words longer than their columns, cells longer than a page, badges, other alphabets. */
function hostile(dense: boolean): Table {
  const words = (make: (column: number) => string): Cell[] => LETTERS.map((_, i) => ({ paragraphs: [[{ text: make(i) }]] }));
  const rows: TableRow[] = [
    { kind: 'group', level: 1, title: filler(5, 20, 9), detail: filler(5, 60, 9) },
    { kind: 'group', level: 2, title: filler(5, 8, 9) },
    { kind: 'row', cells: words((i) => filler(i, 4, 8)) },
    { kind: 'row', cells: words((i) => (LETTERS[i] as string).repeat(30)), tone: 'amber' },
    { kind: 'row', cells: words((i) => `${filler(i, 5, 9)} ${(LETTERS[i] as string).repeat(9)} ${filler(i, 5, 9)}`) },
    { kind: 'row', cells: words((i) => (i === 1 || i === 4 ? filler(i, 2000, 4) : filler(i, 3, 8))) },
    {
      kind: 'row',
      cells: LETTERS.map((letters, i) => ({
        badges: TONES.slice(0, i + 1).map((tone) => ({ text: `${letters.slice(0, 5)} ${letters.slice(0, 3)}`, tone })),
        paragraphs: [[{ text: filler(i, 6, 7), bold: true }], [{ text: letters.repeat(6), italic: true }]],
        align: (['left', 'center', 'right'] as const)[i % 3] as 'left' | 'center' | 'right',
        rowHeader: i === 0,
      })),
    },
  ];
  const columns = [2, 5, 3, 4, 1, 3].map((share, i) => ({ title: filler(i, 3, 9), share }));
  return { kind: 'table', caption: 'A hostile table', columns, rows, dense };
}

/** Every kind of block, each with something too large for it. */
const every: Block[] = [
  { kind: 'heading', level: 1, text: `Every block ${'unbroken'.repeat(30)}`, anchor: 'every' },
  { kind: 'paragraph', style: 'lead', runs: [{ text: prose(1, 60) }] },
  { kind: 'paragraph', style: 'small', runs: [{ text: `${'x'.repeat(400)} ${'Ωμέγα '.repeat(40)} ${'Жёлтый '.repeat(40)}` }] },
  {
    kind: 'paragraph',
    runs: [{ text: `https://example.org/${'path/'.repeat(60)}`, link: 'https://example.org/' }, { text: ' cafe\u0301 中文 ✓' }],
  },
  { kind: 'heading', level: 2, text: prose(2, 40) },
  { kind: 'heading', level: 3, text: 'Third' },
  {
    kind: 'list',
    ordered: true,
    items: [
      [{ kind: 'paragraph', runs: [{ text: prose(3, 900) }] }],
      [
        { kind: 'paragraph', runs: [{ text: 'm'.repeat(300) }] },
        { kind: 'list', ordered: false, items: [[{ kind: 'paragraph', runs: [{ text: prose(4, 80) }] }]] },
      ],
    ],
  },
  {
    kind: 'bar-chart',
    title: prose(5, 20),
    alt: 'Bars',
    segments: TONES.map((tone) => ({ label: `${tone} ${prose(6, 5)}`, tone })),
    bars: Array.from({ length: 50 }, (_, i) => ({
      label: i % 9 === 0 ? prose(i, 16) : `Bar ${i}`,
      values: TONES.map((_, k) => (i * 13 + k * 7) % 31),
      link: '#every',
    })),
  },
  {
    kind: 'grid',
    title: prose(7, 16),
    alt: 'Grid',
    columns: Array.from({ length: 17 }, (_, i) => (i % 5 === 0 ? 'Service'.repeat(6) : `Service ${i}`)),
    rows: Array.from({ length: 40 }, (_, i) => ({
      label: i % 7 === 0 ? prose(i, 9) : `Layer ${i}`,
      cells: Array.from({ length: 17 }, (_, k) => ({
        text: (i + k) % 11 === 0 ? 'undetermined'.repeat(4) : 'provider',
        tone: TONES[(i + k) % 8] as Tone,
      })),
    })),
    legend: TONES.map((tone) => ({ label: prose(8, 4), tone })),
  },
  {
    kind: 'figures',
    items: TONES.map((tone, i) => ({
      value: String(10 ** (i + 1)),
      label: `Figure ${'long'.repeat(i * 3)}`,
      detail: prose(i, 14),
      tone,
    })),
  },
  {
    kind: 'facts',
    items: [
      { term: 'Term', detail: [{ text: prose(9, 900) }] },
      { term: 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(3), detail: [{ text: 'y'.repeat(500) }] },
    ],
  },
  {
    kind: 'callout',
    tone: 'red',
    title: prose(10, 30),
    blocks: [
      { kind: 'paragraph', runs: [{ text: prose(11, 1200) }] },
      { kind: 'paragraph', runs: [{ text: 'z'.repeat(600) }] },
    ],
  },
  {
    kind: 'sign-off',
    lines: Array.from({ length: 14 }, (_, i) => ({ name: `Name ${'n'.repeat(i * 9)}`, title: prose(i, 8), role: prose(i, 12) })),
    labels: { signature: 'Signature', place: 'Place', date: 'Date' },
  },
];

const BLOCKS: [string, Block[]][] = [
  ['every block', every],
  ['a hostile table', [hostile(false)]],
  ['a dense hostile table', [hostile(true)]],
];
const ORIENTATIONS = ['portrait', 'landscape'] as const;

interface Picture {
  width: number;
  height: number;
  gray: Uint8Array;
}
interface Word {
  text: string;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** Draws the pages as gray pictures, the odd and the even ones beside each other, because drawing takes most of the time. */
async function draw(file: string, name: string): Promise<void> {
  await Promise.all(['-o', '-e'].map((half) => promisify(execFile)('pdftoppm', ['-r', '72', '-gray', half, file, name])));
}

/** Reads a gray picture as pdftoppm writes it. */
function readGray(file: Buffer): Picture {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.toString('latin1', 0, 64));
  if (!head) throw new Error('not a gray picture');
  const [width, height] = [Number(head[1]), Number(head[2])];
  return { width, height, gray: file.subarray(head[0].length, head[0].length + width * height) };
}

/** The first dot of ink in a part of a picture, in words; nothing where the part is blank. */
function inkIn(picture: Picture, left: number, top: number, right: number, bottom: number): string | undefined {
  for (let y = Math.max(0, Math.ceil(top)); y < Math.min(picture.height, Math.floor(bottom)); y++) {
    for (let x = Math.max(0, Math.ceil(left)); x < Math.min(picture.width, Math.floor(right)); x++) {
      if ((picture.gray[y * picture.width + x] as number) < PALEST_INK) return `ink at ${x}, ${y}`;
    }
  }
  return undefined;
}

/** The parts of a sheet where nothing may stand: its margins, and the white above and below the text that parts it from head and foot. */
function quietParts(sheet: Sheet, isCover: boolean): [string, number, number, number, number][] {
  const { width, height, left, right, top, bottom } = sheet;
  return [
    ['the left margin', 0, 0, left - BLUR, height],
    // The picture of the cover runs over the right edge of the sheet on purpose.
    ...(isCover ? [] : ([['the right margin', right + BLUR, 0, width, height]] as [string, number, number, number, number][])),
    ['above the head', 0, 0, width, 24],
    ['below the foot', 0, height - 24, width, height],
    ...(isCover
      ? []
      : ([
          ['between head and text', 0, top - 14, width, top - BLUR],
          ['between text and foot', 0, bottom + BLUR, width, bottom + 8],
        ] as [string, number, number, number, number][])),
  ];
}

function wordsOf(file: string): Word[][] {
  const xml = execFileSync('pdftotext', ['-bbox-layout', file, '-'], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return xml
    .split('<page ')
    .slice(1)
    .map((page) =>
      [...page.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)</g)].map(
        ([, x1, y1, x2, y2, text = '']) => ({ text, x1: Number(x1), y1: Number(y1), x2: Number(x2), y2: Number(y2) }),
      ),
    );
}

/** Pairs of words that stand on each other. */
function collisions(words: Word[]): string[] {
  const found: string[] = [];
  words.forEach((a, i) => {
    for (const b of words.slice(i + 1)) {
      const across = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
      const down = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
      // Boxes reach from the highest accent to the lowest descender, so those of two lines may touch.
      if (across > 0.5 && down > 0.2 * Math.min(a.y2 - a.y1, b.y2 - b.y1)) found.push(`"${a.text}" and "${b.text}"`);
    }
  });
  return found;
}

describe.skipIf(missing.length > 0)('pages as they look (needs poppler)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'demarc-visual-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  describe.each(['a4', 'letter'] as const)('%s', (paper) => {
    const document: Document = {
      ...documentOf([]),
      paper,
      title: `A title ${'that goes on '.repeat(12)}`,
      footer: prose(20, 60),
      sections: BLOCKS.flatMap(([title, blocks], i) =>
        ORIENTATIONS.map((orientation) => ({ id: `${i}-${orientation}`, title: `${title} ${orientation}`, orientation, blocks })),
      ),
    };
    let pictures: Picture[] = [];
    let pages: Word[][] = [];
    beforeAll(async () => {
      const file = join(folder, `${paper}.pdf`);
      writeFileSync(file, (await writePdf(document)).bytes);
      await draw(file, join(folder, paper));
      pictures = readdirSync(folder)
        .filter((name) => name.startsWith(`${paper}-`))
        .sort()
        .map((name) => readGray(readFileSync(join(folder, name))));
      pages = wordsOf(file);
    });
    const sheetAt = (page: number): Sheet => {
      const { width, height } = pictures[page] as Picture;
      return sheetOf(paper, width > height ? 'landscape' : 'portrait');
    };

    test('no ink stands in the margins', () => {
      expect(pictures.length).toBeGreaterThan(60);
      const faults = pictures.flatMap((picture, page) =>
        quietParts(sheetAt(page), page === 0).flatMap(([name, ...part]) => {
          const ink = inkIn(picture, ...part);
          return ink ? [`page ${page + 1}: ${ink}, ${name}`] : [];
        }),
      );
      expect(faults).toEqual([]);
    });

    test('no words stand on each other', () => {
      expect(pages.flatMap((words, page) => collisions(words).map((pair) => `page ${page + 1}: ${pair}`))).toEqual([]);
    });

    test('every word of a table stands within its column', () => {
      const setter = new Typesetter();
      const faults: string[] = [];
      let seen = 0;
      pages.forEach((words, page) => {
        const sheet = sheetAt(page);
        const running = words
          .filter((word) => word.y2 < sheet.top - 14)
          .map((word) => word.text)
          .join(' ');
        if (!running.includes('hostile table')) return;
        const isDense = running.includes('dense');
        const pad = isDense ? 3.5 : 5;
        const [cell, head] = isDense ? [type.dense, type.denseHead] : [type.cell, type.cellHead];
        const widths = columnWidths(setter, hostile(isDense), sheet.right - sheet.left, pad * 2, cell, head);
        const bands = new Set(filler(5, 60, 9).split(' '));
        for (const word of words) {
          const column = LETTERS.findIndex((letters) => [...word.text].every((letter) => letters.includes(letter)));
          if (column < 0 || word.y1 < sheet.top - 1 || word.y2 > sheet.bottom + 3) continue;
          // The words of bands run over all columns.
          if (column === 5 && bands.has(word.text)) continue;
          seen++;
          const left = sheet.left + widths.slice(0, column).reduce((a, b) => a + b, 0);
          const right = left + (widths[column] as number);
          if (word.x1 < left + pad - 0.6 || word.x2 > right - pad + 0.6)
            faults.push(`page ${page + 1}: "${word.text}" at ${word.x1}–${word.x2}, its column at ${left}–${right}`);
        }
      });
      expect(seen).toBeGreaterThan(5000);
      expect(faults).toEqual([]);
    });
  });
});
