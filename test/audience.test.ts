import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { AUDIENCES, SEES } from '../src/audience.ts';
import { mapFile } from '../src/cli/context.ts';
import { computePack, lookInputs } from '../src/cli/pack.ts';
import type { PackFile } from '../src/disk.ts';
import { mapFor } from '../src/map/audience.ts';
import type { Audience, Matrix } from '../src/model/matrix.ts';
import { readSystem } from '../src/read/system.ts';
import { systemFile } from '../src/read/system-file.ts';
import { annexesOf, attestation } from '../src/report/attestation.ts';
import { readTemplate } from '../src/report/template-compiler.ts';
import { responsibilityWorkbook } from '../src/report/workbook.ts';
import { catalogue, ROOT } from './support.ts';

// Every text that a description can hold is given a word of its own, and packs are searched for these words. The description is made
// by walking the schema, so a key that is added to it is in the test at once, and must stay inside until somebody decides otherwise.

/** What readers outside may see of a description, by the key. */
const OUTSIDE: Record<'customer' | 'public', string[]> = {
  customer: [
    'assurances[].excludes.regions[]',
    'assurances[].regions[]',
    'customer-duties[].text',
    'organization.contact',
    'organization.officer',
    'organization.representative',
    'providers[].sub-processors[].name',
    'providers[].sub-processors[].purpose',
    'organization.address',
    'organization.name',
    'organization.short',
    'parties[].name',
    'parties[].short',
    'services[].provider',
    'services[].purpose',
    'services[].regions[]',
    'services[].title',
    'system.description',
    'system.name',
  ],
  public: ['customer-duties[].text', 'organization.name', 'organization.short', 'system.name'],
};

/** The words by what they stand for: the key, with list positions left out. */
const words = new Map<string, string>();
function wordFor(path: string): string {
  const word = `zq${String(words.size).padStart(3, '0')}k`;
  words.set(word, path);
  return word;
}

/** Values that must name something that exists, by key. A function makes them from the entry's position. */
const REFERENCES: Record<string, unknown> = {
  include: [`${wordFor('(name of an included file)')}.yaml`],
  catalogue: wordFor('(name of the catalogue folder)'),
  frameworks: ['pci-dss', { id: 'soc2', categories: ['availability'] }],
  roles: { 'pci-dss': 'service-provider' },
  'services[].data': ['cardholder', 'personal', 'health'],
  'services[].affects': ['personal'],
  'services[].facts': { 'audit-logs': 'optional' },
  'services[].managed-by[].components': ['operating-system', 'middleware'],
  'assurances[].type': 'pci-aoc',
  'assurances[].cuecs[].controls': ['backup'],
  'statements[].status': 'partial',
  'statements[].evidence[].sha256': '0'.repeat(64),
  'providers[].sub-processors[].country': 'DE',
  'providers[].claims[].requirement': 'pci-dss:8.4.2',
  'customer-duties[].controls': ['backup'],
  'customer-duties[].requirements': ['pci-dss:8.4.2'],
  'transfers[].country': 'US',
};
/** Keys of maps that must name something that exists. */
const KEYS: Record<string, string[]> = {
  conditions: [],
  'services[].components': ['application'],
  'services[].options': [],
};

type Schema = {
  type: string;
  entries?: Record<string, Schema>;
  item?: Schema;
  wrapped?: Schema;
  value?: Schema;
  options?: (Schema | string)[];
  literal?: unknown;
  pipe?: Schema[];
};

/** A value with everything in it that the schema knows, and a word of its own in every text. */
function filled(schema: Schema, path: string): unknown {
  if (Object.hasOwn(REFERENCES, path)) return REFERENCES[path];
  switch (schema.type) {
    case 'optional':
      return filled(schema.wrapped as Schema, path);
    case 'strict_object':
      return Object.fromEntries(
        Object.entries(schema.entries ?? {}).map(([key, inner]) => [key, filled(inner, path === '' ? key : `${path}.${key}`)]),
      );
    case 'array': {
      const item = schema.item as Schema;
      // Where an entry can be written in two ways, both are.
      const ways = item.type === 'union' ? (item.options as Schema[]) : [item];
      return ways.map((way) => filled(way, `${path}[]`));
    }
    case 'record':
      return Object.fromEntries((KEYS[path] ?? [path]).map((key) => [key, filled(schema.value as Schema, `${path}.*`)]));
    case 'union':
      return filled((schema.options as Schema[]).at(-1) as Schema, path);
    case 'picklist':
      return (schema.options as string[])[0];
    case 'literal':
      return schema.literal;
    case 'boolean':
      return true;
    case 'string': {
      const word = wordFor(path);
      const shapes = [`${word} is a word of its own`, word, `https://${word}.example`, '2026-05-05'];
      const fitting = shapes.find((shape) => v.is(schema as unknown as v.GenericSchema, shape));
      if (fitting === undefined) throw new Error(`no value of this test fits the key ${path}`);
      if (!fitting.includes(word)) words.delete(word);
      return fitting;
    }
    default:
      throw new Error(`the test does not know schemas of type ${schema.type}, at ${path}`);
  }
}

