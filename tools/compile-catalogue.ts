/**
 * Validates the catalogue's YAML and compiles it to one file of JSON lines, because parsing a megabyte of YAML takes longer than all the rest
 * of a run. `--check` only validates. Exit code 1 with every problem and its place when something is wrong.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatProblem, Problems } from '../src/problem.ts';
import { type CatalogueFile, readCatalogue } from '../src/read/catalogue.ts';
import { compiledCatalogue } from '../src/read/compiled-catalogue.ts';
import { readSchemes } from './schemes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function yamlFiles(folder: string): CatalogueFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) return yamlFiles(path);
      return entry.name.endsWith('.yaml') ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : [];
    });
}

try {
  const catalogue = readCatalogue(['controls', 'frameworks', 'providers'].flatMap(yamlFiles));
  const schemes = readSchemes(yamlFiles('questionnaires/schemes'), catalogue);
  const services = catalogue.providers.reduce((sum, provider) => sum + provider.services.length, 0);
  const requirements = catalogue.frameworks.reduce((sum, framework) => sum + framework.requirements.length, 0);
  if (!process.argv.includes('--check')) {
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(join(root, 'dist', 'catalogue.jsonl'), compiledCatalogue(catalogue));
    writeFileSync(join(root, 'dist', 'schemes.json'), JSON.stringify(schemes));
  }
  console.log(
    `catalogue ${catalogue.version}: ${catalogue.controls.length} controls, ${catalogue.frameworks.length} frameworks with ${requirements} requirements, ${catalogue.providers.length} providers with ${services} services`,
  );
} catch (error) {
  if (!(error instanceof Problems)) throw error;
  for (const problem of error.problems) console.error(formatProblem(problem));
  console.error(`${error.problems.length} problem(s) in the catalogue`);
  process.exitCode = 1;
}
