import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../src/cli/run.ts';
import type { Review } from '../src/comparison.ts';
import { readPack } from '../src/disk.ts';
import { compareMatrices } from '../src/map/compare/compare.ts';
import { mapSystem } from '../src/map/matrix.ts';
import { aheadOf, judge, nextReview, periodName } from '../src/map/review.ts';
import type { Policy, PolicyRule, System } from '../src/model/system.ts';
import type { Manifest } from '../src/pack.ts';
import { catalogue, map, onFile, systemOf, use } from './support.ts';

const DESCRIPTION = `organization: {name: Test Inc.}
system: {name: Shop, description: Sells things., owner: Owner}
frameworks: [gdpr]
roles: {gdpr: controller}
services:
  - {id: db, service: aws/rds, purpose: Database., data: [personal]}
assurances:
  - {id: dpa, provider: aws, type: dpa, title: Addendum, issued: "2026-01-01", expires: "2026-11-15"}
statements:
  - {control: backup, status: planned, due: "2026-08-31"}
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demarc-review-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function demarc(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const io = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    interactive: false,
    width: 100,
    env: {},
    today: '2026-11-22',
    now: '2026-11-22T12:00:00Z',
  };
  const code = await run(args, io);
  return { code, out, err };
}
const at = (...names: string[]): string => join(folder, ...names);
/** A folder of its own with a description; gives the paths of both. */
function given(name: string, description = DESCRIPTION): { file: string; packs: string } {
  mkdirSync(at(name), { recursive: true });
  writeFileSync(at(name, 'system.yaml'), description);
  return { file: at(name, 'system.yaml'), packs: at(name, 'packs') };
}
const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
const review = (packs: string, period: string): Review => json(join(packs, period, 'review.json'));

describe('periods', () => {
  test.each<[string, Policy['every'], string, string]>([
    ['2026-01-01', 'quarterly', '2026-Q1', '2026-04-01'],
    ['2026-03-31', 'quarterly', '2026-Q1', '2026-06-30'],
    ['2026-09-30', 'quarterly', '2026-Q3', '2026-12-30'],
    ['2026-11-30', 'quarterly', '2026-Q4', '2027-02-28'],
    ['2027-11-30', 'quarterly', '2027-Q4', '2028-02-29'],
    ['2026-12-31', 'monthly', '2026-12', '2027-01-31'],
    ['2026-01-31', 'monthly', '2026-01', '2026-02-28'],
    ['2026-06-30', 'six-monthly', '2026-H1', '2026-12-30'],
    ['2026-07-01', 'six-monthly', '2026-H2', '2027-01-01'],
    ['2028-02-29', 'annual', '2028', '2029-02-28'],
  ])('%s, %s', (day, every, name, next) => {
    expect([periodName(day, every), nextReview(day, every)]).toEqual([name, next]);
  });
});

describe('the policy', () => {
  const services = (launch: string) => [
    use({ id: 'app', service: 'aws/ecs', data: ['personal'], options: { 'launch-type': launch } }),
  ];
  const system = (more: Partial<System> = {}, launch = 'fargate'): System =>
    systemOf(services(launch), { frameworks: [{ id: 'gdpr', categories: [] }], ...more });
  const judged = (rule: PolicyRule, before: System, after: System, later = after) =>
    judge(
      { every: 'quarterly', failOn: [rule] },
      {
        later: mapSystem(later, catalogue(), { asOf: '2026-12-30', toolVersion: '0.0.0' }),
        comparison: compareMatrices(map(before), map(after)),
      },
    );

  test('new high findings: those that opened, not those that were there', () => {
    const late = system({
      statements: [{ control: 'backup', services: [], status: 'planned', due: '2026-01-31', evidence: [] }],
    });
    expect(judged('new-high-findings', system(), late)).toMatchObject([
      { rule: 'new-high-findings', items: [expect.stringMatching(/\[overdue-statement:backup\]$/)] },
    ]);
    expect(judged('new-high-findings', late, late)).toEqual([]);
    expect(judged('new-high-findings', late, system())).toEqual([]);
  });
  test('duties without a statement: gained and not answered', () => {
    const [breach] = judged('duties-without-statement', system(), system({}, 'ec2'));
    expect(breach?.items).toContain('Patch management on Amazon ECS');
    const answered = system(
      { statements: [{ control: 'flaw-remediation', services: [], status: 'implemented', evidence: [] }] },
      'ec2',
    );
    const [rest] = judged('duties-without-statement', system(), answered);
    expect(rest?.items).not.toContain('Patch management on Amazon ECS');
    expect(rest?.items).toHaveLength((breach?.items.length ?? 0) - 1);
    expect(judged('duties-without-statement', system({}, 'ec2'), system())).toEqual([]);
  });
  test('assurances that end before the next review', () => {
    const until = (expires: string) => system({ assurances: [onFile({ type: 'dpa', expires })] });
    expect(judged('assurances-ending', system(), until('2026-12-29'))).toMatchObject([
      { items: [expect.stringMatching(/2026-12-29/)] },
    ]);
    expect(judged('assurances-ending', system(), until('2026-12-30'))).toEqual([]);
  });
  test('drift: what moved without the description', () => {
    const known = structuredClone(catalogue());
    const ecs = known.providers.find(({ id }) => id === 'aws')?.services.find(({ id }) => id === 'ecs');
    Object.assign(ecs?.components ?? {}, { 'control-plane': { holder: 'customer', reason: 'x' } });
    const options = { asOf: '2026-09-30', toolVersion: '0.0.0' };
    const edited = mapSystem(system(), { ...known, version: 'edited' }, options);
    const drift = (comparison: ReturnType<typeof compareMatrices>) =>
      judge({ every: 'quarterly', failOn: ['drift'] }, { later: edited, comparison });
    expect(drift(compareMatrices(map(system()), edited))[0]?.items.length).toBeGreaterThan(0);
    expect(judged('drift', system(), system({}, 'ec2'))).toEqual([]);
  });
  test('without an earlier pack nothing is new', () => {
    const rules: PolicyRule[] = ['new-high-findings', 'duties-without-statement', 'drift'];
    expect(judge({ every: 'quarterly', failOn: rules }, { later: map(system()) })).toEqual([]);
  });
  test('what time will open is told ahead', () => {
    const due = system({ statements: [{ control: 'backup', services: [], status: 'planned', due: '2026-10-31', evidence: [] }] });
    const later = mapSystem(due, catalogue(), { asOf: '2026-12-30', toolVersion: '0' });
    expect(aheadOf(map(due), later).map(({ id }) => id)).toEqual(['overdue-statement:backup']);
  });
});

describe('demarc review', () => {
  test('writes pack, review, findings and record; compares with the last one; fails by policy', async () => {
    const { file, packs } = given('plain');
    const first = await demarc('review', file, '-o', packs, '--as-of', '2026-06-30');
    expect(first).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/First review[\s\S]*PASS/) });
    expect(readdirSync(join(packs, '2026-Q2')).sort()).toEqual([
      'attestation.pdf',
      'findings.junit.xml',
      'findings.sarif',
      'inputs',
      'manifest.json',
      'matrix.json',
      'responsibility-matrix.xlsx',
      'review.json',
      'review.md',
    ]);
    const second = await demarc('review', file, '-o', packs, '--as-of', '2026-09-30');
    expect(second).toMatchObject({
      code: 1,
      out: expect.stringMatching(/Since 2026-Q2[\s\S]*FAIL {2}new-high-findings: 1 high/),
    });
    const { previous, breaches, ahead, comparison, nextReview: next } = review(packs, '2026-Q3');
    const manifest = readFileSync(join(packs, '2026-Q2', 'manifest.json'));
    expect(previous).toEqual({
      folder: '2026-Q2',
      asOf: '2026-06-30',
      manifest: createHash('sha256').update(manifest).digest('hex'),
    });
    expect(next).toBe('2026-12-30');
    expect(breaches.map(({ rule }) => rule)).toEqual(['new-high-findings']);
    expect(ahead.map(({ id }) => id)).toContain('assurance-expired:dpa');
    expect(comparison?.findings.map(({ id, change }) => [id, change])).toEqual([
      ['overdue-statement:backup', 'opened'],
      ['duty-unmet:backup', 'closed'],
    ]);
    const written = json<Manifest>(join(packs, '2026-Q3', 'manifest.json'));
    expect(written.files.map(({ path }) => path)).toContain('review.json');
    expect(JSON.stringify(written.inputs)).toContain(previous?.manifest);
    expect(readFileSync(join(packs, '2026-Q3', 'review.md'), 'utf8')).toMatch(/\*\*Failed:\*\* `new-high-findings`/);
    expect(json<{ packs: { folder: string }[] }>(join(packs, 'history.json')).packs.map((pack) => pack.folder)).toEqual([
      '2026-Q2',
      '2026-Q3',
    ]);
  }, 60_000);

  test('again in the same period replaces the pack and still compares with the one before', async () => {
    const { file, packs } = given('plain');
    writeFileSync(file, DESCRIPTION.replace('status: planned, due: "2026-08-31"', 'status: implemented'));
    const again = await demarc('review', file, '-o', packs, '--as-of', '2026-09-15');
    expect(again).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/Since 2026-Q2/) });
    expect(review(packs, '2026-Q3').asOf).toBe('2026-09-15');
  }, 60_000);

  test('the same input gives the same bytes, wherever it lies', async () => {
    const runs = ['one', 'two/deeper'].map((name) => given(name));
    for (const { file, packs } of runs)
      for (const day of ['2026-06-30', '2026-09-30']) await demarc('review', file, '-o', packs, '--as-of', day);
    const [a, b] = runs;
    for (const period of ['2026-Q2', '2026-Q3']) {
      const [one, other] = [a, b].map((given) => readPack(join(given?.packs ?? '', period)));
      expect(one?.length).toBeGreaterThan(8);
      expect(other?.map(({ path }) => path)).toEqual(one?.map(({ path }) => path));
      one?.forEach(({ path, bytes }, i) => {
        expect(Buffer.from(other?.[i]?.bytes ?? []).equals(bytes), path).toBe(true);
      });
    }
  }, 60_000);

  const OWN_CATALOGUE = (model: string): Record<string, string> => ({
    'providers/acme/provider.yaml': 'provider: {id: acme, title: Acme Ltd, short: Acme, kind: saas, country: IE}\n',
    'providers/acme/services.yaml': `services:\n  - {id: base, title: Base, model: ${model}, summary: Ours., configure: Set it., aliases: [base]}\n`,
  });
  test.each<[PolicyRule, (description: string) => string, model: string]>([
    ['new-high-findings', (text) => text, 'paas'],
    ['duties-without-statement', (text) => text.replace('aws/rds', 'aws/ec2'), 'paas'],
    ['assurances-ending', (text) => text, 'paas'],
    ['drift', (text) => text, 'iaas'],
  ])(
    '%s makes it fail, and its tests with it; alike without it',
    async (rule, edit, model) => {
      const own = `catalogue: own\n${DESCRIPTION.replace('services:\n', 'services:\n  - {id: base, service: acme/base, purpose: Base., data: [personal]}\n')}`;
      const { file, packs } = given(`fails-${rule}`, own);
      const catalogueOf = (kind: string): void => {
        for (const [path, text] of Object.entries(OWN_CATALOGUE(kind))) {
          mkdirSync(at(`fails-${rule}`, 'own/providers/acme'), { recursive: true });
          writeFileSync(at(`fails-${rule}`, 'own', path), text);
        }
      };
      catalogueOf('paas');
      expect(await demarc('review', file, '-o', packs, '--as-of', '2026-06-30', '--fail-on', 'never')).toMatchObject({ code: 0 });
      catalogueOf(model);
      writeFileSync(file, edit(own));
      const again = (...failOn: string[]) =>
        demarc('review', file, '-o', packs, '--as-of', '2026-09-30', '--fail-on', failOn.join(','));
      const failures = (): string[] =>
        [
          ...readFileSync(join(packs, '2026-Q3/findings.junit.xml'), 'utf8').matchAll(
            /<testcase [^>]*name="([^"]*)"[^>]*>\s*<failure /g,
          ),
        ].map(([, name]) => name ?? '');
      expect(await again(rule)).toMatchObject({ code: 1, out: expect.stringContaining(`FAIL  ${rule}: `) });
      expect(review(packs, '2026-Q3').breaches.map((breach) => breach.rule)).toEqual([rule]);
      const [first, ...rest] = failures();
      expect(first).toMatch(new RegExp(`^${rule}: `));
      if (rule === 'new-high-findings') expect(rest).toContain('overdue-statement:backup');
      else expect(rest).toEqual([]);
      // Without an earlier pack nothing is new; what will have ended by the next review has nothing to do with it.
      const alone = await demarc('review', file, '-o', packs, '--as-of', '2026-09-30', '--previous', 'none', '--fail-on', rule);
      expect(alone.code).toBe(rule === 'assurances-ending' ? 1 : 0);
      expect(await again('never')).toMatchObject({ code: 0, out: expect.stringContaining('Nothing makes this review fail.') });
      expect(failures()).toEqual([]);
    },
    60_000,
  );

  test('policy and cycle of the description, and flags before them', async () => {
    const policy = 'policy: {every: monthly, fail-on: [assurances-ending]}\n';
    const { file, packs } = given('policy', DESCRIPTION + policy);
    const monthly = await demarc('review', file, '-o', packs, '--as-of', '2026-10-20');
    expect(monthly).toMatchObject({ code: 1, out: expect.stringMatching(/FAIL {2}assurances-ending: 1 assurance/) });
    expect(review(packs, '2026-10').policy).toEqual({ every: 'monthly', failOn: ['assurances-ending'] });
    const never = await demarc('review', file, '-o', packs, '--as-of', '2026-10-20', '--fail-on', 'never', '--period', 'autumn');
    expect(never).toMatchObject({ code: 0, out: expect.stringMatching(/Nothing makes this review fail/) });
    expect(review(packs, 'autumn').previous?.folder).toBe('2026-10');
    const alone = await demarc(
      'review',
      file,
      '-o',
      packs,
      '--as-of',
      '2026-11-20',
      '--previous',
      'none',
      '--json',
      '--fail-on',
      'drift',
    );
    expect(alone.code).toBe(0);
    expect(JSON.parse(alone.out)).not.toHaveProperty('previous');
  }, 60_000);

  test('neither a review nor a look back takes a pack of some papers for the whole', async () => {
    const { file, packs } = given('papers');
    await demarc('review', file, '-o', packs, '--as-of', '2026-06-30');
    await demarc('pack', file, '-o', join(packs, 'paper'), '--only', 'gdpr-28', '--as-of', '2026-08-01');
    await demarc('review', file, '-o', packs, '--as-of', '2026-09-30');
    expect(review(packs, '2026-Q3')).toMatchObject({ previous: { folder: '2026-Q2' } });
    const asked = await demarc('explain', 'gdpr:32(1)', '--at', '2026-08-15', '--history', packs);
    expect(asked).toMatchObject({ code: 0, out: expect.stringMatching(/^On 2026-08-15, by the pack 2026-Q2/) });
  }, 60_000);

  test('a pack of another system is not compared with, and one in several has to be named', async () => {
    const { file, packs } = given('several');
    await demarc('review', file, '-o', packs, '--as-of', '2026-06-30');
    const other = given('several-other', DESCRIPTION.replace('name: Shop', 'name: Depot'));
    const result = await demarc('review', other.file, '-o', packs, '--as-of', '2026-09-30');
    expect(result.err).toMatch(/holds packs of other systems, but no earlier one of Depot/);
    expect(review(packs, '2026-Q3')).not.toHaveProperty('previous');
    const asked = await demarc('explain', 'gdpr:32(1)', '--at', '2026-12-01', '--history', packs);
    expect(asked).toMatchObject({
      code: 2,
      err: expect.stringMatching(/packs of 2 systems: Shop of Test Inc\. and Depot of Test Inc\./),
    });
    const named = await demarc('explain', 'gdpr:32(1)', '--at', '2026-12-01', '--history', packs, '-s', file);
    expect(named).toMatchObject({ code: 0, out: expect.stringMatching(/^On 2026-12-01, by the pack 2026-Q2/) });
  }, 60_000);

  test.each<[string, string[], RegExp]>([
    ['a wrong rule', ['--fail-on', 'drifft'], /Did you mean drift\?/],
    ['a name that is no folder', ['--period', '../up'], /cannot name a folder/],
    ['a previous pack that is none', ['--previous', '.'], /\. is no pack/],
    ['a wrong paper', ['--paper', 'a5'], /Write a4 or letter/],
  ])('%s is wrong usage', async (_, args, message) => {
    const { file, packs } = given('usage');
    expect(await demarc('review', file, '-o', packs, ...args)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
  });
  test('a wrong rule in the description is a problem with its place', async () => {
    const { file, packs } = given('bad-policy', `${DESCRIPTION}policy:\n  fail-on: [drifft]\n`);
    expect(await demarc('review', file, '-o', packs)).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /system\.yaml:12:13: `drifft` is not a value of entry 1 of `fail-on`[\s\S]*Did you mean `drift`\?/,
      ),
    });
  });
});

describe('packs that were kept', () => {
  let packs = '';
  beforeAll(async () => {
    const { file } = given('kept');
    packs = at('kept', 'packs');
    await demarc('review', file, '-o', packs, '--as-of', '2026-06-30');
    writeFileSync(file, DESCRIPTION.replace('aws/rds', 'aws/ec2'));
    await demarc('review', file, '-o', packs, '--as-of', '2026-09-30');
  }, 60_000);
  const explain = (...args: string[]) => demarc('explain', 'gdpr:32(1)', '--history', packs, ...args);

  test.each([
    [
      '2026-06-30',
      /^On 2026-06-30, by the pack 2026-Q2[\s\S]*By the next pack, 2026-Q3, as of 2026-09-30, it had\s+changed: [\s\S]*because\s+db:\s+service\s+aws\/rds\s+→\s+aws\/ec2/,
    ],
    ['2026-09-29', /by the pack 2026-Q2/],
    ['2030-01-01', /by the pack 2026-Q3[\s\S]*No later pack is in the history/],
  ])('say who held a requirement on %s', async (day, said) => {
    expect(await explain('--at', day)).toMatchObject({ code: 0, err: '', out: expect.stringMatching(said) });
  });
  test('say which statement changed, though who holds what stood as before', async () => {
    const { file, packs: own } = given('kept-statement');
    await demarc('review', file, '-o', own, '--as-of', '2026-06-30');
    writeFileSync(file, DESCRIPTION.replace('due: "2026-08-31"', 'due: "2026-08-31", narrative: Soon.'));
    await demarc('review', file, '-o', own, '--as-of', '2026-07-31');
    for (const service of [[], ['--service', 'db']])
      expect((await demarc('explain', 'gdpr:32(1)(c)', '--history', own, '--at', '2026-07-01', ...service)).out).toMatch(
        /it had\s+changed,\s+because\s+statement\s+on\s+backup[\s\S]*Statement: Edited \(narrative\): /,
      );
  }, 60_000);
  test('say it of one service by its parts', async () => {
    expect((await explain('--at', '2026-08-01', '--service', 'db')).out).toMatch(
      /it had changed, because db: service\s+aws\/rds → aws\/ec2\.\n {2}- \S[\s\S]*AWS → Test Inc\. \(implement\): [\s\S]*\(operating\s+system\)/,
    );
    expect(await explain('--at', '2026-08-01', '--service', 'nowhere')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/the pack 2026-Q2 has no service nowhere/),
    });
  });
  test('say it as data', async () => {
    const { at: then, row, next } = JSON.parse((await explain('--at', '2026-08-01', '--json')).out);
    expect(then).toMatchObject({ day: '2026-08-01', pack: '2026-Q2', asOf: '2026-06-30' });
    expect(row.key).toBe('gdpr:32(1)');
    expect(next).toMatchObject({ pack: '2026-Q3', change: { causes: ['service:db/delivery'] } });
  });
  test.each<[string, string[], RegExp]>([
    ['a day before the first', ['--at', '2026-06-29'], /first pack in .* is as of 2026-06-30, after 2026-06-29/],
    ['no day', ['--at', 'yesterday'], /is not a day of the calendar/],
  ])('%s is wrong usage', async (_, args, message) => {
    expect(await explain(...args)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
  });
  test('only requirements are looked up', async () => {
    expect(await demarc('explain', 'aws/rds', '--at', '2026-08-01', '--history', packs)).toMatchObject({ code: 2 });
  });

  test('the record is rebuilt without harm, and what contradicts it is told', async () => {
    const copy = at('contradicted');
    cpSync(packs, copy, { recursive: true });
    const ask = (day: string) => demarc('explain', 'gdpr:32(1)', '--history', copy, '--at', day);
    rmSync(join(copy, 'history.json'));
    expect(await ask('2026-08-01')).toMatchObject({ code: 0, err: '' });
    for (const damaged of ['', '{', '[]', '{"format":"demarc-history","packs":[null,{"folder":1}]}']) {
      writeFileSync(join(copy, 'history.json'), damaged);
      expect(await ask('2026-08-01')).toMatchObject({ code: 0, err: '' });
    }
    cpSync(join(packs, 'history.json'), join(copy, 'history.json'));
    rmSync(join(copy, '2026-Q2'), { recursive: true });
    expect(await ask('2026-12-01')).toMatchObject({
      code: 0,
      err: expect.stringMatching(/knows 2026-Q2, which is no longer there/),
    });
    const manifest = join(copy, '2026-Q3', 'manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"a4"', '"letter"'));
    expect((await ask('2026-12-01')).err).toMatch(/2026-Q3 was written again since/);
  });
  test('a matrix that was changed is refused, but can be named itself', async () => {
    const copy = at('changed');
    cpSync(packs, copy, { recursive: true });
    const matrix = join(copy, '2026-Q2', 'matrix.json');
    writeFileSync(matrix, readFileSync(matrix, 'utf8').replace('"owner":"Owner"', '"owner":"Other"'));
    const refused = await demarc('compare', join(copy, '2026-Q2'), join(copy, '2026-Q3'));
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringMatching(/matrix\.json: the matrix was changed since the pack was written/),
    });
    expect(await demarc('compare', matrix, join(copy, '2026-Q3'))).toMatchObject({
      code: 0,
      out: expect.stringMatching(/owner of the system Other → Owner/),
    });
  });
  test('a pack names the pack it was compared with among its inputs, and is another one without', async () => {
    const { file } = given('kept', DESCRIPTION.replace('aws/rds', 'aws/ec2'));
    const pack = (name: string, ...args: string[]) =>
      demarc('pack', file, '-o', at(name), '--as-of', '2026-09-30', '--audience', 'internal', ...args);
    const earlier = join(packs, '2026-Q2');
    await pack('with', '--previous', earlier);
    await pack('without');
    const inputs = (name: string): string[] => json<Manifest>(at(name, 'manifest.json')).inputs.map(({ path }) => path);
    expect(inputs('with')).toContain('2026-Q2/manifest.json');
    expect(inputs('without')).not.toContain('2026-Q2/manifest.json');
    expect(readFileSync(at('with', 'attestation.pdf')).length).toBeGreaterThan(
      readFileSync(at('without', 'attestation.pdf')).length,
    );
  }, 60_000);
});

describe('readers', () => {
  let packs = '';
  let file = '';
  const make = (audience: string, ...args: string[]) =>
    demarc('pack', file, '-o', at('readers', audience), '--as-of', '2026-06-30', '--audience', audience, ...args);
  beforeAll(async () => {
    ({ file, packs } = given('readers'));
    await demarc('review', file, '-o', packs, '--as-of', '2026-03-31');
    for (const audience of ['internal', 'assessor', 'customer']) await make(audience);
  }, 60_000);

  test.each([
    ['internal', 'internal', true],
    ['internal', 'assessor', true],
    ['assessor', 'assessor', true],
    ['assessor', 'internal', false],
    ['customer', 'customer', false],
    ['public', 'assessor', false],
  ])('a pack for %s may tell what differs from one for %s: %s', async (audience, earlier, may) => {
    const { code, err } = await make(audience, '--previous', at('readers', earlier));
    expect([code, err]).toEqual(may ? [0, ''] : [2, expect.stringMatching(/tells nothing of one for/)]);
  });
  test('packs for others than the organization and its assessors are compared among themselves alone', async () => {
    const compare = (a: string, b: string) => demarc('compare', at('readers', a), at('readers', b));
    expect(await compare('assessor', 'internal')).toMatchObject({ code: 0 });
    expect(await compare('customer', 'customer')).toMatchObject({ code: 0, out: expect.stringMatching(/Nothing differs\./) });
    expect(await compare('customer', 'internal')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/for customers and for internal use cannot be compared/),
    });
  });
  test('a description is mapped for the readers of the pack it is compared with', async () => {
    const { code, out } = await demarc('compare', at('readers', 'customer'), file, '--as-of', '2026-06-30');
    expect(code).toBe(0);
    expect(out).toMatch(/Nothing differs\./);
  });
});

describe('a reviewed pack', () => {
  let packs = '';
  beforeAll(async () => {
    const { file } = given('verified');
    packs = at('verified', 'packs');
    for (const day of ['2026-06-30', '2026-09-30'])
      await demarc('review', file, '-o', packs, '--as-of', day, '--fail-on', 'drift');
  }, 60_000);
  const verify = (folder: string) => demarc('verify', folder);

  test.each(['2026-Q2', '2026-Q3'])('%s follows from its inputs, the earlier pack among them', async (period) => {
    expect(await verify(join(packs, period))).toMatchObject({
      code: 0,
      out: expect.stringMatching(/computed anew from the inputs: the same/),
    });
  });
  test.each([
    ['review.md', '**Passed.**', '**Failed.**', 'is not what follows from the inputs'],
    ['inputs/previous/2026-Q2/matrix.json', '"Owner"', '"Other"', 'names inputs that no pack can be computed from'],
  ])('in which %s was changed is found out, even with a manifest made to fit', async (path, from, to, why) => {
    const copy = at('forged');
    rmSync(copy, { recursive: true, force: true });
    cpSync(join(packs, '2026-Q3'), copy, { recursive: true });
    const text = readFileSync(join(copy, path), 'utf8');
    expect(text).toContain(from);
    const forged = text.replace(from, to);
    writeFileSync(join(copy, path), forged);
    expect(await verify(copy)).toMatchObject({ code: 1, out: expect.stringContaining(path) });
    const hash = (content: string): string => createHash('sha256').update(content).digest('hex');
    const manifest = readFileSync(join(copy, 'manifest.json'), 'utf8').replaceAll(hash(text), hash(forged));
    writeFileSync(join(copy, 'manifest.json'), manifest);
    const { code, out } = await verify(copy);
    expect([code, out.replace(/\s+/g, ' ')]).toEqual([1, expect.stringContaining(why)]);
  });
  test('is not made again once it is signed', async () => {
    const { file } = given('verified');
    writeFileSync(join(packs, '2026-Q3', 'attestation.dsse.json'), '{}');
    expect(await demarc('review', file, '-o', packs, '--as-of', '2026-09-30')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/2026-Q3 is signed, and a signed pack is not made again/),
    });
  });
});

describe('demarc compare', () => {
  let one = '';
  let two = '';
  beforeAll(() => {
    one = given('left').file;
    two = given('right', DESCRIPTION.replace('aws/rds', 'aws/ec2')).file;
  });
  test.each<[string, (path: string) => string[], RegExp]>([
    ['text', () => [], /What differs underneath \(1\)\n {2}- db: service aws\/rds → aws\/ec2 \[/],
    ['markdown', () => ['--format', 'markdown'], /^## Changes: Shop, as of 2026-11-22\n/],
    ['json', () => ['--format', 'json'], /"format": "demarc-comparison"/],
  ])('prints %s, and exits 0 although something differs', async (_, more, said) => {
    expect(await demarc('compare', one, two, ...more(''))).toMatchObject({ code: 0, err: '', out: expect.stringMatching(said) });
  });
  test('exits 1 with --exit-code when something differs', async () => {
    expect(await demarc('compare', one, two, '--exit-code')).toMatchObject({ code: 1 });
    expect(await demarc('compare', one, one, '--exit-code')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/Nothing differs\./),
    });
  });
  test('names everything with --verbose', async () => {
    const brief = await demarc('compare', one, two);
    const verbose = await demarc('compare', one, two, '--verbose');
    expect(brief.out).toMatch(/and \d+ more/);
    expect(verbose.out).not.toMatch(/and \d+ more \(/);
    expect(verbose.out).toContain('Patch management');
  });
  test('asks what a change would bring, with its duties and evidence', async () => {
    writeFileSync(at('change.yaml'), 'services:\n  - {id: db, service: aws/ec2}\n');
    const { code, out } = await demarc('compare', one, '--with', at('change.yaml'));
    expect(code).toBe(0);
    expect(out).toMatch(/db: service aws\/rds → aws\/ec2 \[.*change\.yaml:2\]/);
    expect(out).toMatch(/held before by AWS[\s\S]*Patch management[\s\S]*No statement says how it is met\.[\s\S]*Evidence: /);
  });
  test.each<[string, (one: string) => string[], RegExp]>([
    ['nothing to compare with', (path) => [path], /there is nothing to compare with/],
    ['a change and a second one', (path) => [path, path, '--with', 'x.yaml'], /Leave out the second one/],
    ['a change to a saved matrix', () => ['x.json', '--with', 'x.yaml'], /is no description/],
    ['a folder that is no pack', (path) => [path, '.'], /\. is no pack/],
    ['a wrong format', (path) => [path, path, '--format', 'html'], /Write text, markdown, json/],
    ['a missing change', (path) => [path, '--with', 'nowhere.yaml'], /cannot read .*nowhere\.yaml: there is no such file/],
  ])('%s is wrong usage', async (_, args, message) => {
    expect(await demarc('compare', ...args(one))).toMatchObject({ code: 2, err: expect.stringMatching(message) });
  });
});

test.each<[string, RegExp, number]>([
  ['text', /1 finding|findings in Shop/, 1],
  ['json', /"findings": \[/, 1],
  ['sarif', /"version": "2\.1\.0"/, 1],
  ['junit', /^<\?xml /, 1],
  ['html', /^$/, 2],
])('demarc check --format %s', async (format, said, code) => {
  const { file } = given('check');
  const result = await demarc('check', file, '--format', format, '--fail-on', 'low');
  expect(result).toMatchObject({ code, out: expect.stringMatching(said) });
});
