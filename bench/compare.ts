/** Time of the processor for reading a saved matrix, and for comparing two of which a tenth differ: `npx tsx bench/compare.ts`. */

import { loadCatalogue } from '../src/cli/resources.ts';
import { compareMatrices } from '../src/map/compare/compare.ts';
import { mapSystem } from '../src/map/matrix.ts';
import type { Matrix } from '../src/model/matrix.ts';
import { readMatrix } from '../src/read/matrix.ts';
import { emptyService, emptySystem } from '../src/read/system.ts';
import { writeMatrixJson } from '../src/write/json.ts';

const catalogue = loadCatalogue();
const known = catalogue.providers.flatMap((provider) => provider.services.map(({ id }) => `${provider.id}/${id}`));

function matrixOf(count: number, version: number): Matrix {
  const services = Array.from({ length: count }, (_, i) => ({
    ...emptyService(`s${i}`),
    service: known[(i * 7 + (i % 10 === 0 ? version : 0)) % known.length] ?? '',
    purpose: 'Benchmark.',
    data: ['personal', 'health', 'cardholder'],
  }));
  const frameworks = catalogue.frameworks.map(({ id, categories }) => ({
    id,
    categories: categories.map((category) => category.id),
  }));
  const roles = Object.fromEntries(catalogue.frameworks.map((framework) => [framework.id, framework.roles.map(({ id }) => id)]));
  const system = {
    ...emptySystem(),
    organization: { name: 'Benchmark' },
    system: { name: 'Benchmark', description: '' },
    services,
    frameworks,
    roles,
  };
  return mapSystem(system, catalogue, { asOf: '2026-09-30', toolVersion: '0' });
}

const timed = <T>(work: () => T): [ms: string, result: T] => {
  const start = process.cpuUsage().user;
  const result = work();
  return [`${((process.cpuUsage().user - start) / 1000).toFixed(0)} ms`.padStart(9), result];
};

console.log('services     parts  matrix.json      read   compare   parts that differ');
for (const count of [125, 250, 500, 1000]) {
  const [was, is] = [matrixOf(count, 0), matrixOf(count, 1)];
  const json = writeMatrixJson(was);
  const [read] = timed(() => readMatrix(json, 'matrix.json'));
  const [compare, { parts }] = timed(() => compareMatrices(was, is));
  const size = `${(json.length / 1e6).toFixed(0)} MB`;
  console.log(
    String(count).padStart(8),
    String(was.parts.length).padStart(9),
    size.padStart(12),
    read,
    compare,
    String(parts.length).padStart(19),
  );
}
