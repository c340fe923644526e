import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DUTIES } from '../src/form.ts';
import type { Matrix } from '../src/model/matrix.ts';
import type { Manifest } from '../src/pack.ts';
import { ownershipLabel } from '../src/report/ownership.ts';
import { sentenceCase } from '../src/sentence.ts';
import { OWNERSHIP, OWNERSHIPS, SEVERITY, STATUS } from '../src/terms.ts';
import { parseCsv, ROOT, sheetsByOffice } from './support.ts';

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
    const { include: included } = parse(readFileSync(join(ROOT, 'samples', sample, 'system.yaml'), 'utf8'));
    expect(manifest.files.map((file) => file.path)).toEqual([
      'attestation.pdf',
      'responsibility-matrix.xlsx',
      'matrix.json',
      ...['system.yaml', ...included].map((name) => `inputs/description/${name}`),
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

  test.skipIf(!office || !pdfTools)(
    'has a workbook whose every count, computed anew by LibreOffice, agrees with the matrix and the PDF (skipped without LibreOffice and poppler)',
    () => {
      const matrix = matrixOf(sample);
      const target = join(folder, `${sample}-csv`);
      mkdirSync(target);
      const sheets = sheetsByOffice(path('responsibility-matrix.xlsx'), target);
      const records = (name: string): string[][] => sheets.get(name) ?? [];
      /** The rows of a table as records by header, from the row whose first cell is `first`. */
      const table = (name: string, first: string): Record<string, string>[] => {
        const at = records(name).findIndex(([cell]) => cell === first);
        expect(at, `${name}: a header that begins with ${first}`).toBeGreaterThanOrEqual(0);
        const headers = records(name)[at] ?? [];
        return records(name)
          .slice(at + 1)
          .map((record) => Object.fromEntries(headers.map((header, i) => [header, record[i] ?? ''])));
      };
      const tally = <T>(items: T[], key: (item: T) => string | undefined): Map<string, number> => {
        const found = new Map<string, number>();
        for (const item of items) found.set(key(item) ?? '', (found.get(key(item) ?? '') ?? 0) + 1);
        return found;
      };

      const text = pdfText(path('attestation.pdf'));
      const printed = countsInPdf(text);
      const ownership = table('Summary', 'Framework');
      const status = table('Summary', 'Answers');
      for (const [i, framework] of matrix.frameworks.entries()) {
        // Ownership: the figure, the matrix and the PDF.
        const row = ownership[i] ?? {};
        expect(row).toMatchObject({
          Framework: `${framework.title} ${framework.version}`,
          Requirements: String(framework.requirements.length),
          Shown: String(framework.requirements.length),
        });
        for (const own of OWNERSHIPS) expect(row[OWNERSHIP[own].short], own).toBe(String(framework.counts[own]));
        expect(printed[i]).toEqual(
          new Map(
            OWNERSHIPS.filter((own) => framework.counts[own] > 0).map((own) => [
              ownershipLabel(own, framework),
              framework.counts[own],
            ]),
          ),
        );
        // Status.
        const statuses = tally(
          framework.requirements.filter((requirement) => requirement.row.status !== undefined),
          (requirement) => requirement.row.status,
        );
        const all = [...statuses.values()].reduce((sum, count) => sum + count, 0);
        expect(status[i]).toMatchObject({ Answers: framework.title, 'Rows to answer': String(all) });
        for (const [id, label] of Object.entries(STATUS)) expect(status[i]?.[label], label).toBe(String(statuses.get(id) ?? 0));
        // Sections: outermost headings.
        const parents = new Map([...framework.headings, ...framework.requirements].map(({ id, parent }) => [id, parent]));
        const sectionOf = (id: string): string => {
          let top = id;
          for (let at = parents.get(id); at !== undefined; at = parents.get(at)) top = at;
          const heading = framework.headings.find((candidate) => candidate.id === top);
          return heading ? `${heading.id}  ${heading.title}` : 'Without a section';
        };
        const block = records('Summary').findIndex(([cell]) => cell === `${framework.title} by section`);
        const headers = records('Summary')[block + 1] ?? [];
        const sections = tally(framework.requirements, ({ id }) => sectionOf(id));
        [...sections].forEach(([title, count], at) => {
          const figures = records('Summary')[block + 2 + at] ?? [];
          const rows = framework.requirements.filter(({ id }) => sectionOf(id) === title).map(({ row }) => row);
          expect(figures.slice(0, 3)).toEqual([title, String(count), String(count)]);
          for (const own of OWNERSHIPS)
            expect(figures[headers.indexOf(ownershipLabel(own, framework))], `${title}: ${own}`).toBe(
              String(rows.filter((row) => row.ownership === own).length),
            );
          expect(figures[headers.indexOf('Open')], `${title}: open`).toBe(
            String(rows.filter((row) => ['unanswered', 'partial', 'planned'].includes(row.status ?? '')).length),
          );
        });
        expect(records('Summary')[block + 2 + sections.size]?.join('')).toBe('');
        // The rows themselves.
        const shown = table(framework.title, sentenceCase(framework.words.requirement)).filter(
          (record) => record.Ownership !== '',
        );
        expect(shown.map((record) => [record.Key, record.Ownership, record.Status])).toEqual(
          framework.requirements.map(({ row }) => [
            row.key,
            ownershipLabel(row.ownership, framework),
            row.status ? STATUS[row.status] : '',
          ]),
        );
      }
      expect(Number(ownership[matrix.frameworks.length]?.Requirements)).toBe(
        matrix.frameworks.flatMap((framework) => framework.requirements).length,
      );
      const duties = table(DUTIES, 'Control').filter((record) => record.Key !== '');
      const answered = tally(duties, (record) => record.Status);
      expect(status[matrix.frameworks.length]).toMatchObject({
        Answers: `${DUTIES}, by control`,
        'Rows to answer': String(duties.length),
      });
      for (const label of Object.values(STATUS))
        expect(status[matrix.frameworks.length]?.[label], label).toBe(String(answered.get(label) ?? 0));

      const live = matrix.findings.filter((finding) => !finding.suppressed);
      const toLookAt = new Map(table('Summary', 'What').map((record) => [record.What, record.Number]));
      for (const [id, label] of Object.entries(SEVERITY))
        expect(toLookAt.get(`Findings of ${label.toLowerCase()} severity`)).toBe(
          String(live.filter((finding) => finding.severity === id).length),
        );
      const expired = matrix.findings.filter((finding) => finding.rule === 'assurance-expired').length;
      expect(toLookAt.get('Assurances that have expired')).toBe(String(expired));
      const filled = (name: string, first: string): number => table(name, first).filter((record) => record[first] !== '').length;
      expect(filled('All parts', 'Framework')).toBe(
        matrix.frameworks.flatMap((framework) => framework.requirements.flatMap(({ row }) => row.parts)).length,
      );
      expect(filled('Services', 'Service')).toBe(matrix.services.length);
      expect(filled('Assurances', 'Provider')).toBe(matrix.assurances.length);
      expect(filled('Findings', 'Severity')).toBe(matrix.findings.length);
      expect(new Set(table('Evidence', 'Evidence').map((record) => record.Evidence)).size - 1).toBe(
        new Set(matrix.statements.flatMap((statement) => statement.evidence.map((item) => item.title))).size,
      );
      // Key figures of the PDF.
      const own = status.slice(0, matrix.frameworks.length).reduce((sum, record) => sum + Number(record['Rows to answer']), 0);
      const met = status
        .slice(0, matrix.frameworks.length)
        .reduce((sum, record) => sum + Number(record[STATUS.implemented]) + Number(record[STATUS.alternative]), 0);
      const figures =
        /([\d,]+) ([\d,]+) ([\d,]+) ([\d,]+) requirements listed .*? ([\d,]+) fully answered as met/.exec(text) ?? [];
      expect(figures.slice(1).map((figure) => Number(figure.replaceAll(',', '')))).toEqual([
        Number(ownership[matrix.frameworks.length]?.Requirements),
        own,
        matrix.frameworks.flatMap((framework) => framework.requirements).filter(({ row }) => row.ownership !== 'not-applicable')
          .length - own,
        live.length,
        met,
      ]);
    },
    120_000,
  );
});

