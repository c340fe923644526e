import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { AUDIENCES, SEES, type Sight } from '../src/audience.ts';
import { libraryFrom } from '../src/cli/answer-library.ts';
import { commandLine } from '../src/cli/run.ts';
import { mapSystem } from '../src/map/matrix.ts';
import { questionsOf } from '../src/questionnaire/questions.ts';
import { resolveForm } from '../src/questionnaire/resolve.ts';
import { type CatalogueFile, readCatalogue } from '../src/read/catalogue.ts';
import { frameworkFile, providerFile, servicesFile } from '../src/read/catalogue-files.ts';
import { formFile, readForm } from '../src/read/form-file.ts';
import { bookOf } from './questionnaires/build.ts';
import { catalogue, ROOT, readTexts, systemOf, use } from './support.ts';

// The pages under docs/ are run: their examples are loaded, their excerpts are looked up, their commands are parsed.

const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const PAGES = [
  ...(existsSync(join(ROOT, 'README.md')) ? ['README.md'] : []),
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Fenced blocks with their info string, and indented blocks without one. */
function blocksOf(page: string): { info: string; body: string }[] {
  const fenced = [...page.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, info = '', body = '']) => ({
    info: info.trim(),
    body,
  }));
  const rest = page.replace(/^```.*\n[\s\S]*?^```$/gm, '');
  return [
    ...fenced,
    ...[...rest.matchAll(/(?:^ {4}.*\n)+/gm)].map(([body]) => ({ info: '', body: body.replace(/^ {4}/gm, '') })),
  ];
}
function example(page: string, mark: string): string {
  const found = blocksOf(text(page)).filter(({ info }) => info === `yaml ${mark}`);
  expect(found, `${page} has one \`\`\`yaml ${mark}`).toHaveLength(1);
  return found[0]?.body ?? '';
}

describe('the complete examples', () => {
  const files: CatalogueFile[] = [
    { path: 'frameworks/house-rules.yaml', text: example('docs/add-a-framework.md', 'framework') },
    { path: 'texts/house-rules.yaml', text: example('docs/add-a-framework.md', 'texts/house-rules.yaml') },
    { path: 'providers/example-lab/provider.yaml', text: example('docs/add-a-service.md', 'provider') },
    { path: 'providers/example-lab/services.yaml', text: example('docs/add-a-service.md', 'service') },
  ];
  const own = readCatalogue(files, catalogue());
  const matrixWith = (hosting: string) =>
    mapSystem(
      systemOf([use({ id: 'results', service: 'example-lab/results', data: ['personal'], options: { hosting } })], {
        frameworks: [{ id: 'house-rules', categories: [] }],
        roles: { 'house-rules': ['department'] },
        conditions: { 'custom-software': { holds: false } },
      }),
      own,
      { asOf: '2026-11-30', toolVersion: '0' },
    );

  test('load, and map a system', () => {
    const [framework] = matrixWith('hosted').frameworks;
    expect(framework?.requirements.map(({ id, row }) => [id, row.ownership])).toEqual([
      ['A1', 'shared-independent'],
      ['B1', 'customer'],
      ['B2', 'not-applicable'],
      ['B3', 'not-applicable'],
    ]);
    expect(framework?.requirements[0]?.official).toMatch(/^1\.1 Access/);
  });
  test('the option of the example moves the line', () => {
    expect(matrixWith('hosted').services[0]?.holders['operating-system']?.holder).toBe('provider');
    expect(matrixWith('on-site').services[0]?.holders['operating-system']?.holder).toBe('customer');
  });
});

test('the page of findings is written from the rules, and its example can be read', () => {
  execFileSync(process.execPath, [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), 'tools/write-findings.ts', '--check'], {
    cwd: ROOT,
  });
  const [{ body = '' } = {}] = blocksOf(text('docs/findings.md')).filter(({ info }) => info === 'yaml');
  const { system, problems } = readTexts({
    'system.yaml': `organization: {name: X}
system: {name: S, description: D.}
frameworks: [soc2]
services: [{id: db, service: aws/rds, purpose: P., data: [personal]}]
${body}`,
  });
  expect(problems).toEqual([]);
  expect(system?.suppressions).toHaveLength(1);
});

test('the mapping of the example finds the questions of such a form', () => {
  const book = bookOf(
    {
      name: 'Controls 2026',
      rows: [
        ['Third-party controls'],
        ['Ref', 'Domain', 'Control requirement', 'Compliance status', 'Comments', 'Evidence reference'],
        ['Part 1', null, 'Cryptography'],
        ['TPS-001', 'Cryptography', 'The supplier shall encrypt data.'],
      ],
      lists: { 'D3:D9': ['Compliant', 'Not compliant'] },
    },
    { name: 'Privacy', rows: [['Question', 'Yes', 'No', 'N/A', 'Notes'], [], ['Do you keep records of processing?']] },
  );
  const { mapping, problems } = resolveForm(readForm(example('docs/add-a-questionnaire.md', 'mapping'), 'x'), book, 'x');
  expect(problems).toEqual([]);
  expect(questionsOf(book, mapping, 'x')).toMatchObject({
    questions: [
      { id: 'TPS-001', allowed: ['Compliant', 'Not compliant'], cells: { evidence: { column: 6 } } },
      { row: 3, options: [{ means: 'yes' }, { means: 'no' }, { means: 'not-applicable', column: 4 }] },
    ],
    problems: [],
  });
});

