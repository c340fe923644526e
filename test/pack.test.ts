import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Matrix } from '../src/model.ts';
import type { Manifest } from '../src/pack.ts';
import { OWNERSHIP, OWNERSHIPS } from '../src/terms.ts';
import { ROOT } from './support.ts';

const DEMARC = join(ROOT, 'dist', 'demarc.js');
const SAMPLES = ['clinic', 'payments', 'manufacturer'];
let folder = '';

const has = (tool: string): boolean => spawnSync('which', [tool]).status === 0;
const pdfTools = has('qpdf') && has('pdftotext');
const office = has('soffice');

function pack(sample: string, output: string, more: { cwd?: string; env?: Record<string, string>; file?: string } = {}): void {
  execFileSync(process.execPath, [DEMARC, 'pack', more.file ?? `samples/${sample}/system.yaml`, '-o', output], {
    cwd: more.cwd ?? ROOT,
    env: { ...process.env, ...more.env },
    stdio: 'pipe',
  });
}
const matrixOf = (sample: string): Matrix => JSON.parse(readFileSync(join(folder, sample, 'matrix.json'), 'utf8'));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demarc-pack-'));
  for (const sample of SAMPLES) pack(sample, join(folder, sample));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(SAMPLES)('the pack of the %s', (sample) => {
  const path = (file: string): string => join(folder, sample, file);

  test('names every file with its hash', () => {
    const manifest = JSON.parse(readFileSync(path('manifest.json'), 'utf8')) as Manifest;
    expect(manifest.files.map((file) => file.path)).toEqual([
      'attestation.pdf',
      'responsibility-matrix.xlsx',
      'matrix.json',
      ...readdirSync(join(ROOT, 'samples', sample))
        .map((name) => `inputs/description/${name}`)
        .sort(
          (a, b) => manifest.inputs.findIndex(({ file }) => file === a) - manifest.inputs.findIndex(({ file }) => file === b),
        ),
    ]);
    for (const file of manifest.files) {
      const bytes = readFileSync(path(file.path));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
      expect(bytes.length).toBe(file.bytes);
    }
    for (const input of manifest.inputs) {
      expect(
        createHash('sha256')
          .update(readFileSync(join(ROOT, 'samples', sample, input.path)))
          .digest('hex'),
      ).toBe(input.sha256);
      expect(readFileSync(path(input.file)).equals(readFileSync(join(ROOT, 'samples', sample, input.path)))).toBe(true);
    }
  });

  test('has counts that agree with its rows', () => {
    for (const framework of matrixOf(sample).frameworks) {
      for (const ownership of OWNERSHIPS) {
        expect(framework.requirements.filter((requirement) => requirement.row.ownership === ownership)).toHaveLength(
          framework.counts[ownership],
        );
      }
    }
  });

  test('is the same, byte for byte, on a second run, in another folder and time zone', () => {
    const elsewhere = join(folder, `${sample}-elsewhere`);
    cpSync(join(ROOT, 'samples', sample), join(elsewhere, 'samples', sample), { recursive: true });
    const file = join(elsewhere, 'samples', sample, 'system.yaml');
    pack(sample, join(elsewhere, 'out'), {
      file,
      cwd: elsewhere,
      env: { TZ: 'Asia/Kathmandu', LANG: 'de_DE.UTF-8', LC_ALL: 'C' },
    });
    for (const file of ['attestation.pdf', 'responsibility-matrix.xlsx', 'matrix.json', 'manifest.json']) {
      expect(readFileSync(join(elsewhere, 'out', file)).equals(readFileSync(path(file))), file).toBe(true);
    }
  }, 60_000);

  test.skipIf(!pdfTools)(
    'has a PDF that other tools read, with every requirement and count (skipped without qpdf and poppler)',
    () => {
      execFileSync('qpdf', ['--check', path('attestation.pdf')], { stdio: 'pipe' });
      const text = execFileSync('pdftotext', ['-layout', path('attestation.pdf'), '-'], {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      }).replace(/\s+/g, ' ');
      const matrix = matrixOf(sample);
      for (const framework of matrix.frameworks) {
        for (const requirement of framework.requirements) expect(text, requirement.row.key).toContain(requirement.id);
      }
      expect(text).toContain(matrix.organization.name);
      expect(text).not.toMatch(/undefined|\[object|\{\{|\[\[|NaN/);
      for (const name of ['How to read this pack', 'Summary', 'Scope', 'Findings', 'Sign-off', 'What this pack does not claim'])
        expect(text).toContain(name);
      const fonts = execFileSync('pdffonts', [path('attestation.pdf')], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .slice(2);
      for (const font of fonts) expect(font).toMatch(/\s+yes\s+(yes|no)\s+yes\s+\d+\s+\d+$/); // embedded, with ToUnicode
      expect(execFileSync('pdfdetach', ['-list', path('attestation.pdf')], { encoding: 'utf8' })).toContain('matrix.json');
    },
    60_000,
  );

  test.skipIf(!pdfTools)('carries in its PDF the same matrix.json that lies beside it (skipped without poppler)', () => {
    const saved = join(folder, `${sample}-embedded.json`);
    execFileSync('pdfdetach', ['-save', '1', '-o', saved, path('attestation.pdf')]);
    expect(readFileSync(saved).equals(readFileSync(path('matrix.json')))).toBe(true);
  });

  test.skipIf(!office)(
    'has a workbook that LibreOffice opens and whose recomputed figures agree with the matrix (skipped without LibreOffice)',
    () => {
      const matrix = matrixOf(sample);
      const target = join(folder, `${sample}-csv`);
      // Sheet 2 is the summary, whose figures are formulas; LibreOffice computes them anew.
      execFileSync(
        'soffice',
        [
          `-env:UserInstallation=file://${folder}/office`,
          '--headless',
          '--convert-to',
          'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2',
          '--outdir',
          target,
          path('responsibility-matrix.xlsx'),
        ],
        { stdio: 'pipe' },
      );
      const csv = readFileSync(join(target, 'responsibility-matrix-Summary.csv'), 'utf8');
      for (const framework of matrix.frameworks) {
        const line = csv
          .split('\n')
          .find((candidate) => candidate.startsWith(framework.title) || candidate.startsWith(`"${framework.title}`));
        const numbers = (line ?? '')
          .split(',')
          .filter((field) => /^\d+$/.test(field))
          .map(Number);
        const shown = OWNERSHIPS.filter((ownership) => matrix.frameworks.some((other) => other.counts[ownership] > 0));
        expect(numbers, `${framework.title}: ${shown.map((ownership) => OWNERSHIP[ownership].short).join()}`).toEqual([
          framework.requirements.length,
          ...shown.map((ownership) => framework.counts[ownership]),
        ]);
      }
    },
    120_000,
  );
});
