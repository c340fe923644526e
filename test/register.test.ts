import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBook } from '../src/book/open.ts';
import type { Matrix } from '../src/model/matrix.ts';
import type { Register } from '../src/report/register.ts';
import { demarc } from './small-pack.ts';
import { ROOT } from './support.ts';

// The packs of many systems, joined into one register.

const SYSTEM = (name: string, more = ''): string => `demarc: 1
organization: {name: Test Organization, short: Test}
system: {name: ${name}, description: For tests., owner: Owner}
as-of: "2026-09-30"
frameworks: [nist-csf, {id: soc2, categories: [security]}]
services:
  - {id: db, service: aws/rds, purpose: Keeps records., data: [personal], regions: [eu-west-1]}
assurances:
  - {id: report, provider: aws, type: soc2-type2, title: Report of ${name}, period: {from: "2025-10-01", to: "2026-03-31"}, file: report.pdf}
${more}`;

let folder = '';
const at = (path: string): string => join(folder, path);
const packed = async (file: string, target: string, ...more: string[]): Promise<void> => {
  const { code, err } = await demarc(['pack', at(file), '-o', at(target), ...more]);
  expect([code, err]).toEqual([0, expect.anything()]);
};
const matrixOf = (target: string): Matrix => JSON.parse(readFileSync(at(`${target}/matrix.json`), 'utf8'));
const index = async (...more: string[]): Promise<{ code: number; err: string; register: Register }> => {
  const { code, out, err } = await demarc(['index', at('packs'), '-o', at('register'), '--json', ...more]);
  return { code, err, register: code === 2 ? undefined : JSON.parse(out) };
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'demarc-register-'));
  writeFileSync(at('shop.yaml'), SYSTEM('Shop'));
  writeFileSync(
    at('portal.yaml'),
    SYSTEM('Portal').replace('{id: soc2, categories: [security]}]', 'gdpr]\nroles: {gdpr: controller}'),
  );
  writeFileSync(at('never.yaml'), SYSTEM('Never packed'));
  await packed('shop.yaml', 'all/shop/2026-Q3');
  await packed('shop.yaml', 'all/shop/2026-Q2', '--as-of', '2026-06-30');
  await packed('portal.yaml', 'all/portal');
}, 60_000);
beforeEach(() => {
  for (const name of ['packs', 'register']) rmSync(at(name), { recursive: true, force: true });
  cpSync(at('all'), at('packs'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a register', () => {
  test('counts the latest pack of each system, and its totals are those of the matrices', async () => {
    const { code, register } = await index();
    expect([code, register.open]).toEqual([0, []]);
    expect(register.systems.map(({ system, asOf }) => [system, asOf])).toEqual([
      ['Portal', '2026-09-30'],
      ['Shop', '2026-09-30'],
    ]);
    const matrices = [matrixOf('packs/portal'), matrixOf('packs/shop/2026-Q3')];
    const { totals } = register;
    expect(totals).toMatchObject({ systems: 2, services: 2, providers: [{ id: 'aws', systems: 2, services: 2 }] });
    for (const { id, systems, requirements, ownership, status } of totals.frameworks) {
      const own = matrices.flatMap(({ frameworks }) => frameworks.filter((framework) => framework.id === id));
      const rows = own.flatMap((framework) => framework.requirements.map(({ row }) => row));
      expect([id, systems, requirements]).toEqual([id, own.length, rows.length]);
      for (const [name, count] of Object.entries(ownership))
        expect(rows.filter((row) => row.ownership === name).length).toBe(count);
      for (const [name, count] of Object.entries(status)) expect(rows.filter((row) => row.status === name).length).toBe(count);
    }
    expect(totals.frameworks.map(({ id, systems }) => [id, systems])).toEqual([
      ['gdpr', 1],
      ['nist-csf', 2],
      ['soc2', 1],
    ]);
    const findings = matrices.flatMap((matrix) => matrix.findings);
    for (const [severity, count] of Object.entries(totals.findings))
      expect(findings.filter((finding) => finding.severity === severity && !finding.suppressed).length).toBe(count);
    expect(totals.rules.reduce((sum, rule) => sum + rule.findings, 0)).toBe(
      findings.filter(({ suppressed }) => !suppressed).length,
    );
    expect(register.systems[1]?.providers[0]).toEqual({
      id: 'aws',
      name: 'Amazon Web Services',
      services: ['Amazon RDS'],
      assurances: [{ kind: 'SOC 2 Type 2 report', title: 'Report of Shop', until: '2027-03-31', standing: 'In force' }],
    });
  });

  test('has a workbook that says the same', async () => {
    const { register } = await index();
    const book = openBook(readFileSync(at('register/register.xlsx')), 'register.xlsx');
    expect(book.sheets.map(({ name }) => name)).toEqual(['Totals', 'Systems', 'Findings', 'Providers', 'Assurances']);
    const rows = book.sheets[0]?.rows.map(({ cells }) => cells.map(({ text }) => text)) ?? [];
    for (const { title, version, systems, requirements } of register.totals.frameworks)
      expect(rows).toContainEqual(expect.arrayContaining([title, version, String(systems), String(requirements)]));
    expect(book.sheets[1]?.rows.flatMap(({ cells }) => cells.map(({ text }) => text))).toContain(register.systems[0]?.manifest);
  });

  test('has the same bytes on a second run, and replaces only what nobody has worked in', async () => {
    await index();
    const before = readFileSync(at('register/register.xlsx'));
    expect((await index()).code).toBe(0);
    expect(readFileSync(at('register/register.xlsx')).equals(before)).toBe(true);
    writeFileSync(at('register/register.xlsx'), Buffer.concat([before, Buffer.from('x')]));
    expect(await index()).toMatchObject({
      code: 2,
      err: expect.stringMatching(/register\.xlsx already exists, and was changed/),
    });
    expect((await index('--force')).code).toBe(0);
    expect(readFileSync(at('register/register.xlsx')).equals(before)).toBe(true);
  });

  test('names descriptions without a pack, and those that have changed since', async () => {
    const systems = ['--systems', at('shop.yaml'), at('portal.yaml'), at('never.yaml')];
    const { code, register } = await index(...systems);
    expect([code, register.open]).toEqual([1, [{ path: at('never.yaml'), says: 'there is no pack of it as it is now' }]]);
    expect(register.totals.systems).toBe(2);
    renameSync(at('packs/shop'), at('packs/anything'));
    expect((await index('--systems', at('shop.yaml'))).register.open).toEqual([]);
    renameSync(at('packs/anything'), at('packs/shop'));
    writeFileSync(at('shop.yaml'), SYSTEM('Shop', '# Changed.\n'));
    try {
      const { code, err } = await index('--systems', at('shop.yaml'), at('portal.yaml'));
      expect([code, err]).toEqual([
        1,
        `${at('shop.yaml')}: shop.yaml changed since the pack ${at('packs/shop/2026-Q3')} was made\n`,
      ]);
    } finally {
      writeFileSync(at('shop.yaml'), SYSTEM('Shop'));
    }
  });

  test.each<[string, () => Promise<void>, string, RegExp]>([
    [
      'whose matrix was changed',
      async () => {
        const path = at('packs/portal/matrix.json');
        writeFileSync(path, readFileSync(path, 'utf8').replace('Portal', 'Portol'));
      },
      'portal',
      /^not counted: the matrix was changed/,
    ],
    [
      'without a matrix',
      async () => {
        rmSync(at('packs/portal'), { recursive: true });
        await packed('portal.yaml', 'packs/portal', '--format', 'pdf');
      },
      'portal',
      /^not counted: the pack .* holds no matrix\.json/,
    ],
    [
      'for customers',
      async () => {
        rmSync(at('packs/portal'), { recursive: true });
        await packed('portal.yaml', 'packs/portal', '--audience', 'customer');
      },
      'portal',
      /^not counted: it is a pack for customers, and there is no other of Portal$/,
    ],
    [
      'beside another of the same system and day',
      async () => {
        writeFileSync(at('other.yaml'), SYSTEM('Portal'));
        await packed('other.yaml', 'packs/portal-2');
      },
      'portal-2',
      /^not counted: .*packs\/portal is another pack of the same system and day$/,
    ],
  ])('does not count a pack %s, says so, and counts the others', async (_, spoil, name, says) => {
    await spoil();
    const { code, register, err } = await index();
    expect([code, register.open]).toEqual([1, [{ path: at(`packs/${name}`), says: expect.stringMatching(says) }]]);
    expect(register.systems.map(({ system }) => system)).toContain('Shop');
    expect(err).toContain(at(`packs/${name}: not counted`));
    const book = openBook(readFileSync(at('register/register.xlsx')), 'register.xlsx');
    expect(book.sheets.at(-1)?.name).toBe('Open');
  });

  test('passes over packs for customers where there is one that shows more', async () => {
    await packed('portal.yaml', 'packs/portal-customers', '--audience', 'customer');
    await packed('portal.yaml', 'packs/portal-assessor', '--audience', 'assessor');
    const { code, register } = await index();
    expect([code, register.systems.map(({ pack }) => pack)]).toEqual([0, [at('packs/portal'), at('packs/shop/2026-Q3')]]);
  });

  test('of nothing is wrong usage', async () => {
    const { code, err } = await demarc(['index', join(ROOT, 'docs'), '-o', at('register')]);
    expect([code, err]).toEqual([2, expect.stringContaining('there is no pack in')]);
  });
});