test('a pack holds the files asked for; a sheet as CSV can begin with a byte order mark', () => {
  const target = join(folder, 'csv-pack');
  const run = (...more: string[]) =>
    spawnSync(process.execPath, [DEMARC, 'pack', 'samples/manufacturer/system.yaml', '-o', target, ...more], {
      cwd: ROOT,
      encoding: 'utf8',
    });
  expect(run('--format', 'csv, json', '--bom')).toMatchObject({ status: 0 });
  const manifest = JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8')) as Manifest;
  expect(manifest.options).toMatchObject({ formats: ['csv', 'json'], bom: true });
  expect(manifest.files.map((file) => file.path)).toEqual(
    expect.arrayContaining([
      'csv/summary.csv',
      'csv/all-parts.csv',
      'csv/customer-duties.csv',
      'csv/sign-off.csv',
      'matrix.json',
    ]),
  );
  expect(manifest.files.some((file) => /pdf|xlsx|original/.test(file.path))).toBe(false);
  const matrix = JSON.parse(readFileSync(join(target, 'matrix.json'), 'utf8')) as Matrix;
  const csv = readFileSync(join(target, 'csv', 'findings.csv'), 'utf8');
  expect(csv.startsWith('\ufeffSeverity,')).toBe(true);
  expect(parseCsv(csv.slice(1).replaceAll('\r\n', '\n')).length).toBe(matrix.findings.length + 2);
  expect(run('--format', 'doc')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--format doc does not name files of a pack'),
  });
});

function pdfText(file: string): string {
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 }).replace(/\s+/g, ' ');
}

/** The tables of counts that the PDF prints, one a framework, in their order. */
function countsInPdf(text: string): Map<string, number>[] {
  return [...text.matchAll(/ by ownership Ownership \S+ Share (.*?), one by one/g)].map(
    ([, block = '']) =>
      new Map(
        [...block.matchAll(/(\D+?) ([\d,]+) [\d.]+ % ?/g)].map(([, label = '', count = '']) => [
          label.trim(),
          Number(count.replaceAll(',', '')),
        ]),
      ),
  );
}

