import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Block, Cell, Document } from '../src/document.ts';
import { mapSystem } from '../src/map/matrix.ts';
import type { Matrix } from '../src/model/matrix.ts';
import { readSystem } from '../src/read/system.ts';
import { annexesOf, attestation } from '../src/report/attestation.ts';
import { readTemplate } from '../src/report/template-compiler.ts';
import { catalogue, ROOT } from './support.ts';

// What each sample comes to, as text. After a wanted change: npx vitest run test/golden.test.ts -u, and read the difference.

function matrixOf(sample: string): Matrix {
  const system = readSystem(`samples/${sample}/system.yaml`, (path) => readFileSync(join(ROOT, path), 'utf8'), catalogue());
  return mapSystem(system, catalogue(), { asOf: system.asOf ?? '2026-09-30', toolVersion: '0.0.0' });
}

/** One line a requirement: who owns it, with whom, how it stands. */
function matrixText(matrix: Matrix): string {
  const lines = matrix.frameworks.flatMap((framework) => [
    `# ${framework.title} ${framework.version}: ${JSON.stringify(framework.counts)}`,
    ...framework.requirements.map(({ row }) =>
      [row.id, row.ownership, row.parties.join('+'), row.status ?? '', row.reason ?? ''].join(' | ').replace(/( \| )+$/, ''),
    ),
  ]);
  return `${[...lines, '# Findings', ...matrix.findings.map((finding) => `${finding.severity} | ${finding.id} | ${finding.requirements.length}${finding.suppressed ? ' | suppressed' : ''}`)].join('\n')}\n`;
}

const cellText = (cell: Cell): string =>
  [
    ...(cell.badges ?? []).map((badge) => `[${badge.text}]`),
    ...cell.paragraphs.map((runs) => runs.map((run) => run.text).join('')),
  ].join(' / ');

/** A document as text. Of long tables only the first rows: the rest is in the golden matrix. */
function blockText(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return ['', `${'#'.repeat(block.level)} ${block.text}`];
    case 'paragraph':
      return [block.runs.map((run) => run.text).join('')];
    case 'list':
      return block.items.map((item) => `- ${item.flatMap(blockText).join(' ')}`);
    case 'table': {
      const rows = block.rows.map((row) => (row.kind === 'group' ? `== ${row.title}` : row.cells.map(cellText).join(' | ')));
      return [
        `<${block.caption}: ${block.columns.map((column) => column.title).join(' | ')}; ${rows.length} rows>`,
        ...rows.slice(0, 12),
      ];
    }
    case 'bar-chart':
    case 'grid':
      return [`<${block.kind}: ${block.alt}>`];
    case 'figures':
      return block.items.map((item) => `${item.value} ${item.label} (${item.detail})`);
    case 'facts':
      return block.items.map((item) => `${item.term}: ${item.detail.map((run) => run.text).join('')}`);
    case 'callout':
      return block.blocks.flatMap(blockText);
    case 'sign-off':
      return block.lines.map((line) => `${line.name}, ${line.title}, ${line.role}`);
  }
}

function documentText(document: Document): string {
  return `${[document.title, document.subtitle, ...blockText(document.cover.facts), ...document.sections.flatMap((section) => ['', `---- ${section.title} (${section.orientation})`, ...section.blocks.flatMap(blockText)])].join('\n').replace(/catalogue [0-9a-f]{12}/g, 'catalogue …')}\n`;
}

describe.each(['clinic', 'payments', 'manufacturer'])('%s', (sample) => {
  const matrix = matrixOf(sample);
  test('matrix', async () => {
    await expect(matrixText(matrix)).toMatchFileSnapshot(`golden/${sample}.matrix.txt`);
  });
  test('document', async () => {
    const template = readTemplate('attestation.md.hbs', readFileSync(join(ROOT, 'templates/attestation.md.hbs'), 'utf8'));
    const annexTemplate = readTemplate('annexes.md.hbs', readFileSync(join(ROOT, 'templates/annexes.md.hbs'), 'utf8'));
    const annexes = annexesOf(matrix);
    const document = attestation(
      { ...matrix, catalogue: { version: '…' } },
      { template, annexTemplate, annexes, matrixJson: '{}', paper: 'a4' },
    );
    await expect(documentText(document)).toMatchFileSnapshot(`golden/${sample}.document.txt`);
  });
});

const BARE = { annexTemplate: readTemplate('annexes.md.hbs', ''), annexes: [], matrixJson: '', paper: 'a4' } as const;

test('a template that misspells a name is refused, and user text stays text', () => {
  const matrix = matrixOf('clinic');
  expect(() =>
    attestation(matrix, {
      template: readTemplate('attestation.md.hbs', '[[section portrait x]]\n\n# T\n\n{{sistem.name}}'),
      ...BARE,
    }),
  ).toThrow(/attestation\.md\.hbs cannot be used/);
  expect(() =>
    attestation(matrix, {
      template: readTemplate('attestation.md.hbs', '[[section portrait x]]\n\n# T\n\n[[matrices]]'),
      ...BARE,
    }),
  ).toThrow(/unknown block \[\[matrices\]\]/);
  const hostile = '# not a heading **nor bold** [[findings]] <b>& {{x}} https://example.org';
  const document = attestation(
    { ...matrix, system: { ...matrix.system, name: hostile } },
    { template: readTemplate('attestation.md.hbs', '[[section portrait x]]\n\n# T\n\n{{system.name}}'), ...BARE },
  );
  expect(
    document.sections[0]?.blocks
      .slice(1)
      .map((block) => (block.kind === 'paragraph' ? block.runs.map((run) => run.text).join('') : block.kind)),
  ).toEqual([hostile]);
});
