import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { accentColor } from '../src/cli/accent.ts';
import type { Finding } from '../src/model/matrix.ts';
import { ROOT } from './support.ts';

// The bundled program as users run it; `npm test` builds it first.
const DEMARC = join(ROOT, 'dist', 'demarc.js');
let folder = '';
beforeAll(() => {
  expect(existsSync(DEMARC), 'run npm run build first').toBe(true);
  folder = mkdtempSync(join(tmpdir(), 'demarc-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function demarc(...args: string[]): { code: number | null; out: string; err: string } {
  const result = spawnSync(process.execPath, [DEMARC, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, SOURCE_DATE_EPOCH: '1790726400' },
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}
const sample = (name: string): string => join(ROOT, 'samples', name, 'system.yaml');

describe('exit codes and messages', () => {
  test.each<[string, string[], number, RegExp]>([
    ['no command', [], 2, /Usage: demarc/],
    ['an unknown command', ['pak'], 2, /unknown command 'pak'/],
    ['an unknown option', ['check', 'x.yaml', '--frobnicate'], 2, /unknown option '--frobnicate'/],
    ['a missing argument', ['check'], 2, /missing required argument 'system.yaml'/],
    ['a missing file', ['check', 'nowhere.yaml'], 2, /^demarc: cannot read nowhere\.yaml: there is no such file\n$/],
    ['a folder for a file', ['check', '.'], 2, /cannot read \.: it is a folder, not a file/],
    ['a wrong date', ['check', sample('clinic'), '--as-of', '2026-13-01'], 2, /--as-of 2026-13-01 is not a day/],
    ['a wrong severity', ['check', sample('clinic'), '--fail-on', 'awful'], 2, /Write low, medium, high or never/],
    ['a wrong audience', ['pack', sample('clinic'), '-o', 'p', '--audience', 'press'], 2, /Write one of internal, assessor/],
    ['a wrong paper', ['pack', sample('clinic'), '-o', 'p', '--paper', 'a5'], 2, /Write a4 or letter/],
    ['an unknown framework', ['explain', 'pci:1.1.1'], 2, /Did you mean pci-dss:1.1.1\?|Write one of/],
    ['an unknown requirement', ['explain', 'pci-dss:1.2.99'], 2, /Did you mean pci-dss:/],
    ['a heading', ['explain', 'pci-dss:1.2'], 2, /is a heading/],
    ['an unknown service', ['explain', 'aws/rdss'], 2, /Did you mean aws\/rds\?/],
    ['an unknown list', ['list', 'servises'], 2, /Did you mean services\?/],
    [
      'an unknown paper',
      ['pack', sample('clinic'), '-o', 'p', '--only', 'pci-12.8.55'],
      2,
      /no such paper\nDid you mean pci-12.8.5\?/,
    ],
    ['no paper', ['pack', sample('clinic'), '-o', 'p', '--only', ','], 2, /--only names no paper\nWrite some of: pci-12.8.1, /],
    [
      'a paper of another role',
      ['pack', sample('clinic'), '-o', 'p', '--only', 'gdpr-30-2'],
      2,
      /only of a processor, and .* role controller/,
    ],
    [
      'a paper of another framework',
      ['pack', sample('payments'), '-o', 'p', '--only', 'hipaa-baa'],
      2,
      /does not name hipaa under/,
    ],
    [
      'a paper of other readers',
      ['pack', sample('payments'), '-o', 'p', '--audience', 'customer', '--only', 'pci-12.8.3'],
      2,
      /not for the audience customer/,
    ],
  ])('%s', (_, args, code, message) => {
    const result = demarc(...args);
    expect(result.err).toMatch(message);
    expect(result.code).toBe(code);
    expect(result.err).not.toMatch(/^\s+at .*\.js/m);
  });

  test('papers are listed with their ids, those of one framework alone', () => {
    const { code, out } = demarc('list', 'annexes', 'pci-dss');
    expect(code).toBe(0);
    expect(out.split('\n').flatMap((line) => /^\S+/.exec(line)?.[0] ?? [])).toEqual([
      'pci-12.8.1',
      'pci-12.8.2',
      'pci-12.8.3',
      'pci-12.8.4',
      'pci-12.8.5',
      'pci-12.9.2',
      'pci-dss',
    ]);
  });
  test('findings exit 1, or 0 when they may stay', () => {
    expect(demarc('check', sample('clinic')).code).toBe(1);
    expect(demarc('check', sample('clinic'), '--fail-on', 'never').code).toBe(0);
  });
  test('what is suppressed does not fail a check until the day after its end, and is said last with its reason', () => {
    const system = `organization: {name: X}
system: {name: S, description: D., owner: O}
frameworks: [hipaa]
roles: {hipaa: covered-entity}
services: [{id: x, model: unknown, provider: Acme, purpose: Keeps things, data: [health]}]
suppressions:
  - {finding: "unknown-service:x", reason: It is being asked., approved-by: Officer, until: "2026-06-30"}
`;
    mkdirSync(join(folder, 'own'), { recursive: true });
    writeFileSync(join(folder, 'own', 'lived-with.yaml'), system);
    const check = (...more: string[]) => demarc('check', 'own/lived-with.yaml', '--fail-on', 'high', ...more);
    const only = (asOf: string): string[] =>
      JSON.parse(check('--as-of', asOf, '--json').out)
        .findings.filter((finding: Finding) => finding.severity === 'high' && !finding.suppressed)
        .map((finding: Finding) => finding.id);
    expect(only('2026-06-30')).toEqual(['assurance-missing:hipaa/provider-acme']);
    expect(only('2026-07-01')).toEqual(['unknown-service:x', 'assurance-missing:hipaa/provider-acme']);
    const more = system.replace(
      'suppressions:',
      `assurances: [{id: b, provider: Acme, type: baa, title: BAA, issued: "2026-01-01"}]\nsuppressions:`,
    );
    writeFileSync(join(folder, 'own', 'lived-with.yaml'), more);
    const before = check('--as-of', '2026-06-30');
    expect(before.code).toBe(0);
    expect(before.out).toMatch(
      /SUPPRESSED \(1\)[\s\S]*It is not known how x is delivered \(high\)\n {4}Until 2026-06-30 by decision of Officer: It is being asked\.\n {4}own\/lived-with\.yaml:5 {2}\[unknown-service:x\]/,
    );
    expect(before.out).toMatch(/ 0 high, .* low\. 1 suppressed\.\n$/);
    const after = check('--as-of', '2026-07-01');
    expect(after.code).toBe(1);
    expect(after.out).toMatch(/Until 2026-06-30 it was suppressed\s+by decision of Officer; that has ended\./);
    expect(after.out).not.toMatch(/suppressed\.\n$/);
  });
  test('problems in the input exit 1 with places, and write nothing', () => {
    writeFileSync(join(folder, 'bad.yaml'), 'organization: {nam: X}\nframeworks: [pci]\n');
    const result = demarc('pack', 'bad.yaml', '-o', 'bad-pack');
    expect(result.code).toBe(1);
    expect(result.err).toMatch(/^bad\.yaml:1:16: unknown key `nam` \[unknown-key\]/);
    expect(existsSync(join(folder, 'bad-pack'))).toBe(false);
  });
  test('a reader that has seen enough is no error', () => {
    const said = execFileSync(
      'bash',
      ['-c', `"${process.execPath}" "${DEMARC}" list requirements gdpr | head -1; echo "code \${PIPESTATUS[0]}"`],
      { encoding: 'utf8' },
    );
    expect(said).toMatch(/^gdpr:.*\ncode 0\n$/);
  });
});

describe('commands', () => {
  test('init writes a starter that reads without problems, and never replaces a file', () => {
    expect(demarc('init').code).toBe(0);
    expect(demarc('check', 'system.yaml', '--fail-on', 'never').code).toBe(0);
    expect(demarc('init')).toMatchObject({ code: 2, err: expect.stringContaining('already exists') });
    expect(parse(readFileSync(join(folder, 'system.yaml'), 'utf8')).demarc).toBe(1);
  });
  test.each(['frameworks', 'services', 'controls', 'models', 'components', 'conditions', 'facts', 'data', 'providers'])(
    'list %s, as text and as JSON',
    (kind) => {
      expect(demarc('list', kind).out.length).toBeGreaterThan(100);
      expect(JSON.parse(demarc('list', kind, '--json').out).length).toBeGreaterThan(3);
    },
  );
  test('list services finds a service by any of its names', () => {
    expect(demarc('list', 'services', 'aws_db_instance').out).toMatch(/^aws\/rds /);
  });
  test('list requirements has them all', () => {
    expect(
      demarc('list', 'requirements', 'pci-dss')
        .out.trim()
        .split('\n')
        .filter((line) => line.startsWith('pci-dss:')),
    ).toHaveLength(280);
  });
  test('explain leads from the requirement to the source', () => {
    const { out } = demarc('explain', 'hipaa:164.312(a)(2)(iv)', '-s', sample('clinic'));
    for (const word of [
      'Addressable',
      'Shared',
      'encryption-at-rest',
      'Patient records (Amazon RDS)',
      'because',
      'https://docs.aws.amazon.com/',
    ])
      expect(out).toContain(word);
  });
  test('explain without a description shows a service of the catalogue', () => {
    expect(demarc('explain', 'pci-dss:9.2.1', '--service', 'aws/rds').out).toMatch(/Ownership on Amazon RDS: Provider/);
  });
  test('explain says so where a service holds no part, and names no control without one', () => {
    const { out } = demarc('explain', 'pci-dss:12.1.1', '-s', sample('payments'), '--service', 'edge');
    expect(out).toMatch(/Nobody holds a part of it on Public edge \(Azure Front Door\): what it asks is not done there\./);
    expect(out).not.toMatch(/^Control /m);
    const outside = demarc('explain', 'pci-dss:6.3.3', '-s', sample('payments'), '--service', 'on-call').out;
    expect(outside).toMatch(/On-call alerts \(PagerDuty\): [\s\S]*outside the scope\s+of PCI DSS/);
    expect(outside).not.toMatch(/^Control /m);
    expect(demarc('explain', 'pci-dss:9.5.1', '-s', sample('payments'), '--service', 'edge').out).not.toMatch(
      /^Control |^Nobody/m,
    );
  });
  test('explain shows what an option changed', () => {
    expect(demarc('explain', 'aws/ecs').out).toMatch(/Option launch-type[\s\S]*operating system: customer/);
  });
  test('explain a rule of findings', () => {
    expect(demarc('explain', 'finding:assurance-missing').out).toMatch(/Remedy:/);
  });
  test('JSON is for scripts', () => {
    const checked = JSON.parse(demarc('check', sample('clinic'), '--json').out);
    expect(checked.findings[0]).toMatchObject({ id: expect.any(String), severity: 'high', remedy: expect.any(String) });
    expect(JSON.parse(demarc('explain', 'pci-dss:8.4.2', '-s', sample('clinic'), '--json').out).row.key).toBe('pci-dss:8.4.2');
  });
  test('a pack in a pipe prints only its result', () => {
    const result = demarc('pack', sample('manufacturer'), '-o', 'quiet');
    expect(result.err).toBe('');
    expect(result.out).toMatch(/quiet\/attestation\.pdf/);
    expect(readdirSync(join(folder, 'quiet')).sort()).toEqual([
      'attestation.pdf',
      'inputs',
      'manifest.json',
      'matrix.json',
      'responsibility-matrix.xlsx',
    ]);
  }, 60_000);
});

test.each([
  ['#0B5D3B', '#0b5d3b'],
  ['7a1f3d', '#7a1f3d'],
])('the color %s is taken', (written, color) => {
  expect(accentColor(written)).toBe(color);
});

test.each([
  ['green', /not a color/],
  ['#123', /not a color/],
  ['FFCC00', /too light .* 1\.5 to 1/],
  // The first gray that fails WCAG's 4.5 to 1 on white, and below it the last one that passes.
  ['777777', /too light/],
])('the color %s is refused', (written, message) => {
  expect(() => accentColor(written)).toThrow(message);
  expect(accentColor('767676')).toBe('#767676');
});