type Entry = Record<string, unknown>;

/** A description that can be read: the filled one, with references between its parts, and each service and statement in every way. */
function description(): Record<string, string> {
  KEYS.conditions = catalogue().conditions.map(({ id }) => id);
  const root = filled(systemFile as unknown as Schema, '') as Record<string, Entry[]> & { conditions: Record<string, Entry> };
  const another = (key: string): Entry =>
    (filled(systemFile.entries[key as 'services'] as unknown as Schema, key) as Entry[])[0] as Entry;
  Object.values(root.conditions).forEach((answer, i) => {
    answer.holds = i % 2 === 0;
    delete answer.frameworks;
  });
  const [party, operator] = [root.parties?.[0] as Entry, another('parties')];
  root.parties = [party, operator];
  const run = (service: Entry): Entry => {
    for (const managed of service['managed-by'] as Entry[]) managed.party = operator.id;
    return service;
  };
  const { provider: _, model: __, ...known } = another('services');
  const { service: ___, ...own } = another('services');
  const { service: ____, ...declared } = another('services');
  const { service: _____, ...unknown } = another('services');
  root.services = [
    run({ ...known, service: 'aws/rds', options: { 'customer-managed-keys': true } }),
    run({ ...own, model: 'iaas', provider: party.id }),
    { ...declared, model: 'saas', 'managed-by': [] },
    { ...unknown, model: 'unknown', 'managed-by': [], components: {}, facts: {} },
  ];
  const ids = root.services.map((service) => service.id);
  root.assurances = [
    { ...another('assurances'), provider: 'aws', services: [ids[0]] },
    { ...another('assurances'), provider: party.id, services: [], expires: '2026-06-01', type: 'bridge-letter' },
  ];
  for (const assurance of root.assurances) {
    assurance.bridges = root.assurances[0]?.id;
    (assurance.excludes as Entry).services = [ids[2]];
  }
  root.providers = [
    { ...another('providers'), provider: 'aws' },
    { ...another('providers'), provider: party.id },
  ];
  for (const record of root.providers) {
    for (const entry of [...(record['sub-processors'] as Entry[]), ...(record.claims as Entry[])]) entry.services = [ids[0]];
  }
  for (const entry of [...(root['customer-duties'] ?? []), ...(root.processing ?? [])]) entry.services = [ids[1]];
  const { service: ______, ...ofProvider } = another('transfers');
  const { provider: _______, ...ofService } = another('transfers');
  root.transfers = [
    { ...ofService, service: ids[0] },
    { ...ofProvider, provider: party.id },
  ];
  const { control: c1, ...onRequirement } = another('statements');
  const { requirement: r1, ...onControl } = another('statements');
  const { requirement: r2, ...met } = another('statements');
  root.statements = [
    { ...onRequirement, requirement: 'pci-dss:8.4.2', services: [] },
    { ...onControl, control: 'flaw-remediation', services: [ids[1]] },
    { ...met, control: 'backup', services: [], status: 'implemented' },
  ];
  root.exclusions = [{ ...another('exclusions'), requirement: 'pci-dss:9.5.1' }];
  // Words that are in no file are not looked for.
  const { signatories, include, ...main } = root;
  const files = {
    'zq-main-zq.yaml': stringify({ include, ...main }),
    [String(include?.[0])]: stringify({ signatories }),
    [`${String(root.catalogue)}/texts/pci-dss.yaml`]: `texts: {"8.4.2": ${wordFor('(an official text)')}}\n`,
    'templates/attestation.md.hbs': readFileSync(join(ROOT, 'templates/attestation.md.hbs'), 'utf8').replace(
      '# Summary\n',
      '# Summary\n\n[[findings]]\n\n[[evidence]]\n\n[[duties]]\n\n[[sign-off]]\n\n[[exclusions]]\n',
    ),
  };
  const all = Object.entries(files).flat().join('\n');
  for (const word of [...words.keys()]) if (!all.includes(word)) words.delete(word);
  return files;
}

