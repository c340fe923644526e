import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Keeping } from '../src/model/catalogue.ts';
import { Problems } from '../src/problem.ts';
import { readCatalogue } from '../src/read/catalogue.ts';
import { compiledCatalogue, openCatalogue } from '../src/read/compiled-catalogue.ts';
import { catalogue, SHARED, yamlFiles } from './support.ts';

/** First column (and some others) of a small CSV with quoted fields. */
function csv(text: string): string[][] {
  return text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) =>
        (match[1] ?? '').replace(/^"|"$/g, '').replaceAll('""', '"'),
      ),
    );
}

const IDS: Record<string, string> = { 'pci-dss': 'pci-dss-4.0.1.csv', hipaa: 'hipaa.csv', soc2: 'soc2.csv', gdpr: 'gdpr.csv' };

describe.each(catalogue().frameworks)('$title', (framework) => {
  const file = join(SHARED, 'ids', IDS[framework.id] ?? '-');
  test.skipIf(!existsSync(file))('has every published id and no other (skipped where the reference list is absent)', () => {
    const published = csv(readFileSync(file, 'utf8')).map((row) => row[0] ?? '');
    const headings = framework.id === 'soc2' ? [] : framework.headings.map((heading) => heading.id);
    const ours = [...headings, ...framework.requirements.map((requirement) => requirement.id)];
    expect([...ours].sort()).toEqual([...published].sort());
  });

  test('has texts of at least a sentence and no title or text twice', () => {
    const texts = new Map<string, string>();
    for (const requirement of framework.requirements) {
      expect(requirement.text, requirement.id).toMatch(/^[A-Z"“'].{20,}[.)”"]$/s);
      expect(texts.get(requirement.text), `${requirement.id} repeats the text of another`).toBeUndefined();
      texts.set(requirement.text, requirement.id);
      expect(requirement.title.length, requirement.id).toBeLessThanOrEqual(90);
    }
  });

  test('rests on controls that are neither too coarse nor too fine', () => {
    const uses = new Map<string, number>();
    for (const requirement of framework.requirements) {
      expect(requirement.controls.length, requirement.id).toBeLessThanOrEqual(6);
      for (const use of requirement.controls) uses.set(use.control, (uses.get(use.control) ?? 0) + 1);
    }
    for (const [control, count] of uses) expect(count, control).toBeLessThanOrEqual(25);
  });
});

test('PCI DSS has its 280 assessable requirements, 250 in 1 to 12 and 30 in the appendices', () => {
  const framework = catalogue().frameworks.find((candidate) => candidate.id === 'pci-dss');
  const ids = framework?.requirements.map((requirement) => requirement.id) ?? [];
  expect(ids).toHaveLength(280);
  expect(ids.filter((id) => /^\d/.test(id))).toHaveLength(250);
  expect(framework?.requirements.filter((requirement) => requirement.effective === '2025-03-31')).toHaveLength(51);
  expect(framework?.requirements.find((requirement) => requirement.aliases.includes('A3.3.1.2'))?.id).toBe('A3.3.1.1');
});

test('PCI texts never say vendor', () => {
  const framework = catalogue().frameworks.find((candidate) => candidate.id === 'pci-dss');
  expect(JSON.stringify(framework)).not.toMatch(/\bvendor/i);
});

test.skipIf(!existsSync(join(SHARED, 'ids', 'soc2.csv')))(
  'SOC 2 has as many points for each criterion as are published (skipped where the list is absent)',
  () => {
    const counts = new Map(
      csv(readFileSync(join(SHARED, 'ids', 'soc2.csv'), 'utf8')).map((row) => [row[0], Number(row.at(-1) || row.at(-2))]),
    );
    for (const requirement of catalogue().frameworks.find((framework) => framework.id === 'soc2')?.requirements ?? []) {
      expect(requirement.points.length, requirement.id).toBe(counts.get(requirement.id));
    }
  },
);

test('NIST CSF 2.0 has its 106 subcategories', () => {
  expect(catalogue().frameworks.find((framework) => framework.id === 'nist-csf')?.requirements).toHaveLength(106);
});

test('every control is used by some framework, and says things no other control says', () => {
  const used = new Set(
    catalogue().frameworks.flatMap((framework) =>
      framework.requirements.flatMap((requirement) => requirement.controls.map((use) => use.control)),
    ),
  );
  const sentences = new Map<string, string>();
  for (const control of catalogue().controls) {
    expect(used, control.id).toContain(control.id);
    for (const sentence of Object.values(control.parts)) {
      expect(sentence, control.id).toMatch(/\.$/);
      expect(sentences.get(sentence), `${control.id} repeats ${sentence}`).toBeUndefined();
      sentences.set(sentence, control.id);
    }
    expect(control.evidence.customer.length + control.evidence.provider.length, control.id).toBeGreaterThan(0);
  }
});