test('the library of the example is given where it is asked', () => {
  const [first, second] = libraryFrom(example('docs/questionnaires.md', 'answers'), 'answers.yaml');
  expect(first).toMatchObject({ means: 'yes', ids: ['hecvat-4:HFIH-04'], validUntil: '2027-03-31' });
  expect(second).toMatchObject({ text: 'Utrecht, Netherlands' });
});

const program = await commandLine(
  { out: () => {}, err: () => {}, interactive: false, width: 100, env: {}, today: '2026-11-30', now: '2026-11-30T12:00:00Z' },
  () => {},
);

describe.each(PAGES)('%s', (page) => {
  const blocks = blocksOf(text(page));
  const excerpts = blocks.filter(({ info }) => /^yaml (frameworks|providers|controls|questionnaires)\//.test(info));
  test.skipIf(excerpts.length === 0)('quotes files as they are', () => {
    for (const { info, body } of excerpts) expect(text(info.slice('yaml '.length)), info).toContain(body);
  });

  // Commands stand in code: after a prompt, at the start of a line, or in a span.
  const spans = [
    ...text(page)
      .replace(/^```.*\n[\s\S]*?^```$/gm, '')
      .matchAll(/`([^`\n]+)`/g),
  ].map(([, span = '']) => span);
  const lines = [...blocks.filter(({ info }) => !info.startsWith('yaml')).flatMap(({ body }) => body.split('\n')), ...spans];
  const commands = lines.flatMap(
    (line) => /^\s*(?:\$ )?(?:npx )?demarc ([a-z][\w-]*)(.*)$/.exec(line.replace(/\s# .*$/, ''))?.slice(1, 3) ?? [],
  );
  const pairs = Array.from(
    { length: commands.length / 2 },
    (_, i) => [commands[2 * i] ?? '', commands[2 * i + 1] ?? ''] as const,
  );
  test.skipIf(pairs.length === 0)('names only commands and options that exist', () => {
    for (const [name, rest] of pairs) {
      const top = program.commands.find((candidate) => candidate.name() === name);
      expect(top, `demarc ${name}`).toBeDefined();
      const command = top?.commands.find((candidate) => rest.startsWith(` ${candidate.name()}`)) ?? top;
      for (const [option] of rest.matchAll(/(?<=\s)--?[a-z][\w-]*/g)) {
        expect(
          command?.options.some(({ long, short }) => long === option || short === option),
          `demarc ${name}${rest}`,
        ).toBe(true);
      }
    }
  });
});

/** Every key of a schema and of what lies below it. */
function keysOf(schema: v.GenericSchema): string[] {
  const node = schema as unknown as {
    entries?: Record<string, v.GenericSchema>;
    item?: v.GenericSchema;
    wrapped?: v.GenericSchema;
    options?: unknown;
    value?: v.GenericSchema;
  };
  const below = [
    node.item,
    node.wrapped,
    node.value,
    ...(Array.isArray(node.options) ? node.options.filter((option) => typeof option === 'object') : []),
  ];
  return [
    ...Object.entries(node.entries ?? {}).flatMap(([key, inner]) => [key, ...keysOf(inner)]),
    ...below.flatMap((inner) => (inner ? keysOf(inner) : [])),
  ];
}

test.each([
  ['docs/add-a-framework.md', [frameworkFile]],
  ['docs/add-a-service.md', [servicesFile, providerFile]],
  ['docs/add-a-questionnaire.md', [formFile]],
] as const)('%s explains every key', (page, schemas) => {
  const written = text(page);
  const missing = schemas
    .flatMap((schema) => keysOf(schema))
    .filter((key) => !new RegExp(`(?<![\\w-])${key}(?![\\w-])`).test(written));
  expect(missing).toEqual([]);
});

test('docs/trust.md says of every audience what is declared', () => {
  const said: Record<string, string | boolean> = {
    yes: true,
    '–': false,
    'in full': 'full',
    'in place or not': 'met',
    'kind and dates': 'kind',
  };
  const rows = [...text('docs/trust.md').matchAll(/^\| .*\(`(\w+)`\) \|(.*)\|$/gm)].map(([, key = '', cells = '']) => [
    key,
    cells.split('|').map((cell) => said[cell.trim()]),
  ]);
  const declared = (Object.keys(SEES.internal) as (keyof Sight)[]).map((key) => [
    key,
    AUDIENCES.map((audience) => (SEES[audience][key] === 'none' ? false : SEES[audience][key])),
  ]);
  expect(rows).toEqual(declared);
});

test.each(['docs/add-a-framework.md', 'docs/add-a-service.md', 'docs/add-a-questionnaire.md', 'docs/trust.md'])(
  '%s stays short',
  (page) => {
    expect(text(page).split('\n').length).toBeLessThanOrEqual(200);
  },
);