const poppler = spawnSync('which', ['pdftotext']).status === 0;
let folder = '';
const matrices = new Map<Audience, Matrix>();
const packs = new Map<Audience, PackFile[]>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'demarc-audience-'));
  for (const [path, text] of Object.entries(description())) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const io = { out() {}, err() {}, interactive: false, width: 100, env: {}, today: '2026-09-30', now: '2026-09-30T12:00:00Z' };
  for (const audience of AUDIENCES) {
    const mapped = mapFile(join(folder, 'zq-main-zq.yaml'), { asOf: '2026-09-30', audience }, io);
    matrices.set(audience, mapped.matrix);
    packs.set(
      audience,
      (await computePack(mapped, lookInputs({ templates: join(folder, 'templates') }), { audience, paper: 'a4' })).files,
    );
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const unpacked = new Map<Audience, string>();

/** Every text of the pack for an audience. */
function textOf(audience: Audience): string {
  const text = unpacked.get(audience) ?? everything(packs.get(audience) ?? []);
  unpacked.set(audience, text);
  return text;
}

/** Everything that is written anywhere in a PDF: its objects, what its streams inflate to, and UTF-16 strings read out. */
function insidePdf(bytes: Uint8Array): string {
  const file = Buffer.from(bytes);
  const texts = [file.toString('latin1')];
  for (let at = file.indexOf('stream\n'); at !== -1; at = file.indexOf('stream\n', at + 7)) {
    try {
      texts.push(inflateSync(file.subarray(at + 7), { finishFlush: 2 }).toString('latin1'));
    } catch {
      // The end of a stream, or one that is not deflated.
    }
  }
  const all = texts.join('\n');
  const wide = [...all.matchAll(/<FEFF([0-9A-F]+)>/g)].map(([, hex = '']) =>
    Buffer.from(hex, 'hex').swap16().toString('utf16le'),
  );
  return [all, ...wide].join('\n');
}

/** Every text of a pack, unpacked: names, contents, properties, attachments. */
function everything(files: PackFile[]): string {
  return files
    .flatMap(({ path, bytes }) => {
      if (path.endsWith('.pdf')) {
        const saved = join(folder, 'unpacked.pdf');
        writeFileSync(saved, bytes);
        const shown = poppler ? execFileSync('pdftotext', ['-raw', saved, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 }) : '';
        return [path, insidePdf(bytes), shown];
      }
      if (path.endsWith('.xlsx')) {
        return Object.entries(unzipSync(bytes)).flatMap(([name, part]) => [path, name, Buffer.from(part).toString()]);
      }
      return [path, Buffer.from(bytes).toString()];
    })
    .join('\n');
}

/** The keys whose words are found in a text, each once, in order. */
function keysIn(text: string): string[] {
  const lower = text.toLowerCase();
  return [...new Set([...words].flatMap(([word, path]) => (lower.includes(word) ? [path] : [])))].sort();
}

describe('what a description says', () => {
  test('is in the pack for internal use and for assessors, whole', () => {
    const all = [...new Set(words.values())].sort();
    expect(all.length).toBeGreaterThan(40);
    for (const audience of ['internal', 'assessor'] as const) expect(keysIn(textOf(audience))).toEqual(all);
  });
  test('is found by this test where readers see it', () => {
    const shown = (packs.get('internal') ?? []).filter(({ path }) => !path.startsWith('inputs/'));
    const pdf = keysIn(everything(shown.filter(({ path }) => path.endsWith('.pdf'))));
    const book = keysIn(everything(shown.filter(({ path }) => path.endsWith('.xlsx'))));
    const answers = ['statements[].narrative', 'statements[].evidence[].title', 'services[].owner'];
    expect(pdf).toEqual(expect.arrayContaining([...answers, 'exclusions[].reason']));
    expect(book).toEqual(expect.arrayContaining(answers));
  });
  test.each(['customer', 'public'] as const)(
    'is in no file, property or attachment of the pack for the %s but where it may be',
    (audience) => {
      expect(keysIn(textOf(audience))).toEqual([...OUTSIDE[audience]].sort());
      // Before layout, too: a font may show a word under another code.
      const matrix = matrices.get(audience) as Matrix;
      const template = readTemplate('attestation.md.hbs', readFileSync(join(folder, 'templates/attestation.md.hbs'), 'utf8'));
      const annexTemplate = readTemplate('annexes.md.hbs', readFileSync(join(ROOT, 'templates/annexes.md.hbs'), 'utf8'));
      const annexes = annexesOf(matrix);
      const document = attestation(matrix, { template, annexTemplate, annexes, matrixJson: '', paper: 'a4' });
      const shown = JSON.stringify([document, responsibilityWorkbook(matrix, { annexes, sections: document.sections })]);
      for (const key of keysIn(shown)) expect(OUTSIDE[audience]).toContain(key);
    },
  );
  test('tells readers outside nothing of holes', () => {
    for (const audience of ['customer', 'public'] as const) {
      const matrix = matrices.get(audience) as Matrix;
      expect(matrix.findings).toEqual([]);
      expect(matrix.parts.some((part) => part.undetermined)).toBe(false);
      const statuses = matrix.frameworks.flatMap((framework) => framework.requirements.map(({ row }) => row.status));
      const told = audience === 'customer' ? ['implemented', 'not-applicable', 'unanswered', undefined] : [undefined];
      for (const status of new Set(statuses)) expect(told).toContain(status);
      expect(/not yet determined|no hole was found|no findings/i.exec(textOf(audience))?.[0]).toBeUndefined();
    }
    expect(matrices.get('internal')?.findings.length).toBeGreaterThan(0);
  });
  test('is only counted in a manifest for readers outside, with the hash that sha256sum gives', () => {
    const manifest = JSON.parse(Buffer.from(packs.get('public')?.at(-1)?.bytes ?? []).toString());
    const whole = JSON.parse(Buffer.from(packs.get('assessor')?.at(-1)?.bytes ?? []).toString());
    expect(manifest.inputs).toEqual([]);
    const lines = whole.inputs.map((input: { sha256: string; path: string }) => `${input.sha256}  ${input.path}\n`).sort();
    const sum = execFileSync('sha256sum', { input: lines.join(''), encoding: 'utf8' }).split(' ')[0];
    expect(manifest.withheld).toEqual({ files: whole.inputs.length, sha256: sum });
  });
});

describe.each(['clinic', 'payments', 'manufacturer'])('%s', (sample) => {
  const system = readSystem(`samples/${sample}/system.yaml`, (path) => readFileSync(join(ROOT, path), 'utf8'), catalogue());
  const matrixFor = (audience: Audience): Matrix =>
    mapFor(audience, system, catalogue(), { asOf: system.asOf ?? '2026-09-30', toolVersion: '0.0.0' });
  const full = matrixFor('internal');

  test.each(AUDIENCES)('has the same ownership of every requirement for the audience %s', (audience) => {
    const seen = matrixFor(audience);
    const sides = (ids: string[], { parties }: Matrix): string[] =>
      [...new Set(ids.map((id) => parties.find((party) => party.id === id)?.kind ?? id))].sort();
    seen.frameworks.forEach((framework, i) => {
      const own = full.frameworks[i] as Matrix['frameworks'][number];
      framework.requirements.forEach(({ row }, j) => {
        const whole = own.requirements[j]?.row;
        expect(row.key).toBe(whole?.key);
        if (whole?.ownership !== 'not-determined') expect(row.ownership, row.key).toBe(whole?.ownership);
        expect(sides(row.parties, seen), row.key).toEqual(sides(whole?.parties ?? [], full));
      });
      expect(Object.values(framework.counts).reduce((sum, count) => sum + count, 0)).toBe(framework.requirements.length);
    });
  });
  test('tells customers what is in place, and the public not even that', () => {
    const rows = full.frameworks.flatMap((framework) => framework.requirements.map(({ row }) => row));
    const statuses = (audience: Audience): (string | undefined)[] =>
      matrixFor(audience).frameworks.flatMap((framework) => framework.requirements.map(({ row }) => row.status));
    expect(statuses('customer')).toEqual(
      rows.map(({ status }) =>
        status === 'alternative' ? 'implemented' : status && ['partial', 'planned'].includes(status) ? 'unanswered' : status,
      ),
    );
    expect(new Set(statuses('public'))).toEqual(new Set([undefined]));
  });
});

test('each audience sees no more than the one before it', () => {
  const rank = (value: boolean | string): number => [false, 'none', 'met', 'kind', 'full', true].indexOf(value);
  for (const key of Object.keys(SEES.internal) as (keyof typeof SEES.internal)[]) {
    const ranks = AUDIENCES.map((audience) => rank(SEES[audience][key]));
    expect(ranks, key).toEqual([...ranks].sort((a, b) => b - a));
  }
});
