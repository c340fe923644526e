import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AUDIENCES } from '../src/audience.ts';
import { daysAfter, daysIn, type Span, shared, uncovered } from '../src/days.ts';
import type { Cell, Document } from '../src/document.ts';
import { mapFor } from '../src/map/audience.ts';
import type { Audience, Matrix } from '../src/model/matrix.ts';
import type { Paper, System } from '../src/model/system.ts';
import { readSystem } from '../src/read/system.ts';
import type { AnnexCell, MadeAnnex } from '../src/report/annexes/annex.ts';
import { ANNEXES } from '../src/report/annexes/index.ts';
import { annexesOf, attestation } from '../src/report/attestation.ts';
import { providersTable } from '../src/report/blocks/registers.ts';
import { annexSheet } from '../src/report/sheets/annex.ts';
import { readTemplate } from '../src/report/template-compiler.ts';
import { responsibilityWorkbook } from '../src/report/workbook.ts';
import { ALL_FRAMEWORKS, catalogue, map, onFile, ROOT, systemOf, use } from './support.ts';

// The papers that frameworks ask for: what stands in them, where it comes from, and what is said where there is nothing.

const TEMPLATE = readFileSync(join(ROOT, 'templates/attestation.md.hbs'), 'utf8');
const ANNEX_TEMPLATE = readFileSync(join(ROOT, 'templates/annexes.md.hbs'), 'utf8');

function sampleSystem(sample: string): System {
  return readSystem(`samples/${sample}/system.yaml`, (path) => readFileSync(join(ROOT, path), 'utf8'), catalogue());
}
function sampleMatrix(sample: string, audience: Audience): Matrix {
  const system = sampleSystem(sample);
  return mapFor(audience, system, catalogue(), { asOf: system.asOf ?? '2026-09-30', toolVersion: '0.0.0' });
}

/** A cell as the words that a reader sees. */
function words(cell: AnnexCell | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell === 'string') return cell;
  if ('date' in cell) return cell.date;
  return [...(cell.badges ?? []).map((badge) => badge.text), ...cell.paragraphs.map(textOf)].join(' | ');
}
const textOf = (runs: Cell['paragraphs'][number]): string => runs.map((run) => run.text).join('');

/** The rows of an annex as records by column title. */
function records(matrix: Matrix, id: string): Record<string, string>[] {
  const made = annexesOf(matrix, [id])[0];
  expect(made, id).toBeDefined();
  const { columns, rows } = (made as MadeAnnex).table;
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column.title, words(row[i])])));
}

function documentOf(matrix: Matrix, annexes: MadeAnnex[]): Document {
  return attestation(matrix, {
    template: readTemplate('attestation.md.hbs', TEMPLATE),
    annexTemplate: readTemplate('annexes.md.hbs', ANNEX_TEMPLATE),
    annexes,
    matrixJson: '',
    paper: 'a4',
  });
}

/** A third party, and services of which it runs a layer. */
const HELPERS = { id: 'helpers', name: 'Helpers Ltd', short: 'Helpers' };
function managedBy(services: System['services']): System['services'] {
  return services.map((service) => ({ ...service, managedBy: [{ party: HELPERS.id, components: ['operating-system'] }] }));
}

/** A system under all frameworks, in every role, in which nothing is known but its own machine. */
const EMPTY = systemOf([use({ id: 'own', model: 'on-premises', provider: 'self', title: 'Own machine' })], {
  frameworks: ALL_FRAMEWORKS,
  roles: {
    soc2: ['service-organization'],
    gdpr: ['controller', 'processor'],
    hipaa: ['covered-entity'],
    'pci-dss': ['service-provider'],
    'nist-csf': ['organization'],
  },
});

describe('the registry', () => {
  test('names requirements that there are, and sheets that Excel can have', () => {
    const ids = ANNEXES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ANNEXES.map(({ sheet }) => sheet.toLowerCase())).size).toBe(ids.length);
    for (const annex of ANNEXES) {
      expect(annex.sheet.length, annex.sheet).toBeLessThanOrEqual(31);
      expect(annex.sheet, annex.sheet).not.toMatch(/[:\\/?*[\]]/);
      const framework = catalogue().frameworks.find(({ id }) => id === annex.framework);
      const known = new Set(framework?.requirements.map(({ id }) => id));
      expect(
        annex.answers.filter((id) => !known.has(id)),
        annex.id,
      ).toEqual([]);
      for (const role of annex.roles ?? []) expect(framework?.roles.map(({ id }) => id)).toContain(role);
    }
  });
  test('has words for each in the template, and the template asks for no other', () => {
    const asked = [...ANNEX_TEMPLATE.matchAll(/^\[\[annex ([a-z0-9.-]+)\]\]$/gm)].map(([, id]) => id);
    const sections = [...ANNEX_TEMPLATE.matchAll(/^\[\[section \w+ ([a-z0-9.-]+)\]\]$/gm)].map(([, id]) => id);
    expect(asked).toEqual(ANNEXES.map(({ id }) => id));
    expect(sections).toEqual(asked);
  });
  test('never calls a TPSP a vendor', () => {
    const pci = annexesOf(sampleMatrix('payments', 'internal')).filter(({ annex }) => annex.framework === 'pci-dss');
    expect(pci.length).toBe(6);
    const own = JSON.stringify(pci.map(({ annex, table }) => [annex, table.columns, table.empty, table.remedy]));
    expect(`${ANNEX_TEMPLATE}${own}`).not.toMatch(/vendor/i);
  });
});