describe('a pack of some papers', () => {
  const target = (name: string): string => join(folder, `only-${name}`);
  const only = (name: string, sample: string, papers: string, ...more: string[]): Manifest => {
    const args = [DEMARC, 'pack', `samples/${sample}/system.yaml`, '-o', target(name), '--only', papers, ...more];
    execFileSync(process.execPath, args, { cwd: ROOT, stdio: 'pipe' });
    return JSON.parse(readFileSync(join(target(name), 'manifest.json'), 'utf8'));
  };
  const sheets = (name: string): string[] => {
    const parts = unzipSync(readFileSync(join(target(name), 'responsibility-matrix.xlsx')));
    return [...strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array()).matchAll(/<sheet name="([^"]+)"/g)].map(
      ([, title = '']) => title,
    );
  };

  test('has their sections and sheets, what is open about them, and nothing of other frameworks', () => {
    const manifest = only('annex', 'payments', 'pci-12.8.5,pci-12.8.4');
    expect(manifest.options.only).toEqual(['pci-12.8.5', 'pci-12.8.4']);
    expect(manifest.frameworks.map(({ id }) => id)).toEqual(['pci-dss']);
    expect(sheets('annex')).toEqual(['Read me', 'PCI 12.8.4 TPSP status', 'PCI 12.8.5 matrix', 'Findings', 'Sign-off']);
    const matrix = JSON.parse(readFileSync(join(target('annex'), 'matrix.json'), 'utf8')) as Matrix;
    for (const finding of matrix.findings) {
      if (finding.requirements.length > 0)
        expect(
          finding.requirements.some((key) => key === 'pci-dss:12.8.4' || key === 'pci-dss:12.8.5'),
          finding.id,
        ).toBe(true);
    }
    expect(matrix.findings.length).toBeGreaterThan(0);
    if (!pdfTools) return;
    const text = execFileSync('pdftotext', ['-layout', join(target('annex'), 'attestation.pdf'), '-'], { encoding: 'utf8' });
    for (const title of ['PCI DSS 12.8.4: compliance status', 'PCI DSS 12.8.5: responsibility matrix', 'Findings', 'Sign-off'])
      expect(text).toContain(title);
    expect(text).not.toMatch(/GDPR Art\.|How to read this pack|one by one/);
  });
  test('can be the whole matrix of a framework', () => {
    only('framework', 'clinic', 'hipaa');
    expect(sheets('framework')).toEqual(['Read me', 'HIPAA', 'Findings', 'Sign-off', 'Original answers', 'Lists']);
  });
  test('is called by its name where there is one', () => {
    only('one', 'payments', 'gdpr-28', '--audience', 'customer');
    expect(sheets('one')).toEqual(['Read me', 'GDPR Art. 28 processors']);
    const parts = unzipSync(readFileSync(join(target('one'), 'responsibility-matrix.xlsx')));
    expect(Object.keys(parts)).toContain('xl/worksheets/sheet2.xml');
    if (!pdfTools) return;
    const info = execFileSync('pdfinfo', [join(target('one'), 'attestation.pdf')], { encoding: 'utf8' });
    expect(info).toMatch(/^Title:\s+GDPR Art\. 28: processors and sub-processors$/m);
  });
  test('is found to be made from its inputs, and not when its papers are changed', () => {
    only('verified', 'payments', 'pci-12.8.1');
    const verify = (): string =>
      spawnSync(process.execPath, [DEMARC, 'verify', target('verified')], { cwd: ROOT, encoding: 'utf8' }).stdout;
    expect(verify()).toMatch(/computed anew from the inputs: the same/);
    for (const papers of [['pci-12.8.2'], ['nonsense'], []]) {
      const path = join(target('verified'), 'manifest.json');
      const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
      writeFileSync(path, `${JSON.stringify({ ...manifest, options: { ...manifest.options, only: papers } }, null, 2)}\n`);
      expect(verify(), papers.join()).not.toMatch(/computed anew from the inputs: the same/);
    }
  });
  test('has words of the user’s own', () => {
    const words = join(folder, 'words');
    mkdirSync(words);
    writeFileSync(
      join(words, 'annexes.md.hbs'),
      '{{#with annexes.pci-12-8-1}}\n[[section landscape pci-12.8.1]]\n\n# Our list\n\nWords of our own about {{../organization.short}}.\n\n[[annex pci-12.8.1]]\n{{/with}}\n',
    );
    const manifest = only('words', 'payments', 'pci-12.8.1', '--templates', words);
    expect(manifest.inputs.filter(({ role }) => role === 'template').map(({ path }) => path)).toEqual(['annexes.md.hbs']);
    const parts = unzipSync(readFileSync(join(target('words'), 'responsibility-matrix.xlsx')));
    const texts = strFromU8(parts['xl/sharedStrings.xml'] ?? new Uint8Array());
    expect(texts).toContain('Our list');
    expect(texts).toContain('Words of our own about Halvermark.');
  });
});