test('every service of a provider other than the organization itself names its source', () => {
  for (const provider of catalogue().providers) {
    if (provider.kind === 'self') continue;
    for (const service of provider.services) expect(service.source?.url, `${provider.id}/${service.id}`).toMatch(/^https:\/\//);
  }
});

test('coverage lists name services of their provider, each once, and no list twice', () => {
  for (const provider of catalogue().providers) {
    const known = new Set(provider.services.map((service) => service.id));
    const types = provider.coverage.map((list) => list.type);
    expect(new Set(types).size, provider.id).toBe(types.length);
    for (const { type, services, list } of provider.coverage) {
      expect(services.length, `${provider.id} ${type}`).toBeGreaterThan(0);
      expect(new Set(services).size, `${provider.id} ${type}`).toBe(services.length);
      expect(services.filter((id) => !known.has(id))).toEqual([]);
      expect(list.url, `${provider.id} ${type}`).toMatch(/^https:\/\//);
      // A list of what a proof covers makes sense only where the proof is on offer.
      expect(
        provider.assurances.map((offer) => offer.type),
        provider.id,
      ).toContain(type);
    }
  }
});

test('opens as it was compiled, and parses a list when it is first read', () => {
  const opened = openCatalogue(Buffer.from(compiledCatalogue(catalogue())));
  const [framework, provider] = [opened.frameworks[0], opened.providers[0]];
  if (!framework || !provider) throw new Error('the catalogue is empty');
  const isWaiting = (owner: object, key: string): boolean => Object.getOwnPropertyDescriptor(owner, key)?.get !== undefined;
  expect([isWaiting(framework, 'requirements'), isWaiting(provider, 'services')]).toEqual([true, true]);
  expect(framework.requirements).toBe(framework.requirements);
  expect([isWaiting(framework, 'requirements'), isWaiting(provider, 'services')]).toEqual([false, true]);
  expect(JSON.stringify(opened)).toBe(JSON.stringify(catalogue()));
});

test('every country of a provider or a region is known', () => {
  const known = new Set(catalogue().countries.map((country) => country.id));
  for (const provider of catalogue().providers) {
    if (provider.country !== 'unknown') expect(known, provider.id).toContain(provider.country);
    for (const region of provider.regions) expect(known, `${provider.id} ${region.id}`).toContain(region.country);
  }
});

test('the countries hold the 30 members of the EEA and every country with an adequacy decision, each with its act', () => {
  const having = (transfer: string): string[] =>
    catalogue()
      .countries.filter((country) => country.transfer === transfer)
      .map((country) => country.id)
      .sort();
  expect(having('eea')).toHaveLength(30);
  expect(having('adequate').join(' ')).toBe('AD AR BR CH FO GB GG IL IM JE JP KR NZ UY');
  expect(having('partial')).toEqual(['CA', 'US']);
  for (const country of catalogue().countries) {
    expect(country.basis, country.id).toMatch(/^[A-Z].* \d{4}.*\.$/s);
    expect(country.source.url, country.id).toMatch(/^https:\/\//);
  }
});

test('every cloud and every SaaS says where to read about it', () => {
  for (const provider of catalogue().providers) {
    if (provider.kind !== 'cloud' && provider.kind !== 'saas') continue;
    const pages = [provider.sharedResponsibility, provider.website, ...provider.assurances].filter(Boolean);
    expect(pages, provider.id).not.toEqual([]);
  }
});

test('what a provider says of itself must lead somewhere', () => {
  const text = `provider:
  id: aws
  title: Amazon Web Services
  short: AWS
  kind: cloud
  country: ZZ
  coverage:
    - type: baa
      list: {title: A list, url: "https://example.org/"}
      date: "2026-05"
      services: [rds, rdss, rds]
    - type: soc3
      list: {title: A list, url: "https://example.org/"}
      date: May 2026
      services: []
  regions: [{id: r1, title: Region one, country: ZZ}]
`;
  const found = (overlay: string): string[] => {
    try {
      readCatalogue([{ path: 'providers/aws/provider.yaml', text: overlay }], catalogue());
    } catch (error) {
      return (error as Problems).problems.map(({ line, column, code, hint }) => `${line}:${column} ${code} | ${hint ?? ''}`);
    }
    return [];
  };
  expect(found(text)).toEqual(['14:13 bad-value | ']);
  expect(found(text.replace('May 2026', 'unknown'))).toEqual([
    '6:12 unknown-country | Write it into controls/countries.yaml, with what holds for transfers to it.',
    '11:23 unknown-service | Did you mean `rds`?',
    '11:29 service-twice | ',
    '16:50 unknown-country | Write it into controls/countries.yaml, with what holds for transfers to it.',
  ]);
});

test('a broken catalogue is reported whole, with places', () => {
  const files = yamlFiles('controls').filter((file) => !file.path.endsWith('access.yaml'));
  const broken = [
    ...files,
    {
      path: 'frameworks/mini.yaml',
      text: `framework:
  id: mini
  title: Mini
  name: Mini
  version: "1"
  published: "2026"
  publisher: Nobody
  source: {title: x, url: "https://example.org/"}
  text: own-words
  notice: None.
  words: {requirement: r, requirements: rs, provider: p, provider-short: p, customer: c, provider-part: pp, customer-part: cp, proof: x, assessor: a}
  scope: {data: [cardholders]}
  roles: [{id: one, title: One}]
  on-file: [{keep: assurance, requirements: ["1.1", "1.2"]}]
  decided: [addressable]
requirements:
  - id: "1.1"
    title: First
    text: First of all.
    controls: [flaw-remediaton]
  - id: 1.10
    title: Second
    text: Second of all.
    controls: [flaw-remediation]
    titel: x
  - id: "1.1"
    title: First
    text: Third of all.
    parent: "1.1"
    controls: [{control: flaw-remediation, at: [facility]}]
    when: [payment-terminal]
`,
    },
  ];
  try {
    readCatalogue(broken);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(Problems);
    const lines = (error as Problems).problems.map(
      (problem) => `${problem.file}:${problem.line}:${problem.column} ${problem.code}${problem.hint ? ` | ${problem.hint}` : ''}`,
    );
    expect(lines).toContain('frameworks/mini.yaml:21:9 wrong-type | Put it in quotes: YAML reads 1.10 as the number 1.1.');
    expect(lines).toContain('frameworks/mini.yaml:25:5 unknown-key | Did you mean `title`?');
  }
  const mended = broken.map((file) => ({
    ...file,
    text: file.text.replace('- id: 1.10', '- id: "1.10"').replace('    titel: x\n', ''),
  }));
  try {
    readCatalogue([...mended, ...yamlFiles('controls').filter((file) => file.path.endsWith('access.yaml'))]);
    expect.unreachable();
  } catch (error) {
    const codes = (error as Problems).problems.map((problem) => `${problem.line} ${problem.code}`);
    expect(codes).toEqual(
      expect.arrayContaining([
        '12 unknown-data-kind',
        '14 unknown-requirement',
        '15 unknown-designation',
        '20 unknown-control',
        '25 id-twice',
        '26 title-twice',
        '30 unknown-condition',
        '28 parent-circle',
      ]),
    );
    expect(codes.some((code) => code.includes('unknown-component'))).toBe(true);
  }
});

test('what frameworks ask to have on file is asked by requirements that speak of it', () => {
  const asked = catalogue().frameworks.flatMap((framework) => framework.onFile.map((kept) => `${framework.id} ${kept.keep}`));
  expect(asked).toEqual([
    'gdpr assurance',
    'gdpr due-diligence',
    'gdpr sub-processors',
    'gdpr transfer-safeguards',
    'gdpr processing-records',
    'hipaa assurance',
    'pci-dss assurance',
    'pci-dss acknowledgment',
    'pci-dss due-diligence',
    'pci-dss status-check',
    'soc2 assurance',
    'soc2 due-diligence',
  ]);
  for (const framework of catalogue().frameworks) {
    expect(framework.expects.length > 0).toBe(framework.onFile.some(({ keep }) => keep === 'assurance'));
    for (const { keep, requirements } of framework.onFile) {
      const titles = framework.requirements
        .filter(({ id }) => requirements.includes(id))
        .map(({ title, text }) => `${title} ${text}`);
      expect(titles.join(' '), `${framework.id} ${keep}`).toMatch(SPEAKS_OF[keep]);
    }
  }
});

const SPEAKS_OF: Record<Keeping, RegExp> = {
  assurance: /assurance|contract|compliance|reports/i,
  acknowledgment: /acknowledge/i,
  'due-diligence': /thorough look|guarantees|chosen with care/i,
  'status-check': /checks .* every 12 months/i,
  'sub-processors': /engages another processor/i,
  'transfer-safeguards': /third country/i,
  'processing-records': /record of/i,
};