describe.each(['clinic', 'payments', 'manufacturer'])('the papers of the %s', (sample) => {
  test.each(AUDIENCES)('have a cell in every column, and a table or a reason, for the audience %s', (audience) => {
    const matrix = sampleMatrix(sample, audience);
    for (const { annex, table, blocks } of annexesOf(matrix)) {
      for (const row of table.rows) expect(row.length, annex.id).toBe(table.columns.length);
      for (const row of table.print?.rows ?? []) expect(row.length, annex.id).toBe(table.print?.columns.length);
      const tables = blocks.flatMap((block) => (block.kind === 'table' ? [block] : []));
      expect(
        tables.every((block) => block.rows.length > 0),
        annex.id,
      ).toBe(true);
      if (table.rows.length === 0) expect(JSON.stringify(blocks), annex.id).toContain(table.empty);
      else expect(tables.length, annex.id).toBeGreaterThan(0);
      for (const block of tables) {
        for (const row of block.rows) {
          if (row.kind === 'group') expect(row.title.trim(), annex.id).not.toBe('');
          else expect(row.cells.filter((cell) => cell.rowHeader).length, annex.id).toBe(1);
        }
      }
    }
  });
  test('are the same in the document and in the workbook', () => {
    const matrix = sampleMatrix(sample, 'assessor');
    const annexes = annexesOf(matrix);
    const document = documentOf(matrix, annexes);
    const { sheets } = responsibilityWorkbook(matrix, { annexes, sections: document.sections });
    for (const { annex, table } of annexes) {
      const section = document.sections.find(({ id }) => id === annex.id);
      const sheet = sheets.find(({ name }) => name === annex.sheet);
      expect(section?.title).toBe(annex.title);
      expect(sheet?.title).toBe(annex.title);
      expect(sheet?.rows.length).toBe(table.rows.length);
      // The words above the table stand in both.
      const first = section?.blocks.find((block) => block.kind === 'paragraph');
      expect(sheet?.intro[0]).toBe(first?.kind === 'paragraph' ? textOf(first.runs) : undefined);
    }
  });
  test('lead outside on a sheet only where the address is shown', () => {
    const matrix = sampleMatrix(sample, 'internal');
    const annexes = annexesOf(matrix);
    const { sheets } = responsibilityWorkbook(matrix, { annexes });
    let found = 0;
    for (const { annex, table } of annexes) {
      const sheet = sheets.find(({ name }) => name === annex.sheet);
      table.rows.forEach((cells, at) => {
        cells.forEach((cell, i) => {
          if (typeof cell === 'string' || 'date' in cell) return;
          const addresses = cell.paragraphs.flat().flatMap(({ link }) => (link?.startsWith('http') ? [link] : []));
          const row = sheet?.rows[at];
          const given = Array.isArray(row) ? row[i] : undefined;
          const text = typeof given === 'object' && given !== null && 'text' in given ? given.text : given;
          for (const address of addresses) expect(text, annex.id).toContain(address);
          if (typeof given === 'object' && given !== null && 'link' in given)
            expect([given.link]).toEqual([{ url: addresses[0] }]);
          found += addresses.length;
        });
      });
    }
    expect(found).toBeGreaterThan(0);
  });
  test('tell assessors of holes and only those inside how to mend them', () => {
    const said = (audience: Audience): string =>
      JSON.stringify(annexesOf(sampleMatrix(sample, audience)).map(({ table }) => table.rows));
    expect(said('internal')).toMatch(/Say it under/);
    expect(said('assessor')).toMatch(/Not on record/);
    for (const audience of ['assessor', 'customer', 'public'] as const)
      expect(said(audience)).not.toMatch(/Say it under|\(providers|\(processing/);
    for (const audience of ['customer', 'public'] as const)
      expect(said(audience)).not.toMatch(/Not on record|No safeguard|Not determined/);
  });
});

test('a cell leads outside only if it is nothing but the address', () => {
  const link = (text: string, url: string) => ({ text, link: url });
  const [a, b] = ['https://a.example/', 'https://b.example/'];
  const cells: [Cell['paragraphs'], unknown][] = [
    [[[link(a, a)]], { text: a, link: { url: a } }],
    [[[link('A', a), { text: ', as of May' }]], `A, as of May\n${a}`],
    [[[link('A', a)], [link('B', b)]], `A\n${a}\nB\n${b}`],
    [[[{ text: a }]], a],
    [[[link('1.2', '#req-1.2')]], '1.2'],
  ];
  const annex = ANNEXES[0] as MadeAnnex['annex'];
  const rows = cells.map(([paragraphs]) => [{ paragraphs }]);
  const table = { columns: [{ title: 'A', width: 10 }], rows, empty: '' };
  expect(annexSheet({ annex, standing: '', table, blocks: [] }, []).rows).toEqual(cells.map(([, expected]) => [expected]));
});

test('where there is nothing to show it is said what to record and where', () => {
  const matrix = map(EMPTY);
  const annexes = annexesOf(matrix);
  expect(annexes.map(({ annex }) => annex.id)).toEqual(ANNEXES.map(({ id }) => id));
  for (const { annex, table, blocks } of annexes) {
    if (table.rows.length > 0) continue;
    expect(JSON.stringify(blocks), annex.id).toContain(table.empty);
    // What is made from the matrix itself names no key: it is empty only where the framework asks nothing.
    if (table.remedy) expect(table.remedy, annex.id).toMatch(/\b[a-z-]+:/);
  }
  const empty = annexes.filter(({ table }) => table.rows.length === 0).map(({ annex }) => annex.id);
  expect(empty).toEqual(
    expect.arrayContaining([
      'pci-12.8.1',
      'pci-12.8.2',
      'pci-12.8.3',
      'pci-12.8.4',
      'soc2-subservice',
      'soc2-user-entities',
      'hipaa-ephi',
      'hipaa-baa',
      'gdpr-28',
      'gdpr-30-1',
      'gdpr-30-2',
      'gdpr-transfers',
    ]),
  );
});

test('a paper is made only for roles of which it is asked', () => {
  const ids = (role: string[]): string[] =>
    annexesOf(map({ ...EMPTY, roles: { ...EMPTY.roles, gdpr: role, 'pci-dss': ['merchant'] } })).map(({ annex }) => annex.id);
  expect(ids(['controller'])).toContain('gdpr-30-1');
  expect(ids(['controller'])).not.toContain('gdpr-30-2');
  expect(ids(['processor'])).not.toContain('gdpr-30-1');
  expect(ids(['processor'])).not.toContain('pci-12.9.2');
});

describe('the cover and the summary say whose the services are', () => {
  const own = use({ id: 'own', model: 'on-premises', provider: 'self' });
  const declared = (provider: string): ReturnType<typeof use> => use({ id: provider, model: 'saas', provider });
  test.each<[string, ReturnType<typeof use>[], string, string]>([
    ['own ones alone', [own], '1 service of the organization itself', 'It uses 1 service of its own.'],
    ['those of others alone', [declared('A'), declared('B')], '2 services of 2 providers', 'It uses 2 services of A and B.'],
    [
      'both, and who only runs layers provides none',
      [...managedBy([own]), declared('A')],
      '2 services of 1 provider and the organization itself',
      'It uses 2 services, its own and those of A.',
    ],
    [
      'two providers of one company',
      [use({ id: 'vm', service: 'azure/virtual-machines' }), use({ id: 'mail', service: 'microsoft/exchange-online' })],
      '2 services of 2 providers',
      'It uses 2 services of Microsoft Azure and Microsoft.',
    ],
  ])('%s', (_, services, cover, sentence) => {
    const matrix = map(systemOf(services, { frameworks: ALL_FRAMEWORKS, parties: [HELPERS] }));
    const document = documentOf(matrix, annexesOf(matrix));
    const fact = document.cover.facts.items.find(({ term }) => term === 'Services');
    expect(fact && textOf(fact.detail)).toBe(cover);
    const summary = document.sections.find(({ id }) => id === 'summary');
    const paragraph = summary?.blocks.find((block) => block.kind === 'paragraph');
    expect(paragraph?.kind === 'paragraph' && textOf(paragraph.runs)).toMatch(new RegExp(` ${sentence}$`));
  });
});

describe('PCI DSS 12.8.5', () => {
  const matrix = sampleMatrix('payments', 'assessor');
  const framework = matrix.frameworks.find(({ id }) => id === 'pci-dss');
  const rows = records(matrix, 'pci-12.8.5');

  test('lists every requirement, and says of each service what the matrix says', () => {
    expect(new Set(rows.map((row) => row.Requirement))).toEqual(new Set(framework?.requirements.map(({ id }) => id)));
    const names = new Map(matrix.services.map((service) => [service.id, service.name]));
    for (const requirement of framework?.requirements ?? []) {
      const own = rows.filter((row) => row.Requirement === requirement.id);
      const { row } = requirement;
      if (row.ownership === 'not-applicable') {
        expect(own.map((line) => line.Responsible)).toEqual(['Not applicable']);
        expect(own[0]?.["Entity's half"]).toBe(row.reason);
        continue;
      }
      for (const split of row.services) {
        // Judged here from the derived ownership, there from the parties of the split.
        const holders = split.parties.map((id) => matrix.parties.find((party) => party.id === id)?.kind);
        const expected =
          !holders.includes('customer') && holders.length === 1
            ? 'TPSP solely'
            : holders.every((kind) => kind === 'customer')
              ? 'Entity solely'
              : 'Jointly';
        const service = matrix.services.find(({ id }) => id === split.service);
        const said = own.filter((line) => namesOf(line, matrix).has(service?.id ?? ''));
        expect(
          said.map((line) => line.Responsible),
          `${requirement.id} on ${names.get(split.service)}`,
        ).toContain(expected);
        expect(new Set(said.map((line) => line.Responsible)).size, `${requirement.id} on ${split.service}`).toBe(1);
      }
    }
  });
  test('says of joint requirements which half is whose', () => {
    const joint = rows.filter((row) => row.Responsible === 'Jointly');
    expect(joint.length).toBeGreaterThan(50);
    for (const row of joint) {
      expect(row["TPSP's half"], row.Requirement).not.toBe('');
      expect(row["Entity's half"], row.Requirement).not.toBe('');
    }
  });
  test('names the attestation relied on, and that one has run out', () => {
    const relied = (tpsp: string): Set<string | undefined> =>
      new Set(rows.filter((row) => row.TPSP === tpsp).map((row) => row['Attestation relied on']));
    expect([...relied('Google Cloud')]).toEqual([expect.stringMatching(/issued May 11, 2026/)]);
    expect([...relied('Corvane Managed Services B.V.')]).toEqual([
      expect.stringMatching(/counts until September 21, 2026; has run out/),
    ]);
    expect([...relied('GitHub')]).toEqual([expect.stringMatching(/^No PCI DSS Attestation of Compliance/)]);
  });
});

/** The services that a line of the 12.8.5 matrix names: by name, all of a TPSP, or all but some. */
function namesOf(line: Record<string, string>, matrix: Matrix): Set<string> {
  const text = line['Related system components'] ?? '';
  const framework = matrix.frameworks.find(({ id }) => id === 'pci-dss');
  const party = matrix.parties.find(({ name }) => name === line.TPSP);
  const all = matrix.services.filter(
    (service) =>
      framework?.services.includes(service.id) &&
      (!party || service.partyId === party.id || service.managedBy.some((managed) => managed.party === party.id)),
  );
  const isNamed = (name: string): boolean => text.includes(name);
  if (/^all \d+ services$/.test(text)) return new Set(all.map(({ id }) => id));
  const without = text.startsWith('all but ');
  return new Set(all.filter(({ name }) => isNamed(name) !== without).map(({ id }) => id));
}

describe('the register of providers says of a document whether it counts, what it covers and with which opinion', () => {
  const soc2 = { type: 'soc2-type2', title: 'SOC 2', period: { from: '2025-10-01', to: '2026-03-31' } } as const;
  const period = 'period October 1, 2025 to March 31, 2026';
  const old = { from: '2024-01-01', to: '2024-12-31' };
  test.each<[Audience, Partial<Parameters<typeof onFile>[0]>, string]>([
    ['assessor', { opinion: 'unqualified' }, `SOC 2; ${period}; not reviewed`],
    ['assessor', { opinion: 'adverse' }, `SOC 2; ${period}; *opinion: adverse*; not reviewed`],
    ['customer', { opinion: 'adverse' }, period],
    ['assessor', { expires: '2026-09-29' }, `SOC 2; ${period}; *expired September 29, 2026*; not reviewed`],
    ['assessor', { expires: '2026-09-30' }, `SOC 2; ${period}; counts until September 30, 2026; not reviewed`],
    [
      'assessor',
      { period: old },
      'SOC 2; period January 1, 2024 to December 31, 2024; *expired December 31, 2025*; not reviewed',
    ],
    ['assessor', { issued: '2026-10-01' }, `SOC 2; ${period}; issued October 1, 2026; *not yet begun*; not reviewed`],
    [
      'assessor',
      { services: ['db'], regions: ['eu-a'], excludes: { services: ['aws/s3'], regions: ['eu-b'] } },
      `SOC 2; ${period}; covers services: Database; covers regions: eu-a; leaves out: aws/s3, eu-b; not reviewed`,
    ],
  ])('to the %s: %o', (audience, more, expected) => {
    const system = systemOf([use({ id: 'db', title: 'Database', service: 'aws/rds' })], {
      assurances: [onFile({ ...soc2, ...more })],
    });
    const [table] = providersTable(mapFor(audience, system, catalogue(), { asOf: '2026-09-30', toolVersion: '0.0.0' }));
    const row = table?.kind === 'table' ? table.rows[0] : undefined;
    const [kind, ...rest] = (row?.kind === 'row' && row.cells[2]?.paragraphs[0]) || [];
    expect(kind?.text).toBe('SOC 2 Type 2 report: ');
    expect(rest.map(({ text, bold }) => (bold ? `*${text}*` : text)).join('')).toBe(expected);
  });
});

describe('the proof on file is held against the regions in use', () => {
  const services = ['a', 'b'].map((id) =>
    use({ id, title: id, service: id === 'a' ? 'aws/rds' : 'aws/s3', data: ['cardholder'], regions: [`eu-${id}`] }),
  );
  const relied = (...assurances: Parameters<typeof onFile>[0][]): string | undefined =>
    records(map(systemOf(services, { frameworks: ALL_FRAMEWORKS, assurances: assurances.map(onFile) })), 'pci-12.8.4')[0]?.[
      'Attestation of Compliance relied on'
    ];
  const aoc = { type: 'pci-aoc', title: 'AOC', issued: '2026-05-01' } as const;
  test.each<[string, Parameters<typeof onFile>[0][], string]>([
    ['for all', [aoc], 'AOC; issued May 1, 2026'],
    ['none at all', [], 'No PCI DSS Attestation of Compliance | Say it under assurances:.'],
    [
      'for others only',
      [{ ...aoc, regions: ['us'] }],
      'On file for other regions | AOC; issued May 1, 2026; does not cover eu-a and eu-b',
    ],
    [
      'for that of one service',
      [{ ...aoc, regions: ['eu-a'] }],
      'In part | AOC; issued May 1, 2026; for a | AOC; issued May 1, 2026; for b; does not cover eu-b',
    ],
    [
      'for others only, and about one service',
      [{ ...aoc, regions: ['us'], services: ['a'] }],
      'On file for other regions | AOC; issued May 1, 2026; for a; does not cover eu-a | None for b.',
    ],
    [
      'beside one that has run out and is about it',
      [
        { ...aoc, id: '1', regions: ['us'] },
        { ...aoc, id: '2', title: 'Old', issued: '2025-01-01' },
      ],
      'Not in force | Old; issued January 1, 2025; has run out, having counted until January 1, 2026',
    ],
  ])('%s', (_, assurances, expected) => {
    expect(relied(...assurances)).toBe(expected);
  });
});

describe('PCI DSS 12.8.2', () => {
  const rowOf = (agreement: Paper): MadeAnnex['table']['rows'][number] => {
    const system = systemOf([use({ id: 'db', service: 'aws/rds', data: ['cardholder'] })], {
      frameworks: ALL_FRAMEWORKS,
      providerRecords: [{ provider: 'aws', subProcessors: [], claims: [], agreement, acknowledgment: agreement }],
    });
    return annexesOf(map(system), ['pci-12.8.2'])[0]?.table.rows[0] ?? [];
  };
  test.each<[string, Partial<Paper>, string | undefined]>([
    ['in force to its last day', { expires: '2026-09-30' }, undefined],
    ['ended', { expires: '2026-09-29' }, 'Ended September 29, 2026'],
    ['signed on the day', { on: '2026-09-30' }, undefined],
    ['of a later day', { on: '2026-10-01' }, 'Not before October 1, 2026'],
  ])('a paper %s', (_, more, warning) => {
    const [, agreement, , , , acknowledgment] = rowOf({ title: 'Contract', on: '2026-01-01', ...more });
    for (const cell of [agreement, acknowledgment]) {
      expect(words(cell)).toBe(warning ? `${warning} | Contract` : 'Contract');
      expect((cell as Cell).badges?.[0]?.tone).toBe(warning && 'amber');
    }
  });
});

describe('PCI DSS 12.8.4', () => {
  const checked = (on: string): Record<string, string> | undefined => {
    const system = systemOf([use({ id: 'db', service: 'aws/rds', data: ['cardholder'] })], {
      frameworks: ALL_FRAMEWORKS,
      providerRecords: [{ provider: 'aws', subProcessors: [], claims: [], statusChecked: { by: 'Owner', on } }],
    });
    return records(map(system), 'pci-12.8.4')[0];
  };
  test.each([
    ['2025-09-30', 'Yes', '2026-09-30'],
    ['2025-09-29', 'No', '2026-09-29'],
  ])('a check of %s is in time on 2026-09-30: %s', (on, answer, due) => {
    expect(checked(on)?.['Within twelve months']?.split(' | ')[0]).toBe(answer);
    expect(checked(on)?.['Next check due by']).toBe(due);
  });
  test('a check of the future is none', () => {
    expect(checked('2026-10-01')?.['Within twelve months']).toMatch(/^Never checked/);
  });
});

describe('PCI DSS 12.9.2', () => {
  const duty = (more: Partial<System['customerDuties'][number]>): System['customerDuties'][number] => ({
    id: 'd',
    text: 'Customers do it.',
    controls: [],
    requirements: [],
    services: [],
    ...more,
  });
  const rowsWith = (duties: System['customerDuties']): Record<string, string>[] =>
    records(
      map({ ...EMPTY, services: [use({ id: 'db', service: 'aws/rds', data: ['cardholder'] })], customerDuties: duties }),
      'pci-12.9.2',
    );
  const jointIds = (rows: Record<string, string>[]): (string | undefined)[] =>
    rows.filter((row) => row.Responsible === 'Jointly').map((row) => row.Requirement);

  test('a duty that names requirements is theirs, and one that names only controls is that of all they serve', () => {
    const control = 'multi-factor-authentication';
    const all = catalogue()
      .frameworks.find(({ id }) => id === 'pci-dss')
      ?.requirements.filter((requirement) => requirement.controls.some((entry) => entry.control === control))
      .map(({ id }) => id);
    expect(jointIds(rowsWith([duty({ controls: [control] })]))).toEqual(all);
    expect(jointIds(rowsWith([duty({ controls: [control], requirements: ['pci-dss:8.3.6'] })]))).toEqual(['8.3.6']);
    expect(jointIds(rowsWith([duty({ controls: [control], requirements: ['soc2:CC6.1'] })]))).toEqual(all);
  });
  test('what an organization does for itself is no part of a customer’s, and silence about customers is none of ours', () => {
    const responsible = (rows: Record<string, string>[], id: string) => rows.find((row) => row.Requirement === id)?.Responsible;
    const said = rowsWith([duty({ requirements: ['pci-dss:8.3.6'] })]);
    expect(responsible(said, '12.1.1')).toBe('Each for its own');
    expect(responsible(said, '1.2.1')).toMatch(/solely/);
    const silent = rowsWith([]);
    expect(silent.filter((row) => /solely/.test(row.Responsible ?? ''))).toEqual([]);
    expect(responsible(silent, '12.1.1')).toBe('Not determined');
  });
  test('what does not apply to us is not part of the service, or wholly the customer’s', () => {
    const rows = rowsWith([duty({ requirements: ['pci-dss:8.2.3'] })]);
    const excluded = records(
      map({
        ...EMPTY,
        services: [use({ id: 'db', service: 'aws/rds', data: ['cardholder'] })],
        exclusions: [{ requirement: 'pci-dss:8.2.3', reason: 'We reach no premises.' }],
      }),
      'pci-12.9.2',
    );
    expect(rows.find((row) => row.Requirement === '8.2.3')?.Responsible).toMatch(/Jointly|Customer solely/);
    expect(excluded.find((row) => row.Requirement === '8.2.3')?.Responsible).toBe('Not part of the service');
  });
});

describe('SOC 2', () => {
  const ours = { from: '2026-01-01', to: '2026-12-31' };
  const base = (assurances: System['assurances'], more: Partial<System> = {}): Matrix =>
    map(systemOf([use({ id: 'db', service: 'aws/rds' })], { period: ours, assurances, ...more }));
  const report = onFile({ id: 'r', type: 'soc2-type2', period: { from: '2025-10-01', to: '2026-03-31' }, issued: '2026-05-15' });
  const letter = onFile({ id: 'l', type: 'bridge-letter', bridges: 'r', issued: '2026-09-30', title: 'Letter' });

  test('counts the days of our period that a report and its bridge letter cover', () => {
    const [row] = records(base([report]), 'soc2-reports');
    expect([row?.['Days of ours'], row?.['Part of ours']]).toEqual(['90 days', '25 %']);
    expect(row?.['Our period']).toBe(
      'Of our 365 days (January 1, 2026 to December 31, 2026) its reports cover 90 (25 %); open are April 1, 2026 to December 31, 2026 (275 days, 92 of them after September 30, 2026).',
    );
    const [, bridged] = records(base([report, letter]), 'soc2-reports');
    expect([bridged?.['Period from'], bridged?.['Period to'], bridged?.['Days of ours']]).toEqual([
      '2026-04-01',
      '2026-09-30',
      '183 days',
    ]);
    expect(bridged?.['Our period']).toMatch(
      /bridge letters 183 more \(50 %\); open are October 1, 2026 to December 31, 2026 \(92 days, all of them/,
    );
  });
  test('a report on one service covers no day of another', () => {
    const services = ['one', 'two'].map((id) => use({ id, title: id, service: 'aws/rds' }));
    const assurances = [{ ...report, services: ['one'] }];
    const matrix = map(systemOf(services, { period: ours, assurances }));
    expect(records(matrix, 'soc2-reports')[0]?.['Our period']).toMatch(
      /its reports cover for one 90 \(25 %\); open are .*; for two 0 \(0 %\); open are January 1, 2026 to December 31, 2026/,
    );
  });
  test('a letter of the future bridges nothing', () => {
    const rows = records(base([report, { ...letter, issued: '2026-10-01' }]), 'soc2-reports');
    expect(rows[0]?.['Our period']).not.toMatch(/bridge letters/);
  });
  test('neither a report nor a letter speaks for days after it was written', () => {
    const early = { ...report, issued: '2026-02-28' };
    expect(records(base([early]), 'soc2-reports')[0]?.['Our period']).toMatch(/its reports cover 59 .*open are March 1, 2026/);
    const bold = { ...letter, issued: '2026-05-31', period: { from: '2026-04-01', to: '2026-09-30' } };
    expect(records(base([report, bold]), 'soc2-reports')[1]?.['Our period']).toMatch(/bridge letters 61 more/);
    const running = onFile({ id: 'r', type: 'soc2-type2', period: { from: '2026-01-01', to: '2026-12-31' } });
    expect(base([running]).findings.map(({ id }) => id)).toContain('assurance-missing:soc2/aws');
  });
  test('covered and open days add up to the span', () => {
    const day = fc.integer({ min: 0, max: 800 }).map((days) => daysAfter('2025-01-01', days));
    const span = fc.tuple(day, day).map(([a, b]): Span => (a < b ? [a, b] : [b, a]));
    fc.assert(
      fc.property(span, fc.array(span, { maxLength: 6 }), (whole, others) => {
        const open = uncovered(whole, others);
        const days = (spans: readonly Span[]): number => spans.reduce((sum, one) => sum + daysIn(one), 0);
        const counted = Array.from({ length: daysIn(whole) }, (_, i) => daysAfter(whole[0], i)).filter((one) =>
          others.some(([from, to]) => from <= one && one <= to),
        ).length;
        expect(days(open) + counted).toBe(daysIn(whole));
        for (const one of open) expect(others.every((other) => shared(one, other) === undefined)).toBe(true);
      }),
    );
  });
  test('a CUEC has the status of the controls that meet it on the services of that provider', () => {
    const cuec = { id: '1', text: 'Do it.', controls: ['access-review'] };
    const statement: System['statements'][number] = {
      control: 'access-review',
      services: [],
      status: 'implemented',
      owner: 'Team',
      evidence: [],
    };
    const rows = (statements: System['statements'], more = {}): Record<string, string>[] =>
      records(base([{ ...report, cuecs: [{ ...cuec, ...more }] }], { statements }), 'soc2-cuec');
    expect(rows([statement])[0]).toMatchObject({ CUEC: '1', Status: 'Implemented', Owner: 'Team' });
    expect(rows([{ ...statement, services: ['db'], status: 'planned' }])[0]?.Status).toBe('Planned');
    expect(rows([])[0]).toMatchObject({ Status: 'Unanswered', Owner: 'Owner' });
    expect(rows([], { controls: [] })[0]?.['Control that meets it']).toMatch(/^Not on record/);
    expect(rows([], { notRelevant: 'We do not.' })[0]).toMatchObject({
      Status: 'Not relevant',
      'Control that meets it': 'We do not.',
    });
    expect(rows([])[0]?.Criteria).toMatch(/CC6\./);
  });
  test('without a list of the report, our parts stand in for it and are called so', () => {
    const rows = records(base([report]), 'soc2-cuec');
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) {
      expect(row.Report).toBe('Amazon Web Services: expected by this matrix');
      expect(row['Where it comes from']).toMatch(/not from its report/);
      expect(row.CUEC).toBe('Derived');
    }
  });
  test('each control expected of an organization rests on criteria, and the report on file is held against its services', () => {
    const rows = records(base([{ ...report, services: ['other'] }]), 'soc2-csoc');
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) {
      expect(row.Criteria).toMatch(/^(CC|A|C|PI|P)\d/);
      expect(row['Covered by a report']).toMatch(/^No SOC 2 Type 2 report/);
    }
    expect(records(base([report]), 'soc2-csoc')[0]?.['Covered by a report']).toBe('Yes');
  });
});

describe('HIPAA', () => {
  const health = [use({ id: 'records', service: 'aws/rds', data: ['health'], regions: ['us-west-2', 'us-east-1'] })];
  const system = (more: Partial<System>): Matrix =>
    map(systemOf(health, { frameworks: [{ id: 'hipaa', categories: [] }], ...more }));
  const key = 'hipaa:164.312(a)(2)(iii)';
  const decisionWith = (statements: System['statements']): string | undefined =>
    records(system({ statements }), 'hipaa-addressable').find((row) => row.Specification === '164.312(a)(2)(iii)')?.Decision;
  const said = (status: System['statements'][number]['status'], more = {}): System['statements'] => [
    { requirement: key, services: [], status, evidence: [], ...more },
  ];
  const decision = { by: 'Privacy officer', on: '2026-02-03', reason: 'Because.' };

  test.each<[string, System['statements'], RegExp]>([
    ['no statement', [], /^No decision/],
    ['implemented', said('implemented'), /^Implemented$/],
    ['planned', said('planned'), /^Planned$/],
    ['an alternative with its reason', said('alternative', { decision }), /^Alternative measure$/],
    ['an alternative without one', said('alternative'), /^Alternative measure, reason not recorded/],
    ['left out with its reason', said('not-applicable', { decision }), /^Not reasonable and appropriate$/],
    ['left out without one', said('not-applicable'), /^Not reasonable and appropriate, reason not recorded/],
  ])('the decision on an addressable specification: %s', (_, statements, expected) => {
    expect(decisionWith(statements)).toMatch(expected);
  });
  test('a required specification cannot be left out or met otherwise', () => {
    const with_ = (status: 'alternative' | 'not-applicable'): string | undefined =>
      records(
        system({ statements: [{ requirement: 'hipaa:164.312(a)(2)(i)', services: [], status, evidence: [], decision }] }),
        'hipaa-addressable',
      ).find((row) => row.Specification === '164.312(a)(2)(i)')?.Decision;
    expect(with_('alternative')).toBe('Alternative measure, though required');
    expect(with_('not-applicable')).toBe('Not applicable, though required');
  });
  test('has every required and addressable specification of the rule, and no other', () => {
    const rows = records(system({}), 'hipaa-addressable');
    const rule = catalogue().frameworks.find(({ id }) => id === 'hipaa')?.requirements ?? [];
    const named = (designation: string): string[] =>
      rule.filter((entry) => entry.designation === designation).map(({ id }) => id);
    const shown = (designation: string): (string | undefined)[] =>
      rows.filter((row) => row.Designation === designation).map((row) => row.Specification);
    expect(shown('Required')).toEqual(named('required'));
    expect(shown('Addressable')).toEqual(named('addressable'));
    expect(named('addressable').length).toBe(22);
  });
  test('the inventory has a line for each region, with country, encryption and agreement', () => {
    const rows = records(
      system({ assurances: [onFile({ id: 'b', type: 'baa', title: 'BAA', regions: ['us-west-2'] })] }),
      'hipaa-ephi',
    );
    expect(rows.map((row) => [row.Region, row.Country, row.ePHI])).toEqual([
      ['us-west-2', 'United States', 'Holds it'],
      ['us-east-1', 'United States', 'Holds it'],
    ]);
    expect(rows[0]?.['Stored data']).toMatch(/encrypt/);
    // Each line is about its own region.
    expect(rows[0]?.['Business associate agreement']).toBe('BAA');
    expect(rows[1]?.['Business associate agreement']).toBe('On file for other regions | BAA; does not cover us-east-1');
  });
  test('the inventory names everybody who runs a system, each with the agreement', () => {
    const of = (services: System['services'], assurances: System['assurances'] = []): (string | undefined)[] => {
      const [row] = records(system({ services, parties: [HELPERS], assurances }), 'hipaa-ephi');
      return [row?.['Run by'], row?.['Business associate agreement']];
    };
    const own = [use({ id: 'own', model: 'on-premises', provider: 'self', data: ['health'] })];
    const baa = { type: 'baa', title: 'BAA' } as const;
    const none = 'No Business associate agreement';
    const hint = 'Say it under assurances:.';
    expect(of(own)).toEqual(['Test Organization', 'Not needed: run by the organization itself']);
    expect(of(managedBy(own))).toEqual(['Test Organization | Helpers Ltd', `${none} | Helpers Ltd: ${hint}`]);
    expect(of(managedBy(own), [onFile({ ...baa, provider: 'helpers' })])[1]).toBe('Helpers Ltd: BAA');
    const both = ['Amazon Web Services | Helpers Ltd', `In part | Amazon Web Services: BAA | Helpers Ltd: ${none}. ${hint}`];
    expect(of(managedBy(health), [onFile(baa)])).toEqual(both);
    const ahead = onFile({ ...baa, provider: 'helpers', issued: '2026-12-01' });
    expect(of(managedBy(own), [ahead])[1]).toMatch(/^Not in force \| Helpers Ltd: BAA; .* is not yet there on/);
    expect(of(managedBy(health))[1]).toMatch(new RegExp(`^${none} \\| Amazon Web Services: ${none}.* \\| Helpers Ltd: ${none}`));
  });
  test('an agreement is held against service, region and the list of the provider', () => {
    const row = (more: Parameters<typeof onFile>[0]): Record<string, string> | undefined =>
      records(system({ assurances: [onFile(more)] }), 'hipaa-baa')[0];
    expect(row({ id: 'b', type: 'baa' })?.['Covers service and regions']).toMatch(/^Yes/);
    expect(row({ id: 'b', type: 'baa', services: ['aws/s3'] })?.Agreement).toMatch(/^No agreement/);
    expect(row({ id: 'b', type: 'baa', regions: ['us-west-2'] })?.['Covers service and regions']).toMatch(/^In part/);
    const elsewhere = row({ id: 'b', type: 'baa', title: 'BAA', regions: ['eu-west-1'] });
    expect(elsewhere?.Agreement).toBe('BAA');
    expect(elsewhere?.['Covers service and regions']).toBe('No | The agreement does not cover us-west-2 and us-east-1.');
    expect(row({ id: 'b', type: 'baa', expires: '2026-01-01' })?.['Covers service and regions']).toMatch(/^No.*has run out/);
    const ahead = row({ id: 'b', type: 'baa', issued: '2027-01-01' })?.['Covers service and regions'];
    expect(ahead).toBe('No | The agreement is not yet there on September 30, 2026.');
    expect(row({ id: 'b', type: 'baa' })?.["On the provider's list"]).toMatch(/^Named/);
  });
  test('the list of the provider is not held against who only runs layers of its service', () => {
    const rows = records(system({ services: managedBy(health), parties: [HELPERS] }), 'hipaa-baa');
    expect(rows.map((row) => [row['Business associate'], row["On the provider's list"]?.split(' | ')[0]])).toEqual([
      ['Amazon Web Services', 'Named'],
      ['Helpers Ltd', 'Does not provide the service'],
    ]);
  });
});

describe('GDPR', () => {
  test('the two records have the points of the law, each its own', () => {
    const matrix = sampleMatrix('payments', 'assessor');
    const points = (id: string): string[] =>
      [...new Set(Object.keys(records(matrix, id)[0] ?? {}).flatMap((title) => /^\(([a-z])\)/.exec(title)?.[1] ?? []))].sort();
    expect(points('gdpr-30-1')).toEqual([...'abcdefg']);
    expect(points('gdpr-30-2')).toEqual([...'abcd']);
    expect(records(matrix, 'gdpr-30-1').map((row) => row['Processing activity'])).toEqual(
      matrix.activities.filter(({ role }) => role === 'controller').map(({ title }) => title),
    );
    expect(records(matrix, 'gdpr-30-1').some((row) => row['(f) Time limits for erasure']?.startsWith('Not on record'))).toBe(
      true,
    );
  });
  test('measures stand under the points of Art. 32 with the controls that the framework names for them', () => {
    const rows = records(sampleMatrix('clinic', 'assessor'), 'gdpr-32');
    const framework = catalogue().frameworks.find(({ id }) => id === 'gdpr');
    const titles = new Map(catalogue().controls.map(({ id, title }) => [id, title]));
    for (const id of ['32(1)(a)', '32(1)(b)', '32(1)(c)', '32(1)(d)']) {
      const named = framework?.requirements.find((entry) => entry.id === id)?.controls.map((entry) => titles.get(entry.control));
      const shown = rows.filter((row) => row.Point?.startsWith(`${id} `)).map((row) => row.Measure);
      expect(shown.length, id).toBeGreaterThan(0);
      for (const title of shown) expect(named).toContain(title);
    }
  });
  test('a transfer has the safeguard of its service before that of its provider', () => {
    const transfers = [
      {
        provider: 'aws',
        safeguard: 'standard-clauses',
        reference: 'Clauses',
        assessment: { reference: 'TIA', on: '2026-01-01' },
      },
      { service: 'b', safeguard: 'derogation', reference: 'Consent' },
    ] as const;
    const services = ['a', 'b'].map((id) =>
      use({ id, title: id, service: 'aws/s3', data: ['personal'], regions: ['eu-central-1'] }),
    );
    const rows = records(
      map(systemOf(services, { frameworks: [{ id: 'gdpr', categories: [] }], transfers: [...transfers] })),
      'gdpr-transfers',
    );
    expect(rows.map((row) => [row.Service, row.Country, row.Safeguard, row['Transfer assessment']])).toEqual([
      ['a', 'United States', 'Standard contractual clauses (Art. 46(2)(c))', 'TIA'],
      ['b', 'United States', 'Derogation (Art. 49)', 'Not asked for'],
    ]);
    expect(rows[0]?.['How it is reached']).toMatch(/can reach the data/);
  });
  test('the EEA is no transfer, an adequate country needs no record, and a sub-processor outside is onward', () => {
    const services = [
      use({ id: 'a', title: 'a', model: 'saas', provider: 'Example', data: ['personal'], regions: ['CH', 'DE', 'nowhere'] }),
    ];
    const rows = records(
      map(
        systemOf(services, {
          frameworks: [{ id: 'gdpr', categories: [] }],
          providerRecords: [
            { provider: 'Example', claims: [], subProcessors: [{ name: 'Sub', country: 'IN', purpose: 'Help', services: [] }] },
          ],
        }),
      ),
      'gdpr-transfers',
    );
    expect(rows.map((row) => [row.Country, row.Safeguard?.split(' | ')[0]])).toEqual([
      ['Switzerland', 'Adequacy decision (Art. 45)'],
      ['India', 'Under the terms of Example with its sub-processors (Art. 28(4))'],
      ['Not known', 'Not determined'],
    ]);
  });
});
