import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SaxesParser } from 'saxes';
import { mapSystem } from '../src/map/matrix.ts';
import type { Catalogue } from '../src/model/catalogue.ts';
import type { Matrix, MatrixService, Part } from '../src/model/matrix.ts';
import type { Assurance, ServiceInUse, System } from '../src/model/system.ts';
import { Problems } from '../src/problem.ts';
import { type CatalogueFile, readCatalogue } from '../src/read/catalogue.ts';
import { emptyService, emptySystem, readSystem } from '../src/read/system.ts';

/** The root of the project. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Reference data beside the project; absent in an ordinary checkout. */
export const SHARED = join(ROOT, '..', 'shared');

export function yamlFiles(folder: string): CatalogueFile[] {
  return readdirSync(join(ROOT, folder)).flatMap((name) => {
    const path = posix.join(folder, name);
    if (statSync(join(ROOT, path)).isDirectory()) return yamlFiles(path);
    return name.endsWith('.yaml') ? [{ path, text: readFileSync(join(ROOT, path), 'utf8') }] : [];
  });
}

let compiled: Catalogue | undefined;

/** The built-in catalogue, read from its YAML. */
export function catalogue(): Catalogue {
  compiled ??= readCatalogue(['controls', 'frameworks', 'providers'].flatMap(yamlFiles));
  return compiled;
}

/** A service in use with everything optional left out. */
export function use(service: Partial<ServiceInUse> & { id: string }): ServiceInUse {
  return { ...emptyService(service.id), purpose: 'test', data: ['confidential'], ...service };
}

/** A report or agreement on file with everything optional left out. */
export function onFile(assurance: Partial<Assurance> & Pick<Assurance, 'type'>): Assurance {
  return {
    id: 'a',
    provider: 'aws',
    title: 'Report',
    services: [],
    regions: [],
    excludes: { services: [], regions: [] },
    carvesOut: [],
    cuecs: [],
    ...assurance,
  };
}

/** A small system. By default in every role, under SOC 2 with all categories. */
export function systemOf(services: ServiceInUse[], more: Partial<System> = {}): System {
  return {
    ...emptySystem(),
    organization: { name: 'Test Organization', short: 'Test' },
    system: { name: 'Test system', description: 'For tests.', owner: 'Owner' },
    frameworks: [{ id: 'soc2', categories: ['security', 'availability', 'confidentiality', 'processing-integrity', 'privacy'] }],
    roles: {
      soc2: ['service-organization'],
      gdpr: ['controller'],
      hipaa: ['covered-entity'],
      'pci-dss': ['merchant'],
      'nist-csf': ['organization'],
    },
    services,
    ...more,
  };
}

export const ALL_FRAMEWORKS: System['frameworks'] = [
  { id: 'pci-dss', categories: [] },
  { id: 'hipaa', categories: [] },
  { id: 'gdpr', categories: [] },
  { id: 'soc2', categories: ['security', 'availability', 'confidentiality', 'processing-integrity', 'privacy'] },
  { id: 'nist-csf', categories: [] },
];

export function map(system: System): Matrix {
  return mapSystem(system, catalogue(), { asOf: '2026-09-30', toolVersion: '0.0.0' });
}

/** The matrix of one service in use. */
export function mapService(
  service: Partial<ServiceInUse> & { id: string },
  more: Partial<System> = {},
): { matrix: Matrix; service: MatrixService } {
  const matrix = map(systemOf([use(service)], more));
  return { matrix, service: matrix.services[0] as MatrixService };
}

/** Who holds a component in the end: `provider`, `customer` (also where it configures), `shared`, a third party, `absent`. */
export function side(matrix: Matrix, service: MatrixService, component: string): string {
  const held = service.holders[component];
  if (!held || held.holder === 'absent') return 'absent';
  if (held.holder === 'shared') return 'shared';
  if (held.holder !== 'provider')
    return service.managedBy.some((managed) => managed.components.includes(component)) ? 'third-party' : 'customer';
  return matrix.parties.find((party) => party.id === held.party)?.kind ?? '?';
}

/** Parts of the customer on one service, as control@component. */
export function partsOf(matrix: Matrix, kind: 'customer' | 'provider' | 'third-party'): Set<string> {
  const parties = new Map(matrix.parties.map((party) => [party.id, party.kind]));
  const keep = (part: Part): boolean => part.service !== undefined && parties.get(part.party) === kind;
  return new Set(matrix.parts.filter(keep).map((part) => `${part.control}@${part.component}`));
}

/** Reads a description from texts by file name; gives the problems instead where there are any. */
export function readTexts(
  files: Record<string, string>,
  main = 'system.yaml',
): { system?: System; problems: Problems['problems'] } {
  try {
    const system = readSystem(
      main,
      (path) => {
        const text = files[path];
        if (text === undefined) throw new Error(`cannot read ${path}: there is no such file`);
        return text;
      },
      catalogue(),
    );
    return { system, problems: [] };
  } catch (error) {
    if (error instanceof Problems) return { problems: error.problems };
    throw error;
  }
}

/** CSV as LibreOffice writes it: records of fields. */
export function parseCsv(csv: string): string[][] {
  const records: string[][] = [[]];
  for (const [whole, quoted, plain, end] of csv.matchAll(/"((?:[^"]|"")*)"(?=[,\n]|$)|([^,\n]+)|(\n|,)/g)) {
    const record = records.at(-1) ?? [];
    if (end === '\n') records.push([]);
    else if (end === ',') record.push('');
    else {
      if (record.length === 0) record.push('');
      record[record.length - 1] = quoted?.replaceAll('""', '"') ?? plain ?? whole;
    }
  }
  return records;
}

const ALWAYS_COMPUTE = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>`;

/** The argument with which LibreOffice computes every formula of a workbook anew; by itself it shows the figures that stand in the file. */
export function officeProfile(folder: string): string {
  const profile = join(folder, 'office');
  mkdirSync(join(profile, 'user'), { recursive: true });
  writeFileSync(join(profile, 'user', 'registrymodifications.xcu'), ALWAYS_COMPUTE);
  return `-env:UserInstallation=file://${profile}`;
}

/** Every sheet of a workbook as LibreOffice computes it anew, by the sheet's name: records of fields as they are shown. */
export function sheetsByOffice(workbook: string, folder: string): Map<string, string[][]> {
  // The last number asks for all sheets.
  const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';
  execFileSync('soffice', [officeProfile(folder), '--headless', '--convert-to', filter, '--outdir', folder, workbook], {
    stdio: 'pipe',
  });
  const prefix = `${basename(workbook, '.xlsx')}-`;
  return new Map(
    readdirSync(folder)
      .filter((file) => file.startsWith(prefix) && file.endsWith('.csv'))
      .map((file) => [file.slice(prefix.length, -4), parseCsv(readFileSync(join(folder, file), 'utf8'))]),
  );
}

/** The elements right below the root of a part, in their order. */
export function elementOrder(xml: string): string {
  const order: string[] = [];
  let depth = 0;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => {
    if (depth++ === 1) order.push(name);
  });
  parser.on('closetag', () => depth--);
  parser.write(xml).close();
  return order.join(' ');
}
