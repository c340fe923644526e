import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './support.ts';

// Which part of the house may import which, a whole part or one file of it. Parts beside each other do not know of each other.
const ALLOWED: Record<string, string[]> = {
  model: [],
  'comparison.ts': ['model'],
  'document.ts': [],
  'problem.ts': [],
  'sentence.ts': [],
  'terms.ts': ['model'],
  'audience.ts': ['model/matrix.ts'],
  'statements.ts': ['model'],
  'days.ts': [],
  'assurances.ts': ['model', 'days.ts'],
  'catalogue-entries.ts': ['model/catalogue.ts'],
  'cell-text.ts': [],
  'data-kinds.ts': ['model/catalogue.ts'],
  'form.ts': ['model', 'terms.ts', 'cell-text.ts'],
  import: ['model', 'days.ts', 'form.ts', 'problem.ts', 'sentence.ts', 'terms.ts', 'cell-text.ts', 'book'],
  book: ['problem.ts', 'sentence.ts', 'cell-text.ts'],
  questionnaire: ['document.ts', 'problem.ts', 'sentence.ts', 'terms.ts', 'book'],
  answer: [
    'model',
    'document.ts',
    'problem.ts',
    'sentence.ts',
    'statements.ts',
    'assurances.ts',
    'days.ts',
    'terms.ts',
    'book',
    'questionnaire',
  ],
  // Readers know the types of what they read.
  read: ['model', 'catalogue-entries.ts', 'days.ts', 'problem.ts', 'sentence.ts', 'terms.ts', 'questionnaire/questionnaire.ts'],
  map: [
    'model',
    'data-kinds.ts',
    'catalogue-entries.ts',
    'comparison.ts',
    'problem.ts',
    'sentence.ts',
    'statements.ts',
    'assurances.ts',
    'days.ts',
    'terms.ts',
    'audience.ts',
  ],
  report: [
    'model',
    'data-kinds.ts',
    'comparison.ts',
    'document.ts',
    'form.ts',
    'problem.ts',
    'sentence.ts',
    'statements.ts',
    'assurances.ts',
    'days.ts',
    'terms.ts',
    'audience.ts',
  ],
  write: ['model/matrix.ts', 'document.ts', 'problem.ts', 'sentence.ts', 'terms.ts', 'cell-text.ts'],
  sign: ['problem.ts'],
  verify: ['sentence.ts', 'pack.ts', 'disk.ts', 'sign'],
  'disk.ts': ['problem.ts'],
  'pack.ts': ['model', 'days.ts', 'terms.ts', 'audience.ts', 'disk.ts'],
  cli: [
    'model',
    'catalogue-entries.ts',
    'comparison.ts',
    'document.ts',
    'form.ts',
    'problem.ts',
    'sentence.ts',
    'statements.ts',
    'days.ts',
    'terms.ts',
    'audience.ts',
    'read',
    'map',
    'report',
    'write',
    'book',
    'questionnaire',
    'answer',
    'sign',
    'verify',
    'import',
    'pack.ts',
    'disk.ts',
  ],
  start: ['cli'],
};

const SRC = join(ROOT, 'src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const partOf = (file: string): string => file.split('/')[0] ?? file;
const text = (file: string): string => readFileSync(join(SRC, file), 'utf8');

test.each(files)('%s imports only what its part may know', (file) => {
  const part = partOf(file);
  const allowed = ALLOWED[part];
  expect(allowed, `${part} has a place in the house`).toBeDefined();
  for (const [, path = ''] of text(file).matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
    const target = relative(SRC, join(SRC, dirname(file), path));
    if (target.startsWith('..')) continue; // package.json
    const other = partOf(target);
    if (other !== part) expect(allowed, `${file} imports ${target}`).toContain(allowed?.includes(target) ? target : other);
  }
});

test('only disk.ts writes files and only cli/main.ts reads the clock and exits', () => {
  for (const file of files) {
    const code = text(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    for (const [, names = ''] of code.matchAll(/import\s+([^;]*?)\s+from\s+'node:fs(?:\/promises)?'/g)) {
      if (file !== 'disk.ts')
        expect(
          names
            .replace(/[{}\s]/g, '')
            .split(',')
            .filter((name) => !['existsSync', 'readFileSync'].includes(name)),
          file,
        ).toEqual([]);
    }
    if (file !== 'cli/main.ts') {
      expect(code, file).not.toMatch(
        /process\.exit\b|Date\.now\(|new Date\(\)|performance\.now|Math\.random|randomUUID|randomBytes/,
      );
    }
  }
});
